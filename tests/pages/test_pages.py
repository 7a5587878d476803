"""What every page must do, for any address."""

import pytest
from dash import page_registry
from dash.development.base_component import Component

import app  # noqa: F401 (registers the pages)
from analytics.selection.choices import Comparator
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search
from components.frame.bar_words import page_of
from components.frame.shell import INDEX

QUERIES = [{}, {"band": "over-two"}, {"years": "1066", "colour": "red", "k": ["1", "2"]}]
PAGES = list(page_registry.values())
COMPARING = [
    one
    for one in PAGES
    if not one["path_template"] and page_of(one["path"]) in PARAMETERS["compare"].pages
]


def parts(component):
    return [component, *(one for one in component._traverse() if isinstance(one, Component))]


@pytest.mark.parametrize("query", QUERIES, ids=["default", "narrow", "nonsense"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["module"])
def test_every_page_stands_up_to_any_query(page, query):
    main = page["layout"](**query)
    assert main.id == "main"
    headings = [one for one in parts(main) if type(one).__name__ == "H1"]
    assert len(headings) == 1


@pytest.mark.parametrize("page", COMPARING, ids=lambda page: page["module"])
def test_the_line_under_a_title_holds_for_every_comparator(page):
    """It stays as it is while the selection changes, so it may name none of them as the one."""
    every = [one for one in parts(page["layout"]()) if getattr(one, "className", "") == "lede"]
    named = [from_search(f"?compare={one}").than for one in Comparator]
    # The page on neighbours is about lists of them, whatever pilots are compared with.
    told = [one.children for one in every if "lists of" not in one.children]
    assert COMPARING
    assert not [words for words in told for name in named if name in words]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["module"])
def test_every_page_stays_small_enough_to_mount_fast(page):
    assert len(parts(page["layout"]())) < 540


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/indicators", 200), ("/indicators/icpc_rate", 200), ("/pilots", 200),
        ("/expenditure", 200), ("/costs?fte=x", 200),
        ("/data", 200), ("/over-time", 200),
        ("/neighbours", 200), ("/robustness", 200),
        ("/councils", 200), ("/councils/E09000012", 200), ("/councils/E08000019", 200),
        ("/councils/E10000009/", 200), ("/councils/nothing", 404), ("/councils/E92000001", 404),
        ("/indicators/nothing", 404), ("/nowhere", 404), ("/health", 200),
        ("/families?band=over-two", 200), ("/case-records", 200),
        ("/compare", 200), ("/compare/indicators/band=beginner?band=over-two", 200),
        ("/compare/cards/kpis-gaps", 200), ("/compare/nothing", 404),
        ("/claims", 200), ("/claims?model=1&model=2", 200),
        ("/social-workers?item=use_mapping", 200), ("/self-profile", 200),
        ("/social-workers?item=nothing", 200),
        ("/?utm_source=x", 200), ("/indicators/icpc_rate?named_indicator=a&named_indicator=b", 200),
    ],
)  # fmt: skip
def test_addresses_answer(client, path, status):
    assert client.get(path).status_code == status


def test_a_query_cannot_break_the_page_of_an_indicator():
    from pages.indicator import layout  # noqa: PLC0415 (pages cannot be imported before the app)

    for odd in (["a", "b"], None, 3, "nothing"):
        assert "no such indicator" in str(layout(odd))


def test_an_address_that_leads_nowhere_says_what_to_do_next():
    from pages import card, indicator, not_found_404  # noqa: PLC0415 (after the app)

    for main in (not_found_404.layout(), indicator.layout("nothing"), card.layout("nothing")):
        words, leads = main.children[1].children[0], main.children[1].children[1]
        assert "Search above" in words
        assert main.children[0].children.startswith("There is no")
        assert leads.href in {"/", "/indicators"}


def test_the_index_names_its_language():
    assert '<html lang="en-GB">' in INDEX
