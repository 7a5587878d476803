"""Differences that a sign-flip test would find, against formulas and figures worked by hand."""

import numpy as np
import pytest
from scipy import stats

from analytics.methods.detectable import smallest_detectable
from analytics.methods.multiplicity import max_t
from analytics.methods.planning import adjusted_level, flip_detectable


def one(n, level, sd=1.0, power=0.8):
    return flip_detectable(np.array([sd]), np.array([n]), np.array([level]), power=power)[0]


@pytest.mark.parametrize("n", [6, 8, 10])
def test_at_the_smallest_p_all_pilots_must_lie_on_one_side(n):
    # Power is then the chance that all n normal gaps have the sign of the difference.
    by_hand = stats.norm.ppf(0.8 ** (1 / n))
    assert one(n, 1 / 2 ** (n - 1)) == pytest.approx(by_hand, abs=0.06)


def test_with_ten_pilots_it_is_near_that_of_the_t_test():
    assert one(10, 0.05) == pytest.approx(float(smallest_detectable(1.0, 10)), abs=0.08)
    assert one(20, 0.05) == float(smallest_detectable(1.0, 20))


def test_what_so_few_pilots_cannot_reach_is_endless():
    assert one(5, 0.05) == one(10, 0.99 / 512) == np.inf
    assert one(10, 1.01 / 512) < np.inf
    assert np.isnan([one(10, np.nan), one(10, 0.05, sd=np.nan), one(0, 0.05)]).all()


def test_it_goes_with_the_spread_the_level_and_the_power():
    assert one(8, 0.05, sd=3.0) == pytest.approx(3 * one(8, 0.05))
    assert one(10, 0.05) < one(10, 0.01) < one(10, 0.003)
    assert one(9, 0.05, power=0.5) < one(9, 0.05, power=0.9)


def test_levels_of_families():
    gaps = np.random.default_rng(3).normal(0, 1, (12, 10))
    assert adjusted_level(gaps, method="none").tolist() == [0.05] * 12
    assert adjusted_level(gaps, method="holm") == pytest.approx([0.05 / 12] * 12)
    assert adjusted_level(gaps, method="bh") == pytest.approx([0.05 / 12] * 12)
    joint = adjusted_level(gaps, method="max-t")
    assert (joint >= 1 / 512).all()
    # Milder than one twelfth on average, never milder than no adjustment.
    assert 0.05 / 12 * 0.5 < joint.mean() < 0.05


def test_indicators_that_are_one_cost_no_adjustment():
    gaps = np.tile(np.random.default_rng(4).normal(0, 1, 10), (6, 1))
    joint = adjusted_level(gaps, method="max-t")
    assert joint == pytest.approx([25 / 512] * 6)
    assert max_t(gaps) == pytest.approx([max_t(gaps[:1])[0]] * 6)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="one shape"):
        flip_detectable(np.ones(2), np.array([3]), np.ones(2) / 20)
    with pytest.raises(ValueError, match="power"):
        one(10, 0.05, power=1.5)
    with pytest.raises(ValueError, match="level"):
        one(10, 5.0)


def test_what_even_large_differences_reach_too_rarely_is_infinite():
    assert flip_detectable(np.ones(1), np.array([6]), np.array([0.05]), power=0.999).tolist() == [
        np.inf
    ]


def test_a_power_that_chance_alone_gives_needs_no_difference():
    assert flip_detectable(np.ones(1), np.array([6]), np.array([0.5]), power=0.1).tolist() == [0.0]
