"""What the evaluation printed of the cost of implementing, and what it is not known to have."""

from typing import Final

import pandas as pd

from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import NOTHING
from analytics.selection.selection import Selection
from analytics.text.words import Words, technical_line
from data.schema import text
from data.sources import registry as sources
from data.sources.source import Kind

COLUMNS: Final = (
    text("subject", "What"),
    text("printed", "As printed"),
    text("detail", "Detail"),
    text("published_by", "Kind of number"),
    text("source", "Read at"),
    text("note", "Note"),
)
NAMES: Final = tuple(column.name for column in COLUMNS)
NOT_REPORTED: Final = "not reported in the sources held"
#: Its row of the table of sizes, by key.
EFFORT: Final = "effort"
#: Its row of the table of later studies, by key.
COST_STUDY: Final = "cost-study"
ASKED: Final = "Pounds, grade, on-costs, training days and fees, each pilot's own effort"


def published_cost(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return the one estimate that was printed, and what a commissioner would ask next.

    Args:
        tables: Sizes and later studies by key.
        selection: Names the programme; nothing else of it plays a part.
    """
    sizes = tables[sources.SIZES.key].frame
    effort = sizes[sizes["fact_key"] == EFFORT].fillna("")
    rows = [
        (
            "Effort of implementing",
            row["value"],
            row["detail"],
            Kind.PUBLISHED.label,
            row["source_url"],
            row["note"],
        )
        for _, row in effort.iterrows()
    ]
    rows.append((ASKED, NOT_REPORTED, "", "Not published by either", "", ""))
    studies = tables[sources.LATER_STUDIES.key].frame
    later = studies[studies["topic_key"] == COST_STUDY].fillna("")
    rows += [
        (
            selection.programme.later.costs,
            NOT_REPORTED,
            f"Headings only: {row['finding']}",
            Kind.LATER.label,
            row["source_url"],
            row["figure"],
        )
        for _, row in later.iterrows()
    ]
    return pd.DataFrame(rows, columns=list(NAMES))


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say what was printed of the effort, and that no amount was."""
    held = frame[frame["printed"] != NOT_REPORTED]
    if not len(held):
        return Words(
            verdict="Neither the effort nor its cost was printed",
            plain=_later_words(selection),
        )
    row = held.iloc[0]
    return Words(
        verdict="The effort was printed, its cost in pounds was not",
        plain=(
            f"The evaluation's summary put the effort of implementing at {row['detail']}.",
            *_later_words(selection),
        ),
        technical=technical_line(
            f"as printed: {row['printed']}, {row['detail']}", f"pounds {NOT_REPORTED}"
        ),
    )


def _later_words(selection: Selection) -> tuple[str, ...]:
    said = selection.programme.later.costs_say
    return (said,) if said else ()


published: Final = register(
    Finding(
        key="costs-published",
        follows=NOTHING,
        title="What the evaluation said implementing took",
        subtitle="As printed in its summary, and what was not",
        sources=(sources.SIZES, sources.LATER_STUDIES),
        columns=COLUMNS,
        analyse=published_cost,
        words=_words,
        notes=lambda _, s: (
            (
                f"One estimate for {s.programme.many} pilots of very different size; no interval "
                "was printed, and whose time it counts is not known beyond its wording."
            ),
        ),
        method=(("What is shown", "The words and figures as printed, unchanged."),),
        kind=Kind.PRINTED,
        about="What was printed of the cost of implementing, and what was not.",
    )
)
