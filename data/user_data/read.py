"""A reader's CSV, in the forms people really have, as words with the rows they stand in."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.user_data.encoding import SEPARATED, encoding
from data.user_data.layout import Layout, Piece, layout, name
from data.user_data.problem import Cause, Place, Problem, UserDataError, one, shown
from data.wording import joined

MOST_ROWS: Final = 2_000_000
MOST_COLUMNS: Final = 100

_PIECE: Final = 5_000  # lines turned into columns at once
_TAIL: Final = 40  # rows at the end that may be notes
_FEW: Final = 2  # filled cells of a row of notes
_NARROW: Final = 4  # columns from which a row can be told from a note
_NOTES: Final = re.compile(
    r"(grand |sub-?)?totals?\b|sum\b|mean\b|average\b|count\b|sources?\b|notes?\b|n ?=|©|\*"
    r"|end of\b|generated\b|exported\b|extracted\b|printed\b|footnotes?\b|official\b",
    re.IGNORECASE,
)
#: Headings that programs give to a column that only counts the rows.
_COUNTERS: Final = re.compile(
    r"|unnamed:?_?\d+(_level_\d+)?|index|level_\d+|x|v1|\.+\d+|row([_.]?(names?|number|num|nr|no|id"
    r"|index))?|rownames|_?n|nr|no\.?|#|obs|s(r|erial)?\.?_?no\.?|(record|case)_?number|id"
)
_WHOLE: Final = re.compile(r"\d{1,9}(\.0+)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file as it was written.

    Attributes:
        file: Its name.
        delimiter: What stands between its answers.
        heading: The row of its headings.
        frame: Its cells as words without spaces round them, empty as missing; columns named as in
            a ``RecordTable``, rows numbered as in the file, its first line being row 1.
        problems: Headings and rows that do not fit together.
        notes: What was passed over, for the reader to know.
    """

    file: str
    delimiter: str
    heading: int
    frame: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read(content: bytes, *, file: str, known: Collection[str] = ()) -> Sheet:
    """Return what a file holds; nothing in it is trusted or run.

    Args:
        content: Its bytes: UTF-8, UTF-16 with a byte order mark, or Windows-1252.
        file: Its name, for messages.
        known: Names of the columns it may have.

    Raises:
        UserDataError: It is too large, or no table, or has rows above or below its table.
    """
    found = layout(content, encoding(content, file=file), file=file, known=known)
    if not found.headings:
        raise UserDataError([one(file, "no headings", SEPARATED)])
    if len(found.headings) > MOST_COLUMNS:
        words, expected = f"{len(found.headings):,} columns", f"{MOST_COLUMNS} at most"
        raise UserDataError([one(file, words, expected, rows=(found.row,))])
    cells = _Cells(layout=found, file=file)
    for at, piece in _pieces(found):
        cells.take(at, piece)
    frame = cells.frame()
    outside = [*_above(found, file), *cells.below(frame)]
    if outside:
        raise UserDataError(outside)
    kept, problems, notes = _named(frame, found, file=file, known=known)
    return Sheet(
        file=file,
        delimiter=found.lines.delimiter,
        heading=found.row,
        frame=kept,
        problems=(*problems, *cells.ragged()),
        notes=(*found.notes, *notes),
    )


def _pieces(found: Layout) -> Iterator[tuple[int, Piece]]:
    """All rows, some at once, with the number of the first.

    Raises:
        UserDataError: There are too many, or one cannot be split.
    """
    first = 1
    for piece in found.lines.pieces(_PIECE):
        yield first, piece
        first += len(piece.widths)
        if first > MOST_ROWS + found.row + 1:
            words, expected = f"more than {MOST_ROWS:,} rows", f"{MOST_ROWS:,} at most"
            raise UserDataError([one(found.lines.file, words, expected)])


def _above(found: Layout, file: str) -> list[Problem]:
    """Say that the headings are further down than they were looked for."""
    if found.row == found.looked:
        return []
    words = (
        f"no headings: they were looked for in row {found.looked} and seem to stand in row "
        f"{found.row}"
    )
    last = found.row - 1
    joint = "and" if last == found.looked + 1 else "to"
    rows = f"row {last}" if last == found.looked else f"rows {found.looked} {joint} {last}"
    expected = f"nothing above them; delete {rows}"
    return [one(file, words, expected, rows=(found.looked,))]


