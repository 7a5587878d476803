"""Every page under every pair of options: that page, laid out whole, and never another."""

import pytest
from dash import page_registry

import app  # noqa: F401 (registers the pages)
from analytics.measures.indicators.registry import INDICATORS
from components.card.card import CARDS
from tests.pairwise import ODD, queries

QUERIES = queries()
SHARE = 6  # each page is asked for with every sixth selection, beginning with another of them
PATHS = [
    *(
        one["path"]
        for one in page_registry.values()
        if not one.get("path_template") and one["module"] != "pages.not_found_404"
    ),
    *(f"/indicators/{key}" for key in list(INDICATORS)[::16]),
]


def laid_out(client, path: str, query: str) -> dict:
    """Return the content that Dash's router puts in the page for an address."""
    location = {"id": "_pages_location"}
    names = ("_pages_content.children", "_pages_store.data")
    body = {
        "output": f"..{'...'.join(names)}..",
        "outputs": [dict(zip(("id", "property"), one.split("."), strict=True)) for one in names],
        "inputs": [
            {**location, "property": "pathname", "value": path},
            {**location, "property": "search", "value": f"?{query}" if query else ""},
        ],
        "changedPropIds": ["_pages_location.pathname", "_pages_location.search"],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, (path, query)
    return answer.json["response"]["_pages_content"]["children"]


def heading(node: object) -> str:
    """Return the words of the first heading of the first level."""
    if isinstance(node, list):
        return next((words for one in node if (words := heading(one))), "")
    if not isinstance(node, dict):
        return ""
    props = node.get("props", {})
    return str(props["children"]) if node.get("type") == "H1" else heading(props.get("children"))


def test_every_page_is_itself_for_every_pair_of_options(client):
    names = {path: heading(laid_out(client, path, "")) for path in PATHS}
    assert all(names.values())
    assert len(set(names.values())) == len(PATHS)
    for at, path in enumerate(PATHS):
        for query in QUERIES[at % SHARE :: SHARE]:
            assert heading(laid_out(client, path, query)) == names[path], query
            assert client.get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize("query", ODD[:12])
def test_what_is_not_understood_leaves_a_page_itself(client, query):
    for path in PATHS:
        assert heading(laid_out(client, path, query)) == heading(laid_out(client, path, ""))


def test_every_tab_of_every_card_answers_for_every_pair_of_options(client):
    for at, (key, card) in enumerate(CARDS.items()):
        for tab in set(card.tabs) - {"chart", "download"}:
            for query in QUERIES[at % SHARE :: SHARE]:
                answer = client.get(f"/cards/{key}/{tab}?{query}")
                assert answer.status_code == 200, (key, tab, query)
                assert answer.data.strip()


@pytest.mark.parametrize("query", ["model=2021&weights=closeness", "model=2025&weights=closeness"])
@pytest.mark.parametrize("average", ["mean", "median"])
def test_claims_stand_under_weights_by_closeness(client, query, average):
    whole = f"{query}&average={average}"
    assert heading(laid_out(client, "/claims", whole)) == "Claims, checked"
    answer = client.get("/cards/claims-choices/sheet", query_string=whole)
    assert answer.status_code == 200
    assert b"your choice" in answer.data


@pytest.mark.parametrize("path", PATHS[1:])
def test_a_slash_at_the_end_of_an_address_leads_to_the_same_page(client, path):
    slashed = f"{path.rstrip('/')}/"
    assert client.get(slashed).status_code == client.get(path).status_code == 200
    assert heading(laid_out(client, slashed, "")) == heading(laid_out(client, path, ""))


@pytest.mark.parametrize("glued", [".", ")", ").", ">", "%3E", "%22", "%E2%80%9D", ",", "%2529"])
@pytest.mark.parametrize("query", ["", "?band=beginner&k=5"])
def test_a_mark_glued_to_the_path_leads_to_the_page_that_was_meant(client, glued, query):
    for path in ("/claims", "/indicators", "/indicators/icpc_rate"):
        answer = client.get(f"{path}{glued}{query}")
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{path}{query}"


@pytest.mark.parametrize("path", ["/nowhere.", "/indicators/nothing)", "/%"])
def test_a_mark_glued_to_no_page_leads_nowhere(client, path):
    assert client.get(path).status_code in {200, 404}
