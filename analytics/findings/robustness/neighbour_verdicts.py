"""All verdicts under each choice of neighbours at a glance."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import TABLES, family_of, unread
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
from analytics.findings.measures.neighbour_choices import (
    Verdict,
    choice_method,
    choice_notes,
    choices,
    is_chosen,
    tested_under,
)
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import Adjustment
from analytics.selection.selection import Selection
from analytics.text.wording import ALPHA, listed, lower_first, pluralise
from data.schema import Column, ColumnKind, hidden_key, key_text, text
from data.sources.source import Kind

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
        "yours": "yes" if is_chosen(choice, selection) else "no",
        "address": f"/indicators{choice.to_query()}",
    }


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


verdicts: Final = register(
    Finding(
        key="neighbours-verdicts",
        title="Every verdict under every choice of neighbours",
        subtitle=lambda s: f"{s.pilot_words} · {s.period_words} · {s.adjust.label}",
        sources=TABLES,
        unread=unread,
        columns=VERDICT_COLUMNS,
        analyse=every_verdict,
        sentence=_verdicts_say,
        notes=choice_notes,
        method=choice_method,
        kind=Kind.OFFICIAL,
        about="One row per measure and choice of neighbours: gap, interval, tests, verdict.",
    )
)
