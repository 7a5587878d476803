"""Partly overlapping waves against a published example, Newcombe's limits and a robust variance."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analytics.methods.overlap import overlap_difference, phi
from analytics.methods.proportions import share_difference

#: Derrick and others (2015): 15 people in both samples, 9 in the first alone, 6 in the second.
JOINT = np.array([[8.0, 1.0], [3.0, 3.0]])
COUNTS, BASES = np.array([14.0, 17.0]), np.array([24.0, 21.0])


def share_correlation(bases, both, together):
    """Of the two shares, by the covariance in the denominator of z8 of Derrick and others."""
    return together * both / np.sqrt(bases.prod())


def test_the_worked_example_of_derrick_and_others():
    correlation = share_correlation(BASES, 15.0, phi(JOINT))
    pooled = COUNTS.sum() / BASES.sum()
    spread = pooled * (1 - pooled) * (1 / BASES).sum()
    spread -= 2 * correlation * pooled * (1 - pooled) / np.sqrt(BASES.prod())
    z = (COUNTS / BASES) @ [-1, 1] / np.sqrt(spread)
    assert 2 * stats.norm.sf(z) == pytest.approx(0.053, abs=5e-4)
    found = overlap_difference(COUNTS, BASES, correlation)
    assert found.estimate == pytest.approx(17 / 21 - 14 / 24)
    assert found.low < 0 < found.estimate < found.high


def test_phi_is_pearsons_correlation():
    first = np.repeat([1, 1, 0, 0], [8, 1, 3, 3])
    second = np.repeat([1, 0, 1, 0], [8, 1, 3, 3])
    assert phi(JOINT) == pytest.approx(np.corrcoef(first, second)[0, 1])
    assert np.isnan(phi(np.array([[8.0, 2.0], [0.0, 0.0]])))


@settings(deadline=None, max_examples=60)
@given(data=st.data(), bases=st.lists(st.integers(1, 400), min_size=2, max_size=2))
def test_with_nobody_in_both_the_groups_are_separate(data, bases):
    counts = np.array([data.draw(st.integers(0, base)) for base in bases], dtype=float)
    ends = np.array(bases, dtype=float)
    nobody = share_correlation(ends, 0.0, data.draw(st.floats(-1, 1)))
    found = overlap_difference(counts, ends, nobody)
    apart = share_difference(counts, ends)
    assert (found.low, found.high) == pytest.approx((apart.low, apart.high))


def test_with_everybody_in_both_it_is_newcombes_paired_interval():
    joint = np.array([[20.0, 12.0], [2.0, 16.0]])
    counts, bases = np.array([32.0, 22.0]), np.array([50.0, 50.0])
    found = overlap_difference(counts, bases, share_correlation(bases, 50.0, phi(joint)))
    wilson = [stats.binomtest(int(x), 50).proportion_ci(method="wilson") for x in counts]
    first, second = counts / bases
    for end, down, up in (
        (found.low, second - wilson[1].low, wilson[0].high - first),
        (found.high, wilson[1].high - second, first - wilson[0].low),
    ):
        reach = np.sqrt(down**2 + up**2 - 2 * float(phi(joint)) * down * up)
        assert abs(float(end) - float(found.estimate)) == pytest.approx(reach)


def people(chance, each, *, share=(0.5, 0.6), same=0.5):
    """Answers of people at two waves, the two of one person alike more often than by chance."""
    alike = chance.random(each) < same
    first = chance.random(each) < share[0]
    moved = chance.random(each) < (share[1] - share[0]) / (1 - share[0])
    second = np.where(alike, first | moved, chance.random(each) < share[1])
    return first.astype(float), second.astype(float)


def test_its_width_is_that_of_a_robust_variance_over_people():
    """Generalised estimating equations with people as clusters, of 6,000 people in all."""
    first, second = people(np.random.default_rng(1), 6_000)
    at_first, at_second = np.arange(6_000) < 4_500, np.arange(6_000) >= 2_000
    both = at_first & at_second
    answers = np.concatenate([first[at_first], second[at_second]])
    who = np.concatenate([np.flatnonzero(at_first), np.flatnonzero(at_second)])
    wave = np.repeat([0.0, 1.0], [at_first.sum(), at_second.sum()])
    model = sm.GEE(answers, sm.add_constant(wave), groups=who, family=sm.families.Gaussian())
    low, high = model.fit().conf_int()[1]
    counts = np.array([first[at_first].sum(), second[at_second].sum()])
    bases = np.array([at_first.sum(), at_second.sum()], dtype=float)
    joint = np.array(
        [[(both & (first == a) & (second == b)).sum() for b in (1, 0)] for a in (1, 0)], dtype=float
    )
    found = overlap_difference(counts, bases, share_correlation(bases, joint.sum(), phi(joint)))
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-4)
    apart = share_difference(counts, bases)
    assert found.high - found.low < 0.9 * (apart.high - apart.low)


def covered(correlation):
    """How often intervals hold the true difference of 10 points, of 300 and 215 with 175 in both.

    Args:
        correlation: Of the two shares, made of joint answers and bases.
    """
    chance = np.random.default_rng(20150101)
    at_first, at_second = np.arange(340) < 300, np.arange(340) >= 125
    both = at_first & at_second
    bases = np.array([300.0, 215.0])
    inside = []
    for _ in range(2_000):
        first, second = people(chance, 340)
        joint = np.array(
            [[(both & (first == a) & (second == b)).sum() for b in (1, 0)] for a in (1, 0)],
            dtype=float,
        )
        counts = np.array([first[at_first].sum(), second[at_second].sum()])
        found = overlap_difference(counts, bases, correlation(joint, bases))
        inside.append(found.low <= 0.1 <= found.high)
    return np.mean(inside)


def test_it_covers_the_true_difference_as_often_as_it_says():
    assert 0.935 < covered(lambda joint, of: share_correlation(of, joint.sum(), phi(joint))) < 0.965


def test_a_correlation_rounded_down_covers_it_no_less_often():
    exact = covered(lambda joint, of: share_correlation(of, joint.sum(), phi(joint)))
    assert covered(lambda joint, _of: 0.6 * np.floor(10 * phi(joint)) / 10) >= exact
    assert covered(lambda _joint, _of: 0.0) > 0.965


def test_what_is_unknown_stays_unknown():
    counts = np.array([[5.0, 8.0], [np.nan, 8.0]])
    bases = np.array([[10.0, 10.0], [10.0, 10.0]])
    found = overlap_difference(counts, bases, 0.4)
    assert np.isnan(found.low).tolist() == [False, True]
    assert "overlapping" in found.method


@pytest.mark.parametrize("correlation", [np.nan, 1.01])
def test_a_correlation_that_cannot_be_is_refused(correlation):
    with pytest.raises(ValueError, match="each from -1 to 1"):
        overlap_difference(COUNTS, BASES, correlation)


def test_other_than_two_waves_is_refused():
    with pytest.raises(ValueError, match="first and second wave"):
        overlap_difference(np.ones(3), np.ones(3), 0.4)
    with pytest.raises(ValueError, match=r"expected \(\.\.\., 2, 2\)"):
        phi(np.ones((2, 3)))
