import copy
import json
import logging
from urllib.parse import quote

import pytest
from dash import ALL, MATCH, Dash, Input, Output, State, ctx, dcc, html
from hypothesis import given, settings
from hypothesis import strategies as st

from components.server import guard, speed
from components.server.api import api
from components.server.guard import SAID

UPDATE = "/_dash-update-component"
SUITE = "/_dash-component-suites"
LARGEST = 65_536

NORMAL = {
    "output": "said.children",
    "outputs": {"id": "said", "property": "children"},
    "inputs": [{"id": "typed", "property": "value", "value": "words"}],
    "state": [{"id": "typed", "property": "type", "value": "text"}],
    "changedPropIds": ["typed.value"],
}
PATTERN_ID = {"index": 1, "type": "card"}
PATTERN = {
    "output": '{"index":["MATCH"],"type":"card"}.children',
    "outputs": {"id": PATTERN_ID, "property": "children"},
    "inputs": [
        {"id": PATTERN_ID, "property": "n_clicks", "value": 1},
        [
            {"id": {"index": 1, "type": "box"}, "property": "value", "value": "a"},
            {"id": {"index": "two", "type": "box"}, "property": "value"},
        ],
    ],
    "changedPropIds": ['{"index":1,"type":"card"}.n_clicks'],
}
MANY = {
    "output": '..said.title...{"index":["ALL"],"type":"card"}.title..',
    "outputs": [
        {"id": "said", "property": "title"},
        [{"id": PATTERN_ID, "property": "title"}],
    ],
    "inputs": [{"id": "typed", "property": "value", "value": "words"}],
    "changedPropIds": [],
}
BODIES = (NORMAL, PATTERN, MANY)


@pytest.fixture(scope="module")
def app() -> Dash:
    app = Dash(__name__, use_async=False, compress=True, use_pages=False)
    app.layout = html.Div(
        [
            dcc.Input(id="typed"),
            html.P(id="said"),
            html.Button(id={"type": "card", "index": 1}),
            dcc.Input(id={"type": "box", "index": 1}),
        ]
    )

    @app.callback(Output("said", "children"), Input("typed", "value"), State("typed", "type"))
    def say(words, _kind):
        return words if isinstance(words, str) else json.loads(json.dumps(words))

    @app.callback(
        Output({"type": "card", "index": MATCH}, "children"),
        Input({"type": "card", "index": MATCH}, "n_clicks"),
        Input({"type": "box", "index": ALL}, "value"),
    )
    def count(clicks, boxes):
        return f"{clicks} {boxes}"

    @app.callback(
        Output("said", "title"),
        Output({"type": "card", "index": ALL}, "title"),
        Input("typed", "value"),
    )
    def entitle(words):
        return str(words), ["title" for _ in ctx.outputs_list[1]]

    @app.server.get("/broken")
    def broken():
        msg = "a secret cause"
        raise RuntimeError(msg)

    app.clientside_callback("a => a", Output("said", "lang"), Input("typed", "value"))
    app.server.register_blueprint(api())
    guard.install(
        app, known_path=lambda path: path in {"/", "/indicators"} or path.startswith("/compare/")
    )
    speed.install(app)
    return app


@pytest.fixture(scope="module")
def client(app):
    return app.server.test_client()


def changed(body: dict, **parts: object) -> dict:
    return {**copy.deepcopy(body), **parts}


@pytest.mark.parametrize("body", BODIES)
def test_a_request_of_a_page_is_let_through(client, body):
    answer = client.post(UPDATE, json=body)
    assert answer.status_code == 200
    assert answer.json["response"]
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"1",
        b'"x"',
        b"{}",
        b"\xff\xfe",
        b"[" * 60_000,
        b'{"output":' * 6_000,
        b"9" * 5_000,
        json.dumps(NORMAL).replace('"words"', "NaN").encode(),
        json.dumps(NORMAL).replace('"words"', "1e999").encode(),
        json.dumps(NORMAL).replace('"words"', "9" * 30).encode(),
        json.dumps(NORMAL).replace('"words"', '"\\ud800"').encode(),
        json.dumps(NORMAL).replace('"words"', "[" * 70 + "]" * 70).encode(),
    ],
)
def test_what_no_browser_writes_is_refused(client, content):
    answer = client.post(UPDATE, data=content, content_type="application/json")
    assert answer.status_code in {400, 404}
    assert answer.json["error"]


