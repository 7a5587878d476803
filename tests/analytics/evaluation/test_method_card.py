from itertools import product

import pytest

from analytics.evaluation.method_card import OLDER_POPULATION, SYMMETRY, comparator_facts, facts
from analytics.selection.choices import Adjustment, Comparator, Vintage
from analytics.selection.selection import Selection
from data.neighbour_lists import NEIGHBOUR_LISTS


def card(selection: Selection, *, test: bool = True) -> dict[str, str]:
    rows = facts(selection, estimand="The mean.", unit="%", test=test)
    assert len({term for term, _ in rows}) == len(rows)
    return dict(rows)


@pytest.mark.parametrize("compare", Comparator)
def test_every_term_has_a_description(compare):
    for model, vintage, adjust, kept in product(
        NEIGHBOUR_LISTS, Vintage, Adjustment, (False, True)
    ):
        selection = Selection(
            compare=compare, model=model, vintage=vintage, adjust=adjust, with_pilots=kept
        )
        assert all(words.strip() for words in card(selection).values())


def test_a_card_without_tests_names_none():
    shown, silent = card(Selection()), card(Selection(), test=False)
    assert {"Interval", "Test", "Adjustment"} <= set(shown)
    assert SYMMETRY in shown["Test"]
    assert OLDER_POPULATION in shown["Vintage"]
    assert not {"Interval", "Test", "Adjustment"} & set(silent)
    assert {"What is estimated", "Unit", "Pilots", "Period", "Comparator"} <= set(silent)


def test_what_was_chosen_is_said():
    selection = Selection(k=5, with_pilots=True, first=2014)
    shown = card(selection)
    assert "5" in shown["Comparator"]
    assert "kept" in shown["Comparator"]
    assert shown["Period"] == selection.period_words
    assert shown["Pilots"] == selection.pilot_words


def test_the_oldest_list_is_believed_and_not_known_to_be_the_one_in_force():
    assert "believed, not known" in comparator_facts(Selection())
    assert "believed" not in comparator_facts(Selection(model=NEIGHBOUR_LISTS[2]))


def test_a_comparator_that_is_one_figure_says_that_gaps_depend_on_each_other():
    for compare in (Comparator.ENGLAND, Comparator.PILOTS):
        assert "not independent" in comparator_facts(Selection(compare=compare))


def test_the_five_neighbours_rule_is_said_where_there_are_neighbours():
    assert "five" in card(Selection())["Missing figures"]
    assert "five neighbours" not in card(Selection(compare=Comparator.ENGLAND))["Missing figures"]


def test_the_rule_of_five_is_said_wherever_it_applies():
    # Six pilots are left: a year needs five of them, as it does of neighbours.
    shown = card(Selection(compare=Comparator.PILOTS))
    assert "five" in shown["Missing figures"]


def test_each_vintage_and_adjustment_is_described_in_its_own_words():
    assert len({card(Selection(vintage=one))["Vintage"] for one in Vintage}) == len(Vintage)
    assert len({card(Selection(adjust=one))["Adjustment"] for one in Adjustment}) == len(Adjustment)
