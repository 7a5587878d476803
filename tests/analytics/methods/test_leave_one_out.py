"""Leaving each member out."""

import numpy as np
import pytest

from analytics.methods.leave_one_out import without_each


def test_row_i_is_the_group_without_i():
    gaps = np.array([1.0, np.nan, 3.0, 4.0])
    made = without_each(gaps)
    for at, row in enumerate(made):
        np.testing.assert_array_equal(
            np.delete(row, at), np.delete(gaps, at), err_msg=f"without {at}"
        )
        assert np.isnan(row[at])
    assert not np.isnan(gaps[0])


@pytest.mark.parametrize("gaps", [np.zeros((2, 2)), np.array([np.inf, 1.0])])
def test_refusals(gaps):
    with pytest.raises(ValueError, match=r"expected"):
        without_each(gaps)
