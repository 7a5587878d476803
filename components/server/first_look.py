"""What Dash asks for first, written into the page: it then starts without asking again.

Dash asks for its layout and its callbacks, then for the page of the address: two round trips in
series before there is a chart to draw. ``assets/15-requests.js`` answers those requests from here.
"""

from functools import lru_cache
from json import dumps
from typing import Final
from urllib.parse import quote

from dash import Dash
from flask import request
from markupsafe import Markup

from analytics.publication.finding import WAITING
from analytics.publication.lru_cache import LruCache
from components.card.card import IDS_ALONE
from components.prefix import prefix
from components.server.headers import CALLBACKS
from components.templates.render import inside_script, render
from data.programmes.programme import Programme

#: As Dash names the outputs of its router, which a test compares with Dash's own.
ROUTER: Final = ("_pages_content.children", "_pages_store.data")
_LOCATION: Final = "_pages_location"
REMEMBERED: Final = 32  # pages of some 100 kB


def first_look(app: Dash, of: Programme) -> Markup:
    """Write the answers to Dash's first requests, for the address of the request in hand.

    Args:
        app: The explorer, after its first request.
        of: The programme of the request in hand.
    """
    pathname = quote(f"{request.script_root}{request.path}", safe="/-_.~")
    query = request.query_string.decode("latin-1")
    search = f"?{query}" if query else ""
    parts = {
        **_frame(app, prefix(), of),
        "pathname": dumps(pathname),
        "search": dumps(search),
        "page": _page(app, pathname, search) if search else _plain_page(app, pathname),
    }
    whole = ",".join(f'"{name}":{words}' for name, words in parts.items())
    return render("first_look.html", answers=inside_script("{" + whole + "}"))


@lru_cache(maxsize=32)
def _frame(app: Dash, _prefix: str, _of: Programme) -> dict[str, str]:
    """Return the frame of all pages about one programme, and the callbacks; with the prefix."""
    return {
        "layout": app.serve_layout().get_data(as_text=True),
        "dependencies": app.dependencies().get_data(as_text=True),
    }


def _plain_page(app: Dash, pathname: str) -> str:
    """Return what Dash's router answers for an address without a query: most first visits.

    It is remembered, unless something of it is still to be made.
    """
    key = (app, pathname)
    remembered = _PAGES.get(key)
    if remembered is not None:
        return remembered
    waiting = list[str]()
    token = WAITING.set(waiting)
    try:
        made = _page(app, pathname, "")
    finally:
        WAITING.reset(token)
    if not waiting and not IDS_ALONE.get():
        _PAGES.put(key, made)
    return made


def _page(app: Dash, pathname: str, search: str) -> str:
    """Return what Dash's router answers a browser at an address."""
    server = app.server
    with server.test_request_context(
        f"{app.config.routes_pathname_prefix}{CALLBACKS}",
        method="POST",
        base_url=request.host_url,
        environ_overrides={"SCRIPT_NAME": request.script_root},
        json=question(pathname, search),
    ):
        return server.make_response(server.dispatch_request()).get_data(as_text=True).strip()


def question(pathname: str, search: str) -> dict[str, object]:
    """Return what a browser asks Dash's router for the page of an address.

    Args:
        pathname: With the prefix of the request.
        search: From the question mark; "" without a query.
    """
    outputs = [dict(zip(("id", "property"), one.split("."), strict=True)) for one in ROUTER]
    asked = {"pathname": pathname, "search": search}
    return {
        "output": f"..{'...'.join(ROUTER)}..",
        "outputs": outputs,
        "inputs": [
            {"id": _LOCATION, "property": name, "value": value} for name, value in asked.items()
        ],
        "changedPropIds": [f"{_LOCATION}.{name}" for name in asked],
        "parsedChangedPropsIds": [f"{_LOCATION}.{name}" for name in asked],
    }


# What this process has answered lately. Pure of inputs, so safe to share by readers.
_PAGES: Final = LruCache[tuple[Dash, str], str](REMEMBERED)
