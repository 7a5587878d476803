"""Triangulation: what each strand answers to each question, and where strands disagree."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.claims.claim import Check, Claim, Leaning, Question, Strand
from analytics.claims.registry import claims_of
from analytics.claims.status import RULES, Outcome, Status
from analytics.evaluation.measure_families import INDICATOR_FAMILY, RATIO_FAMILY
from analytics.evaluation.method_card import Facts, comparator_facts
from analytics.findings.measures.claims import (
    CHECKED,
    base_words,
    check_claim,
    conflict,
    differs,
    judged_on,
    pinned,
    rows_of,
    settled,
)
from analytics.findings.measures.together import outcomes
from analytics.methods.refusal import NotEstimableError
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import GAPS, JUDGED
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty
from analytics.text.wording import listed, lower_first, pluralise
from analytics.text.words import Words, technical_line
from data.programmes.programme import Programme
from data.schema import Column, hidden_key, key_text, records, text
from data.sources import registry as sources
from data.sources.source import Kind
from data.wording import count_words

QUESTIONS: Final = tuple(one for one in Question if one is not Question.ADVICE)
STRANDS: Final = tuple(one for one in Strand if one is not Strand.ADVICE)

COLUMNS: Final = (
    text("question", "Question", about="Of the evaluation, in our words."),
    text("strand", "Strand"),
    text(
        "direction",
        "What it says",
        about="Of official figures, whether they changed after the start; else as printed.",
    ),
    text(
        "brief",
        "In a few words",
        about="Of one claim: the first whose change is clear, else the first.",
        in_table=False,
    ),
    text("status", "Status"),
    text("strength", "What it rests on"),
    text("base", "n"),
    text("conflict", "Conflict", about="Empty where nothing held speaks against the cell."),
    text("claims", "Claims"),
    key_text("kind", "Kind of number"),
    key_text("link", "Where it is shown"),
    hidden_key("question_key", about="Which question."),
    hidden_key("strand_key", about="Which strand."),
    Column(name="others", label="others", about="Claims of the cell beside one.", hidden=True),
    text(
        "direction_chosen",
        "What it says under your choice",
        about="Empty where your choice is what claims are judged on, or nothing is tested.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """A claim with what became of it."""

    claim: Claim
    status: Status
    base: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What official figures tell of claims under one selection.

    Attributes:
        changes: What the tests gave for the change of each indicator, by its key.
        spending: What changed in spending, in few words.
        withheld: Why nothing is compared, or empty; then there is nothing else.
    """

    changes: Mapping[str, Outcome]
    spending: str
    withheld: str


def _told(tables: Tables, selection: Selection) -> _Told:
    """Compare what is told alone: how sure changes are."""
    try:
        measures, ratios = (
            outcomes(family, tables, selection, change=True)
            for family in (INDICATOR_FAMILY, RATIO_FAMILY)
        )
    except NotEstimableError as refusal:
        return _Told(changes={}, spending="", withheld=str(refusal))
    return _Told(changes=measures, spending=_spending(ratios.values()), withheld="")


