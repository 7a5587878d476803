"""What case records hold: elements found, and grades by cohort, at two readings."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.counts import Count, counts
from analytics.disclosure.crosstabs import AGREE, BASE, EVERYBODY, view_of
from analytics.disclosure.release import hides, must_be_real
from analytics.disclosure.shares import (
    APART,
    NEWCOMBE,
    change_rows,
    change_technical,
    no_change,
    percent_range,
    separate,
    share_rows,
    share_technical,
)
from analytics.disclosure.words import (
    HIDDEN,
    NOTES,
    SHARES,
    STATUS,
    WHY_HIDDEN,
    N,
    bands_words,
    shown_count,
)
from analytics.methods.trend import cochran_armitage
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.publication.simulated import OnSimulated
from analytics.selection.follows import RECORDS
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.wording import ALPHA, lower_first, p_words, upper_first
from analytics.text.words import Words, technical_line
from data.microdata.case_records import CASE_RECORDS, COHORTS, TOOLS
from data.schema import Column, grouped, hidden_key, key_text, number_in, records, text
from data.sources.simulated import SIMULATED
from data.sources.source import Kind

TABLE: Final = "case_records"
SOURCE: Final = SIMULATED[TABLE]
WHEN: Final = {1: "First reading", 2: "Second reading"}
#: The same inside a sentence, by ``POINT``.
READINGS: Final[Mapping[object, str]] = {"1": "first reading", "2": "second reading"}
POINT: Final = hidden_key("point", about="Which reading: 1 or 2.")
REACHED: Final = {
    "limited+": "at least limited",
    AGREE: "reasonable or good",
    "good+": "good",
}


def tools(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Count the records in which each element was found, at both readings.

    Args:
        tables: Case records by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    shown = list[tuple[Count, dict[str, str]]]()
    for tool in TOOLS:
        labels = {"key": tool, "name": CASE_RECORDS.field(tool).label}
        for at, when in WHEN.items():
            view = view_of(TABLE, tool, point=at)
            one = counts(tables[SOURCE.key], view, selection.bands)[AGREE]
            shown.append((one, {"when": when, "point": str(at), **labels}))
    return pd.DataFrame(share_rows(shown))


def _tools_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say which element was found most often and least, at the latest reading that shows most."""
    technical = technical_line(
        *(
            f"{lower_first(str(rows[0]['name']))} {' then '.join(map(share_technical, rows))}"
            for rows in grouped(frame, "key")
        )
    )
    known = [row for row in records(frame) if not np.isnan(number_in(row, "share"))]
    points = Counter(str(row["point"]) for row in known)
    reading = max(points, key=lambda point: (points[point], point), default="")
    shown = [row for row in known if row["point"] == reading]
    if not shown:
        verdict = "Which elements were found is hidden to protect families"
        return Words(verdict=verdict, plain=(WHY_HIDDEN,), technical=technical)
    ordered = sorted(shown, key=lambda row: number_in(row, "share"))
    least, most = ordered[0], ordered[-1]
    said = [
        f"{_element(row)} was in {percent_range(row)} of records at the {READINGS[row['point']]}."
        for row in (most, least)
    ]
    verdict = f"{_element(most)} was found most often in case records"
    if len(shown) < len(TOOLS):
        name = lower_first(str(most["name"]))
        verdict = f"Of the elements that are shown, {name} was found most often"
    return Words(
        verdict=verdict,
        plain=tuple(dict.fromkeys(said)),
        technical=technical,
    )


def _element(row: Mapping[str, object]) -> str:
    return upper_first(str(row["name"]))


WILSON: Final = ("Interval", "Wilson's score interval, 95%.")

