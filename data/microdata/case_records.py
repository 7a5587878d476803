"""Case records read at two points: which elements of the approach they hold, and their grade."""

from typing import Final

from data.microdata.fields import BAND, PILOT, ordered, point
from data.microdata.record import Field, FieldKind, RecordTable

COHORTS: Final = ("early", "late")
FOUND: Final = ("absent", "present")
GRADES: Final = ("poor", "limited", "reasonable", "good")
#: Grades the summary counts together.
REASONABLE_OR_GOOD: Final = ("reasonable", "good")

_CHECKLIST: Final = "elements a later quality dashboard of the same programme listed"

#: Fields that say whether an element was found.
TOOLS: Final = (
    "mapping",
    "danger_statement",
    "work_with_children",
    "network",
    "safety_plan",
)

CASE_RECORDS: Final = RecordTable(
    key="case_records",
    title="Case records read at two points",
    row="one case record at one reading",
    unique=("record", "reading"),
    person="record",
    point="reading",
    fields=(
        Field(
            name="record",
            label="Record",
            kind=FieldKind.LABEL,
            about="Never a case number. The same record has the same label at both readings.",
        ),
        PILOT,
        BAND,
        point("reading", "Reading", "1 for the first reading, 2 for the second."),
        Field(
            name="cohort",
            label="Recruited",
            kind=FieldKind.CHOICE,
            allowed=COHORTS,
            ordered=True,
            about="Whether the family joined the study early or late.",
            origin="the summary compares families recruited earlier and later",
        ),
        ordered("mapping", "Mapping", FOUND, origin=_CHECKLIST),
        ordered("danger_statement", "Danger statement", FOUND, origin=_CHECKLIST),
        ordered("work_with_children", "Work with children", FOUND, origin=_CHECKLIST),
        ordered("network", "Family network", FOUND, origin=_CHECKLIST),
        ordered("safety_plan", "Safety plan", FOUND, origin=_CHECKLIST),
        ordered(
            "grade",
            "Grade of the recording of the approach",
            GRADES,
            origin=(
                "reasonable and good are named in the summary; the two steps below are this "
                "explorer's, the rest of the scale is not reported in the sources held"
            ),
        ),
    ),
)
