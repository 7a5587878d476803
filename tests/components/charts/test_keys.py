"""What is drawn says by key what it is about, and what is marked changes no figure."""

import pandas as pd
import pytest

import app
from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.marks import markable
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from analytics.selection.selection import HOME
from components.card.card import cards_under
from components.charts.keys import keyed, keys_in, keys_of
from data.programmes.read import programme

QUERY = "?area=E08000035"
#: Columns of frames that hold keys of what can be marked.
COLUMNS = {"key", "code", "band", "band_key", "whose_key", "first_key"}
#: Charts of one indicator or council: its key is in every row, and tells nothing apart.
OF_ONE = {"robustness-view", "answer-years", "costs-tornado"}
#: Charts that draw only some of their rows.
OF_SOME = {"neighbours-lists", "robustness-without"}


def held(trace):
    keys = trace.get("meta", {}).get("keys", "")
    return [keys] if isinstance(keys, str) else keys


def about(frame):
    """The keys in the rows of a finding that can be marked."""
    cells = (str(cell) for name in COLUMNS & set(frame.columns) for cell in frame[name].unique())
    return {cell for cell in cells if cell in markable(HOME)}


@pytest.mark.parametrize("key", [key for key, card in cards_under(HOME).items() if card.chart])
def test_a_chart_carries_the_keys_of_what_its_rows_are_about(key):
    card = cards_under(HOME)[key]
    published = card.finding.publish(from_search(QUERY))
    figure = card.figure(published)
    carried = set(keys_in(figure)) & set(markable(HOME))
    if key in OF_SOME:
        assert carried
        assert carried <= about(published.frame) | set(authorities())
    elif key not in OF_ONE:
        assert carried >= about(published.frame)
    marks = figure["layout"].get("meta", {}).get("marks", {})
    assert set(marks) == carried
    for one, told in marks.items():
        assert told["name"] == markable(HOME)[one]
        assert PARAMETERS[told["parameter"]].accepts(one, HOME)


@pytest.mark.parametrize("key", [key for key, card in cards_under(HOME).items() if card.chart])
def test_every_point_has_its_keys(key):
    card = cards_under(HOME)[key]
    for trace in card.figure(card.finding.publish(from_search(QUERY)))["data"]:
        keys = trace.get("meta", {}).get("keys", "")
        assert isinstance(keys, str) or len(keys) == len(trace["x"]) == len(trace["y"])


def test_keys_are_told_apart_by_themselves():
    every = [*programme().band_keys, *authorities(), *INDICATORS, *RATIOS]
    assert len(set(every)) == len(every) == len(markable(HOME))
    assert all(words and words[0].isupper() for words in markable(HOME).values())
    assert len(set(markable(HOME).values())) == len(every)


def test_the_key_of_the_thing_comes_first_even_where_it_has_none():
    frame = pd.DataFrame({"one": ["a", "", None, "b", ""], "two": ["b", "b", "b", "b", None]})
    assert keys_of(frame, "one", "two") == ["a b", " b", " b", "b", ""]


def test_keys_join_what_the_browser_may_do_with_a_trace():
    silent = {"x": [1], "meta": {"silent": True}}
    trace = keyed(silent, ["E10000020"])
    assert trace == {"x": [1], "meta": {"keys": ["E10000020"], "silent": True}}
    assert silent["meta"] == {"silent": True}
    assert keys_in({"data": [trace, keyed({"x": []}, " a b"), silent]}) == ["E10000020", "a", "b"]


@pytest.mark.parametrize(
    ("query", "spelled"),
    [
        ("?mark=E10000020&k=5", "?k=5&mark=E10000020"),
        ("?mark=icpc_rate", "?mark=icpc_rate"),
        ("?mark=beginner", "?mark=beginner"),
        ("?mark=", ""),
    ],
)
def test_what_is_marked_is_in_the_address(query, spelled):
    selection = from_search(query)
    assert selection.to_query() == spelled
    assert not selection.notices
    assert "mark" not in selection.unmarked.to_query()


def test_what_cannot_be_marked_is_left_out_with_a_reason():
    selection = from_search("?mark=nobody")
    assert (selection.mark, selection.to_query()) == ("", "")
    assert "“nobody” cannot be marked" in selection.notices[0]


def test_a_mark_changes_no_figure_and_is_kept_by_no_finding():
    finding = cards_under(HOME)["pilots-changes"].finding
    plain, marked = (finding.publish(from_search(one)) for one in ("?k=4", "?k=4&mark=E10000020"))
    assert marked is plain
    assert marked.selection.mark == ""


def test_a_mark_changes_no_byte_of_a_data_address():
    client = app.explorer.server.test_client()
    path = "/api/v1/findings/pilots-changes"
    for extension in ("json", "csv"):
        plain, marked = (
            client.get(f"{path}.{extension}{query}") for query in ("", "?mark=E10000020")
        )
        assert plain.status_code == 200
        assert marked.data == plain.data
    assert client.get(f"{path}.json?mark=nobody").status_code == 400
