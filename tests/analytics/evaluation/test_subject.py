import pandas as pd
import pytest

from analytics.evaluation.subject import faced, indicator_of, notes
from analytics.measures.indicators.registry import INDICATORS
from analytics.selection.choices import Average, Comparator
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection


@pytest.mark.parametrize("key", INDICATORS)
def test_the_indicator_is_the_one_named(key):
    assert indicator_of(from_search(f"?indicator={key}")) is INDICATORS[key]


@pytest.mark.parametrize("key", INDICATORS)
def test_notes_give_polarity_and_breaks(key):
    indicator = INDICATORS[key]
    said = notes(pd.DataFrame(), from_search(f"?indicator={key}"))
    assert indicator.polarity.words in said[0]
    assert indicator.argument in said[0]
    assert any(indicator.breaks in words for words in said[1:]) == bool(indicator.breaks)


def test_every_symbol_of_the_frame_is_explained_once():
    frame = pd.DataFrame({"status": ["", "c", "c partial-2014", "x"]})
    said = notes(frame, Selection())[1:]
    assert [words.split(":")[0] for words in said] == ["c", "partial-2014", "x"]


def test_the_aggregator_is_named_where_there_is_one():
    named = {
        compare: faced(Selection(compare=compare, average=Average.MEDIAN)) for compare in Comparator
    }
    assert "median" in named[Comparator.NEIGHBOURS]
    assert "median" in named[Comparator.PILOTS]
    assert "median" not in named[Comparator.REGION] + named[Comparator.ENGLAND]
