"""Shares of two waves, and how far apart they are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.averages import ratio
from analytics.methods.checks import check_counts, check_share
from analytics.methods.limits import SHARE_METHOD, Limits, share_limits

WAVES = 2
SEPARATE_METHOD = "Newcombe's hybrid score interval for two separate groups"
PAIRED_METHOD = "Newcombe's hybrid score interval for the same people asked twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with the two ends of its confidence interval; all three of one shape and unit.

    Attributes:
        estimate: The figure; NaN where it is not known.
        low: Lower end, NaN likewise.
        high: Upper end, NaN likewise.
        method: How the interval was found, in words for the reader.
    """

    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    method: str


def shares(
    count: NDArray[np.float64] | float,
    base: NDArray[np.float64] | float,
    *,
    confidence: float = 0.95,
) -> Estimate:
    """Shares with Wilson's interval, which `limits.share_limits` works out.

    Args:
        count: People who count, any shape, NaN where unknown.
        base: People they are counted among, same shape, NaN where unknown.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Proportions from 0 to 1 in the shape of `count`; NaN where either is unknown or the base
        is zero.

    Raises:
        ValueError: As `limits.share_limits` does.

    Source:
        Wilson (1927), Journal of the American Statistical Association 22; Newcombe (1998),
        Statistics in Medicine 17, pages 857 to 872, method 3.
    """
    found = share_limits(count, base, confidence=confidence)
    share = ratio(np.asarray(count, dtype=np.float64), np.asarray(base, dtype=np.float64))
    return Estimate(estimate=share, low=found.low, high=found.high, method=SHARE_METHOD)


def share_difference(
    counts: NDArray[np.float64], bases: NDArray[np.float64], *, confidence: float = 0.95
) -> Estimate:
    """The share of the second group less that of the first, the groups being separate people.

    Where some people are in both groups and nobody can say who, the interval is as a rule too
    wide, and the caller should say so.

    Args:
        counts: People who count, shape (..., 2) as (first, second), NaN where unknown.
        bases: People they are counted among, same shape, NaN where unknown.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Differences from -1 to 1, shape (...); NaN where a count or base is unknown or a base is
        zero.

    Raises:
        ValueError: The last axis is not two long, the shapes differ, a number is negative,
            infinite or not whole, a count is more than its base, or `confidence` is not
            between 0 and 1.

    Source:
        Newcombe (1998), Interval estimation for the difference between independent proportions,
        Statistics in Medicine 17, pages 873 to 890, method 10.
    """
    if counts.ndim < 1 or counts.shape[-1] != WAVES:
        msg = f"counts have shape {counts.shape}; (..., 2), first and second group, is expected"
        raise ValueError(msg)
    limits = share_limits(counts, bases, confidence=confidence)
    none = np.zeros(counts.shape[:-1])
    return _combined(ratio(counts, bases), limits, none, SEPARATE_METHOD)


def paired_share_difference(table: NDArray[np.float64], *, confidence: float = 0.95) -> Estimate:
    """The second share less the first, both of the same people, whose two answers are known.

    Args:
        table: People by their two answers, shape (..., 2, 2): the row is the first answer and
            the column the second, place 0 those who count and place 1 those who do not. NaN
            where unknown, which makes the whole table unknown.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Differences from -1 to 1, shape (...); NaN where the table is unknown or empty.

    Raises:
        ValueError: The last two axes are not two by two, a number is negative, infinite or not
            whole, or `confidence` is not between 0 and 1.

    Source:
        Newcombe (1998), Improved confidence intervals for the difference between binomial
        proportions based on paired data, Statistics in Medicine 17, pages 2635 to 2650,
        method 10, with its continuity correction of a positive correlation.
    """
    check_share("confidence", confidence)
    if table.ndim < WAVES or table.shape[-2:] != (WAVES, WAVES):
        msg = f"the table has shape {table.shape}; (..., 2, 2), first by second answer, is expected"
        raise ValueError(msg)
    check_counts("the cells", table)
    people = table.sum(axis=(-2, -1))
    counts = np.stack([table[..., 0, :].sum(axis=-1), table[..., :, 0].sum(axis=-1)], axis=-1)
    bases = np.stack([people, people], axis=-1)
    limits = share_limits(counts, bases, confidence=confidence)
    return _combined(ratio(counts, bases), limits, _correlation(table, people), PAIRED_METHOD)


def _combined(
    share: NDArray[np.float64], limits: Limits, correlation: NDArray[np.float64], method: str
) -> Estimate:
    """Square and add what each share's own interval reaches to either side."""
    below, above = share - limits.low, limits.high - share
    estimate = share[..., 1] - share[..., 0]
    return Estimate(
        estimate=estimate,
        low=estimate - _reach(below[..., 1], above[..., 0], correlation),
        high=estimate + _reach(above[..., 1], below[..., 0], correlation),
        method=method,
    )


def _reach(
    second: NDArray[np.float64], first: NDArray[np.float64], correlation: NDArray[np.float64]
) -> NDArray[np.float64]:
    # Rounding may leave a hair below zero where the two reaches cancel out.
    return np.sqrt(np.maximum(second**2 - 2 * correlation * second * first + first**2, 0.0))


def _correlation(table: NDArray[np.float64], people: NDArray[np.float64]) -> NDArray[np.float64]:
    """Newcombe's phi: zero where a margin is empty, shrunk towards zero where positive."""
    cross = table[..., 0, 0] * table[..., 1, 1] - table[..., 0, 1] * table[..., 1, 0]
    shrunk = np.where(cross > 0, np.maximum(cross - people / 2, 0.0), cross)
    margins = table.sum(axis=-1).prod(axis=-1) * table.sum(axis=-2).prod(axis=-1)
    return np.where(margins > 0, ratio(shrunk, np.sqrt(margins)), 0.0)
