"""A published finding as an accessible workbook of Excel."""

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from pandas.errors import Pandas4Warning

from analytics.publication.export import Cell
from analytics.publication.published import Published
from analytics.publication.workbook import (
    CONTENTS,
    DATA,
    MOST_DECIMALS,
    NOTES,
    ONE_TABLE,
    PAGE,
    UNDATED,
    WIDE,
    cover_lines,
    legend,
    note_lines,
    plain,
    sheet_of,
    width_of,
)
from data.schema import Column, ColumnKind

with warnings.catch_warnings():
    warnings.simplefilter("ignore", ResourceWarning)  # gptables 2.0.2 leaves its theme file open
    from gptables import Cover, GPTable, GPWorkbook, produce_workbook


def to_xlsx(published: Published) -> bytes:
    """Write the rows as a workbook: cover, contents, notes and one table of data.

    No cell is empty: shorthand in square brackets says why there is no value, and the sheet says
    what each shorthand means. Numbers are unrounded; their format shows fewer decimals.
    """
    columns, headings, cells = sheet_of(published)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "workbook.xlsx"
        workbook = _laid_out(published, _sheet(published, headings, cells, columns), file)
        _finish(workbook, published, headings, cells)
        workbook.close()
        return file.read_bytes()


def _laid_out(published: Published, sheet: GPTable, file: Path) -> GPWorkbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Pandas4Warning)  # gptables 2.0.2 sorts in place
        return produce_workbook(
            filename=str(file),
            sheets={DATA: sheet},
            cover=_cover(published),
            contentsheet_label=CONTENTS,
            notes_table=_notes(published),
            notesheet_label=NOTES,
            auto_width={DATA: False, NOTES: False, CONTENTS: False},
            workbook_options={
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        )


def _sheet(
    published: Published,
    headings: list[str],
    cells: list[list[Cell]],
    columns: tuple[Column, ...],
) -> GPTable:
    references = "".join(f"$${name}$$" for name, _ in _numbered(published))
    frame = pd.DataFrame(
        {heading: pd.Series(cells_of, dtype=object) for heading, cells_of in _by(headings, cells)}
    )
    formats = [
        {"column": {"columns": [at], "format": {"num_format": _number_format(column)}}}
        for at, column in enumerate(columns)
        if column.is_number or column.kind is ColumnKind.YEAR
    ]
    return GPTable(
        table=frame,
        table_name=f"data_{re.sub(r'[^a-z0-9]+', '_', published.key.lower())}",
        title=plain(published.title),
        subtitles=[f"{plain(published.subtitle)}{references}"],
        instructions=f"{ONE_TABLE} {published.kind.label}.",
        legend=legend(cells),
        source=plain(published.citation),
        index_columns={},
        additional_formatting=formats,
    )


def _by(headings: list[str], cells: list[list[Cell]]) -> Iterator[tuple[str, list[Cell]]]:
    return ((heading, [row[at] for row in cells]) for at, heading in enumerate(headings))


def _number_format(column: Column) -> str:
    if column.kind is ColumnKind.YEAR:
        return "0"
    if not column.decimals:
        return "#,##0"
    return f"#,##0.{'0' * column.decimals}{'#' * (MOST_DECIMALS - column.decimals)}"


def _numbered(published: Published) -> list[tuple[str, str]]:
    return [(f"note_{number}", words) for number, words in enumerate(note_lines(published), 1)]


def _notes(published: Published) -> pd.DataFrame:
    return pd.DataFrame(_numbered(published), columns=["Note number", "Note text"])


def _cover(published: Published) -> Cover:
    intro, about = cover_lines(published)
    return Cover(title=plain(published.title), intro=intro, about=about, width=PAGE)


def _finish(
    workbook: GPWorkbook, published: Published, headings: list[str], cells: list[list[Cell]]
) -> None:
    """Set what gptables leaves open: properties, and widths that do not run off the screen."""
    workbook.set_properties(
        {
            "title": published.title,
            "subject": published.scope,
            "author": published.author,
            "keywords": published.kind.label,
            "comments": published.citation,
            "created": UNDATED,
        }
    )
    sheets = {sheet.get_name(): sheet for sheet in workbook.worksheets()}
    for at, (heading, column) in enumerate(_by(headings, cells)):
        sheets[DATA].set_column(at, at, width_of(heading, column))
    sheets[NOTES].set_column(1, 1, PAGE)
    sheets[CONTENTS].set_column(0, 1, WIDE)
