"""The body of the page with two selections: what it says, and what it says of nothing."""

import json

import pytest
from dash import no_update
from dash.development.base_component import Component
from hypothesis import given, settings
from hypothesis import strategies as st

import app
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.chart_frame import HINT
from components.frame.pair_address import compared
from components.pair.ready import pairs
from components.pair.summary import count_of
from components.pair.update_pair import pair_body, update_pair
from components.prefix import PAIRS


def parts(body):
    for one in body:
        yield one
        yield from (part for part in one._traverse() if isinstance(part, Component))


def words(found):
    """All words of a component, in order."""
    if isinstance(found, str):
        return found
    inside = getattr(found, "children", "")
    some = inside if isinstance(inside, list) else [inside]
    return " ".join(words(one) for one in some if isinstance(one, str | Component))


def of_class(body, name):
    return [words(one) for one in parts(body) if name in str(getattr(one, "className", "")).split()]


def body(pair, other):
    return pair_body(compared(pair), from_search(other))


def test_both_verdicts_and_what_changes_them_are_said():
    found = body("cards/kpis-gaps/model=2021", "model=2025&margin=20")
    assert of_class(found, "pair-count") == ["The verdict changes"]
    [change] = of_class(found, "pair-change")
    assert change == "The verdict changes. Enough by itself: Neighbour list."
    verdicts = of_class(found, "card-title")
    assert len(set(verdicts)) == 2
    [table] = of_class(found, "pair-choices")
    assert "April 2021 May 2025 1 of 1" in table
    assert "None of 1" in table
    [difference] = of_class(found, "pair-difference")
    assert difference.endswith("This difference is not itself tested.")


def test_both_charts_say_how_keys_read_them():
    found = body("cards/kpis-gaps/model=2021", "model=2025")
    lines = [one for one in parts(found) if getattr(one, "className", "") == "point"]
    assert [getattr(one, "data-keys") for one in lines] == [HINT, HINT]


def test_charts_of_both_have_the_same_axes_and_ids_of_their_own():
    found = body("indicators/band=beginner", "band=over-two")
    graphs = [one for one in parts(found) if hasattr(one, "data-figure")]
    assert [one.id for one in graphs] == [
        "graph-kpis-gaps-a", "graph-kpis-gaps-b", "graph-kpis-changes-a", "graph-kpis-changes-b",
    ]  # fmt: skip
    figures = [json.loads(getattr(one, "data-figure")) for one in graphs]
    ranges = [one["layout"]["xaxis"]["range"] for one in figures]
    assert ranges[0] == ranges[1] != ranges[2] == ranges[3]
    ids = [one.id for one in parts(found) if getattr(one, "id", None)]
    assert len(ids) == len(set(ids))


def test_selections_that_are_the_same_offer_another():
    found = body("indicators/k=3", "k=3")
    assert of_class(found, "pair-count") == ["A and B are the same so far"]
    links = [one.href for one in parts(found) if getattr(one, "href", "").startswith(PAIRS)]
    assert f"{PAIRS}indicators/k=3?band=beginner&k=3" in links
    assert f"{PAIRS}indicators/k=3" in links  # beside the choices that a page opens with
    for link in links:
        path, _, query = link.partition("?")
        assert app.known_path(path)
        assert not from_search(query).said
        assert from_search(query) != from_search("k=3")


def test_what_is_the_same_in_both_is_listed_and_not_shown_twice():
    found = body("expenditure/", "adjust=none")
    shown = [one.id for one in parts(found) if str(getattr(one, "id", "")).startswith("pair-")]
    assert "pair-expenditure-checks" not in shown
    assert any("totals add up" in one for one in of_class(found, "pair-rest"))


def test_what_has_nothing_to_show_says_why():
    found = body("pilots/pilots=E10000020", "pilots=E08000036")
    [rest] = of_class(found, "pair-rest")
    assert "Nothing to show for A or for B" in rest
    assert "Choose your authority in the bar above" in rest


def test_of_a_bad_pinned_selection_it_is_said_which_one_was_not_understood():
    [notice] = of_class(body("indicators/k=99&band=beginner", ""), "notice")
    assert notice.startswith("About A: “99”")


def test_links_change_the_pinned_one_and_lead_to_each():
    links = {
        one.children: one.href
        for one in parts(body("indicators/band=beginner", "band=over-two"))
        if type(one).__name__ == "A"
    }
    assert links["Change A: swap A and B"] == f"{PAIRS}indicators/band=over-two?band=beginner"
    assert links["A by itself"] == "/indicators?band=beginner"
    assert links["B by itself"] == "/indicators?band=over-two"


@pytest.mark.parametrize(
    ("changed", "of", "said"),
    [
        (0, 0, "Nothing on this page follows what differs"),
        (0, 1, "The verdict does not change"),
        (1, 1, "The verdict changes"),
        (0, 2, "Neither of 2 verdicts changes"),
        (0, 6, "None of 6 verdicts changes"),
        (1, 6, "One of 6 verdicts changes"),
        (2, 6, "Two of 6 verdicts change"),
        (2, 2, "Both verdicts change"),
        (6, 6, "All 6 verdicts change"),
    ],
)
def test_verdicts_are_counted(changed, of, said):
    assert count_of(changed, of) == said


def test_every_ready_pair_can_be_opened_and_differs_in_one_choice():
    assert [one.name for one in pairs(HOME)] == [
        "Pilots: 4 pilots (beginners) beside 3 pilots (more than 2 years)",
        "Neighbour list: April 2021 beside May 2025",
        "Pilots: Norfolk beside Wakefield",
    ]
    assert all(app.known_path(one.address.partition("?")[0]) for one in pairs(HOME))


def test_a_question_is_answered_with_the_body():
    found = update_pair({"pair": "cards/kpis-named/k=3", "query": "?k=4"})
    assert of_class(found, "pair-count")


anything = st.recursive(
    st.none() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(anything, anything, anything)
def test_nothing_a_script_can_send_is_an_error(asked, pair, query):
    assert update_pair(asked) is no_update
    assert update_pair({"pair": pair, "query": query}) is no_update
    assert update_pair({"pair": "nothing", "query": "?k=3"}) is no_update
