import numpy as np
import pytest

from analytics.methods.jumps import jumped

NAN = np.nan


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([100.0, 150.0, 225.0], [False, False, False]),  # half is not more than half
        ([100.0, 151.0, 75.0], [False, True, True]),
        ([100.0, 50.0, 49.0], [False, False, False]),
        ([100.0, 49.0, 49.0], [False, True, False]),
        ([0.0, 5.0, 0.0], [False, True, True]),  # from nothing, and to nothing
        ([0.0, 0.0, 0.0], [False, False, False]),
        ([NAN, 5.0, 50.0], [False, False, True]),
        ([5.0, NAN, 50.0], [False, False, False]),
    ],
)
def test_a_move_of_more_than_half_is_a_jump(values, expected):
    assert jumped(np.array(values)).tolist() == expected


def test_every_row_is_judged_by_itself():
    rows = np.array([[[1.0, 2.0], [2.0, 2.0]], [[NAN, NAN], [4.0, 1.0]]])
    assert jumped(rows).tolist() == [
        [[False, True], [False, False]], [[False, False], [False, True]],
    ]  # fmt: skip
