"""A published finding as a file: the rows its card shows, and where they came from."""

import csv
import math
import re
from io import StringIO
from typing import Final

import orjson

from analytics.publication.clear_names import file_columns
from analytics.publication.dictionary import described
from analytics.publication.file_names import stem
from analytics.publication.published import Published
from analytics.publication.simulated import MARK
from analytics.publication.withheld import WITHHELD
from data.releases.release import Release
from data.schema import Column, ColumnKind, text
from data.sources.source import ATTRIBUTION, Kind, Source

Cell = str | int | float | bool | None

BOM: Final = "\ufeff"  # without it Excel reads UTF-8 as Windows-1252

#: Where a file without rows says why.
REASON: Final = text(WITHHELD, "Why there are no rows", about="Why the file has no rows.")
#: What the name of a file says of what is in it.
_MARKS: Final = {
    Kind.SIMULATED: "simulated",
    Kind.OWN: "your-data",
    Kind.PARTLY: "partly-simulated",
    Kind.PARTLY_OWN: "partly-your-data",
}
#: Kinds that differ from row to row, and so are no first column: a column of the finding says it.
_BY_ROW: Final = {Kind.PARTLY, Kind.PARTLY_OWN}

_WHOLE: Final = {ColumnKind.COUNT, ColumnKind.YEAR}

