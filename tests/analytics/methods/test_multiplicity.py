from itertools import product
from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.methods.multiplicity import (
    adjust,
    benjamini_hochberg,
    holm,
    in_family,
    max_t,
)
from analytics.methods.signflip import sign_flips

# Benjamini and Hochberg (1995), section 4.1: fifteen p-values of a trial of thrombolysis.
PRINTED = np.array(
    [
        *[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459],
        *[0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000],
    ]
)
# Fifteen times p over its rank, then the smallest from there up.
BH_BY_HAND = np.array(
    [
        *[0.0015, 0.0030, 0.0095, 0.035625, 0.0603, 0.447 / 7, 0.447 / 7, 0.0645, 0.0765],
        *[0.4860, 6.393 / 11, 0.714875, 9.792 / 13, 11.385 / 14, 1.0],
    ]
)
# Sixteen less the rank times p, then the largest up to there, at most 1.
HOLM_BY_HAND = [0.0015, 0.0056, 0.0247, 0.1140, 0.2211, *[0.2780] * 3, 0.3213, *[1.0] * 6]
GAPS = np.array(
    [
        [-9.0, -2.5, -1.0, -7.5, 2.0],
        [-3.0, -1.0, np.nan, -4.0, -2.0],
        [0.4, -0.3, 0.1, 0.2, -0.1],
        [np.nan, np.nan, 3.0, np.nan, 1.0],
        [np.nan, 5.0, np.nan, np.nan, np.nan],
    ]
)
SHARES = st.one_of(st.just(np.nan), st.floats(0, 1))
WHOLE = st.one_of(st.just(np.nan), st.integers(-5, 5).map(float))


def size_of_t(gaps):
    """|t| of the gaps that are there, from the textbook."""
    present = [gap for gap in gaps if gap == gap]  # noqa: PLR0124 - not NaN
    n, mean = len(present), sum(present) / len(present)
    variance = sum((gap - mean) ** 2 for gap in present) / (n - 1)
    if variance == 0:
        return inf if mean else 0.0
    return round(abs(mean) / sqrt(variance / n), 9)


def max_t_by_enumeration(gaps):
    """Westfall and Young's step-down, one flip at a time, with no array in sight."""
    tested = [i for i, row in enumerate(gaps) if sum(gap == gap for gap in row) >= 2]  # noqa: PLR0124
    observed = {i: size_of_t(gaps[i]) for i in tested}
    adjusted, reached = {}, 0.0
    for i in sorted(tested, key=lambda i: -observed[i]):
        left = [j for j in tested if observed[j] <= observed[i]]
        flips = [
            max(size_of_t([s * g for s, g in zip(signs, gaps[j], strict=True)]) for j in left)
            for signs in product((1, -1), repeat=len(gaps[0]))
        ]
        reached = max(reached, sum(flip >= observed[i] for flip in flips) / len(flips))
        adjusted[i] = reached
    return [adjusted.get(i, np.nan) for i in range(len(gaps))]


def test_benjamini_and_hochbergs_own_table():
    assert benjamini_hochberg(PRINTED) == pytest.approx(BH_BY_HAND)
    assert (benjamini_hochberg(PRINTED) <= 0.05).sum() == 4  # as the paper says


@settings(deadline=None, max_examples=60)
@given(p=arrays(float, 8, elements=st.floats(0, 1)))
def test_benjamini_and_hochberg_agree_with_scipy(p):
    assert np.array_equal(benjamini_hochberg(p), stats.false_discovery_control(p, method="bh"))


def test_holm_on_the_same_table():
    assert holm(PRINTED) == pytest.approx(HOLM_BY_HAND)
    assert (holm(PRINTED) <= 0.05).sum() == 3  # as many as the paper finds with Bonferroni's level


def test_max_t_agrees_with_a_slow_enumeration():
    found = max_t(GAPS)
    assert found == pytest.approx(max_t_by_enumeration(GAPS.tolist()), nan_ok=True)
    assert np.isnan(found).tolist() == [False, False, False, False, True]


@settings(deadline=None, max_examples=40)
@given(gaps=arrays(float, (3, 4), elements=WHOLE))
def test_max_t_agrees_with_enumeration_whatever_is_tied_or_missing(gaps):
    expected = max_t_by_enumeration(gaps.tolist())
    assert max_t(gaps) == pytest.approx(expected, nan_ok=True)


