"""Written days as days: every form that has one meaning, and why another is refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import Final

NO_DAY: Final = ""

_TIME: Final = (
    r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:am|pm|Z|UTC|[+-]\d{2}:?\d{2}))?)?"
)
_YEAR_FIRST: Final = re.compile(
    rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII | re.IGNORECASE
)
_DIGITS_ONLY: Final = re.compile(r"(\d{4})()(\d{2})(\d{2})", re.ASCII)
_NUMBERS: Final = re.compile(
    rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.ASCII | re.IGNORECASE
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?,? )?"
_DAY_MONTH: Final = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[-/. ,]*([a-z]{{3,9}})[-/. ,]*(\d{{4}}){_TIME}",
    re.ASCII | re.IGNORECASE,
)
_MONTH_DAY: Final = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})[-/. ]*(\d{{1,2}})(?:st|nd|rd|th)?[-/. ,]+(\d{{4}}){_TIME}",
    re.ASCII | re.IGNORECASE,
)
_SHORT_YEAR: Final = re.compile(r"(?:\d{1,2}|[a-z]{3,9})[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]'?\d{2}",
    re.ASCII | re.IGNORECASE)  # fmt: skip
#: Five digits, from 1927 to 2099: four would take a year alone for a day.
_SERIAL: Final = re.compile(r"([1-9]\d{4})(?:\.\d+)?", re.ASCII)
_SERIAL_START: Final = date(1899, 12, 30)
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2099
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MOST_MONTHS: Final = 12
#: Days between the two counts of spreadsheets, one from 1900 and one from 1904.
APART: Final = timedelta(days=1462)

ISO: Final = "the day as 2015-03-31"
AMBIGUOUS: Final = f"{ISO}: which number is the month cannot be told"
SHORT: Final = f"{ISO}, with a year of four digits"
OTHER_COUNT: Final = (
    f"{ISO}: as numbers of days from 1900 these lie years before the other days of the column, so "
    "the workbook may count from 1904"
)


class _Order(Enum):
    """What a day in numbers shows of the order of day and month."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()
    UNCLEAR = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of a column.

    Attributes:
        days: Each distinct word as YYYY-MM-DD, or ``NO_DAY``.
        refused: What a word that is no day should be, where more than "a day" can be said.
        notes: What was taken for granted.
    """

    days: dict[str, str]
    refused: dict[str, str]
    notes: tuple[str, ...]


def days(words: Iterable[str]) -> Days:
    """Read the distinct words of a column.

    A day such as 03/04/2015 is read as day and month where another of the column can only be so
    and none can only be month and day; otherwise it is refused.

    Args:
        words: Plain: no look-alike characters.
    """
    listed = list(dict.fromkeys(words))
    serial = {
        word: _counted(int(number[1])) for word in listed if (number := _SERIAL.fullmatch(word))
    }
    slashed = {
        word: _either(int(one[4]), int(one[1]), int(one[3]))
        for word in listed
        if (one := _NUMBERS.fullmatch(word))
    }
    orders = {order for _, order in slashed.values()} - {_Order.NONE, _Order.UNCLEAR}
    unclear = [word for word, (_, order) in slashed.items() if order is _Order.UNCLEAR]
    found = {word: _written(word) for word in listed}
    found |= serial | {word: day for word, (day, _) in slashed.items()}
    refused = {word: SHORT for word in listed if not found[word] and _SHORT_YEAR.fullmatch(word)}
    if orders != {_Order.DAY_FIRST}:
        found |= dict.fromkeys(unclear, NO_DAY)
        refused |= dict.fromkeys(unclear, AMBIGUOUS)
    if _other_count(serial, found):
        found |= dict.fromkeys(serial, NO_DAY)
        refused |= dict.fromkeys(serial, OTHER_COUNT)
    return Days(days=found, refused=refused, notes=_notes(found, unclear, serial))


def _notes(found: dict[str, str], unclear: list[str], serial: dict[str, str]) -> tuple[str, ...]:
    """Say what was taken for granted: the order of numbers, and where days start."""
    notes: list[str] = []
    if read := next((word for word in unclear if found[word]), ""):
        notes.append(f"days such as {read} were read as day, month, year")
    if read := next((word for word in serial if found[word]), ""):
        notes.append(
            f"numbers such as {read} were read as days counted from 1900 ({found[read]}); where a "
            "workbook counts from 1904, write the days out"
        )
    return tuple(notes)


def _either(year: int, first: int, second: int) -> tuple[str, _Order]:
    """Return a day of which two numbers may be the month, and what shows which is."""
    day = _day(year, second, first)
    if first == second:
        return day, _Order.NONE
    if max(first, second) <= _MOST_MONTHS:
        return day, _Order.UNCLEAR
    if first > _MOST_MONTHS:
        return day, _Order.DAY_FIRST if day else _Order.NONE
    other = _day(year, first, second)
    return other, _Order.MONTH_FIRST if other else _Order.NONE


def _other_count(serial: dict[str, str], found: dict[str, str]) -> bool:
    """Whether counted days lie before all written ones, by about what the counts are apart."""
    counted = sorted(day for day in serial.values() if day)
    written = sorted(day for word, day in found.items() if day and word not in serial)
    if not counted or not written:
        return False
    gap = date.fromisoformat(written[0]) - date.fromisoformat(counted[-1])
    return gap > APART / 2


def _written(word: str) -> str:
    if found := _YEAR_FIRST.fullmatch(word) or _DIGITS_ONLY.fullmatch(word):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _DAY_MONTH.fullmatch(word):
        return _day(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.fullmatch(word):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    return NO_DAY


def _month(word: str) -> int:
    short = word.casefold()
    short = "sep" if short == "sept" else short
    named = (at for at, name in enumerate(_MONTHS, 1) if short in {name, name[:3]})
    return next(named, 0)


def _counted(number: int) -> str:
    day = _SERIAL_START + timedelta(days=number)
    return day.isoformat() if day.year <= _LAST_YEAR else NO_DAY


def _day(year: int, month: int, number: int) -> str:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return NO_DAY
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return NO_DAY
