import pytest
from dash.development.base_component import Component

import app  # noqa: F401 (registers the pages)
from analytics.selection.choices import (
    SURVEY_ITEMS,
    Adjustment,
    Average,
    Comparator,
    Margin,
    Vintage,
)
from analytics.selection.parameter import Kind, Page
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from analytics.selection.selection import HOME
from components.frame.bar_words import bar_words, page_of, two_lines
from components.frame.controls import control, control_values
from components.frame.navigation import navigation
from components.frame.selection_bar import selection_bar
from data.neighbour_lists import NEIGHBOUR_LISTS


def parts(found):
    """Everything in a component or a list of them."""
    for one in found if isinstance(found, list) else [found]:
        yield one
        yield from (part for part in one._traverse() if isinstance(part, Component))


def controls(found):
    named = {}
    for one in parts(found):
        name = getattr(one, "id", None)
        if isinstance(name, dict):
            named[name["name"]] = one
    return named


def test_every_choice_of_the_registries_is_offered():
    found = controls(selection_bar(from_search(""), page=Page.PILOTS))
    for name, choices in [
        ("compare", Comparator), ("model", NEIGHBOUR_LISTS), ("average", Average),
        ("vintage", Vintage),
    ]:  # fmt: skip
        assert list(found[name].options) == [str(one) for one in choices]
    assert len(found["area"].options) == len(authorities()) + 1
    assert len(found["indicator"].options) == 34
    found = controls(selection_bar(from_search(""), page=Page.INDICATORS))
    for name, choices in [("adjust", Adjustment), ("margin", Margin)]:
        assert list(found[name].options) == [str(one) for one in choices]


@pytest.mark.parametrize("page", [*Page, None])
def test_a_page_offers_what_it_follows_and_no_more(page):
    elsewhere = {name for name, one in PARAMETERS.items() if one.kind is Kind.AMOUNT}
    follows = {
        name
        for one in PARAMETERS.values()
        if page in one.pages and one.name not in elsewhere
        for name in one.controls
    }
    assert set(controls(selection_bar(from_search(""), page=page))) == follows


@pytest.mark.parametrize(
    "query", ["", "band=beginner&k=3&with-pilots=1&years=2014-2020", "area=E08000035"]
)
@pytest.mark.parametrize("page", Page)
def test_controls_show_the_selection(query, page):
    selection = from_search(query)
    found = controls(selection_bar(selection, page=page))
    values = control_values(selection)
    assert {name: one.value for name, one in found.items()} == {
        name: values[name] for name in found
    }


def test_every_control_has_a_label_or_a_legend():
    bar = selection_bar(from_search(""), page=Page.OVER_TIME)
    labels = {one.htmlFor for one in parts(bar) if type(one).__name__ == "Label"}
    selects = {name for name, one in controls(bar).items() if type(one).__name__ == "Select"}
    assert labels == {f'{{"name":"{name}","type":"control"}}' for name in selects}
    assert control("band") == {"type": "control", "name": "band"}


def test_the_item_is_chosen_where_the_page_shows_one():
    found = controls(selection_bar(from_search("?item=use_mapping"), page=Page.SOCIAL_WORKERS))
    assert found["item"].value == "use_mapping"
    assert list(found["item"].options) == list(SURVEY_ITEMS)


def test_each_tick_has_a_button_for_it_alone_and_the_list_one_for_all():
    bar = selection_bar(from_search(""), page=Page.INDICATORS)
    for name in ("band", "pilots"):
        options = list(PARAMETERS[name].allowed(HOME))
        sets = [
            getattr(one, "data-ticks")
            for one in parts(bar)
            if getattr(one, "data-sets", "") == name
        ]
        assert sets == [",".join(options), *options]


SAID = [
    ("", "indicators", "who", "All 10 pilots", "", False),
    ("pilots=E06000023", "indicators", "who", "Bristol", "Bristol.", True),
    ("pilots=E06000023", "families", "who", "All 10 pilots",
     "Records follow the experience band alone.", False),
    ("band=beginner", "pilots", "who", "Beginners (4)",
     "4 pilots (beginners).", True),
    ("band=beginner,two-years", "indicators", "who", "7 pilots",
     "7 pilots (beginners and up to 2 years).", True),
    ("pilots=E06000023,E06000041", "indicators", "who", "2 pilots", "Bristol, Wokingham.", True),
    ("area=E08000035", "pilots", "who", "All 10 pilots + Leeds", "", True),
    ("area=E08000035", "indicators", "who", "All 10 pilots", "", False),
    ("compare=england", "indicators", "against", "vs England",
     "Each against the published figure for England.", True),
    ("k=3", "indicators", "against", "vs 3 similar councils",
     ("Each against the mean of its first 3 statistical neighbours (list in use before April 2021, "
      "other pilots left out)."), True),
    ("model=2025", "neighbours", "against", "10 neighbours, of May 2025", "", True),
    ("years=2014-2014", "indicators", "when", "2013/14", "", True),
    ("base=2013", "indicators", "when", "2012/13–2015/16", "", False),
    ("base=2013", "over_time", "when", "2012/13–2015/16", "", True),
    ("adjust=holm&vintage=first", "indicators", "more", "More: two changed", "", True),
    ("adjust=holm&vintage=first", "costs", "more", "More: one changed", "", True),
    ("indicator=s47_rate", "indicator", "subject", "Section 47 enquiries", "", False),
    ("about=ratio", "robustness", "subject", "Share of spend on children looked after", "",
     True),
    ("about=ratio", "neighbours", "subject", "About: ratios", "", True),
    ("", "social_workers", "subject", "Item: Confidence in Signs of Safety as a framework", "",
     False),
    ("k=3", "indicators", "all", "All 10 pilots · similar councils · 2012–16", "", True),
    ("", "families", "all", "All 10 pilots", "", False),
]  # fmt: skip


