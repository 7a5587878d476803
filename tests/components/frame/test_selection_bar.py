import pytest

from analytics.selection.choices import (
    SURVEY_ITEMS,
    Adjustment,
    Average,
    Comparator,
    Vintage,
)
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from components.frame.selection_bar import control, control_values, selection_bar
from data.neighbour_lists import NEIGHBOUR_LISTS


def controls(component):
    found = {}
    for one in component._traverse():
        name = getattr(one, "id", None)
        if isinstance(name, dict):
            found[name["name"]] = one
    return found


def test_every_choice_of_the_registries_is_offered():
    found = controls(selection_bar(from_search(""), one="indicator"))
    for name, choices in [
        ("compare", Comparator), ("model", NEIGHBOUR_LISTS), ("average", Average),
        ("vintage", Vintage), ("adjust", Adjustment),
    ]:  # fmt: skip
        assert list(found[name].options) == [str(one) for one in choices]
    assert len(found["area"].options) == len(authorities()) + 1
    assert len(found["indicator"].options) == 34


@pytest.mark.parametrize(
    "query", ["", "band=beginner&k=3&with-pilots=1&years=2014-2020", "area=E08000035"]
)
def test_controls_show_the_selection(query):
    selection = from_search(query)
    found = controls(selection_bar(selection))
    values = control_values(selection)
    assert {name: one.value for name, one in found.items()} == {
        name: values[name] for name in found
    }


def test_every_control_has_a_label_or_a_legend():
    bar = selection_bar(from_search(""), one="indicator")
    labels = {one.htmlFor for one in bar._traverse() if type(one).__name__ == "Label"}
    selects = {name for name, one in controls(bar).items() if type(one).__name__ == "Select"}
    assert labels == {f'{{"name":"{name}","type":"control"}}' for name in selects}
    assert control("band") == {"type": "control", "name": "band"}


def test_the_item_is_chosen_where_the_page_shows_one():
    found = controls(selection_bar(from_search("?item=use_mapping"), one="item"))
    assert found["item"].value == "use_mapping"
    assert list(found["item"].options) == list(SURVEY_ITEMS)
    assert "item" not in controls(selection_bar(from_search(""), one="ratio"))


def test_the_ratio_is_chosen_where_the_page_shows_one():
    found = controls(selection_bar(from_search("?ratio=safeguarding_to_cla"), one="ratio"))
    assert found["ratio"].value == "safeguarding_to_cla"
    assert "indicator" not in found
    assert "ratio" not in controls(selection_bar(from_search(""), one=""))
