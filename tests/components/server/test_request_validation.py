import math

import pytest
from dash import Dash, Input, Output, html
from hypothesis import given
from hypothesis import strategies as st

from components.server.request_validation import (
    DEEPEST,
    LARGEST,
    LOCATION,
    MalformedError,
    UnknownCallbackError,
    check,
    check_plain,
)


@pytest.fixture(scope="module")
def app() -> Dash:
    app = Dash(__name__, use_async=False, use_pages=False)
    app.layout = html.Div(id="page")

    @app.callback(
        Output("page", "children"), Input(LOCATION, "pathname"), Input(LOCATION, "search")
    )
    def route(pathname, search):
        return f"{pathname}{search}"

    @app.callback(
        Output("page", "title"),
        Input({"type": "gone", "index": 1}, "value", allow_optional=True),
    )
    def entitle(value):
        return value

    @app.callback(Input("page", "n_clicks"))
    def count(clicks):
        del clicks

    return app


def body(pathname: object, search: object) -> dict[str, object]:
    return {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": LOCATION, "property": "pathname", "value": pathname},
            {"id": LOCATION, "property": "search", "value": search},
        ],
    }


@pytest.mark.parametrize("search", [None, "", "?k=5"])
def test_an_address_is_let_through_and_nothing_else_of_its_form(app, search):
    check(body("/indicators", search), app)
    with pytest.raises(MalformedError):
        check({**body("/indicators", search), "inputs": []}, app)


@pytest.mark.parametrize(
    ("pathname", "search"),
    [
        (None, ""),
        (1, ""),
        ([], ""),
        ("indicators", ""),
        ("", ""),
        ("/" + "x" * 2_000, ""),
        ("/", 1),
        ("/", ["?k=5"]),
        ("/", "?" + "x" * 8_000),
    ],
)
def test_what_the_router_cannot_read_is_refused(app, pathname, search):
    with pytest.raises(MalformedError, match="not an address"):
        check(body(pathname, search), app)


def test_an_optional_input_that_is_not_on_the_page_is_let_through_and_another_is_not(app):
    def asked(identity):
        return {
            "output": "page.title",
            "outputs": {"id": "page", "property": "title"},
            "inputs": [{"id": identity, "property": "value", "value": None}],
        }

    check(asked('{"index":1,"type":"gone"}'), app)
    with pytest.raises(MalformedError):
        check(asked('{"index":1,"type":"never"}'), app)


def test_a_callback_without_outputs_needs_none(app):
    (name,) = (key for key, spec in app.callback_map.items() if spec["no_output"])
    inputs = [{"id": "page", "property": "n_clicks"}]
    check({"output": name, "inputs": inputs}, app)
    with pytest.raises(MalformedError):
        check({"output": "page.children", "inputs": inputs}, app)


def test_an_unknown_callback_is_told_apart(app):
    with pytest.raises(UnknownCallbackError):
        check({"output": "other.children"}, app)


@pytest.mark.parametrize("value", [math.nan, math.inf, LARGEST + 1, -LARGEST - 1, "\udfff"])
@pytest.mark.parametrize("wrap", [lambda v: v, lambda v: [v], lambda v: {"a": {"b": [v]}}])
def test_values_that_cannot_be_written_again_are_refused(value, wrap):
    with pytest.raises(MalformedError):
        check_plain(wrap(value))


def test_names_are_checked_like_values():
    with pytest.raises(MalformedError):
        check_plain({"\ud800": 1})


@pytest.mark.parametrize(("levels", "fits"), [(DEEPEST - 1, True), (DEEPEST, False)])
def test_depth_is_bounded(levels, fits):
    value: object = 1
    for _ in range(levels):
        value = [value]
    if fits:
        check_plain(value)
    else:
        with pytest.raises(MalformedError, match="too deep"):
            check_plain(value)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-LARGEST, LARGEST)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_plain_values_are_let_through_and_hide_no_other(value):
    check_plain([value])
    with pytest.raises(MalformedError):
        check_plain([value, math.nan])
