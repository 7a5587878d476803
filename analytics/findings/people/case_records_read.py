"""What case records hold: elements found, and grades by cohort, at two readings."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.counts import Count, counts
from analytics.disclosure.crosstabs import AGREE, BASE, EVERYBODY, view_of
from analytics.disclosure.release import hidden_cells, must_be_real
from analytics.disclosure.shares import (
    APART,
    NEWCOMBE,
    change_row,
    change_words,
    no_change,
    share_row,
    share_words,
)
from analytics.disclosure.words import HIDDEN, NOTES, SHARES, STATUS, N, bands_words
from analytics.methods.trend import cochran_armitage
from analytics.publication.finding import Finding, OnSimulated, Tables, register
from analytics.selection.selection import Selection
from analytics.text.wording import lower_first, number, p_words
from data.microdata.case_records import CASE_RECORDS, COHORTS, TOOLS
from data.schema import Column, hidden_key, key_text, records, text
from data.sources.simulated import SIMULATED
from data.sources.source import Kind

TABLE: Final = "case_records"
SOURCE: Final = SIMULATED[TABLE]
WHEN: Final = {1: "First reading", 2: "Second reading"}
POINT: Final = hidden_key("point", about="Which reading: 1 or 2.")
REACHED: Final = {
    "limited+": "at least limited",
    AGREE: "reasonable or good",
    "good+": "good",
}


def _hidden(tables: Tables) -> frozenset[str]:
    return hidden_cells(tables[SOURCE.key], TABLE)


def tools(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count the records in which each element was found, at both readings.

    Args:
        tables: Case records by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    return pd.DataFrame(
        [
            share_row(
                counts(tables[SOURCE.key], view_of(TABLE, tool, point=at), selection.bands)[AGREE],
                key=tool,
                name=CASE_RECORDS.field(tool).label,
                when=when,
                point=str(at),
            )
            for tool in TOOLS
            for at, when in WHEN.items()
        ]
    )


def _tools_say(frame: pd.DataFrame, _selection: Selection) -> str:
    said = [
        f"{lower_first(str(rows['name'].iloc[0]))}: "
        + ", then ".join(share_words(row) for row in records(rows))
        for _, rows in frame.groupby("key", sort=False)
    ]
    return f"Share of records in which it was found, first reading and second: {'; '.join(said)}."


WILSON: Final = ("Interval", "Wilson's score interval, 95 %.")

found: Final = register(
    Finding(
        key="records-tools",
        title="Elements of the approach found in case records",
        subtitle=bands_words,
        unit="% of records read",
        sources=(SOURCE,),
        columns=(
            key_text("key", "Item", in_table=False),
            text("name", "Element"),
            text("when", "Reading"),
            *SHARES,
            POINT,
        ),
        analyse=tools,
        sentence=_tools_say,
        notes=(
            "Most records were read twice; intervals are of each reading alone.",
            *NOTES,
        ),
        method=(
            ("What is estimated", "The share of records that hold the element."),
            WILSON,
        ),
        kind=Kind.SIMULATED,
        about="Elements found in case records by reading, with intervals.",
        hides=_hidden,
    )
)

TREND: Final = (
    *APART,
    Column(name="z", label="Cochran-Armitage z", decimals=2),
    Column(name="p", label="p", decimals=3),
)


def grades(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count the records that reach at least each grade, by cohort and reading.

    Args:
        tables: Case records by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    rows = list[dict[str, object]]()
    for point, when in WHEN.items():
        view = view_of(TABLE, "cohort", "grade", point=point)
        made = counts(tables[SOURCE.key], view, selection.bands)
        for part, words in REACHED.items():
            apart = [made[f"{cohort}:{part}"] for cohort in COHORTS]
            labels = {"when": when, "point": str(point), "reached": words, "part": part}
            rows += [
                {**share_row(one, cohort=cohort, cohort_key=cohort, **labels), **_no_trend()}
                for cohort, one in zip(COHORTS, apart, strict=True)
            ]
            between = change_row(*apart, cohort="late minus early", cohort_key="", **labels)
            rows.append({**between, **_trend(apart)})
    return pd.DataFrame(rows)


def _no_trend() -> dict[str, object]:
    return {**no_change(), "z": np.nan, "p": np.nan}


def _trend(apart: list[Count]) -> dict[str, object]:
    counted_, bases = (
        np.array([getattr(one, name) for one in apart], dtype=np.float64)
        for name in ("people", "n")
    )
    testable = bases.all() and 0 < counted_.sum() < bases.sum()
    made = cochran_armitage(counted_, bases, np.arange(2.0)) if testable else None
    return {
        "z": made.z if made else np.nan,
        "p": made.p if made else np.nan,
    }


def _grades_say(frame: pd.DataFrame, _selection: Selection) -> str:
    rows = frame[frame["part"] == AGREE]
    said = [
        _reading_words(str(part["when"].iloc[0]), part)
        for _, part in rows.groupby("point", sort=False)
    ]
    return f"Graded reasonable or good: {'; '.join(said)}."


def _reading_words(when: str, rows: pd.DataFrame) -> str:
    early, late, trend = records(rows)
    p = float(str(trend["p"]))
    test = f"late minus early {change_words(trend)}"
    test += "" if np.isnan(p) else f", {p_words(p)}"
    return (
        f"{lower_first(when)}, early cohort {share_words(early)}, late cohort "
        f"{share_words(late)}, {test}"
    )


graded: Final = register(
    Finding(
        key="records-grades",
        title="Grades of records, by when the family was recruited",
        subtitle=bands_words,
        unit="% of records graded so or higher",
        sources=(SOURCE,),
        columns=(
            text("when", "Reading"),
            text("cohort", "Recruited"),
            text("reached", "Graded"),
            *SHARES,
            *TREND,
            POINT,
            hidden_key("cohort_key", about="Which cohort; empty for the difference."),
            hidden_key("part", about="Which grades are counted together."),
        ),
        analyse=grades,
        sentence=_grades_say,
        notes=(
            (
                "Cohorts are of different families, recruited at different times: a difference "
                "between them is not a change in any family's record."
            ),
            OnSimulated(
                "On simulated records a test is evidence of nothing; it shows what your own data "
                "would be asked.",
            ),
            *NOTES,
        ),
        method=(
            ("What is estimated", "The share of graded records that reach each grade or higher."),
            WILSON,
            NEWCOMBE,
            ("Trend", "Cochran-Armitage test, two-sided; with two cohorts the chi-squared test."),
        ),
        kind=Kind.SIMULATED,
        about="Cumulative shares of grades by cohort and reading, with the trend over cohorts.",
        hides=_hidden,
    )
)


def ribbon(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count records read, and graded, at each reading.

    Args:
        tables: Case records by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    named = ((EVERYBODY[TABLE], "read"), ("grade", "graded"))
    rows = [
        (f"{when}: {words}", view_of(TABLE, item, point=at))
        for at, when in WHEN.items()
        for item, words in named
    ]
    made = [(step, counts(tables[SOURCE.key], view, selection.bands)[BASE]) for step, view in rows]
    return pd.DataFrame(
        [
            {"step": step, "n": one.n, "status": "", "cell": one.cell, "base": one.base}
            for step, one in made
        ]
    )


def _ribbon_summary(frame: pd.DataFrame, _selection: Selection) -> str:
    numbers = [float(str(row["n"])) for row in records(frame)]
    said = [
        f"{lower_first(step)}, {HIDDEN if np.isnan(n) else number(n, 0)}"
        for step, n in zip(frame["step"].tolist(), numbers, strict=True)
    ]
    return f"Records: {'; '.join(said)}."


steps: Final = register(
    Finding(
        key="records-ribbon",
        title="How many records are in these charts",
        subtitle=bands_words,
        unit="records",
        sources=(SOURCE,),
        columns=(text("step", "Step"), N, STATUS),
        analyse=ribbon,
        sentence=_ribbon_summary,
        notes=NOTES,
        method=(("What is counted", "Records read, and given a grade."),),
        kind=Kind.SIMULATED,
        about="Records read and graded at each reading.",
        hides=_hidden,
    )
)
