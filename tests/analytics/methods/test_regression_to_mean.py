"""Change beyond regression to the mean, against statsmodels and figures of the programme."""

from math import inf, nan

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.methods.averages import mean_of_present
from analytics.methods.flip_interval import flip_interval
from analytics.methods.regression_to_mean import Moves, regression_to_mean
from analytics.methods.signflip import sign_flips

MAYBE = st.one_of(st.just(nan), st.integers(-50, 50).map(lambda x: x / 10))
TENS = arrays(float, (2, 8), elements=MAYBE)


@settings(deadline=None, max_examples=60)
@given(before=TENS, change=TENS, before_out=TENS, change_out=TENS)
def test_it_agrees_with_statsmodels(before, change, before_out, change_out):
    found = regression_to_mean(
        Moves(before=before, change=change), Moves(before=before_out, change=change_out)
    )
    for row in range(2):
        x, y = before_out[row], change_out[row]
        both = ~np.isnan(x + y)
        assert found.outside[row] == both.sum()
        if both.sum() < 3 or np.ptp(x[both]) == 0:
            assert np.isnan([found.slope[row], found.estimate[row], found.low[row]]).all()
            assert found.n[row] == 0
            continue
        fitted = sm.OLS(y[both], sm.add_constant(x[both])).fit()
        expected = (found.intercept[row], found.slope[row])
        assert expected == pytest.approx(tuple(fitted.params), abs=1e-9)
        left = change[row] - fitted.params[0] - fitted.params[1] * before[row]
        left = left[~np.isnan(left)]
        assert found.n[row] == len(left)
        if len(left) > 1:
            assert found.estimate[row] == pytest.approx(left.mean(), abs=1e-9)
            if np.ptp(left) > 1e-9:
                student = stats.ttest_1samp(left, 0).confidence_interval()
                assert (found.t_low[row], found.t_high[row]) == pytest.approx(
                    tuple(student), abs=1e-9
                )
            interval = flip_interval(left[None])
            assert found.low[row] == pytest.approx(interval.low[0], abs=1e-9)


def test_what_all_would_have_seen_is_taken_off():
    rng = np.random.default_rng(20141101)
    runs = 100
    true = rng.normal(0, 5, (runs, 150))
    first, second = (true + rng.normal(0, 5, true.shape) for _ in range(2))
    # The ten lowest of each run, which come back without any programme.
    order = np.argsort(first, axis=1)
    parts = [
        Moves(
            before=np.take_along_axis(first, one, 1),
            change=np.take_along_axis(second - first, one, 1),
        )
        for one in (order[:, :10], order[:, 10:])
    ]
    found = regression_to_mean(*parts)
    assert (sign_flips(parts[0].change) < 0.05).mean() > 0.5
    assert (found.low > 0).mean() + (found.high < 0).mean() <= 0.1
    assert found.expected.mean() > 4
    assert found.estimate + found.expected == pytest.approx(parts[0].change.mean(axis=1))


def test_new_plans_with_the_default_selection(official):
    own, others = (official.yearly("cpp_start_rate", codes) for codes in (None, official.pool))

    def moves(yearly):
        before, after = mean_of_present(yearly[:, :2]), mean_of_present(yearly[:, 2:])
        return Moves(before=before[None], change=(after - before)[None])

    found = regression_to_mean(moves(own), moves(others))
    assert (found.n[0], found.outside[0]) == (10, 140)
    assert found.estimate[0] == pytest.approx(-10.1, abs=0.05)
    assert (found.t_low[0], found.t_high[0]) == pytest.approx((-14.8, -5.4), abs=0.05)


def test_what_does_not_fit_is_refused():
    good = Moves(before=np.zeros((1, 4)), change=np.zeros((1, 4)))
    with pytest.raises(ValueError, match=r"outsiders have \(1, 4\) before and \(1, 3\) changes"):
        regression_to_mean(good, Moves(before=np.zeros((1, 4)), change=np.zeros((1, 3))))
    with pytest.raises(ValueError, match="pilots have 1 indicators and outsiders 2"):
        regression_to_mean(good, Moves(before=np.zeros((2, 4)), change=np.zeros((2, 4))))
    with pytest.raises(ValueError, match="infinite"):
        regression_to_mean(Moves(before=np.full((1, 2), inf), change=np.zeros((1, 2))), good)
    with pytest.raises(ValueError, match="confidence is 95"):
        regression_to_mean(good, good, confidence=95)
