"""Many indicators at once: p-values that allow for how many were looked at."""

from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import ROUNDING, check_gaps
from analytics.methods.signflip import flip_count, flipped_sums

Adjustment = Literal["none", "holm", "bh", "max-t"]

FEWEST_IN_FAMILY = 3
FEWEST_FOR_T = 2


def holm(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Adjust p-values so that the chance of any false alarm keeps to its level.

    Args:
        p: Unadjusted p-values, shape (m,); NaN is out of the family.

    Returns:
        Adjusted p-values, shape (m,), NaN where `p` is.

    Raises:
        ValueError: `p` has not one dimension, or a p-value is outside 0 to 1.

    Source:
        Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian
        Journal of Statistics 6(2).
    """
    _check_p(p)
    family = np.flatnonzero(~np.isnan(p))
    order = family[np.argsort(p[family], kind="stable")]
    left = np.arange(len(order), 0, -1)
    adjusted = np.full(p.shape, np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * left), 1.0)
    return adjusted


def benjamini_hochberg(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Adjust p-values so that the expected share of false alarms keeps to its level.

    Args:
        p: Unadjusted p-values, shape (m,); NaN is out of the family.

    Returns:
        Adjusted p-values, shape (m,), NaN where `p` is.

    Raises:
        ValueError: `p` has not one dimension, or a p-value is outside 0 to 1.

    Source:
        Benjamini and Hochberg (1995), Controlling the false discovery rate, Journal of the
        Royal Statistical Society B 57(1).
    """
    _check_p(p)
    family = np.flatnonzero(~np.isnan(p))
    order = family[np.argsort(p[family], kind="stable")]
    spread = len(order) / np.arange(1, len(order) + 1)
    adjusted = np.full(p.shape, np.nan)
    from_the_largest = np.minimum.accumulate((p[order] * spread)[::-1])
    adjusted[order] = np.minimum(from_the_largest[::-1], 1.0)
    return adjusted


def max_t(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Adjust for many indicators by flipping each pilot in all of them at once.

    Because a pilot keeps its indicators together when it is flipped, what they share counts
    once and the adjustment is milder than Holm's where indicators go together. Indicators are
    ranked by |t|, the mean gap over its standard error, each from the pilots it has; each is
    compared with the largest |t| of those not yet passed (step-down), over every flip. Above
    twenty pilots the flips are drawn, as those of ``sign_flips`` are.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.

    Returns:
        Adjusted two-sided p-values, shape (m,); NaN, and out of the family, where fewer than
        two pilots are present, for one gap has no t.

    Raises:
        ValueError: `gaps` has not two dimensions or holds an infinite number.

    Source:
        Westfall and Young (1993), Resampling-based multiple testing; Ge, Dudoit and Speed
        (2003), Resampling-based multiple testing for microarray data analysis, Test 12(1).
    """
    check_gaps(gaps)
    adjusted = np.full(len(gaps), np.nan)
    family = np.flatnonzero(in_family(gaps, FEWEST_FOR_T))
    if not len(family):
        return adjusted
    order, least = steps_of(observed_strengths(gaps[family]))
    passed = np.zeros(len(family), dtype=np.int64)
    for strength in strengths(gaps[family[order]]):
        passed += steps_passed(list(strength), least)
    adjusted[family[order]] = np.maximum.accumulate(passed / flip_count(gaps.shape[1]))
    return adjusted


def steps_of(
    observed: NDArray[np.float64],
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Say in which order indicators are stepped through, and what a flip must reach at each step.

    Args:
        observed: Measure of ``strengths`` of each indicator as it is, shape (m,).

    Returns:
        Rows, the strongest first, and the bar of each step, both shape (m,).
    """
    order = np.argsort(-observed, kind="stable")
    return order, observed[order] - ROUNDING


def steps_passed(
    strength: Sequence[NDArray[np.float64]], least: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Count the flips that reach each step's bar in any indicator not yet passed.

    Args:
        strength: Of m indicators under each flip, shape (flips,) each, in the order of the steps;
            they are written over.
        least: The bar of each step, shape (m,).

    Returns:
        Flips, shape (m,).
    """
    passed = np.zeros(len(least), dtype=np.int64)
    for step in reversed(range(len(least))):
        if step + 1 < len(least):
            np.maximum(strength[step], strength[step + 1], out=strength[step])
        passed[step] = np.count_nonzero(strength[step] >= least[step])
    return passed


def adjust(
    p: NDArray[np.float64], gaps: NDArray[np.float64], *, method: Adjustment
) -> NDArray[np.float64]:
    """Adjust p-values by the method the reader chose.

    Args:
        p: Unadjusted p-values, shape (m,); NaN is out of the family, whatever the method.
        gaps: The gaps they come from, shape (m indicators, n pilots); used by max-t alone.
        method: Holm, Benjamini-Hochberg, max-t, or none.

    Returns:
        Adjusted p-values, shape (m,), NaN where `p` is.

    Raises:
        ValueError: `p` and `gaps` differ in m, or either is refused by the method.
    """
    if p.shape != gaps.shape[:1]:
        msg = f"p {p.shape} and gaps {gaps.shape} must have the same number of indicators"
        raise ValueError(msg)
    match method:
        case "holm":
            return holm(p)
        case "bh":
            return benjamini_hochberg(p)
        case "max-t":
            return max_t(np.where(np.isnan(p)[:, None], np.nan, gaps))
        case "none":
            return p


def in_family(gaps: NDArray[np.float64], fewest: int = FEWEST_IN_FAMILY) -> NDArray[np.bool_]:
    """Which indicators have enough pilots to be tested with the others.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.
        fewest: Pilots that must be present.

    Returns:
        Truth for each indicator, shape (m,).

    Raises:
        ValueError: `gaps` has not two dimensions or holds an infinite number.
    """
    check_gaps(gaps)
    return (~np.isnan(gaps)).sum(axis=1) >= fewest


def _check_p(p: NDArray[np.float64]) -> None:
    if p.ndim != 1:
        msg = f"p-values have shape {p.shape}; (indicators,) is expected"
        raise ValueError(msg)
    if ((p < 0) | (p > 1)).any():
        msg = f"p-values run from {np.nanmin(p)} to {np.nanmax(p)}; 0 to 1 is expected"
        raise ValueError(msg)


def strengths(gaps: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
    """Go through a measure of |t| of each indicator under the flips, block by block.

    It orders flips as |t| does, but stays between 0 and 1: where every flipped gap is equal, t
    is infinite and this is 1. Flips leave the sum of squares alone, so that t depends on them
    through r = |sum| / sqrt(n * sum of squares) alone: t**2 = (n - 1) * r**2 / (1 - r**2). Where
    indicators have different numbers of pilots, it is the r that the same t would have with the
    number that most of them have.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.

    Yields:
        Shape (m, flips of the block), to be written over at will; the first of the first block is
        the one observed.
    """
    factor, spread = scales(gaps)
    for sums in flipped_sums(np.where(np.isnan(gaps), 0.0, gaps) * factor[:, None]):
        yield strengths_of(sums, spread)


def scales(gaps: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what makes r of ``strengths`` of a flipped sum, and what allows for other n.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.

    Returns:
        What ``factors`` and ``spreads`` are, both shape (m,).
    """
    return factors(gaps), spreads((~np.isnan(gaps)).sum(axis=1))


def factors(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what makes r of ``strengths`` of a flipped sum, where all have as many pilots.

    Args:
        gaps: One gap per pilot, shape (..., n pilots), NaN where missing.

    Returns:
        One over sqrt(n * sum of squares), 0 where all gaps are, shape (...).
    """
    n = (~np.isnan(gaps)).sum(axis=-1)
    filled = np.where(np.isnan(gaps), 0.0, gaps)
    largest = np.abs(filled).max(axis=-1, initial=0.0)
    unit = np.where(largest > 0, largest, 1.0)  # squares cannot overflow
    root = unit * np.sqrt(n * ((filled / unit[..., None]) ** 2).sum(axis=-1))
    return np.divide(1, root, out=np.zeros(root.shape), where=root > 0)


def spreads(n: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what allows in r of ``strengths`` for other numbers of pilots.

    Args:
        n: Pilots that each indicator of a family has, shape (m,).

    Returns:
        Pilots less one over those that most indicators have less one, 1 where there is none to
        spare, shape (m,).
    """
    freedom = np.maximum(n - 1, 1)
    return freedom / np.bincount(freedom).argmax()


def observed_strengths(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the measure of ``strengths`` of each indicator as it is.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.

    Returns:
        Shape (m,).
    """
    factor, spread = scales(gaps)
    sums = np.where(np.isnan(gaps), 0.0, gaps).sum(axis=1)
    return strengths_of((sums * factor)[:, None], spread)[:, 0]


def strengths_of(sums: NDArray[np.float64], spread: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn flipped sums, scaled, into the measure of ``strengths``.

    Args:
        sums: Shape (m, flips); they are written over.
        spread: From ``scales``, shape (m,).

    Returns:
        The same array.
    """
    r = np.abs(sums, out=sums)
    for row in np.flatnonzero(spread != 1):
        r[row] *= np.sqrt(spread[row] / (1 + (spread[row] - 1) * r[row] ** 2))
    return r
