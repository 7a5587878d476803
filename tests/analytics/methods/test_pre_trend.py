"""Was the gap moving before? Against flips listed one by one and slopes by another road."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from analytics.methods.gap import mean_gap
from analytics.methods.pre_trend import pre_trend
from analytics.methods.signflip import sign_flips


def by_hand(gaps):
    """The share of joint flips whose largest |t| of any year is as large."""
    moved = gaps[:, :-1] - gaps[:, -1:]

    def largest(each):
        return max(abs(stats.ttest_1samp(year, 0).statistic) for year in each.T)

    seen = largest(moved)
    every = [
        largest(moved * np.array(signs)[:, None]) for signs in product((1, -1), repeat=len(gaps))
    ]
    return np.mean([one >= seen - 1e-9 for one in every])


@pytest.mark.parametrize("drift", [0.0, 0.6])
def test_the_joint_p_is_that_of_every_joint_flip(drift):
    rng = np.random.default_rng(1)
    gaps = rng.normal(0, 1, (7, 4)) + drift * np.arange(4)
    found = pre_trend(gaps)
    assert found.p == pytest.approx(by_hand(gaps))
    assert found.p_error == 0
    assert found.n == 7
    assert found.p == np.nanmin(found.p_years)


def test_moves_and_slopes_are_means_over_pilots():
    gaps = np.random.default_rng(2).normal(0, 1, (9, 5))
    gaps[2, 1] = gaps[4, 0] = np.nan
    found = pre_trend(gaps)
    assert found.years.estimate[2] == pytest.approx((gaps[:, 2] - gaps[:, 4]).mean())
    assert found.years.estimate[4] == 0
    slopes = []
    for row in gaps:
        there = ~np.isnan(row)
        slopes.append(stats.linregress(np.arange(5)[there], row[there]).slope)
    slopes = np.array(slopes)
    assert found.slope.estimate[0] == pytest.approx(slopes.mean())
    assert found.slope_p == pytest.approx(sign_flips(slopes[None])[0])
    assert found.slope.low[0] == pytest.approx(mean_gap(slopes[None]).low[0])


def test_a_drift_that_all_pilots_share_is_found_and_none_is_not():
    noise = np.random.default_rng(3).normal(0, 0.2, (10, 6))
    assert pre_trend(noise + 0.5 * np.arange(6)).p == 2 / 1024
    assert pre_trend(noise).p > 0.05


def test_it_finds_what_is_not_there_as_seldom_as_it_may():
    rng = np.random.default_rng(4)
    found = [pre_trend(rng.normal(0, 1, (8, 5)).cumsum(axis=1)).p for _ in range(120)]
    assert np.mean(np.array(found) < 0.05) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 120)


def test_years_of_too_few_pilots_are_left_out():
    gaps = np.random.default_rng(5).normal(0, 1, (6, 4))
    gaps[2:, 0] = np.nan
    found = pre_trend(gaps)
    assert np.isnan(found.p_years[0])
    assert found.p == pytest.approx(by_hand(gaps[:, 1:]))


def test_with_many_pilots_the_p_says_how_near_it_is():
    found = pre_trend(np.random.default_rng(6).normal(0, 1, (40, 4)) + 0.1 * np.arange(4))
    assert found.p_error == pytest.approx((found.p * (1 - found.p) / 100_000) ** 0.5)


def test_two_years_are_no_trend():
    with pytest.raises(ValueError, match="2 years before the start; at least 3"):
        pre_trend(np.zeros((5, 2)))
