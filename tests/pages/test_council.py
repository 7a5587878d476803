"""The page of one council: which council it is, and what it is called."""

from dash.development.base_component import Component

import app  # noqa: F401 (registers the pages)
from pages.council import layout, title


def test_the_path_says_which_council_whatever_the_query_says():
    main = layout("E09000012", area="E09000005", k="5")
    assert main.children[0].children == "Hackney"
    assert getattr(main, "data-path") == "/councils/E09000012"
    assert getattr(main, "data-query") == "?k=5"
    assert getattr(main, "data-asked") == "?k=5&area=E09000012"
    assert getattr(main, "data-holds") == "area"


def test_a_former_code_leads_to_the_council_of_today_with_a_remark():
    main = layout("E08000019")
    assert main.children[0].children == "Sheffield"
    assert getattr(main, "data-path") == "/councils/E08000039"
    assert "E08000019 was the code of Sheffield until March 2025" in str(main)


def test_an_unknown_code_says_so_and_lists_the_councils():
    for odd in ("nothing", "E92000001", ["E09000012", "x"], None, ""):
        main = layout(odd)
        assert main.children[0].children == "There is no such council"
        regions = [one for one in main._traverse() if isinstance(one, Component)]
        assert any(getattr(one, "data-fill", "") == "/sheets/councils" for one in regions)
    assert title("nothing") == "No such council"


def test_the_window_is_called_after_the_council():
    assert title("E10000009") == "Dorset (to 2018/19)"
    assert title("E08000019") == "Sheffield"


def test_the_page_leads_on_with_the_council():
    links = [one for one in layout("E09000012")._traverse() if getattr(one, "href", "")]
    followed = {one.href for one in links if hasattr(one, "data-follow")}
    assert {"/costs", "/pilots", "/councils"} <= followed
