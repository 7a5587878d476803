"""A published frame as an accessible HTML table, written by one template.

Dash would mount a component for every cell; a string of HTML costs nothing until it is asked for.
"""

import re
from collections.abc import Container
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from analytics.evaluation.measure_families import SYMBOLS
from analytics.measures.indicators.registry import INDICATORS
from analytics.publication.published import Published
from analytics.selection.marks import markable
from analytics.text.wording import years_label
from components.card.columns import BAND, on_screen
from components.card.numbers import shown
from components.charts.per_cent import in_per_cent
from components.prefix import at
from components.templates.render import render
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind, records
from data.sources.read_at import Place, read_at

MOST_ROWS: Final = 200
ONE_LINE: Final = "one-line"  # the class of words that are not broken
POUND: Final = "£"
YEARS: Final = "years"  # first and last year, as files write them
SPAN: Final = re.compile(r"(\d{4})(?:-(\d{4}))?")
DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
LINK: Final = "link"  # the column of pages where a row is shown
#: Columns that hold the key of what a row is about, the closest first.
ABOUT: Final = ("code", "key", "band")
#: Rows at most, and columns at least, of a table of amounts that is turned: a column for each row.
FEW_ROWS: Final = 3
MANY_COLUMNS: Final = 7
#: Rows at most, and columns at least, of a table of words whose rows become blocks on a phone.
SHORT: Final = 12
WIDE: Final = 5
PHRASE: Final = 20  # characters of words that need more than the narrowest
HEADING: Final = 24  # characters of a heading that two lines of a narrow column hold
SENTENCE: Final = 60  # characters of words that need a wide column
#: The classes of a cell, by whether its column is a number and whether it has no value.
LOOKS: Final = {
    (False, False): "",
    (True, False): "number",
    (False, True): "missing",
    (True, True): "number missing",
}


class _Cell(NamedTuple):
    """A cell after the first of its row.

    Attributes:
        words: What it says.
        look: Its classes.
        href: The page it leads to, or "".
        read: Where it was read, in place of the words; empty in other cells.
    """

    words: str
    look: str
    href: str = ""
    read: tuple[Place, ...] = ()


class _Heading(NamedTuple):
    label: str
    unit: str
    look: str


class _Row(NamedTuple):
    """A row: its first cell, which is its heading, and the others.

    ``view`` is an address that changes the view, ``follow`` one of another page; at most one is
    used, the first before the second. ``mark`` is the key of what it is about, where that can be
    marked.
    """

    words: str
    look: str
    view: str
    follow: str
    cells: list[_Cell]
    mark: str


def html_table(published: Published, *, name: str) -> Markup:
    """Write the rows of a finding as a table with caption and scoped headings.

    Shares of spend are in per cent, as charts and sentences say them. Many amounts of few things
    are below each other, and so are the cells of a row of words on a phone, so that they are read
    without scrolling sideways.

    Args:
        published: From ``Finding.publish``.
        name: What the region that holds the table is called; unique on its page.

    Returns:
        A region that scrolls sideways by itself, holding the table.
    """
    of = published.selection.programme
    frame, quantity = in_per_cent(published.frame, published.quantity)
    columns = on_screen(published.columns, frame, of)
    held, known = records(frame.head(MOST_ROWS)), markable(of)
    rows = [_row(row, columns, known, of) for row in held]
    left = len(published.frame) - len(held)
    said = {
        "name": name,
        "published": published,
        "unit": quantity.unit if quantity is not published.quantity else "",
        "columns": [_heading(column) for column in columns],
        "rows": rows,
        "left": f"{left:,}" if left > 0 else "",
    }
    if _is_turned(rows, columns):
        return render("table_turned.html", **said)
    return render("table.html", **said, stacks=_stacks(rows, columns))


def _stacks(rows: list[_Row], columns: list[Column]) -> bool:
    """Say whether each row becomes a block where the columns have no room beside each other."""
    in_words = not any(column.is_number for column in columns)
    return in_words and len(rows) <= SHORT and len(columns) >= WIDE


def _is_turned(rows: list[_Row], columns: list[Column]) -> bool:
    """Say whether a table has a column for each row: a row that leads or is marked stays one."""
    amounts = 2 * sum(column.is_number for column in columns) >= len(columns)
    bound = any(row.view or row.follow or row.mark for row in rows)
    return amounts and not bound and len(rows) <= FEW_ROWS and len(columns) >= MANY_COLUMNS


def _named(row: dict[str, object], of: Programme) -> dict[str, object]:
    """Return a row with the name of its band in place of the key, by which it is marked."""
    key = row.get(BAND)
    return {**row, BAND: of.band(str(key)).brief} if key in of.band_keys else row


def _heading(column: Column) -> _Heading:
    """Return what stands over a column: of its unit, what neither the label nor a cell says."""
    unit = column.unit.removeprefix(POUND).strip(", ")
    if unit.casefold() in column.label.casefold():
        unit = ""
    look = "number" if column.is_number else ""
    if len(f"{column.label} {unit}") > HEADING:
        look = f"{look} {_width(column.label + unit)}".strip()
    return _Heading(column.label, unit, look)


def _width(words: str) -> str:
    """Return the class of a column of some words."""
    return "long" if len(words) > SENTENCE else "phrase"


def _row(
    row: dict[str, object], columns: list[Column], known: Container[str], of: Programme
) -> _Row:
    status = next((str(row[name]) for name in SYMBOLS if row.get(name)), "")
    first, *rest = columns
    named = _named(row, of)
    words, look = _written(named, first, status)
    address = str(row.get("address", ""))
    key = str(row.get("key", ""))
    is_indicator = key in INDICATORS and words == INDICATORS[key].name
    return _Row(
        words,
        look,
        at(address) if address else "",
        at(f"/indicators/{key}") if is_indicator else "",
        [_cell(named, column, status) for column in rest],
        next((key for key in (str(row.get(name)) for name in ABOUT) if key in known), ""),
    )


def _cell(row: dict[str, object], column: Column, status: str) -> _Cell:
    words, look = _written(row, column, status)
    if len(words) > PHRASE and not look:
        look = _width(words)
    if column.name == LINK and words.startswith("/"):
        return _Cell(_page(words), "", at(words))
    return _Cell(words, look, read=read_at(words) if "https://" in words else ())


def _written(row: dict[str, object], column: Column, status: str) -> tuple[str, str]:
    """Return the words of a cell and its classes."""
    number = column.is_number
    words, missing = shown(row[column.name], column, status=status if number else "")
    if column.unit.startswith(POUND) and not missing:
        words = re.sub(r"(?=\d)", POUND, words, count=1)
    if column.kind is ColumnKind.YEAR or column.name == YEARS:
        words = _years(words, str(row.get("key", "")))
    elif DATE.fullmatch(words):
        day = date.fromisoformat(words)
        return f"{day.day} {day:%B %Y}", ONE_LINE
    elif column.name == BAND:
        return words, ONE_LINE
    return words, LOOKS[number, missing]


def _years(words: str, key: str) -> str:
    """Write "2013-2016", as files do, as readers say it: the bar has the same years."""
    day = INDICATORS[key].day if key in INDICATORS else ""
    found = SPAN.fullmatch(words)
    return years_label(int(found[1]), int(found[2] or found[1]), day) if found else words


def _page(path: str) -> str:
    """Name where a link leads: the indicator, else the page."""
    key = path.partition("?")[0].rsplit("/", 1)[-1]
    return INDICATORS[key].name if key in INDICATORS else key.replace("-", " ").capitalize()
