"""The standardised mean's interval, against a printed example, integrals and another library."""

from itertools import pairwise
from math import inf, nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import integrate, special, stats

from analytics.methods.gap import mean_gap
from analytics.methods.noncentral import noncentrality, standardised_mean

MAYBE = st.one_of(st.just(nan), st.integers(-100, 100).map(float))


def chance(t, freedom, noncentrality):
    """P(T <= t) by integrating over the spread, which is not how the method goes about it."""

    def part(w):
        return special.ndtr(t * w - noncentrality) * stats.chi.pdf(w * root, freedom) * root

    root = sqrt(freedom)
    step = noncentrality / t if t else 1.0
    ends = [0.0, *sorted(np.clip([step - 8 / abs(t or 1), step, step + 8 / abs(t or 1)], 0, 9)), 9]
    return sum(
        integrate.quad(part, a, b, epsabs=1e-12, limit=300)[0] for a, b in pairwise(ends) if b > a
    )


def test_the_limits_that_mbess_prints():
    # The example of conf.limits.nct in R's MBESS, of which Kelley (2007), Journal of Statistical
    # Software 20(8), is the account: t = 2.83 with 126 degrees of freedom.
    ends = [noncentrality(np.array([2.83]), np.array([126.0]), p)[0] for p in (0.975, 0.025)]
    assert ends == pytest.approx([0.8337502, 4.815359], abs=1e-6)


@pytest.mark.parametrize("freedom", [2, 9, 19])
@pytest.mark.parametrize("t", [-400.0, -20.5, -19.5, -4.0, 0.0, 0.3, 8.0, 21.0, 1e3])
@pytest.mark.parametrize("share", [0.025, 0.95])
def test_each_end_leaves_its_share(t, freedom, share):
    found = noncentrality(np.array([t]), np.array([float(freedom)]), share)[0]
    assert chance(t, freedom, found) == pytest.approx(share, abs=1e-10 if abs(t) < 20 else 1e-5)


def test_without_rounding_to_speak_of_the_two_roads_meet():
    freedom = np.full(2, 9.0)
    near, far = noncentrality(np.array([19.999999, 20.000001]), freedom, 0.975)
    assert near == pytest.approx(far, rel=1e-5)


def test_a_normal_sample_covers_its_standardised_mean():
    rng = np.random.default_rng(20170706)
    gaps = rng.normal(1.2, 1, (2_000, 8))
    found = standardised_mean(gaps)
    # The correction is for the bias of the estimate; the ends are those of the true mean.
    scale = found.estimate / (gaps.mean(axis=1) / gaps.std(axis=1, ddof=1))
    covered = (found.low <= 1.2 * scale) & (found.high >= 1.2 * scale)
    assert 0.94 <= covered.mean() <= 0.96


@settings(deadline=None, max_examples=40)
@given(gaps=arrays(float, (3, 7), elements=MAYBE), confidence=st.sampled_from([0.8, 0.95]))
def test_zero_is_inside_where_students_test_does_not_reject(gaps, confidence):
    found = standardised_mean(gaps, confidence=confidence)
    reference = mean_gap(gaps, confidence=confidence)
    assert found.estimate == pytest.approx(reference.standardised, nan_ok=True)
    here = ~np.isnan(reference.standardised)
    assert np.array_equal(np.isnan(found.low), ~here)
    inside = (found.low <= 0) & (found.high >= 0)
    sure = here & (np.abs(reference.t_p - (1 - confidence)) > 1e-4)
    assert np.array_equal(inside[sure], reference.t_p[sure] >= 1 - confidence)
    assert (found.low[here] < found.high[here]).all()
    mirrored = standardised_mean(-gaps, confidence=confidence)
    assert mirrored.low == pytest.approx(-found.high, rel=1e-4, abs=1e-5, nan_ok=True)


def test_gaps_that_hardly_vary_still_have_an_interval():
    found = standardised_mean(np.array([[1e6, 1e6 + 1, 1e6 - 1, 1e6]]))
    assert 0 < found.low[0] < found.estimate[0] < found.high[0] < inf
    # The ends grow with the estimate: chi over the root of its degrees of freedom.
    d = 1e6 / np.std([0, 1, -1, 0], ddof=1)
    expected = d * np.sqrt(stats.chi2.ppf([0.025, 0.975], 3) / 3) * found.estimate[0] / d
    assert (found.low[0], found.high[0]) == pytest.approx(tuple(expected), rel=1e-6)


def test_too_few_or_too_alike_have_none():
    found = standardised_mean(
        np.array([[1.0, 2.0, nan], [2.0, 2.0, 2.0], [nan, nan, nan], [0.3, 0.1 + 0.2, 0.3]])
    )
    assert np.isnan([found.estimate, found.low, found.high]).all()


def test_new_plans_with_the_default_selection(official):
    found = standardised_mean(official.levels("cpp_start_rate"))
    assert (found.low[0], found.high[0]) == pytest.approx((-2.40, -0.61), abs=0.005)


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match=r"\(indicators, pilots\) is expected"):
        standardised_mean(np.zeros(3))
    with pytest.raises(ValueError, match="infinite"):
        standardised_mean(np.array([[inf, 1.0]]))
    with pytest.raises(ValueError, match="confidence is 95"):
        standardised_mean(np.zeros((1, 3)), confidence=95)
    with pytest.raises(ValueError, match="share is 1"):
        noncentrality(np.ones(1), np.ones(1) * 5, 1)
    for t, freedom in ((nan, 5.0), (inf, 5.0), (1.0, 1.0)):
        with pytest.raises(ValueError, match="2 or more, expected"):
            noncentrality(np.array([t]), np.array([freedom]), 0.5)
