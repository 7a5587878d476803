"""What is wrong with a reader's data: grouped, the cause first, at most a screen of it."""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from pathlib import Path
from textwrap import wrap
from typing import Final

from data.wording import joined

LONGEST: Final = 60  # characters of a cell that are shown
SCREEN: Final = 20  # lines of 80 characters that a message may fill
EXAMPLES: Final = 3  # different cells that one line shows
HINT: Final = "Add --faults FILE to the command to have all of them written to a file."
_WIDTH: Final = 80
_LONG_LIST: Final = 200  # characters of what was expected, before it is cut
_LAST_LATIN: Final = 0x24F
_MOST_ROWS: Final = 5  # rows that one line names


class Cause(IntEnum):
    """What a fault may be the cause of: the lower its number, the more others follow from it."""

    FILE = 0  # the file cannot be read as a table: nothing else is said of it
    HEADINGS = 1
    CELLS = 2
    ROWS = 3  # cells that are right one by one, and wrong together


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What was found, and where.

    Attributes:
        found: What is there, escaped and shortened where it is the reader's text.
        rows: Its rows in the file; none where it is the whole file.
    """

    found: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One kind of thing that is wrong in one file, with every place where it is.

    Attributes:
        file: Name of the file.
        expected: What should be there.
        places: Where what was found.
        columns: Names of the columns, or none.
        cause: How much may follow from it.
        together: Whether the rows of a place are wrong only together, and not each alone.
        because: What all of it comes from, in words that stand first, or empty.
    """

    file: str
    expected: str
    places: tuple[Place, ...]
    columns: tuple[str, ...] = ()
    cause: Cause = Cause.CELLS
    together: bool = False
    because: str = ""

    @property
    def count(self) -> int:
        """How often it is wrong."""
        return self._count(self.places)

    def _count(self, places: tuple[Place, ...]) -> int:
        return sum(1 if self.together else max(len(place.rows), 1) for place in places)

    @property
    def line(self) -> str:
        """The problem in one line, with a few examples and a few rows."""
        if self.count == 1:
            return "".join(self._one(place, place.rows, most=_MOST_ROWS) for place in self.places)
        column = _named("column", self.columns)
        unit = "cells" if self.cause is Cause.CELLS and not self.together else "times"
        found = [f"{place.found}{self._where(place)}" for place in self.places[:EXAMPLES]]
        if left := self._count(self.places[EXAMPLES:]):
            found.append(f"{left:,} more")
        head = f"{column}, {self.count:,} {unit}" if column else f"{self.count:,} {unit}"
        expected = (
            self.expected if len(self.expected) <= _LONG_LIST else f"{self.expected[:_LONG_LIST]}…"
        )
        return f"{self.file}: {head}: {self._why}found {joined(found)}, expected {expected}"

    def lines(self) -> Iterator[str]:
        """Each place in a line of its own, whole."""
        for place in self.places:
            whole = self.together or not place.rows
            for rows in [place.rows] if whole else [(row,) for row in place.rows]:
                yield self._one(place, rows)

    def _one(self, place: Place, rows: tuple[int, ...], *, most: int = 0) -> str:
        where = [part for part in (_rows(rows, most), _named("column", self.columns)) if part]
        middle = f" {', '.join(where)}:" if where else ""
        return f"{self.file}:{middle} {self._why}found {place.found}, expected {self.expected}"

    @property
    def _why(self) -> str:
        return f"{self.because}: " if self.because else ""

    def _where(self, place: Place) -> str:
        if self.together and place.rows:
            return f" ({_rows(place.rows, _MOST_ROWS)})"
        more = f" and {len(place.rows) - 1:,} more" if len(place.rows) > 1 else ""
        return "".join(f" (row {row}{more})" for row in place.rows[:1])


def _rows(rows: tuple[int, ...], most: int) -> str:
    """Name rows, as many as may be; 0 for all."""
    if most and len(rows) > most + 1:
        listed = ", ".join(str(row) for row in rows[:most])
        return f"rows {listed} and {len(rows) - most:,} more"
    return _named("row", rows)


def _named(what: str, parts: tuple[object, ...]) -> str:
    if not parts:
        return ""
    return f"{what if len(parts) == 1 else what + 's'} {joined([str(part) for part in parts])}"


class UserDataError(ValueError):
    """A reader's data cannot be used. The message says why in a screen at most, causes first.

    Args:
        problems: Everything that is wrong; of a file that cannot be read as a table, only why.

    Attributes:
        problems: The same, causes first.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        given = tuple(problems)
        unread = {one.file for one in given if one.cause is Cause.FILE}
        kept = (one for one in given if one.cause is Cause.FILE or one.file not in unread)
        self.problems = tuple(sorted(kept, key=lambda one: one.cause))
        super().__init__("\n".join(_screen(self.problems)))

    def whole(self) -> Iterator[str]:
        """Every place of every problem, a line each."""
        for problem in self.problems:
            yield from problem.lines()

    def write(self, file: Path) -> None:
        """Write every place of every problem to a file that only its owner may read.

        Raises:
            OSError: It cannot be written.
        """
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in self.whole())


def _screen(problems: tuple[Problem, ...]) -> Iterator[str]:
    """Return a line for each problem, as many as a screen holds, each file getting its share."""
    files = tuple(dict.fromkeys(one.file for one in problems))
    share = max(SCREEN // max(len(files), 1), 1)
    cut = False
    for file in files:
        room = share
        own = [one for one in problems if one.file == file]
        for at, problem in enumerate(own):
            line = problem.line
            room -= len(wrap(line, _WIDTH))
            if room < 0 and at:
                yield f"{file}: and {_kinds(own[at:])}"
                cut = True
                break
            yield line
        cut = cut or any(len(one.places) > EXAMPLES for one in own)
    if cut:
        yield HINT


def _kinds(left: list[Problem]) -> str:
    many = f"{len(left):,} more kinds of fault" if len(left) > 1 else "1 more kind of fault"
    return f"{many}, {sum(one.count for one in left):,} in all"


def one(
    file: str,
    found: str,
    expected: str,
    *,
    rows: tuple[int, ...] = (),
    columns: tuple[str, ...] = (),
    cause: Cause = Cause.FILE,
) -> Problem:
    """Return a problem that is found in one place; see ``Problem``."""
    return Problem(
        file=file,
        expected=expected,
        places=(Place(found=found, rows=rows),),
        columns=columns,
        cause=cause,
        together=len(rows) > 1,
    )


def shown(words: str) -> str:
    """Return a reader's text quoted, escaped and shortened, so that it is safe in a terminal."""
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
    return repr(short)


def odd(words: str) -> str:
    """Name the first letter that only looks like a Latin one, or return nothing."""
    strange = (mark for mark in words if ord(mark) > _LAST_LATIN and mark.isalpha())
    for mark in islice(strange, 1):
        return f" (with the letter {unicodedata.name(mark, f'U+{ord(mark):04X}')})"
    return ""
