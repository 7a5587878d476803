"""Everything that is shown of the record tables. A cell that is not of a view is never shown."""

from collections.abc import Iterator
from typing import Final

from analytics.records.view import ANSWERED, BASE, Part, View
from data.records.record import Field, FieldKind, RecordTable
from data.records.tables import RECORD_TABLES

#: The points in time of each table: the field that tells them, and its values.
POINTS: Final[dict[str, str]] = {
    "social_worker_survey": "wave",
    "family_interviews": "interview",
    "case_records": "reading",
}
#: The answers that are counted together, by the scale they belong to: the upper ones.
UPPER: Final[dict[tuple[str, ...], tuple[str, ...]]] = {}
TOGETHER: Final = "upper"
#: Items counted together: shares of the second among those who gave each answer to the first.
CROSSED: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "family_interviews": (("involved_planning", "goals_achieved"),),
    "case_records": (("cohort", "grade"),),
}
"""Placeholder"""


def views_of(key: str) -> tuple[View, ...]:
    """Return every view of a record table.

    Args:
        key: Key of the record table.
    """
    return tuple(_views(RECORD_TABLES[key]))
