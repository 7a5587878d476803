import numpy as np
import pytest

from analytics.methods.checks import check_gaps, check_share


def test_missing_gaps_are_no_fault():
    check_gaps(np.array([[1.0, np.nan]]))


@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 4)])
def test_gaps_of_another_shape_are_refused(shape):
    with pytest.raises(ValueError, match=r"\(indicators, pilots\) is wanted"):
        check_gaps(np.zeros(shape))


def test_an_infinite_gap_is_refused():
    with pytest.raises(ValueError, match="2 gaps are infinite"):
        check_gaps(np.array([[1.0, np.inf, -np.inf]]))


@pytest.mark.parametrize("share", [0.0, 1.0, 95.0, -0.1, float("nan")])
def test_a_share_outside_0_to_1_is_refused(share):
    with pytest.raises(ValueError, match=r"confidence is .* between 0 and 1"):
        check_share("confidence", share)
