"""Expenditure ratios: how far pilots stand from what they are compared with, and its change."""

from functools import partial
from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import RATIO_FAMILY
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.evaluation.verdict_sentences import gap_words, reach_words, verdict_words
from analytics.evaluation.verdicts import COLUMNS
from analytics.findings.measures.together import changes as changes_of
from analytics.findings.measures.together import levels
from analytics.measures.ratios.lines import QUALITY
from analytics.programme import PROGRAMME, after, before, sides, split
from analytics.publication.finding import Finding, register
from analytics.selection.choices import Vintage
from analytics.selection.selection import Selection
from analytics.text.quantity import apart
from analytics.text.wording import (
    ALPHA,
    listed,
    lower_first,
    number,
    pluralise,
    significant,
)
from data.sources.source import Kind

LEAD: Final = "cla_share"
LEVEL: Final = "A level difference is not a change: pilots may have stood apart before they began."


def _gaps_say(frame: pd.DataFrame, selection: Selection) -> str:
    words = [verdict_words(frame, selection, thing="ratio")]
    tested = frame[frame["standardised"].notna()]
    if len(tested):
        row = tested.iloc[int(tested["standardised"].abs().to_numpy().argmax())]
        words.append(
            f"The widest standardised gap to {selection.faced} is "
            f"{lower_first(row['spoken'])}: {gap_words(row)}."
        )
    return " ".join([*words, reach_words(frame)]).strip()


def _changes_say(frame: pd.DataFrame, selection: Selection) -> str:
    words = [
        _verdict(frame, selection),
        verdict_words(frame, selection, thing="ratio"),
        _care(frame),
    ]
    return " ".join(one for one in (*words, reach_words(frame)) if one)


def _verdict(frame: pd.DataFrame, _selection: Selection) -> str:
    """Set what these figures show beside what the evaluation said of expenditure patterns."""
    tested = frame[frame["p"].notna()]
    if not len(tested):
        return ""
    below, n = tested[tested["p"] < ALPHA], int(tested["n"].max())
    said = "The evaluation found no sign that expenditure patterns changed."
    if tested["smallest_p"].min() >= ALPHA:
        return (
            f"{said} With {pluralise(n, 'pilot')} no change could reach a p below {ALPHA}; read "
            "the intervals."
        )
    if not len(below):
        return (
            f"{said} Nor is a change detected here: no ratio's gap changed with an unadjusted p "
            f"below {ALPHA}."
        )
    return (
        f"{said} Here the gap of {pluralise(len(below), 'ratio')} changed with an unadjusted p "
        f"below {ALPHA}: {listed([lower_first(name) for name in below['name']])}."
    )


def _care(frame: pd.DataFrame) -> str:
    """Give the first ratio's change with what this design could have found."""
    held = frame[(frame["key"] == LEAD) & frame["p"].notna()]
    if not len(held):
        return ""
    row = held.iloc[0]
    decimals = significant(row["gap"])
    return (
        f"{row['name']}: the gap changed by {gap_words(row)}; this design could detect a change of "
        f"{number(row['detectable'], decimals)} {apart(row['unit'], row['scale'])}."
    )


def _level_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (QUALITY, LEVEL, *_common_notes(selection))


def _change_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        QUALITY,
        (f"{split()}; the project started in {PROGRAMME.start_words}. {sides()}."),
        (
            "A change not detected is not a change ruled out: the table gives the smallest change "
            "this design could detect, ratio by ratio."
        ),
        *_common_notes(selection),
    )


def _common_notes(selection: Selection) -> tuple[str, ...]:
    first = selection.vintage is Vintage.FIRST
    vintage = ("Spend has one vintage: the latest return held.",) if first else ()
    return (*comparison_notes(selection), *vintage)


def _gap_method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="The mean over pilots of each pilot's own mean gap: its ratio minus that of its "
        "comparator, averaged over the years in which both exist.",
        unit="That of each ratio; the chart divides by the standard deviation of the pilots' gaps "
        "(Hedges' correction) so that ratios share one axis.",
    )


def _change_method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="The mean over pilots of the change in the pilot's gap: its mean gap from "
        f"{after()} minus its mean gap up to {before()} (difference in differences).",
        unit="That of each ratio.",
    )


gaps: Final = register(
    Finding(
        key="expenditure-gaps",
        title=(f"How far pilots stand from their comparator on {len(RATIO_FAMILY.core())} ratios"),
        unit="standard deviations of the pilots' gaps",
        sources=RATIO_FAMILY.sources,
        columns=COLUMNS,
        analyse=partial(levels, RATIO_FAMILY),
        sentence=_gaps_say,
        notes=_level_notes,
        method=_gap_method,
        kind=Kind.OFFICIAL,
        whole="expenditure-lines",
        about="One row per expenditure ratio: pilots, comparator, gap, interval, tests.",
    )
)

changes: Final = register(
    Finding(
        key="expenditure-changes",
        title="Did expenditure patterns change? How the gap moved after the start",
        unit="standard deviations of the pilots' changes",
        is_change=True,
        sources=RATIO_FAMILY.sources,
        columns=COLUMNS,
        analyse=partial(changes_of, RATIO_FAMILY),
        sentence=_changes_say,
        notes=_change_notes,
        method=_change_method,
        kind=Kind.OFFICIAL,
        whole="expenditure-lines",
        about="One row per expenditure ratio: how the gap changed after the project started.",
        headline=_verdict,
    )
)
