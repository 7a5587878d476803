"""What is said beside every finding on records."""

from math import isnan
from typing import Final

from analytics.disclosure.rules import WORDS
from analytics.selection.selection import Selection
from analytics.text.wording import listed, number
from data.schema import Column, ColumnKind, key_text

CHOICES: Final = (
    "Only the choice of bands applies: pilots of the records are letters, so named pilots, "
    "comparator and years do not."
)
NOTES: Final = (CHOICES, WORDS)
HIDDEN: Final = "hidden"
#: Why every figure that a sentence would be about is hidden.
WHY_HIDDEN: Final = "Each figure is of too few people, or would give such a figure away."
N: Final = Column(
    name="n",
    label="n",
    unit="",
    kind=ColumnKind.COUNT,
    decimals=0,
    beside=True,
    about="How many the row is a share or mean of.",
)
PEOPLE: Final = Column(name="people", label="Of these", kind=ColumnKind.COUNT, decimals=0)
STATUS: Final = key_text("status", "Symbol", about="“small” where the figures are hidden.")
SHARES: Final = (
    PEOPLE,
    Column(name="share", label="Share", unit="%"),
    Column(name="low", label="95% interval, low", unit="%"),
    Column(name="high", label="95% interval, high", unit="%"),
    N,
    STATUS,
)


def shown_count(n: object) -> str:
    """Write how many people there are; say so where that is hidden.

    Args:
        n: Of a frame that has been through the door.
    """
    people = float(str(n))
    return HIDDEN if isnan(people) else number(people, 0)


def bands_words(selection: Selection) -> str:
    """Say whose records are shown and with what intervals, as a subtitle."""
    return f"{whose(selection)}, 95% intervals"


def whose(selection: Selection) -> str:
    """Say whose records are shown."""
    if selection.bands == selection.programme.bands:
        return "Pilots of every band"
    named = listed([f"“{band.short}”" for band in selection.bands])
    return f"Pilots of the {'band' if len(selection.bands) == 1 else 'bands'} {named}"