@pytest.mark.parametrize(("query", "page", "key", "short", "full", "changed"), SAID)
def test_the_buttons_say_the_selection(query, page, key, short, full, changed):
    said = bar_words(from_search(query), Page(page))[key]
    assert {**said, "short": plain(said["short"])} == {
        "short": short,
        "full": full,
        "changed": changed,
    }


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("More", ["More"]),
        ("All 10 pilots + Leeds", ["All 10 pilots", "+ Leeds"]),
        ("Assessments completed within 45 days", ["Assessments completed", "within 45 days"]),
        (
            "All 10 pilots + Bournemouth, Christchurch and Poole",
            ["All 10 pilots +", "Bournemouth,", "Christchurch and Poole"],
        ),
    ],
)
def test_words_of_a_button_break_into_two_lines_alike_in_length(words, lines):
    bound = two_lines(words)
    assert [plain(one) for one in bound.split(" ")] == lines
    assert plain(bound) == words


def plain(words):
    """Words of a button without what binds them."""
    return words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


def test_what_the_path_names_is_no_change_and_is_not_put_back():
    selection = from_search("?area=E09000012&band=beginner")
    assert bar_words(selection, Page.PILOTS)["who"]["changed"]
    assert bar_words(selection, Page.COUNCIL)["who"]["changed"]
    assert not bar_words(from_search("?area=E09000012"), Page.COUNCIL)["who"]["changed"]
    assert bar_words(from_search("?area=E09000012"), Page.PILOTS)["who"]["changed"]
    resets = {
        page: [
            getattr(one, "data-resets")
            for part in selection_bar(selection, page=page)
            for one in part._traverse()
            if hasattr(one, "data-resets")
        ]
        for page in (Page.PILOTS, Page.COUNCIL)
    }
    assert "band,pilots,area" in resets[Page.PILOTS]
    assert "band,pilots" in resets[Page.COUNCIL]


def test_a_list_without_a_tick_says_why_all_are_ticked_again():
    for query in ("?band=", "?pilots="):
        [said] = from_search(query).notices
        assert "ticked again" in said
        assert from_search(query) == from_search("")


def test_addresses_lead_to_their_pages():
    assert page_of("/") is Page.OVERVIEW
    assert page_of("/indicators/icpc_rate") is Page.INDICATOR
    assert page_of("/over-time") is Page.OVER_TIME
    assert page_of("/councils/E09000012") is Page.COUNCIL
    assert page_of("/data") is page_of("/councils") is None
    assert page_of("/of-somebody-else") is Page.INDICATORS


def test_the_pages_are_listed_in_their_groups():
    pages, cards = navigation(HOME).children
    found = {}
    for entry in pages.children.children:
        if isinstance(entry.children, list):
            title, inside = entry.children
            assert getattr(inside, "aria-labelledby") == title.id
            found[title.children] = [one.children.children for one in inside.children]
        else:
            found[entry.children.children] = []
    assert found == {
        "Overview": [],
        "Outcomes": ["Indicators", "Pilots", "Councils", "Over time"],
        "Money": ["Expenditure", "Costs"],
        "Practice": ["Social workers", "Families", "Case records", "Self-profile"],
        "Trust": ["Claims", "Neighbours", "How sure?", "Side by side", "Planning"],
        "Data": [],
        "Other programmes": ["Another group"],
    }
    assert cards.hidden


@pytest.mark.parametrize(
    ("query", "name", "href"),
    [
        ("mark=E10000020", "Norfolk", "/councils/E10000020"),
        ("mark=icpc_rate", "Child protection conferences", "/indicators/icpc_rate"),
        ("mark=beginner", "Beginner", None),
        ("", "", None),
    ],
)
def test_the_bar_names_what_is_marked_and_leads_to_its_page(query, name, href):
    bar = selection_bar(from_search(query), page=Page.PILOTS)
    (line,) = (one for one in parts(bar) if getattr(one, "data-part", "") == "mark")
    (link,) = (one for one in parts(line) if one._type == "A")
    assert line.hidden == (not query)
    assert (link.children, getattr(link, "href", None)) == (name, href)


def test_the_button_for_another_selection_says_what_it_sets_side_by_side():
    for compares in ("indicators", ""):
        bar = selection_bar(from_search(""), page=Page.INDICATORS, compares=compares)
        buttons = [one for one in parts(bar) if getattr(one, "id", "") == "compare"]
        assert [getattr(one, "data-compares") for one in buttons] == [compares] * bool(compares)


def test_a_list_that_the_path_does_not_name_needs_no_button():
    for is_named in (True, False):
        bar = selection_bar(from_search(""), page=Page.INDICATOR, is_named=is_named)
        assert any(getattr(one, "id", "") == "go" for one in parts(bar)) is is_named
