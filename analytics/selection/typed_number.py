"""Numbers as people type or paste them: read in one way only, or not at all.

A comma marks thousands and a point marks decimals. What could be two numbers is refused, so that
it never becomes another number in silence.
"""

import re
from typing import Final

#: Spaces that people paste: no-break, narrow no-break, thin, figure and punctuation space.
_SPACES: Final = re.compile(r"[\u00a0\u202f\u2009\u2007\u2008]")
_SIZES: Final = {"": 1, "k": 1_000, "m": 1_000_000}
_NUMBER: Final = re.compile(
    r"(?P<whole>[0-9]{0,9}|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)"
    r"(?P<decimals>\.[0-9]{0,18})?(?: ?(?P<size>[kKmM]))?"
)
#: 50.000 is fifty here and fifty thousand elsewhere; 0.500 can only be a half.
_EITHER: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{2}0")
#: Pounds have two decimals, so three figures after a point may well be thousands.
_EITHER_POUNDS: Final = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_DECIMAL_COMMA: Final = re.compile(r"(?P<whole>[0-9]{1,3}(?:[. ]?[0-9]{3})*),(?P<decimals>[0-9]+)")


def read_number(words: str, *, pounds: bool = False, per_cent: bool = False) -> float | None:
    """Read "1500", "1,500", "1 500", "1500.50" or "1.5k"; "£1,500" and "30%" where meant.

    Args:
        words: What was typed.
        pounds: Whether an amount in pounds is meant, so that "£" may stand before it.
        per_cent: Whether a percentage is meant, so that "%" may stand after it.

    Returns:
        The number, or None where it is no number or could be two.
    """
    plain = _bare(words, pounds=pounds, per_cent=per_cent)
    found = _NUMBER.fullmatch(plain)
    if found is None or _either(plain, pounds=pounds):
        return None
    whole = re.sub("[, ]", "", found["whole"])
    decimals = (found["decimals"] or "").removeprefix(".")
    if not whole and not decimals:
        return None
    return float(f"{whole or 0}.{decimals or 0}") * _SIZES[(found["size"] or "").lower()]


def meant(words: str, *, pounds: bool = False, per_cent: bool = False) -> str:
    """Say how to write what was probably meant by words that were not read.

    Args:
        words: What was typed.
        pounds: Whether an amount in pounds is meant.
        per_cent: Whether a percentage is meant.

    Returns:
        The number as it is read here, or both where it could be two; empty where it is unclear.
    """
    plain = _bare(words, pounds=pounds, per_cent=per_cent)
    if _either(plain, pounds=pounds):
        return f"{plain.replace('.', ',')} or {float(plain):.2f}"
    comma = _DECIMAL_COMMA.fullmatch(plain)
    if comma is None:
        return ""
    whole = re.sub("[. ]", "", comma["whole"])
    return f"{int(whole):,}.{comma['decimals']}"


def _either(plain: str, *, pounds: bool) -> bool:
    return (_EITHER_POUNDS if pounds else _EITHER).fullmatch(plain) is not None


def _bare(words: str, *, pounds: bool, per_cent: bool) -> str:
    plain = _SPACES.sub(" ", words).strip()
    if pounds:
        plain = plain.removeprefix("£").lstrip()
    return plain.removesuffix("%").rstrip() if per_cent else plain
