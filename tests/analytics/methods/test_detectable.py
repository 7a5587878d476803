import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from analytics.methods.detectable import smallest_detectable


def power_by_integration(effect, n, alpha):
    """Power of the t-test without the noncentral t: normal mean, given each possible spread."""
    critical = stats.t.ppf(1 - alpha / 2, n - 1)
    centre = effect * np.sqrt(n)

    def reaches(spread):
        tails = stats.norm.sf(critical * spread - centre) + stats.norm.cdf(
            -critical * spread - centre
        )
        return tails * stats.chi.pdf(spread * np.sqrt(n - 1), n - 1) * np.sqrt(n - 1)

    return integrate.quad(reaches, 0, 12, limit=200, points=[0.25, 1.0, 2.0])[0]


@pytest.mark.parametrize(
    ("n", "alpha", "power"),
    [(3, 0.05, 0.8), (4, 0.05, 0.8), (10, 0.05, 0.8), (10, 0.01, 0.9), (34, 0.05, 0.8)],
)
def test_power_is_reached_when_integrated_directly(n, alpha, power):
    found = float(smallest_detectable(1.0, n, alpha=alpha, power=power))
    assert power_by_integration(found, n, alpha) == pytest.approx(power, abs=1e-6)


@pytest.mark.parametrize(("effect", "n"), [(0.2, 199), (0.5, 34), (0.8, 15)])
def test_the_sample_sizes_that_tables_print(effect, n):
    # Smallest n with power 0.8 at 0.05, two-sided, one sample, for Cohen's small, medium, large.
    assert smallest_detectable(1.0, n) <= effect < smallest_detectable(1.0, n - 1)


def test_ten_pilots_by_simulation():
    effect = float(smallest_detectable(1.0, 10))
    draws = np.random.default_rng(20141101).normal(effect, 1, size=(40_000, 10))
    found = (stats.ttest_1samp(draws, 0, axis=1).pvalue < 0.05).mean()
    assert effect == pytest.approx(0.996, abs=0.001)
    assert found == pytest.approx(0.8, abs=0.006)  # three standard errors


def test_each_indicator_has_its_own_spread_and_pilots():
    sd, n = np.array([2.0, np.nan, 5.0, 0.0, 3.0]), np.array([10, 10, 4, 10, 1])
    found = smallest_detectable(sd, n)
    expected = [2 * smallest_detectable(1, 10), np.nan, 5 * smallest_detectable(1, 4), 0, np.nan]
    assert found == pytest.approx(np.array(expected, dtype=float), nan_ok=True)


def test_one_number_of_pilots_for_all():
    sd = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert smallest_detectable(sd, 10) == pytest.approx(sd * float(smallest_detectable(1, 10)))


@settings(deadline=None, max_examples=30)
@given(n=st.integers(2, 60), power=st.sampled_from([0.5, 0.8, 0.95]))
def test_more_pilots_find_less_and_more_power_needs_more(n, power):
    found = smallest_detectable(1.0, n, power=power)
    assert smallest_detectable(1.0, n + 1, power=power) < found
    assert smallest_detectable(1.0, n, power=0.99) > found


@pytest.mark.parametrize("n", [0, 1])
def test_one_pilot_has_no_spread_to_judge_by(n):
    assert np.isnan(smallest_detectable(1.0, n))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"alpha": 0}, "alpha is 0"),
        ({"power": 80}, "power is 80"),
        ({"alpha": 0.2, "power": 0.1}, "power 0.1 is reached by chance"),
    ],
)
def test_a_level_or_power_that_cannot_be_is_refused(options, words):
    with pytest.raises(ValueError, match=words):
        smallest_detectable(1.0, 10, **options)


@pytest.mark.parametrize(("sd", "n"), [(-1.0, 10), (np.inf, 10), (1.0, -1)])
def test_a_spread_or_number_that_cannot_be_is_refused(sd, n):
    with pytest.raises(ValueError, match="expected of both"):
        smallest_detectable(sd, n)


def test_shapes_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match=r"sd \(2,\) and n \(3,\)"):
        smallest_detectable(np.ones(2), np.array([3, 4, 5]))
