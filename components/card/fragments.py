"""What a card shows only when asked: its table, its method, its files. One escaped string each."""

from html import escape
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request

from analytics.publication.export import attribution, to_csv
from analytics.publication.finding import FINDINGS, Published
from analytics.publication.workbook import to_xlsx
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from components.card.card import CARDS, Card
from components.card.numbers import bytes_words
from components.card.table import html_table
from components.prefix import at, placed
from data.schema import visible

API: Final = "/api/v1/findings"


def fragments() -> Blueprint:
    """Return the addresses that the tabs of a card are filled from."""
    blueprint = Blueprint("fragments", __name__)

    @blueprint.get("/cards/<key>/<tab>")
    def fragment(key: str, tab: str) -> Response:
        if key not in CARDS or tab not in _WRITERS:
            abort(404)
        selection = from_search(request.query_string.decode("utf-8", "replace"))
        words = _WRITERS[tab](CARDS[key], selection)
        return Response(words, content_type="text/html; charset=utf-8")

    return blueprint


def _sheet(card: Card, selection: Selection) -> str:
    if card.sheet is None:
        abort(404)
    published = card.finding.publish(selection)
    if published.withheld:
        return f'<div class="withheld">{escape(published.withheld)}</div>'
    return f'<p class="says">{escape(published.summary)}</p>{card.sheet.write(published)}'


def _table(card: Card, selection: Selection) -> str:
    published = card.finding.publish(selection)
    if not len(published.frame):
        return f'<div class="withheld">{escape(published.withheld)}</div>'
    name = f"Table: {published.title}{card.suffix}"
    said = f'<p class="says">{escape(published.summary)}</p>'
    return f"{said}{html_table(published, name=name)}"


def _about(card: Card, selection: Selection) -> str:
    published = card.finding.publish(selection)
    facts = [
        *published.method,
        ("Kind of number", published.kind.label),
        ("Columns", _dictionary(published)),
        ("Version", f"Method {published.version}; {_digests(published)}."),
    ]
    rows = "".join(f"<dt>{escape(term)}</dt><dd>{escape(words)}</dd>" for term, words in facts)
    return f'<dl class="method">{rows}</dl>'


def _dictionary(published: Published) -> str:
    described = [column for column in visible(published.columns) if column.about]
    return " ".join(f"{column.label}: {column.about}" for column in described) or "As headed."


def _digests(published: Published) -> str:
    """Name the tables, each with the beginning of its checksum; the reader's own have none."""
    named = (f"{source.key} {source.sha256[:8]}".strip() for source in published.sources)
    return f"tables {', '.join(named)}"


def _download(card: Card, selection: Selection) -> str:
    finding = card.finding
    shown = finding.publish(selection)
    items = _files(shown, "displayed rows", selection)
    if finding.whole:
        items += _files(FINDINGS[finding.whole].publish(selection), "full table", selection)
    pictures = "".join(
        f'<li><button class="file" type="button" data-image="{kind}">{kind.upper()} image '
        "<span>with title, notes and source inside</span></button></li>"
        for kind in ("png", "svg")
    )
    owed = attribution(shown.sources)
    licence = f"<p>{escape(owed)}</p>" if owed else ""
    return (
        f'<ul class="files">{items}{pictures}</ul>'
        f'<p data-part="image-status" role="status"></p>{licence}'
    )


def _files(published: Published, words: str, selection: Selection) -> str:
    published = placed(published)
    query = urlencode(selection.to_pairs(), safe=",")
    rows = f"{len(published.frame):,} {'row' if len(published.frame) == 1 else 'rows'}"
    made = (("csv", "CSV", to_csv(published)), ("xlsx", "Excel", to_xlsx(published)))
    return "".join(
        f'<li><a class="file" download href="{at(API)}/{published.key}.{end}'
        f'{escape("?" + query if query else "")}">{name}, {words} '
        f"<span>{rows}, {bytes_words(len(content))}</span></a></li>"
        for end, name, content in made
    )


_WRITERS: Final = {"sheet": _sheet, "table": _table, "about": _about, "download": _download}
