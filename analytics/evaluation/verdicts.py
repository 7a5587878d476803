"""What the gaps amount to: one row per indicator or ratio, with interval, tests and verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import Compared
from analytics.measures.measure import Named
from analytics.methods.averages import mean_of_present
from analytics.methods.detectable import smallest_detectable
from analytics.methods.equivalence import equivalence
from analytics.methods.gap import mean_gap, pilot_changes, pilot_gaps
from analytics.methods.multiplicity import adjust
from analytics.methods.noncentral import standardised_mean
from analytics.methods.reach import joint_flip_count, reach
from analytics.methods.signflip import sign_flips, smallest_p
from analytics.programme import no_side
from analytics.selection.choices import Adjustment
from analytics.selection.selection import LAST_BEFORE, WINDOW, Selection
from analytics.text.certainty import Certainty, Judged
from analytics.text.wording import only, pluralise
from data.schema import Column, ColumnKind, hidden_key, key_text, text

Floats = NDArray[np.float64]

FEWEST_PILOTS: Final = 3

KEY = key_text("key", "Key", about="Key of the indicator or ratio.", in_table=False)
NAME = text("name", "Indicator")
UNIT = text("unit", "Unit")
N = Column(
    name="n",
    label="Pilots compared",
    kind=ColumnKind.COUNT,
    decimals=0,
    about="Pilots of the selection with at least one year in which both they and enough of "
    "their comparator have figures.",
)
PILOTS = Column(name="pilots", label="Pilots", about="Mean over pilots of their mean over years.")
COMPARATOR = Column(name="comparator", label="Comparator", about="The same for what they face.")
GAP = Column(
    name="gap",
    label="Gap",
    about="Pilots minus comparator, in the row's unit; its change in the -changes findings.",
)
_ENDS: Final = (
    "Every value that the exact sign-flip test does not reject; empty where fewer than six pilots "
    "cannot bound it."
)
LOW = Column(name="low", label="95% interval, lower", about=_ENDS)
HIGH = Column(name="high", label="95% interval, upper", about=_ENDS)
_STUDENT: Final = "Student's t over pilots, n - 1 df."
T_LOW = Column(name="t_low", label="95% t interval, lower", about=_STUDENT)
T_HIGH = Column(name="t_high", label="95% t interval, upper", about=_STUDENT)
P = Column(
    name="p", label="p, sign-flip", decimals=3, about="Exact two-sided sign-flip, unadjusted."
)
P_ADJUSTED = Column(
    name="p_adjusted", label="p, adjusted", decimals=3, about="Adjusted over the rows tested."
)
ADJUSTMENT = key_text("adjustment", "Adjustment", in_table=False)
WITHHELD = text("withheld", "Why not answered", about="Empty where the row is answered.")
_WINDOW: Final = f"{WINDOW[0]}-{WINDOW[1]}"
YEARS_USED = text("years", "Years", about=f"First and last year with a gap, e.g. {_WINDOW}.")
STANDARDISED = Column(
    name="standardised",
    label="Standardised gap",
    unit="standard deviations of the pilots' gaps, Hedges' correction",
    decimals=2,
)
STANDARDISED_LOW = Column(
    name="standardised_low",
    label="Its interval, lower",
    decimals=2,
    about="Noncentral t, on the same scale.",
    in_table=False,
)
STANDARDISED_HIGH = Column(
    name="standardised_high",
    label="Its interval, upper",
    decimals=2,
    about="Noncentral t, on the same scale.",
    in_table=False,
)
T_P = Column(name="t_p", label="p, paired t", decimals=3)
WILCOXON_P = Column(name="wilcoxon_p", label="p, Wilcoxon", decimals=3)
SMALLEST_P = Column(
    name="smallest_p",
    label="Smallest p this n can give",
    decimals=3,
    about="2 / 2^n: no result can be below it.",
)

SMALLEST_ADJUSTED = Column(
    name="smallest_adjusted",
    label="Smallest adjusted p",
    decimals=3,
    about="The smallest adjusted p that so many pilots and tests can give.",
    in_table=False,
)
CERTAINTY = text("certainty", "How sure", about="One of a closed set of phrases.")
CERTAIN = hidden_key("certain", about="How sure, as a key.")
RULED_OUT = Column(
    name="ruled_out",
    label="Larger ones ruled out",
    about="Differences larger than this in size, either way, are ruled out: the outer end of the "
    "90% interval of the sign-flip test. Empty where fewer than five pilots rule nothing out.",
)
MARGIN = Column(
    name="margin",
    label="Difference that would matter",
    about="The margin chosen, in the row's unit: a share of the comparator's level.",
    in_table=False,
)
P_EQUIVALENCE = Column(
    name="p_equivalence",
    label="p, smaller than the margin",
    decimals=3,
    about="Two one-sided sign-flip tests at the margin: below 0.05, a difference of the margin or "
    "more is ruled out.",
    in_table=False,
)
P_PLACEBO = Column(
    name="p_placebo",
    label="p, placebo",
    decimals=3,
    about="Share of groups of councils that were no pilots at least as far out.",
)
PLACEBO_LOW = Column(
    name="placebo_low",
    label="95% placebo interval, lower",
    about="The estimate less the upper 2.5% point of placebo groups.",
    in_table=False,
)
PLACEBO_HIGH = Column(
    name="placebo_high",
    label="95% placebo interval, upper",
    about="The estimate less the lower 2.5% point of placebo groups.",
    in_table=False,
)
PLACEBO: Final = (P_PLACEBO, PLACEBO_LOW, PLACEBO_HIGH)
JOINT_BELOW = Column(
    name="joint_below",
    label="Rows with p below 0.05",
    kind=ColumnKind.COUNT,
    decimals=0,
    about="Of all rows tested together, before adjustment; the same in every row.",
    in_table=False,
)
JOINT_P = Column(
    name="joint_p",
    label="Chance of as many",
    decimals=4,
    about="Share of joint sign flips in which at least as many rows have p below 0.05.",
    in_table=False,
)
JOINT_FLIPS = Column(
    name="joint_flips",
    label="Joint flips",
    kind=ColumnKind.COUNT,
    decimals=0,
    about="How many flips of the pilots there are.",
    in_table=False,
)
DETECTABLE = Column(
    name="detectable",
    label="Smallest detectable",
    decimals=3,
    about="In the row's unit: the true gap (or change of it) that a two-sided test at 0.05 would "
    "find with power 0.8, given the spread between the pilots. For planning; it says nothing "
    "about the difference found.",
    in_table=False,
)
SHORT = text("short", "Short name", about="As on the axis of the chart.", in_table=False)
SCALE = hidden_key("scale", about="What the unit measures on.")
SPOKEN = Column(
    name="spoken",
    label="spoken",
    kind=ColumnKind.TEXT,
    about="The name as a sentence says it before a number with its unit.",
    hidden=True,
)
REASON = hidden_key("reason", about="Why the row is not answered, as a key.")
FIRST_USED = Column(name="first_used", label="first_used", kind=ColumnKind.YEAR, hidden=True)
LAST_USED = Column(name="last_used", label="last_used", kind=ColumnKind.YEAR, hidden=True)

COLUMNS: Final = (
    KEY, NAME, UNIT, N, PILOTS, COMPARATOR, GAP, LOW, HIGH, P, P_ADJUSTED, ADJUSTMENT, WITHHELD,
    YEARS_USED, STANDARDISED, STANDARDISED_LOW, STANDARDISED_HIGH, T_P, WILCOXON_P, SMALLEST_P,
    SHORT, DETECTABLE, SCALE, SPOKEN, REASON, FIRST_USED, LAST_USED, CERTAINTY, T_LOW, T_HIGH,
    P_PLACEBO, PLACEBO_LOW, PLACEBO_HIGH, RULED_OUT, MARGIN, P_EQUIVALENCE, SMALLEST_ADJUSTED,
    JOINT_BELOW, JOINT_P, JOINT_FLIPS, CERTAIN,
)  # fmt: skip


class Reason(StrEnum):
    """Why a row is not answered."""

    ANSWERED = ""
    FEW_CHOSEN = "few-chosen"
    FEW_COMPARED = "few-compared"
    ONE_SIDE = "one-side"
    NOTHING_BEFORE = "nothing-before"
    NOTHING_AFTER = "nothing-after"


Why = tuple[Reason, str]
_ANSWERED: Final[Why] = (Reason.ANSWERED, "")


def gap_rows(compared: Compared, series: Sequence[Named], selection: Selection) -> pd.DataFrame:
    """Return one row per series: how far pilots stand from their comparator.

    Args:
        compared: Pilots beside their comparators, in the order of ``series``.
        series: What each row is about.
        selection: Holds the adjustment.
    """
    both = _both(compared)
    gaps = pilot_gaps(compared.own, compared.comparator)
    level = mean_of_present(np.where(both, compared.own, np.nan))
    against = mean_of_present(np.where(both, compared.comparator, np.nan))
    years = [_used(compared.years, row.any(axis=0)) for row in both]
    reasons = [_too_few(row, selection) for row in np.isfinite(gaps)]
    return _rows(
        _Differences(each=gaps, own=level, against=against, level=mean_of_present(against)),
        years=years,
        reasons=reasons,
        about=(series, selection),
    )


def change_rows(compared: Compared, series: Sequence[Named], selection: Selection) -> pd.DataFrame:
    """Return one row per series: how the gap changed after the project started.

    Args:
        compared: Pilots beside their comparators, in the order of ``series``.
        series: What each row is about.
        selection: Holds the adjustment; its years are split at the start.
    """
    both = _both(compared)
    pre, post = before_after(compared.years)
    changes = pilot_changes(compared.own, compared.comparator, pre=pre, post=post)
    changed = np.isfinite(changes)
    own = _change(np.where(both, compared.own, np.nan), pre, post)
    against = _change(np.where(both, compared.comparator, np.nan), pre, post)
    years = [_used(compared.years, row.any(axis=0)) for row in both]
    reasons = [
        _first(
            _too_few_chosen(selection),
            _no_before(both[row], pre, post),
            _too_few(changed[row], selection),
        )
        for row in range(len(series))
    ]
    own, against = (np.where(changed, part, np.nan) for part in (own, against))
    faced = mean_of_present(np.where(both, compared.comparator, np.nan))
    return _rows(
        _Differences(each=changes, own=own, against=against, level=mean_of_present(faced)),
        years=years,
        reasons=reasons,
        about=(series, selection),
    )


def before_after(years: tuple[int, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Split years at the start of the project: those before it, and those after."""
    pre = np.array([year <= LAST_BEFORE for year in years], dtype=np.bool_)
    return pre, ~pre


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
) -> pd.DataFrame:
    series, selection = about
    answered = np.array([why is Reason.ANSWERED for why, _ in reasons])
    held = np.where(answered[:, None], found.each, np.nan)
    group, standardised = mean_gap(held), standardised_mean(held)
    counts = np.isfinite(found.each).sum(axis=1)
    return pd.DataFrame(
        {
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
            STANDARDISED_LOW.name: standardised.low,
            STANDARDISED_HIGH.name: standardised.high,
            T_P.name: group.t_p,
            T_LOW.name: group.t_low,
            T_HIGH.name: group.t_high,
            WILCOXON_P.name: group.wilcoxon_p,
            SHORT.name: [one.short_name for one in series],
            DETECTABLE.name: smallest_detectable(np.where(answered, group.sd, np.nan), counts),
            SCALE.name: [one.scale.value for one in series],
            SPOKEN.name: [one.said for one in series],
            REASON.name: [why.value for why, _ in reasons],
            FIRST_USED.name: [used[0] if used else np.nan for used in years],
            LAST_USED.name: [used[-1] if used else np.nan for used in years],
            **tests_of(held, selection),
            **_small(held, found.level, selection),
            **{one.name: np.full(len(series), np.nan) for one in PLACEBO},
        },
        columns=[column.name for column in COLUMNS],
    )


