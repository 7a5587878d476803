"""Ofsted's overall grades: as its reports print them, and as code tells them apart."""

from enum import StrEnum
from typing import Final


class Grade(StrEnum):
    """An overall grade, or that a report gives none or none could be recovered from it."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires-improvement"
    INADEQUATE = "inadequate"
    NONE = ""

    @property
    def label(self) -> str:
        """The grade as a key and a sentence say it, in sentence case."""
        return {
            Grade.OUTSTANDING: "Outstanding",
            Grade.GOOD: "Good",
            Grade.REQUIRES_IMPROVEMENT: "Requires improvement",
            Grade.INADEQUATE: "Inadequate",
            Grade.NONE: "No overall grade",
        }[self]


#: As reports print them, in lower case.
_PRINTED: Final = {
    "outstanding": Grade.OUTSTANDING,
    "good": Grade.GOOD,
    "requires improvement": Grade.REQUIRES_IMPROVEMENT,
    "inadequate": Grade.INADEQUATE,
}


def grade_of(printed: object) -> Grade:
    """Return the grade of a cell of the table of inspections.

    Args:
        printed: As printed; anything that is no grade, an empty cell among it, is none.
    """
    return _PRINTED.get(str(printed).lower(), Grade.NONE)
