"""Small pictures: every mark is inside, zero is where it belongs, what is missing is not drawn."""

from math import inf, nan

import pytest

from components.views.pictures import EDGE, axis_of, dots, interval, line, parts, squares


def test_an_axis_holds_zero_and_all_numbers():
    axis = axis_of((-8.0, 2.0, nan, inf), length=110)
    assert (axis.low, axis.high) == (-8.0, 2.0)
    assert (axis.at(-8), axis.at(2), axis.at(0)) == (EDGE, 110 - EDGE, 85.0)
    assert axis_of((-8.0, 2.0), length=110, even=True).at(0) == 55.0
    assert axis_of((), length=100).at(0) == 50.0


def test_an_interval_without_ends_is_a_dot_alone():
    assert interval(-8.6, -13.7, -4.3, width=128)["ends"] == (5.0, 86.0)
    assert interval(-8.6, nan, nan, width=128)["ends"] == ()


def test_dots_that_are_missing_are_left_out():
    drawn = dots([(-1.0, True), (nan, False), (0.5, False)], width=110, mean=-0.25)
    assert drawn["dots"] == [(5.0, True), (80.0, False)]
    assert drawn["zero"] == 55.0
    assert drawn["mean"] == 42.5
    assert dots([(1.0, True)], width=110)["mean"] == 0


def test_a_line_is_broken_where_a_number_is_missing():
    drawn = line([nan, -1.0, -2.0, nan, 0.0], width=50, height=30, start=1.5)
    assert drawn["runs"] == ["15.0,15.0 25.0,25.0", "45.0,5.0"]
    assert drawn["zero"] == 5.0
    assert drawn["start"] == 20.0
    assert drawn["end"] == (45.0, 5.0)
    assert line([nan, nan], width=50, height=30)["end"] == ()


def test_parts_and_squares_are_as_many_as_they_are():
    assert parts(0.25, width=128)["first"] == pytest.approx(32)
    assert squares([True, False])["squares"] == [(1, True), (9, False)]


def test_dots_keep_the_keys_of_the_numbers_that_are_there():
    made = dots([(1.0, False), (nan, False), (2.0, True)], width=100, keys=["a", "b", "c"])
    assert made["of"] == ["a", "c"]
    assert len(made["dots"]) == 2
    assert dots([(1.0, False)], width=100)["of"] == []