@settings(deadline=None, max_examples=40)
@given(gaps=arrays(float, (1, 6), elements=st.integers(-9, 9).map(float)))
def test_one_indicator_alone_needs_no_adjustment(gaps):
    assert max_t(gaps) == pytest.approx(sign_flips(gaps))


@settings(deadline=None, max_examples=40)
@given(gaps=arrays(float, (4, 6), elements=WHOLE), scale=st.floats(1e-90, 1e90))
def test_the_unit_of_an_indicator_does_not_matter(gaps, scale):
    rescaled = gaps * np.array([[1.0], [scale], [1.0], [-scale]])
    assert np.array_equal(max_t(rescaled), max_t(gaps), equal_nan=True)


def test_the_same_indicator_twice_counts_once():
    assert max_t(np.repeat(GAPS[:1], 6, axis=0)) == pytest.approx(sign_flips(GAPS[:1])[0])


@settings(deadline=None, max_examples=60)
@given(p=arrays(float, 8, elements=SHARES), order=st.permutations(range(8)))
@pytest.mark.parametrize("method", [holm, benjamini_hochberg])
def test_adjusted_p_values_keep_their_order_and_are_never_smaller(method, p, order):
    found = method(p)
    here = ~np.isnan(p)
    assert np.array_equal(np.isnan(found), ~here)
    assert (found[here] >= p[here] * (1 - 1e-12)).all()
    assert (found[here] <= 1).all()
    assert (np.diff(found[here][np.argsort(p[here])]) >= 0).all()
    assert np.array_equal(method(p[order]), found[order], equal_nan=True)


@settings(deadline=None, max_examples=40)
@given(gaps=arrays(float, (4, 6), elements=WHOLE))
def test_max_t_is_never_smaller_than_the_unadjusted_p(gaps):
    found, alone = max_t(gaps), sign_flips(gaps)
    here = ~np.isnan(found)
    assert (found[here] >= alone[here] - 1e-12).all()


@pytest.mark.parametrize("method", [holm, benjamini_hochberg])
def test_a_missing_p_is_out_of_the_family(method):
    with_gaps = np.insert(PRINTED, [0, 7], np.nan)
    found = method(with_gaps)
    assert found[~np.isnan(with_gaps)] == pytest.approx(method(PRINTED))
    assert np.isnan(method(np.full(3, np.nan))).all()


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("none", [0.2, 0.1, np.nan]),
        ("holm", [0.2, 0.2, np.nan]),
        ("bh", [0.2, 0.2, np.nan]),
        ("max-t", [*max_t(GAPS[:2]), np.nan]),
    ],
)
def test_the_reader_chooses_the_method(method, expected):
    found = adjust(np.array([0.2, 0.1, np.nan]), GAPS[:3], method=method)
    assert found == pytest.approx(expected, nan_ok=True)


def test_three_pilots_make_an_indicator_part_of_the_family():
    assert in_family(GAPS).tolist() == [True, True, True, False, False]
    assert in_family(GAPS, fewest=2).tolist() == [True, True, True, True, False]


@pytest.mark.parametrize("method", [holm, benjamini_hochberg])
def test_p_values_that_cannot_be_are_refused(method):
    with pytest.raises(ValueError, match=r"run from -0\.1 to 1\.5; 0 to 1 is expected"):
        method(np.array([-0.1, np.nan, 1.5]))
    with pytest.raises(ValueError, match=r"\(indicators,\) is expected"):
        method(np.zeros((2, 2)))


def test_p_values_of_other_gaps_are_refused():
    with pytest.raises(ValueError, match="same number of indicators"):
        adjust(PRINTED, GAPS, method="max-t")


def test_gaps_that_cannot_be_flipped_are_refused():
    with pytest.raises(ValueError, match="expected"):
        max_t(GAPS[0])
    with pytest.raises(ValueError, match="infinite"):
        in_family(np.array([[np.inf]]))


@pytest.mark.parametrize("n", [18, 40])
def test_max_t_of_one_indicator_is_its_own_p_at_any_size(n):
    gaps = np.random.default_rng(n).normal(0.4, 1, (3, n))
    p = sign_flips(gaps)
    assert [max_t(row[None])[0] for row in gaps] == p.tolist()
    together = max_t(gaps)
    assert (together >= p).all()
    assert (together <= np.minimum(3 * p + 0.003, 1)).all()
