"""Every page under every pair of options: that page, laid out whole, and never another.

Each under a sample of them, or under all with ``--whole``.
"""

import json
import re
from itertools import cycle

import pytest
from dash import page_registry

from analytics.measures.indicators.registry import INDICATORS
from analytics.selection.parameter import Page
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.server.first_look import question
from tests.followed import QUERIES, SHOWN, follow, restricted
from tests.pairwise import ODD, REMARKED

OF_AN_INDICATOR = [f"/indicators/{key}" for key in list(INDICATORS)[::16]]
PLAIN = {
    one["path"]: one["module"].removeprefix("pages.")
    for one in page_registry.values()
    if not one.get("path_template") and one["module"] != "pages.not_found_404"
}
#: As ever, abolished, formed since, and a pilot.
OF_A_COUNCIL = [
    f"/councils/{code}" for code in ("E09000012", "E10000009", "E06000063", "E06000023")
]
#: Of a page and of a card; each has a share of all queries beside its pinned selection.
OF_PAIRS = ["/compare/pilots/band=beginner", "/compare/cards/kpis-named/k=3"]
PATHS = [*PLAIN, *OF_AN_INDICATOR, *OF_A_COUNCIL, *OF_PAIRS]
#: The addresses of each page that follows the selection; of those of indicators each has a share.
ADDRESSES = {page: [path for path, name in PLAIN.items() if name == page] for page in Page} | {
    Page.INDICATOR: OF_AN_INDICATOR,
    Page.COUNCIL: OF_A_COUNCIL,
}


def laid_out(client, path: str, query: str) -> dict:
    """Return the content that Dash's router puts in the page for an address."""
    body = question(path, f"?{query}" if query else "")
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, (path, query)
    return answer.json["response"]["_pages_content"]["children"]


def opened(client, path: str, query: str) -> dict:
    """Return that content as an address carries it: ``test_first_look`` holds that both agree."""
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200, (path, query)
    [carried] = re.findall(r'<script id="first-look"[^>]*>(.*?)</script>', answer.text, re.DOTALL)
    return json.loads(carried)["page"]["response"]["_pages_content"]["children"]


def heading(node: object) -> str:
    """Return the words of the first heading of the first level."""
    if isinstance(node, list):
        return next((words for one in node if (words := heading(one))), "")
    if not isinstance(node, dict):
        return ""
    props = node.get("props", {})
    return str(props["children"]) if node.get("type") == "H1" else heading(props.get("children"))


@pytest.fixture(scope="module", params=Page)
def page(request) -> Page:
    """A page that follows the selection; what its cards publish is then kept for its tabs."""
    return request.param


class Headings(dict[str, str]):
    """The heading of each page, by its address: laid out when it is asked for."""

    def __init__(self, explorer):
        super().__init__()
        self.client = explorer.server.test_client()

    def __missing__(self, path):
        return self.setdefault(path, heading(laid_out(self.client, path, "")))


@pytest.fixture(scope="module")
def names(explorer) -> Headings:
    return Headings(explorer)


def test_every_page_has_a_heading_of_its_own(names, some):
    paths = some(PATHS, 12, "headings")
    found = [names[path] for path in paths]
    assert all(found)
    assert len(set(found)) == len(paths)


def test_every_page_is_itself_for_every_pair_of_options_it_follows(client, names, page, some):
    every = some(restricted(frozenset({page})), 1, page)
    for path, query in zip(cycle(ADDRESSES[page]), every, strict=False):
        assert heading(opened(client, path, query)) == names[path], query


def test_every_tab_of_every_card_answers_for_the_options_its_page_follows(client, page, some):
    """The tabs of each card take turns, over some of the selections that the page is tried with.

    What is in them is walked under all: in ``tests/components/server/test_every_selection.py``.
    """
    every = some(restricted(frozenset({page})), 2, page)
    step = max(1, len(every) // 12)
    shown = [card for card in SHOWN[page] if card.finding.is_offered(HOME)]
    for at, card in enumerate(shown):
        tabs = cycle(sorted(card.tabs.keys() - {"chart", "download", "copy"}))
        for query, tab in zip(every[at % step :: step], tabs, strict=False):
            answer = client.get(f"/cards/{card.key}/{tab}?{query}")
            assert answer.status_code == 200, (card.key, tab, query)
            assert answer.data.strip()


@pytest.mark.sampled(8)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_itself_whatever_it_does_not_follow(client, names, path):
    """One selection of everything each: ``test_parameters`` holds that it follows nothing else."""
    query = QUERIES[PATHS.index(path) % len(QUERIES)]
    assert heading(laid_out(client, path, query)) == names[path], query


@pytest.mark.parametrize("query", REMARKED)
def test_what_is_understood_with_a_remark_leaves_a_page_itself(client, names, query):
    selection = from_search(query)
    assert selection.remarks
    assert not selection.notices
    for path in ("/pilots", "/costs"):
        assert heading(opened(client, path, query)) == names[path]


@pytest.mark.parametrize("query", ODD)
def test_what_is_not_understood_leaves_a_page_itself(client, names, query, some):
    """Pages that follow it, and one that follows nothing."""
    name = query.partition("=")[0]
    following = [page for page in Page if follow(frozenset({page}), name)]
    assert following
    for path in some(["/data", *(ADDRESSES[page][0] for page in following)], 3, query):
        assert heading(laid_out(client, path, query)) == names[path]


@pytest.mark.parametrize("query", ["model=2021&weights=closeness", "model=2025&weights=closeness"])
@pytest.mark.parametrize("average", ["mean", "median"])
def test_claims_stand_under_weights_by_closeness(client, query, average):
    whole = f"{query}&average={average}"
    assert heading(laid_out(client, "/claims", whole)) == "Claims, checked"
    answer = client.get("/cards/claims-choices/sheet", query_string=whole)
    assert answer.status_code == 200
    assert b"your choice" in answer.data


@pytest.mark.sampled(8)
@pytest.mark.parametrize("path", PATHS[1:])
def test_a_slash_at_the_end_of_an_address_leads_to_the_same_page(client, names, path):
    slashed = f"{path.rstrip('/')}/"
    assert client.get(path).status_code == 200
    assert heading(opened(client, slashed, "")) == names[path]


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
