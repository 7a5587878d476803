import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.methods.proportions import share_difference

# Newcombe (1998), Statistics in Medicine 17, page 873, table II, method 10: (first group,
# second group, limits of the second share less the first).
SEPARATE = [
    ((48, 80), (56, 70), 0.0524, 0.3339),
    ((3, 10), (9, 10), 0.1705, 0.8090),
    ((2, 7), (6, 7), 0.0582, 0.8062),
    ((0, 29), (5, 56), -0.0381, 0.1926),
    ((0, 20), (0, 10), -0.1611, 0.2775),
    ((0, 20), (10, 10), 0.6791, 1.0),
    ((0, 10), (10, 10), 0.6075, 1.0),
]


@pytest.mark.parametrize(("first", "second", "low", "high"), SEPARATE)
def test_newcombes_printed_limits_of_separate_groups(first, second, low, high):
    counts, bases = np.array([first, second], dtype=float).T
    found = share_difference(counts, bases)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5.1e-5)
    assert found.estimate == pytest.approx(second[0] / second[1] - first[0] / first[1])


@settings(deadline=None, max_examples=60)
@given(data=st.data(), bases=st.lists(st.integers(1, 400), min_size=2, max_size=2))
def test_groups_turned_round_turn_the_interval_round(data, bases):
    counts = np.array([data.draw(st.integers(0, base)) for base in bases], dtype=float)
    ends = np.array(bases, dtype=float)
    found, turned = share_difference(counts, ends), share_difference(counts[::-1], ends[::-1])
    assert (-turned.high, -turned.low) == pytest.approx((found.low, found.high))
    assert -1 <= found.low <= found.estimate <= found.high <= 1 + 1e-12


def test_any_shape_and_what_is_unknown_stays_unknown():
    counts = np.array([[[5.0, 8.0], [np.nan, 8.0]], [[0.0, 0.0], [3.0, 4.0]]])
    bases = np.array([[[10.0, 10.0], [10.0, 10.0]], [[0.0, 5.0], [6.0, np.nan]]])
    found = share_difference(counts, bases)
    unknown = [[False, True], [True, True]]
    for numbers in (found.estimate, found.low, found.high):
        assert np.isnan(numbers).tolist() == unknown
    assert found.low[0, 0] == share_difference(counts[0, 0], bases[0, 0]).low


def test_it_says_how_it_was_found():
    pair = np.array([5.0, 6.0])
    assert "separate" in share_difference(pair, pair).method


@pytest.mark.parametrize("counts", [np.float64(3), np.ones(3), np.ones((2, 1))])
def test_other_than_two_groups_is_refused(counts):
    with pytest.raises(ValueError, match=r"\(\.\.\., 2\), first and second group, is expected"):
        share_difference(np.asarray(counts), np.asarray(counts))


def test_bases_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="must be one shape"):
        share_difference(np.ones((3, 2)), np.ones(2))


def test_confidence_in_per_cent_is_refused():
    with pytest.raises(ValueError, match="confidence is 95"):
        share_difference(np.ones(2), np.ones(2), confidence=95)
