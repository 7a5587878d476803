"""Triangulation: what each strand answers to each question, and where strands disagree."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final

import pandas as pd

from analytics.claims.claim import Check, Claim, Leaning, Question, Strand
from analytics.claims.registry import CLAIMS
from analytics.claims.status import RULES, Status
from analytics.evaluation.method_card import Facts, comparator_facts
from analytics.findings.measures.claims import (
    CHECKED,
    Answer,
    base_words,
    check_claim,
    conflict,
    rows_of,
    settled,
)
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.selection import Selection
from analytics.text.wording import listed, lower_first, pluralise
from data.schema import hidden_key, key_text, records, text
from data.sources import registry as sources
from data.sources.source import Kind

QUESTIONS: Final = tuple(one for one in Question if one is not Question.ADVICE)
STRANDS: Final = tuple(one for one in Strand if one is not Strand.ADVICE)

COLUMNS: Final = (
    text("question", "Question", about="Of the evaluation, in our words."),
    text("strand", "Strand"),
    text("direction", "What it says"),
    text("status", "Status"),
    text("strength", "What it rests on"),
    text("base", "n"),
    text("conflict", "Conflict", about="Empty where nothing held speaks against the cell."),
    text("claims", "Claims"),
    key_text("kind", "Kind of number"),
    key_text("link", "Where it is shown"),
    hidden_key("question_key", about="Which question."),
    hidden_key("strand_key", about="Which strand."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """A claim with what became of it."""

    claim: Claim
    given: Answer
    status: Status
    base: str


def triangulate(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return one row per question and strand that has something to say.

    Args:
        tables: The tables of the finding by key.
        selection: What the reader chose.
    """
    rows = rows_of(tables, selection)
    heard = list[_Heard]()
    for claim in CLAIMS.values():
        given = check_claim(claim, rows, selection)
        _, base = base_words(claim, tables, given)
        heard.append(_Heard(claim=claim, given=given, status=settled(claim, given), base=base))
    made = list[dict[str, str]]()
    for question in QUESTIONS:
        asked = [one for one in heard if one.claim.question is question]
        for strand in STRANDS:
            cell = [one for one in asked if one.claim.strand is strand]
            if cell:
                made.append(_cell(cell, asked, selection))
    return pd.DataFrame(made, columns=[column.name for column in COLUMNS])


def _cell(cell: list[_Heard], asked: list[_Heard], selection: Selection) -> dict[str, str]:
    first = cell[0].claim
    tested = first.check is not Check.NONE
    return {
        "question": first.question.label,
        "question_key": first.question.value,
        "strand": first.strand.label,
        "strand_key": first.strand.value,
        "direction": _sentence([_direction(one, selection) for one in cell]),
        "status": _sentence(_each([one.status.label for one in cell], cell)),
        "strength": _sentence(_each([_strength(one.claim) for one in cell], cell)),
        "base": _sentence(_each([one.base for one in cell], cell)),
        "conflict": " ".join(_conflicts(cell, asked)),
        "claims": ", ".join(one.claim.id for one in cell),
        "kind": (Kind.OFFICIAL if tested else Kind.PUBLISHED).value,
        "link": first.link if len(cell) == 1 else first.strand.address,
    }


def _strength(claim: Claim) -> str:
    shape = {Check.LEVELS: ", as a level", Check.SPEND: ", as a change", Check.NONE: ""}
    return f"{claim.strength.label}{shape[claim.check]}"


def _sentence(parts: Sequence[str]) -> str:
    return "; ".join([parts[0], *(lower_first(part) for part in parts[1:])])


def _each(words: list[str], cell: list[_Heard]) -> list[str]:
    """Say what is one for all claims of a cell once, and else for whom."""
    groups: dict[str, list[str]] = {}
    for one, said in zip(cell, words, strict=True):
        groups.setdefault(said, []).append(one.claim.id)
    if len(groups) == 1:
        return list(groups)
    return [f"{said} ({', '.join(ids)})" for said, ids in groups.items()]


def _direction(one: _Heard, selection: Selection) -> str:
    gap = one.given.figures["gap"]
    if one.claim.check is Check.NONE:
        return one.claim.short
    if isnan(gap):
        return f"{one.claim.short}: not compared"
    if one.claim.check is Check.SPEND:
        changed = "a change detected" if one.status is Status.NOT else "no change detected"
        return f"{one.claim.short}: {changed}"
    side = "lower than" if gap < 0 else "higher than"
    return f"{one.claim.short}: {side} {selection.faced}"


def _conflicts(cell: list[_Heard], asked: list[_Heard]) -> list[str]:
    words = [f"{one.claim.id}: {said}" for one in cell if (said := conflict(one.claim, one.status))]
    yes, no = (_leaning(cell, way) for way in (Leaning.YES, Leaning.NO))
    if yes and no:
        words.append(f"{_point(yes)} one way, {listed(no)} the other.")
        return words
    against = Leaning.NO if yes else Leaning.YES
    others = [one for one in asked if one not in cell and one.claim.leaning is against]
    if (yes or no) and others:
        strands = dict.fromkeys(lower_first(one.claim.strand.label) for one in others)
        ids = [one.claim.id for one in others]
        words.append(f"In {listed(list(strands))}, {_point(ids)} the other way.")
    return words


def _point(ids: list[str]) -> str:
    return f"{listed(ids)} {'points' if len(ids) == 1 else 'point'}"


def _leaning(cell: list[_Heard], way: Leaning) -> list[str]:
    return [one.claim.id for one in cell if one.claim.leaning is way]


def _summary(frame: pd.DataFrame, _selection: Selection) -> str:
    marked, tested = frame[frame["conflict"] != ""], frame[frame["kind"] == Kind.OFFICIAL]
    where = dict[str, list[str]]()
    for row in records(marked):
        asked = Question(str(row["question_key"])).asked
        where.setdefault(asked, []).append(lower_first(str(row["strand"])))
    said = "; ".join(f"{asked} ({listed(strands)})" for asked, strands in where.items())
    return (
        f"{len(frame)} cells hold evidence on {len(QUESTIONS)} questions from {len(STRANDS)} "
        f"strands; {len(tested)} of them can be tested on official figures. "
        f"{pluralise(len(marked), 'cell')} {'holds' if len(marked) == 1 else 'hold'} a conflict: "
        f"{said}."
    )


def _method(selection: Selection) -> Facts:
    return (
        ("Rows and columns", "Questions of the evaluation, in our words, by strand of evidence."),
        (
            "What it says",
            "Tested claims: which side of the comparator the pilots stand. Others: as printed.",
        ),
        (
            "Conflict",
            (
                "Marked where a tested claim is not borne out, a later study says the contrary, "
                "or claims on the same question point different ways. Nothing is averaged over "
                "strands."
            ),
        ),
        ("Comparator", comparator_facts(selection)),
        *RULES,
    )


grid: Final = register(
    Finding(
        key="triangulation",
        title="What each strand of evidence answers, and where strands disagree",
        sources=(*CHECKED, sources.SIZES, sources.LATER_STUDIES),
        columns=COLUMNS,
        analyse=triangulate,
        sentence=_summary,
        notes=(
            "Official figures and published statements only; nothing simulated is used.",
            (
                "Indicators are compared in level. A level difference is not a change, and does "
                "not by itself answer whether something changed."
            ),
        ),
        method=_method,
        kind=Kind.MIXED,
        applies=bool(CLAIMS),
        whole="claims",
        about="Questions by strands: what is said, how strongly, n, and where strands disagree.",
    )
)
