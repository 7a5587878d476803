"""What the server does differently while it holds a reader's own data."""

from collections.abc import Iterable
from typing import Final

from flask import Flask, Response, request

from components.server.refusal import refuse

#: Names by which only this machine itself reaches the explorer.
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
ANY: Final = "*"
#: For load balancers, which ask by number; nothing of the data is there.
HEALTH: Final = ("/health", "/health/ready")
NEVER: Final = "private, no-store"

_OPEN: Final = ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers")


def hosts(given: str, *, own_data: bool) -> tuple[str, ...]:
    """Return the names the explorer answers to, besides this machine's own.

    Args:
        given: Names with commas between, ``*`` for any; empty for what is usual: any name, or
            none while a reader's data is held.
        own_data: Whether that is so.
    """
    names = [name for part in given.split(",") if (name := _bare(part))]
    return tuple(names) or (() if own_data else (ANY,))


def install(server: Flask, *, allowed: Iterable[str], own_data: bool) -> None:
    """Refuse other names, and let nothing of a reader's data be kept or read from elsewhere.

    A page of another site whose name leads here could otherwise read the answers (DNS rebinding).
    To be called before anything that adds headers: what is said here is said last.

    Args:
        server: The Flask application.
        allowed: From ``hosts``.
        own_data: Whether a reader's own data is held.
    """
    names = {*LOOPBACK, *allowed}

    def refuse_other_names() -> Response | None:
        if ANY in names or request.path in HEALTH or _asked() in names:
            return None
        return refuse(
            421,
            "The explorer does not answer to this name.",
            ("Start it with --allow-host NAME (or EXPLORER_ALLOW_HOST) to let it.",),
        )

    def keep_to_itself(response: Response) -> Response:
        if request.path in HEALTH or _is_file():
            return response
        for name in _OPEN:
            response.headers.pop(name, None)
        response.headers["Cache-Control"] = NEVER
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response

    server.before_request(refuse_other_names)
    if own_data:
        server.after_request(keep_to_itself)


def _is_file() -> bool:
    """Whether a file of the program is asked for: scripts and styles hold no data."""
    return request.path.startswith(("/assets/", "/_dash-component-suites/"))


def _asked() -> str:
    return _bare(str(request.environ.get("HTTP_HOST", "")))


def _bare(name: str) -> str:
    """Return a name or number without port, brackets and capitals."""
    name = name.strip().lower().removesuffix(".")
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name if name.count(":") > 1 else name.partition(":")[0].removesuffix(".")
