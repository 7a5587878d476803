"""Written days as days: every form that has one meaning, and why another is refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

NO_DAY: Final = ""

_TIME: Final = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?(?:am|pm|Z|UTC|[+-]\d{2}:?\d{2}))?)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.A | re.I)
_DIGITS_ONLY: Final = re.compile(r"(\d{4})()(\d{2})(\d{2})", re.A)
_NUMBERS: Final = re.compile(rf"(\d{{1,2}})([-/. ])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.A | re.I)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?,? )?"
_DAY_MONTH: Final = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[-/. ,]*([a-z]{{3,9}})[-/. ,]*(\d{{4}}){_TIME}",
    re.A | re.I,
)
_MONTH_DAY: Final = re.compile(
    rf"{_WEEKDAY}([a-z]{{3,9}})[-/. ]*(\d{{1,2}})(?:st|nd|rd|th)?[-/. ,]+(\d{{4}}){_TIME}",
    re.A | re.I,
)
_SHORT_YEAR: Final = re.compile(r"(?:\d{1,2}|[a-z]{3,9})[-/. ](?:\d{1,2}|[a-z]{3,9})[-/. ]'?\d{2}",
    re.A | re.I)  # fmt: skip
#: Five digits, from 1927 to 2099: four would take a year alone for a day.
_SERIAL: Final = re.compile(r"([1-9]\d{4})(?:\.\d+)?", re.A)
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
    found: dict[str, str] = {}
    refused: dict[str, str] = {}
    unclear: dict[str, str] = {}
    serial: dict[str, str] = {}
    orders: set[str] = set()
    for word in words:
        if numbers := _NUMBERS.fullmatch(word):
            first, second, year = int(numbers[1]), int(numbers[3]), int(numbers[4])
            day = _day(year, second, first)
            if first <= _MOST_MONTHS and second <= _MOST_MONTHS and first != second:
                unclear[word] = day
            elif first != second:
                orders.add("day" if first > _MOST_MONTHS else "month")
                day = day or _day(year, first, second)
            found[word] = day
        elif number := _SERIAL.fullmatch(word):
            found[word] = serial[word] = _counted(int(number[1]))
        else:
            found[word] = _written(word)
            if not found[word] and _SHORT_YEAR.fullmatch(word):
                refused[word] = SHORT
    if orders != {"day"}:
        found |= dict.fromkeys(unclear, NO_DAY)
        refused |= dict.fromkeys(unclear, AMBIGUOUS)
    if _other_count(serial, found):
        found |= dict.fromkeys(serial, NO_DAY)
        refused |= dict.fromkeys(serial, OTHER_COUNT)
    notes: list[str] = []
    if unclear and orders == {"day"}:
        notes.append(f"days such as {next(iter(unclear))} were read as day, month, year")
    read = next(((word, day) for word, day in serial.items() if found[word]), None)
    if read:
        notes.append(
            f"numbers such as {read[0]} were read as days counted from 1900 ({read[1]}); where a "
            "workbook counts from 1904, write the days out"
        )
    return Days(days=found, refused=refused, notes=tuple(notes))


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
