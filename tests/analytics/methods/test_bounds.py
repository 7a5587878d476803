"""Bounds of a mean against every value that the hidden ones can have."""

from itertools import product
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.methods.bounds import difference_bounds, mean_bounds

MAYBE = st.one_of(st.just(nan), st.integers(-9, 9).map(float))
WHOLE = st.integers(-9, 9).map(float)


@settings(deadline=None, max_examples=60)
@given(
    values=arrays(float, (2, 4), elements=MAYBE),
    least=arrays(float, (2, 4), elements=MAYBE),
    width=arrays(float, (2, 4), elements=st.integers(0, 3).map(float)),
)
def test_they_are_the_extremes_of_every_completion(values, least, width):
    found = mean_bounds(values, least, least + width)
    for row in range(2):
        choices = [
            [value] if value == value else [low, low + wide / 2, low + wide]  # noqa: PLR0124
            for value, low, wide in zip(values[row], least[row], width[row], strict=True)
            if value == value or low == low  # noqa: PLR0124 - not NaN
        ]
        assert found.known[row] + found.hidden[row] == len(choices)
        if not choices:
            assert np.isnan([found.low[row], found.high[row]]).all()
            continue
        means = [sum(one) / len(one) for one in product(*choices)]
        assert (found.low[row], found.high[row]) == pytest.approx((min(means), max(means)))


def test_suppressed_counts_of_one_to_four():
    # Two of four pilots are suppressed: of 200 children, 1 to 4 of them, per 100.
    values = np.array([6.0, nan, 4.0, nan])
    found = mean_bounds(values, np.full(4, 0.5), np.full(4, 2.0))
    assert (found.low, found.high) == (2.75, 3.5)
    assert (found.known, found.hidden) == (2, 2)


def test_nothing_hidden_is_the_mean_itself_and_no_limit_no_bound():
    values = np.array([[1.0, 2.0, 6.0], [1.0, nan, 2.0], [1.0, nan, 2.0], [nan, nan, nan]])
    least = np.array([[nan] * 3, [nan, -inf, nan], [nan] * 3, [nan] * 3])
    found = mean_bounds(values, least, np.where(np.isnan(least), nan, 3.0))
    assert found.low == pytest.approx([3, -inf, 1.5, nan], nan_ok=True)
    assert found.high == pytest.approx([3, 2, 1.5, nan], nan_ok=True)


@settings(deadline=None, max_examples=40)
@given(
    lows=arrays(float, (2, 3), elements=WHOLE),
    widths=arrays(float, (2, 3), elements=st.integers(0, 4).map(float)),
)
def test_a_difference_is_bounded_by_its_corners(lows, widths):
    sides = [(low, low + width) for low, width in zip(lows, widths, strict=True)]
    low, high = difference_bounds(*sides)
    corners = np.array([a - b for a, b in product(*sides)])
    assert np.array_equal(low, corners.min(axis=0))
    assert np.array_equal(high, corners.max(axis=0))


@pytest.mark.parametrize(
    ("values", "least", "most", "words"),
    [
        (np.zeros(2), np.zeros(3), np.zeros(2), r"least \(3,\) and most \(2,\)"),
        (np.array(1.0), np.array(1.0), np.array(1.0), r"one shape \(\.\.\., n\)"),
        (np.array([inf]), np.zeros(1), np.zeros(1), "1 values are infinite"),
        (np.array([nan]), np.zeros(1), np.array([nan]), "1 hidden values have one limit"),
        (np.array([nan]), np.ones(1), np.zeros(1), "1 a least above their most"),
    ],
)
def test_limits_that_cannot_be_are_refused(values, least, most, words):
    with pytest.raises(ValueError, match=words):
        mean_bounds(values, least, most)


def test_sides_that_do_not_fit_are_refused():
    one = np.ones(1)
    with pytest.raises(ValueError, match="the least at most the most"):
        difference_bounds((one * 2, one), (one, one))
    with pytest.raises(ValueError, match=r"shapes \[\(1,\), \(2,\)\]"):
        difference_bounds((one, one), (np.ones(2), np.ones(2)))
