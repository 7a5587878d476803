"""How much of a change is what places so far out would have seen anyway."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.averages import mean_of_present, ratio
from analytics.methods.checks import ROUNDING, check_gaps
from analytics.methods.flip_interval import flip_interval
from analytics.methods.gap import mean_gap

Floats = NDArray[np.float64]
FEWEST_OUTSIDE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class RegressionToMean:
    """Change beyond what the level before predicts; every array has shape (m,).

    Attributes:
        slope: Change of the outsiders for each unit of their gap before; below zero where those
            far out come back. NaN where fewer than three have both or theirs do not vary.
        intercept: Change predicted for a gap of zero before, in the unit of the indicator.
        outside: Outsiders that the line is fitted to.
        expected: Mean change that the line predicts for the pilots, same unit.
        estimate: Mean over pilots of their change less the one predicted, same unit.
        low: Lower end of the sign-flip interval of the estimate; -inf where so few pilots cannot
            bound it.
        high: Upper end, likewise.
        t_low: Lower end of the interval by Student's t.
        t_high: Upper end, likewise.
        n: Pilots with both.
    """

    slope: Floats
    intercept: Floats
    outside: NDArray[np.int64]
    expected: Floats
    estimate: Floats
    low: Floats
    high: Floats
    t_low: Floats
    t_high: Floats
    n: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """Where places were before, and how far they moved.

    Attributes:
        before: Gap of each place before, shape (m indicators, places), NaN where missing.
        change: Change of its gap, same shape and unit, NaN where missing.
    """

    before: Floats
    change: Floats


def regression_to_mean(
    pilots: Moves, outsiders: Moves, *, confidence: float = 0.95
) -> RegressionToMean:
    """Compare the pilots' changes with those of outsiders that were as far out before.

    A place that is far out is so partly by chance, and tends to come back. How much so is read
    from the authorities that were no pilots: change = intercept + slope x gap before, by ordinary
    least squares. What is left of each pilot's change is its residual from that line, and the
    estimate is their mean. The intervals are those of the pilots' residuals; that the line is
    estimated too is not counted, which matters little where outsiders are many.

    Args:
        pilots: Gaps before and changes of the pilots.
        outsiders: The same of the authorities that were no pilots, each against its own
            comparator under the same options, the same indicators.
        confidence: Coverage of the intervals, as a proportion between 0 and 1.

    Returns:
        Line, expected change, estimate and intervals of each indicator.

    Raises:
        ValueError: Shapes do not fit, a number is infinite, or what `flip_interval` refuses.

    Source:
        Barnett, van der Pols and Dobson (2005), Regression to the mean: what it is and how to
        deal with it, International Journal of Epidemiology 34(1); Daw and Hatfield (2018),
        Matching and regression to the mean in difference-in-differences analysis, Health Services
        Research 53(6).
    """
    _check(pilots, outsiders)
    slope, intercept, count = _line(outsiders)
    predicted = intercept[:, None] + slope[:, None] * pilots.before
    left = pilots.change - predicted
    interval = flip_interval(left, confidence=confidence)
    student = mean_gap(left, confidence=confidence)
    return RegressionToMean(
        slope=slope,
        intercept=intercept,
        outside=count,
        expected=mean_of_present(np.where(np.isnan(left), np.nan, predicted)),
        estimate=student.estimate,
        low=interval.low,
        high=interval.high,
        t_low=student.t_low,
        t_high=student.t_high,
        n=student.n,
    )


def _line(moves: Moves) -> tuple[Floats, Floats, NDArray[np.int64]]:
    both = ~(np.isnan(moves.before) | np.isnan(moves.change))
    count = both.sum(axis=1)
    x, y = (np.where(both, one, np.nan) for one in (moves.before, moves.change))
    x_mean, y_mean = mean_of_present(x), mean_of_present(y)
    apart = np.where(both, x - x_mean[:, None], 0.0)
    width = (apart**2).sum(axis=1)
    least = (ROUNDING * np.abs(np.where(both, x, 0.0)).max(axis=1, initial=0.0)) ** 2
    usable = (count >= FEWEST_OUTSIDE) & (width > count * least)
    with_y = (apart * np.where(both, y - y_mean[:, None], 0.0)).sum(axis=1)
    slope = ratio(with_y, np.where(usable, width, np.nan))
    return slope, y_mean - slope * x_mean, count


def _check(pilots: Moves, outsiders: Moves) -> None:
    for name, moves in (("pilots", pilots), ("outsiders", outsiders)):
        check_gaps(moves.before)
        check_gaps(moves.change)
        if moves.before.shape != moves.change.shape:
            msg = (
                f"{name} have {moves.before.shape} before and {moves.change.shape} changes; "
                "one shape is expected"
            )
            raise ValueError(msg)
    if len(pilots.before) != len(outsiders.before):
        msg = (
            f"pilots have {len(pilots.before)} indicators and outsiders {len(outsiders.before)}; "
            "as many are expected"
        )
        raise ValueError(msg)
