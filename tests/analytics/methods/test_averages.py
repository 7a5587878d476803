import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.methods.averages import (
    mean_of_present,
    median_of_present,
    ratio,
    weighted_mean_of_present,
)

NUMBERS = st.one_of(st.just(np.nan), st.integers(-1000, 1000).map(float))


@settings(deadline=None, max_examples=60)
@given(values=arrays(float, (3, 6), elements=NUMBERS))
@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(mean_of_present, statistics.fmean), (median_of_present, statistics.median)],
)
def test_each_row_is_averaged_as_the_standard_library_does(ours, theirs, values):
    for row, found in zip(values, ours(values), strict=True):
        present = [x for x in row.tolist() if x == x]  # noqa: PLR0124 - not NaN
        if present:
            assert found == pytest.approx(theirs(present))
        else:
            assert np.isnan(found)


def test_nothing_is_divided_by_nought_or_by_what_is_missing():
    found = ratio(np.array([1.0, 1.0, 6.0]), np.array([0.0, np.nan, 3.0]))
    assert np.array_equal(found, [np.nan, np.nan, 2.0], equal_nan=True)


def test_weights_count_only_what_is_there():
    values = np.array([[1.0, np.nan, 4.0], [np.nan, np.nan, np.nan], [2.0, 2.0, 8.0]])
    weights = np.array([5.0, 4.0, 1.0])
    made = weighted_mean_of_present(values, weights)
    assert made[0] == pytest.approx((5 * 1 + 1 * 4) / 6)
    assert np.isnan(made[1])
    assert made[2] == pytest.approx(np.average(values[2], weights=weights))
