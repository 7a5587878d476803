"""Was the gap moving before the start? Every year tested together, and the straight line."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import check_gaps
from analytics.methods.gap import MeanGap, mean_gap
from analytics.methods.multiplicity import FEWEST_FOR_T, max_t
from analytics.methods.signflip import sign_flips, simulation_error

Floats = NDArray[np.float64]

FEWEST_YEARS: Final = 3  # before the start: two coefficients, which can show more than a contrast


@dataclass(frozen=True, slots=True, kw_only=True)
class PreTrend:
    """How the gap moved in the years before the start.

    Attributes:
        years: Mean over pilots of the gap of each year less that of the last year, and its
            interval; arrays have shape (y,), the last year all zero.
        p_years: Sign-flip p of each year, adjusted for how many there are; NaN for the last.
        p: Joint p: how often, over joint flips of the pilots, the largest |t| of any year is as
            large as the largest observed. NaN where no year has two pilots.
        p_error: Its standard error by simulation; 0 where every flip was enumerated.
        slope: Mean over pilots of the least-squares slope of their gaps, in the unit of the
            indicator a year, with its interval; arrays have shape (1,).
        slope_p: Sign-flip p of the slope.
        n: Pilots with the last year and at least one other.
    """

    years: MeanGap
    p_years: Floats
    p: float
    p_error: float
    slope: MeanGap
    slope_p: float
    n: int


def pre_trend(gaps: Floats, *, fewest: int = 3) -> PreTrend:
    """Test whether the gap was moving before the start.

    Each pilot is its own comparison: the gap of a year less its gap in the last year. If nothing
    moved, all moves of a pilot could as well have had the other sign, so that a pilot is flipped in
    every year at once and what its years share is allowed for. A p that is not small is no proof
    that nothing moved: with few pilots a drift large enough to matter is often missed (Roth 2022),
    which is why breakdown values stand beside it.

    Args:
        gaps: Gap of each pilot in each year before the start, shape (n pilots, y years), in the
            unit of the indicator, NaN where missing; the last year is the one before the start.
        fewest: Pilots that a year must have.

    Returns:
        Moves, joint test and slope.

    Raises:
        ValueError: The shape is another, a gap is infinite, or there are fewer than three years.

    Source:
        Westfall and Young (1993), Resampling-based multiple testing, for the largest |t| over joint
        flips; Roth (2022), Pretest with caution: event-study estimates after testing for parallel
        trends, American Economic Review: Insights 4(3), for what such a test cannot show.
    """
    check_gaps(gaps)
    if gaps.shape[1] < FEWEST_YEARS:
        msg = f"{gaps.shape[1]} years before the start; at least {FEWEST_YEARS} are expected"
        raise ValueError(msg)
    moved = (gaps - gaps[:, -1:]).T
    there = (~np.isnan(moved)).sum(axis=1)
    moved = np.where((there >= max(fewest, FEWEST_FOR_T))[:, None], moved, np.nan)
    adjusted = max_t(moved[:-1])
    known = adjusted[~np.isnan(adjusted)]
    joint = float(known.min()) if len(known) else np.nan
    slopes = _slopes(gaps)[None]
    return PreTrend(
        years=mean_gap(moved),
        p_years=np.append(adjusted, np.nan),
        p=joint,
        p_error=float(simulation_error(joint, len(gaps))),
        slope=mean_gap(slopes),
        slope_p=float(sign_flips(slopes)[0]),
        n=int((~np.isnan(moved[:-1])).any(axis=0).sum()),
    )


def _slopes(gaps: Floats) -> Floats:
    """Least-squares slope of each pilot over the years it has, shape (n,); NaN below three."""
    present = ~np.isnan(gaps)
    many = present.sum(axis=1)
    years = np.where(present, np.arange(gaps.shape[1], dtype=np.float64), 0.0)
    counted = np.maximum(many, 1)
    away = np.where(present, years - (years.sum(axis=1) / counted)[:, None], 0.0)
    width = (away**2).sum(axis=1)
    with_gaps = (away * np.where(present, gaps, 0.0)).sum(axis=1)
    enough = many >= FEWEST_YEARS
    return np.divide(with_gaps, width, out=np.full(len(gaps), np.nan), where=enough)
