"""Words for numbers and lists, as what data says of itself needs them."""

from collections.abc import Sequence
from typing import Final

#: Numbers as words, from none; larger ones are written in digits.
_NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip


def count_words(count: int) -> str:
    """Write a count in words where it is small: 4 as "four", 13 as "13".

    Args:
        count: From 0 up.
    """
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def joined(parts: Sequence[str], link: str = "and") -> str:
    """Join words as a sentence does: "a, b and c", or with another link before the last.

    Args:
        parts: One or more.
        link: Stands before the last.
    """
    *rest, last = parts
    return f"{', '.join(rest)} {link} {last}" if rest else last
