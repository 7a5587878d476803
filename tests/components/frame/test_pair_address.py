"""The address of two selections: one link, one spelling, and nothing lost of a bad one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import app
from analytics.selection.parameter import Page
from analytics.selection.parse import from_search
from components.frame.bar_words import page_of
from components.frame.pair_address import compared, compares, home_address, pair_address
from components.prefix import PAIRS

SELECTIONS = ["", "band=beginner", "pilots=E10000020&k=3", "area=E08000035&years=2014-2019&fte=2.5"]


@pytest.mark.parametrize("what", ["indicators", "over-time", "overview", "cards/kpis-gaps"])
@pytest.mark.parametrize("one", SELECTIONS)
@pytest.mark.parametrize("other", SELECTIONS)
def test_an_address_gives_back_both_selections(what, one, other):
    address = pair_address(what, from_search(one), from_search(other))
    path, _, query = address.partition("?")
    found = compared(path.removeprefix(PAIRS))
    assert found.path == what
    assert found.one == from_search(one)
    assert from_search(query) == from_search(other)
    assert f"{PAIRS}{found.named}" == path
    assert app.known_path(path)


@pytest.mark.parametrize("page", Page)
def test_every_page_can_be_compared_and_has_the_bar_of_that_page(page):
    what = compares("/anything", page)
    found = compared(what)
    assert found.page is page
    assert found.cards
    assert len({card.finding.key for card in found.cards}) == len(found.cards)
    assert page_of(f"{PAIRS}{what}/band=beginner") is page


def test_a_card_alone_is_compared_alone():
    assert compares("/cards/kpis-gaps", Page.INDICATORS) == "cards/kpis-gaps"
    found = compared("cards/kpis-gaps/k=3")
    assert [card.key for card in found.cards] == ["kpis-gaps"]
    assert page_of(f"{PAIRS}cards/indicator-years/k=3") is Page.INDICATOR


def test_what_is_compared_already_and_what_follows_nothing_has_no_button():
    assert compares(f"{PAIRS}indicators", Page.INDICATORS) == ""
    assert compares("/data", None) == ""


@pytest.mark.parametrize("words", ["", "nothing", "cards", "cards/nothing", "councils", "data/k=3"])
def test_an_address_that_names_nothing_is_no_page(words):
    assert compared(words) is None
    assert not app.known_path(f"{PAIRS}{words}") or words == ""


def test_of_a_bad_selection_the_rest_is_kept_and_the_fault_is_said():
    found = compared("indicators/band=beginner&k=99&colour=red")
    assert found.one == from_search("band=beginner")
    assert len(found.one.notices) == 2
    assert found.named == "indicators/band=beginner"


@pytest.mark.parametrize(
    "words", ["indicators/band%3Dbeginner%26k%3D3", "indicators/band=beginner&amp;k=3",
              "/indicators/k=3&band=beginner/"]
)  # fmt: skip
def test_what_mail_does_to_a_link_is_undone(words):
    assert compared(words).one == from_search("band=beginner&k=3")
    assert compared(words).named == "indicators/band=beginner&k=3"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_nothing_in_an_address_is_an_error(words):
    for one in (words, f"indicators/{words}", f"cards/{words}"):
        found = compared(one)
        assert found is None or compared(found.named).one == found.one


def test_each_selection_leads_to_its_page():
    one = from_search("band=beginner&indicator=s47_rate")
    assert home_address(compared("indicators"), one) == f"/indicators{one.to_query()}"
    assert home_address(compared("indicator"), one) == "/indicators/s47_rate?band=beginner"
    assert home_address(compared("cards/kpis-gaps"), one) == f"/cards/kpis-gaps{one.to_query()}"
    for what in ("indicators", "indicator", "cards/kpis-gaps"):
        assert app.known_path(home_address(compared(what), one).partition("?")[0])
