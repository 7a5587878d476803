"""Words of a reader's file as the values of a field; what is not understood fails its check."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from data.microdata.record import Field, FieldKind
from data.user_data.days import ISO, days
from data.user_data.words import CODES, alike, comparable, says_nothing

#: Stand for words that are no value of their field; no value is like them.
NO_TEXT: Final = ""
NO_NUMBER: Final = np.inf

_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
#: The first character is never one that begins a formula.
_LABEL: Final = re.compile(r"[^\W_][\w .,&'/()-]{0,59}")
_COUNTED: Final = re.compile(
    r"(?:wave|time ?point|time|t|w|interview|reading|point|profile|round|survey|week|wk|number|no)"
    r"[ .:#_-]*(\d{1,2})(?:\.0)?",
    re.ASCII | re.IGNORECASE,
)
_ORDINALS: Final = {
    word: number
    for number, words in (
        ("1", "one first 1st baseline"),
        ("2", "two second 2nd follow-up followup"),
    )
    for word in words.split()
}
_COUNTED_AFTER: Final = re.compile(
    r"(.+?) (?:wave|interview|reading|point|profile|round|survey|week)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A column as values.

    Attributes:
        held: Numbers as floats, the rest as words, missing as missing.
        nothing: The words that were read as no answer, each with how many cells hold it.
        expected: By word, what it should be where more can be said than the field's own words.
        notes: What was taken for granted.
    """

    held: pd.Series
    nothing: dict[str, int] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def understood(cells: pd.Series, field: Field, *, commas: bool) -> Understood:
    """Return words as values. Each distinct word is looked at once.

    Args:
        cells: Words without spaces round them.
        field: What they are to be.
        commas: Whether numbers may have a decimal comma; where one has, all of the column do.
    """
    codes, distinct = pd.factorize(cells)
    words: list[str] = distinct.tolist()
    said = {word: alike(word) for word in words}
    nothing = _nothing(said, codes, field)
    for word in nothing:
        del said[word]
    if field.kind in {FieldKind.WHOLE, FieldKind.NUMBER}:
        mark = "," if commas and any("," in word for word in said.values()) else "."
        numbers = {word: _value(plain, field, mark=mark) for word, plain in said.items()}
        held = np.array([*(numbers.get(word, np.nan) for word in words), np.nan])[codes]
        values, expected, notes = pd.Series(held, index=cells.index), _codes(numbers, field), ()
    else:
        read, expected, notes = _reader(field, said)
        texts = [*(read(said[word]) if word in said else None for word in words), None]
        values = pd.Series(pd.array(texts, dtype="str").take(codes), index=cells.index)
        expected = {word: expected[plain] for word, plain in said.items() if plain in expected}
        if field.kind is not FieldKind.LABEL:
            wrong = {word: texts[at] for at, word in enumerate(words) if texts[at] == NO_TEXT}
            numbers = {word: _number(said[word], mark=".", whole=True) for word in wrong}
            expected |= _codes(numbers, field)
    return Understood(held=values, nothing=nothing, expected=expected, notes=notes)


def _nothing(said: dict[str, str], codes: np.ndarray, field: Field) -> dict[str, int]:
    """Return the words that are no answer, with their cells; what is allowed is an answer."""
    allowed = {comparable(answer) for answer in field.allowed}
    counts = np.bincount(codes[codes >= 0], minlength=len(said)).tolist()
    return {
        word: count
        for (word, plain), count in zip(said.items(), counts, strict=True)
        if says_nothing(plain) and comparable(word) not in allowed
    }


def _reader(
    field: Field, said: dict[str, str]
) -> tuple[Callable[[str], str], dict[str, str], tuple[str, ...]]:
    match field.kind:
        case FieldKind.CHOICE:
            answers = {comparable(answer): answer for answer in field.allowed}
            return lambda word: answers.get(comparable(word), NO_TEXT), {}, ()
        case FieldKind.DATE:
            found = days(said.values())
            plain = {word: ISO for word, day in found.days.items() if not day}
            return found.days.__getitem__, plain | found.refused, found.notes
        case _:
            return lambda word: word if _LABEL.fullmatch(word) else NO_TEXT, {}, ()


def _value(word: str, field: Field, *, mark: str) -> float:
    return _number(
        _bare(word) if field.counted else word, mark=mark, whole=field.kind is FieldKind.WHOLE
    )


def _bare(word: str) -> str:
    """Return the number in words such as "Wave 1", "T2" or "first interview"."""
    if found := _COUNTED.fullmatch(word):
        return found[1]
    after = _COUNTED_AFTER.fullmatch(word)
    return _ORDINALS.get((after[1] if after else word).casefold(), word)


def _codes(numbers: dict[str, float], field: Field) -> dict[str, str]:
    """Say of numbers out of range that are usual codes for no answer that they look like it."""
    least = -np.inf if field.minimum is None else field.minimum
    most = np.inf if field.maximum is None else field.maximum
    empty = "leave such cells empty" if field.optional else "the answer itself"
    return {
        word: f"{field.expected}; {word} looks like a code for no answer: {empty}"
        for word, number in numbers.items()
        if number in CODES and (field.minimum is None or not least <= number <= most)
    }


def _number(word: str, *, mark: str, whole: bool) -> float:
    plain = word.replace(",", ".") if mark == "," and "." not in word else word
    if not _NUMBER.fullmatch(plain) or (mark == "," and "." in word):
        return NO_NUMBER
    number = float(plain)
    return NO_NUMBER if whole and not number.is_integer() else number
