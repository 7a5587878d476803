"""The answer: what differed, what was there before, what changed, what lasted, what is ruled out.

One function says it for a selection; every page's words agree with it, because all take how sure a
result is from the tests of the same family under the same selection.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import compare
from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.evaluation.outcomes import at_years
from analytics.evaluation.verdict_words import (
    TOO_FEW_TO_TELL,
    certainty_of,
    interval_words,
    size_of,
)
from analytics.evaluation.verdicts import (
    CERTAIN,
    CERTAINTY,
    GAP,
    HIGH,
    KEY,
    LOW,
    NAME,
    P_ADJUSTED,
    RULED_OUT,
    UNIT,
    WITHHELD,
    N,
    P,
    change_rows,
)
from analytics.findings.measures.together import changes, levels
from analytics.measures.indicators.registry import INDICATORS
from analytics.programme import PROGRAMME, after, before
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import YEARS
from analytics.selection.selection import LAST_BEFORE, Selection
from analytics.text.certainty import Certainty
from analytics.text.naming import PlainName
from analytics.text.wording import (
    lower_first,
    p_words,
    pluralise,
    signed,
    significant,
    upper_first,
    year_label,
)
from analytics.text.words import Words, technical_line
from data.schema import Column, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind
from data.wording import count_words

TABLES: Final = (sources.INDICATORS, sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)

#: The last year before COVID-19, after which much else moved.
BEFORE_COVID: Final = 2020


class Step(StrEnum):
    """What is asked, in this order."""

    DIFFERED = "differed"
    BEFORE = "before"
    CHANGED = "changed"
    LASTED = "lasted"
    RULED_OUT = "ruled-out"

    @property
    def label(self) -> str:
        """The question."""
        return {
            Step.DIFFERED: "What differed during the project?",
            Step.BEFORE: "What was there before?",
            Step.CHANGED: "What changed after the start?",
            Step.LASTED: "What lasted?",
            Step.RULED_OUT: "What is ruled out?",
        }[self]


_TAKEN: Final = (KEY, NAME, UNIT, N, GAP, LOW, HIGH, P, P_ADJUSTED, RULED_OUT, CERTAINTY, CERTAIN)
COLUMNS: Final = (
    key_text("step", "Step", about="Which question, as a key.", in_table=False),
    text("question", "Question"),
    text("years", "Years", about="The years that the difference or change is over."),
    text("says", "Answer"),
    *_TAKEN,
    WITHHELD,
    Column(name="rank", label="Order within the question", decimals=0, in_table=False),
)


def answer(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Answer the five questions for a selection.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.

    Returns:
        One row for each measure that a question names, in the order of the questions; a question
        that nothing answers has one row without a measure.
    """
    level, change = (made(INDICATOR_FAMILY, tables, selection) for made in (levels, changes))
    differed, changed = _clear(level), _clear(change)
    rows = [
        *_named(Step.DIFFERED, differed, selection, change=False),
        *_before(differed, tables, selection),
        *_named(Step.CHANGED, changed, selection, change=True),
        *_lasted(changed, tables, selection),
        *_ruled_out(differed, change, selection),
    ]
    said = {row["step"] for row in rows}
    rows += [_none(step, level, change) for step in Step if step not in said]
    frame = pd.DataFrame(rows, columns=[column.name for column in COLUMNS])
    order = {step.value: at for at, step in enumerate(Step)}
    return frame.sort_values(
        "step", key=lambda steps: steps.map(order), kind="stable", ignore_index=True
    )


