"""What the evaluation printed of the cost of implementing, and what it is not known to have."""

from typing import Final

import pandas as pd

from analytics.programme import PROGRAMME
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.selection import Selection
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
EFFORT: Final = "implementation effort"
#: Its row of the table of later studies, by topic.
COST_STUDY: Final = "App 11 cost study"
ASKED: Final = "Pounds, grade, on-costs, training days and fees, each pilot's own effort"


def published_cost(tables: Tables, _selection: Selection) -> pd.DataFrame:
    """Return the one estimate that was printed, and what a commissioner would ask next.

    Args:
        tables: Sizes and later studies by key.
        _selection: Plays no part.
    """
    sizes = tables[sources.SIZES.key].frame.fillna("")
    effort = sizes[sizes["fact"] == EFFORT]
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
    studies = tables[sources.LATER_STUDIES.key].frame.fillna("")
    later = studies[studies["topic"] == COST_STUDY]
    rows += [
        (
            PROGRAMME.later.costs,
            NOT_REPORTED,
            f"Headings only: {row['finding']}",
            Kind.LATER.label,
            row["source_url"],
            row["figure"],
        )
        for _, row in later.iterrows()
    ]
    return pd.DataFrame(rows, columns=list(NAMES))


def _summary(frame: pd.DataFrame, _selection: Selection) -> str:
    held = frame.iloc[0]
    return (
        f"The evaluation's summary put the effort of implementing at {held['printed']}: "
        f"{held['detail']}. What that cost in pounds is {NOT_REPORTED}. {PROGRAMME.later.costs_say}"
    )


published: Final = register(
    Finding(
        key="costs-published",
        title="What the evaluation said implementing took",
        subtitle="As printed in its summary, and what was not",
        sources=(sources.SIZES, sources.LATER_STUDIES),
        columns=COLUMNS,
        analyse=published_cost,
        sentence=_summary,
        notes=(
            (
                f"One estimate for {PROGRAMME.many} pilots of very different size; no interval was "
                "printed, and "
                "whose time it counts is not known beyond its wording."
            ),
        ),
        method=(("What is shown", "The words and figures as printed, unchanged."),),
        kind=Kind.PRINTED,
        about="What was printed of the cost of implementing, and what was not.",
    )
)
