"""Two figures with the same axes: what measures is shared, what only names stays."""

import pytest

import app  # noqa: F401 (pages bring in every card)
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.card import cards_under
from components.charts.same_axes import same_axes


def dots(values, **axis):
    trace = {"type": "scatter", "x": [1, 2, 3], "y": values}
    return {"data": [trace], "layout": {"height": 200, "yaxis": {"nticks": 6, **axis}}}


def reach(figure, name="yaxis"):
    return figure["layout"][name].get("range")


def test_an_axis_without_a_range_gets_one_that_holds_the_marks_of_both():
    one, other = same_axes(dots([10, 20, None]), dots([30, 110, 60]))
    assert reach(one) == reach(other) == pytest.approx([10 - 0.6, 110 + 4.8])
    assert one["layout"]["yaxis"]["nticks"] == 6


def test_ranges_that_are_given_are_joined():
    one, other = same_axes(dots([1], range=[-2, 3]), dots([1], range=[-1, 5]))
    assert reach(one) == reach(other) == [-2, 5]


def test_intervals_and_bars_are_inside_and_bars_begin_at_zero():
    one = dots([10])
    one["data"][0]["error_y"] = {"array": [5], "arrayminus": [8]}
    assert reach(same_axes(one, dots([4]))[0])[0] < 2
    assert reach(same_axes(one, dots([4]))[1])[1] > 15
    bars = dots([10, 30])
    bars["data"][0]["type"] = "bar"
    assert reach(same_axes(bars, bars)[0])[0] == 0
    stacked = {"data": bars["data"] * 2, "layout": {**bars["layout"], "barmode": "stack"}}
    assert reach(same_axes(stacked, stacked)[0])[1] > 60


def test_bars_from_a_base_reach_from_it():
    bar = {"type": "bar", "x": [-40.0, 20.0], "y": ["a", "b"], "base": 100.0, "orientation": "h"}
    figure = {"data": [bar], "layout": {"xaxis": {}}}
    low, high = reach(same_axes(figure, figure)[0], "xaxis")
    assert 50 < low < 60
    assert 120 < high < 130


@pytest.mark.parametrize(
    "axis",
    [{"range": [9.5, -0.5]}, {"visible": False}, {"showticklabels": False}, {"matches": "y"}],
)
def test_axes_that_do_not_measure_stay(axis):
    one, other = dots([1, 2], **axis), dots([5, 9], **axis)
    assert same_axes(one, other) == (one, other)


def test_the_same_categories_stand_in_the_order_of_the_first():
    def rows(names):
        return {"data": [], "layout": {"yaxis": {"type": "category", "categoryarray": names}}}

    _, other = same_axes(rows(["b", "a"]), rows(["a", "b"]))
    assert other["layout"]["yaxis"]["categoryarray"] == ["b", "a"]
    _, other = same_axes(rows(["b", "c"]), rows(["a", "b"]))
    assert other["layout"]["yaxis"]["categoryarray"] == ["a", "b"]


def test_dates_share_a_range_too():
    def dated(*days):
        return {"data": [{"x": list(days)}], "layout": {"xaxis": {"type": "date"}}}

    one, other = same_axes(dated("2015-06-30"), dated("2020-01-01", "2019-01-01"))
    assert reach(one, "xaxis") == reach(other, "xaxis") == ["2015-03-02", "2020-04-30"]


def test_what_is_given_stays_as_it_was():
    one, other = dots([1, 2]), dots([5, 9])
    same_axes(one, other)
    assert one == dots([1, 2])
    assert other == dots([5, 9])


@pytest.mark.parametrize(
    "note",
    [
        {"name": "value", "x": 3, "y": "a", "text": "+3"},
        {"name": "edge", "x": 3, "y": "a", "text": "+3"},
        {"text": ["● clear", "○ not clear"]},
    ],
)
def test_values_and_keys_have_the_same_room_in_both(note):
    axis = {"xaxis": {"range": [0, 3]}}
    one = {"data": [], "layout": {**axis, "annotations": [note]}}
    other = {"data": [], "layout": {**axis}}
    assert same_axes(one, other)[1]["layout"]["annotations"] == [{**note, "visible": False}]
    assert same_axes(one, other)[0]["layout"]["annotations"] == [note]


@pytest.mark.parametrize(
    "key", ["indicator-years", "kpis-gaps", "indicator-places", "change-years"]
)
def test_published_charts_of_two_selections_have_the_same_axes(key):
    card = cards_under(HOME)[key]
    drawn = [
        card.figure(card.finding.publish(from_search(query)))
        for query in ("band=beginner", "band=over-two")
    ]
    axis = "xaxis" if key in {"kpis-gaps", "indicator-places"} else "yaxis"
    one, other = same_axes(*drawn)
    assert reach(one, axis) == reach(other, axis)
    assert reach(one, axis)[0] < reach(one, axis)[1]
