"""Means of subsets in their order, against the list of all of them."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.methods.subset_means import nth_smallest_mean

RNG = np.random.default_rng(20261126)
NUMBERS = {
    "normal": RNG.normal(3, 5, 16),
    "far from zero": RNG.normal(1e6, 1, 15),
    "skewed": RNG.exponential(2, 16),
    "tied": RNG.integers(-4, 9, 16).astype(float),
    "one apart": np.r_[np.zeros(15), 5.0],
    "alike": np.full(14, 2.5),
}


def every_mean(numbers):
    """The mean and the size of every subset but the empty one and the whole, in order."""
    flips = np.arange(1, 2 ** len(numbers) - 1)[:, None] >> np.arange(len(numbers)) & 1
    sizes = flips.sum(axis=1)
    means = flips @ numbers / sizes
    order = np.argsort(means, kind="stable")
    return means[order], sizes[order]


@pytest.mark.parametrize("kind", NUMBERS)
def test_each_place_has_the_mean_of_the_whole_list(kind):
    numbers = NUMBERS[kind]
    means, sizes = every_mean(numbers)
    for place in (0, 1, 50, len(means) // 40, len(means) // 10, len(means) // 2 - 1):
        found = nth_smallest_mean(numbers, place)
        assert found.mean == pytest.approx(means[place], rel=1e-12, abs=1e-12)
        if kind in {"normal", "skewed"}:  # no two subsets have one mean
            assert found.size == sizes[place]


@settings(deadline=None, max_examples=60)
@given(numbers=st.lists(st.integers(-9, 9), min_size=2, max_size=7), data=st.data())
def test_few_whole_numbers_are_averaged_as_by_hand(numbers, data):
    place = data.draw(st.integers(0, max(2 ** (len(numbers) - 1) - 2, 0)))
    means = sorted(
        sum(some) / size for size in range(1, len(numbers)) for some in combinations(numbers, size)
    )
    found = nth_smallest_mean(np.array(numbers, dtype=float), place)
    assert found.mean == pytest.approx(means[place], abs=1e-12)
