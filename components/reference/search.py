"""What the search finds: every indicator, ratio, claim, term, council, page and card, by its names.

One list made of the registries, and of the words in ``search.toml`` that readers may use instead.
The browser fetches it when the field is first used, and matches by itself.
"""

import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import orjson
from dash import page_registry
from flask import Blueprint, Response, request

from analytics.claims.registry import claims_of
from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.choices import SURVEY_ITEMS, Outcome
from analytics.selection.places import authorities, pilots
from analytics.selection.selection import Selection
from components.card.card import Card
from components.frame.asked import programme_asked
from components.frame.navigation import is_empty
from components.glossary import terms
from data.programmes.programme import Programme

SYNONYMS: Final = Path(__file__).with_name("search.toml")
ADDRESS: Final = "/search/index.json"
#: The terms alone, for the cards that say them.
TERM_ADDRESS: Final = "/search/terms.json"
JSON: Final = "application/json"


class Kind(StrEnum):
    """What an entry leads to."""

    PAGE = "page"
    INDICATOR = "indicator"
    RATIO = "ratio"
    COUNCIL = "council"
    CLAIM = "claim"
    TERM = "term"
    CARD = "card"

    @property
    def label(self) -> str:
        """The kind as a reader meets it."""
        return {
            Kind.PAGE: "Page",
            Kind.INDICATOR: "Indicator",
            Kind.RATIO: "Spending ratio",
            Kind.COUNCIL: "Council",
            Kind.CLAIM: "Claim",
            Kind.TERM: "Term",
            Kind.CARD: "Chart or table",
        }[self]


class Entry(NamedTuple):
    """Something to be found.

    Attributes:
        kind: What it is.
        name: What it is called; shown.
        note: What tells it from others of a like name; shown, and found with less weight.
        address: Where it is, from the first slash; the selection is added to it.
        also: What else it may be called.
    """

    kind: Kind
    name: str
    note: str
    address: str
    also: tuple[str, ...]


def index() -> Blueprint:
    """Return the addresses of the list, and of the terms in it."""
    blueprint = Blueprint("search", __name__)

    @blueprint.get(ADDRESS)
    def listed() -> Response:
        return _answer(_body(programme_asked()))

    @blueprint.get(TERM_ADDRESS)
    def explained() -> Response:
        return _answer(
            orjson.dumps(
                {one.key: [one.name, one.words] for one in terms(programme_asked()).values()}
            )
        )

    return blueprint


def _answer(body: bytes) -> Response:
    response = Response(body, mimetype=JSON)
    response.headers["Cache-Control"] = "no-cache"  # kept, and asked for again with its tag
    response.add_etag()
    response.make_conditional(request)
    return response


@lru_cache(maxsize=8)
def _body(of: Programme) -> bytes:
    kinds = {kind.value: kind.label for kind in Kind}
    return orjson.dumps(
        {
            "kinds": kinds,
            "alike": synonyms()["alike"],
            "entries": [list(one) for one in entries(of)],
        }
    )


@cache
def synonyms() -> Mapping[str, object]:
    """Return the table of what readers may say instead, as it is written."""
    return tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))


def entries(of: Programme) -> Iterator[Entry]:
    """Yield everything that can be found; all pages must have been registered.

    Args:
        of: The programme.
    """
    yield from _pages(of)
    yield from _indicators()
    yield from _ratios()
    yield from _councils(of)
    yield from _claims(of)
    yield from _terms(of)
    yield from _cards(of)


def _also(part: str, key: str) -> tuple[str, ...]:
    """Return what readers may call an entry of a registry."""
    table = synonyms()[part]
    return tuple(table.get(key, ())) if isinstance(table, dict) else ()


def _listed(of: Programme) -> Iterator[Mapping[str, object]]:
    """Yield the pages that a reader may be led to: those with a path of words alone."""
    for one in page_registry.values():
        if one["order"] is not None and not is_empty(one, of):
            yield one


def _pages(of: Programme) -> Iterator[Entry]:
    for one in _listed(of):
        path, name, title = (str(one[key]) for key in ("path", "name", "heading"))
        yield Entry(
            Kind.PAGE, title, str(one.get("group") or ""), path, (name, *_also("pages", path))
        )


def _indicators() -> Iterator[Entry]:
    for one in INDICATORS.values():
        also = (one.said, one.short_name, one.plain.subject, *_also("indicators", one.key))
        yield Entry(Kind.INDICATOR, one.name, one.family.label, f"/indicators/{one.key}", also)


def _ratios() -> Iterator[Entry]:
    for one in RATIOS.values():
        also = (one.short_name, one.plain.subject, *_also("ratios", one.key))
        yield Entry(Kind.RATIO, one.name, one.unit, f"/expenditure?ratio={one.key}", also)


def _councils(of: Programme) -> Iterator[Entry]:
    known = pilots(of)
    for one in authorities().values():
        also = (one.bare, one.code, *([one.former_code] if one.former_code else ()))
        note = f"{one.region}, a pilot" if one.code in known else one.changed or one.region
        yield Entry(Kind.COUNCIL, one.label, note, f"/councils/{one.code}", also)


def _claims(of: Programme) -> Iterator[Entry]:
    for one in claims_of(of).values():
        address = "/claims#card-claims"
        yield Entry(Kind.CLAIM, one.statement, one.strand.label, address, (one.id, one.short))


def _terms(of: Programme) -> Iterator[Entry]:
    for one in terms(of).values():
        yield Entry(Kind.TERM, one.name, one.words, f"/data#{one.place}", one.also)


def _cards(of: Programme) -> Iterator[Entry]:
    for page in _listed(of):
        for one in vars(sys.modules[str(page["module"])]).values():
            if isinstance(one, Card) and one.finding.is_offered(of):
                address = f"{page['path']}#card-{one.key}"
                also = (one.finding.about_under(of).removesuffix("."), *_also("cards", one.key))
                yield Entry(Kind.CARD, _title(one, of), str(page["name"]), address, also)


@lru_cache(maxsize=8)
def _otherwise(of: Programme) -> tuple[Selection, Selection]:
    """Return selections under which a title that names what is selected is not the same."""
    plain = Selection.of(of)
    return plain, replace(
        plain,
        indicator=next(iter(INDICATORS)),
        ratio=next(reversed(RATIOS)),
        item=next(reversed(SURVEY_ITEMS)),
        outcome=Outcome.LOG,
        area=next(iter(authorities())),
    )


def _title(card: Card, of: Programme) -> str:
    """Return what a card is called whatever is selected: its finding's line, where that changes."""
    titles = {card.finding.title_for(one) for one in _otherwise(of)}
    plain = titles.pop() if len(titles) == 1 else card.finding.about_under(of).removesuffix(".")
    return f"{plain}{card.suffix}"
