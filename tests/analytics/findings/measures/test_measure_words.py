"""What is said of one measure: the years of a gap, and names for which there is no room."""

import pandas as pd
import pytest

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.findings.indicators import indicator_figures as figures
from analytics.findings.measures.claim_answers import _years
from analytics.findings.measures.places import _most
from analytics.findings.measures.window_words import _in_windows
from analytics.findings.measures.year_words import year_words
from analytics.measures.indicators.registry import INDICATORS
from analytics.selection.parse import from_search
from analytics.text.certainty import Certainty
from analytics.text.wording import naming

ALL = from_search("")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (ALL.first, ALL.last, ""),
        (2015, 2015, "Figures are of 2014/15."),
        (2014, 2015, "Figures are of 2013/14 to 2014/15."),
    ],
)
def test_the_years_of_a_gap_are_said_where_they_are_not_the_whole_period(first, last, words):
    assert _years(pd.Series({"first_used": first, "last_used": last}), ALL) == words


def test_names_without_room_for_any_are_counted():
    long = "of a name that is " + "very " * 20 + "long"
    assert naming("They are", [long, long]) == "They are two of them."
    assert naming("They are", ["a", "b", "c", "d"]) == "They are a, b, c and one more."


@pytest.mark.parametrize(
    ("below", "above", "n", "verdict"),
    [
        (0, 2, 2, "Both pilots are above similar councils"),
        (6, 0, 6, "All 6 pilots are below similar councils"),
        (1, 1, 2, "1 of 2 pilots is below similar councils"),
        (0, 1, 1, "Wakefield is above similar councils"),
        (0, 0, 1, "Wakefield is level with similar councils"),
        (0, 0, 4, "Every pilot is level with similar councils"),
    ],
)
def test_how_many_pilots_are_on_one_side_is_said_as_people_say_it(below, above, n, verdict):
    assert _most(below, above, n, ALL, first="Wakefield") == verdict
    regions = {
        False: verdict.replace("similar councils", "its region"),
        True: verdict.replace("similar councils", "their regions"),
    }[" are " in verdict]
    assert _most(below, above, n, from_search("?compare=region"), first="Wakefield") == regions


@pytest.mark.parametrize(
    ("changes", "sure", "verdict"),
    [
        ((-8, -6), "CC", "New child protection plans fell over every period"),
        ((-8, -4), "CN", "New child protection plans fell, but not clearly over every period"),
        ((-8, 6), "CC", "New child protection plans fell, but not clearly over every period"),
        ((-8, 6), "NN", "No clear change in new child protection plans over any period"),
    ],
)
def test_a_window_that_is_not_clear_is_not_called_unchanged(changes, sure, verdict):
    key = {"C": Certainty.CLEAR, "N": Certainty.NOT_CLEAR}
    rows = [
        pd.Series({"change": change, "certain": key[one]})
        for change, one in zip(changes, sure, strict=True)
    ]
    assert _in_windows(rows, INDICATORS["cpp_start_rate"].plain) == verdict


@pytest.mark.parametrize(
    ("query", "size"),
    [
        ("?indicator=icpc_rate&years=2016-2020", "2.6 fewer"),
        ("?indicator=cpp_reviewed_pct&pilots=E06000023", "2.9 percentage points higher"),
    ],
)
def test_one_figure_is_rounded_one_way_in_a_paragraph(query, size):
    published = figures.years.publish(from_search(query))
    assert published.plain.count(size) == 2


def test_one_pilot_with_both_years_is_said_in_the_singular():
    published = figures.years.publish(from_search("?pilots=E06000023,E10000020"))
    assert published.frame["n_same"].iloc[-1] == 1
    assert "In the one pilot with figures of both, it was" in published.plain


def test_a_measure_without_a_figure_says_so_and_of_which_edition():
    first = from_search("?vintage=first")
    words = year_words(INDICATOR_FAMILY, pd.DataFrame(), first)
    assert words.verdict == "No figure of this measure is held"
    assert "as first published" in words.plain[0]