def _clear(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that stand clear, the surest first."""
    sure = frame["certain"].isin({Certainty.CLEAR, Certainty.UNCOUNTED})
    return frame[sure].sort_values(["p_adjusted", "p"], kind="stable")


def _row(step: Step, row: pd.Series, says: str, years: str, rank: int) -> dict[str, object]:
    return {
        "step": step.value,
        "question": step.label,
        "years": years,
        "says": says,
        **{column.name: row[column.name] for column in _TAKEN},
        "withheld": row["withheld"],
        "rank": rank,
    }


def _none(step: Step, level: pd.DataFrame, change: pd.DataFrame) -> dict[str, object]:
    """Say that nothing answers a question, or that it cannot be asked."""
    asked = level if step in {Step.DIFFERED, Step.BEFORE} else change
    testable = asked["certain"].ne(Certainty.UNTESTABLE).any()
    says = {
        Step.DIFFERED: "No difference is clear of chance and of the number of tests.",
        Step.BEFORE: "No clear difference, or no years before the project in this period.",
        Step.CHANGED: "No change is clear of chance and of the number of tests.",
        Step.LASTED: "Nothing changed clearly, so nothing could last.",
        Step.RULED_OUT: "Nothing is ruled out.",
    }[step]
    reasons = [why for why in asked["withheld"].unique() if why]
    if not testable:
        says = (
            reasons[0]
            if reasons and asked["withheld"].ne("").all()
            else (f"{upper_first(Certainty.UNTESTABLE.label)}: too few pilots.")
        )
    empty = dict.fromkeys(
        (column.name for column in _TAKEN if column not in {KEY, NAME, UNIT}), np.nan
    )
    words = {KEY.name: "", NAME.name: "", UNIT.name: "", CERTAINTY.name: "", CERTAIN.name: ""}
    return {
        "step": step.value, "question": step.label, "years": "", "says": says, **empty, **words,
        "withheld": "", "rank": 0,
    }  # fmt: skip


def _named(
    step: Step, frame: pd.DataFrame, selection: Selection, *, change: bool
) -> list[dict[str, object]]:
    return [
        _row(
            step,
            row,
            " ".join(size_of(row, INDICATORS[row["key"]], selection, change=change)),
            selection.period_words,
            rank,
        )
        for rank, (_, row) in enumerate(frame.iterrows(), start=1)
    ]


def _before(
    differed: pd.DataFrame, tables: Tables, selection: Selection
) -> list[dict[str, object]]:
    """Set beside each difference the one before the start, on the same options."""
    if not len(differed) or selection.first > LAST_BEFORE:
        return []
    earlier = replace(selection, last=min(selection.last, LAST_BEFORE))
    found = levels(INDICATOR_FAMILY, tables, earlier, placebo=False).set_index("key", drop=False)
    rows = list[dict[str, object]]()
    for rank, key in enumerate(differed["key"], start=1):
        row = found.loc[key]
        name = INDICATORS[key].plain
        says = f"No figures on {name.subject} before the project."
        if not row["withheld"]:
            size = size_of(row, INDICATORS[key], earlier, change=False)
            says = f"Before the project: {lower_first(' '.join(size))}"
        rows.append(_row(Step.BEFORE, row, says, earlier.period_words, rank))
    return rows


def _lasted(changed: pd.DataFrame, tables: Tables, selection: Selection) -> list[dict[str, object]]:
    """Follow each change to the last year before COVID-19 and to the latest year."""
    rows = list[dict[str, object]]()
    if not len(changed):
        return rows
    ends = [year for year in (BEFORE_COVID, YEARS[-1]) if year > selection.last]
    for end in ends:
        found = _changes_to(end, tables, selection)
        for rank, key in enumerate(changed["key"], start=1):
            row = found.loc[key]
            says = row["withheld"] or _lasting(row, selection, end)
            span = f"{year_label(LAST_BEFORE + 1)} to {year_label(end)}"
            rows.append(_row(Step.LASTED, row, says, span, rank))
    return rows


def _changes_to(end: int, tables: Tables, selection: Selection) -> pd.DataFrame:
    family = INDICATOR_FAMILY
    longer = replace(selection, last=end)
    compared = compare(
        family.panel(tables, longer),
        tables[sources.NEIGHBOURS.key],
        longer,
        keys=tuple(one.key for one in family.core()),
        codes=tuple(pilot.code for pilot in longer.chosen),
    )
    kept = at_years(compared, longer.years)
    return change_rows(kept, family.core(), longer).set_index("key", drop=False)


def _lasting(row: pd.Series, selection: Selection, end: int) -> str:
    name = INDICATORS[row["key"]].plain
    way = "down" if row["gap"] < 0 else "up"
    sure = "still clear of chance" if certainty_of(row).stands_out else "no longer clear of chance"
    return (
        f"To {year_label(end)}, the change in {name.subject} is {_amount(name, row['gap'])} {way} "
        f"against {selection.than}, {sure}."
    )


def _amount(name: PlainName, value: float) -> str:
    per = f" {name.per}" if name.per else ""
    return f"{name.size(value, name.decimals(value))}{per}"


def _ruled_out(
    differed: pd.DataFrame, change: pd.DataFrame, selection: Selection
) -> list[dict[str, object]]:
    """Say how large a change can still be where a difference is clear and its change is not."""
    named = [*differed["key"], *PROGRAMME.evaluation.named]
    found = change.set_index("key", drop=False)
    rows = list[dict[str, object]]()
    for key in dict.fromkeys(named):
        if key not in found.index:
            continue
        row = found.loc[key]
        if row["certain"] != Certainty.NOT_CLEAR or np.isnan(row["ruled_out"]):
            continue
        name = INDICATORS[key].plain
        largest = _amount(name, row["ruled_out"])
        says = f"Changes in {name.subject} larger than {largest} are ruled out."
        rows.append(_row(Step.RULED_OUT, row, says, selection.period_words, len(rows) + 1))
    return rows


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say the answer in three layers."""
    by_step = {step: frame[frame["step"] == step] for step in Step}
    differed, changed, lasted = (
        part[part["key"] != ""]
        for part in (by_step[Step.DIFFERED], by_step[Step.CHANGED], by_step[Step.LASTED])
    )
    return Words(
        verdict=_verdict(differed, changed, lasted, by_step, selection),
        plain=_plain(differed, changed, lasted, by_step),
        technical=technical_line(
            *(_technical(row) for _, row in pd.concat([differed, changed, lasted]).iterrows())
        ),
    )


def _verdict(
    differed: pd.DataFrame,
    changed: pd.DataFrame,
    lasted: pd.DataFrame,
    by_step: Mapping[Step, pd.DataFrame],
    selection: Selection,
) -> str:
    if not len(differed) and not len(changed):
        first = by_step[Step.DIFFERED].iloc[0]["says"]
        clear = "No clear difference or change in the pilots"
        return clear if first.startswith("No difference") else TOO_FEW_TO_TELL
    if not len(changed):
        return "The pilots differed, but no change is clear"
    row = changed.iloc[0]
    name = INDICATORS[row["key"]].plain
    said = f"{name.subject} {'fell' if row['gap'] < 0 else 'rose'}"
    if not len(lasted):
        return upper_first(f"{said} against {selection.than}")
    later = lasted[lasted["key"] == row["key"]]
    last = later.iloc[-1]
    if certainty_of(last).stands_out:
        return upper_first(f"{said}, and it lasted")
    gone = abs(last["gap"]) < abs(row["gap"]) / 2 or last["gap"] * row["gap"] < 0
    return upper_first(f"{said}, {'but it did not last' if gone else 'but later is not clear'}")


def _plain(
    differed: pd.DataFrame,
    changed: pd.DataFrame,
    lasted: pd.DataFrame,
    by_step: Mapping[Step, pd.DataFrame],
) -> tuple[str, ...]:
    said = [changed.iloc[0]["says"] if len(changed) else by_step[Step.CHANGED].iloc[0]["says"]]
    if len(lasted):
        said.append(lasted[lasted["key"] == lasted.iloc[0]["key"]].iloc[-1]["says"])
    earlier = by_step[Step.BEFORE].set_index("key")
    if len(differed) and earlier.index.any():
        ways = zip(differed["key"], np.sign(differed["gap"]), strict=True)
        there = sum(_was_there(earlier, key, way) for key, way in ways)
        said.append(
            f"{upper_first(count_words(there) if there else 'none')} of "
            f"{pluralise(len(differed), 'clear difference')} "
            f"{'was' if there <= 1 else 'were'} already there before the project."
        )
    return tuple(dict.fromkeys(said))


def _was_there(earlier: pd.DataFrame, key: str, way: float) -> bool:
    if key not in earlier.index:
        return False
    row = earlier.loc[key]
    return certainty_of(row).stands_out and np.sign(row["gap"]) == way


def _technical(row: pd.Series) -> str:
    places = max(significant(row["gap"]), 1)
    ends = interval_words(row["low"], row["high"], places)
    return (
        f"{Step(row['step']).value} {row['years']}: {lower_first(row['name'])} "
        f"{signed(row['gap'], places)} ({ends}, n {int(row['n'])}, {p_words(row['p'])})"
    )


def _method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="What differed and what was there before: the mean gap over the years of the "
        "period, and over those before the start. What changed and what lasted: the mean gap from "
        f"{after()} on minus the mean gap up to {before()}.",
        unit="That of each row.",
    )


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            "A difference in level may have been there before the project; only a change can "
            "follow from it, and what else happened at the same time is not known."
        ),
        *comparison_notes(selection),
    )


finding: Final = register(
    Finding(
        key="answer",
        title=f"What {PROGRAMME.name} did, in five questions",
        unit="that of each measure",
        sources=TABLES,
        columns=COLUMNS,
        analyse=answer,
        words=_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="What differed, what was there before, what changed, what lasted, what is ruled out.",
    )
)
