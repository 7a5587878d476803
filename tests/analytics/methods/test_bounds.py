"""Bounds of a difference against the corners of its two sides."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.methods.bounds import difference_bounds

WHOLE = st.integers(-9, 9).map(float)


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


def test_sides_that_do_not_fit_are_refused():
    one = np.ones(1)
    with pytest.raises(ValueError, match="the least at most the most"):
        difference_bounds((one * 2, one), (one, one))
    with pytest.raises(ValueError, match=r"shapes \[\(1,\), \(2,\)\]"):
        difference_bounds((one, one), (np.ones(2), np.ones(2)))
