"""A reader's CSV, in the forms people really have, as words with the rows they stand in."""

import codecs
import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from itertools import islice
from typing import Final

import pandas as pd
import pyarrow as pa

from data.own.problem import MOST, OwnDataError, Problems, one, shown

LARGEST: Final = 200_000_000  # bytes
MOST_ROWS: Final = 2_000_000
MOST_COLUMNS: Final = 100

DELIMITERS: Final = (",", ";", "\t")
SEPARATED: Final = "a table whose answers are separated by commas, semicolons or tabs"

_PIECE: Final = 5_000  # rows turned into columns at once
_CHUNK: Final = 1 << 20
_BOMS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_WORKBOOK: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file as it was written.

    Attributes:
        file: Its name.
        digest: SHA-256 of its bytes.
        delimiter: What stands between its answers.
        frame: Its cells as words without spaces round them, empty as missing; columns named as in
            a ``RecordTable``, rows numbered as in the file, the headings being row 1.
        problems: Headings and rows that do not fit together.
    """

    file: str
    digest: str
    delimiter: str
    frame: pd.DataFrame
    problems: Problems


def read(content: bytes, *, file: str) -> Sheet:
    """Return what a file holds; nothing in it is trusted or run.

    Args:
        content: Its bytes: UTF-8, UTF-16 with a byte order mark, or Windows-1252.
        file: Its name, for messages.

    Raises:
        OwnDataError: It is too large, or no table.
    """
    encoding = _encoding(content, file=file)
    by = {
        mark: _Lines(content=content, encoding=encoding, delimiter=mark, file=file)
        for mark in DELIMITERS
    }
    delimiter = max(DELIMITERS, key=lambda mark: by[mark].width())
    lines = by[delimiter]
    headings = lines.headings()
    if not headings:
        raise OwnDataError([one(file, "no headings", SEPARATED)])
    if len(headings) > MOST_COLUMNS:
        found, wanted = f"{len(headings):,} columns", f"{MOST_COLUMNS} at most"
        raise OwnDataError([one(file, found, wanted, rows=(1,))])
    cells = _Cells(width=len(headings), file=file)
    for at, piece in lines.pieces():
        cells.take(at, piece)
    frame = cells.frame()
    names = [_name(heading) for heading in headings]
    kept, problems = _named(frame, names, file=file)
    return Sheet(
        file=file,
        digest=sha256(content).hexdigest(),
        delimiter=delimiter,
        frame=kept,
        problems=problems + cells.problems,
    )


def _encoding(content: bytes, *, file: str) -> str:
    if len(content) > LARGEST:
        raise OwnDataError([one(file, f"{len(content):,} bytes", f"{LARGEST:,} at most")])
    if content.startswith(_WORKBOOK):
        wanted = f"{SEPARATED} (in Excel: Save as, CSV UTF-8)"
        raise OwnDataError([one(file, "a workbook", wanted)])
    marked = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "")
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        if (marked == "utf-16" or b"\0" not in content) and _decodes(content, encoding):
            return encoding
    wanted = "text in UTF-8, UTF-16 or Windows-1252"
    raise OwnDataError([one(file, "bytes that are no text", wanted)])


def _decodes(content: bytes, encoding: str) -> bool:
    view = memoryview(content)
    chunks = (bytes(view[at : at + _CHUNK]) for at in range(0, len(content), _CHUNK))
    try:
        deque(codecs.iterdecode(chunks, encoding), maxlen=0)
    except UnicodeError:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """The lines of a file under one delimiter; a line with quoted line ends is one row."""

    content: bytes
    encoding: str
    delimiter: str
    file: str

    def width(self) -> int:
        try:
            return len(self.headings())
        except OwnDataError:
            return 0

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        text = TextIOWrapper(BytesIO(self.content), self.encoding, newline="")
        at = 0
        try:
            for at, row in enumerate(self._split(text), 1):
                yield at, row
        except csv.Error as fault:
            found, wanted = f"a row that cannot be split ({fault})", "every quotation mark closed"
            raise OwnDataError([one(self.file, found, wanted, rows=(at + 1,))]) from fault

    def _split(self, text: TextIOWrapper) -> Iterator[list[str]]:
        return csv.reader(text, delimiter=self.delimiter, skipinitialspace=True, strict=True)

    def headings(self) -> list[str]:
        """The first line that is not blank, without the empty cells at its end."""
        first = next((row for _, row in self.rows() if not _blank(row)), [])
        while first and not first[-1].strip():
            first.pop()
        return first

    def pieces(self) -> Iterator[tuple[int, list[list[str]]]]:
        """The rows below the headings, some at once, with the number of the first.

        Raises:
            OwnDataError: There are too many.
        """
        rows = self.rows()
        at = next(at for at, row in rows if not _blank(row))
        first = at + 1
        while piece := [row for _, row in islice(rows, _PIECE)]:
            yield first, piece
            first += len(piece)
            if first > MOST_ROWS + at + 1:
                found, wanted = f"more than {MOST_ROWS:,} rows", f"{MOST_ROWS:,} at most"
                raise OwnDataError([one(self.file, found, wanted)])


def _blank(row: list[str]) -> bool:
    """Whether a line has nothing but blanks and delimiters, whichever they are."""
    return not "".join("".join(row).split()).strip(",;")


@dataclass(slots=True, kw_only=True)
class _Cells:
    """Columns as they fill, piece by piece: words at their own length, not objects."""

    width: int
    file: str
    problems: Problems = field(default_factory=Problems)
    tables: list[pa.Table] = field(default_factory=list)

    def take(self, at: int, rows: list[list[str]]) -> None:
        filled = [
            (number, self._even(number, cells))
            for number, row in enumerate(rows, at)
            if any(cells := [cell.strip() for cell in row])
        ]
        if filled:
            numbers, even = zip(*filled, strict=True)
            columns = [pa.array(column, pa.string()) for column in zip(*even, strict=True)]
            names = [*map(str, range(self.width)), "row"]
            self.tables.append(pa.table([*columns, pa.array(numbers, pa.int64())], names=names))

    def _even(self, number: int, cells: list[str]) -> list[str]:
        if len(cells) == self.width:
            return cells
        if any(cells[self.width :]):
            found, wanted = f"{len(cells)} cells", f"{self.width}, one for each heading"
            problem = one(self.file, found, wanted, rows=(number,))
            listed = problem.listed if len(self.problems.listed) < MOST else ()
            self.problems += replace(problem, listed=listed)
        return [*cells[: self.width], *[""] * (self.width - len(cells))]

    def frame(self) -> pd.DataFrame:
        """The cells, columns numbered from 0, rows as in the file."""
        if not self.tables:
            return pd.DataFrame({str(at): [] for at in range(self.width)}, dtype="str")
        frame: pd.DataFrame = pa.concat_tables(self.tables).to_pandas().set_index("row")
        return frame.replace("", None)


def _name(heading: str) -> str:
    return "_".join(heading.strip().casefold().replace("-", " ").replace("_", " ").split())


def _named(frame: pd.DataFrame, names: list[str], *, file: str) -> tuple[pd.DataFrame, Problems]:
    """Return the columns that have a name, each once, and what is wrong with the others."""
    problems = Problems()
    kept: dict[str, str] = {}
    for at, name in enumerate(names):
        found = wanted = ""
        if not name and bool(frame[str(at)].notna().any()):
            found, wanted = f"no heading over column {at + 1}, which has answers", "a heading"
        elif name in kept.values():
            found, wanted = f"a second column {shown(name)}", "one"
        elif name:
            kept[str(at)] = name
        if found:
            problems += one(file, found, wanted, rows=(1,))
    return frame[list(kept)].rename(columns=kept), problems
