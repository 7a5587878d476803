"""Printed means compared, against SciPy's own test and by hand."""

from math import gamma, sqrt

import numpy as np
import pytest
from scipy import stats

from analytics.methods.summaries import (
    Summary,
    hedges,
    mean_limits,
    paired_summary,
    small_sample,
    welch,
)

FIRST = Summary(mean=15, sd=6.9, n=210)
SECOND = Summary(mean=16, sd=6.0, n=136)


@pytest.mark.parametrize("seed", range(10))
def test_welch_agrees_with_scipy_on_the_people_themselves(seed):
    chance = np.random.default_rng(seed)
    a, b = chance.normal(3, 2, 25), chance.normal(4, 5, 14)
    made = welch(*(Summary(mean=x.mean(), sd=x.std(ddof=1), n=len(x)) for x in (a, b)))
    expected = stats.ttest_ind(b, a, equal_var=False)
    assert (made.t, made.df, made.p) == pytest.approx(
        (expected.statistic, expected.df, expected.pvalue), rel=1e-9
    )


def test_welch_agrees_with_scipy_on_printed_figures():
    made = welch(FIRST, SECOND)
    expected = stats.ttest_ind_from_stats(16, 6.0, 136, 15, 6.9, 210, equal_var=False)
    assert (made.t, made.p) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-12)


def test_hedges_by_hand():
    made = hedges(FIRST, SECOND)
    pooled = sqrt((209 * 6.9**2 + 135 * 6.0**2) / 344)
    approximate = 1 - 3 / (4 * 344 - 1)
    assert made.g == pytest.approx(approximate / pooled, rel=1e-5)
    reach = 1.959963985 * approximate * sqrt(346 / (210 * 136) + (1 / pooled) ** 2 / 692)
    assert (made.low, made.high) == pytest.approx((made.g - reach, made.g + reach), rel=1e-5)


def test_rounding_moves_each_mean_by_half_a_point():
    made = hedges(FIRST, SECOND)
    least = hedges(Summary(mean=15.5, sd=6.9, n=210), Summary(mean=15.5, sd=6.0, n=136))
    most = hedges(Summary(mean=14.5, sd=6.9, n=210), Summary(mean=16.5, sd=6.0, n=136))
    assert (made.least, made.most) == pytest.approx((least.g, most.g), abs=1e-12)
    assert hedges(FIRST, SECOND, rounding=0).least == pytest.approx(made.g)


@pytest.mark.parametrize("df", [2, 5, 40])
def test_the_correction_is_exact(df):
    assert small_sample(df) == pytest.approx(
        gamma(df / 2) / (sqrt(df / 2) * gamma((df - 1) / 2)), rel=1e-12
    )


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"n": 1}, "a group of 1"),
        ({"sd": -1.0}, "standard deviation -1"),
        ({"mean": float("nan")}, "mean nan"),
    ],
)
def test_impossible_groups_are_refused(change, found):
    wrong = Summary(**{"mean": 1.0, "sd": 1.0, "n": 9, **change})
    for method in (welch, hedges):
        with pytest.raises(ValueError, match=found):
            method(wrong, SECOND)


def test_no_spread_and_negative_rounding_are_refused():
    flat = Summary(mean=1, sd=0, n=9)
    with pytest.raises(ValueError, match="no spread"):
        welch(flat, flat)
    with pytest.raises(ValueError, match="rounding of -1"):
        hedges(FIRST, SECOND, rounding=-1)


def test_change_of_the_same_people_is_the_paired_t_interval():
    chance = np.random.default_rng(3)
    first = chance.normal(10, 3, 30)
    second = first + chance.normal(1, 2, 30)
    average = sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2)
    change = second - first
    printed = Summary(mean=change.mean(), sd=change.std(ddof=1), n=30)
    made = paired_summary(printed, average)
    expected = stats.ttest_rel(second, first).confidence_interval()
    assert (made.low, made.high) == pytest.approx((expected.low, expected.high))
    assert made.g == pytest.approx(small_sample(29) * made.change / average)
    assert made.g_low / made.g == pytest.approx(made.low / made.change)


def test_limits_of_a_mean_are_those_of_one_t_test():
    scores = np.random.default_rng(4).normal(5, 2, 17)
    expected = stats.ttest_1samp(scores, 0).confidence_interval()
    assert mean_limits(scores) == pytest.approx((expected.low, expected.high))


@pytest.mark.parametrize("average", [0.0, np.nan])
def test_a_change_without_spread_at_either_point_is_refused(average):
    with pytest.raises(ValueError, match="no spread at either point"):
        paired_summary(FIRST, average)


@pytest.mark.parametrize("scores", [[1.0], [1.0, np.nan]])
def test_too_few_scores_and_a_missing_one_are_refused(scores):
    with pytest.raises(ValueError, match=f"found {len(scores)} scores"):
        mean_limits(np.array(scores))
