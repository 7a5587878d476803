"""What later, stronger studies of the same programme found."""

from typing import Final

import pandas as pd

from analytics.claims.claim import NOT_REPORTED
from analytics.claims.later import designs_of, together_of
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import NOTHING
from analytics.selection.selection import Selection
from analytics.text.words import Words
from data.schema import hidden_key, text
from data.sources import registry as sources
from data.sources.source import Kind

COLUMNS: Final = (
    text("topic", "Topic"),
    text("finding", "Finding"),
    text("figure", "Figure"),
    text("design", "Design", about="In the words of the table."),
    text("strength", "Strength of evidence", about="As the table has it, not judged here."),
    text("confidence", "How sure the reading is"),
    text("source_url", "Read at"),
    text("note", "Note"),
    text("says", "What was found, in plain words"),
    text("how", "How, in plain words"),
    text("firm", "How firm, in plain words"),
    hidden_key("reported", about="yes where the figure is reported in the sources held."),
)


def later_findings(tables: Tables, selection: Selection) -> pd.DataFrame:
    """List what the later studies found, design first, with how each finding came about.

    Headings of appendices that could not be read are left out: they hold no finding.

    Args:
        tables: Later studies by key.
        selection: Names the programme; nothing else of it plays a part.
    """
    frame, known = tables[sources.LATER_STUDIES.key].frame, designs_of(selection.programme)
    frame = frame[frame["topic_key"].isin(list(known))].copy()
    designs = [known[topic] for topic in frame["topic_key"]]
    frame["topic"] = [one.shown for one in designs]
    frame["design"] = [one.label or NOT_REPORTED for one in designs]
    frame["strength"] = [one.strength or NOT_REPORTED for one in designs]
    frame["says"] = [one.says for one in designs]
    frame["how"] = [one.how or "not reported" for one in designs]
    frame["firm"] = [one.firm or "not reported" for one in designs]
    frame["reported"] = ["yes" if one else "no" for one in frame["figure"].notna().tolist()]
    frame = frame.fillna({"figure": NOT_REPORTED, "note": ""})
    return frame[[column.name for column in COLUMNS]].reset_index(drop=True)


def _words(_frame: pd.DataFrame, selection: Selection) -> Words:
    """Say what the later studies found, in three layers."""
    together = together_of(selection.programme)
    return Words(
        verdict=together.verdict,
        plain=together.plain,
        technical=selection.programme.later.summary.rstrip("."),
    )


studies: Final = register(
    Finding(
        key="later-studies",
        follows=NOTHING,
        title="What happened next: later studies of the same programme",
        subtitle=lambda s: s.programme.later.subtitle,
        sources=(sources.LATER_STUDIES,),
        columns=COLUMNS,
        analyse=later_findings,
        words=_words,
        notes=lambda _, s: s.programme.later.notes,
        method=(
            (
                "Design",
                (
                    "Individual-level matched difference in differences on records held by the "
                    "Department; stronger than a comparison of authorities."
                ),
            ),
            ("Reading", "Taken from public summaries; the full tables could not be read."),
        ),
        kind=Kind.LATER,
        about="Findings of the studies that followed, as printed.",
    )
)
