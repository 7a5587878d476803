"""What a card shows only when asked: its table, its method, its files. One piece of HTML each."""

from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request
from markupsafe import Markup

from analytics.publication.published import Published
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from components.card.by_code import code_samples, frame_snippet
from components.card.card import Card, card_of
from components.card.downloads import API, download_panel, rows_words
from components.card.table import html_table
from components.glossary import spelled
from components.prefix import at
from components.templates.render import render
from components.views.view import panel
from data.releases.release import release_of
from data.schema import visible

#: What the files are called that programs for references read, by their endings.
STYLES: Final = {"bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON"}
DESCRIPTION: Final = "/api/v1/openapi.json"
#: The list of methods on the page of data.
METHODS: Final = "#sheet-methods"


def fragments() -> Blueprint:
    """Return the addresses that the tabs of a card are filled from."""
    blueprint = Blueprint("fragments", __name__)

    @blueprint.get("/cards/<key>/<tab>")
    def fragment(key: str, tab: str) -> Response:
        selection = from_search(request.query_string.decode("utf-8", "replace"))
        card = card_of(key, selection.programme)
        if card is None or tab not in _WRITERS:
            abort(404)
        words = _WRITERS[tab](card, selection)
        return Response(words, content_type="text/html; charset=utf-8")

    return blueprint


def _view(card: Card, selection: Selection) -> Markup:
    if card.view is None:
        abort(404)
    return card.view.sheet(card.finding.publish(selection))


def _table(card: Card, selection: Selection) -> Markup:
    published = card.finding.publish(selection)
    if not len(published.frame):
        return render("withheld.html", words=published.withheld)
    name = f"Table: {published.title}{card.suffix}"
    return panel(published, html_table(published, name=name))


def _about(card: Card, selection: Selection) -> Markup:
    published = card.finding.publish(selection)
    facts = [
        ("What is shown", f"{published.title}. {published.subtitle}."),
        *((("For statisticians", published.technical),) if published.technical else ()),
        *published.method,
        ("Sources", published.citation),
        ("Kind of number", published.kind.label),
        ("Columns", _dictionary(published)),
        ("Version", f"Method {published.version}; {_digests(published)}."),
        ("Release", published.release.label),
    ]
    _, *terms = spelled(published.own_words, *(words for _, words in facts))
    told = [(*fact, said) for fact, said in zip(facts, terms, strict=True)]
    return render("about.html", facts=told, href=f"{at('/data')}{_asked(selection)}{METHODS}")


def _dictionary(published: Published) -> str:
    described = [column for column in visible(published.columns) if column.about]
    return " ".join(f"{column.label}: {column.about}" for column in described) or "As headed."


def _digests(published: Published) -> str:
    """Name the tables, each with the beginning of its checksum; the reader's own have none."""
    named = (f"{source.key} {source.sha256[:8]}".strip() for source in published.sources)
    return f"tables {', '.join(named)}"


def _download(card: Card, selection: Selection) -> Markup:
    return download_panel(card, card.finding.publish(selection), _asked(selection))


def _copy(card: Card, selection: Selection) -> Markup:
    shown = card.finding.publish(selection)
    asked = _asked(selection)
    return render(
        "copy.html",
        link=f"{at(f'/cards/{card.key}')}{asked}",
        citation=_cited(shown, card.suffix),
        styles=[
            (words, f"{at(f'/cards/{card.key}.{end}')}{asked}") for end, words in STYLES.items()
        ],
        rows=rows_words(shown) if len(shown.frame) else "",
        data=f"{at(API)}/{shown.key}.csv{asked}",
        picture=_is_drawn(card, shown),
        frame=frame_snippet(f"/cards/{card.key}{asked}", title=f"{shown.title}{card.suffix}"),
        by_code=render(
            "by_code.html",
            samples=code_samples(f"{API}/{shown.key}.csv{asked}", file=f"{shown.key}.csv"),
            described=at(DESCRIPTION),
        ),
    )


def _is_drawn(card: Card, published: Published) -> bool:
    """Whether there is a chart that a picture can be made of."""
    return card.chart is not None and bool(len(published.frame))


def _cited(published: Published, suffix: str) -> str:
    """Cite a card as far as the server can: the browser adds the link and the day."""
    verdict = f"“{published.verdict}”. " if published.verdict else ""
    return (
        f"{published.author}: {verdict}{published.title}{suffix}. {published.subtitle}. "
        f"{published.kind.label}. Source: {published.citation} {published.release.label}."
    )


def _asked(selection: Selection) -> str:
    """Return a selection as the query of an address, or nothing where it is the default.

    A card shows the present figures, whatever release its page cites: so do its files.
    """
    shown = selection if selection.release == release_of().id else replace(selection, release="")
    query = urlencode(shown.to_pairs(), safe=",")
    return f"?{query}" if query else ""


_WRITERS: Final = {
    "sheet": _view,
    "table": _table,
    "about": _about,
    "download": _download,
    "copy": _copy,
}
