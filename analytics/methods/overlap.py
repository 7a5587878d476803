"""Shares of two waves that hold partly the same people."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.averages import ratio
from analytics.methods.checks import check_counts
from analytics.methods.limits import share_limits
from analytics.methods.proportions import WAVES, Estimate

Floats = NDArray[np.float64]

OVERLAP_METHOD: Final = "hybrid score interval for two partly overlapping groups"


def phi(joint: Floats) -> Floats:
    """How far the answers of the same people at two waves go together.

    Args:
        joint: People by their answer at the first wave and at the second, shape (..., 2, 2).

    Returns:
        Correlation from -1 to 1, shape (...); NaN where all gave one answer at either wave.

    Raises:
        ValueError: The last two axes are not two long, or a number cannot be a count.

    Source:
        Pearson (1900), Mathematical contributions to the theory of evolution VII, Philosophical
        Transactions of the Royal Society A 195: the product-moment correlation of two answers
        that are 0 or 1.
    """
    if joint.ndim < WAVES or joint.shape[-2:] != (WAVES, WAVES):
        msg = f"found joint answers of shape {joint.shape}; expected (..., 2, 2)"
        raise ValueError(msg)
    check_counts("joint answers", joint)
    rows, columns = joint.sum(axis=-1), joint.sum(axis=-2)
    apart = joint[..., 0, 0] * joint[..., 1, 1] - joint[..., 0, 1] * joint[..., 1, 0]
    return ratio(apart, np.sqrt(rows.prod(axis=-1) * columns.prod(axis=-1)))


def overlap_difference(
    counts: Floats, bases: Floats, correlation: Floats | float, *, confidence: float = 0.95
) -> Estimate:
    """The share of the second wave less that of the first, some people being in both.

    With nobody in both it is Newcombe's interval for separate groups; with everybody in both his
    interval for paired ones, without correction for continuity.

    Args:
        counts: People who count, shape (..., 2) as (first, second), NaN where unknown.
        bases: People they are counted among, same shape, NaN where unknown.
        correlation: Of the two shares: that of two answers of one person, from ``phi``, times the
            people in both over the geometric mean of the bases; shape (...) or one for all.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Differences from -1 to 1, shape (...); NaN where a count or base is unknown or a base is
        zero.

    Raises:
        ValueError: As for ``share_limits``, the last axis is not two long, or the correlation is
            missing or not from -1 to 1.

    Source:
        Zou and Donner (2008), Construction of confidence limits about effect measures, Statistics
        in Medicine 27(10), for intervals of a difference from those of its parts and their
        correlation; Newcombe (1998), Improved confidence intervals for the difference between
        binomial proportions based on paired data, Statistics in Medicine 17, pages 2635 to 2650;
        Derrick, Dobson-McKittrick, Toher and White (2015), Test statistics for comparing two
        proportions with partially overlapping samples, Journal of Applied Quantitative Methods
        10(3), for the correlation of the shares: the covariance in the denominator of z8. To put
        the three together is this explorer's own choice.
    """
    if counts.ndim < 1 or counts.shape[-1] != WAVES or counts.shape != bases.shape:
        msg = (
            f"found counts {counts.shape} and bases {bases.shape}; expected one shape (..., 2), "
            "first and second wave"
        )
        raise ValueError(msg)
    _check_correlation(correlation)
    limits = share_limits(counts, bases, confidence=confidence)
    share = ratio(counts, bases)
    below, above = share - limits.low, limits.high - share
    estimate = share[..., 1] - share[..., 0]
    return Estimate(
        estimate=estimate,
        low=estimate - _reach(below[..., 1], above[..., 0], correlation),
        high=estimate + _reach(above[..., 1], below[..., 0], correlation),
        method=OVERLAP_METHOD,
    )


def _reach(second: Floats, first: Floats, correlation: Floats | float) -> Floats:
    """How far a difference reaches, from how far its parts do."""
    squared = second**2 + first**2 - 2 * correlation * second * first
    return np.sqrt(np.maximum(squared, 0))  # no rounding below zero where they go together wholly


def _check_correlation(correlation: Floats | float) -> None:
    if not (np.abs(correlation) <= 1).all():
        msg = f"found correlations {np.asarray(correlation).tolist()}; expected each from -1 to 1"
        raise ValueError(msg)
