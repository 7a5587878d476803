"""The one setting of disclosure control for records of people."""

from typing import Final

#: Fewest people a shown cell, mean or group may be of.
LEAST_PEOPLE: Final = 10
#: Fewest people a percentage may be of.
LEAST_BASE: Final = 20
#: Most pilots that are shown one by one; with more, records are shown by band.
MOST_PILOTS: Final = 15

WORDS: Final = (
    f"Nothing is shown of fewer than {LEAST_PEOPLE} people, and no percentage of fewer than "
    f"{LEAST_BASE}; other cells are hidden with it where it could be worked out from them, in this "
    "table or in any other, under this choice of bands or any other. How many gave no answer is "
    "no secret."
)
