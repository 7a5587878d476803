"""Which programme a request is about: the frame of every page and the lists beside it follow it."""

from urllib.parse import parse_qs

from flask import has_request_context, request

from analytics.selection.parse import from_query
from analytics.selection.selection import HOME, Selection
from data.programmes.programme import Programme

_SEARCH = "_pages_location.search"


def programme_asked() -> Programme:
    """Return the programme of the request in hand; that of the process outside of requests.

    Dash asks for a page with the query of the page in the body, not in the address.
    """
    if not has_request_context():
        return HOME
    if request.method != "POST":
        return _read(request.query_string.decode(errors="replace"))
    body = request.get_json(silent=True)
    inputs = body.get("inputs", []) if isinstance(body, dict) else []
    for one in inputs if isinstance(inputs, list) else []:
        if isinstance(one, dict) and f"{one.get('id')}.{one.get('property')}" == _SEARCH:
            return _read(str(one.get("value") or ""))
    return HOME


def _read(search: str) -> Programme:
    """Read an address as pages are laid out for it, however long: a frame of another is left."""
    return from_query(parse_qs(search.removeprefix("?"), keep_blank_values=True)).programme


def programme_query(of: Programme) -> str:
    """Spell a programme as the query of an address, "" for that of the process.

    Args:
        of: The programme.
    """
    return Selection.of(of).to_query()
