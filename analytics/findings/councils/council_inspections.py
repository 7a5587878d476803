"""Ofsted's judgements of one council, and of those it was formed from."""

from datetime import date
from typing import Final

import pandas as pd

from analytics.findings.measures.council import NONE_CHOSEN, related
from analytics.methods.refusal import NotEstimableError
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.places import authorities
from analytics.selection.selection import Selection
from analytics.text.wording import lower_first, pluralise
from analytics.text.words import Words
from data.grades import Grade, grade_of
from data.schema import hidden_key, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

COLUMNS: Final = (
    text("when", "Report published"),
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    key_text("published", "Date", in_table=False),
    text("framework", "Framework"),
    text("overall", "Overall"),
    text("leadership", "Leaders and managers"),
    text("help_protection", "Help and protection"),
    text("in_care", "Children in care"),
    hidden_key("grade", about="The overall grade; empty where none was given or recovered."),
)
GRADED: Final = ("overall", "leadership", "help_protection", "in_care")
NOT_RECOVERED: Final = "not recovered"


def judgements(tables: Tables, selection: Selection) -> pd.DataFrame:
    """List Ofsted's judgements of the council and of those before or after it, newest first.

    Args:
        tables: Inspections and authorities by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: No council is chosen.
    """
    if not selection.area:
        raise NotEstimableError(NONE_CHOSEN)
    codes = [selection.area, *(code for code, _ in related(selection.area))]
    frame = tables[sources.INSPECTIONS.key].frame
    found = frame[frame["code"].isin(codes)].sort_values("published", ascending=False)
    graded = found[list(GRADED)].astype(object).fillna(NOT_RECOVERED)
    return found.assign(
        **{name: graded[name] for name in GRADED},
        when=[_day(str(one)) for one in found["published"].tolist()],
        place=[authorities()[code].label for code in found["code"].tolist()],
        grade=[grade_of(one).value for one in found["overall"].tolist()],
    )[[column.name for column in COLUMNS]].reset_index(drop=True)


def _day(published: str) -> str:
    """Write "2018-08-28" as "28 August 2018"."""
    day = date.fromisoformat(published)
    return f"{day.day} {day:%B %Y}"


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    own = frame[frame["code"] == selection.area]
    if not len(own):
        before = "Those of the councils before or after it are below." if len(frame) else ""
        why = "No inspection of this council is held."
        return Words(
            verdict="No inspection of this council to show", plain=(f"{why} {before}".strip(),)
        )
    held = f"It rests on {pluralise(len(own), 'inspection')}, the latest of {own.iloc[0]['when']}."
    graded = own[own["grade"] != Grade.NONE]
    if not len(graded):
        return Words(verdict="No overall grade is held", plain=(held,))
    last = graded.iloc[0]
    grade = lower_first(Grade(str(last["grade"])).label)
    return Words(verdict=f"Ofsted's latest overall grade: {grade}", plain=(held,))


inspections: Final = register(
    Finding(
        key="council-inspections",
        follows=frozenset({"area"}),
        title=lambda s: (
            f"{authorities()[s.area].label if s.area else 'Your council'}: Ofsted's judgements"
        ),
        subtitle="By date of the report, newest first",
        sources=(sources.INSPECTIONS, sources.AUTHORITIES),
        columns=COLUMNS,
        analyse=judgements,
        words=_words,
        notes=(
            (
                "A judgement is of the whole service. Frameworks changed in 2018; some overall "
                "grades of the first could not be recovered from reports."
            ),
        ),
        method=(("Grades", "As Ofsted published them; nothing is computed."),),
        kind=Kind.AS_ISSUED,
        about="Ofsted's judgements of one council.",
        pinned=True,
    )
)