# A spreadsheet runs a cell that begins with a sign, a tab or a line end; some first trim blanks
# and quotes.
_RUNS: Final = re.compile(r"""[\s"'\u200b\ufeff]*([=+\-@＝＋－＠]|(?<=[\t\r\n]))""")  # noqa: RUF001
# A month without a day, a day without a year, and short numbers between slashes or dashes, which
# a spreadsheet reads as a date. Days as YYYY-MM-DD are dates, and stay.
_MONTH: Final = (
    "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sep(t|tember)?"
    "|oct(ober)?|nov(ember)?|dec(ember)?)"
)
_DATE: Final = re.compile(
    rf"{_MONTH}[ -]?\d{{1,4}}|\d{{1,2}}[ -]?{_MONTH}|\d{{4}} ?[-/] ?(0?[1-9]|1[0-2])"
    r"|\d{1,2} ?[-/] ?\d{1,4}( ?[-/] ?\d{1,4})?",
    re.ASCII | re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?", re.ASCII | re.IGNORECASE)


def harmless(words: str) -> str:
    """Return text that no spreadsheet runs as a formula: an apostrophe goes before one.

    A lone "-", which publishers print for a missing value, and plain numbers stay as they are.

    Source:
        OWASP, CSV injection.
    """
    if words == "-" or _NUMBER.fullmatch(words) or not _RUNS.match(words):
        return words
    return f"'{words}"


def undated(words: str) -> str:
    """Return text that no spreadsheet turns into a date: an apostrophe goes before what it would.

    Source:
        Ziemann, Eren and El-Osta (2016), Gene name errors are widespread in the scientific
        literature, Genome Biology 17.
    """
    return f"'{words}" if _DATE.fullmatch(words) else words


def rows(published: Published) -> tuple[tuple[Column, ...], list[list[Cell]]]:
    """Return the columns and rows of a finding, with whole numbers whole and no value as None.

    Hidden columns are left out.
    Simulated rows, and those of the reader's own data, say so in a first column. The measure or
    the place that all rows are of is named in columns at the end, before clear names of others.
    """
    columns = _columns(published)
    same = dict(published.row_names)
    cells = [
        [same.get(column, published.kind.label) or None] * len(published.frame)
        if column in same or column.name not in published.frame
        else [_cell(value, column) for value in published.frame[column.name].tolist()]
        for column in columns
    ]
    return columns, [list(row) for row in zip(*cells, strict=True)]


def _columns(published: Published) -> tuple[Column, ...]:
    columns = file_columns(published.key, published.columns, published.row_names)
    if published.kind not in _MARKS or published.kind in _BY_ROW:
        return columns
    about = f"{published.kind.label}, in every row."
    return (text(MARK, "Kind of number", about=about), *columns)


def _cell(value: object, column: Column) -> Cell:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return None
        whole = column.kind in _WHOLE and float(value).is_integer()
        return int(value) if whole else value
    return value if isinstance(value, str) and value else None


def to_csv(published: Published) -> bytes:
    """Write the rows as a plain table: one line of column names, then one line per row.

    Numbers are unrounded, an empty cell has no value (RFC 4180, UTF-8 with a byte order mark). An
    apostrophe stands before text that a spreadsheet would run or turn into a date.
    Where there are no rows, one line without a figure says why, in the column ``withheld``.
    """
    _, table = rows(published)
    columns = csv_columns(published)
    if not table and published.withheld:
        table = [[*([None] * (len(columns) - 1)), published.withheld]]
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow([harmless(column.written) for column in columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in table)
    return (BOM + out.getvalue()).encode()


def csv_columns(published: Published) -> tuple[Column, ...]:
    """Return the columns of the CSV file: those of the rows, or with one that says why none are."""
    columns = _columns(published)
    if len(published.frame) or not published.withheld:
        return columns
    return (*(one for one in columns if one.name != WITHHELD), REASON)


def _csv_cell(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return str(cell).lower()
    return undated(harmless(cell)) if isinstance(cell, str) else cell


def to_json(published: Published, *, asked: str = "") -> bytes:
    """Write the rows with everything a reader needs to judge and to repeat them.

    Args:
        published: What is written.
        asked: Name of the release that was asked for, or "".
    """
    columns, table = rows(published)
    names = [column.written for column in columns]
    selection = published.selection
    whole = {
        "key": published.key,
        "title": published.title,
        "subtitle": published.subtitle,
        "unit": published.unit,
        "sentence": published.summary,
        "verdict": published.verdict,
        "plain": published.plain,
        "technical": published.technical,
        "selection": selection.label,
        "query": selection.to_query(),
        "parameters": selection.to_pairs(),
        "kind": kind_entry(published.kind),
        "sources": [source_entry(source) for source in published.sources],
        "attribution": attribution(published.sources),
        "method": [{"term": term, "description": words} for term, words in published.method],
        "notes": (*selection.remarks, *published.notes),
        "version": published.version,
        "release": release_entry(published.release),
        "release_asked": asked,
        "suppressed": published.suppressed,
        "withheld": published.withheld,
        "columns": column_entries(published.key, columns, published.unit),
        "rows": [dict(zip(names, row, strict=True)) for row in table],
    }
    return orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE)


def release_entry(release: Release) -> dict[str, str]:
    """Describe a release: its name, its day ("" where it has none), its tables and its code."""
    return {
        "id": release.id,
        "date": release.day.isoformat() if release.day else "",
        "tables": release.tables,
        "version": release.version,
        "label": release.label,
    }


def kind_entry(kind: Kind) -> dict[str, str]:
    """Describe a kind of number: its value for scripts, its words for readers."""
    return {"value": kind.value, "words": kind.label}


def column_entries(key: str, columns: tuple[Column, ...], unit: str) -> list[dict[str, str]]:
    """Describe the columns of a finding's files: each with a meaning, each number with a unit.

    Args:
        key: Of the finding.
        columns: Those of its files.
        unit: Of its main values; "" where they have none.
    """
    return [
        column_entry(column) | {"unit": in_words.unit, "about": in_words.about}
        for column, in_words in zip(columns, described(key, columns, unit=unit), strict=True)
    ]


def column_entry(column: Column) -> dict[str, str]:
    """Describe a column of a table by its own definition."""
    return {
        "name": column.written,
        "label": column.label,
        "unit": column.unit,
        "kind": column.kind.value,
        "about": column.about,
    }


def source_entry(source: Source) -> dict[str, str]:
    """Describe a source, as files and the list of tables do."""
    return {
        "key": source.key,
        "title": source.title,
        "publisher": source.publisher,
        "publication": source.publication,
        "edition": source.edition,
        "period": source.period,
        "kind": source.kind.value,
        "licence": source.licence,
        "citation": source.citation,
        "sha256": source.sha256,
    }


def attribution(sources: tuple[Source, ...]) -> str:
    """Return the line that the Open Government Licence asks for, or "" without official figures."""
    return ATTRIBUTION if any(source.kind.is_official for source in sources) else ""


def marked_name(key: str, kind: Kind) -> str:
    """Return the beginning of a file's name, which says so where it is simulated or your data."""
    return f"{key}_{_MARKS[kind]}" if kind in _MARKS else key


def file_name(published: Published, extension: str) -> str:
    """Name a file by finding, selection and years, e.g. ``kpis-gaps_2013-2016.csv``.

    Args:
        published: What the file holds.
        extension: Without a dot.
    """
    return f"{stem(published, marked_name(published.key, published.kind))}.{extension}"
