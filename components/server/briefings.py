"""Addresses of briefings: two pages, as PDF, for a selection, one council or a pair."""

from datetime import UTC, datetime
from functools import partial
from typing import Final
from urllib.parse import urljoin

from flask import Blueprint, Response, request

from analytics.publication.finding import release
from analytics.selection.parse import from_query, from_search
from components.briefing.blocks import Briefing
from components.briefing.of_council import of_council
from components.briefing.of_pair import of_pair
from components.briefing.of_selection import of_selection
from components.briefing.paper import to_pdf
from components.frame.pair_address import compared, pair_address
from components.prefix import PAIRS, at
from components.server.refusal import refuse
from components.server.response_cache import Encoding, ResponseCache, dated, respond

KEPT: Final = 8 * 1024 * 1024
PDF: Final = "application/pdf"


def briefings() -> Blueprint:
    """Return the addresses, to be registered on the server before the pages."""
    kept = ResponseCache(KEPT)
    blueprint = Blueprint("briefings", __name__)
    blueprint.add_url_rule("/briefing.pdf", "selection", partial(_selection, kept))
    blueprint.add_url_rule("/councils/<code>/briefing.pdf", "council", partial(_council, kept))
    blueprint.add_url_rule(f"{PAIRS}<path:pair>/briefing.pdf", "pair", partial(_pair, kept))
    return blueprint


def _selection(kept: ResponseCache) -> Response:
    selection = from_search(request.query_string.decode(errors="replace"))
    address = _address(f"/{selection.cited.to_query()}")
    return _sent(kept, "briefing", partial(of_selection, selection, day=today(), address=address))


def _council(kept: ResponseCache, code: str) -> Response:
    asked = from_search(request.query_string.decode(errors="replace"))
    selection = from_query({**asked.to_pairs(), "area": code})
    if not selection.area:
        return refuse(404, "No English council has this code.")
    path = f"/councils/{selection.area}{selection.cited.to_query(without=('area',))}"
    make = partial(of_council, selection, day=today(), address=_address(path))
    return _sent(kept, f"briefing-{selection.area}", make)


def _pair(kept: ResponseCache, pair: str) -> Response:
    shown = compared(pair)
    if shown is None:
        return refuse(404, "No page and no card has this name.")
    other = from_search(request.query_string.decode(errors="replace"))
    address = _address(pair_address(shown.path, shown.one, other))
    make = partial(of_pair, shown, other, day=today(), address=address)
    return _sent(kept, "briefing-of-two", make)


def _sent(kept: ResponseCache, name: str, make: partial[Briefing]) -> Response:
    day, address = make.keywords["day"], make.keywords["address"]
    packed = kept.kept(f"{release()} {day} {address}", Encoding.IDENTITY, lambda: to_pdf(make()))
    response = respond(packed, PDF)
    response.headers.set("Content-Disposition", "inline", filename=f"{name}.pdf")
    response.headers.setdefault("Cache-Control", "public, max-age=300, must-revalidate")
    return dated(response)


def site() -> str:
    """Return the address of the explorer, to the last slash, as the reader's browser knows it."""
    return urljoin(request.host_url, at("/"))


def _address(path: str) -> str:
    return urljoin(request.host_url, at(path))


def today() -> str:
    """Return the date in words, as briefings print it."""
    now = datetime.now(UTC)
    return f"{now.day} {now:%B %Y}"
