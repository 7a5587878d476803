"""What a workbook of a published finding says, laid out as government statistics are.

The same in every format: cover, notes, headings, cells and what their shorthand means.
"""

import math
import re
from datetime import datetime
from typing import Final

from analytics.publication.export import Cell, attribution, harmless, rows
from analytics.publication.file_names import years_covered
from analytics.publication.published import Published
from analytics.publication.suppression import STATUS
from analytics.text.wording import years_label
from data.schema import Column, ColumnKind
from data.symbols import Symbol, meaning

DATA: Final = "Data"
NOTES: Final = "Notes"
CONTENTS: Final = "Contents"

#: Bytes must not depend on the hour a file is asked for, or no copy of it could be kept.
UNDATED: Final = datetime(2017, 7, 1)  # noqa: DTZ001 (the properties of a workbook have no zone)

ONE_TABLE: Final = "This worksheet contains one table."

NOT_AVAILABLE: Final = "[x]"
NOT_APPLICABLE: Final = "[z]"

#: Each reason has its own, in words where the guidance has no letter for it.
#: Source: Government Analysis Function, Symbols in tables: definitions and help.
SHORTHAND: Final[dict[Symbol, str]] = {
    Symbol.CONFIDENTIAL: "[c]",
    Symbol.NOT_AVAILABLE: NOT_AVAILABLE,
    Symbol.NOT_AVAILABLE_DOTS: NOT_AVAILABLE,
    Symbol.NOT_APPLICABLE: NOT_APPLICABLE,
    Symbol.NOT_APPLICABLE_DOT: NOT_APPLICABLE,
    Symbol.UNAVAILABLE: "[no reason given]",
    Symbol.LOW_RELIABILITY: "[u]",
    Symbol.ROUNDS_TO_ZERO: "[low]",
    Symbol.PARTIAL_2014: "[partial]",
    Symbol.OLDER_POPULATION: "[older population]",
    Symbol.NO_POPULATION: "[no population]",
    Symbol.NOT_PUBLISHED: "[not held]",
    Symbol.NOT_FIRST: "[not first]",
    Symbol.NO_LINE: "[no line]",
    Symbol.NOT_THEN: "[did not exist]",
    Symbol.FORMED: "[boundary change]",
    Symbol.ZERO: "[zero]",
    Symbol.NEGATIVE: "[negative]",
    Symbol.SMALL: "[small]",
    Symbol.JUMP: "[jump]",
}
_MEANINGS: Final = {short: meaning(symbol) for symbol, short in reversed(SHORTHAND.items())}

#: Units that are a sign alone, which gptables refuses and screen readers may skip.
_SPOKEN: Final = {"%": "per cent", "£": "pounds"}

#: Columns that say why a value is missing: by one symbol, or by those of several years.
_REASONS: Final = (STATUS, "symbols")

MOST_DECIMALS: Final = 4
_NARROW: Final = 10
WIDE: Final = 45
PAGE: Final = 95
_LONGEST: Final = 32_000  # Excel holds 32,767 characters in a cell


def sheet_of(published: Published) -> tuple[tuple[Column, ...], list[str], list[list[Cell]]]:
    """Return the table of a sheet: its columns, a heading for each, and rows without empty cells.

    Where there are no rows, there are no columns, and one cell says why.

    Args:
        published: What the sheet shows.
    """
    columns, table = rows(published)
    if table:
        return columns, _headings(columns), _filled(columns, table)
    why = plain(published.withheld or "No rows answer this selection.")
    return (), ["Why there are no rows"], [[why]]


def plain(words: str) -> str:
    """Return text without formulae, and without what gptables reads as a note or a link.

    Args:
        words: Of a cell.
    """
    calm = _SPOKEN.get(words, words).replace("$$", "$").replace("](", "] (")
    if not re.search(r"[A-Za-z0-9]", calm):
        calm = f"[as printed: {calm}]"
    return harmless(calm[:_LONGEST])


def _headings(columns: tuple[Column, ...]) -> list[str]:
    """Return a heading per column; two alike are told apart by the names of their columns."""
    named = [plain(column.heading) for column in columns]
    lower, names = [heading.lower() for heading in named], [column.name for column in columns]
    return [
        f"{heading} [{column.written}]"
        if lower.count(heading.lower()) > 1 or names.count(column.name) > 1
        else heading
        for heading, column in zip(named, columns, strict=True)
    ]


def _filled(columns: tuple[Column, ...], table: list[list[Cell]]) -> list[list[Cell]]:
    at = next((i for i, column in enumerate(columns) if column.name in _REASONS), None)
    return [
        [
            _shown(cell, column, status=None if at is None else row[at])
            for cell, column in zip(row, columns, strict=True)
        ]
        for row in table
    ]


def _shown(cell: Cell, column: Column, *, status: Cell) -> Cell:
    """Return a cell as the sheet shows it, with shorthand where there is no value."""
    symbol = SHORTHAND[Symbol(status)] if isinstance(status, str) and status in set(Symbol) else ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str):
        return symbol if column.name == STATUS and symbol else plain(cell)
    if cell is not None:
        return cell
    if column.kind in {ColumnKind.TEXT, ColumnKind.FLAG}:
        return NOT_APPLICABLE
    if column.name == "value" or symbol == SHORTHAND[Symbol.CONFIDENTIAL]:
        return symbol or NOT_AVAILABLE
    return NOT_AVAILABLE


def legend(cells: list[list[Cell]]) -> list[str]:
    """Return the meaning of every shorthand that some cells hold.

    Args:
        cells: The rows of a sheet.
    """
    shown = {cell for row in cells for cell in row if isinstance(cell, str)}
    return [f"{short} {words}" for short, words in _MEANINGS.items() if short in shown]


def note_lines(published: Published) -> list[str]:
    """Return the notes of a file, in order.

    Args:
        published: What the file holds.
    """
    lines = [
        *published.selection.remarks,
        *published.notes,
        *(f"{term}: {words}" for term, words in published.method),
        "Cells hold unrounded numbers; their format shows fewer decimals.",
    ]
    if published.suppressed:
        lines.insert(0, f"{published.suppressed:,} suppressed values are shown as [c].")
    return [plain(words) for words in lines]


def cover_lines(published: Published) -> tuple[list[str], list[str]]:
    """Return what the cover of a file says: what was found, and what the file is.

    Args:
        published: What the file holds.
    """
    sources, covered = published.sources, years_covered(published)
    licences = dict.fromkeys(source.licence for source in sources)
    about = [
        f"Kind of number: {published.kind.label}.",
        *(
            f"Source: {source.citation}" + (f" SHA-256 {source.sha256}." if source.sha256 else "")
            for source in sources
        ),
        f"Licence: {'; '.join(licences)}." if licences else "",
        attribution(sources),
        f"Key {published.key}, method version {published.version}.",
        f"Years in the rows: {years_label(*covered)}." if covered else "",
        f"{published.release.label}.",
        f"Selection {published.selection.to_query() or 'default'}.",
    ]
    intro = [published.verdict, published.plain, published.technical, published.scope]
    return [plain(line) for line in intro if line], [plain(line) for line in about if line]


def width_of(heading: str, cells: list[Cell]) -> int:
    """Return a width in characters: the widest word of the heading, or the cells up to a limit.

    Args:
        heading: Of a column.
        cells: Of the same column.
    """
    of_heading = max(len(word) for word in heading.split())
    of_cells = max(len(cell) if isinstance(cell, str) else _NARROW for cell in cells)
    return max(_NARROW, min(math.ceil(1.1 * max(of_heading, of_cells)) + 2, WIDE))