@pytest.mark.parametrize(
    "body",
    [
        changed(NORMAL, inputs=None),
        changed(NORMAL, inputs=[]),
        changed(NORMAL, inputs={"0": NORMAL["inputs"][0]}),
        changed(NORMAL, inputs=[NORMAL["inputs"]]),
        changed(NORMAL, inputs=[1]),
        changed(NORMAL, inputs=[{"id": "typed"}]),
        changed(NORMAL, inputs=[{"id": "other", "property": "value"}]),
        changed(NORMAL, inputs=[{"id": "typed", "property": "type"}]),
        changed(NORMAL, inputs=[{"id": ["typed"], "property": "value"}]),
        changed(NORMAL, state=[]),
        changed(NORMAL, outputs=None),
        changed(NORMAL, outputs=[]),
        changed(NORMAL, outputs={"id": "typed", "property": "value"}),
        changed(NORMAL, changedPropIds=None),
        changed(NORMAL, changedPropIds="typed.value"),
        changed(NORMAL, changedPropIds=[1]),
        changed(NORMAL, changedPropIds=["{.value"]),
        changed(NORMAL, changedPropIds=["{" * 5_000 + ".value"]),
        changed(PATTERN, inputs=[PATTERN["inputs"][0], {}]),
        changed(PATTERN, inputs=[PATTERN["inputs"][0], [{"id": 1, "property": "value"}]]),
        changed(PATTERN, outputs={"id": {"index": 1}, "property": "children"}),
        changed(PATTERN, outputs={"id": {"index": [1], "type": "card"}, "property": "children"}),
        changed(PATTERN, outputs={"id": {"index": 1, "type": "box"}, "property": "children"}),
        changed(MANY, outputs=MANY["outputs"][0]),
        changed(MANY, outputs=[MANY["outputs"][0], PATTERN["outputs"]]),
    ],
)
def test_another_shape_than_the_callback_has_is_refused(client, body):
    assert client.post(UPDATE, json=body).status_code == 400


@pytest.mark.parametrize("output", ["nothing.children", "said.lang", None, [], {}, 1])
def test_an_unknown_callback_is_404(client, output):
    assert client.post(UPDATE, json=changed(NORMAL, output=output)).status_code == 404


def test_another_content_type_is_refused(client):
    assert client.post(UPDATE, data=json.dumps(NORMAL)).status_code == 400


