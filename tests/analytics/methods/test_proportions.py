import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analytics.methods.proportions import paired_share_difference, share_difference, shares

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
# Printed limits of the first share less the second; the places they are printed to. Fagerland,
# Lydersen and Laake (2014), Statistics in Medicine 33, on Bentur's and Cavo's patients; Altman
# and others (2000), Statistics with confidence, table 6.2.
PAIRED = [
    ([[1, 1], [7, 12]], -0.507, -0.026, 3),
    ([[59, 6], [16, 80]], -0.1186, -0.0046, 4),
    ([[14, 5], [0, 22]], 0.011, 0.226, 3),
]
CELLS = st.lists(st.integers(0, 60), min_size=4, max_size=4).filter(any)


def wilson(count, base, confidence):
    return stats.binomtest(count, base).proportion_ci(confidence, method="wilson")


def by_the_book(table, confidence):
    """Newcombe's steps for one table, in plain Python on SciPy's Wilson limits."""
    (e, f), (g, h) = table
    n = e + f + g + h
    first, second = (e + f) / n, (e + g) / n
    l1, u1 = wilson(e + f, n, confidence)
    l2, u2 = wilson(e + g, n, confidence)
    phi = 0.0
    if (margins := (e + f) * (g + h) * (e + g) * (f + h)) > 0:
        cross = e * h - f * g
        if cross > n / 2:
            phi = (cross - n / 2) / math.sqrt(margins)
        elif cross < 0:
            phi = cross / math.sqrt(margins)
    down, up = second - l2, u2 - second
    back, fore = first - l1, u1 - first
    low = math.sqrt(max(down**2 - 2 * phi * down * fore + fore**2, 0))
    high = math.sqrt(max(up**2 - 2 * phi * up * back + back**2, 0))
    return second - first - low, second - first + high


@pytest.mark.parametrize(("first", "second", "low", "high"), SEPARATE)
def test_newcombes_printed_limits_of_separate_groups(first, second, low, high):
    counts, bases = np.array([first, second], dtype=float).T
    found = share_difference(counts, bases)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5.1e-5)
    assert found.estimate == pytest.approx(second[0] / second[1] - first[0] / first[1])


@pytest.mark.parametrize(("table", "low", "high", "places"), PAIRED)
def test_printed_limits_of_paired_answers(table, low, high, places):
    found = paired_share_difference(np.array(table, dtype=float))
    half = 0.51 * 10**-places
    # Printed the other way round: the first less the second.
    assert (-found.high, -found.low) == pytest.approx((low, high), abs=half)


@settings(deadline=None, max_examples=60)
@given(cells=CELLS, confidence=st.floats(0.5, 0.999))
def test_paired_limits_follow_the_books_steps(cells, confidence):
    table = [cells[:2], cells[2:]]
    found = paired_share_difference(np.array(table, dtype=float), confidence=confidence)
    assert (found.low, found.high) == pytest.approx(by_the_book(table, confidence), abs=1e-7)
    assert -1 - 1e-12 <= found.low <= found.estimate <= found.high <= 1 + 1e-12


@settings(deadline=None, max_examples=60)
@given(data=st.data(), bases=st.lists(st.integers(1, 400), min_size=2, max_size=2))
def test_groups_turned_round_turn_the_interval_round(data, bases):
    counts = np.array([data.draw(st.integers(0, base)) for base in bases], dtype=float)
    ends = np.array(bases, dtype=float)
    found, turned = share_difference(counts, ends), share_difference(counts[::-1], ends[::-1])
    assert (-turned.high, -turned.low) == pytest.approx((found.low, found.high))
    assert -1 <= found.low <= found.estimate <= found.high <= 1 + 1e-12


def test_answers_that_go_together_narrow_the_interval():
    together = paired_share_difference(np.array([[45.0, 5.0], [15.0, 35.0]]))
    separate = share_difference(np.array([50.0, 60.0]), np.array([100.0, 100.0]))
    assert together.estimate == pytest.approx(separate.estimate)
    assert together.high - together.low < separate.high - separate.low


def test_shares_carry_wilsons_interval():
    found = shares(np.array([81.0, 0.0, 0.0]), np.array([263.0, 20.0, 0.0]))
    assert found.estimate == pytest.approx([81 / 263, 0, np.nan], nan_ok=True)
    assert found.low == pytest.approx([0.2553, 0, np.nan], abs=5.1e-5, nan_ok=True)
    assert found.high == pytest.approx([0.3662, 0.1611, np.nan], abs=5.1e-5, nan_ok=True)
    assert float(shares(3, 10).estimate) == 0.3


def test_any_shape_and_what_is_unknown_stays_unknown():
    counts = np.array([[[5.0, 8.0], [np.nan, 8.0]], [[0.0, 0.0], [3.0, 4.0]]])
    bases = np.array([[[10.0, 10.0], [10.0, 10.0]], [[0.0, 5.0], [6.0, np.nan]]])
    found = share_difference(counts, bases)
    unknown = [[False, True], [True, True]]
    for numbers in (found.estimate, found.low, found.high):
        assert np.isnan(numbers).tolist() == unknown
    assert found.low[0, 0] == share_difference(counts[0, 0], bases[0, 0]).low


def test_paired_tables_of_any_shape_and_empty_ones():
    tables = np.array([[[59.0, 6.0], [16.0, 80.0]], [[0, 0], [0, 0]], [[1, np.nan], [2, 3]]])
    found = paired_share_difference(tables)
    assert np.isnan(found.estimate).tolist() == [False, True, True]
    assert np.isnan(found.low).tolist() == np.isnan(found.high).tolist() == [False, True, True]


def test_each_says_how_it_was_found():
    pair = np.array([5.0, 6.0])
    assert "separate" in share_difference(pair, pair).method
    assert "same people" in paired_share_difference(np.ones((2, 2))).method
    assert "Wilson" in shares(1, 2).method


@pytest.mark.parametrize("counts", [np.float64(3), np.ones(3), np.ones((2, 1))])
def test_other_than_two_groups_is_refused(counts):
    with pytest.raises(ValueError, match=r"\(\.\.\., 2\), first and second group, is expected"):
        share_difference(np.asarray(counts), np.asarray(counts))


def test_bases_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="must be one shape"):
        share_difference(np.ones((3, 2)), np.ones(2))


@pytest.mark.parametrize("table", [np.ones(4), np.ones((2, 3)), np.ones((2, 2, 3))])
def test_other_than_a_two_by_two_table_is_refused(table):
    with pytest.raises(ValueError, match="first by second answer, is expected"):
        paired_share_difference(table)


@pytest.mark.parametrize("wrong", [-1.0, 2.5, np.inf])
def test_people_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match=f"the cells hold {wrong}"):
        paired_share_difference(np.array([[1.0, 2.0], [wrong, 4.0]]))


def test_confidence_in_per_cent_is_refused():
    with pytest.raises(ValueError, match="confidence is 95"):
        paired_share_difference(np.ones((2, 2)), confidence=95)
