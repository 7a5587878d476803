"""What the gaps amount to: one row per indicator or ratio, with interval, tests and verdict."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import Compared
from analytics.measures.measure import Named
from analytics.methods.averages import mean_of_present
from analytics.methods.detectable import smallest_detectable
from analytics.methods.gap import mean_gap, pilot_changes, pilot_gaps
from analytics.methods.multiplicity import adjust
from analytics.methods.signflip import sign_flips, smallest_p
from analytics.programme import no_side
from analytics.selection.selection import LAST_BEFORE, WINDOW, Selection
from analytics.text.wording import pluralise
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
LOW = Column(name="low", label="95% interval, lower", about="Student's t over pilots, n - 1 df.")
HIGH = Column(name="high", label="95% interval, upper", about="Student's t over pilots, n - 1 df.")
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
    about="On the same scale.",
    in_table=False,
)
STANDARDISED_HIGH = Column(
    name="standardised_high",
    label="Its interval, upper",
    decimals=2,
    about="On the same scale.",
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

DETECTABLE = Column(
    name="detectable",
    label="Smallest detectable",
    decimals=3,
    about="In the row's unit: the true gap (or change of it) that a two-sided test at 0.05 would "
    "find with power 0.8, given the spread between the pilots.",
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
    SHORT, DETECTABLE, SCALE, SPOKEN, REASON, FIRST_USED, LAST_USED,
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
    return _rows(gaps, level, against, years=years, reasons=reasons, about=(series, selection))


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
    return _rows(changes, own, against, years=years, reasons=reasons, about=(series, selection))


def before_after(years: tuple[int, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Split years at the start of the project: those before it, and those after."""
    pre = np.array([year <= LAST_BEFORE for year in years], dtype=np.bool_)
    return pre, ~pre


def _rows(
    differences: Floats,
    own: Floats,
    against: Floats,
    *,
    years: list[tuple[int, ...]],
    reasons: list[Why],
    about: tuple[Sequence[Named], Selection],
) -> pd.DataFrame:
    series, selection = about
    answered = np.array([why is Reason.ANSWERED for why, _ in reasons])
    held = np.where(answered[:, None], differences, np.nan)
    group = mean_gap(held)
    p = sign_flips(held)
    counts = np.isfinite(differences).sum(axis=1)
    scale = np.divide(
        group.standardised,
        group.estimate,
        out=np.full(len(series), np.nan),
        where=np.isfinite(group.estimate) & (group.estimate != 0),
    )
    return pd.DataFrame(
        {
            KEY.name: [one.key for one in series],
            NAME.name: [one.name for one in series],
            UNIT.name: [one.unit for one in series],
            N.name: counts,
            PILOTS.name: np.where(answered, mean_of_present(own), np.nan),
            COMPARATOR.name: np.where(answered, mean_of_present(against), np.nan),
            GAP.name: group.estimate,
            LOW.name: group.low,
            HIGH.name: group.high,
            P.name: p,
            P_ADJUSTED.name: adjust(p, held, method=selection.adjust.value),
            ADJUSTMENT.name: [selection.adjust.value] * len(series),
            WITHHELD.name: [words for _, words in reasons],
            YEARS_USED.name: [f"{used[0]}-{used[-1]}" if used else "" for used in years],
            STANDARDISED.name: group.standardised,
            STANDARDISED_LOW.name: group.low * scale,
            STANDARDISED_HIGH.name: group.high * scale,
            T_P.name: group.t_p,
            WILCOXON_P.name: group.wilcoxon_p,
            SMALLEST_P.name: [smallest_p(int(n)) if n else np.nan for n in counts],
            SHORT.name: [one.short_name for one in series],
            DETECTABLE.name: smallest_detectable(np.where(answered, group.sd, np.nan), counts),
            SCALE.name: [one.scale.value for one in series],
            SPOKEN.name: [one.said for one in series],
            REASON.name: [why.value for why, _ in reasons],
            FIRST_USED.name: [used[0] if used else np.nan for used in years],
            LAST_USED.name: [used[-1] if used else np.nan for used in years],
        }
    )


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
        f"{n} of the {chosen} pilots can be compared in these years; {FEWEST_PILOTS} are needed."
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
