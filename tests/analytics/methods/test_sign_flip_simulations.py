"""Size and coverage of everything that rests on sign flips, simulated.

The p of n pilots comes in steps of 2 / 2**n, so that a test at 5 % cannot have a size of exactly
5 %. What it can have, for any continuous gaps that are symmetric about their mean, is the largest
step below 5 %: 3.1 % at n = 6, 4.7 % at 8 and 4.9 % at 10; with five pilots or fewer it never
rejects. Coverage is what is left: 96.9, 95.3 and 95.1 %.
"""

from itertools import product
from math import ceil, sqrt

import numpy as np
import pytest
from scipy.stats import skew, ttest_1samp

from analytics.methods.equivalence import equivalence
from analytics.methods.flip_interval import flip_interval
from analytics.methods.noncentral import standardised_mean
from analytics.methods.pair_permutation import pair_permutation
from analytics.methods.reach import joint_flip_count
from analytics.methods.signflip import sign_flips

RUNS = 2_500
SEED = 20141101
ATTAINABLE = {6: 1 / 32, 7: 3 / 64, 8: 6 / 128, 10: 25 / 512}


def drawn(kind, n, runs=RUNS):
    """Gaps with a true mean of zero."""
    rng = np.random.default_rng([SEED, n])
    return {
        "normal": lambda: rng.normal(0, 1, (runs, n)),
        "heavy tails": lambda: rng.standard_t(2, (runs, n)),
        "unequal spread": lambda: rng.normal(0, 1, (runs, n)) * np.linspace(0.2, 4, n),
        "skewed": lambda: rng.exponential(1, (runs, n)) - 1,
    }[kind]()


def near(share, runs=RUNS):
    """Four standard errors of a simulated share."""
    return 4 * sqrt(share * (1 - share) / runs)


@pytest.mark.parametrize("n", ATTAINABLE)
def test_the_attainable_size_is_the_largest_step_below_5_per_cent(n):
    steps = 2 ** (n - 1)
    assert ATTAINABLE[n] == (ceil(0.05 * steps) - 1) / steps < 0.05


@pytest.mark.parametrize("n", ATTAINABLE)
def test_over_all_signs_of_given_sizes_it_is_exact(n):
    sizes = np.random.default_rng(SEED).exponential(1, n)
    gaps = np.array(list(product((1.0, -1.0), repeat=n))) * sizes
    rejected = sign_flips(gaps) < 0.05
    assert rejected.mean() == ATTAINABLE[n]
    found = flip_interval(gaps + 7)
    assert np.array_equal((found.low <= 7) & (found.high >= 7), ~rejected)


@pytest.mark.parametrize("kind", ["normal", "heavy tails", "unequal spread"])
@pytest.mark.parametrize("n", ATTAINABLE)
def test_size_and_coverage_are_what_is_attainable(kind, n):
    gaps = drawn(kind, n)
    size = ATTAINABLE[n]
    rejected = sign_flips(gaps) < 0.05
    assert abs(rejected.mean() - size) <= near(size)
    assert rejected.mean() <= 0.05 + near(0.05)
    found = flip_interval(gaps + 7)  # the truth is 7
    covered = (found.low <= 7) & (found.high >= 7)
    assert np.array_equal(covered, ~rejected)
    assert covered.mean() >= 0.95 - near(0.05)


@pytest.mark.parametrize(("n", "runs"), [(20, 100), (40, 200)])
def test_larger_programmes_keep_their_size_and_find_what_the_t_test_finds(n, runs):
    gaps = drawn("normal", n, runs)
    assert abs((sign_flips(gaps) < 0.05).mean() - 0.05) <= near(0.05, runs)
    found, student = sign_flips(gaps + 0.6) < 0.05, ttest_1samp(gaps + 0.6, 0, axis=1).pvalue < 0.05
    assert (found != student).mean() < 0.04
    few = gaps[:4]
    covered = flip_interval(few + 7)
    inside = (covered.low <= 7) & (covered.high >= 7)
    assert np.array_equal(inside, sign_flips(few) >= 0.05)


