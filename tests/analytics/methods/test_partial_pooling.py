"""Partial pooling against printed analyses and a posterior worked out in matrices."""

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import optimize

from analytics.methods import partial_pooling as module
from analytics.methods.partial_pooling import partial_pooling
from analytics.methods.refusal import NotEstimableError

# Raudenbush and Bryk (1985), table 1: effects of teachers' expectations on pupils' IQ, with the
# variances of their estimates.
EFFECTS = np.array([0.03, 0.12, -0.14, 1.18, 0.26, -0.06, -0.02, -0.32, 0.27, 0.80, 0.54, 0.18,
                    -0.02, 0.23, -0.18, -0.06, 0.30, 0.07, -0.07])  # fmt: skip
VARIANCES = np.array([0.0156, 0.0216, 0.0279, 0.1391, 0.1362, 0.0106, 0.0106, 0.0484, 0.0269,
                      0.0630, 0.0912, 0.0497, 0.0835, 0.0841, 0.0253, 0.0279, 0.0193, 0.0088,
                      0.0303])  # fmt: skip
# Their figure 2, as read off in the tests of R's metafor, which gives the same.
POOLED = [0.054, 0.101, -0.006, 0.214, 0.105, -0.008, 0.017, -0.029, 0.160, 0.249, 0.162, 0.110,
          0.065, 0.110, -0.029, 0.026, 0.191, 0.074, 0.025]  # fmt: skip
LOW = [-0.132, -0.103, -0.223, -0.053, -0.162, -0.174, -0.148, -0.269, -0.054, 0.0, -0.097, -0.130,
       -0.192, -0.146, -0.241, -0.191, -0.008, -0.081, -0.195]  # fmt: skip
HIGH = [0.241, 0.304, 0.210, 0.482, 0.372, 0.157, 0.183, 0.210, 0.375, 0.497, 0.421, 0.351, 0.321,
        0.367, 0.183, 0.242, 0.389, 0.230, 0.245]  # fmt: skip
# Rubin (1981), eight schools: coaching effects and their standard errors.
SCHOOLS = np.array([28.0, 8, -3, 7, -1, 1, 18, 12])
ERRORS = np.array([15.0, 10, 16, 11, 9, 11, 10, 18])
MAYBE = st.one_of(st.just(nan), st.integers(-90, 90).map(float))
SIZES = arrays(float, (3, 4), elements=st.integers(1, 60).map(float))


def test_raudenbush_and_bryks_printed_analysis():
    found = partial_pooling(EFFECTS[None], VARIANCES[None])
    assert found.between[0] == pytest.approx(0.019, abs=0.0005)
    assert found.mean[0] == pytest.approx(0.084, abs=0.0005)
    error = (found.mean_high[0] - found.mean[0]) / 1.959964
    assert found.mean[0] / error == pytest.approx(1.62, abs=0.005)
    assert found.estimate[0] == pytest.approx(np.array(POOLED), abs=0.0015)
    assert found.low[0] == pytest.approx(np.array(LOW), abs=0.0015)
    assert found.high[0] == pytest.approx(np.array(HIGH), abs=0.0015)


def test_eight_schools_are_pooled_completely():
    # Gelman and others, Bayesian data analysis, section 5.5: pooled 7.7 with standard error 4.1.
    found = partial_pooling(SCHOOLS[None], ERRORS[None] ** 2)
    assert found.between[0] == 0
    assert found.estimate[0] == pytest.approx(np.full(8, 7.7), abs=0.05)
    assert (found.high[0] - found.low[0]) / 2 / 1.959964 == pytest.approx(np.full(8, 4.1), abs=0.05)


def restricted(between, y, v):
    """The restricted log-likelihood, as a textbook prints it, negative."""
    w = 1 / (v + between)
    mean = (w * y).sum() / w.sum()
    return (-np.log(w).sum() + np.log(w.sum()) + (w * (y - mean) ** 2).sum()) / 2


