"""How far trends may have drifted apart before an effect could be nothing but drift."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.averages import mean_of_present
from analytics.methods.checks import check_gaps
from analytics.methods.flip_interval import flip_interval
from analytics.methods.gap import mean_gap

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelTrends:
    """Breakdown values by relative magnitudes; every array has shape (m,).

    Attributes:
        estimate: Mean over pilots of the mean gap after less the gap in the last year before, in
            the unit of the indicator; NaN where no pilot has both.
        low: Lower end of its sign-flip interval; -inf where so few pilots cannot bound it.
        high: Upper end, likewise.
        t_low: Lower end of its interval by Student's t; NaN with fewer than two pilots.
        t_high: Upper end, likewise.
        drift: The largest move of the mean gap from one year before to the next, in size, same
            unit; NaN where no pilot has two years before that follow each other.
        years: By how many years' moves the mean of the years after can have drifted: 1.5 for two.
        breakdown: The largest M for which the sign-flip interval, widened, still excludes zero;
            0 where it holds zero as it is, inf where there was no drift, NaN where the drift or
            the estimate is not known.
        t_breakdown: The same for the interval by Student's t.
    """

    estimate: Floats
    low: Floats
    high: Floats
    t_low: Floats
    t_high: Floats
    drift: Floats
    years: Floats
    breakdown: Floats
    t_breakdown: Floats


def parallel_trends(
    gaps: Floats, *, pre: Truths, post: Truths, confidence: float = 0.95
) -> ParallelTrends:
    """Find how large a violation of parallel trends the effect would survive.

    Had nothing been done, the mean gap would have been d(t). It is taken to move, from each year
    after the last one before, by at most M times the largest move that was seen before
    (relative magnitudes):

        |d(t + 1) - d(t)| <= M D for t from the last year before on, with
        D = max |mean gap(s + 1) - mean gap(s)| over years s, s + 1 before.

    The h-th year after can then have drifted by h M D, and the mean over H years after by
    M D (1 + ... + H) / H: 1.5 M D for two. An interval from `low` to `high` becomes one from
    low - 1.5 M D to high + 1.5 M D, and excludes zero up to

        M = (its end nearer to zero, in size) / (1.5 D).

    1 means that trends would have had to drift as fast as they did before; below 1, that less
    would do. The effect is counted from the last year before, as in the source, and not from the
    mean of the years before. D is taken as known, though it is estimated from the same pilots,
    where the full method allows for that; with two years before there is one move to go by. So
    this is a reading of the interval, not a confidence set.

    Args:
        gaps: Gap of each pilot in each year, shape (m indicators, n pilots, y years), in the unit
            of each indicator, NaN where missing; the years follow each other.
        pre: Which years are before, shape (y,).
        post: Which years are after, shape (y,), all later.
        confidence: Coverage of the intervals, as a proportion between 0 and 1.

    Returns:
        Effect, intervals, drift and breakdown values of each indicator. Where a pilot lacks a
        year after, its mean is over those it has, and `years` is the mean over pilots.

    Raises:
        ValueError: The shapes do not fit, a gap is infinite, no year is before or after, a year
            after is not later than all before, or what `flip_interval` refuses.

    Source:
        Rambachan and Roth (2023), A more credible approach to parallel trends, Review of Economic
        Studies 90(5), section 2.4, bounding relative magnitudes.
    """
    _check(gaps, pre, post)
    before, after = np.flatnonzero(pre), np.flatnonzero(post)
    last = int(before[-1])
    moved = mean_of_present(gaps[:, :, after]) - gaps[:, :, last]
    steps = np.where(np.isnan(gaps[:, :, after]), np.nan, (after - last).astype(np.float64))
    years = mean_of_present(np.where(np.isnan(moved), np.nan, mean_of_present(steps)))
    drift = _drift(gaps, before)
    interval = flip_interval(moved, confidence=confidence)
    student = mean_gap(moved, confidence=confidence)
    return ParallelTrends(
        estimate=student.estimate,
        low=interval.low,
        high=interval.high,
        t_low=student.t_low,
        t_high=student.t_high,
        drift=drift,
        years=years,
        breakdown=_breakdown(interval.low, interval.high, drift * years),
        t_breakdown=_breakdown(student.t_low, student.t_high, drift * years),
    )


def _drift(gaps: Floats, before: NDArray[np.intp]) -> Floats:
    """The largest move in size between neighbouring years before, pilots with both; shape (m,)."""
    starts = before[:-1][np.diff(before) == 1]
    moves = np.full((len(gaps), max(len(starts), 1)), np.nan)
    for place, start in enumerate(starts):
        moves[:, place] = mean_of_present(gaps[:, :, start + 1] - gaps[:, :, start])
    largest = np.nan_to_num(np.abs(moves), nan=-1.0).max(axis=1)
    return np.where(largest >= 0, largest, np.nan)


def _breakdown(low: Floats, high: Floats, unit: Floats) -> Floats:
    """The end nearer to zero over what M = 1 widens it by."""
    nearer = np.where(np.isnan(low), np.nan, np.maximum(np.maximum(low, -high), 0.0))
    endless = np.where(nearer > 0, np.inf, nearer)
    return np.where(
        unit == 0, endless, np.divide(nearer, unit, out=np.full(unit.shape, np.nan), where=unit > 0)
    )


def _check(gaps: Floats, pre: Truths, post: Truths) -> None:
    if gaps.ndim != 3 or not pre.shape == post.shape == gaps.shape[2:]:  # noqa: PLR2004
        msg = (
            f"gaps {gaps.shape}, pre {pre.shape} and post {post.shape}: (indicators, pilots, "
            "years) and one truth a year are expected"
        )
        raise ValueError(msg)
    check_gaps(gaps.reshape(len(gaps), -1))
    before, after = np.flatnonzero(pre).tolist(), np.flatnonzero(post).tolist()
    if not (before and after) or before[-1] >= after[0]:
        msg = (
            f"before are years {before}, after {after}; some of each, and all after later, "
            "are expected"
        )
        raise ValueError(msg)