def uncounted(frame: pd.DataFrame) -> pd.DataFrame:
    """Say of rows outside any family of tests that the number of tests is not counted.

    Args:
        frame: With ``certain`` and ``certainty``.
    """
    clear, alone = frame[CERTAIN.name] == Certainty.CLEAR, Certainty.UNCOUNTED
    return frame.assign(
        certain=frame[CERTAIN.name].mask(clear, alone.value),
        certainty=frame[CERTAINTY.name].mask(clear, alone.label),
    )


def bounded(ends: Floats) -> Floats:
    """Return ends of intervals, missing where they are not bounded.

    Args:
        ends: Any shape; infinite where so few pilots cannot bound them.
    """
    return np.where(np.isfinite(ends), ends, np.nan)


def tests_of(held: Floats, selection: Selection) -> dict[str, object]:
    """Test every row, by itself and together, and say how sure each is.

    Args:
        held: Difference of each pilot, shape (rows, pilots); NaN where missing or not answered.
        selection: Holds the adjustment.

    Returns:
        Columns by name: p-values, what they could be at least, how sure each row is, and how many
        joint sign flips give as many small p-values.
    """
    adjustment = selection.adjust
    p = sign_flips(held)
    adjusted = adjust(p, held, method=adjustment.value)
    n = np.isfinite(held).sum(axis=1)
    possible = reach(n, method=adjustment.value).smallest
    joint = joint_flip_count(held)
    alone = [smallest_p(int(one)) if one else np.nan for one in n]
    sure = [
        Judged(
            p=one[0],
            p_adjusted=one[1],
            smallest_p=one[2],
            smallest_adjusted=one[3],
            counted=adjustment is not Adjustment.NONE,
        ).certainty
        for one in zip(p.tolist(), adjusted.tolist(), alone, possible.tolist(), strict=True)
    ]
    return {
        P.name: p,
        P_ADJUSTED.name: adjusted,
        SMALLEST_P.name: alone,
        SMALLEST_ADJUSTED.name: possible,
        CERTAINTY.name: [one.label for one in sure],
        CERTAIN.name: [one.value for one in sure],
        JOINT_BELOW.name: joint.below,
        JOINT_P.name: joint.share,
        JOINT_FLIPS.name: joint.flips,
    }