def test_five_pilots_never_reject_and_always_cover():
    gaps = drawn("normal", 5, 200)
    assert (sign_flips(gaps) >= 0.05).all()
    assert np.isinf(flip_interval(gaps).low).all()


def test_skewed_gaps_break_the_assumption_of_symmetry():
    # This is why placebo p stands beside it: size is no longer kept.
    rejected = (sign_flips(drawn("skewed", 10)) < 0.05).mean()
    assert 0.06 <= rejected <= 0.12


def test_a_sample_that_looks_skewed_is_not_where_the_size_is_lost():
    # This is why no verdict is marked as skewed: the mark would be on the wrong ones.
    gaps = drawn("skewed", 10, 10_000)
    rejected = sign_flips(gaps) < 0.05
    looks_it = skew(gaps, axis=1, bias=False) > 1
    marked, unmarked = rejected[looks_it].mean(), rejected[~looks_it].mean()
    assert 0.4 < looks_it.mean() < 0.7
    assert 0.07 - near(0.07, 10_000) < rejected.mean() < 0.1 + near(0.1, 10_000)
    assert marked < 0.09
    assert unmarked > 0.11
    normal = skew(drawn("normal", 10, 10_000), axis=1, bias=False)
    assert (np.abs(normal) > 1).mean() > 0.1


@pytest.mark.parametrize(("n", "size"), [(5, 1 / 32), (6, 3 / 64), (8, 12 / 256), (10, 51 / 1024)])
def test_equivalence_is_found_at_most_as_often_as_it_may_where_it_is_false(n, size):
    # The true mean is the margin itself, the hardest case; one-sided steps are 1 / 2**n.
    gaps = drawn("normal", n) + 5
    found = (equivalence(gaps, np.full(RUNS, 5.0)).p < 0.05).mean()
    assert abs(found - size) <= near(size)
    assert found <= 0.05 + near(0.05)
    beyond = equivalence(gaps[:500] + 0.5, np.full(500, 5.0)).p < 0.05
    assert beyond.mean() < found


def test_the_difference_that_is_ruled_out_is_seldom_smaller_than_the_truth():
    gaps = drawn("normal", 10) + 2
    found = equivalence(gaps, np.full(RUNS, np.nan))
    assert (found.ruled_out < 2).mean() <= 0.05 + near(0.05)
    covered = (found.low <= 2) & (found.high >= 2)
    assert 0.9 - near(0.1) <= covered.mean() <= 0.9 + near(0.1) + 2 / 1024


def test_the_interval_of_the_standardised_mean_covers_where_gaps_are_normal():
    gaps = drawn("normal", 10, 2_000) + 0.8
    found = standardised_mean(gaps)
    correction = found.estimate / (gaps.mean(axis=1) / gaps.std(axis=1, ddof=1))
    covered = (found.low <= 0.8 * correction) & (found.high >= 0.8 * correction)
    assert abs(covered.mean() - 0.95) <= near(0.05, 2_000)


@pytest.mark.parametrize(("a", "b", "size"), [(4, 3, 1 / 35), (3, 3, 0.0)])
def test_two_bands_reject_as_often_as_their_arrangements_let_them(a, b, size):
    # Two-sided p below 0.05: of 35 arrangements one is; of 20, where two always tie, none.
    values = drawn("normal", 7)
    found = pair_permutation(values[:, :a], values[:, a : a + b])
    assert abs((found.p < 0.05).mean() - size) <= near(max(size, 0.001))


def test_as_many_small_p_values_as_these_are_as_rare_as_the_share_says():
    # Indicators that go together: the share of joint flips is itself a p-value.
    rng = np.random.default_rng(SEED)
    runs = 400
    shares = np.array(
        [
            joint_flip_count(rng.normal(0, 1, (24, 8)) + 2 * rng.normal(0, 1, 8)).share
            for _ in range(runs)
        ]
    )
    for level in (0.05, 0.1, 0.2):
        assert (shares <= level).mean() <= level + near(level, runs)
