"""Trends that may bend, against the worked example of HonestDiD and cases with a known answer."""

import numpy as np
import pytest
from scipy import stats

from analytics.methods.smoothness import (
    EventCoefficients,
    event_coefficients,
    folded_quantile,
    smoothness_breakdown,
    smoothness_interval,
)

# Expansions of Medicaid, the example of HonestDiD's documentation: coefficients of 2008 to 2012,
# 2014 and 2015 against 2013, and half of their covariance in millionths, clustered by state.
MEDICAID = [-0.00528535, -0.01129732, -0.00267599, -0.00141931, 0.00033966, 0.04644685, 0.06920618]
HALF = [
    74.88484, 60.39874, 72.66501, 44.4462, 37.8933, 50.52052, 33.85765, 28.66578, 26.73679,
    40.03222, 43.28011, 45.43321, 27.78194, 24.1286, 54.62662, 47.6588, 44.2885, 30.60644,
    23.80868, 36.82531, 83.75669, 24.25129, 28.24655, 9.637534, 2.923878, 9.722948, 63.21398,
    107.1235,
]  # fmt: skip


def medicaid():
    """The effect in 2014."""
    covariance = np.zeros((7, 7))
    covariance[np.tril_indices(7)] = HALF
    covariance = (covariance + covariance.T - np.diag(covariance.diagonal())) / 1e6
    return EventCoefficients(
        before=np.array(MEDICAID[:5]), after=MEDICAID[5], weights=np.ones(1),
        covariance=covariance[:6, :6],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("bend", "low", "high"),
    [
        (0.00, 0.025962, 0.060706),
        (0.01, 0.013153, 0.078700),
        (0.02, 0.002810, 0.090763),
        (0.03, -0.007189, 0.100762),
        (0.05, -0.027189, 0.120762),
    ],
)
def test_the_printed_intervals_for_medicaid(bend, low, high):
    found = smoothness_interval(medicaid(), bend)
    assert (found.low, found.high) == pytest.approx((low, high), abs=3e-5)


def test_the_breakdown_value_for_medicaid_lies_where_the_printed_intervals_turn():
    breakdown = smoothness_breakdown(medicaid())
    assert 0.02 < breakdown < 0.03
    assert smoothness_interval(medicaid(), breakdown * 0.999).low > 0
    assert smoothness_interval(medicaid(), breakdown * 1.001).low < 0


def simple(before, after, variances, weights=(1.0,)):
    return EventCoefficients(
        before=np.array(before), after=after, weights=np.array(weights),
        covariance=np.diag(np.array(variances)),
    )  # fmt: skip


def test_a_straight_line_is_carried_on_whole():
    # 2 a year before, and an effect of 3 on top of the line: at no bend nothing else is left.
    found = smoothness_interval(simple([-6.0, -4.0, -2.0], 5.0, [0, 0, 0, 1e-12]), 0.0)
    assert found.estimate == pytest.approx(3)
    assert found.high - found.low < 1e-4


def test_without_bends_it_is_the_generalised_least_squares_line():
    variances = np.array([0.5, 1.0, 2.0, 1.5])
    before = np.array([1.0, -0.5, 0.7])
    years = np.array([-3.0, -2.0, -1.0])
    slope = (years * before / variances[:3]).sum() / (years**2 / variances[:3]).sum()
    error = np.sqrt(variances[3] + 1 / (years**2 / variances[:3]).sum())
    found = smoothness_interval(simple(before, 4.0, variances), 0.0)
    assert found.estimate == pytest.approx(4 - slope, abs=1e-5)
    assert found.high - found.estimate == pytest.approx(stats.norm.ppf(0.975) * error, rel=1e-6)


def test_where_trends_may_bend_much_only_the_last_slope_counts():
    # One year on: the weight of the last year is 1, and one bend of at most M is left as bias.
    variances = [0.01, 0.01, 0.02, 0.03]
    found = smoothness_interval(simple([0.3, 0.1, 0.2], 4.0, variances), 5.0)
    assert found.estimate == pytest.approx(4 + 0.2, abs=1e-4)
    half = 5 + stats.norm.ppf(0.95) * np.sqrt(0.02 + 0.03)
    assert found.high - found.estimate == pytest.approx(half, rel=1e-6)


def test_a_mean_of_two_years_can_drift_by_two_bends():
    # The first year after by one bend, the second by two of the first and one more: (1 + 3) / 2.
    found = smoothness_interval(simple([0.0, 0.0], 9.0, [1e-10] * 3, (0.5, 0.5)), 1.0)
    assert found.high - 9 == pytest.approx(2, abs=1e-3)


def test_intervals_cover_where_the_trend_bends_as_much_as_it_may():
    rng = np.random.default_rng(11)
    worst, error = np.array([0.0, 0.0, 0.0, 0.4]), np.array([0.2, 0.2, 0.2, 0.3])
    covered = []
    for _ in range(60):
        drawn = worst + rng.normal(0, error)  # no effect: the bend alone
        found = smoothness_interval(simple(drawn[:3], drawn[3], error**2), 0.4)
        covered.append(found.low <= 0 <= found.high)
    assert np.mean(covered) >= 0.95 - 3 * np.sqrt(0.05 * 0.95 / 60)


@pytest.mark.parametrize("shift", [0.0, 0.4, 2.0, 9.0])
def test_the_folded_quantile_is_that_of_scipy(shift):
    assert folded_quantile(shift, 0.95) == pytest.approx(stats.foldnorm.ppf(0.95, shift), abs=1e-8)


def test_coefficients_are_means_over_pilots_with_every_year():
    gaps = np.random.default_rng(2).normal(0, 1, (12, 6))
    gaps[3, 1] = np.nan
    found = event_coefficients(gaps, before=np.arange(4), after=np.array([4, 5]))
    held = np.delete(gaps, 3, axis=0) - np.delete(gaps, 3, axis=0)[:, 3:4]
    assert found.before == pytest.approx(held[:, :3].mean(axis=0))
    assert found.after == pytest.approx(held[:, 4:].mean())
    assert found.covariance[0, 0] == pytest.approx(held[:, 0].var(ddof=1) / 11)
    assert found.weights.tolist() == [0.5, 0.5]


def test_what_cannot_be_is_refused():
    gaps = np.zeros((6, 6))
    with pytest.raises(ValueError, match="do not follow each other"):
        event_coefficients(gaps, before=np.arange(3), after=np.array([4]))
    with pytest.raises(ValueError, match="6 pilots with every year for 4 coefficients"):
        event_coefficients(gaps, before=np.arange(4), after=np.array([4]))
    with pytest.raises(ValueError, match="1 years before the reference"):
        smoothness_interval(simple([0.0], 1.0, [1, 1]), 0.0)
    with pytest.raises(ValueError, match="bend is -1"):
        smoothness_interval(simple([0.0, 0.0], 1.0, [1, 1, 1]), -1.0)
    with pytest.raises(ValueError, match=r"covariance \(2, 2\)"):
        smoothness_interval(simple([0.0, 0.0], 1.0, [1, 1]), 0.0)
    assert smoothness_breakdown(simple([0.0, 0.0], 0.1, [1, 1, 1])) == 0
