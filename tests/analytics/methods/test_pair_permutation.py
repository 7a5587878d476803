"""Two groups by every arrangement, against SciPy and brute force in fractions."""

from fractions import Fraction
from itertools import combinations
from math import comb, inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.methods.pair_permutation import by_sizes, pair_permutation

MAYBE = st.one_of(st.just(nan), st.integers(-30, 30).map(lambda x: x / 10))


def by_fractions(first, second):
    """Deal the members out in every way, without rounding."""
    every = [Fraction(round(10 * x), 10) for x in (*first, *second)]
    at = range(len(every))

    def apart(chosen):
        rest = [every[i] for i in at if i not in chosen]
        mine = [every[i] for i in chosen]
        return abs(sum(mine) / len(mine) - sum(rest) / len(rest))

    seen = apart(tuple(range(len(first))))
    ways = list(combinations(at, len(first)))
    return sum(apart(chosen) >= seen for chosen in ways) / len(ways)


@settings(deadline=None, max_examples=60)
@given(first=arrays(float, (3, 4), elements=MAYBE), second=arrays(float, (3, 3), elements=MAYBE))
def test_p_is_that_of_every_arrangement_in_fractions(first, second):
    found = pair_permutation(first, second)
    for row in range(3):
        a, b = (one[row][~np.isnan(one[row])] for one in (first, second))
        if not (len(a) and len(b)):
            assert np.isnan([found.estimate[row], found.p[row], found.smallest_p[row]]).all()
            assert found.arrangements[row] == 0
            continue
        assert found.p[row] == pytest.approx(by_fractions(a, b))
        assert found.estimate[row] == pytest.approx(a.mean() - b.mean())
        assert found.arrangements[row] == comb(len(a) + len(b), len(a))
        assert found.p[row] >= found.smallest_p[row] - 1e-12


def test_scipy_by_another_road():
    rng = np.random.default_rng(5)
    for a, b in ((4, 3), (5, 5), (2, 7)):
        first, second = rng.normal(0, 1, a), rng.normal(1, 1, b)
        reference = stats.permutation_test(
            (first, second), lambda x, y: abs(x.mean() - y.mean()),
            alternative="greater", n_resamples=np.inf,
        )  # fmt: skip
        assert pair_permutation(first[None], second[None]).p[0] == pytest.approx(reference.pvalue)


@pytest.mark.parametrize(("a", "b", "ways", "mirrored"), [(4, 3, 35, 1), (3, 3, 20, 2)])
def test_groups_wholly_apart_reach_the_smallest_p(a, b, ways, mirrored):
    found = pair_permutation(np.arange(a)[None] + 0.0, np.arange(b)[None] + 100.0)
    assert found.arrangements[0] == ways
    assert found.p[0] == found.smallest_p[0] == mirrored / ways


@settings(deadline=None, max_examples=40)
@given(first=arrays(float, (2, 4), elements=MAYBE), second=arrays(float, (2, 3), elements=MAYBE))
def test_order_direction_shift_and_scale_do_not_matter(first, second):
    found = pair_permutation(first, second)
    for again in (
        pair_permutation(second, first),
        pair_permutation(-first, -second),
        pair_permutation(first[:, ::-1], second),
        pair_permutation(first + 5, second + 5),
        pair_permutation(first * 1e9, second * 1e9),
    ):
        assert again.p == pytest.approx(found.p, nan_ok=True)


def test_the_bands_with_the_default_selection(official):
    values, bands = official.levels("icpc_rate"), np.array(official.bands)
    of = {band: values[:, bands == band] for band in ("beginner", "two-years", "over-two")}
    pairs = {
        ("beginner", "two-years"): 2 / 35,
        ("beginner", "over-two"): 1 / 35,
        ("two-years", "over-two"): 2 / 20,
    }
    for (a, b), p in pairs.items():
        assert pair_permutation(of[a], of[b]).p[0] == pytest.approx(p)


def test_indicators_are_taken_together_by_how_many_are_there():
    first = np.array([[1.0, nan], [2.0, 3.0], [nan, 4.0], [nan, nan]])
    second = np.array([[5.0], [6.0], [7.0], [8.0]])
    found = {sizes: (rows.tolist(), values.tolist())
             for rows, sizes, values in by_sizes([first, second])}  # fmt: skip
    assert found == {
        (1, 1): ([0, 2], [[1, 5], [4, 7]]),
        (2, 1): ([1], [[2, 3, 6]]),
    }


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(ValueError, match="1 and 2 indicators"):
        pair_permutation(np.zeros((1, 3)), np.zeros((2, 3)))
    with pytest.raises(ValueError, match=r"\(indicators, pilots\)"):
        pair_permutation(np.zeros(3), np.zeros((1, 3)))
    with pytest.raises(ValueError, match="infinite"):
        pair_permutation(np.zeros((1, 3)), np.array([[inf]]))


def test_what_cannot_be_enumerated_is_drawn_and_says_how_near_p_is():
    values = np.random.default_rng(3).normal(0, 1, (2, 30))
    values[1, 4:] = np.nan
    found = pair_permutation(values, np.random.default_rng(4).normal(0.5, 1, (2, 30)))
    assert found.arrangements.tolist() == [100_000, comb(34, 4)]
    welch = stats.ttest_ind(values[0], np.random.default_rng(4).normal(0.5, 1, (2, 30))[0])
    assert found.p[0] == pytest.approx(welch.pvalue, abs=0.01)
    assert found.simulation_error[0] == pytest.approx((found.p[0] * (1 - found.p[0]) / 1e5) ** 0.5)
    assert found.simulation_error[1] == 0
