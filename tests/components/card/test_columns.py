import pandas as pd
import pytest

from analytics.publication.registry import offered
from analytics.selection.selection import HOME
from components.card.columns import on_screen
from data.schema import Column, ColumnKind, text


def names(publish, key, query=""):
    published = publish(offered(HOME)[key], query)
    return [one.name for one in on_screen(published.columns, published.frame, HOME)]


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("kpis-gaps", ["name", "gap", "low", "high", "certainty", "p", "p_adjusted"]),
        ("expenditure-years", ["year", "gap", "low", "high", "n"]),
        ("pilots-changes", ["place", "change", "gap_change", "before", "after"]),
        ("expenditure-places", ["place", "gap", "value"]),
        ("expenditure-composition", ["name", "n", "pilots_first"]),
    ],
)
def test_a_row_is_named_then_answered_then_how_sure_it_is(publish, key, first):
    assert names(publish, key)[: len(first)] == first


def test_what_another_column_says_is_left_out_on_screen_alone(publish):
    published = publish(offered(HOME)["pilots-bands"])
    assert published.columns[0].name == "band"
    assert names(publish, "pilots-bands")[0] == "name"
    assert "band" not in names(publish, "pilots-bands")
    assert "role" not in names(publish, "pilots-changes")
    assert "role" in names(publish, "expenditure-places")
    assert "year_end" not in names(publish, "expenditure-years")


def test_words_without_a_word_have_no_column_and_numbers_without_a_number_have_one():
    columns = (text("name", "Name"), text("why", "Why"), Column(name="gap", label="Gap"))
    frame = pd.DataFrame({"name": ["a", "b"], "why": ["", None], "gap": [float("nan")] * 2})
    assert [one.name for one in on_screen(columns, frame, HOME)] == ["name", "gap"]


def test_columns_without_an_answer_stay_in_their_order():
    columns = (
        text("name", "Name"),
        Column(name="n", label="n", kind=ColumnKind.COUNT),
        Column(name="low", label="Lowered to"),
        Column(name="p", label="p"),
    )
    frame = pd.DataFrame({"name": ["a", "b"], "n": [1, 2], "low": [1.0, 2.0], "p": [0.1, 0.2]})
    assert list(on_screen(columns, frame, HOME)) == list(columns)
