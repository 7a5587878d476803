"""Claims, checked: what the evaluation's summary said, and what became of each statement."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.claims.claim import Check, Claim
from analytics.claims.later import designs_of
from analytics.claims.registry import claims_of
from analytics.claims.status import RULES, Status
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.evaluation.verdict_columns import PLACEBO
from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL
from analytics.findings.measures.claim_answers import CheckedClaim
from analytics.findings.measures.claims import (
    CHECKED,
    TEST,
    base_words,
    check_claim,
    conflict,
    differs,
    judged_on,
    pinned,
    rows_of,
    settled,
)
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import GAPS, JUDGED
from analytics.selection.selection import Selection
from analytics.text.wording import (
    MOST_WORDS,
    counted,
    listed,
    lower_first,
    none_of,
    pluralise,
    upper_first,
)
from analytics.text.words import Words, technical_line
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind, hidden_key, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

SOURCES: Final = (*CHECKED, sources.SIZES, sources.LATER_STUDIES)
LEVEL: Final = (
    "Claims on indicators are of level. A level difference is not a change: pilots may have stood "
    "apart before they began. The later study of the duration of assessments asked about change."
)
#: How sure what was there before is: the number of tests is not counted there.
BY_CHANCE: Final = ", judged by chance alone"
_PLACEBO: Final = tuple(column.name for column in PLACEBO)
#: What is shown of the reader's choice, besides the estimate.
_FIGURES: Final = ("low", "high", "n", "p", "p_adjusted", *_PLACEBO)
_CHOSEN: Final = "Empty where your choice is what the claim is judged on."

COLUMNS: Final = (
    key_text("id", "Claim"),
    text("claim", "In our words", about="Paraphrased; the summary's own wording is in its source."),
    text("strand", "Strand"),
    text("question", "Question"),
    text("status", "Status", about="By the rules of the method card, on what the claim is about."),
    text("found", "What was found here"),
    text("found_first", "The first sentence of it", in_table=False),
    text("measure", "Measure of the figures", about="First reading, or ratio with the smallest p."),
    text("unit", "Unit"),
    Column(name="estimate", label="Gap, or change of it"),
    Column(name="low", label="95% interval, lower"),
    Column(name="high", label="95% interval, upper"),
    Column(name="n", label="n", kind=ColumnKind.COUNT, decimals=0, about="Empty if not reported."),
    text("base", "n, in words"),
    Column(name="p", label="p, sign-flip", decimals=3),
    Column(name="p_adjusted", label="p, adjusted", decimals=3),
    key_text("adjustment", "Adjustment", in_table=False),
    Column(
        name="detectable",
        label="Smallest detectable",
        decimals=3,
        about="With power 0.8 at 0.05, given the spread between the pilots. For planning.",
        in_table=False,
    ),
    text("test", "Test"),
    text("strength", "What it rests on"),
    key_text("kind", "Kind of number", about="official: recomputed here; published: as printed."),
    text("printed", "What the evaluation printed"),
    text("source", "Where"),
    text("needed", "What would be needed"),
    text("later", "Later studies", about="In plain words; their table has its own."),
    text("conflict", "Conflict"),
    key_text("link", "Chart"),
    hidden_key("strand_key", about="Which strand."),
    hidden_key("status_key", about="What became of the claim."),
    Column(name="t_low", label="95% t interval, lower"),
    Column(name="t_high", label="95% t interval, upper"),
    *PLACEBO,
    text("technical", "For statisticians"),
    text("status_chosen", "Status under your choice", about=_CHOSEN),
    text("found_chosen", "What was found under your choice", about=_CHOSEN),
    Column(name="estimate_chosen", label="Gap under your choice", about=_CHOSEN),
    Column(name="low_chosen", label="95% interval under your choice, lower"),
    Column(name="high_chosen", label="95% interval under your choice, upper"),
    Column(name="n_chosen", label="Pilots under your choice", kind=ColumnKind.COUNT, decimals=0),
    Column(name="p_chosen", label="p under your choice", decimals=3),
    Column(name="p_adjusted_chosen", label="p, adjusted, under your choice", decimals=3),
    *(
        replace(
            one, name=f"{one.name}_chosen", label=f"{one.label}, under your choice", about=_CHOSEN
        )
        for one in PLACEBO
    ),
    text("technical_chosen", "For statisticians, your choice", about=_CHOSEN),
    hidden_key("status_chosen_key", about="What became of the claim under the reader's choice."),
    hidden_key("measure_key", about="The indicator or ratio of the figures."),
    hidden_key("certain", about="How sure the figures are."),
    hidden_key("grew", about="yes where the difference claimed became clearly larger."),
    hidden_key("certain_chosen", about="How sure they are under the reader's choice."),
    hidden_key("measure_chosen_key", about="The indicator or ratio of the reader's figures."),
)


def check_claims(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Check every claim of the registry on what it is about, and under the reader's choice.

    Args:
        tables: The tables of ``SOURCES`` by key.
        selection: What the reader chose.
    """
    of, judged = selection.programme, pinned(selection)
    held = rows_of(tables, judged)
    chosen = rows_of(tables, selection) if differs(selection) else None
    made = [
        {
            **_row(claim, check_claim(claim, held), tables, of),
            **_chosen(claim, None if chosen is None else check_claim(claim, chosen)),
        }
        for claim in claims_of(of).values()
    ]
    frame = pd.DataFrame(made)
    frame["adjustment"] = judged.adjust.value
    return frame[[column.name for column in COLUMNS]]


