"""The page with two selections: framed like the page it came from, with both in its address."""

import pytest

from analytics.selection.parameter import Page
from analytics.selection.parse import from_search
from components.prefix import PAIRS
from data.releases.release import release_of
from pages import pair


def test_the_page_pins_one_selection_and_its_bar_changes_the_other():
    main = pair.layout(pair="indicators/k=99&band=beginner", band="over-two")
    assert getattr(main, "data-path") == f"{PAIRS}indicators/band=beginner"
    assert getattr(main, "data-query") == "?band=over-two"
    assert getattr(main, "data-page") == "indicators"
    [place] = [one for one in main._traverse() if getattr(one, "id", "") == "pair"]
    assert getattr(place, "data-pair") == "indicators/band=beginner"
    assert not [one for one in main._traverse() if getattr(one, "id", "") == "compare"]


def test_what_the_path_of_a_page_names_is_in_the_query_of_a_pair_and_needs_no_button():
    main = pair.layout(pair="cards/indicator-years/indicator=s47_rate", indicator="s47_rate", k="3")
    assert getattr(main, "data-query") == "?k=3&indicator=s47_rate"
    assert getattr(main, "data-holds") == ""
    assert "go" not in [getattr(one, "id", "") for one in main._traverse()]


def test_the_link_to_both_spells_every_choice_of_both_and_the_release():
    main = pair.layout(pair="indicators/band=beginner", compare="england")
    spelled = from_search("?band=beginner").to_permalink(Page.INDICATORS).removeprefix("?")
    assert "compare=neighbours" in spelled
    assert f"release={release_of().id}" in spelled
    assert _path_of_link(main) == f"{PAIRS}indicators/{spelled}"
    other = from_search("?compare=england").to_permalink(Page.INDICATORS)
    assert getattr(main, "data-permalink") == other
    again = pair.layout(pair=f"indicators/{spelled}", compare="england")
    assert _path_of_link(again) == _path_of_link(main)


def _path_of_link(main):
    [place] = [one for one in main._traverse() if getattr(one, "id", "") == "pair"]
    return getattr(place, "data-permalink-path")


@pytest.mark.parametrize("odd", ["nothing", "", ["a", "b"], None])
def test_an_address_that_names_nothing_leads_to_pairs_that_are_ready(odd):
    main = pair.layout(pair=odd)
    assert [one.href for one in main._traverse() if hasattr(one, "href")] == ["/compare"]


def test_the_window_is_named_after_what_is_compared():
    assert pair.title("over-time/k=3") == "Over time: two selections"
    assert pair.title("nothing") == "Nothing to compare"
