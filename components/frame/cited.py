"""What a page says of the release that its address cites: the same figures, or changed rows."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from dash import html
from dash.development.base_component import Component
from flask import Blueprint, Response, abort, request

from analytics.publication.changed_rows import ChangedRow, changed_rows
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from analytics.text.wording import counted, pluralise
from components.card.card import Card, card_of
from components.card.numbers import MISSING, shown
from components.frame.bar_words import page_of
from components.frame.navigation import cards_of
from components.html_attrs import marked, part
from components.prefix import PAIRS, at
from components.templates.render import render
from data.load import TableStore
from data.programmes.programme import Programme
from data.releases.archive import ReleaseError, store_of
from data.releases.release import Release, recorded, release_of
from data.schema import Column

#: Cells that are printed of a card.
MOST: Final = 40
#: Digits that tell any two numbers apart, and one more.
MOST_DIGITS: Final = 18
HEADS: Final = ("Row", "Figure", "As cited", "Now")


class _Changes(NamedTuple):
    """What changed in a card, as its template prints it."""

    title: str
    counted: str
    cells: list[tuple[str, str, str, str]]
    left: str


def cited(selection: Selection, path: str) -> list[Component]:
    """Return what is below the bar of a page whose address cites a release.

    What is not known here is said by the selection itself, among its remarks.

    Args:
        selection: What the reader chose.
        path: Of the page, from the first slash.
    """
    present = release_of()
    if not selection.release:
        return []
    if selection.release == present.id:
        same = f"These are the same figures as cited, of {present.words}."
        return [part(html.P(same, className="cited"), "cited")]
    if recorded(selection.release) is None or path.startswith(PAIRS):
        return []
    region = part(html.Div(className="cited"), "cited")
    return [marked(region, {"data-fill": at(f"/cited{path}{selection.to_query()}")})]


def comparisons() -> Blueprint:
    """Return the addresses of what changed in the cards of a page, as pieces of HTML."""
    blueprint = Blueprint("comparisons", __name__)
    blueprint.add_url_rule("/cited/", "first", _compared, defaults={"path": ""})
    blueprint.add_url_rule("/cited/<path:path>", "page", _compared)
    return blueprint


def _compared(path: str) -> Response:
    selection = from_search(request.query_string.decode(errors="replace"))
    known = recorded(selection.release)
    if known is None:
        abort(404)
    words = changes(known, selection, _cards_at(f"/{path}", selection.programme))
    return Response(words, content_type="text/html; charset=utf-8")


def changes(
    known: Release,
    selection: Selection,
    cards: Sequence[Card],
    store: TableStore | None = None,
) -> str:
    """Write which rows of some cards are not the same as under another release.

    Args:
        known: The release that is cited.
        selection: What the reader chose.
        cards: Of the page.
        store: The tables of that release; from its archive unless given.
    """
    try:
        before = store or store_of(known)
    except ReleaseError:
        said = "This version cannot read the tables of that release, so no rows are compared."
        return render("cited.html", said=said, cards=[], heads=HEADS)
    found, waiting = list[_Changes](), 0
    for card in cards:
        was, now = (card.finding.publish(selection, one) for one in (before, None))
        if was.waiting or now.waiting:
            waiting += 1
        elif rows := changed_rows(was, now):
            found.append(_of_card(f"{now.title}{card.suffix}", rows))
    said = _said(known, changed=len(found), compared=len(cards) - waiting, waiting=waiting)
    return render("cited.html", said=said, cards=found, heads=HEADS)


def _cards_at(path: str, of: Programme) -> tuple[Card, ...]:
    alone = path.removeprefix("/cards/")
    if alone != path:
        card = card_of(alone, of)
        return (card,) if card else ()
    page = page_of(path)
    return cards_of(page, of) if page else ()


def _said(known: Release, *, changed: int, compared: int, waiting: int) -> str:
    present = release_of()
    parts = list[str]()
    if known.tables == present.tables and known.version != present.version:
        parts.append(
            f"The tables are the same as cited; the explorer was version {known.version} then, and "
            f"is version {present.version} now."
        )
    if changed:
        parts.append(
            f"Of {pluralise(compared, 'card')} on this page, {counted(changed)} "
            f"{'has' if changed == 1 else 'have'} other rows than cited."
        )
    elif compared:
        parts.append("Every row on this page is the same as cited.")
    if waiting:
        parts.append(
            f"{pluralise(waiting, 'card')} {'is' if waiting == 1 else 'are'} not compared: that "
            "would take long."
        )
    return " ".join(parts)


def _of_card(title: str, rows: tuple[ChangedRow, ...]) -> _Changes:
    cells = [cell for row in rows for cell in _cells(row)]
    left = len(cells) - MOST
    return _Changes(
        title=title,
        counted=f"{pluralise(len(rows), 'row')} changed",
        cells=cells[:MOST],
        left=f"{pluralise(left, 'more change')} in this card." if left > 0 else "",
    )


def _cells(row: ChangedRow) -> list[tuple[str, str, str, str]]:
    if not (row.was and row.now):
        was, now = ("there", MISSING) if row.was else (MISSING, "new")
        return [(row.name, "whole row", was, now)]
    return [(row.name, one.label, *_pair(row, one)) for one in row.columns]


def _pair(row: ChangedRow, column: Column) -> tuple[str, str]:
    """Return a cell as it was and as it is, with more digits where they would look the same."""
    was, now = row.was[column.name], row.now[column.name]
    printed = shown(was, column)[0], shown(now, column)[0]
    if printed[0] != printed[1] or not (isinstance(was, float) and isinstance(now, float)):
        return printed
    longer = ((f"{was:.{digits}g}", f"{now:.{digits}g}") for digits in range(1, MOST_DIGITS))
    return next(pair for pair in longer if pair[0] != pair[1])
