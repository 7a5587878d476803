"""Words of a reader's file as the values of a field; what is not understood fails its check."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from data.records.record import Field, FieldKind

#: Stand for words that are no value of their field; no value is like them.
NO_TEXT: Final = ""
NO_NUMBER: Final = np.inf

_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_LABEL: Final = re.compile(r"[\w .-]{1,40}")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_DAY_FIRST: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
#: Five digits, from 1927 to 2099: four would take a year alone for a day.
_SERIAL: Final = re.compile(r"[1-9]\d{4}", re.ASCII)
_SERIAL_START: Final = date(1899, 12, 30)
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2099


def understood(cells: pd.Series, field: Field, *, commas: bool) -> pd.Series:
    """Return words as values: numbers as floats, the rest as words, missing as missing.

    Each distinct word is looked at once.

    Args:
        cells: Words without spaces round them.
        field: What they are to be.
        commas: Whether numbers may have a decimal comma; where one has, all of the column do.
    """
    codes, distinct = pd.factorize(cells)
    words = [str(word) for word in distinct]
    if field.kind in {FieldKind.WHOLE, FieldKind.NUMBER}:
        mark = "," if commas and any("," in word for word in words) else "."
        whole = field.kind is FieldKind.WHOLE
        numbers = [_number(word, mark=mark, whole=whole) for word in words]
        return pd.Series(np.array([*numbers, np.nan])[codes], index=cells.index)
    read = _reader(field)
    texts = pd.array([*(read(word) for word in words), None], dtype="str")
    return pd.Series(texts.take(codes), index=cells.index)


def _reader(field: Field) -> Callable[[str], str]:
    match field.kind:
        case FieldKind.CHOICE:
            answers = {_plain(answer): answer for answer in field.allowed}
            return lambda word: answers.get(_plain(word), NO_TEXT)
        case FieldKind.DATE:
            return _day
        case _:
            return lambda word: word if _LABEL.fullmatch(word) else NO_TEXT


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _number(word: str, *, mark: str, whole: bool) -> float:
    plain = word.replace(",", ".") if mark == "," and "." not in word else word
    if not _NUMBER.fullmatch(plain) or (mark == "," and "." in word):
        return NO_NUMBER
    number = float(plain)
    return NO_NUMBER if whole and not number.is_integer() else number


def _day(word: str) -> str:
    if _SERIAL.fullmatch(word):
        day = _SERIAL_START + timedelta(days=int(word))
        return day.isoformat() if day.year <= _LAST_YEAR else NO_TEXT
    if found := _ISO.fullmatch(word):
        year, month, number = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(word):
        number, month, year = map(int, found.groups())
    else:
        return NO_TEXT
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return NO_TEXT
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return NO_TEXT
