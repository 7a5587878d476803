"""How a gap moved, year by year, from where it stood before the start."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.averages import mean_of_present
from analytics.methods.gap import mean_gap


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStudy:
    """The average change of the gap since the base, year by year; every array has shape (y,).

    Attributes:
        estimate: Mean over pilots of the gap of the year minus the pilot's own mean gap in the
            base, in the unit of the indicator; NaN where too few pilots have both.
        low: Lower end of the confidence interval, same unit; NaN where the estimate is, or where
            every pilot is at zero because the year is itself the whole base.
        high: Upper end, likewise.
        n: Pilots with both.
    """

    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n: NDArray[np.int64]


def event_study(
    gaps: NDArray[np.float64], *, base: NDArray[np.bool_], fewest: int = 3
) -> EventStudy:
    """Follow the gap from its base, each pilot from its own.

    The two years of a base of two mirror each other where a pilot has both: there is one contrast
    between them, and no trend can be judged from it.

    Args:
        gaps: Gap of each pilot in each year, shape (n pilots, y years), unit of the indicator,
            NaN where missing.
        base: Which years are the base, shape (y,).
        fewest: Pilots that must have both the year and the base.

    Returns:
        Estimate, interval and number of pilots of every year.

    Raises:
        ValueError: The shapes do not fit or no year is in the base.

    Source:
        Jacobson, LaLonde and Sullivan (1993), Earnings losses of displaced workers, American
        Economic Review 83(4), for the design; the interval is that of ``mean_gap``.
    """
    if gaps.ndim != 2 or base.shape != gaps.shape[1:]:  # noqa: PLR2004 - pilots by years
        msg = f"gaps {gaps.shape} and base {base.shape}: (pilots, years) and (years,) are expected"
        raise ValueError(msg)
    if not base.any():
        msg = "no year is in the base; at least one is expected"
        raise ValueError(msg)
    moved = (gaps - mean_of_present(gaps[:, base])[:, None]).T
    n = (~np.isnan(moved)).sum(axis=1)
    group = mean_gap(np.where((n >= fewest)[:, None], moved, np.nan))
    flat = (group.sd == 0) & base
    return EventStudy(
        estimate=group.estimate,
        low=np.where(flat, np.nan, group.low),
        high=np.where(flat, np.nan, group.high),
        n=n,
    )
