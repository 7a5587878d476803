"""What Dash asks for first, written into the page: it then starts without asking again.

Dash asks for its layout and its callbacks, then for the page of the address: two round trips in
series before there is a chart to draw. ``assets/15-requests.js`` answers those requests from here.
"""

from json import dumps
from typing import Final
from urllib.parse import quote

from dash import Dash
from flask import request
from markupsafe import Markup

from components.server.headers import CALLBACKS
from components.templates.render import inside_script, render

#: As Dash names the outputs of its router, which a test compares with Dash's own.
ROUTER: Final = ("_pages_content.children", "_pages_store.data")
_LOCATION: Final = "_pages_location"


def first_look(app: Dash) -> Markup:
    """Write the answers to Dash's first requests, for the address of the request in hand.

    Args:
        app: The explorer, after its first request.
    """
    pathname = quote(f"{request.script_root}{request.path}", safe="/-_.~")
    query = request.query_string.decode("latin-1")
    search = f"?{query}" if query else ""
    parts = {
        "layout": app.serve_layout().get_data(as_text=True),
        "dependencies": app.dependencies().get_data(as_text=True),
        "pathname": dumps(pathname),
        "search": dumps(search),
        "page": _page(app, pathname, search),
    }
    whole = ",".join(f'"{name}":{words}' for name, words in parts.items())
    return render("first_look.html", answers=inside_script("{" + whole + "}"))


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
