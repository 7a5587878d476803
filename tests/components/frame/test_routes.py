"""Ways in from the first page: every step leads somewhere, and the council's list has all."""

from dash import page_registry
from dash.development.base_component import Component

import app  # noqa: F401 (registers the pages)
from analytics.selection.places import authorities
from analytics.selection.selection import HOME
from components.card.card import cards_under
from components.frame.routes import ROUTES, council_field, routes


def found(component, kind):
    every = (one for one in component._traverse() if isinstance(one, Component))
    return [one for one in every if type(one).__name__ == kind]


def test_every_step_leads_to_a_page_or_a_card(client):
    for link in found(routes(HOME), "A"):
        if link.href.startswith("#card-"):
            assert link.href.removeprefix("#card-") in cards_under(HOME)
        else:
            assert client.get(link.href).status_code == 200
            assert getattr(link, "data-follow") == ""


def test_three_readers_have_six_steps_each():
    assert [len(found(one, "Li")) for one in found(routes(HOME), "Ol")] == [6, 6, 6]
    assert len(ROUTES) == 3


def test_a_step_to_an_empty_page_is_left_out(monkeypatch):
    page = next(one for one in page_registry.values() if one["path"] == "/families")
    monkeypatch.setitem(page, "needs", ())
    assert "/families" not in [link.href for link in found(routes(HOME), "A")]


def test_the_list_of_councils_holds_every_authority_and_leads_by_a_button():
    field = council_field()
    [select], [button] = found(field, "Select"), found(field, "Button")
    assert set(select.options) == set(authorities())
    assert select.options["E08000035"] == "Leeds"
    assert button.children == "Go"
    [label] = found(field, "Label")
    assert label.htmlFor == select.id
