"""Standardised measures in records of families: scores at two interviews, and paired change."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.crosstabs import paired_of, view_of
from analytics.disclosure.moved import range_words
from analytics.disclosure.release import hides, must_be_real
from analytics.disclosure.scores import ROUNDING, Held, changed, held, limits, summary
from analytics.disclosure.words import HIDDEN, NOTES, STATUS, WHY_HIDDEN, N, bands_words
from analytics.methods.summaries import FEWEST
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import RECORDS
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.wording import number, signed, upper_first
from analytics.text.words import Words, technical_line
from data.microdata.families import FAMILY_INTERVIEWS
from data.schema import Column, grouped, hidden_key, key_text, number_in, text
from data.sources.simulated import SIMULATED
from data.sources.source import Kind

TABLE: Final = "family_interviews"
SOURCE: Final = SIMULATED[TABLE]
WHEN: Final = {1: "First interview", 2: "Second interview"}
BOTH: Final = "both"
_WORDS: Final = {**{str(point): words for point, words in WHEN.items()}, BOTH: "Families with both"}
SCORES: Final = (
    "lubben_total", "lubben_family", "lubben_friends", "pearlin_total", "yatchmenoff_total",
    "yatchmenoff_buy_in", "yatchmenoff_receptivity", "yatchmenoff_working_relationship",
    "yatchmenoff_mistrust", "sdq_total",
)  # fmt: skip
#: Scores that are the sum of a whole scale, as a sentence calls what they measure.
PLAIN: Final = {
    "lubben_total": "parents' social networks",
    "pearlin_total": "parents' sense of control over their lives",
    "yatchmenoff_total": "parents' engagement with services",
    "sdq_total": "children's difficulties",
}
NUMBERS: Final = ("mean", "sd", "change", "low", "high", "g", "g_low", "g_high")

COLUMNS: Final = (
    key_text("key", "Score", in_table=False),
    text("name", "Measure"),
    text("when", "Interview"),
    Column(name="mean", label="Mean", unit="points", decimals=1),
    Column(name="sd", label="Standard deviation", unit="points", decimals=1),
    Column(name="change", label="Mean change", unit="points", decimals=1),
    Column(name="low", label="95% interval of mean or change, low", unit="points", decimals=1),
    Column(name="high", label="95% interval of mean or change, high", unit="points", decimals=1),
    Column(name="g", label="Hedges' g_av", unit="standard deviations", decimals=2),
    Column(name="g_low", label="95% interval of g, low", decimals=2),
    Column(name="g_high", label="95% interval of g, high", decimals=2),
    N,
    STATUS,
    hidden_key("point", about="Which interview: 1, 2, or both."),
)


def scores(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Describe every score at both interviews; for all bands together, paired change too.

    Args:
        tables: Interviews by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    whole = selection.bands == selection.programme.bands
    rows = list[dict[str, object]]()
    for score in SCORES:
        rows += [_at(tables, selection, score, point) for point in WHEN]
        rows += [_change(tables, selection, score)] if whole else []
    return pd.DataFrame(rows)


def _at(tables: Tables, selection: Selection, score: str, point: int) -> dict[str, object]:
    view = view_of(TABLE, score, point=point)
    people = held(tables[SOURCE.key], view, selection.bands)
    row = _row(score, str(point), people)
    if people.n < FEWEST:
        return row
    made = summary(people.numbers[:, 0])
    low, high = limits(made)
    return {**row, "mean": made.mean, "sd": made.sd, "low": low, "high": high}


def _change(tables: Tables, selection: Selection, score: str) -> dict[str, object]:
    people = held(tables[SOURCE.key], paired_of(TABLE, score), selection.bands)
    row = _row(score, BOTH, people)
    made = changed(people.numbers)
    if made is None:
        return row
    return {
        **row, "change": made.change, "low": made.low, "high": made.high,
        "g": made.g, "g_low": made.g_low, "g_high": made.g_high,
    }  # fmt: skip


def _row(score: str, point: str, people: Held) -> dict[str, object]:
    return {
        "key": score,
        "name": FAMILY_INTERVIEWS.field(score).label,
        "when": _WORDS[point],
        "point": point,
        **dict.fromkeys(NUMBERS, np.nan),
        "n": float(people.n),
        "status": "",
        "cell": people.cells,
        "base": people.base,
    }


def _scores_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say which whole scores moved among families with both interviews."""
    totals = [rows for rows in grouped(frame, "key") if rows[0]["key"] in PLAIN]
    technical = technical_line(
        *(f"{rows[0]['name']}: {', '.join(map(_technical, rows))}" for rows in totals)
    )
    both = [row for rows in totals for row in rows if row["point"] == BOTH]
    changes = [row for row in both if not np.isnan(number_in(row, "change"))]
    if not changes:
        verdict = (
            "Changes in families' scores are hidden to protect them"
            if both
            else "Changes in scores are shown for all bands together only"
        )
        return Words(verdict=verdict, plain=_levels(totals), technical=technical)
    clear = [row for row in changes if number_in(row, "low") > 0 or number_in(row, "high") < 0]
    row = max(clear or changes, key=lambda one: abs(number_in(one, "g")))
    sure = Certainty.UNCOUNTED if clear else Certainty.NOT_CLEAR
    many = f"{len(clear)} of {len(changes)} whole scores moved between the interviews"
    return Words(
        verdict=many if clear else "No clear change in families' scores between interviews",
        plain=(_moved(row), f"{upper_first(sure.label)}."),
        technical=technical,
    )