def test_a_large_body_is_413_and_not_parsed(client):
    for path in (UPDATE, "/api/v1/findings.json"):
        answer = client.post(path, data=b" " * (LARGEST + 1), content_type="application/json")
        assert answer.status_code in {405, 413}
        assert answer.json["error"]
    assert client.post(UPDATE, json=changed(NORMAL, x="x" * LARGEST)).status_code == 413


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_callbacks_are_only_posted(client, method):
    answer = client.open(UPDATE, method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"


def test_an_unknown_page_is_404_and_still_a_page(client):
    known, unknown = client.get("/indicators"), client.get("/indicators/nothing")
    assert known.status_code == 200
    assert unknown.status_code == 404
    assert "_dash-renderer" in unknown.text
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        f"{SUITE}/dash/nothing.js",
        f"{SUITE}/os/path.py",
        f"{SUITE}/dash/../dash.py",
        f"{SUITE}/<script>alert(1)</script>/x.js",
        f"{SUITE}/dash/dash-renderer/build/<b>.js",
        "/assets/nothing.css",
    ],
)
def test_an_unknown_file_is_404_and_echoes_nothing(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<script>" not in answer.text or answer.mimetype == "text/html"
    assert "alert" not in answer.text


def test_a_bug_says_nothing_of_its_cause(client, caplog):
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert answer.json["detail"] == SAID[500]
    assert "reasons" not in answer.json
    assert "a secret cause" in caplog.text


def test_the_policy_lets_only_known_scripts_run(app, client):
    policy = client.get("/").headers["Content-Security-Policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert "unsafe" not in parts["script-src"]
    assert set(app.csp_hashes()) <= set(parts["script-src"].split())
    assert parts["default-src"] == parts["object-src"] == parts["frame-ancestors"] == "'none'"


def test_every_answer_has_the_headers(client):
    for path in ("/", "/nothing", "/api/v1/findings.json", "/broken", "/_dash-layout"):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Referrer-Policy" in headers
        assert "Permissions-Policy" in headers


def test_what_can_be_kept_and_for_how_long(client):
    def kept(path: str) -> str:
        return client.get(path).headers["Cache-Control"]

    page = client.get("/").text
    start = page.index(f"{SUITE}/dash/dash-renderer")
    assert kept(page[start : page.index('"', start)]) == "public, max-age=31536000, immutable"
    assert "max-age=86400" in kept(f"{SUITE}/plotly/package_data/plotly.min.js")
    assert kept(f"{SUITE}/dash/nothing.js") == "no-store"
    assert kept("/") == kept("/_dash-layout") == "no-cache"
    assert "max-age=300" in kept("/api/v1/findings.json")


def test_the_log_holds_no_query_and_no_address(client, caplog):
    with caplog.at_level(logging.INFO, "explorer.web"):
        client.get("/indicators?name=Jo", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    (line,) = [record.__dict__["facts"] for record in caplog.records]
    assert line["path"] == "/indicators"
    assert line["status"] == 200
    assert line["ms"] > 0
    assert "Jo" not in str(line)
    assert "192.0.2.7" not in str(line)


def test_the_log_holds_no_selection_that_is_pinned_in_a_path(client, caplog):
    with caplog.at_level(logging.INFO, "explorer.web"):
        for path in ("/compare/indicators/area=E08000035&k=3", "/compare/indicators"):
            assert client.get(path).status_code == 200
    paths = [record.__dict__["facts"]["path"] for record in caplog.records]
    assert paths == ["/compare/indicators"] * 2


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**22), 10**22)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["said", "typed", "said.children", "typed.value", "MATCH", "ALL"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "output",
                    "outputs",
                    "inputs",
                    "state",
                    "changedPropIds",
                    "id",
                    "property",
                    "value",
                ]
            )
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


def paths_in(body: object) -> list[tuple]:
    if not isinstance(body, dict | list):
        return []
    below = body.items() if isinstance(body, dict) else enumerate(body)
    return [
        path for key, part in below for path in ((key,), *((key, *rest) for rest in paths_in(part)))
    ]


@settings(max_examples=400, deadline=None)
@given(JSON)
def test_no_body_is_our_error(client, body):
    answer = client.post(UPDATE, data=json.dumps(body), content_type="application/json")
    assert answer.status_code < 500


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_no_mutation_of_a_body_is_our_error(client, data):
    body = copy.deepcopy(data.draw(st.sampled_from(BODIES)))
    for _ in range(data.draw(st.integers(1, 3))):
        places = paths_in(body)
        if not places:
            break
        *way, last = data.draw(st.sampled_from(places))
        place = body
        for step in way:
            place = place[step]
        if data.draw(st.booleans()):
            place[last] = data.draw(JSON)
        else:
            del place[last]
    answer = client.post(UPDATE, data=json.dumps(body), content_type="application/json")
    assert answer.status_code < 500


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["application/json", "text/plain", "", "a/b;c=é"]))
def test_no_bytes_are_our_error(client, content, content_type):
    answer = client.post(UPDATE, data=content, headers={"Content-Type": content_type})
    assert answer.status_code < 500


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "DELETE"]),
    st.sampled_from(["/", f"{SUITE}/", f"{SUITE}/dash/", "/assets/", "/api/v1/findings/", "/_"]),
    st.text(max_size=20),
    st.text(max_size=20),
)
def test_no_address_is_our_error(client, method, start, path, query):
    # Two slashes at the start would name a host to the client, not an address to the server.
    address = f"/{start}{quote(path)}".replace("//", "/", 1).lstrip("/")
    answer = client.open(f"/{address}?{quote(query, safe='=&')}", method=method)
    assert answer.status_code < 500
