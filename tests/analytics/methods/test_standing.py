"""Ranks and ranges against small sets worked by hand."""

from itertools import permutations
from math import isnan, nan

import numpy as np
import pytest

from analytics.methods.standing import Place, expected_outside, place, rank


@pytest.mark.parametrize(
    ("value", "where"),
    [(1.9, Place.BELOW), (2, Place.WITHIN), (3, Place.WITHIN), (5, Place.WITHIN), (6, Place.ABOVE),
     (nan, Place.UNKNOWN)],
)  # fmt: skip
def test_a_figure_is_below_within_or_above_the_range_of_others(value, where):
    found = place(value, np.array([5, 2, nan, 3]))
    assert (found.place, found.low, found.high) == (where, 2, 5)


def test_without_others_there_is_no_place():
    for others in (np.array([]), np.array([nan, nan])):
        found = place(3, others)
        assert found.place is Place.UNKNOWN
        assert isnan(found.low)
        assert isnan(found.high)


def test_the_highest_is_first_and_equal_figures_share_a_rank():
    everyone = np.array([7, 9, nan, 7, 1])
    assert [(one.rank, one.of) for one in (rank(x, everyone) for x in (9, 7, 1))] == [
        (1, 4), (2, 4), (4, 4),
    ]  # fmt: skip
    missing = rank(nan, everyone)
    assert isnan(missing.rank)
    assert missing.of == 4


@pytest.mark.parametrize("n", [1, 2, 4])
def test_one_more_of_the_same_kind_is_outside_as_often_as_counting_says(n):
    orders = list(permutations(range(n + 1)))
    outside = [place(one[0], np.array(one[1:])).place is not Place.WITHIN for one in orders]
    assert expected_outside(np.array([float(n)])) == pytest.approx(np.mean(outside))


def test_expectations_of_several_figures_add_up():
    assert expected_outside(np.array([9.0, 9.0, 4.0])) == pytest.approx(0.2 + 0.2 + 0.4)