def triangulate(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return one row per question and strand that has something to say.

    Args:
        tables: The tables of the finding by key.
        selection: What the reader chose.
    """
    of, judged = selection.programme, pinned(selection)
    held = rows_of(tables, judged)
    heard = list[_Heard]()
    for claim in claims_of(of).values():
        given = check_claim(claim, held)
        _, base = base_words(claim, tables, given)
        heard.append(_Heard(claim=claim, status=settled(claim, given), base=base))
    made, told = list[dict[str, str | int]](), _told(tables, judged)
    mine = _told(tables, selection) if differs(selection) else None
    for question in QUESTIONS:
        asked = [one for one in heard if one.claim.question is question]
        for strand in STRANDS:
            cell = [one for one in asked if one.claim.strand is strand]
            if cell:
                made.append(_cell(cell, asked, told, mine, of))
    return pd.DataFrame(made, columns=[column.name for column in COLUMNS])


def _cell(
    cell: list[_Heard], asked: list[_Heard], told: _Told, chosen: _Told | None, of: Programme
) -> dict[str, str | int]:
    first = cell[0].claim
    tested = first.check is not Check.NONE
    claims = [one.claim for one in cell]
    mine = "" if chosen is None or not tested else _directions(claims, chosen)
    return {
        "question": first.question.label,
        "question_key": first.question.value,
        "strand": first.strand.label,
        "strand_key": first.strand.value,
        "direction": _directions(claims, told),
        "direction_chosen": mine,
        "brief": _brief(claims, told),
        "others": len(claims) - 1,
        "status": _sentence(_each([one.status.label for one in cell], cell)),
        "strength": _sentence(_each([_strength(one.claim) for one in cell], cell)),
        "base": _sentence(_each([one.base for one in cell], cell)),
        "conflict": " ".join(_conflicts(cell, asked, of)),
        "claims": ", ".join(one.claim.id for one in cell),
        "kind": (Kind.OFFICIAL if tested else Kind.PUBLISHED).value,
        "link": first.link if len(cell) == 1 else first.strand.address,
    }


def _directions(claims: Sequence[Claim], told: _Told) -> str:
    return _sentence([_direction(one, told) for one in claims])


def _brief(claims: Sequence[Claim], told: _Told) -> str:
    """Return what one claim of a cell says: a clear change first, as it must not be overlooked."""
    changed = [one for one in claims if _is_clear(one, told)]
    return _direction([*changed, *claims][0], told)


def _is_clear(claim: Claim, told: _Told) -> bool:
    """Whether official figures show that what a claim is about changed."""
    if claim.check is not Check.LEVELS or told.withheld:
        return False
    return told.changes[claim.readings[0].key].certain in SURE


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


def _direction(claim: Claim, told: _Told) -> str:
    """Say in few words what a claim's strand answers; of official figures, what changed."""
    if claim.check is Check.NONE:
        return claim.short
    if told.withheld:
        return f"{claim.short}: not compared"
    if claim.check is Check.SPEND:
        return told.spending
    return _change(claim, told.changes[claim.readings[0].key])


def _spending(every: Collection[Outcome]) -> str:
    tested = [one for one in every if one.certain is not Certainty.UNTESTABLE]
    if not tested:
        return "Spending: too few pilots" if any(one.n for one in every) else "Spending: not known"
    changed = sum(one.clear for one in tested)
    return f"{pluralise(changed, 'ratio')} changed" if changed else "No clear change in spending"


def _change(claim: Claim, change: Outcome) -> str:
    sure, fell = change.certain, change.estimate < 0
    if sure is Certainty.UNTESTABLE:
        return f"{claim.short}: {'too few pilots' if change.n else 'not known'}"
    if sure is Certainty.NOT_CLEAR:
        return f"{claim.short}: no clear change"
    if sure is Certainty.ALONE:
        return f"{claim.short}: perhaps {'down' if fell else 'up'}"
    return f"{claim.short} {'fell' if fell else 'rose'}"


def _conflicts(cell: list[_Heard], asked: list[_Heard], of: Programme) -> list[str]:
    found = ((one.claim.id, conflict(one.claim, one.status, of)) for one in cell)
    words = [f"{name}: {said}" for name, said in found if said]
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


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say on how many questions strands disagree, in three layers."""
    rows = records(frame)
    marked = [row for row in rows if row["conflict"] != ""]
    tested = sum(row["kind"] == Kind.OFFICIAL for row in rows)
    where = dict[str, list[str]]()
    for row in marked:
        asked = Question(str(row["question_key"])).label
        where.setdefault(asked, []).append(lower_first(str(row["strand"])))
    many, of = count_words(len(where)), count_words(len(QUESTIONS))
    verdict = f"The evidence disagrees on {many} of {of} questions"
    if not where:
        verdict = "No strand of evidence speaks against another"
    plain = [
        f"{asked} The evidence disagrees: {listed(strands)}." for asked, strands in where.items()
    ][:2]
    few, judged = count_words(tested), pinned(selection)
    plain.append(f"Only {few} of {len(frame)} answers can be tested on official figures.")
    return Words(
        verdict=verdict,
        plain=tuple(plain),
        technical=technical_line(
            f"{len(frame)} cells on {len(QUESTIONS)} questions from {len(STRANDS)} strands",
            f"{tested} tested on official figures: {judged.adjust.label}, {judged.label}",
            f"{pluralise(len(marked), 'cell')} with a conflict",
            "your choice beside them" if differs(selection) else "",
        ),
    )


def _method(selection: Selection) -> Facts:
    return (
        ("Rows and columns", "Questions of the evaluation, in our words, by strand of evidence."),
        (
            "What it says",
            (
                "Tested claims: what changed against similar councils after the start, with all "
                "measures counted; not known where there are no figures from before. Others: as "
                "printed."
            ),
        ),
        (
            "Status",
            "Of the claim as it was made: on indicators that is a claim of level, not of change.",
        ),
        (
            "Conflict",
            (
                "Marked where a tested claim is not borne out, a later study says the contrary, "
                "or claims on the same question point different ways. Nothing is averaged over "
                "strands."
            ),
        ),
        ("Comparator", comparator_facts(pinned(selection))),
        *RULES,
    )


grid: Final = register(
    Finding(
        key="triangulation",
        follows=GAPS | JUDGED,
        title="What each strand of evidence answers, and where strands disagree",
        sources=(*CHECKED, sources.SIZES, sources.LATER_STUDIES),
        columns=COLUMNS,
        subtitle=judged_on,
        pinned=True,
        analyse=triangulate,
        words=_words,
        notes=(
            "Official figures and published statements only; nothing simulated is used.",
            (
                "Questions ask what changed, so indicators answer with their change, which a "
                "difference in level does not show. The status is of the claim, which is of level."
            ),
        ),
        method=_method,
        kind=Kind.MIXED,
        applies=lambda of: bool(claims_of(of)),
        whole="claims",
        about="Questions by strands: what is said, how strongly, n, and where strands disagree.",
    )
)
