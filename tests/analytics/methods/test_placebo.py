"""Placebo pilots: sampling, p-values, level and power."""

import math
from itertools import combinations

import numpy as np
import pytest

from analytics.methods.detectable import smallest_detectable
from analytics.methods.placebo import (
    TooFewToDrawError,
    at_least_as_far,
    column_sums,
    draw,
    group_means,
    kinds_expected,
    placebo_interval,
    placebo_p,
)

KINDS = np.array([0] * 5 + [1] * 4)


def test_means_fall_as_every_group_there_is_says():
    gaps = np.array([1.0, 4.0, -2.0, 7.0, 0.5, 3.0, -6.0, 2.0, 9.0])
    every = [
        (sum(a) + sum(b)) / 4
        for a in combinations(gaps[:5].tolist(), 2)
        for b in combinations(gaps[5:].tolist(), 2)
    ]
    drawn = draw(KINDS, draws=40_000, rng=np.random.default_rng(1))
    means = group_means(gaps, drawn, np.array([2, 2]))
    assert set(np.round(means, 9)) == set(np.round(every, 9))
    for least in set(every):
        share = (means <= least + 1e-9).mean()
        assert share == pytest.approx((np.array(every) <= least + 1e-9).mean(), abs=0.01)
    assert means.mean() == pytest.approx(np.mean(every), abs=0.03)


def test_a_missing_outsider_is_passed_over_for_the_next_of_its_kind():
    gaps = np.array([1.0, np.nan, 3.0, np.nan, 5.0, 10.0, 20.0, 30.0, 40.0])
    drawn = draw(KINDS, draws=500, rng=np.random.default_rng(2))
    means = group_means(gaps, drawn, np.array([3, 0]))
    assert np.allclose(means, 3.0)  # the three that are there, in any order
    ones = group_means(gaps, drawn, np.array([1, 0]))
    assert set(ones) == {1.0, 3.0, 5.0}


def test_too_few_outsiders_are_refused():
    gaps = np.array([1.0, np.nan, np.nan, np.nan, np.nan, 1, 1, 1, 1])
    drawn = draw(KINDS, draws=5, rng=np.random.default_rng(3))
    with pytest.raises(TooFewToDrawError, match="1 outsiders"):
        group_means(gaps, drawn, np.array([2, 1]))
    with pytest.raises(TooFewToDrawError, match="0 outsiders"):
        group_means(gaps, drawn, np.array([1, 1, 1]))
    assert group_means(gaps, drawn, np.array([1, 1, 0])).tolist() == [1.0] * 5
    for odd in ([0, 0], [1]):
        with pytest.raises(ValueError, match="one number each"):
            group_means(gaps, drawn, np.array(odd))
    with pytest.raises(ValueError, match="at least one of each"):
        draw(KINDS, draws=0, rng=np.random.default_rng(3))


def test_the_pilots_count_as_one_draw_more():
    assert placebo_p(0, 9_999) == 1e-4
    assert placebo_p(9_999, 9_999) == 1
    assert at_least_as_far(np.array([-3.0, 1.0, 3.0, 2.9]), 3.0) == 2
    with pytest.raises(ValueError, match="of 5 draws"):
        placebo_p(6, 5)


def test_kinds_expected_counts_pilots_with_a_gap():
    gaps = np.array([[1.0, np.nan, 2.0], [np.nan, 1.0, np.nan]])
    assert kinds_expected(gaps, np.array([0, 1, 1]), 3).tolist() == [[1, 1, 0], [0, 1, 0]]


def relabelled(runs, effect):
    """Deal the name of pilot out at random, plant an effect, and count the runs that reject."""
    rng = np.random.default_rng(20141101)
    kinds = np.repeat([0, 1, 2, 3], [59, 36, 33, 24])
    expected = np.array([2, 1, 2, 5])
    found = 0
    for _ in range(runs):
        gaps = rng.standard_t(8, len(kinds)) * 10 + np.array([0.0, 2.0, -3.0, 1.0])[kinds]
        pilots = np.concatenate(
            [
                rng.choice(np.flatnonzero(kinds == k), n, replace=False)
                for k, n in enumerate(expected)
            ]
        )
        others = np.setdiff1d(np.arange(len(kinds)), pilots)
        own = gaps[pilots]
        planted = effect * float(smallest_detectable(own.std(ddof=1), len(own)))
        drawn = draw(kinds[others], draws=999, rng=rng)
        means = group_means(gaps[others], drawn, expected)
        observed = own.mean() + planted
        found += placebo_p(at_least_as_far(means, observed), 999) < 0.05
    return found / runs


@pytest.mark.slow
def test_it_keeps_its_level_where_there_is_no_effect():
    assert 0.03 <= relabelled(500, 0) <= 0.07


def test_it_finds_twice_the_smallest_detectable():
    assert relabelled(200, 2) >= 0.9


def test_the_interval_is_the_observed_mean_less_the_order_statistics():
    means = np.random.default_rng(4).permutation(np.arange(-499.0, 500.0))  # 999 of them
    low, high = placebo_interval(means, 100.0)
    # 1,000 x 0.025 is 25, and a p of 0.025 is not below it: the 24th from either end.
    assert (low, high) == (100 - 476, 100 + 476)
    assert placebo_interval(means, 100.0, confidence=0.9) == (100 - 451, 100 + 451)


@pytest.mark.parametrize("confidence", [0.9, 0.95])
def test_an_effect_is_inside_where_neither_tail_rejects_it(confidence):
    rng = np.random.default_rng(5)
    means = rng.exponential(2, 399) - 1.5
    low, high = placebo_interval(means, 0.7, confidence=confidence)
    for effect in np.linspace(-12, 6, 1_801):
        above = ((means >= 0.7 - effect).sum() + 1) / 400
        below = ((means <= 0.7 - effect).sum() + 1) / 400
        rejected = min(above, below) < (1 - confidence) / 2 - 1e-9
        assert (low <= effect <= high) == (not rejected), effect


def test_it_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(20141101)
    held = 0
    for _ in range(2_000):
        drawn = rng.standard_t(4, 200)
        low, high = placebo_interval(drawn[1:], drawn[0] + 3)
        held += low <= 3 <= high
    assert 0.945 <= held / 2_000 <= 0.975


def test_few_draws_leave_it_open_and_what_cannot_be_is_refused():
    assert placebo_interval(np.arange(39.0), 1.0) == (-np.inf, np.inf)
    assert placebo_interval(np.arange(40.0), 1.0) == (1 - 39, 1 - 0)
    for means in (np.array([]), np.array([1.0, np.nan]), np.ones((2, 2))):
        with pytest.raises(ValueError, match="at least one and none missing"):
            placebo_interval(means, 1.0)
    with pytest.raises(ValueError, match="confidence is 95"):
        placebo_interval(np.ones(50), 1.0, confidence=95)


@pytest.mark.parametrize("few", [1, 2, 7, 8, 9, 16, 23, 127, 128, 129, 300])
def test_columns_are_added_up_as_rows_are(few):
    numbers = np.random.default_rng(few).normal(size=(few, 500)) * 1e3
    expected = [math.fsum(column) for column in numbers.T]
    assert column_sums(numbers) == pytest.approx(expected, rel=1e-12, abs=1e-9)
    assert column_sums(numbers).tobytes() == np.ascontiguousarray(numbers.T).sum(axis=1).tobytes()
