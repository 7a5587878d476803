from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.methods.signflip import sign_flips, sign_matrix, smallest_p

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


@pytest.mark.slow
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


def test_more_than_twenty_pilots_are_refused():
    with pytest.raises(ValueError, match="21 pilots have too many sign flips"):
        p_of(np.ones(21))


def test_no_pilot_has_no_smallest_p():
    with pytest.raises(ValueError, match="0 pilots cannot be flipped"):
        smallest_p(0)
