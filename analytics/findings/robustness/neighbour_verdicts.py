"""All verdicts under each choice of neighbours at a glance, and what flips them."""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import compare
from analytics.evaluation.measure_families import TABLES, family_of, unread
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.verdicts import (
    ADJUSTMENT,
    FEWEST_PILOTS,
    GAP,
    HIGH,
    KEY,
    LOW,
    NAME,
    SCALE,
    SHORT,
    SPOKEN,
    UNIT,
)
from analytics.methods.gap import mean_gap, pilot_gaps
from analytics.methods.multiplicity import adjust
from analytics.methods.signflip import sign_flips
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import Adjustment, Average, Comparator, Weights
from analytics.selection.selection import Selection
from analytics.text.wording import ALPHA, listed, lower_first, pluralise
from analytics.text.words import unlayered
from data.neighbour_lists import NEIGHBOUR_LISTS, WITH_CLOSENESS, many
from data.schema import Column, ColumnKind, hidden_key, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

COUNTS: Final = (10, 5)

VERDICT_COLUMNS: Final = (
    NAME,
    KEY,
    UNIT,
    text("choice", "Choice of neighbours"),
    text("model", "List"),
    Column(name="k", label="Neighbours", kind=ColumnKind.COUNT, decimals=0),
    key_text("average", "Average"),
    text("weights", "Weights"),
    text("pilots_kept", "Other pilots", about="left out or kept."),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    GAP,
    LOW,
    HIGH,
    Column(name="p", label="p, sign-flip", decimals=3, about="Exact two-sided, unadjusted."),
    Column(name="p_adjusted", label="p, adjusted", decimals=3, about="Over this choice's rows."),
    ADJUSTMENT,
    text("verdict", "Verdict", about="below after adjustment, below unadjusted, or not detected."),
    key_text("yours", "Chosen now", about="yes for the choice in the bar."),
    SHORT,
    key_text(
        "address",
        "Address",
        about="Opens the page of indicators under this choice.",
        in_table=False,
    ),
    SCALE,
    SPOKEN,
    hidden_key("choice_key", about="List, number, average and weights, and whether pilots stay."),
    hidden_key("model_key", about="Which list of neighbours."),
    hidden_key("weights_key", about="How much each neighbour counts."),
    hidden_key("keeps_pilots", about="yes where other pilots stay among the neighbours."),
    hidden_key("verdict_key", about="What the test gave."),
)


class Verdict(StrEnum):
    """What a test of a gap gave."""

    STRONG = "strong"
    WEAK = "weak"
    SILENT = "silent"
    WITHHELD = "withheld"

    @property
    def label(self) -> str:
        """The verdict as a cell says it."""
        return {
            Verdict.STRONG: f"below {ALPHA} after adjustment",
            Verdict.WEAK: f"below {ALPHA} unadjusted",
            Verdict.SILENT: "not detected",
            Verdict.WITHHELD: "not answered",
        }[self]


class Depends(StrEnum):
    """What of a verdict depends on the choice of neighbours."""

    VERDICT = "verdict"
    SIGN = "sign"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        """The same as a cell says it."""
        return {
            Depends.VERDICT: "verdict",
            Depends.SIGN: "sign only",
            Depends.NOTHING: "no",
        }[self]


