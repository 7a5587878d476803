"""Equivalence by sign flips, against SciPy and one flip at a time."""

from fractions import Fraction
from itertools import product
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from statsmodels.stats.weightstats import ttost_paired

from analytics.methods.equivalence import equivalence, one_sided
from analytics.methods.signflip import sign_flips

TENTHS = st.integers(-30, 30).map(lambda x: x / 10)
MAYBE = st.one_of(st.just(nan), TENTHS)
MARGINS = st.integers(1, 40).map(lambda x: x / 10)
GAPS = np.array([0.4, -0.3, 0.1, 0.2, -0.1, 0.6, -0.5, 0.25])


def by_fractions(gaps, margin):
    """Both one-sided tests flip by flip, without rounding."""
    flips = list(product((1, -1), repeat=len(gaps)))
    margin = Fraction(round(10 * margin), 10)
    p = []
    for side in (1, -1):
        moved = [margin + side * Fraction(round(10 * gap), 10) for gap in gaps]
        far = [sum(s * x for s, x in zip(signs, moved, strict=True)) >= sum(moved)
               for signs in flips]  # fmt: skip
        p.append(sum(far) / len(flips))
    return max(p)


@settings(deadline=None, max_examples=60)
@given(gaps=st.lists(TENTHS, min_size=1, max_size=6), margin=MARGINS)
def test_p_is_that_of_every_flip_in_fractions(gaps, margin):
    assert equivalence(np.array([gaps]), np.array([margin])).p[0] == by_fractions(gaps, margin)


def test_a_one_sided_test_agrees_with_scipy():
    reference = stats.permutation_test(
        (GAPS,), np.mean, permutation_type="samples", alternative="greater"
    )
    assert one_sided(GAPS[None])[0] == pytest.approx(reference.pvalue)


def test_it_is_close_to_students_two_one_sided_tests():
    gaps = np.random.default_rng(3).normal(0.2, 1, 14)
    for margin in (0.5, 0.8, 1.2):
        reference = ttost_paired(gaps, np.zeros(14), -margin, margin)[0]
        assert equivalence(gaps[None], np.array([margin])).p[0] == pytest.approx(
            reference, abs=0.02
        )


@settings(deadline=None, max_examples=80)
@given(gaps=arrays(float, (3, 7), elements=MAYBE), margin=arrays(float, 3, elements=MARGINS))
def test_p_and_interval_never_disagree(gaps, margin):
    found = equivalence(gaps, margin)
    here = ~np.isnan(gaps).all(axis=1)
    for one in (found.p, found.low, found.high, found.ruled_out):
        assert np.array_equal(np.isnan(one), ~here)
    # The margin itself is a tie where it is an end of the interval: it is not ruled out.
    tie = np.isclose(found.ruled_out, margin, rtol=1e-9)
    ruled_out = (found.p < 0.05) & ~tie
    assert np.array_equal(ruled_out[here], ((found.ruled_out < margin) & ~tie)[here])


@settings(deadline=None, max_examples=80)
@given(gaps=arrays(float, (2, 6), elements=TENTHS))
def test_a_one_sided_p_is_half_the_two_sided_on_its_side(gaps):
    two = sign_flips(gaps)
    up, down = one_sided(gaps), one_sided(-gaps)
    centred = np.abs(gaps.sum(axis=1)) < 1e-9
    assert np.minimum(up, down)[~centred] == pytest.approx(two[~centred] / 2)
    assert (np.minimum(up, down)[centred] >= 0.5).all()
    assert ((up + down) >= 1).all()


def test_a_tenth_more_than_what_is_ruled_out_is_ruled_out():
    found = equivalence(GAPS[None], np.array([1.0]))
    assert found.p[0] < 0.05
    assert found.ruled_out[0] == max(abs(found.low[0]), abs(found.high[0]))
    for factor, expected in ((0.99, False), (1.01, True)):
        again = equivalence(GAPS[None], found.ruled_out * factor)
        assert (again.p[0] < 0.05) == expected


@pytest.mark.parametrize(("n", "rules_out"), [(1, False), (4, False), (5, True), (6, True)])
def test_five_pilots_are_needed_to_rule_anything_out(n, rules_out):
    found = equivalence(np.linspace(-0.1, 0.1, n)[None], np.array([1e6]))
    assert np.isfinite(found.ruled_out[0]) == rules_out
    assert (found.p[0] < 0.05) == rules_out
    assert found.p[0] == pytest.approx(0.5**n)


def test_without_a_margin_there_is_no_p_but_what_is_ruled_out():
    found = equivalence(np.vstack([GAPS, np.full(8, nan)]), np.array([nan, 1.0]))
    assert np.isnan(found.p).all()
    assert np.isfinite(found.ruled_out).tolist() == [True, False]


@pytest.mark.parametrize(
    ("gaps", "margin", "words"),
    [
        (GAPS, [1.0], r"\(indicators, pilots\)"),
        (GAPS[None], [0.0], r"margins are \[0\.0\]; one above 0"),
        (GAPS[None], [inf], "finite or NaN"),
        (GAPS[None], [1.0, 1.0], "for each of 1 indicators"),
        (np.array([[inf]]), [1.0], "infinite"),
    ],
)
def test_what_cannot_be_tested_is_refused(gaps, margin, words):
    with pytest.raises(ValueError, match=words):
        equivalence(gaps, np.array(margin))


def test_a_level_of_a_half_or_more_is_refused():
    with pytest.raises(ValueError, match=r"twice alpha is 1\.0"):
        equivalence(GAPS[None], np.array([1.0]), alpha=0.5)
    with pytest.raises(ValueError, match=r"\(indicators, pilots\)"):
        one_sided(GAPS)


def test_above_twenty_pilots_p_and_interval_still_agree():
    gaps = np.random.default_rng(6).normal(0, 1, (20, 30))
    found = equivalence(gaps, np.full(20, 0.5))
    assert 0 < (found.p < 0.05).sum() < 20
    assert np.array_equal(found.p < 0.05, (found.low > -0.5) & (found.high < 0.5))
    assert one_sided(np.ones((1, 30)))[0] == 1 / 200_000