@dataclass(slots=True, kw_only=True)
class _Cells:
    """Columns as they fill, piece by piece: words at their own length, not objects."""

    layout: Layout
    file: str
    tables: list[pa.Table] = field(default_factory=list)
    uneven: dict[int, list[int]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return len(self.layout.headings)

    def take(self, first: int, piece: Piece) -> None:
        """Add the answers below the headings, and note rows with more answers than headings."""
        cells = pc.call_function("utf8_trim_whitespace", [piece.cells])
        rows, columns = piece.places()
        answered = pc.call_function("not_equal", [cells, ""]).to_numpy(zero_copy_only=False)
        answered &= rows + first > self.layout.row
        inside = columns < self.width
        for row in np.unique(rows[answered & ~inside]).tolist():
            self.uneven.setdefault(int(piece.widths[row]), []).append(first + row)
        answered &= inside
        places = np.full((len(piece.widths), self.width), -1)
        places[rows[answered], columns[answered]] = np.flatnonzero(answered)
        filled = np.flatnonzero((places >= 0).any(axis=1))
        made = [cells.take(pa.array(at, mask=at < 0)) for at in places[filled].T]
        names = [*map(str, range(self.width)), "row"]
        self.tables.append(pa.table([*made, pa.array(first + filled)], names=names))

    def ragged(self) -> tuple[Problem, ...]:
        """The rows with more answers than headings."""
        if not self.uneven:
            return ()
        places = tuple(
            Place(found=f"{many} cells", rows=tuple(rows)) for many, rows in self.uneven.items()
        )
        expected = f"{self.width}, one for each heading"
        return (Problem(file=self.file, expected=expected, places=places, cause=Cause.HEADINGS),)

    def below(self, frame: pd.DataFrame) -> list[Problem]:
        """Name rows under the table that are no part of it, and headings that come again."""
        found: list[Problem] = []
        notes: list[tuple[int, str]] = []
        last = frame.tail(_TAIL)
        for number, cells in zip(last.index[::-1], last.to_numpy()[::-1], strict=True):
            filled = [str(cell) for cell in cells if pd.notna(cell)]
            noted = len(filled) <= _FEW or _NOTES.match(filled[0])
            if self.width < _NARROW or not noted:
                break
            notes.append((int(number), filled[0]))
        if notes and len(notes) < _TAIL:
            rows = [number for number, _ in reversed(notes)]
            words = joined([shown(text) for _, text in reversed(notes[-3:])])
            found.append(
                one(
                    self.file,
                    f"{'a row' if len(rows) == 1 else 'rows'} below the table ({words})",
                    "nothing there; delete " + ("it" if len(rows) == 1 else "them"),
                    rows=tuple(rows),
                )
            )
        if repeated := self._again(frame):
            expected = "them once, at the top; delete the others"
            place = Place(found="the headings again", rows=repeated)
            found.append(
                Problem(file=self.file, expected=expected, places=(place,), cause=Cause.FILE)
            )
        return found

    def _again(self, frame: pd.DataFrame) -> tuple[int, ...]:
        """The rows that are the headings again, looked for in their last column first."""
        headings = self.layout.headings
        ends = frame[str(self.width - 1)]
        alike = frame[
            ends.isin([end for end in ends.dropna().unique() if name(end) == headings[-1]])
        ]
        return tuple(
            int(number)
            for number, cells in zip(alike.index, alike.fillna("").to_numpy(), strict=True)
            if cells[0][:1].casefold() == headings[0][:1] and tuple(map(name, cells)) == headings
        )

    def frame(self) -> pd.DataFrame:
        """The cells, columns numbered from 0, rows as in the file."""
        return pa.concat_tables(self.tables).to_pandas().set_index("row")


def _named(
    frame: pd.DataFrame, found: Layout, *, file: str, known: Collection[str]
) -> tuple[pd.DataFrame, list[Problem], list[str]]:
    """Return the columns that have a name, each once, what is wrong, and what is left out."""
    problems: list[Problem] = []
    notes: list[str] = []
    kept: dict[str, str] = {}
    for at, heading in enumerate(found.headings):
        cells = frame[str(at)]
        words = expected = ""
        if heading not in known and _counts_rows(cells, heading):
            head = f"is headed {shown(heading)}" if heading else "has no heading"
            notes.append(f"{file}: column {at + 1} {head} and counts the rows; it was left out")
        elif not heading and bool(cells.notna().any()):
            words, expected = f"no heading over column {at + 1}, which has answers", "a heading"
        elif heading in kept.values():
            words, expected = f"a second column {shown(heading)}", "one"
        elif heading:
            kept[str(at)] = heading
        if words:
            problems.append(one(file, words, expected, rows=(found.row,), cause=Cause.HEADINGS))
    return frame[list(kept)].rename(columns=kept), problems, notes


def _counts_rows(cells: pd.Series, heading: str) -> bool:
    """Whether a column only counts: whole numbers that go up, under no heading or a usual one."""
    if not len(cells) or bool(cells.isna().any()) or not _COUNTERS.fullmatch(heading):
        return False
    if not all(_WHOLE.fullmatch(word) for word in cells):
        return False
    return bool(cells.astype(float).diff().iloc[1:].gt(0).all())