def _small(held: Floats, level: Floats, selection: Selection) -> dict[str, object]:
    """Say which differences are ruled out, and whether those that would matter are."""
    margin = np.where(level > 0, level * selection.margin.share, np.nan)
    tested = equivalence(held, margin)
    return {
        RULED_OUT.name: bounded(tested.ruled_out),
        MARGIN.name: np.where(np.isfinite(held).any(axis=1), margin, np.nan),
        P_EQUIVALENCE.name: tested.p,
    }


def _both(compared: Compared) -> NDArray[np.bool_]:
    return np.isfinite(compared.own) & np.isfinite(compared.comparator)


def _change(values: Floats, pre: NDArray[np.bool_], post: NDArray[np.bool_]) -> Floats:
    return mean_of_present(values[..., post]) - mean_of_present(values[..., pre])


def _used(years: tuple[int, ...], used: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(year for year, there in zip(years, used, strict=True) if there)


def _first(*reasons: Why) -> Why:
    return next((one for one in reasons if one[0] is not Reason.ANSWERED), _ANSWERED)


def _too_few(has_value: NDArray[np.bool_], selection: Selection) -> Why:
    n, chosen = int(has_value.sum()), len(selection.chosen)
    if n >= FEWEST_PILOTS:
        return _ANSWERED
    words = (
        f"{only(n, 'pilot', of=chosen)} can be compared in these years; {FEWEST_PILOTS} are needed."
    )
    return _first(_too_few_chosen(selection), (Reason.FEW_COMPARED, words))


def _too_few_chosen(selection: Selection) -> Why:
    chosen = len(selection.chosen)
    if chosen >= FEWEST_PILOTS:
        return _ANSWERED
    words = (
        f"An average of {pluralise(chosen, 'pilot')} says too little; {FEWEST_PILOTS} are needed."
    )
    return Reason.FEW_CHOSEN, words


def _no_before(both: NDArray[np.bool_], pre: NDArray[np.bool_], post: NDArray[np.bool_]) -> Why:
    if not (pre.any() and post.any()):
        return Reason.ONE_SIDE, f"{no_side()}."
    if not both[:, pre].any():
        words = "No figures before the pilots started, so no change can be measured."
        return Reason.NOTHING_BEFORE, words
    if not both[:, post].any():
        words = "No figures after the pilots started, so no change can be measured."
        return Reason.NOTHING_AFTER, words
    return _ANSWERED
