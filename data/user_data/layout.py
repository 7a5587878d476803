"""How a file is laid out: what separates its answers, and in which row its headings stand."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO, TextIOWrapper
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.user_data.problem import Problem, UserDataError, one
from data.user_data.words import alike

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS: Final = (",", ";", "\t", "|")
LONGEST_CELL: Final = 131_072  # characters
LOOKED_AT: Final = 60  # rows that may hold the headings
_SEP: Final = re.compile(r'\s*"?sep=(.)"?[\s,;|]*', re.IGNORECASE)
_LEAST_ALIKE: Final = 2  # headings that make a row the row of headings


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """Some rows of a file that follow each other.

    Attributes:
        cells: Their cells as Arrow's text, row after row.
        widths: How many of the cells each row has, shape (rows,).
    """

    cells: pa.Array
    widths: NDArray[np.int64]

    def places(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the row and the column each cell is in, both from 0, shape (cells,)."""
        starts = np.cumsum(self.widths) - self.widths
        rows = np.repeat(np.arange(len(self.widths)), self.widths)
        return rows, np.arange(len(rows)) - starts[rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The rows of a file under one delimiter; a line with quoted line ends is one row.

    Attributes:
        content: Its bytes.
        encoding: What they are.
        delimiter: What separates the answers.
        file: Its name.
        first: The row where the table begins: 2 where a line before it names the delimiter.
    """

    content: bytes
    encoding: str
    delimiter: str
    file: str
    first: int = 1

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number in the file.

        Raises:
            UserDataError: A row cannot be split.
        """
        at = 0
        try:
            for at, row in enumerate(self._split(self._text()), 1):
                if at >= self.first:
                    yield at, row
        except csv.Error as fault:
            raise UserDataError([_cannot_split(self.file, fault, at + 1)]) from fault

    def pieces(self, lines: int) -> Iterator[Piece]:
        """All rows from row 1 on, some at once; lines without quotes are split by Arrow, for speed.

        Cells keep the spaces round them, and the last of a row may keep the end of its line. A
        blank line is a row of one empty cell, or of none.

        Args:
            lines: How many at once; more where a row that begins in them ends further down.

        Raises:
            UserDataError: A row cannot be split.
        """
        text = self._text()
        before = 0
        while some := [*islice(text, lines)]:
            if '"' in "".join(some) or max(map(len, some)) > LONGEST_CELL:
                rows = self._quoted(chain(some, text), len(some), before)
                cells = pa.array([*chain.from_iterable(rows)], pa.string())
                widths = np.array([*map(len, rows)], np.int64)
            else:
                by = pc.SplitPatternOptions(self.delimiter)
                split = pc.call_function("split_pattern", [pa.array(some, pa.string())], by)
                cells, widths = split.flatten(), split.value_lengths().to_numpy().astype(np.int64)
            yield Piece(cells=cells, widths=widths)
            before += len(widths)

    def _quoted(self, text: Iterator[str], lines: int, before: int) -> list[list[str]]:
        rows: list[list[str]] = []
        split = self._split(text)
        try:
            while split.line_num < lines:
                rows.append(next(split))
        except csv.Error as fault:
            at = before + len(rows) + 1
            raise UserDataError([_cannot_split(self.file, fault, at)]) from fault
        return rows

    def _text(self) -> TextIOWrapper:
        return TextIOWrapper(BytesIO(self.content), self.encoding, newline="")

    def _split(self, text: Iterable[str]) -> "Reader":
        # One limit serves the whole process, and other libraries raise it.
        csv.field_size_limit(LONGEST_CELL)
        return csv.reader(text, delimiter=self.delimiter, skipinitialspace=True, strict=True)

    def start(self) -> list[tuple[int, list[str]]]:
        """The first rows that are not blank, up to one that cannot be split."""
        rows: list[tuple[int, list[str]]] = []
        try:
            rows.extend(islice(((at, row) for at, row in self.rows() if not blank(row)), LOOKED_AT))
        except UserDataError:
            return rows
        return rows


def _cannot_split(file: str, fault: csv.Error, row: int) -> Problem:
    if "field limit" in str(fault):
        found = f"a cell of more than {LONGEST_CELL:,} characters, or a quotation mark never closed"
        return one(file, found, "shorter cells", rows=(row,))
    found = f"a row that cannot be split ({fault})"
    return one(file, found, "every quotation mark closed", rows=(row,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a table is in a file.

    Attributes:
        lines: Its rows.
        looked: The first row that is not blank, where headings are looked for.
        row: The row of its headings.
        headings: They, as names, without the empty ones at their end.
        notes: What was passed over.
    """

    lines: Lines
    looked: int
    row: int
    headings: tuple[str, ...]
    notes: tuple[str, ...] = ()


def layout(content: bytes, encoding: str, *, file: str, known: Collection[str]) -> Layout:
    """Find the delimiter and the headings of a file.

    Args:
        content: Its bytes.
        encoding: What they are.
        file: Its name, for messages.
        known: Names of the columns it may have; they tell headings from titles above them.
    """
    said = _said(content, encoding)
    options = [
        Lines(content=content, encoding=encoding, delimiter=mark, file=file)
        for mark in ([said] if said else DELIMITERS)
    ]
    if said:
        options = [replace(options[0], first=2)]
    found = [_headings(lines, known) for lines in options]
    best = max(range(len(options)), key=lambda at: (found[at][0], found[at][1]))
    _, _, looked, row, headings = found[best]
    notes = (f"{file}: row 1, sep=, names the delimiter",) if said else ()
    return Layout(lines=options[best], looked=looked, row=row, headings=headings, notes=notes)


def _said(content: bytes, encoding: str) -> str:
    """Return the delimiter that a first line such as "sep=;" names, or nothing."""
    text = TextIOWrapper(BytesIO(content[:400]), encoding, errors="replace", newline="")
    first = text.readline(40).rstrip("\r\n")
    found = _SEP.fullmatch(first)
    return found[1] if found and found[1] not in '"\r\n ' else ""


def _headings(lines: Lines, known: Collection[str]) -> tuple[int, int, int, int, tuple[str, ...]]:
    """Return how many headings are known and how many there are, and where they stand."""
    rows = [(at, tuple(map(name, row))) for at, row in lines.start()]
    if not rows:
        return 0, 0, lines.first, lines.first, ()
    counts = [len(set(row) & set(known)) for _, row in rows]
    most = max(counts)
    at = counts.index(most) if most >= min(_LEAST_ALIKE, len(known) or 1) else 0
    names = list(rows[at][1])
    while names and not names[-1]:
        names.pop()
    return counts[at], len(names), rows[0][0], rows[at][0], tuple(names)


def name(heading: str) -> str:
    """Return a heading as columns are named: small letters joined by underscores."""
    return "_".join(alike(heading).casefold().replace("-", " ").replace("_", " ").split())


def blank(row: list[str]) -> bool:
    """Whether a row has nothing but blanks and delimiters, whichever they are."""
    return not "".join("".join(row).split()).strip(",;|")
