"""How far each pilot is from its comparator, and how sure that makes each series."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.comparison import Compared
from analytics.evaluation.judging import judged
from analytics.evaluation.outcomes import before_after
from analytics.evaluation.reasons import (
    Reason,
    Why,
    few_chosen,
    few_compared,
    first_reason,
    no_change,
)
from analytics.methods.averages import mean_of_present
from analytics.methods.gap import pilot_changes, pilot_gaps
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty

Floats = NDArray[np.float64]


def gaps_of(compared: Compared, selection: Selection) -> tuple[Floats, list[Why]]:
    """Return the gap of each pilot, and why a series is not answered.

    Args:
        compared: Pilots beside their comparators.
        selection: What the reader chose.

    Returns:
        Gaps, shape (series, pilots), NaN where missing; a reason for each series.
    """
    gaps = pilot_gaps(compared.own, compared.comparator)
    return gaps, [few_compared(row, selection) for row in np.isfinite(gaps)]


def changes_of(compared: Compared, selection: Selection) -> tuple[Floats, list[Why]]:
    """Return how the gap of each pilot changed, and why a series is not answered.

    Args:
        compared: Pilots beside their comparators.
        selection: What the reader chose; its years are split at the start.

    Returns:
        Changes, shape (series, pilots), NaN where missing; a reason for each series.
    """
    both = np.isfinite(compared.own) & np.isfinite(compared.comparator)
    pre, post = before_after(compared.years, compared.programme)
    changes = pilot_changes(compared.own, compared.comparator, pre=pre, post=post)
    reasons = [
        first_reason(
            few_chosen(selection),
            no_change(there, pre, post, compared.programme),
            few_compared(changed, selection),
        )
        for there, changed in zip(both, np.isfinite(changes), strict=True)
    ]
    return changes, reasons


def held_of(each: Floats, reasons: Sequence[Why]) -> Floats:
    """Return the differences of the series that are answered, and NaN for all others.

    Args:
        each: Shape (series, pilots).
        reasons: Why each series is not answered.
    """
    answered = np.array([why is Reason.ANSWERED for why, _ in reasons])
    return np.where(answered[:, None], each, np.nan)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sure:
    """How sure the differences of some series are.

    Attributes:
        estimate: Mean difference, shape (series,); NaN where it is not given.
        n: Pilots compared, shape (series,).
        certain: How sure each is, all of them counted.
    """

    estimate: Floats
    n: NDArray[np.intp]
    certain: list[Certainty]


def sure_of(compared: Compared, selection: Selection, *, change: bool) -> Sure:
    """Say how sure each series is: what its row of verdicts says of that, and nothing else of it.

    Args:
        compared: Pilots beside their comparators.
        selection: Holds the adjustment; its years are split at the start for changes.
        change: Whether it is about changes; else about levels.
    """
    each, reasons = (changes_of if change else gaps_of)(compared, selection)
    held = held_of(each, reasons)
    return Sure(
        estimate=mean_of_present(held),
        n=np.isfinite(each).sum(axis=1),
        certain=judged(held, selection).certain,
    )
