import numpy as np
import pytest
from scipy import stats

from analytics.methods.detectable import smallest_detectable
from analytics.methods.flip_interval import flip_interval
from analytics.methods.signflip import sign_flips
from analytics.methods.smallest_change import (
    MOST_ENUMERATED,
    fewest_to_see,
    smallest_change,
)


def changes(programmes: int, councils: int, *, seed: int = 1) -> np.ndarray:
    """Skewed changes with a few far out, as those of councils are."""
    rng = np.random.default_rng(seed)
    return rng.standard_t(4, (programmes, councils)) + rng.exponential(0.5, (programmes, councils))


def test_six_councils_are_the_fewest_that_can_show_anything():
    assert fewest_to_see() == 6
    assert sign_flips(np.full((1, 5), 1e9))[0] > 0.05 > sign_flips(np.full((1, 6), 1e9))[0]
    assert fewest_to_see(0.01) == 8


@pytest.mark.parametrize("councils", [6, 9, MOST_ENUMERATED])
def test_it_is_the_quantile_of_the_ends_of_the_intervals(councils):
    drawn = changes(300, councils)
    drawn[np.random.default_rng(2).random(drawn.shape) < 0.02] = np.nan
    toward = np.where(np.arange(300)[:, None] % 2 == 0, drawn, -drawn)
    ends = np.sort(np.nan_to_num(-flip_interval(toward).low, posinf=np.inf))
    found = smallest_change(drawn)
    assert found.size == pytest.approx(ends[239], rel=2e-3)
    assert found.low == pytest.approx(ends[225], rel=2e-3)
    assert found.high == pytest.approx(ends[253], rel=2e-3)


@pytest.mark.parametrize("councils", [8, 14])
def test_the_test_sees_it_in_the_share_asked_for(councils):
    drawn = changes(500, councils, seed=3)
    found = smallest_change(drawn, power=0.7)
    signs = np.where(np.arange(500) % 2 == 0, 1, -1)[:, None]
    seen = sign_flips(drawn * signs + found.size * (1 + 1e-3)) < 0.05
    # All flips are counted here: above 12 councils a sample of them stands in for all.
    assert seen.mean() == pytest.approx(0.7, abs=0.005 if councils < MOST_ENUMERATED else 0.015)


def test_many_councils_with_normal_changes_need_what_the_t_test_needs():
    drawn = np.random.default_rng(4).standard_normal((2_000, 40))
    expected = smallest_detectable(1.0, 40)
    assert smallest_change(drawn).size == pytest.approx(expected, rel=0.02)


def test_a_fall_and_a_rise_count_alike():
    drawn = changes(400, 10, seed=5)
    swapped = drawn.reshape(200, 2, 10)[:, ::-1].reshape(400, 10)
    assert smallest_change(-swapped).size == pytest.approx(smallest_change(drawn).size, rel=1e-3)


def test_it_grows_with_the_spread_and_with_the_power():
    drawn = changes(400, 10, seed=6)
    once = smallest_change(drawn)
    assert smallest_change(3 * drawn).size == pytest.approx(3 * once.size, rel=1e-3)
    assert (
        smallest_change(drawn, power=0.9).size > once.size > smallest_change(drawn, power=0.5).size
    )
    assert once.low < once.size < once.high


def test_the_interval_holds_the_size_of_many_programmes():
    many = smallest_change(changes(40_000, 7, seed=7)).size
    parts = [smallest_change(changes(1_000, 7, seed=seed)) for seed in range(10, 50)]
    held = sum(one.low <= many <= one.high for one in parts)
    assert stats.binom.cdf(held, len(parts), 0.95) > 0.01


def test_councils_that_do_not_change_show_any_change():
    assert smallest_change(np.zeros((50, 8))).size == pytest.approx(0, abs=1e-9)


def test_too_few_councils_show_nothing():
    assert smallest_change(changes(50, 5)).size == np.inf
    drawn = changes(100, 8)
    drawn[:30, 3:] = np.nan  # these have three councils left
    assert smallest_change(drawn).size == np.inf
    assert np.isfinite(smallest_change(drawn, power=0.5).size)


def test_what_cannot_be_planned_is_refused():
    with pytest.raises(ValueError, match="at least one programme"):
        smallest_change(np.empty((0, 8)))
    with pytest.raises(ValueError, match="power"):
        smallest_change(changes(5, 8), power=1.5)
    with pytest.raises(ValueError, match="infinite"):
        smallest_change(np.full((5, 8), np.inf))
    with pytest.raises(ValueError, match="alpha"):
        fewest_to_see(0)
