"""What marks a year."""

import pandas as pd
import pytest

from analytics.evaluation.breaks import boundary_changes, mark_notes, marks, named_years
from analytics.measures.indicators.registry import INDICATORS
from data.load import load
from data.sources.registry import AUTHORITIES


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("", ()),
        ("2013/14 partial; none after 2021/22.", (2014, 2022)),
        ("Rates of 2016 to 2018 are whole numbers.", (2016, 2017, 2018)),
        ("2013 and 2014 from counts rounded to 5; none for 2015.", (2013, 2014, 2015)),
        ("Redefined since first publication.", ()),
    ],
)
def test_years_named_in_words(words, years):
    assert named_years(words) == years


def test_every_break_of_the_registry_that_names_a_year_is_understood():
    for indicator in INDICATORS.values():
        assert bool(named_years(indicator.breaks)) == ("20" in indicator.breaks), indicator.key


def test_boundaries_that_neighbours_crossed():
    found = boundary_changes(
        load(AUTHORITIES), ["E06000028", "E10000006", "E06000061", "E09000005"]
    )
    assert list(found) == [2020, 2022, 2024]
    assert "Bournemouth became Bournemouth, Christchurch and Poole" in found[2020]
    assert "North Northamptonshire was formed" in found[2022]
    assert "Cumbria became Cumberland and Westmorland and Furness" in found[2024]


def test_marks_say_each_thing_once():
    words = marks(2021, breaks="2020/21 partial.", boundaries={2021: "A became B"})
    assert words == "the first year of COVID-19; break: 2020/21 partial; boundaries: A became B"
    assert not marks(2016, breaks="2020/21 partial.", boundaries={})


def test_notes_are_one_a_year():
    years = ["2020/21", "2020/21", "2015/16"]
    frame = pd.DataFrame({"year_end": [2021, 2021, 2016], "year": years, "marks": ["x", "x", ""]})
    assert mark_notes(frame) == ("† 2020/21: x.",)
