"""What later, stronger studies of the same programme found."""

from typing import Final

import pandas as pd

from analytics.publication.finding import Finding, Tables, register
from analytics.selection import Selection
from data import sources
from data.schema import text
from data.source import Kind

COLUMNS: Final = (
    text("topic", "Topic"),
    text("finding", "Finding"),
    text("figure", "Figure"),
    text("confidence", "How sure the reading is"),
    text("source_url", "Read at"),
    text("note", "Note"),
)
NOT_REPORTED: Final = "not reported in the sources held"
OUTCOMES: Final = ("Design", "DiD outcome", "LA-level outcomes", "Workforce", "Observation")


def later_findings(tables: Tables, _selection: Selection) -> pd.DataFrame:
    """List the findings of the later studies that bear on outcomes, design first.

    Args:
        tables: Later studies by key.
        _selection: Not used: these figures do not depend on a selection.
    """
    frame = tables[sources.LATER_STUDIES.key].frame
    frame = frame[frame["topic"].str.startswith(OUTCOMES)].copy()
    frame["topic"] = frame["topic"].str.replace("DiD outcome", "Matched comparison, outcome")
    frame["topic"] = frame["topic"].str.replace("LA-level outcomes (App 9)", "Authority level")
    return frame.fillna({"figure": NOT_REPORTED, "note": ""}).reset_index(drop=True)


def _says(_frame: pd.DataFrame, _selection: Selection) -> str:
    return (
        "A matched difference in differences on children's records in nine of the ten authorities "
        "of the second programme (2020/21) detected no effect on the duration of assessments or on "
        "re-referral, and found kinship care 13 percentage points lower, the opposite of the aim."
    )


studies: Final = register(
    Finding(
        key="later-studies",
        title=lambda _selection: "What later studies found",
        subtitle=lambda _selection: "Second programme, 2017 to 2020, nine authorities analysed",
        unit=lambda _selection: "",
        sources=(sources.LATER_STUDIES,),
        columns=COLUMNS,
        analyse=later_findings,
        sentence=_says,
        notes=lambda _frame, _selection: (
            (
                "Nine of the ten first pilots (all but Tower Hamlets) took part in the second "
                "programme. "
                "Where a figure was not printed in what could be read, it says so."
            ),
        ),
        method=lambda _selection: (
            (
                "Design",
                (
                    "Individual-level matched difference in differences on records held by the "
                    "Department; stronger than a comparison of authorities."
                ),
            ),
            ("Reading", "Taken from public summaries; the full tables could not be read."),
        ),
        kind=Kind.PUBLISHED,
        whole="",
        about="Findings of the studies that followed, as printed.",
    )
)
