"""Claims, checked: what the evaluation's summary said, and what became of each statement."""

from typing import Final

import pandas as pd

from analytics.claims.claim import Check, Claim
from analytics.claims.later import DESIGNS
from analytics.claims.registry import CLAIMS
from analytics.claims.status import RULES, Status
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.findings.measures.claims import (
    CHECKED,
    TEST,
    Answer,
    base_words,
    check_claim,
    conflict,
    rows_of,
    settled,
)
from analytics.programme import PROGRAMME
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.selection import Selection
from analytics.text.wording import listed, pluralise
from data.schema import Column, ColumnKind, hidden_key, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

SOURCES: Final = (*CHECKED, sources.SIZES, sources.LATER_STUDIES)
LEVEL: Final = (
    "Claims on indicators are of level. A level difference is not a change: pilots may have stood "
    "apart before they began. The later study of the duration of assessments asked about change."
)

COLUMNS: Final = (
    key_text("id", "Claim"),
    text("claim", "In our words", about="Paraphrased; the summary's own wording is in its source."),
    text("strand", "Strand"),
    text("question", "Question"),
    text("status", "Status", about="By the rules of the method card."),
    text("found", "What was found here"),
    text("measure", "Measure of the figures", about="First reading, or ratio with the smallest p."),
    text("unit", "Unit"),
    Column(name="estimate", label="Gap, or change of it", about="Pilots minus comparator."),
    Column(name="low", label="95% interval, lower"),
    Column(name="high", label="95% interval, upper"),
    Column(
        name="n",
        label="n",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="Pilots compared, or people behind a published statement.",
    ),
    text("base", "n of what"),
    Column(name="p", label="p, sign-flip", decimals=3),
    Column(name="p_adjusted", label="p, adjusted", decimals=3),
    key_text("adjustment", "Adjustment", in_table=False),
    Column(
        name="detectable",
        label="Smallest detectable",
        decimals=3,
        about="With power 0.8 at 0.05, given the spread between the pilots.",
    ),
    text("test", "Test"),
    text("strength", "What it rests on"),
    key_text("kind", "Kind of number", about="official: recomputed here; published: as printed."),
    text("printed", "What the evaluation printed"),
    text("source", "Where"),
    text("needed", "What would be needed"),
    text("later", "Later studies", about="With design and strength as their table has them."),
    text("conflict", "Conflict"),
    key_text("link", "Chart"),
    hidden_key("strand_key", about="Which strand."),
    hidden_key("status_key", about="What became of the claim."),
)


def check_claims(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Check every claim of the registry under the reader's selection.

    Args:
        tables: The tables of ``SOURCES`` by key.
        selection: What the reader chose.
    """
    rows = rows_of(tables, selection)
    studies = _studies(tables)
    made = [
        _row(claim, check_claim(claim, rows, selection), tables, studies)
        for claim in CLAIMS.values()
    ]
    frame = pd.DataFrame(made)
    frame["adjustment"] = selection.adjust.value
    return frame[[column.name for column in COLUMNS]]


def _row(claim: Claim, given: Answer, tables: Tables, studies: dict[str, str]) -> dict[str, object]:
    tested = claim.check is not Check.NONE
    status = settled(claim, given)
    n, base = base_words(claim, tables, given)
    return {
        "id": claim.id,
        "claim": claim.statement,
        "strand": claim.strand.label,
        "strand_key": claim.strand.value,
        "question": claim.question.label,
        "status": status.label,
        "status_key": status.value,
        "found": given.found,
        "measure": given.measure,
        "unit": given.unit,
        **{name: given.figures[name] for name in ("low", "high", "p", "p_adjusted", "detectable")},
        "estimate": given.figures["gap"],
        "n": n,
        "base": base,
        "test": TEST if tested else "",
        "strength": claim.strength.label,
        "kind": (Kind.OFFICIAL if tested else Kind.PUBLISHED).value,
        "printed": claim.printed,
        "source": claim.source,
        "needed": claim.needed,
        "later": " ".join(
            f"{DESIGNS[one.topic].heard}: {studies[one.topic]}; {one.bearing.label}."
            for one in claim.later
        ),
        "conflict": conflict(claim, status),
        "link": claim.link,
    }


def _studies(tables: Tables) -> dict[str, str]:
    """Return what each later study found, in the words of its table."""
    frame = tables[sources.LATER_STUDIES.key].frame.fillna("")
    return {
        str(row["topic"]): f"“{row['finding']}{': ' if row['figure'] else ''}{row['figure']}”"
        for _, row in frame.iterrows()
    }


def _by_status(frame: pd.DataFrame) -> list[tuple[Status, pd.DataFrame]]:
    groups = [(one, frame[frame["status_key"] == one]) for one in Status]
    return [(status, rows) for status, rows in groups if len(rows)]


def _summary(frame: pd.DataFrame, selection: Selection) -> str:
    live = frame[frame["kind"] == Kind.OFFICIAL]
    each = [f"{listed(rows['id'].tolist())} {status.label}" for status, rows in _by_status(live)]
    return (
        f"Of {pluralise(len(frame), 'claim')} in the published summary, {len(frame) - len(live)} "
        f"cannot be checked from open data. Tested on official figures against {selection.faced}: "
        f"{'; '.join(each)}."
    )


def _headline(frame: pd.DataFrame, _selection: Selection) -> str:
    live = frame[frame["kind"] == Kind.OFFICIAL]
    each = listed([_count(len(rows), status) for status, rows in _by_status(live)])
    return (
        f"Of {pluralise(len(frame), 'claim')} in the evaluation's summary, {len(live)} can be "
        f"tested on official figures: {each}. The other {len(frame) - len(live)} cannot be checked "
        "from open data."
    )


def _count(count: int, status: Status) -> str:
    verb = "" if status is Status.UNTESTABLE else "is " if count == 1 else "are "
    return f"{count} {verb}{status.label}"


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        "The claims are in our words, paraphrased from the published summary; the ids are ours.",
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
            selection,
            estimand="For claims on indicators, the mean gap of the pilots; for spending, the "
            f"change of each ratio's gap from before {PROGRAMME.start_words} to after.",
            unit="That of each measure.",
        ),
    )


claims: Final = register(
    Finding(
        key="claims",
        title=f"{len(CLAIMS)} claims of the evaluation's summary, checked",
        sources=SOURCES,
        columns=COLUMNS,
        analyse=check_claims,
        sentence=_summary,
        notes=_notes,
        method=_method,
        kind=Kind.MIXED,
        applies=bool(CLAIMS),
        about="One row per claim of the summary: status, number, test, later studies, link.",
        headline=_headline,
    )
)