def _levels(totals: list[list[dict[str, object]]]) -> tuple[str, ...]:
    """Say the first whole score that is shown at both interviews, without comparing them."""
    for rows in totals:
        shown = [row for row in rows if not np.isnan(number_in(row, "mean"))]
        if len(shown) == len(WHEN):
            ordered = sorted(shown, key=lambda row: str(row["point"]))
            first, second = (number(number_in(row, "mean"), 1) for row in ordered)
            score = PLAIN[str(rows[0]["key"])]
            return (
                (
                    f"The average for {score} is {first} points at the first interview "
                    f"and {second} at the second."
                ),
                "These are not all the same families.",
            )
    return (WHY_HIDDEN,)


def _moved(row: dict[str, object]) -> str:
    change, low, high = (number_in(row, name) for name in ("change", "low", "high"))
    score = f"The score for {PLAIN[str(row['key'])]} {'fell' if change < 0 else 'rose'}"
    return f"{score} by {number(abs(change))} points on average ({range_words(low, high)})."


def _technical(row: dict[str, object]) -> str:
    when = str(row["when"]).lower()
    mean, change, low, high, n = (
        number_in(row, name) for name in ("mean", "change", "low", "high", "n")
    )
    if np.isnan(mean) and np.isnan(change):
        return f"{when} {HIDDEN}"
    if np.isnan(change):
        ends = f"95% CI {number(low)} to {number(high)}, n {number(n, 0)}"
        return f"{when} {number(mean)} ({ends})"
    ends = f"95% CI {signed(low)} to {signed(high)}, n {number(n, 0)}"
    return f"{when} {signed(change)} ({ends}, g_av {signed(number_in(row, 'g'), 2)})"


measured: Final = register(
    Finding(
        key="families-scores",
        follows=RECORDS,
        title="Standardised measures at both interviews",
        subtitle=bands_words,
        unit="standard deviations (Hedges' g_av)",
        sources=(SOURCE,),
        columns=COLUMNS,
        analyse=scores,
        words=_scores_words,
        notes=(
            (
                "Change among families with both interviews is shown for all bands together only, "
                "so that means of the few with one interview cannot be worked out. At the second "
                "interview another parent may have answered than at the first."
            ),
            *NOTES,
        ),
        method=(
            ("What is estimated", "Mean scores; mean change of families with a score at both."),
            ("Interval", "Student's t, 95%."),
            ("Hedges' g_av", "Mean change over the average deviation of the two interviews."),
            ROUNDING,
        ),
        kind=Kind.SIMULATED,
        about="Scores of families at both interviews with paired change.",
        hides=hides(TABLE),
    )
)
