from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.methods.signflip import (
    flipped_sums,
    sign_flips,
    sign_matrix,
    simulation_error,
    smallest_p,
)

# Darwin's maize, eighths of an inch: Fisher (1935), section 21, prints 863 of 32,768 flips with
# as large a positive sum and as many negative, 5.267 %.
DARWIN = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48], dtype=float)
GAPS = np.array([-9.0, -2.5, -1.0, -7.5, 2.0, -9.0, 1.0, -8.0, -4.5, -2.0])
WHOLE = st.one_of(st.just(np.nan), st.integers(-5, 5).map(float))
TENTHS = st.integers(-50, 50).map(lambda x: x / 10)


def p_of(differences):
    """The p-value of one indicator."""
    return sign_flips(np.asarray(differences)[None])[0]


def by_enumeration(differences):
    """Every flip in whole numbers, so that nothing is rounded."""
    whole = [round(10 * d) for d in differences]
    flips = [
        abs(sum(s * d for s, d in zip(signs, whole, strict=True)))
        for signs in product((1, -1), repeat=len(whole))
    ]
    return sum(flip >= abs(sum(whole)) for flip in flips) / len(flips)


def test_fishers_printed_p_value():
    assert p_of(DARWIN) == 2 * 863 / 2**15


def test_scipy_by_another_road():
    reference = stats.permutation_test((GAPS,), np.mean, permutation_type="samples")
    assert p_of(GAPS) == pytest.approx(reference.pvalue)


@settings(deadline=None, max_examples=60)
@given(differences=st.lists(TENTHS, min_size=1, max_size=8))
def test_tenths_are_tied_as_whole_numbers_are(differences):
    assert p_of(differences) == by_enumeration(differences)


@settings(deadline=None, max_examples=60)
@given(gaps=arrays(float, (4, 6), elements=WHOLE))
def test_each_indicator_is_tested_on_the_pilots_it_has(gaps):
    expected = [p_of(r[~np.isnan(r)]) if not np.isnan(r).all() else np.nan for r in gaps]
    assert np.array_equal(sign_flips(gaps), expected, equal_nan=True)


@settings(deadline=None, max_examples=60)
@given(
    differences=arrays(float, 7, elements=TENTHS),
    scale=st.floats(1e-100, 1e100),
    order=st.permutations(range(7)),
)
def test_units_direction_and_order_do_not_matter(differences, scale, order):
    expected = p_of(differences)
    assert p_of(differences * scale) == expected
    assert p_of(-differences) == expected
    assert p_of(differences[order]) == expected
    assert smallest_p(7) <= expected <= 1


@pytest.mark.parametrize(
    ("n", "smallest"), [(1, 1), (2, 0.5), (3, 0.25), (4, 0.125), (10, 1 / 512)]
)
def test_pilots_all_on_one_side_reach_the_smallest_p(n, smallest):
    assert p_of(np.arange(1.0, n + 1)) == smallest_p(n) == smallest


def test_gaps_of_zero_say_nothing():
    assert p_of(np.zeros(5)) == 1


def test_twenty_pilots_are_still_enumerated():
    assert p_of(np.ones(20)) == 2 / 2**20


def test_the_matrix_holds_every_flip_once_up_to_its_mirror_image():
    signs = sign_matrix(4)
    both = {tuple(column) for column in np.hstack([signs, -signs]).T}
    assert both == set(product((1.0, -1.0), repeat=4))
    assert (signs[:, 0] == 1).all()


def test_the_cached_matrix_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        sign_matrix(3)[0, 0] = 5


def test_no_indicator_gives_no_p_value():
    assert sign_flips(np.empty((0, 10))).shape == (0,)


def test_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"gaps have shape \(3,\)"):
        sign_flips(np.zeros(3))


def test_an_infinite_difference_is_refused():
    with pytest.raises(ValueError, match="infinite"):
        p_of(np.array([1.0, np.inf]))


def test_a_matrix_holds_at_most_one_block():
    with pytest.raises(ValueError, match="14 pilots have too many sign flips for one matrix"):
        sign_matrix(14)


@pytest.mark.parametrize("n", [1, 5, 13, 14, 18])
def test_blocks_hold_every_flip_once_up_to_its_mirror_image(n):
    # Powers of two: every flip has a sum of its own.
    sums = np.concatenate(list(flipped_sums(2.0 ** np.arange(n)[None])), axis=1)[0]
    assert sums[0] == 2.0**n - 1
    assert np.array_equal(np.sort(np.abs(sums)), np.arange(1, 2.0**n, 2))


def exactly(whole):
    """The p-value of whole numbers, from how many flips give each sum: no flip is listed."""
    ways = {0: 1}
    for number in whole:
        turned = {}
        for sum_, many in ways.items():
            for way in (sum_ + number, sum_ - number):
                turned[way] = turned.get(way, 0) + many
        ways = turned
    far = sum(many for sum_, many in ways.items() if abs(sum_) >= abs(sum(whole)))
    return far / 2 ** len(whole)


@pytest.mark.parametrize("n", [17, 20])
def test_to_twenty_pilots_it_is_exact(n):
    gaps = np.random.default_rng(n).integers(-40, 60, n)
    assert p_of(gaps.astype(float)) == exactly(gaps.tolist())


@pytest.mark.parametrize("n", [21, 30, 60, 70])
def test_above_twenty_it_is_near_the_exact_p_by_its_simulation_error(n):
    gaps = np.random.default_rng(n).integers(-40, 60, (5, n))
    p, exact = sign_flips(gaps.astype(float)), [exactly(row) for row in gaps.tolist()]
    error = simulation_error(p, np.full(5, n))
    assert np.array_equal(error, np.sqrt(p * (1 - p) / 100_000))
    assert (np.abs(p - exact) <= 4 * error + 1e-5).all()


def test_with_few_pilots_of_many_it_is_exact_still():
    gaps = np.full((3, 30), np.nan)
    gaps[0, ::3], gaps[1, 5], gaps[2] = np.arange(1.0, 11), 4, 1
    assert sign_flips(gaps).tolist() == [2 / 2**10, 1, 1 / 100_000]
    assert simulation_error(sign_flips(gaps), np.array([10, 1, 30]))[:2].tolist() == [0, 0]
    assert smallest_p(30) == 1 / 100_000
    assert smallest_p(20) == 2 / 2**20


def test_the_flips_drawn_are_the_same_at_every_call():
    gaps = np.random.default_rng(8).normal(0.3, 1, (4, 40))
    assert np.array_equal(sign_flips(gaps), sign_flips(gaps))


def test_no_pilot_has_no_smallest_p():
    with pytest.raises(ValueError, match="0 pilots cannot be flipped"):
        smallest_p(0)
