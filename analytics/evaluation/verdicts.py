"""What the gaps amount to: one row per indicator or ratio, with interval, tests and verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import Compared
from analytics.evaluation.differences import changes_of, gaps_of, held_of
from analytics.evaluation.judging import joint_of, judged
from analytics.evaluation.outcomes import before_after
from analytics.evaluation.reasons import (
    Reason,
    Why,
)
from analytics.evaluation.verdict_columns import (
    ADJUSTMENT,
    COLUMNS,
    COMPARATOR,
    DETECTABLE,
    FIRST_USED,
    GAP,
    HIDDEN,
    HIGH,
    JOINT_BELOW,
    JOINT_FLIPS,
    JOINT_P,
    KEY,
    LAST_USED,
    LOW,
    MARGIN,
    NAME,
    P_EQUIVALENCE,
    PILOTS,
    PLACEBO,
    REASON,
    RELATIVE,
    RELATIVE_HIGH,
    RELATIVE_LOW,
    RULED_OUT,
    SCALE,
    SHORT,
    SPOKEN,
    STANDARDISED,
    STANDARDISED_HIGH,
    STANDARDISED_LOW,
    T_HIGH,
    T_LOW,
    T_P,
    UNIT,
    WILCOXON_P,
    WITHHELD,
    YEARS_USED,
    N,
)
from analytics.measures.measure import Named
from analytics.methods.averages import mean_of_present
from analytics.methods.detectable import smallest_detectable
from analytics.methods.equivalence import equivalence
from analytics.methods.flip_interval import FlipInterval, flip_intervals
from analytics.methods.gap import MeanGap, mean_gap
from analytics.methods.noncentral import StandardisedMean, standardised_mean
from analytics.methods.signed_rank import signed_rank
from analytics.selection.selection import Selection
from analytics.text.wording import ALPHA

Floats = NDArray[np.float64]

#: What brief rows have no cells of: it is said where measures are looked at one by one.
AT_LENGTH: Final = (
    STANDARDISED_LOW, STANDARDISED_HIGH, WILCOXON_P, JOINT_BELOW, JOINT_P, JOINT_FLIPS, MARGIN,
    P_EQUIVALENCE,
)  # fmt: skip


def gap_rows(
    compared: Compared, series: Sequence[Named], selection: Selection, *, brief: bool = False
) -> pd.DataFrame:
    """Return one row per series: how far pilots stand from their comparator.

    Args:
        compared: Pilots beside their comparators, in the order of ``series``.
        series: What each row is about.
        selection: Holds the adjustment.
        brief: Whether the columns ``AT_LENGTH``, which take most of the time, are left out.
    """
    both = _both(compared)
    gaps, reasons = gaps_of(compared, selection)
    level = mean_of_present(np.where(both, compared.own, np.nan))
    against = mean_of_present(np.where(both, compared.comparator, np.nan))
    years = [_used(compared.years, row.any(axis=0)) for row in both]
    return _rows(
        _Differences(each=gaps, own=level, against=against, level=mean_of_present(against)),
        years=years,
        reasons=reasons,
        about=(series, selection),
        brief=brief,
    )


def change_rows(
    compared: Compared, series: Sequence[Named], selection: Selection, *, brief: bool = False
) -> pd.DataFrame:
    """Return one row per series: how the gap changed after the project started.

    Args:
        compared: Pilots beside their comparators, in the order of ``series``.
        series: What each row is about.
        selection: Holds the adjustment; its years are split at the start.
        brief: Whether the columns ``AT_LENGTH``, which take most of the time, are left out.
    """
    both = _both(compared)
    pre, post = before_after(compared.years, compared.programme)
    changes, reasons = changes_of(compared, selection)
    changed = np.isfinite(changes)
    own = _change(np.where(both, compared.own, np.nan), pre, post)
    against = _change(np.where(both, compared.comparator, np.nan), pre, post)
    years = [_used(compared.years, row.any(axis=0)) for row in both]
    own, against = (np.where(changed, part, np.nan) for part in (own, against))
    faced = mean_of_present(np.where(both, compared.comparator, np.nan))
    return _rows(
        _Differences(each=changes, own=own, against=against, level=mean_of_present(faced)),
        years=years,
        reasons=reasons,
        about=(series, selection),
        brief=brief,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Differences:
    """What rows are made of.

    Attributes:
        each: Difference of each pilot, shape (series, pilots).
        own: What it is the difference of, for each pilot, same shape.
        against: What that is set against, same shape.
        level: Mean level of the comparator, shape (series,), for the margin.
    """

    each: Floats
    own: Floats
    against: Floats
    level: Floats


def _rows(
    found: _Differences,
    *,
    years: list[tuple[int, ...]],
    reasons: list[Why],
    about: tuple[Sequence[Named], Selection],
    brief: bool,
) -> pd.DataFrame:
    series, selection = about
    answered = np.array([why is Reason.ANSWERED for why, _ in reasons])
    held = held_of(found.each, reasons)
    make = _in_brief if brief else _at_length
    group, more = make(held, found.level, selection)
    counts = np.isfinite(found.each).sum(axis=1)
    cells = {
        KEY.name: [one.key for one in series],
        NAME.name: [one.name for one in series],
        UNIT.name: [one.unit for one in series],
        N.name: counts,
        PILOTS.name: np.where(answered, mean_of_present(found.own), np.nan),
        COMPARATOR.name: np.where(answered, mean_of_present(found.against), np.nan),
        GAP.name: group.estimate,
        LOW.name: bounded(group.low),
        HIGH.name: bounded(group.high),
        ADJUSTMENT.name: [selection.adjust.value] * len(series),
        WITHHELD.name: [words for _, words in reasons],
        YEARS_USED.name: [f"{used[0]}-{used[-1]}" if used else "" for used in years],
        STANDARDISED.name: group.standardised,
        T_P.name: group.t_p,
        T_LOW.name: group.t_low,
        T_HIGH.name: group.t_high,
        SHORT.name: [one.short_name for one in series],
        DETECTABLE.name: smallest_detectable(np.where(answered, group.sd, np.nan), counts),
        SCALE.name: [one.scale.value for one in series],
        SPOKEN.name: [one.said for one in series],
        REASON.name: [why.value for why, _ in reasons],
        FIRST_USED.name: [used[0] if used else np.nan for used in years],
        LAST_USED.name: [used[-1] if used else np.nan for used in years],
        **judged(held, selection).columns,
        **_relative(group, found.level),
        **{one.name: np.full(len(series), np.nan) for one in (*PLACEBO, *HIDDEN)},
        **more,
    }
    # In order already: pandas would put columns that it is told of in order one by one.
    ordered = (column.name for column in COLUMNS)
    return pd.DataFrame({name: cells[name] for name in ordered if name in cells})


def _in_brief(held: Floats, _level: Floats, _: Selection) -> tuple[MeanGap, dict[str, object]]:
    """Return the estimates with what is ruled out."""
    group, narrower = _estimated(held.tobytes(), held.shape[1])
    ruled_out = np.maximum(np.abs(narrower.low), np.abs(narrower.high))
    return group, {RULED_OUT.name: bounded(ruled_out)}


def _at_length(
    held: Floats, level: Floats, selection: Selection
) -> tuple[MeanGap, dict[str, object]]:
    """Return the estimates with what is ruled out, and the columns ``AT_LENGTH``, by name."""
    group, narrower = _estimated(held.tobytes(), held.shape[1])
    standardised, wilcoxon_p = _also_estimated(held.tobytes(), held.shape[1])
    return group, {
        STANDARDISED_LOW.name: standardised.low,
        STANDARDISED_HIGH.name: standardised.high,
        WILCOXON_P.name: wilcoxon_p,
        **joint_of(held),
        **_small(held, level, narrower, selection),
    }


@lru_cache(maxsize=64)
def _estimated(differences: bytes, pilots: int) -> tuple[MeanGap, FlipInterval]:
    """Estimate each series, and find the narrower interval that says what is ruled out.

    They are the same for every adjustment and margin.
    """
    held = np.frombuffer(differences).reshape(-1, pilots)
    interval, narrower = flip_intervals(held, confidences=(1 - ALPHA, 1 - 2 * ALPHA))
    return mean_gap(held, interval=interval), narrower


@lru_cache(maxsize=64)
def _also_estimated(differences: bytes, pilots: int) -> tuple[StandardisedMean, Floats]:
    """Return what rows at length have beside that, the same for every adjustment and margin."""
    held = np.frombuffer(differences).reshape(-1, pilots)
    return standardised_mean(held), signed_rank(held)


def bounded(ends: Floats) -> Floats:
    """Return ends of intervals, missing where they are not bounded.

    Args:
        ends: Any shape; infinite where so few pilots cannot bound them.
    """
    return np.where(np.isfinite(ends), ends, np.nan)


def _small(
    held: Floats, level: Floats, narrower: FlipInterval, selection: Selection
) -> dict[str, object]:
    """Say which differences are ruled out, and whether those that would matter are."""
    margin = np.where(level > 0, level * selection.margin.share, np.nan)
    tested = equivalence(held, margin, interval=narrower)
    return {
        RULED_OUT.name: bounded(tested.ruled_out),
        MARGIN.name: np.where(np.isfinite(held).any(axis=1), margin, np.nan),
        P_EQUIVALENCE.name: tested.p,
    }


def _relative(group: MeanGap, level: Floats) -> dict[str, object]:
    """Set gaps and their ranges against the level of the comparator, in per cent."""
    of = np.where(level > 0, level, np.nan) / 100
    return {
        RELATIVE.name: group.estimate / of,
        RELATIVE_LOW.name: bounded(group.low) / of,
        RELATIVE_HIGH.name: bounded(group.high) / of,
    }


def _both(compared: Compared) -> NDArray[np.bool_]:
    return np.isfinite(compared.own) & np.isfinite(compared.comparator)


def _change(values: Floats, pre: NDArray[np.bool_], post: NDArray[np.bool_]) -> Floats:
    return mean_of_present(values[..., post]) - mean_of_present(values[..., pre])


def _used(years: tuple[int, ...], used: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(year for year, there in zip(years, used, strict=True) if there)
