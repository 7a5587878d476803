import numpy as np
import pytest

from analytics.methods.checks import check_amounts, check_counts, check_gaps, check_share


def test_missing_gaps_are_no_fault_and_hide_none():
    gaps = np.array([[1.0, np.nan]])
    check_gaps(gaps)
    gaps[0, 0] = np.inf
    with pytest.raises(ValueError, match="infinite"):
        check_gaps(gaps)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 4)])
def test_gaps_of_another_shape_are_refused(shape):
    with pytest.raises(ValueError, match=r"\(indicators, pilots\) is expected"):
        check_gaps(np.zeros(shape))


def test_an_infinite_gap_is_refused():
    with pytest.raises(ValueError, match="2 gaps are infinite"):
        check_gaps(np.array([[1.0, np.inf, -np.inf]]))


@pytest.mark.parametrize("share", [0.0, 1.0, 95.0, -0.1, float("nan")])
def test_a_share_outside_0_to_1_is_refused(share):
    with pytest.raises(ValueError, match=r"confidence is .* between 0 and 1"):
        check_share("confidence", share)


@pytest.mark.parametrize("check", [check_amounts, check_counts])
def test_what_is_unknown_is_no_fault_and_hides_none(check):
    amounts = np.array([[0.0, np.nan], [3.0, 4.0]])
    check("answers", amounts)
    amounts[1, 1] = -4.0
    with pytest.raises(ValueError, match=r"answers hold -4\.0"):
        check("answers", amounts)


def test_a_part_of_an_hour_is_no_fault_and_of_an_answer_is():
    halves = np.array([0.0, np.nan, 2.5])
    check_amounts("hours", halves)
    with pytest.raises(ValueError, match=r"hours hold 2\.5; whole numbers"):
        check_counts("hours", halves)


@pytest.mark.parametrize("check", [check_amounts, check_counts])
@pytest.mark.parametrize("wrong", [-1.0, np.inf, -np.inf])
def test_amounts_that_cannot_be_are_refused(check, wrong):
    with pytest.raises(ValueError, match=f"answers hold {wrong}; 0 or more"):
        check("answers", np.array([1.0, wrong]))
