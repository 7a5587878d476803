"""Every published aggregate that record tables could contradict, and what lies beyond them."""

from typing import Final

from tests.data.microdata.aggregate import SIZES, Aggregate
from tests.data.microdata.printed_families import FAMILIES, FAMILY_ITEMS
from tests.data.microdata.printed_records import CASE_ITEMS, CASE_RECORDS
from tests.data.microdata.printed_scores import SCORES, SOURCE
from tests.data.microdata.printed_workers import PROFILE, PROFILE_ITEMS, SURVEY_ITEMS, WORKERS

AGGREGATES: Final[tuple[Aggregate, ...]] = (
    *SCORES,
    *FAMILIES,
    *CASE_RECORDS,
    *WORKERS,
    *PROFILE,
)

_NO_COLUMN: Final = "no record table has a column it could be read from"
_OTHER_STUDY: Final = "of the later evaluation, whose records are not simulated"
_OTHER_SCALE: Final = "another instrument, of the consultants"
_NO_FIGURE: Final = "no figure is reported in the sources held"
_NOT_RECORDS: Final = "not of records about workers, families or cases"

#: Rows of the published tables that no record table could contradict, by source key and by the
#: beginning of the cell that names them, with the reason.
BEYOND: Final[dict[str, dict[str, str]]] = {
    FAMILY_ITEMS: {
        "Ethnicity": _NO_COLUMN,
        "Two adults in the home": _NO_COLUMN,
        "Children in the home": _NO_COLUMN,
        "Older adult children": _NO_COLUMN,
        "Other children not living": _NO_COLUMN,
    },
    SOURCE: {"children": _NO_FIGURE},
    CASE_ITEMS: {
        "Assessments": _NO_COLUMN,
        "Use of DfE Assessment Framework": _NO_COLUMN,
        "Case-level elements": "names the columns; says nothing of records",
    },
    SURVEY_ITEMS: {"EIP2": _OTHER_STUDY},
    PROFILE_ITEMS: {"consultants-scale": _OTHER_SCALE},
    SIZES: {
        "leaders": _NO_COLUMN,
        "indicators": _NOT_RECORDS,
        "spending-years": _NOT_RECORDS,
        "effort": _NOT_RECORDS,
        "report": _NOT_RECORDS,
        "first-project-length": _NOT_RECORDS,
        "second-project-grant": _NOT_RECORDS,
    },
}
