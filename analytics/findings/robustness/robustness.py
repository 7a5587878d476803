"""How sure: the number in question, what could be detected at all, whether bands differ."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcomes import estimand, named, outcomes, scale_of, unit_of
from analytics.evaluation.verdicts import FEWEST_PILOTS, KEY, NAME, SCALE, SHORT, SPOKEN, UNIT
from analytics.methods.detectable import smallest_detectable
from analytics.methods.gap import mean_gap
from analytics.methods.multiplicity import adjust
from analytics.methods.signflip import sign_flips, smallest_p
from analytics.programme import split
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import Outcome
from analytics.selection.selection import Selection
from analytics.text.quantity import apart
from analytics.text.wording import (
    ALPHA,
    listed,
    lower_first,
    number,
    p_words,
    pluralise,
    signed,
    significant,
)
from data.schema import Column, ColumnKind, text
from data.sources import registry as sources
from data.sources.source import Kind

N: Final = Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0)
ESTIMATE: Final = Column(name="estimate", label="Estimate", decimals=2)
LOW: Final = Column(name="low", label="95% interval, lower", decimals=2)
HIGH: Final = Column(name="high", label="95% interval, upper", decimals=2)
P: Final = Column(name="p", label="p, sign-flip", decimals=3, about="Exact two-sided, unadjusted.")
SMALLEST_P: Final = Column(name="smallest_p", label="Smallest p this n can give", decimals=3)
DETECTABLE: Final = Column(
    name="detectable",
    label="Smallest detectable",
    decimals=2,
    about="The true difference that a two-sided test at 0.05 would find four times in five.",
)


def _compared(tables: Tables, selection: Selection, keys: tuple[str, ...]) -> Compared:
    return compare(
        family_of(selection).panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=keys,
        codes=tuple(pilot.code for pilot in selection.chosen),
    )


def _too_few(n: int, selection: Selection) -> str:
    chosen = len(selection.chosen)
    if n >= FEWEST_PILOTS:
        return ""
    if chosen < FEWEST_PILOTS:
        return (
            f"An average of {pluralise(chosen, 'pilot')} says too little; {FEWEST_PILOTS} needed."
        )
    if selection.outcome is Outcome.CHANGE and not n:
        return "No figures before the pilots started, so no change can be measured."
    return f"{n} of the {chosen} pilots can be compared; {FEWEST_PILOTS} are needed."


def _subtitle(selection: Selection) -> str:
    unit = unit_of(measure_of(selection).unit, selection.outcome)
    return f"{selection.outcome.label} · {unit} · {selection.label}"


def _method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand=estimand(selection),
        unit=unit_of(measure_of(selection).unit, selection.outcome),
    )


VIEW_COLUMNS: Final = (
    NAME, KEY, text("outcome", "Outcome"), UNIT, N, ESTIMATE, LOW, HIGH, P, SMALLEST_P, DETECTABLE,
    text("withheld", "Why not answered"), SCALE, SPOKEN,
)  # fmt: skip


def in_question(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Make the one number that the rest of the page doubts.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.
    """
    series = measure_of(selection)
    each = outcomes(_compared(tables, selection, (series.key,)), selection.outcome)
    group = mean_gap(each)
    n = int(group.n[0])
    withheld = _too_few(n, selection)
    numbers = {
        "estimate": group.estimate[0],
        "low": group.low[0],
        "high": group.high[0],
        "p": sign_flips(each)[0],
        "smallest_p": smallest_p(n) if n else np.nan,
        "detectable": smallest_detectable(group.sd, group.n)[0],
    }
    row = {
        "name": series.name,
        "key": series.key,
        "outcome": selection.outcome.label,
        "unit": unit_of(series.unit, selection.outcome),
        "n": n,
        **(dict.fromkeys(numbers, np.nan) if withheld else numbers),
        "withheld": withheld,
        "scale": scale_of(series.scale, selection.outcome).value,
        "spoken": series.said,
    }
    return pd.DataFrame([row])


def _view_summary(frame: pd.DataFrame, selection: Selection) -> str:
    row = frame.iloc[0]
    if row["withheld"]:
        return str(row["withheld"])
    places, unit = significant(row["estimate"]), apart(row["unit"], row["scale"])
    limits = f"{signed(row['low'], places)} to {signed(row['high'], places)}"
    words = (
        f"{row['spoken']}: the {named(selection)} to {selection.faced} is "
        f"{signed(row['estimate'], places)} {unit} (95 % interval {limits}, n = {int(row['n'])}, "
        f"sign-flip {p_words(row['p'])})"
    )
    least = number(row["detectable"], significant(row["detectable"]))
    if row["p"] >= ALPHA:
        return f"{words}: not detected; this design could detect {least}."
    return f"{words}. This design could detect {least}."


