"""All verdicts under each choice of neighbours at a glance."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import TABLES, family_of, unread
from analytics.evaluation.verdict_columns import (
    ADJUSTMENT,
    GAP,
    HIGH,
    KEY,
    LOW,
    NAME,
    SCALE,
    SHORT,
    SPOKEN,
    T_HIGH,
    T_LOW,
    UNIT,
    P,
)
from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL
from analytics.findings.measures.neighbour_choices import (
    choice_method,
    choice_notes,
    choice_subtitle,
    choices,
    is_chosen,
    tested_under,
    untested_choices,
)
from analytics.measures.measure import Measure
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Adjustment
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty
from analytics.text.wording import (
    counted,
    lower_first,
    naming,
    pluralise,
    some_of,
    upper_first,
)
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind, hidden_key, key_text, text
from data.sources.source import Kind

#: The choices that are counted, where some cannot be tested.
_TESTED: Final = "choice that can be tested"

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
    P,
    Column(name="p_adjusted", label="p, adjusted", decimals=3, about="Over this choice's rows."),
    ADJUSTMENT,
    text("verdict", "How sure", about="One of a closed set of phrases."),
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
    key_text("model_key", "List, as a key", about="Which list of neighbours.", in_table=False),
    hidden_key("weights_key", about="How much each neighbour counts."),
    hidden_key("keeps_pilots", about="yes where other pilots stay among the neighbours."),
    hidden_key("verdict_key", about="How sure the gap is."),
    T_LOW,
    T_HIGH,
)


def every_verdict(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Test every series of the family under every choice of neighbours.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; its neighbour options mark one of the choices.
    """
    every, series = choices(selection), family_of(selection).core()
    tested = tested_under(tables, selection, every)
    numbers = {
        "n": np.concatenate([one.n for one in tested]),
        "gap": np.concatenate([one.estimate for one in tested]),
        "low": np.concatenate([one.low for one in tested]),
        "high": np.concatenate([one.high for one in tested]),
        "p": np.concatenate([one.p for one in tested]),
        "p_adjusted": np.concatenate([one.adjusted for one in tested]),
        "adjustment": selection.adjust.value,
        "verdict": [sure.label for one in tested for sure in one.certain],
        "verdict_key": [sure.value for one in tested for sure in one.certain],
        "t_low": np.concatenate([one.t_low for one in tested]),
        "t_high": np.concatenate([one.t_high for one in tested]),
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
        "yours": "yes" if is_chosen(choice, selection) else "no",
        "address": f"/indicators{choice.to_query()}",
    }


def choice_words(choice: Selection) -> str:
    """Name a choice of neighbours: list, number, average, what becomes of other pilots."""
    left = "pilots kept" if choice.with_pilots else "pilots left out"
    return f"{choice.model.listed}, {choice.k} neighbours, {choice.averaged}, {left}"


def _clear(testable: pd.DataFrame) -> dict[str, int]:
    """Count the choices under which each measure is clear, by its key, where there is one."""
    measure, keys = pd.factorize(testable["key"])
    counts = np.bincount(measure[testable["verdict_key"].isin(SURE)], minlength=len(keys)).tolist()
    return {str(key): count for key, count in zip(keys, counts, strict=True) if count}


def _steady(testable: pd.DataFrame) -> int:
    """Count the measures whose gap has one direction under all choices."""
    measure, keys = pd.factorize(testable["key"])
    gap = testable["gap"].to_numpy(np.float64)
    seen = [
        np.bincount(measure[points], minlength=len(keys)) > 0
        for points in (gap < 0, gap == 0, gap > 0)
    ]
    return int((np.sum(seen, axis=0) == 1).sum())


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say which gaps are clear under how many choices of neighbours, in three layers."""
    tried, measures = frame["choice_key"].nunique(), family_of(selection).measures
    testable = frame[frame["verdict_key"] != Certainty.UNTESTABLE]
    things = pluralise(frame["key"].nunique(), "measure")
    if not len(testable):
        return Words(
            verdict=TOO_FEW_TO_TELL,
            plain=(f"No choice of similar councils lets any of {things} be tested.",),
            technical=f"{tried} choices tried",
        )
    clear, kept = _clear(testable), _steady(testable)
    known = testable["key"].value_counts().reindex(frame["key"].unique(), fill_value=0)
    always = sum(count == known[key] for key, count in clear.items())
    untested = untested_choices(tried - known, tried)
    many = counted(kept) if kept else "none"
    keep = "keep" if kept > 1 else "keeps"
    steady = f"Of {testable['key'].nunique()} measures, {many} {keep} one direction under all"
    steady = "; ".join((f"{steady} choices", *map(lower_first, untested)))
    taken = (
        "not adjusted"
        if selection.adjust is Adjustment.NONE
        else f"{selection.adjust.label} within each choice"
    )
    return Words(
        verdict=_verdict(len(clear), always, which=_TESTED if untested else "choice of neighbours"),
        plain=(*_counted(clear, measures, tried, untested=bool(untested)), f"{steady}."),
        technical=technical_line(
            f"{tried} choices of list, number, average and weights",
            *(f"{measures[key].short_name} {count} of {tried}" for key, count in clear.items()),
            taken,
        ),
    )


def _verdict(clear: int, always: int, *, which: str) -> str:
    if not clear:
        return f"No difference is clear under any {which}"
    if not always:
        return f"No difference is clear under every {which}"
    differ = "difference is" if always == 1 else "differences are"
    return f"{upper_first(counted(always))} {differ} clear under every {which}"


def _counted(
    clear: dict[str, int], measures: Mapping[str, Measure], tried: int, *, untested: bool
) -> list[str]:
    """Say under how many choices the leading measures are clear, most first."""
    order = sorted(clear.items(), key=lambda one: -one[1])
    if not order:
        return [] if untested else [f"That is so for all {tried} choices tried."]
    (first, count), rest = order[0], order[1:]
    name = upper_first(measures[first].plain.subject)
    said = [f"{name}: a clear difference under {some_of(count, tried, 'choice')}."]
    if rest:
        named = [f"{measures[key].plain.subject} under {many}" for key, many in rest]
        said.append(naming("Clear under some:", named))
    return said


verdicts: Final = register(
    Finding(
        key="neighbours-verdicts",
        title="Every verdict under every choice of neighbours",
        subtitle=choice_subtitle,
        own_comparator=True,
        sources=TABLES,
        unread=unread,
        columns=VERDICT_COLUMNS,
        analyse=every_verdict,
        words=_words,
        notes=choice_notes,
        method=choice_method,
        kind=Kind.OFFICIAL,
        about="One row per measure and choice of neighbours: gap, interval, tests, verdict.",
    )
)
