"""A published frame as an accessible HTML table, written as one escaped string.

Dash would mount a component for every cell; a string of HTML costs nothing until it is asked for.
"""

from html import escape
from typing import Final

from analytics.evaluation.measure_families import SYMBOLS
from analytics.measures.indicators.registry import INDICATORS
from analytics.publication.finding import Published
from components.card.numbers import shown
from components.prefix import at
from data.schema import Column, records, visible

MOST_ROWS: Final = 200
LINK: Final = "link"  # the column of pages where a row is shown


def html_table(published: Published, *, name: str) -> str:
    """Write the rows of a finding as a table with caption and scoped headings.

    Args:
        published: From ``Finding.publish``.
        name: What the region that holds the table is called; unique on its page.

    Returns:
        Escaped HTML: a region that scrolls sideways by itself, holding the table.
    """
    columns = [column for column in visible(published.columns) if column.in_table]
    rows = records(published.frame.head(MOST_ROWS))
    head = "".join(f"<th scope=col{_class(column)}>{_heading(column)}</th>" for column in columns)
    body = "".join(f"<tr>{_cells(row, columns)}</tr>" for row in rows)
    caption = escape(f"{published.title}. {published.scope}. {published.kind.label}.")
    left = len(published.frame) - len(rows)
    more = f"<p>{left:,} more rows are in the files under Download.</p>" if left > 0 else ""
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escape(name)}">'
        f'<table class="data"><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>{more}"
    )


def _heading(column: Column) -> str:
    unit = f" <small>{escape(column.unit)}</small>" if column.unit else ""
    return f"{escape(column.label)}{unit}"


def _class(column: Column) -> str:
    return " class=number" if column.is_number else ""


def _cells(row: dict[str, object], columns: list[Column]) -> str:
    status = next((str(row[name]) for name in SYMBOLS if row.get(name)), "")
    return "".join(_cell(row, column, status, first=at == 0) for at, column in enumerate(columns))


def _cell(row: dict[str, object], column: Column, status: str, *, first: bool) -> str:
    words, missing = shown(row[column.name], column, status=status if column.is_number else "")
    names = ["number"] if column.is_number else []
    names += ["missing"] if missing else []
    marked = f' class="{" ".join(names)}"' if names else ""
    if column.name == LINK and words.startswith("/"):
        return f'<td><a data-follow href="{escape(at(words))}">{escape(_page(words))}</a></td>'
    if not first:
        return f"<td{marked}>{escape(words)}</td>"
    return f"<th scope=row{marked}>{_linked(row, words)}</th>"


def _page(path: str) -> str:
    """Name where a link leads: the indicator, else the page."""
    key = path.partition("?")[0].rsplit("/", 1)[-1]
    return INDICATORS[key].name if key in INDICATORS else key.replace("-", " ").capitalize()


def _linked(row: dict[str, object], words: str) -> str:
    if address := str(row.get("address", "")):
        return f'<a data-view href="{escape(at(address))}">{escape(words)}</a>'
    key = str(row.get("key", ""))
    if key in INDICATORS:
        return f'<a data-follow href="{at(f"/indicators/{key}")}">{escape(words)}</a>'
    return escape(words)