def _view_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    first = {
        Outcome.LEVEL: "A level difference is not a change: pilots may have stood apart before.",
        Outcome.LOG: "A log ratio is a difference in level on a relative scale; −0.10 is about a "
        "tenth lower. It is not a change.",
        Outcome.CHANGE: f"{split()}, within the period.",
    }[selection.outcome]
    return (first, *family_of(selection).notes(frame, selection))


view: Final = register(
    Finding(
        key="robustness-view",
        title=lambda s: f"The number in question: {measure_of(s).name}",
        subtitle=_subtitle,
        unit=lambda s: unit_of(measure_of(s).unit, s.outcome),
        scale=lambda s: scale_of(measure_of(s).scale, s.outcome),
        sources=TABLES,
        unread=unread,
        columns=VIEW_COLUMNS,
        analyse=in_question,
        sentence=_view_summary,
        notes=_view_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="measure-places",
        about="One measure, one outcome: the estimate whose robustness the page asks about.",
        headline=_view_summary,
    )
)

DETECT_COLUMNS: Final = (
    NAME, KEY, UNIT, N, ESTIMATE, LOW, HIGH, P,
    Column(name="p_adjusted", label="p, adjusted", decimals=3),
    DETECTABLE,
    Column(name="ratio", label="Observed over detectable", decimals=2,
           about="Size of the estimate over the smallest detectable; above 1 it is larger."),
    SHORT,
    text("withheld", "Why not answered"),
    SCALE,
    SPOKEN,
)  # fmt: skip


def detectable(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Set every observed difference beside the smallest that this design could detect.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.
    """
    family = family_of(selection).core()
    keys = tuple(one.key for one in family)
    each = outcomes(_compared(tables, selection, keys), selection.outcome)
    counts = np.isfinite(each).sum(axis=1)
    held = np.where((counts >= FEWEST_PILOTS)[:, None], each, np.nan)
    group, p = mean_gap(held), sign_flips(held)
    least = smallest_detectable(group.sd, group.n)
    size = np.abs(group.estimate)
    return pd.DataFrame(
        {
            "name": [one.name for one in family],
            "key": keys,
            "unit": [unit_of(one.unit, selection.outcome) for one in family],
            "n": counts,
            "estimate": group.estimate,
            "low": group.low,
            "high": group.high,
            "p": p,
            "p_adjusted": adjust(p, held, method=selection.adjust.value),
            "detectable": least,
            "ratio": np.divide(size, least, out=np.full(len(size), np.nan), where=least > 0),
            "short": [one.short_name for one in family],
            "withheld": [_too_few(int(n), selection) for n in counts],
            "scale": [scale_of(one.scale, selection.outcome).value for one in family],
            "spoken": [one.said for one in family],
        }
    )


def _detect_summary(frame: pd.DataFrame, selection: Selection) -> str:
    answered = frame[frame["ratio"].notna()]
    if not len(answered):
        return "; ".join(dict.fromkeys(frame["withheld"][frame["withheld"] != ""])) + "."
    above = answered[answered["ratio"] >= 1]
    names = listed([lower_first(name) for name in above["spoken"]])
    words = (
        f"Of {pluralise(len(answered), family_of(selection).called)}, {len(above)} "
        f"{'stands' if len(above) == 1 else 'stand'} at or beyond the smallest difference that "
        "this many pilots, spread as they are, could be expected to detect"
    )
    if len(above):
        words += f": {names}"
    below = answered[answered["ratio"] < 1].sort_values("ratio")
    if not len(below):
        return f"{words}."
    row = below.iloc[0]
    unit = apart(row["unit"], row["scale"])
    limits = "the others are smaller than that, which is not evidence that nothing is there"
    places = max(significant(row["detectable"]), significant(row["estimate"]))
    example = (
        f"{lower_first(row['spoken'])} is {signed(row['estimate'], places)} {unit} where "
        f"{number(row['detectable'], places)} could be detected (95 % interval "
        f"{signed(row['low'], places)} to {signed(row['high'], places)}, n = {int(row['n'])})"
    )
    return f"{words}; {limits}: {example}."


def _detect_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            "Smallest detectable: the true difference that a two-sided t-test at 0.05 would "
            "find four "
            "times in five, from the spread observed between these pilots (noncentral t)."
        ),
        (
            "An observed difference smaller than that can still have p below 0.05, and a larger "
            "one "
            "p above."
        ),
        *([] if selection.outcome is Outcome.CHANGE else ["A level difference is not a change."]),
    )


detectables: Final = register(
    Finding(
        key="robustness-detectable",
        title=lambda s: f"What could be detected: {lower_first(s.outcome.label)}, every measure",
        subtitle=lambda s: f"{s.outcome.label} · {s.label}",
        unit="of the smallest detectable difference",
        sources=TABLES,
        unread=unread,
        columns=DETECT_COLUMNS,
        analyse=detectable,
        sentence=_detect_summary,
        notes=_detect_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="One row per measure: observed difference beside the smallest detectable.",
    )
)