#: Sign and verdict.
Seen = tuple[float, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tested:
    """The verdicts of every series under one choice; all of shape (series,)."""

    n: NDArray[np.intp]
    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    p: NDArray[np.float64]
    adjusted: NDArray[np.float64]
    verdicts: list[Verdict]


def choices(selection: Selection) -> tuple[Selection, ...]:
    """Return every choice of neighbours that is set beside the reader's own.

    Args:
        selection: What the reader chose, whatever comparator.
    """
    plain = replace(selection, compare=Comparator.NEIGHBOURS, weights=Weights.EQUAL)
    every = [
        replace(plain, model=model, k=k, average=average, with_pilots=kept)
        for model, k, average, kept in product(NEIGHBOUR_LISTS, COUNTS, Average, (False, True))
    ]
    weighted = [
        replace(one, weights=Weights.CLOSENESS)
        for one in every
        if one.model.closeness
        and one.average is Average.MEAN
        and one.k == COUNTS[0]
        and not one.with_pilots
    ]
    return tuple(sorted((*every, *weighted), key=lambda one: NEIGHBOUR_LISTS.index(one.model)))


def _tested(tables: Tables, selection: Selection, every: tuple[Selection, ...]) -> list[_Tested]:
    series = family_of(selection).core()
    panel = family_of(selection).panel(tables, selection)
    neighbours = tables[sources.NEIGHBOURS.key]
    keys = tuple(one.key for one in series)
    codes = tuple(pilot.code for pilot in selection.chosen)
    made = [compare(panel, neighbours, one, keys=keys, codes=codes) for one in every]
    gaps = np.concatenate([pilot_gaps(one.own, one.comparator) for one in made])
    enough = np.isfinite(gaps).sum(axis=1) >= FEWEST_PILOTS
    held = np.where(enough[:, None], gaps, np.nan)
    group, p = mean_gap(held), sign_flips(held)
    tested = list[_Tested]()
    for at in range(len(every)):
        rows = slice(at * len(keys), (at + 1) * len(keys))
        adjusted = adjust(p[rows], held[rows], method=selection.adjust.value)
        tested.append(
            _Tested(
                n=np.isfinite(gaps[rows]).sum(axis=1),
                estimate=group.estimate[rows],
                low=group.low[rows],
                high=group.high[rows],
                p=p[rows],
                adjusted=adjusted,
                verdicts=_verdicts(p[rows], adjusted, selection),
            )
        )
    return tested


def every_verdict(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Test every series of the family under every choice of neighbours.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; its neighbour options mark one of the choices.
    """
    every, series = choices(selection), family_of(selection).core()
    tested = _tested(tables, selection, every)
    numbers = {
        "n": np.concatenate([one.n for one in tested]),
        "gap": np.concatenate([one.estimate for one in tested]),
        "low": np.concatenate([one.low for one in tested]),
        "high": np.concatenate([one.high for one in tested]),
        "p": np.concatenate([one.p for one in tested]),
        "p_adjusted": np.concatenate([one.adjusted for one in tested]),
        "adjustment": selection.adjust.value,
        "verdict": [verdict.label for one in tested for verdict in one.verdicts],
        "verdict_key": [verdict.value for one in tested for verdict in one.verdicts],
    }
    about = {
        "name": [one.name for one in series] * len(every),
        "key": [one.key for one in series] * len(every),
        "unit": [one.unit for one in series] * len(every),
        "short": [one.short_name for one in series] * len(every),
        "scale": [one.scale.value for one in series] * len(every),
        "spoken": [one.said for one in series] * len(every),
    }
    chosen = [_choice(one, selection) for one in every]
    spelled = {name: [one[name] for one in chosen for _ in series] for name in chosen[0]}
    frame = pd.DataFrame({**about, **spelled, **numbers})
    return frame[[column.name for column in VERDICT_COLUMNS]]


def _choice(choice: Selection, selection: Selection) -> dict[str, str | int]:
    """Return what is the same in all rows of a choice."""
    return {
        "choice": choice_words(choice),
        "choice_key": f"{choice.model} {choice.k} {choice.average} {choice.weights} "
        f"{int(choice.with_pilots)}",
        "model": choice.model.label,
        "model_key": choice.model.key,
        "k": choice.k,
        "average": choice.average.value,
        "weights": choice.weights.label.lower(),
        "weights_key": choice.weights.value,
        "pilots_kept": "kept" if choice.with_pilots else "left out",
        "keeps_pilots": "yes" if choice.with_pilots else "no",
        "yours": "yes" if _same(choice, selection) else "no",
        "address": f"/indicators{choice.to_query()}",
    }


def _verdicts(
    p: NDArray[np.float64], adjusted: NDArray[np.float64], selection: Selection
) -> list[Verdict]:
    chosen = selection.adjust is not Adjustment.NONE
    return [
        Verdict.WITHHELD
        if np.isnan(plain)
        else Verdict.STRONG
        if chosen and after < ALPHA
        else Verdict.WEAK
        if plain < ALPHA
        else Verdict.SILENT
        for plain, after in zip(p.tolist(), adjusted.tolist(), strict=True)
    ]


def _same(choice: Selection, selection: Selection) -> bool:
    return choice == replace(selection, compare=Comparator.NEIGHBOURS)


def choice_words(choice: Selection) -> str:
    """Name a choice of neighbours: list, number, average, what becomes of other pilots."""
    left = "pilots kept" if choice.with_pilots else "pilots left out"
    return f"{choice.model.listed}, {choice.k} neighbours, {choice.averaged}, {left}"


def _signs(rows: pd.DataFrame) -> set[float]:
    return set(np.sign(rows["gap"][rows["gap"].notna()]).tolist())


def _verdicts_say(frame: pd.DataFrame, selection: Selection) -> str:
    answered = frame[frame["verdict_key"] != Verdict.WITHHELD]
    if not len(answered):
        return f"No indicator has {FEWEST_PILOTS} chosen pilots that can be compared."
    groups = [rows for _, rows in answered.groupby("key", sort=False)]
    kept = sum(len(_signs(rows)) == 1 for rows in groups)
    tried = frame["choice_key"].nunique()
    passing = Verdict.WEAK if selection.adjust is Adjustment.NONE else Verdict.STRONG
    strong = [
        (str(rows["spoken"].iloc[0]), int((rows["verdict_key"] == passing).sum()))
        for rows in groups
    ]
    named = [(name, count) for name, count in strong if count]
    words = (
        f"Under {pluralise(tried, 'choice')} of neighbours, {kept} of "
        f"{pluralise(len(groups), family_of(selection).called)} keep one sign under all"
    )
    after = (
        "unadjusted" if selection.adjust is Adjustment.NONE else f"after {selection.adjust.label}"
    )
    if not named:
        return f"{words}; none has p below {ALPHA} {after} under any."
    said = [f"{lower_first(name)} under {count}" for name, count in named]
    return f"{words}. p is below {ALPHA} {after} for {listed(said)}, and for no other."


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    notes = [
        "Gap in level over the chosen period; a level difference is not a change.",
        (
            "Columns are not independent tests: they are one question asked in many ways. To "
            "choose the one that suits after seeing all is how false findings are made."
        ),
    ]
    if selection.compare is not Comparator.NEIGHBOURS:
        notes.append("The bar compares with something else; here neighbours are used throughout.")
    if not any(_same(choice, selection) for choice in choices(selection)):
        notes.append("The reader's own options are not among the columns; they are in the bar.")
    return tuple(notes)


def _method(selection: Selection) -> Facts:
    common = facts(
        selection,
        estimand="The mean over pilots of each pilot's mean gap over the period, once for every "
        "choice of list, number of neighbours (10 and 5), average, and pilots kept or left out; "
        f"and for the {many(WITH_CLOSENESS)} lists that give closeness, weighted by it.",
        unit="That of each row.",
    )
    return (*common, ("Family", "Each choice's p-values are adjusted over its own indicators."))


verdicts: Final = register(
    Finding(
        key="neighbours-verdicts",
        title="Every verdict under every choice of neighbours",
        subtitle=lambda s: f"{s.pilot_words} · {s.period_words} · {s.adjust.label}",
        sources=TABLES,
        unread=unread,
        columns=VERDICT_COLUMNS,
        analyse=every_verdict,
        words=unlayered(_verdicts_say),
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        about="One row per measure and choice of neighbours: gap, interval, tests, verdict.",
    )
)


def _count(name: str, label: str, about: str = "") -> Column:
    return Column(name=name, label=label, kind=ColumnKind.COUNT, decimals=0, about=about)


FLIP_COLUMNS: Final = (
    NAME,
    KEY,
    text("yours", "Verdict now", about="Under the options in the bar."),
    text(
        "depends",
        "Depends on the choice",
        about="verdict where p crosses 0.05, sign only where an undetected gap turns, or no.",
    ),
    text("flips", "What flips it", about="Single options that, changed alone, change it."),
    _count("choices", "Choices"),
    _count("lower", "Pilots lower", "Choices under which the mean gap is below nought."),
    _count("below", "p below 0.05", "Choices, unadjusted."),
    _count("below_adjusted", "p below 0.05, adjusted", "Choices, after the adjustment chosen."),
    Column(name="least", label="Smallest gap"),
    Column(name="most", label="Largest gap"),
    SPOKEN,
    hidden_key("depends_key", about="What depends on the choice."),
)


def what_flips(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Say for every series whether its verdict depends on the choice of neighbours, and on which.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    mine = replace(selection, compare=Comparator.NEIGHBOURS)
    every, single = choices(selection), _singles(mine)
    tested = _tested(tables, selection, (*every, mine, *(one for _, one in single)))
    all_of, here, alone = tested[: len(every)], tested[len(every)], tested[len(every) + 1 :]
    rows = list[dict[str, object]]()
    for at, series in enumerate(family_of(selection).core()):
        now = _seen(here, at)
        flips = [
            words for (words, _), one in zip(single, alone, strict=True) if _seen(one, at) != now
        ]
        depends = _depends(now, [_seen(one, at) for one in (*all_of, *alone)])
        row = {
            "name": series.name,
            "key": series.key,
            "spoken": series.said,
            "yours": _seen_words(now),
            "depends": depends.label,
            "depends_key": depends.value,
        }
        several = "" if depends is Depends.NOTHING else "only several at once"
        rows.append({**row, "flips": "; ".join(flips) or several, **_tally(all_of, at)})
    return pd.DataFrame(rows)


def _tally(all_of: list[_Tested], at: int) -> dict[str, object]:
    gaps = np.array([one.estimate[at] for one in all_of])
    held = gaps[np.isfinite(gaps)]
    return {
        "choices": len(all_of),
        "lower": int((held < 0).sum()),
        "below": sum(bool(one.p[at] < ALPHA) for one in all_of),
        "below_adjusted": sum(bool(one.adjusted[at] < ALPHA) for one in all_of),
        "least": held.min() if len(held) else np.nan,
        "most": held.max() if len(held) else np.nan,
    }


def _depends(now: Seen, seen: list[Seen]) -> Depends:
    if any(verdict != now[1] for _, verdict in seen):
        return Depends.VERDICT
    return Depends.SIGN if any(sign != now[0] for sign, _ in seen) else Depends.NOTHING


def _singles(selection: Selection) -> list[tuple[str, Selection]]:
    """Return the reader's options with one of them changed, each with words for the change."""
    average = selection.average
    changed = [
        (
            f"the {model.listed}",
            selection.with_neighbours(model=model, average=average),
        )
        for model in NEIGHBOUR_LISTS
        if model != selection.model
    ]
    changed += [(f"{k} neighbours", replace(selection, k=k)) for k in COUNTS if k != selection.k]
    other = Average.MEAN if average is Average.MEDIAN else Average.MEDIAN
    kept = "pilots left out" if selection.with_pilots else "pilots kept"
    changed += [
        (f"the {other}", selection.with_neighbours(model=selection.model, average=other)),
        (kept, replace(selection, with_pilots=not selection.with_pilots)),
    ]
    return changed


def _seen(tested: _Tested, at: int) -> Seen:
    """Return what a reader would take away: the sign and the verdict."""
    verdict = tested.verdicts[at]
    return (0.0 if verdict is Verdict.WITHHELD else float(np.sign(tested.estimate[at]))), verdict


def _seen_words(seen: Seen) -> str:
    sign, verdict = seen
    if verdict is Verdict.WITHHELD:
        return verdict.label
    side = "pilots lower" if sign < 0 else "pilots higher" if sign > 0 else "level"
    p = "" if verdict is Verdict.SILENT else "p "
    return f"{side}, {p}{verdict.label}"


def _flips_say(frame: pd.DataFrame, selection: Selection) -> str:
    crossing = frame[frame["depends_key"] == Depends.VERDICT]
    turning = int((frame["depends_key"] == Depends.SIGN).sum())
    if not len(crossing) and not turning:
        return "No verdict depends on the choice of neighbours, among those tried."
    names = listed([lower_first(name) for name in crossing["spoken"]])
    words = (
        f"For {pluralise(len(crossing), family_of(selection).called)} of {len(frame)} whether p is "
        f"below {ALPHA} depends on the choice of neighbours{f': {names}' if len(crossing) else ''}"
    )
    if turning:
        words += (
            f"; for {turning} more only the sign of a gap that is not detected under any choice "
            "depends on it"
        )
    return f"{words}."


flips: Final = register(
    Finding(
        key="neighbours-flips",
        title="Which verdicts depend on the choice of neighbours, and on which",
        sources=TABLES,
        unread=unread,
        columns=FLIP_COLUMNS,
        analyse=what_flips,
        words=unlayered(_flips_say),
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="neighbours-verdicts",
        about="One row per measure: whether its verdict depends on the neighbours, what flips.",
    )
)