def first_sentence(words: str) -> str:
    """Return the first of some sentences; a full stop inside a number ends none.

    Args:
        words: Sentences that end in a full stop, each but the last before a space.
    """
    first, dot, _ = words.partition(". ")
    return first + dot.rstrip()


def _row(claim: Claim, given: CheckedClaim, tables: Tables, of: Programme) -> dict[str, object]:
    tested = claim.check is not Check.NONE
    status, studies = settled(claim, given), _studies(of)
    n, base = base_words(claim, tables, given)
    same = ("low", "high", "p", "p_adjusted", "detectable", "t_low", "t_high", *_PLACEBO)
    return {
        "id": claim.id,
        "claim": claim.statement,
        "strand": claim.strand.label,
        "strand_key": claim.strand.value,
        "question": claim.question.label,
        "status": status.label,
        "status_key": status.value,
        "found": given.found,
        "found_first": first_sentence(given.found) if tested else "",
        "technical": given.technical,
        "measure": given.measure,
        "measure_key": given.key,
        "unit": given.unit,
        **{name: given.figures[name] for name in same},
        "estimate": given.figures["gap"],
        "certain": given.certain.value if tested else "",
        "grew": "yes" if given.grew else "no",
        "n": n,
        "base": base,
        "test": TEST if tested else "",
        "strength": claim.strength.label,
        "kind": (Kind.OFFICIAL if tested else Kind.PUBLISHED).value,
        "printed": claim.printed,
        "source": claim.source,
        "needed": claim.needed,
        "later": " ".join(
            f"{studies[one.topic]} {upper_first(one.bearing.label)}." for one in claim.later
        ),
        "conflict": conflict(claim, status, of),
        "link": claim.link,
    }


def _chosen(claim: Claim, given: CheckedClaim | None) -> dict[str, object]:
    """Return what the reader's choice gives for a claim that can be tested."""
    if given is None or claim.check is Check.NONE:
        words = ("status_chosen", "found_chosen", "technical_chosen", "status_chosen_key",
                 "certain_chosen", "measure_chosen_key")  # fmt: skip
        numbers = ("estimate", *_FIGURES)
        return {
            **dict.fromkeys(words, ""),
            **{f"{name}_chosen": np.nan for name in numbers},
        }
    status = settled(claim, given)
    return {
        "status_chosen": status.label,
        "status_chosen_key": status.value,
        "found_chosen": given.found,
        "technical_chosen": given.technical,
        "certain_chosen": given.certain.value,
        "measure_chosen_key": given.key,
        "estimate_chosen": given.figures["gap"],
        **{f"{name}_chosen": given.figures[name] for name in _FIGURES},
    }


def _studies(of: Programme) -> dict[str, str]:
    """Return what each later study found, in plain words."""
    return {topic: f"{one.heard}: {one.says}" for topic, one in designs_of(of).items()}


def _grouped(
    frame: pd.DataFrame, column: str, known: Mapping[str, Claim]
) -> list[tuple[Status, list[str]]]:
    """Return the short names of claims by their status, in the order of statuses."""
    groups = [(one, frame.loc[frame[column] == one, "id"].tolist()) for one in Status]
    return [
        (status, [lower_first(known[name].short) for name in ids]) for status, ids in groups if ids
    ]


