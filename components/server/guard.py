"""What stands between the open internet and Dash: refusals, headers, errors, log."""

import logging
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from dash import Dash
from dash.exceptions import DependencyException, InvalidResourceError
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from analytics.selection.repair import meant
from components.server.headers import CALLBACKS, keep, protect
from components.server.log import FACTS
from components.server.refusal import refuse
from components.server.request_validation import MalformedError, UnknownCallbackError, check

log = logging.getLogger("explorer.web")

LONGEST_ECHO: Final = 200
OK: Final = 200
LOWEST_ERROR: Final = 400
#: What is said of an error, by its status; of any other, its name.
SAID: Final = {
    400: "The request cannot be read.",
    404: "There is nothing at this address.",
    405: "This address does not answer requests of this kind.",
    413: "The request is larger than is accepted.",
    500: "Something went wrong here, and is in the log. Try again shortly.",
}


def install(
    app: Dash,
    *,
    known_path: Callable[[str], bool],
    frame_ancestors: str = "'none'",
    max_body: int = 65_536,
) -> None:
    """Harden a Dash application on Flask. To be called once, after every route is registered.

    Args:
        app: The application.
        known_path: Whether there is a page at a path, which begins with "/" and has no prefix of
            the application; any other is shown with status 404.
        frame_ancestors: Who may show the pages in a frame, as a Content-Security-Policy spells it.
        max_body: Largest body of a request, in bytes.
    """
    server: Flask = app.server
    server.config["MAX_CONTENT_LENGTH"] = max_body
    prefix: str = app.config.routes_pathname_prefix

    def before() -> Response | None:
        g.started = time.perf_counter()
        if request.path == f"{prefix}{CALLBACKS}":
            return _refused_callback(app)
        return _led_back(app, prefix, known_path) if _is_page(prefix) else None

    def after(response: Response) -> Response:
        if _is_page(prefix) and not known_path(f"/{request.path.removeprefix(prefix)}"):
            response.status_code = 404 if response.status_code == OK else response.status_code
        protect(response, app, frame_ancestors)
        keep(response, app)
        _write_line(response)
        return response

    server.before_request(before)
    server.after_request(after)
    server.register_error_handler(HTTPException, _http_error)
    server.register_error_handler(DependencyException, _no_file)
    server.register_error_handler(InvalidResourceError, _no_file)


def _is_page(prefix: str) -> bool:
    """Whether Dash's catch-all answers this request: a page, or nothing at all."""
    return request.url_rule is not None and request.url_rule.rule == f"{prefix}<path:path>"


def _led_back(app: Dash, prefix: str, known_path: Callable[[str], bool]) -> Response | None:
    """Lead to the page that was meant where a mail program glued a mark to the address."""
    asked = f"/{request.path.removeprefix(prefix)}"
    plain = meant(asked)
    if known_path(asked) or not known_path(plain):
        return None
    query = f"?{request.query_string.decode('latin-1')}" if request.query_string else ""
    place = quote(f"{app.config.requests_pathname_prefix}{plain.removeprefix('/')}")
    return Response(status=302, headers={"Location": f"{place}{query}"})


def _refused_callback(app: Dash) -> Response | None:
    """Refuse a callback request that Dash would fail on; None lets it through."""
    if request.method != "POST":
        response = refuse(405, "Callbacks are posted.")
        response.headers["Allow"] = "POST"
        return response
    try:
        check(request.get_json(silent=True), app)
    except UnknownCallbackError:
        return _refusal(404, "unknown callback")
    except (MalformedError, RecursionError) as fault:
        return _refusal(400, str(fault))
    return None


def _refusal(status: int, found: str) -> Response:
    log.warning("refused", extra={FACTS: {"status": status, "found": found[:LONGEST_ECHO]}})
    return refuse(status, "This is not a request of our pages.")


def _http_error(error: HTTPException) -> Response | HTTPException:
    """Answer an error with a sentence; a bug says nothing of its cause, which is in the log."""
    if error.code is None or error.code < LOWEST_ERROR:
        return error
    response = refuse(error.code, SAID.get(error.code, error.name))
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _no_file(_error: Exception) -> Response:
    return refuse(404, "There is no such file.")


def _write_line(response: Response) -> None:
    """Log a request: no query, no address of a person."""
    if not log.isEnabledFor(logging.INFO):
        return
    started = g.get("started")
    facts = {
        "method": request.method,
        "path": _unselected(request.path)[:LONGEST_ECHO],
        "status": response.status_code,
        "bytes": response.content_length,
        "ms": round((time.perf_counter() - started) * 1_000, 1) if started else None,
    }
    log.info("answered", extra={FACTS: facts})


def _unselected(path: str) -> str:
    """Return a path without a selection that is pinned in it, which is as good as a query."""
    plain, selected, _ = path.partition("=")
    return plain.rpartition("/")[0] if selected else plain