@settings(deadline=None, max_examples=60)
@given(estimates=arrays(float, (3, 4), elements=MAYBE), variances=SIZES)
def test_no_variance_between_is_likelier_and_the_rest_is_its_posterior(estimates, variances):
    found = partial_pooling(estimates, variances)
    for row, here in enumerate(~np.isnan(estimates)):
        assert np.array_equal(np.isnan(found.estimate[row]), ~here | (here.sum() < 2))
        if here.sum() < 2:
            assert np.isnan([found.between[row], found.mean[row], found.mean_low[row]]).all()
            continue
        y, v, between = estimates[row][here], variances[row][here], found.between[row]
        best = optimize.minimize_scalar(
            restricted, bounds=(0, 30_000), args=(y, v), method="bounded", options={"xatol": 1e-6}
        )
        near = min(best.fun, restricted(0.0, y, v))
        assert restricted(between, y, v) <= near + 1e-6
        # A flat prior on the common mean, and the posterior of all means in one matrix.
        k = len(y)
        if between > 1e-6:
            centring = (np.eye(k) - np.ones((k, k)) / k) / between
            cover = np.linalg.inv(np.diag(1 / v) + centring)
            assert found.estimate[row][here] == pytest.approx(cover @ (y / v), abs=1e-4)
            width = 2 * 1.959964 * np.sqrt(np.diag(cover))
            assert (found.high - found.low)[row][here] == pytest.approx(width, rel=1e-4)


@settings(deadline=None, max_examples=60)
@given(estimates=arrays(float, (3, 4), elements=MAYBE), variances=SIZES)
def test_a_pooled_mean_lies_between_its_own_and_the_common_one(estimates, variances):
    found = partial_pooling(estimates, variances)
    here = ~np.isnan(found.estimate)
    common = np.broadcast_to(found.mean[:, None], estimates.shape)
    low, high = np.minimum(estimates, common)[here], np.maximum(estimates, common)[here]
    assert (low - 1e-9 <= found.estimate[here]).all()
    assert (found.estimate[here] <= high + 1e-9).all()
    assert ((found.own[here] >= 0) & (found.own[here] < 1)).all()
    moved = partial_pooling(estimates * -2 + 5, variances * 4)
    assert moved.estimate == pytest.approx(found.estimate * -2 + 5, abs=1e-4, nan_ok=True)


def test_far_apart_and_well_known_groups_keep_what_they_say():
    found = partial_pooling(np.array([[0.0, 100.0, -100.0]]), np.full((1, 3), 0.01))
    assert found.own[0].min() > 0.999
    assert found.estimate[0] == pytest.approx(np.array([0, 100, -100]), abs=0.01)


def test_a_variance_that_does_not_settle_is_no_answer(monkeypatch):
    monkeypatch.setattr(module, "_STEPS", 1)
    with pytest.raises(NotEstimableError, match="did not settle in 1 steps"):
        partial_pooling(EFFECTS[None], VARIANCES[None])


@pytest.mark.parametrize(
    ("estimates", "variances", "words"),
    [
        (np.zeros(3), np.ones(3), r"one shape \(indicators, groups\)"),
        (np.zeros((1, 3)), np.ones((1, 2)), r"variances \(1, 2\)"),
        (np.array([[inf, 1.0]]), np.ones((1, 2)), "finite numbers"),
        (np.zeros((1, 2)), np.array([[1.0, 0.0]]), "variances above 0"),
        (np.zeros((1, 2)), np.array([[1.0, inf]]), "finite numbers"),
    ],
)
def test_what_cannot_be_pooled_is_refused(estimates, variances, words):
    with pytest.raises(ValueError, match=words):
        partial_pooling(estimates, variances)
    with pytest.raises(ValueError, match="confidence is 95"):
        partial_pooling(np.zeros((1, 2)), np.ones((1, 2)), confidence=95)
