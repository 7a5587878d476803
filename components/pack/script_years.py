"""Scripts of packs as they are sent: with the years of the tables they are sent with."""

import re
from typing import Final

from analytics.measures.indicators.indicator import FIRST_YEAR, LAST_YEAR
from analytics.measures.ratios import ratio

#: Lines that say years, in Python and in R, and what they say when they are sent.
_LINES: Final = (
    (r"^FIRST_YEAR: Final = \d+", f"FIRST_YEAR: Final = {FIRST_YEAR}"),
    (r"^LAST_YEAR: Final = \d+", f"LAST_YEAR: Final = {LAST_YEAR}"),
    (r"^LAST_YEAR_OF_SPENDING: Final = \d+", f"LAST_YEAR_OF_SPENDING: Final = {ratio.LAST_YEAR}"),
    (r"^all_years <- function\(\) \d+:\d+", f"all_years <- function() {FIRST_YEAR}:{LAST_YEAR}"),
    (r"^last_of_spending <- function\(\) \d+", f"last_of_spending <- function() {ratio.LAST_YEAR}"),
)
_FILES: Final = {"pack.py", "pack.R"}


def with_years(name: str, content: bytes) -> bytes:
    """Return a script with the years of the tables.

    Args:
        name: Of the script; years are said in one file of each language.
        content: As it is in the project.
    """
    if name not in _FILES:
        return content
    words = content.decode()
    for line, said in _LINES:
        words = re.sub(line, said, words, flags=re.MULTILINE)
    return words.encode()
