"""People and sums that are alike are found in the order NumPy gives them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from analytics.disclosure.adding import _distinct

SOME = arrays(
    np.int64, array_shapes(min_dims=2, max_dims=2, max_side=8), elements=st.integers(-3, 3)
)


@given(SOME)
def test_distinct_rows_are_those_of_numpy(rows):
    expected, places = np.unique(rows, axis=0, return_inverse=True)
    found, place = _distinct(rows)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(place, places.ravel())


def test_many_wide_columns_are_told_apart():
    chance = np.random.default_rng(1)
    rows = chance.integers(-(2**31), 2**31, size=(300, 40))[chance.integers(0, 300, 900)]
    expected, places = np.unique(rows, axis=0, return_inverse=True)
    found, place = _distinct(rows)
    np.testing.assert_array_equal(found, expected)
    np.testing.assert_array_equal(place, places.ravel())
