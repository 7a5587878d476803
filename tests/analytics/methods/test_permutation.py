"""Differences between groups against brute force by another road."""

from itertools import permutations
from statistics import fmean

import numpy as np
import pytest
from scipy import stats

from analytics.methods.permutation import (
    arrangement_error,
    arrangements,
    differences,
    smallest_p,
    ways,
)

RNG = np.random.default_rng(4)


def brute(values, sizes):
    """Every permutation of the members, not of the labels: each arrangement many times over."""
    ends = np.cumsum((0, *sizes))
    pairs = [(a, b) for a in range(len(sizes)) for b in range(a + 1, len(sizes))]

    def apart(order):
        means = [fmean(order[ends[at] : ends[at + 1]]) for at in range(len(sizes))]
        return [means[a] - means[b] for a, b in pairs]

    seen = apart(values)
    scale = [(1 / sizes[a] + 1 / sizes[b]) ** 0.5 for a, b in pairs]
    every = [apart(order) for order in permutations(values)]
    p = [fmean(abs(one[at]) >= abs(seen[at]) - 1e-9 for one in every) for at in range(len(pairs))]
    widest = [max(abs(x) / s for x, s in zip(one, scale, strict=True)) for one in every]
    adjusted = [
        fmean(far >= abs(seen[at]) / scale[at] - 1e-9 for far in widest) for at in range(len(pairs))
    ]
    return seen, p, adjusted


@pytest.mark.parametrize("sizes", [(3, 2, 2), (4, 3), (2, 2, 3), (2, 5)])
def test_it_agrees_with_every_permutation_of_the_members(sizes):
    values = RNG.normal(0, 3, sum(sizes)).round(1).tolist()
    made = differences(np.array(values), sizes)
    seen, p, adjusted = brute(values, sizes)
    np.testing.assert_allclose(made.estimate, seen, atol=1e-12)
    np.testing.assert_allclose(made.p, p, atol=1e-12)
    np.testing.assert_allclose(made.p_adjusted, adjusted, atol=1e-12)


def test_the_three_bands_have_4200_arrangements_all_different():
    found = arrangements((4, 3, 3))
    assert len(found) == 4_200
    assert len({tuple(row) for row in found.tolist()}) == 4_200
    assert (np.sort(found, axis=1) == [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]).all()
    assert found[0].tolist() == [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]


def test_two_groups_agree_with_scipy():
    values = RNG.normal(0, 1, 9)
    made = differences(values, (5, 4))
    welch = stats.ttest_ind(values[:5], values[5:], equal_var=False)
    low, high = welch.confidence_interval(0.95)
    np.testing.assert_allclose([made.low[0], made.high[0]], [low, high])
    exact = stats.permutation_test(
        (values[:5], values[5:]), lambda a, b: abs(a.mean() - b.mean()),
        alternative="greater", n_resamples=np.inf,
    )  # fmt: skip
    assert made.p[0] == pytest.approx(exact.pvalue)


@pytest.mark.parametrize("sizes", [(4, 3, 3), (3, 3), (4, 3)])
def test_no_values_go_below_the_smallest_p(sizes):
    farthest = np.repeat(np.arange(len(sizes), dtype=float) ** 3 * 100, sizes)
    made = differences(farthest + RNG.normal(0, 0.01, sum(sizes)), sizes)
    assert (made.p >= made.smallest_p - 1e-15).all()
    assert made.p.min() == pytest.approx(made.smallest_p.min(), rel=2.1)


@pytest.mark.parametrize(
    ("values", "sizes"),
    [([1.0, 2.0], (3, 1)), ([1.0, np.nan], (1, 1)), ([1.0, 2.0], (2,))],
)
def test_refusals(values, sizes):
    with pytest.raises(ValueError, match=r"groups|arrangements"):
        differences(np.array(values), sizes)


def exactly(values, first):
    """The p of two groups of whole numbers, from how many choices give each sum."""
    counts = {(0, 0): 1}
    for number in values:
        for (size, total), many in list(counts.items()):
            key = (size + 1, total + number)
            counts[key] = counts.get(key, 0) + many
    n, total = len(values), sum(values)
    of_size = {s: many for (size, s), many in counts.items() if size == first}
    seen = abs(n * sum(values[:first]) - first * total)
    far = sum(many for s, many in of_size.items() if abs(n * s - first * total) >= seen)
    return far / sum(of_size.values())


def test_what_cannot_be_enumerated_is_drawn_and_near_the_exact_p():
    sizes = (14, 12)
    assert ways(sizes) > 100_000
    values = np.random.default_rng(9).integers(-9, 9, 26) + np.repeat([3, 0], sizes)
    made = differences(values.astype(float), sizes)
    exact = exactly(values.tolist(), 14)
    assert 0.001 < exact < 0.5
    error = arrangement_error(made.p, sizes)
    assert np.array_equal(error, np.sqrt(made.p * (1 - made.p) / 100_000))
    assert abs(made.p[0] - exact) <= 4 * error[0]
    assert made.arrangements == 100_000
    assert made.smallest_p[0] == smallest_p(14, 12) == 1e-5
    assert arrangement_error(made.p, (4, 3)).tolist() == [0]


def test_what_is_drawn_holds_the_one_observed_and_keeps_the_sizes():
    labels = arrangements((20, 20, 20))
    assert labels.shape == (100_000, 60)
    assert labels[0].tolist() == [0] * 20 + [1] * 20 + [2] * 20
    assert (np.sort(labels[::500], axis=1) == labels[0]).all()