found: Final = register(
    Finding(
        key="records-tools",
        follows=RECORDS,
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
        words=_tools_words,
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
        hides=hides(TABLE),
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
    each = list[tuple[Count, dict[str, str]]]()
    pairs = list[tuple[list[Count], dict[str, str]]]()
    for point, when in WHEN.items():
        view = view_of(TABLE, "cohort", "grade", point=point)
        made = counts(tables[SOURCE.key], view, selection.bands)
        for part, words in REACHED.items():
            apart = [made[f"{cohort}:{part}"] for cohort in COHORTS]
            labels = {"when": when, "point": str(point), "reached": words, "part": part}
            each += [
                (one, {"cohort": cohort, "cohort_key": cohort, **labels})
                for cohort, one in zip(COHORTS, apart, strict=True)
            ]
            pairs.append((apart, {"cohort": "late minus early", "cohort_key": "", **labels}))
    shares = iter(share_rows(each))
    between = change_rows(pairs, separate([apart for apart, _ in pairs]))
    rows = list[dict[str, object]]()
    for (apart, _), change in zip(pairs, between, strict=True):
        rows += [{**next(shares), **_no_trend()} for _ in apart]
        rows.append({**change, **_trend(apart)})
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


def _grades_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say whether records of families recruited later were graded higher."""
    parts = grouped(frame[frame["part"] == AGREE], "point")
    moved = [trend for *_, trend in parts if not np.isnan(number_in(trend, "change"))]
    clear = [number_in(one, "change") for one in moved if number_in(one, "p") < ALPHA]
    technical = technical_line(*(_reading_technical(*part) for part in parts))
    plain = tuple(_reading_words(*part) for part in parts)
    if not moved:
        verdict = "The difference by time of recruitment is hidden to protect families"
        return Words(verdict=verdict, plain=plain, technical=technical)
    sure = Certainty.UNCOUNTED if clear else Certainty.NOT_CLEAR
    of = "" if len(clear) in {0, len(moved)} else f" (at {len(clear)} of {len(moved)} readings)"
    return Words(
        verdict=_grades_verdict(clear),
        plain=(*plain, f"{upper_first(sure.label)}{of}."),
        technical=technical,
    )


def _grades_verdict(clear: list[float]) -> str:
    if not clear:
        return "No clear difference between families recruited early and late"
    if min(clear) < 0 < max(clear):
        return "Early and late recruits differ, not the same way at both readings"
    word = "higher" if clear[0] > 0 else "lower"
    return f"Records of families recruited later were graded {word}"


def _reading_words(
    early: Mapping[str, object], late: Mapping[str, object], _trend: Mapping[str, object]
) -> str:
    """Say what share was graded reasonable or good at a reading; a hidden one is named so."""
    reading = upper_first(READINGS[early["point"]])
    shares = f"early recruits {percent_range(early)}, late recruits {percent_range(late)}"
    return f"{reading}, reasonable or good: {shares}."


def _reading_technical(
    early: Mapping[str, object], late: Mapping[str, object], trend: Mapping[str, object]
) -> str:
    p = number_in(trend, "p")
    parts = (
        f"{lower_first(str(early['when']))}: early {share_technical(early)}",
        f"late {share_technical(late)}",
        f"late minus early {change_technical(trend)}",
        "" if np.isnan(p) else f"Cochran-Armitage {p_words(p)}",
    )
    return ", ".join(part for part in parts if part)


graded: Final = register(
    Finding(
        key="records-grades",
        follows=RECORDS,
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
        words=_grades_words,
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
        hides=hides(TABLE),
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


def _ribbon_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say how many records were read, and graded."""
    read, graded_first, again, graded_again = map(shown_count, frame["n"])
    return Words(
        verdict=(
            "How many records were read is hidden to protect families"
            if HIDDEN in {read, again}
            else f"{read} records at the first reading, {again} at the second"
        ),
        plain=(
            f"Given a grade: {graded_first} at the first reading, {graded_again} at the second.",
        ),
        technical=technical_line(
            *(f"{lower_first(str(row['step']))} {shown_count(row['n'])}" for row in records(frame))
        ),
    )


steps: Final = register(
    Finding(
        key="records-ribbon",
        follows=RECORDS,
        title="How many records are in these charts",
        subtitle=bands_words,
        unit="records",
        sources=(SOURCE,),
        columns=(text("step", "Step"), N, STATUS),
        analyse=ribbon,
        words=_ribbon_words,
        notes=NOTES,
        method=(("What is counted", "Records read, and given a grade."),),
        kind=Kind.SIMULATED,
        about="Records read and graded at each reading.",
        hides=hides(TABLE),
    )
)