def _verdict(live: pd.DataFrame, known: Mapping[str, Claim]) -> str:
    """Say what became of the claims that can be checked, the most telling status first."""
    counts = {status: len(names) for status, names in _grouped(live, "status_key", known)}
    status = next(iter(counts), Status.UNANSWERED)
    if status in {Status.UNTESTABLE, Status.UNANSWERED}:
        return TOO_FEW_TO_TELL
    count = counts[status]
    of = f"of {counted(len(live))} checked claims"
    many = f"{upper_first(counted(count))} {of}"
    verb = "is" if count == 1 else "are"
    return {
        # Judged by chance alone, as the sentence below it says.
        Status.BEFORE: f"{many} may have been true before the project",
        Status.NOT: f"{none_of(len(live))} {of} is reproduced",
        Status.CONTRADICTED: f"{many} {verb} contradicted by later studies",
    }.get(status, f"{many} {verb} {status.label}")


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say what became of the claims, in three layers."""
    known = claims_of(selection.programme)
    live = frame[frame["kind"] == Kind.OFFICIAL]
    silent = len(frame) - len(live)
    return Words(
        verdict=_verdict(live, known),
        plain=(
            *_status_sentences(live, known),
            *_grown(live, known),
            f"The other {silent} of {len(frame)} claims cannot be checked from open data.",
            *_chosen_words(live, selection),
        ),
        technical=technical_line(*(
            f"{row['id']}: {row['status']} ({row['technical']})" for _, row in live.iterrows()
        )),
    )  # fmt: skip


def _status_sentences(live: pd.DataFrame, known: Mapping[str, Claim]) -> list[str]:
    """Name the claims by their status, in one sentence where it has room."""
    parts = [
        f"{status.label}{BY_CHANCE if status is Status.BEFORE else ''}: {listed(names)}"
        for status, names in _grouped(live, "status_key", known)
    ]
    whole = f"{upper_first('; '.join(parts))}."
    if len(whole.split()) <= MOST_WORDS:
        return [whole]
    return [f"{upper_first(one)}." for one in parts]


def _grown(live: pd.DataFrame, known: Mapping[str, Claim]) -> list[str]:
    """Say which differences of long standing became clearly larger after the start."""
    older = live[(live["status_key"] == Status.BEFORE) & (live["grew"] == "yes")]
    names = [lower_first(known[name].short) for name in older["id"]]
    if not names:
        return []
    gaps = "gap" if len(names) == 1 else "gaps"
    return [f"The {gaps} in {listed(names)} also grew clearly after the start."]


def _chosen_words(live: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say how many claims the reader's choice would give another status."""
    if not differs(selection):
        return ()
    other = live[live["status_key"] != live["status_chosen_key"]]
    if not len(other):
        return ("Your choice gives each of them the same status.",)
    found = [Status(one) for one in dict.fromkeys(live["status_chosen_key"])]
    if len(found) == 1:
        return (f"Under your choice, all have the same status: {found[0].label}.",)
    return (f"Under your choice, {pluralise(len(other), 'claim')} would get another status.",)


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    judged = pinned(selection)
    return (
        "The claims are in our words, paraphrased from the published summary; the ids are ours.",
        (
            f"Claims are judged on what they are about: {judged.label}, tests counted by "
            f"{judged.adjust.label}."
        ),
        LEVEL,
        (
            "Each row says what kind its number is. Simulated figures are never used here; an "
            "authority's own records can be looked at on the record pages."
        ),
        *comparison_notes(selection),
    )


def _method(selection: Selection) -> Facts:
    return (
        *RULES,
        *facts(
            pinned(selection),
            estimand="For claims on indicators, the mean gap of the pilots; for spending, the "
            f"change of each ratio's gap from before {selection.programme.start_words} to after.",
            unit="That of each measure.",
        ),
    )


claims: Final = register(
    Finding(
        key="claims",
        follows=GAPS | JUDGED,
        title=lambda s: (
            f"{len(claims_of(s.programme))} claims of the evaluation's summary, checked"
        ),
        sources=SOURCES,
        columns=COLUMNS,
        subtitle=judged_on,
        pinned=True,
        analyse=check_claims,
        words=_words,
        notes=_notes,
        method=_method,
        kind=Kind.MIXED,
        applies=lambda of: bool(claims_of(of)),
        about="One row per claim of the summary: status, number, test, later studies, link.",
    )
)
