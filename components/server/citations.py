"""Addresses of citations: of a card for a selection, and of the whole explorer."""

from typing import Final
from urllib.parse import urljoin

from flask import Blueprint, Response, request

from analytics.publication.citation import STYLES, Citation, of_finding, of_whole
from analytics.selection.selection import Selection
from components.card.card import card_of
from components.frame.asked import programme_asked
from components.frame.bar_words import page_of
from components.prefix import at
from components.server.refusal import refuse, selection_asked
from components.server.release_asked import OtherReleaseError, refuse_earlier
from components.server.response_cache import best_encoding, dated, pack, respond
from data.releases.release import release_of

WHOLE: Final = "explorer"


def citations() -> Blueprint:
    """Return the addresses, to be registered on the server before the pages."""
    blueprint = Blueprint("citations", __name__)
    endings = ",".join(f"'{ending}'" for ending in STYLES)
    blueprint.add_url_rule(f"/cite.<any({endings}):ending>", "whole", _whole)
    blueprint.add_url_rule(f"/cards/<key>.<any({endings}):ending>", "card", _card)
    return blueprint


def _whole(ending: str) -> Response:
    plain = Selection.of(programme_asked())
    address = _absolute(f"/{plain.to_permalink(None)}")
    return _sent(of_whole(release_of(), plain.programme, address=address), WHOLE, ending)


def _card(key: str, ending: str) -> Response:
    card, selection = card_of(key, programme_asked()), selection_asked()
    if card is None:
        return refuse(404, "There is no such card.")
    if isinstance(selection, Response):
        return selection
    try:
        refuse_earlier(selection.release, "Citations are")
    except OtherReleaseError as other:
        return other.answer
    published = card.finding.publish(selection)
    path = f"/cards/{key}"
    address = _absolute(f"{path}{published.selection.to_permalink(page_of(path))}")
    cited = of_finding(published, title=f"{published.title}{card.suffix}", address=address)
    return _sent(cited, key, ending)


def _absolute(path: str) -> str:
    """Return an address of the explorer as the reader's browser knows it."""
    return urljoin(request.host_url, at(path))


def _sent(cited: Citation, name: str, ending: str) -> Response:
    mimetype, write = STYLES[ending]
    response = respond(pack(write(cited), best_encoding(mimetype)), mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{ending}")
    response.headers.setdefault("Cache-Control", "public, max-age=300, must-revalidate")
    return dated(response)
