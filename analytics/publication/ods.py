"""A published finding as an OpenDocument spreadsheet, with the sheets of the workbook.

Written here and not by a library: odswriter writes cells alone, without styles, widths, headings or
properties; odfpy and ezodf have had no release for years; odfdo needs lxml, and all of them set the
hour into the file.

Source:
    OASIS, Open Document Format for Office Applications 1.3, part 3: OpenDocument Schema.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from analytics.publication.archive import archive, member
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

MIMETYPE: Final = "application/vnd.oasis.opendocument.spreadsheet"
COVER: Final = "Cover"

_NAMESPACES: Final = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"),
        ("fo", "xsl-fo-compatible"), ("number", "datastyle"), ("meta", "meta"),
        ("manifest", "manifest"),
    )
)  # fmt: skip
_LINKS: Final = (
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_VERSION: Final = 'office:version="1.3"'
_WIDTH: Final = 0.2  # centimetres a character
#: What XML cannot hold.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BLANKS: Final = re.compile(" {2,}|^ | $|\t")

_TITLE, _SUBTITLE, _HEADING, _TEXT, _LINE = "title", "subtitle", "heading", "text", "line"
_STYLES: Final = {
    _TITLE: '<style:text-properties fo:font-weight="bold" fo:font-size="16pt"/>',
    _SUBTITLE: '<style:text-properties fo:font-weight="bold" fo:font-size="14pt"/>',
    _HEADING: (
        '<style:table-cell-properties fo:wrap-option="wrap" fo:border-bottom="0.75pt solid #000000"'
        ' style:vertical-align="bottom"/><style:text-properties fo:font-weight="bold"/>'
    ),
    _TEXT: '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/>',
    _LINE: '<style:table-cell-properties style:vertical-align="top"/>',
}


def to_ods(published: Published) -> bytes:
    """Write the rows as a spreadsheet: cover, contents, notes and one table of data.

    The sheets, the shorthand and the formats are those of ``to_xlsx``.

    Args:
        published: What the file holds.
    """
    content = f"{_HEAD}{_content(published)}"
    return archive(
        [
            member("mimetype", MIMETYPE.encode(), compressed=False),  # first, and as it is
            member("content.xml", content.encode()),
            member("styles.xml", f"{_HEAD}{_DEFAULTS}".encode()),
            member("meta.xml", f"{_HEAD}{_properties(published)}".encode()),
            member("META-INF/manifest.xml", f"{_HEAD}{_MANIFEST}".encode()),
        ]
    )


def _content(published: Published) -> str:
    columns, headings, cells = sheet_of(published)
    widths = [width_of(heading, [row[at] for row in cells]) for at, heading in enumerate(headings)]
    sheets = (
        _sheet(COVER, [PAGE], _cover(published)),
        _sheet(CONTENTS, [WIDE, PAGE], _contents(published)),
        _sheet(NOTES, [WIDE // 3, PAGE], _notes(published)),
        _sheet(DATA, widths, _data(published, columns, headings, cells)),
    )
    used = sorted({PAGE, WIDE, WIDE // 3, *widths})
    table = f"data_{re.sub(r'[^a-z0-9]+', '_', published.key.lower())}"
    top = len(_above(published, cells))
    area = f"{DATA}.A{top + 1}:{DATA}.{_letters(len(headings))}{top + 1 + len(cells)}"
    return (
        f"<office:document-content {_NAMESPACES} {_LINKS} {_VERSION}><office:automatic-styles>"
        f"{''.join(map(_column_style, used))}{_NUMBERS}{_CELLS}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(sheets)}<table:database-ranges>"
        f"<table:database-range table:name={quoteattr(table)} "
        f"table:target-range-address={quoteattr(area)}/></table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _cover(published: Published) -> Iterator[str]:
    intro, about = cover_lines(published)
    yield _row([plain(published.title)], _TITLE)
    for heading, lines in (("Introductory information", intro), ("About these data", about)):
        yield _row([heading], _SUBTITLE)
        yield from (_row([line], _TEXT) for line in lines)


def _contents(published: Published) -> Iterator[str]:
    yield _row(["Table of contents"], _TITLE)
    yield _row([ONE_TABLE], _LINE)
    yield _headed(["Sheet name", "Table description"])
    link = f'<text:a xlink:type="simple" xlink:href="#{DATA}.A1">{DATA}</text:a>'
    described = _cell(plain(published.title), _TEXT)
    yield f"<table:table-row>{_paragraphs(link, _LINE)}{described}</table:table-row>"


def _notes(published: Published) -> Iterator[str]:
    yield _row([NOTES], _TITLE)
    yield _row([ONE_TABLE], _LINE)
    yield _headed(["Note number", "Note text"])
    for number, words in enumerate(note_lines(published), start=1):
        yield f"<table:table-row>{_cell(number, 'n0')}{_cell(words, _TEXT)}</table:table-row>"


def _data(
    published: Published, columns: tuple[Column, ...], headings: list[str], cells: list[list[Cell]]
) -> Iterator[str]:
    yield from (_row([line], style) for line, style in _above(published, cells))
    yield _headed(headings)
    styles = [_style_of(column) for column in columns] or [_LINE]
    for row in cells:
        shown = (_cell(cell, style) for cell, style in zip(row, styles, strict=True))
        yield f"<table:table-row>{''.join(shown)}</table:table-row>"


def _above(published: Published, cells: list[list[Cell]]) -> list[tuple[str, str]]:
    """Return the lines above the table, each with its style."""
    noted = "".join(f" [note {at}]" for at, _ in enumerate(note_lines(published), start=1))
    lines = [
        f"{plain(published.subtitle)}{noted}",
        f"{ONE_TABLE} {published.kind.label}.",
        *legend(cells),
        f"Source: {plain(published.citation)}",
    ]
    return [(plain(published.title), _TITLE), *((line, _LINE) for line in lines)]


def _style_of(column: Column) -> str:
    if column.kind is ColumnKind.YEAR:
        return "year"
    return f"n{min(column.decimals, MOST_DECIMALS)}" if column.is_number else _LINE


def _sheet(name: str, widths: Iterable[int], rows: Iterable[str]) -> str:
    columns = "".join(f'<table:table-column table:style-name="w{width}"/>' for width in widths)
    return f'<table:table table:name="{name}">{columns}{"".join(rows)}</table:table>'


def _row(cells: list[str], style: str) -> str:
    return f"<table:table-row>{''.join(_cell(one, style) for one in cells)}</table:table-row>"


def _headed(headings: list[str]) -> str:
    """Return the row of headings, marked as one for those who hear a sheet."""
    return f"<table:table-header-rows>{_row(headings, _HEADING)}</table:table-header-rows>"


def _cell(cell: Cell, style: str) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="float" '
            f'office:value="{cell!r}"><text:p>{cell!r}</text:p></table:table-cell>'
        )
    words = _FORBIDDEN.sub("", str(cell))
    return _paragraphs("</text:p><text:p>".join(map(_inside, words.splitlines())), style)


def _paragraphs(inside: str, style: str) -> str:
    told = f'table:style-name="{style}" office:value-type="string"'
    return f"<table:table-cell {told}><text:p>{inside}</text:p></table:table-cell>"


def _inside(line: str) -> str:
    """Return a line of text with the blanks that the format would join spelled out."""
    return _BLANKS.sub(
        lambda found: "<text:tab/>" if found[0] == "\t" else f'<text:s text:c="{len(found[0])}"/>',
        escape(line),
    )


def _letters(number: int) -> str:
    """Return the name of a column, counted from 1: A, B … Z, AA."""
    name = ""
    while number:
        number, at = divmod(number - 1, 26)
        name = f"{chr(ord('A') + at)}{name}"
    return name


def _column_style(width: int) -> str:
    return (
        f'<style:style style:name="w{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * _WIDTH:.1f}cm"/>'
        "</style:style>"
    )


def _number_style(decimals: int) -> str:
    """Return a format that shows some decimals, and more where a number has them."""
    most = MOST_DECIMALS if decimals else 0
    return (
        f'<number:number-style style:name="f{decimals}"><number:number '
        f'number:decimal-places="{most}" number:min-decimal-places="{decimals}" '
        'number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        f'<style:style style:name="n{decimals}" style:family="table-cell" '
        f'style:data-style-name="f{decimals}"/>'
    )


_NUMBERS: Final = (
    "".join(map(_number_style, range(MOST_DECIMALS + 1)))
    + '<number:number-style style:name="fyear"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1"/></number:number-style><style:style style:name="year" '
    'style:family="table-cell" style:data-style-name="fyear"/>'
)
_CELLS: Final = "".join(
    f'<style:style style:name="{name}" style:family="table-cell">{properties}</style:style>'
    for name, properties in _STYLES.items()
)
_DEFAULTS: Final = (
    f"<office:document-styles {_NAMESPACES} {_VERSION}><office:styles>"
    '<style:default-style style:family="table-cell"><style:text-properties fo:language="en" '
    'fo:country="GB" style:font-name="Arial" fo:font-family="Arial" fo:font-size="12pt"/>'
    "</style:default-style></office:styles></office:document-styles>"
)
_MANIFEST: Final = (
    f'<manifest:manifest {_NAMESPACES} manifest:version="1.3"><manifest:file-entry '
    f'manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "meta")
    )
    + "</manifest:manifest>"
)


def _properties(published: Published) -> str:
    day = f"{UNDATED.isoformat()}Z"
    return (
        f"<office:document-meta {_NAMESPACES} {_LINKS} {_VERSION}><office:meta>"
        f"<dc:title>{escape(published.title)}</dc:title>"
        f"<dc:subject>{escape(published.scope)}</dc:subject>"
        f"<dc:description>{escape(published.citation)}</dc:description>"
        f"<meta:keyword>{escape(published.kind.label)}</meta:keyword>"
        f"<meta:initial-creator>{escape(published.author)}</meta:initial-creator>"
        f"<dc:creator>{escape(published.author)}</dc:creator>"
        f"<meta:creation-date>{day}</meta:creation-date><dc:date>{day}</dc:date>"
        "<dc:language>en-GB</dc:language></office:meta></office:document-meta>"
    )
