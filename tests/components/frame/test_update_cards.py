import json

import pytest
from dash import no_update
from hypothesis import given, settings
from hypothesis import strategies as st

import app  # noqa: F401 (pages bring in every card)
from analytics.selection.parse import from_search
from analytics.selection.places import renamed
from components.frame import update_cards as answering
from components.frame.update_cards import update_cards

CARDS = ["kpis-gaps", "kpis-matrix", "kpis-changes"]

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


def test_one_question_has_one_answer_for_all_cards():
    found = update_cards({"query": "?band=two-years&band=x", "cards": CARDS, "step": "push:1"})
    assert list(found["cards"]) == CARDS
    assert found["query"] == "?band=two-years"
    assert found["step"] == "push:1"
    assert found["notices"]
    assert found["controls"]["band"] == ["two-years"]
    assert found["words"] == from_search("band=two-years").label


def test_a_code_that_a_council_had_before_is_said_beside_the_cards():
    former, held = next(iter(renamed().items()))
    found = update_cards({"query": f"?area={former}", "cards": CARDS, "step": "push:1"})
    assert found["query"] == f"?area={held}"
    assert found["notices"] == list(from_search(f"area={former}").said)
    assert not update_cards({"query": f"?area={held}", "cards": CARDS, "step": "push:1"})["notices"]


def test_the_same_question_is_answered_from_memory(monkeypatch):
    asked = {"query": "?k=7", "cards": CARDS, "step": "push:1"}
    first = update_cards(asked)
    monkeypatch.setattr(answering, "_made", lambda *_: pytest.fail("made twice"))
    assert {**update_cards(asked), "step": ""} == {**first, "step": ""}


def test_unknown_cards_are_left_out():
    found = update_cards({"query": "", "cards": ["nobody", 3, None, "kpis-gaps"], "step": "push:1"})
    assert list(found["cards"]) == ["kpis-gaps"]


@settings(max_examples=150, deadline=None)
@given(anything)
def test_nothing_a_script_can_send_is_an_error(asked):
    found = update_cards(asked)
    assert found is no_update or json.dumps(found)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.lists(anything, max_size=4), anything)
def test_no_query_is_an_error(query, cards, step):
    assert json.dumps(update_cards({"query": query, "cards": cards, "step": step}))
