"""Symbols for values that are missing or qualified. None of them is a zero."""

from enum import StrEnum
from typing import Final


class Symbol(StrEnum):
    """A symbol as its publisher printed it, or as this project says why a value is missing."""

    CONFIDENTIAL = "c"
    NOT_AVAILABLE = "x"
    NOT_AVAILABLE_DOTS = ".."
    NOT_APPLICABLE = "z"
    NOT_APPLICABLE_DOT = "."
    UNAVAILABLE = "-"
    LOW_RELIABILITY = "u"
    ROUNDS_TO_ZERO = "low"
    PARTIAL_2014 = "partial-2014"
    OLDER_POPULATION = "older-pop"
    NO_POPULATION = "no-pop"
    NOT_PUBLISHED = "none"
    NOT_FIRST = "not-first"
    NO_LINE = "no-line"
    NOT_THEN = "not-then"
    FORMED = "formed"
    ZERO = "zero"
    NEGATIVE = "negative"
    SMALL = "small"
    JUMP = "jump"


MEANINGS: Final[dict[Symbol, str]] = {
    Symbol.CONFIDENTIAL: "suppressed by the publisher to protect confidentiality",
    Symbol.NOT_AVAILABLE: "not available",
    Symbol.NOT_AVAILABLE_DOTS: "not available",
    Symbol.NOT_APPLICABLE: "not applicable",
    Symbol.NOT_APPLICABLE_DOT: "not applicable",
    Symbol.UNAVAILABLE: "unavailable; the publisher does not say why",
    Symbol.LOW_RELIABILITY: "low reliability",
    Symbol.ROUNDS_TO_ZERO: "rounds to zero",
    Symbol.PARTIAL_2014: (
        "only part of the authority's assessments are in the count, because single assessments "
        "were introduced during 2013/14; shown, and left out of every comparison"
    ),
    Symbol.OLDER_POPULATION: (
        "a rate as printed, on older population estimates than those the series is divided by; no "
        "rebased population is held for this place and year; shown, and left out of every "
        "comparison"
    ),
    Symbol.NO_POPULATION: "no population to divide by",
    Symbol.NOT_PUBLISHED: "no figure is held for this place and year",
    Symbol.NOT_FIRST: "no figure as first published is held for this place and year",
    Symbol.NO_LINE: "the line, or the deflator, is not published for this year",
    Symbol.NOT_THEN: "the authority did not exist in this year",
    Symbol.FORMED: (
        "not published for this authority, which was formed by a change of boundaries; some "
        "figures are still published for the former authorities alone"
    ),
    Symbol.ZERO: "not worked out, because what it would be divided by is zero",
    Symbol.JUMP: (
        "a line it is made of moved by more than half from the year before: read with care, it may "
        "be accounting"
    ),
    Symbol.SMALL: (
        "hidden, because too few people are in it, or because it would tell of a cell with too few"
    ),
    Symbol.NEGATIVE: "not worked out, because the return holds negative spend",
}

#: Symbols of values that are shown and enter no comparison.
NOT_COMPARED: Final = (Symbol.PARTIAL_2014, Symbol.OLDER_POPULATION)


def meaning(symbol: str) -> str:
    """Say what a symbol means, or repeat one the registry does not know."""
    return (
        MEANINGS[Symbol(symbol)] if symbol in set(Symbol) else f"marked {symbol!r} by the publisher"
    )
