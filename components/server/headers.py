"""What browsers are told beside a body: what may run in it, and how long it may be kept."""

from typing import Final

from dash import Dash
from dash.fingerprint import check_fingerprint
from flask import Response, request

YEAR: Final = "public, max-age=31536000, immutable"
DAY: Final = "public, max-age=86400, stale-while-revalidate=604800"
AGAIN: Final = "no-cache"
NEVER: Final = "no-store"

CALLBACKS: Final = "_dash-update-component"
ICON: Final = "_favicon.ico"
SUITES: Final = "_dash-component-suites/"

_SENT: Final = {200, 206, 304}
_FRAMES: Final = {"'none'": "DENY", "'self'": "SAMEORIGIN"}

#: For those who came by TLS, here or at a trusted proxy; subdomains are for their owner to say.
SECURE: Final = "max-age=31536000"

FIXED: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_policy(app: Dash, frame_ancestors: str) -> str:
    """Return the policy of a page: scripts of this server and Dash's own inline ones, no others.

    Plotly and Dash write inline styles, so styles are open; ``eval`` is not.

    Args:
        app: Knows the digests of the inline scripts, once it has served a first request.
        frame_ancestors: Who may show the pages in a frame, as the policy spells it.
    """
    digests = " ".join(dict.fromkeys(app.csp_hashes()))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {digests}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {frame_ancestors}",
            "object-src 'none'",
        )
    )


def protect(response: Response, app: Dash, frame_ancestors: str) -> None:
    """Add the headers that keep a page to itself."""
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    if frame_ancestors in _FRAMES:
        response.headers.setdefault("X-Frame-Options", _FRAMES[frame_ancestors])
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", SECURE)
    if response.mimetype == "text/html":
        response.headers["Content-Security-Policy"] = content_policy(app, frame_ancestors)


def keep(response: Response, app: Dash) -> None:
    """Say how long the response to this request may be kept.

    Dash leaves ``plotly.min.js`` and other late parts without a fingerprint, so they are checked
    again after a day; everything whose address changes with its content is kept for a year.
    """
    prefix = app.config.routes_pathname_prefix
    path = request.path.removeprefix(prefix)
    assets = app.config.assets_url_path.strip("/")
    kept = ""
    if path == CALLBACKS:
        kept = NEVER
    elif path.startswith(SUITES):
        kept = YEAR if check_fingerprint(path)[1] else DAY
    elif path.startswith(f"{assets}/"):
        kept = YEAR if "m" in request.args else DAY
    elif path == ICON:
        kept = DAY
    elif response.mimetype == "text/html" or path.startswith("_dash-"):
        kept = AGAIN
    if kept:
        response.headers["Cache-Control"] = kept if response.status_code in _SENT else NEVER
