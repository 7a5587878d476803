"""The answer: what differed, what was there before, what changed, what lasted, what is ruled out.

One function says it for a selection; every page's words agree with it, because all take how sure a
result is from the tests of the same family under the same selection.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import INDICATOR_FAMILY, RATIO_FAMILY
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.evaluation.placebo_verdicts import with_placebo
from analytics.evaluation.verdict_columns import (
    CERTAIN,
    CERTAINTY,
    GAP,
    HIGH,
    KEY,
    LAST_USED,
    LOW,
    NAME,
    P_ADJUSTED,
    PLACEBO,
    RULED_OUT,
    UNIT,
    WITHHELD,
    N,
    P,
)
from analytics.evaluation.verdict_words import certainty_of, size_of
from analytics.findings.answer_spending import spending_moved
from analytics.findings.answer_unanswered import unanswered
from analytics.findings.answer_words import Step, answer_words
from analytics.findings.measures.together import in_brief
from analytics.measures.indicators.registry import INDICATORS
from analytics.programme import after, before
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import YEARS
from analytics.selection.follows import GAPS
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty, ruled_out_words
from analytics.text.naming import PlainName
from analytics.text.wording import MOST_WORDS, fitting, lower_first, year_label
from data.schema import Column, hidden_key, key_text, text
from data.sources.source import Kind

#: Those that the rows are made of, and those that say whether spending changed.
TABLES: Final = tuple(dict.fromkeys((*INDICATOR_FAMILY.sources, *RATIO_FAMILY.sources)))

#: The last year before COVID-19, after which much else moved.
BEFORE_COVID: Final = 2020

#: Of a row: beside its answer in words a table does not need what it is called and its unit.
_TAKEN: Final = (
    KEY, NAME, UNIT, N, GAP, LOW, HIGH, P, P_ADJUSTED, RULED_OUT, CERTAINTY, CERTAIN, LAST_USED,
    *PLACEBO,
)  # fmt: skip
_READ: Final = [*(column.name for column in _TAKEN), WITHHELD.name]
_BESIDE: Final = frozenset({NAME, UNIT, RULED_OUT, *PLACEBO})
COLUMNS: Final = (
    key_text("step", "Step", about="Which question, as a key.", in_table=False),
    text("question", "Question"),
    text("years", "Years", about="The years that the difference or change is over."),
    text("says", "Answer"),
    *(replace(one, in_table=False) if one in _BESIDE else one for one in _TAKEN),
    replace(WITHHELD, in_table=False),
    Column(name="rank", label="Order within the question", decimals=0, in_table=False),
    hidden_key(
        "spending",
        about="Ratios of spending whose change is clear: keys with the sign of the change.",
    ),
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
    level, change = (
        in_brief(INDICATOR_FAMILY, tables, selection, change=change) for change in (False, True)
    )
    differed = _rows(level, _clear(level), tables, selection, change=False)
    clear = _clear(change)
    asked = [*(str(row["key"]) for row in differed), *selection.programme.evaluation.named]
    others = [at for at in _places(change, asked) if at not in clear]
    shown = _rows(change, [*clear, *others], tables, selection, change=True)
    changed = shown[: len(clear)]
    rows = [
        *_named(Step.DIFFERED, differed, selection, change=False),
        *_before(differed, tables, selection),
        *_named(Step.CHANGED, changed, selection, change=True),
        *_lasted(changed, tables, selection),
        *_ruled_out(asked, shown, selection),
    ]
    said = {row["step"] for row in rows}
    rows += [unanswered(step, level, change, selection) for step in Step if step not in said]
    order = [step.value for step in Step]
    rows.sort(key=lambda row: order.index(str(row["step"])))
    frame = pd.DataFrame(rows, columns=[column.name for column in COLUMNS])
    return frame.assign(spending=spending_moved(tables, selection))


def _clear(frame: pd.DataFrame) -> list[int]:
    """Return the places of the rows that stand clear, the surest first."""
    clear = np.flatnonzero([one in SURE for one in frame["certain"].tolist()])
    p, adjusted = (frame[name].to_numpy(np.float64)[clear] for name in ("p", "p_adjusted"))
    return clear[np.lexsort((p, adjusted))].tolist()


def _places(frame: pd.DataFrame, keys: Collection[str]) -> list[int]:
    """Return the places of the rows of some measures, in the order of the rows."""
    return [at for at, key in enumerate(frame["key"].tolist()) if key in keys]


def _rows(
    frame: pd.DataFrame, places: list[int], tables: Tables, selection: Selection, *, change: bool
) -> list[pd.Series]:
    """Return some rows with placebo p and interval beside them."""
    some = frame[_READ].iloc[places]
    placed = with_placebo(some, INDICATOR_FAMILY, tables, selection, change=change)
    return [row for _, row in placed.iterrows()]


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


def _named(
    step: Step, rows: list[pd.Series], selection: Selection, *, change: bool
) -> list[dict[str, object]]:
    return [
        _row(
            step,
            row,
            " ".join(size_of(row, INDICATORS[row["key"]], selection, change=change)),
            selection.period_words,
            rank,
        )
        for rank, row in enumerate(rows, start=1)
    ]


def _before(
    differed: list[pd.Series], tables: Tables, selection: Selection
) -> list[dict[str, object]]:
    """Set beside each difference the one before the start, on the same options."""
    if not differed or selection.first > selection.programme.last_before:
        return []
    earlier = replace(selection, last=min(selection.last, selection.programme.last_before))
    every = in_brief(INDICATOR_FAMILY, tables, earlier, change=False)
    keys = [str(row["key"]) for row in differed]
    found = _rows(every, _places(every, keys), tables, earlier, change=False)
    by_key = {row["key"]: row for row in found}
    rows = list[dict[str, object]]()
    for rank, key in enumerate(keys, start=1):
        row = by_key[key]
        name = INDICATORS[key].plain
        says = f"No figures on {name.subject} before the project."
        if not row["withheld"]:
            size = size_of(row, INDICATORS[key], earlier, change=False)
            says = f"Before the project: {lower_first(' '.join(size))}"
        rows.append(_row(Step.BEFORE, row, says, earlier.period_words, rank))
    return rows


def _lasted(
    changed: list[pd.Series], tables: Tables, selection: Selection
) -> list[dict[str, object]]:
    """Follow each change to the last year before COVID-19 and to the latest year with figures."""
    rows = list[dict[str, object]]()
    if not changed:
        return rows
    followed = {str(row["key"]): selection.last for row in changed}
    first = {str(row["key"]): float(row["gap"]) for row in changed}
    for end in [year for year in (BEFORE_COVID, YEARS[-1]) if year > selection.last]:
        found = _changes_to(end, tuple(followed), tables, selection)
        for rank, (key, seen) in enumerate(followed.items(), start=1):
            row = found[key]
            last = seen if np.isnan(row["last_used"]) else int(row["last_used"])
            if last <= seen:
                continue
            followed[key] = last
            says = row["withheld"] or _lasting(row, selection, last, first[key])
            span = f"{year_label(selection.programme.last_before + 1)} to {year_label(last)}"
            rows.append(_row(Step.LASTED, row, says, span, rank))
    return rows


def _changes_to(
    end: int, keys: tuple[str, ...], tables: Tables, selection: Selection
) -> dict[str, pd.Series]:
    """Return the changes of some measures to a later year, tested among their family."""
    longer = replace(selection, last=end)
    every = in_brief(INDICATOR_FAMILY, tables, longer, change=True)
    found = _rows(every, _places(every, keys), tables, longer, change=True)
    return {str(row["key"]): row for row in found}


def _lasting(row: pd.Series, selection: Selection, end: int, first: float) -> str:
    """Say how a change went on to a later year, beside how large it was at first."""
    name = INDICATORS[row["key"]].plain
    verb = "fell" if row["gap"] < 0 else "rose"
    said = (
        f"Over all years to {year_label(end)}, {name.subject} {verb} by "
        f"{_amount(name, row['gap'])} against {selection.than}"
    )
    if certainty_of(row) is Certainty.UNTESTABLE:
        return fitting(f"{said}: too few to test.", f"{said}. Too few to test.", most=MOST_WORDS)
    still = "still clear of chance" if row["gap"] * first > 0 else "clear of chance"
    sure = {
        Certainty.CLEAR: still,
        Certainty.UNCOUNTED: still,
        Certainty.ALONE: "clear of chance alone",
    }.get(certainty_of(row), "no longer clear of chance")
    return fitting(f"{said}: {sure}.", f"{said}. That is {sure}.", most=MOST_WORDS)


def _amount(name: PlainName, value: float) -> str:
    per = f" {name.per}" if name.per else ""
    return f"{name.size(value, name.decimals(value))}{per}"


def _ruled_out(
    named: list[str], shown: list[pd.Series], selection: Selection
) -> list[dict[str, object]]:
    """Say how large a change can still be where a difference is clear and its change is not."""
    found = {row["key"]: row for row in shown}
    rows = list[dict[str, object]]()
    for key in dict.fromkeys(named):
        if key not in found:
            continue
        row = found[key]
        if row["certain"] != Certainty.NOT_CLEAR or np.isnan(row["ruled_out"]):
            continue
        name = INDICATORS[key].plain
        largest = _amount(name, row["ruled_out"])
        says = f"{ruled_out_words(f'Changes in {name.subject}', largest)}."
        rows.append(_row(Step.RULED_OUT, row, says, selection.period_words, len(rows) + 1))
    return rows


def _method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="What differed and what was there before: the mean gap over the years of the "
        "period, and over those before the start. What changed and what lasted: the mean gap from "
        f"{after(selection.programme)} on minus the mean gap up to {before(selection.programme)}. "
        "Spending is named where its change is clear among all ratios of spending.",
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
        follows=GAPS | {"adjust"},
        title=lambda s: f"What {s.programme.name} did, in short",
        unit="that of each measure",
        sources=TABLES,
        columns=COLUMNS,
        analyse=answer,
        words=answer_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="What differed, what was there before, what changed, what lasted, what is ruled out.",
    )
)
