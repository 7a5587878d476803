import pytest
from dash import Dash, Input, Output, html
from flask import Response

from components.server.headers import DAY, NEVER, YEAR, content_policy, keep, protect


@pytest.fixture(scope="module")
def app() -> Dash:
    app = Dash(__name__, use_async=False, use_pages=False)
    app.layout = html.Div()
    return app


def headers(
    app: Dash, frame_ancestors: str, mimetype: str = "text/html", base_url: str = "http://here/"
) -> dict[str, str]:
    response = Response("", mimetype=mimetype)
    with app.server.test_request_context("/", base_url=base_url):
        protect(response, app, frame_ancestors)
    return dict(response.headers)


@pytest.mark.parametrize(
    ("frame_ancestors", "frames"),
    [("'none'", "DENY"), ("'self'", "SAMEORIGIN"), ("https://example.org", None)],
)
def test_old_and_new_headers_agree_on_frames(app, frame_ancestors, frames):
    found = headers(app, frame_ancestors)
    assert found.get("X-Frame-Options") == frames
    assert f"frame-ancestors {frame_ancestors};" in found["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("base_url", "told"),
    [("http://here/", None), ("https://here/", "max-age=31536000")],
)
def test_browsers_are_kept_to_tls_when_they_came_by_it_and_only_then(app, base_url, told):
    found = headers(app, "'none'", "application/json", base_url)
    assert found.get("Strict-Transport-Security") == told


def test_only_pages_carry_the_policy(app):
    assert "Content-Security-Policy" not in headers(app, "'none'", "application/json")


def test_the_policy_knows_inline_scripts_made_later(app):
    before = content_policy(app, "'none'")
    app.clientside_callback("a => a", Output("a", "b"), Input("c", "d"))
    assert len(content_policy(app, "'none'")) > len(before)


@pytest.mark.parametrize(
    ("address", "status", "kept"),
    [
        ("/assets/10.css?m=1", 200, YEAR),
        ("/assets/10.css", 200, DAY),
        ("/assets/10.css?m=1", 404, NEVER),
        ("/_dash-component-suites/dash/dcc/a.v4_4_1m1.js", 304, YEAR),
        ("/_dash-component-suites/dash/dcc/a.js", 200, DAY),
        ("/_dash-update-component", 200, NEVER),
        ("/_favicon.ico?v=4.4.1", 200, DAY),
        ("/api/v1/findings.json", 200, None),
    ],
)
def test_what_may_be_kept(app, address, status, kept):
    with app.server.test_request_context(address):
        response = Response("", status=status, mimetype="text/javascript")
        keep(response, app)
    assert response.headers.get("Cache-Control") == kept


def test_addresses_under_a_prefix_are_known_too():
    app = Dash(__name__, use_async=False, use_pages=False, url_base_pathname="/sos/")
    with app.server.test_request_context("/sos/assets/10.css?m=1"):
        response = Response("")
        keep(response, app)
    assert response.headers["Cache-Control"] == YEAR
