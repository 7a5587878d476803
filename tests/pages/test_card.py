"""A card by itself has its own address, the bar of its page and a way back to it."""

import pytest

import app
from analytics.selection.selection import HOME
from components.card.card import cards_under
from components.frame.navigation import home_of
from pages import card


@pytest.mark.parametrize("key", cards_under(HOME))
def test_every_card_has_a_page_that_makes_it(key):
    assert app.known_path(f"/cards/{key}")
    assert (
        app.known_path(str(home_of(cards_under(HOME)[key])["path"]))
        or home_of(cards_under(HOME)[key])["path_template"]
    )


@pytest.mark.parametrize("key", ["kpis-gaps", "indicator-years", "expenditure-years"])
def test_the_page_of_a_card_holds_it_alone_and_leads_home(key):
    main = card.layout(key=key, indicator="cpp_start_rate")
    shown = [getattr(one, "data-card", "") for one in main._traverse()]
    assert [one for one in shown if one] == [key]
    links = [str(getattr(one, "href", "")) for one in main._traverse()]
    (home,) = [one for one in links if one.endswith(f"#card-{key}")]
    path = home.partition("#")[0]
    assert app.known_path(path)
    if key == "indicator-years":
        assert path == "/indicators/cpp_start_rate"


def test_an_unknown_card_is_said_to_be_unknown():
    assert not app.known_path("/cards/nothing")
    main = card.layout(key="nothing")
    assert "no such card" in str(main).lower()
