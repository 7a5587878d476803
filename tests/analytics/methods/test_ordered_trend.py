"""Jonckheere-Terpstra against brute force, SciPy's tau and a printed example."""

from itertools import chain, combinations, pairwise, permutations
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.methods.ordered_trend import ordered_trend
from analytics.methods.pair_permutation import pair_permutation

MAYBE = st.one_of(st.just(nan), st.integers(-8, 8).map(lambda x: x / 10))
# Hollander and Wolfe (1999), example 6.2: pieces finished by workers with no, rough and accurate
# information about their output. They find J = 79 and J* = 2.04 with ties counted.
NONE = np.array([[40.0, 35, 38, 43, 44, 41]])
ROUGH = np.array([[38.0, 40, 47, 44, 40, 42]])
ACCURATE = np.array([[48.0, 40, 45, 43, 46, 44]])


def counted(groups):
    """The textbook's count of pairs."""
    return sum(
        (b > a) + (a == b) / 2
        for first, second in combinations(groups, 2)
        for a in first
        for b in second
    )


def brute(groups):
    """Every permutation of the members, each arrangement many times over."""
    sizes = [len(group) for group in groups]
    ends = np.cumsum([0, *sizes])
    seen = counted(groups)
    every = [
        counted([order[a:b] for a, b in pairwise(ends)])
        for order in permutations(chain.from_iterable(groups))
    ]
    return seen, np.mean([one >= seen for one in every]), np.mean([one <= seen for one in every])


def by_labels(groups):
    """Every order of the labels, ties and all."""
    values = list(chain.from_iterable(groups))
    labels = [at for at, group in enumerate(groups) for _ in group]

    def one(dealt):
        return counted([[v for v, to in zip(values, dealt, strict=True) if to == at]
                        for at in range(len(groups))])  # fmt: skip

    seen, every = one(labels), [one(dealt) for dealt in set(permutations(labels))]
    return seen, np.mean([x >= seen for x in every]), np.mean([x <= seen for x in every])


@settings(deadline=None, max_examples=30)
@given(
    groups=st.tuples(
        arrays(float, (2, 3), elements=MAYBE),
        arrays(float, (2, 2), elements=MAYBE),
        arrays(float, (2, 2), elements=MAYBE),
    )
)
def test_it_agrees_with_every_order_of_the_labels(groups):
    found = ordered_trend(list(groups))
    for row in range(2):
        present = [group[row][~np.isnan(group[row])].tolist() for group in groups]
        if not all(present):
            assert np.isnan([found.statistic[row], found.p[row], found.p_rising[row]]).all()
            assert (found.arrangements[row], found.exact[row]) == (0, False)
            continue
        seen, rising, falling = by_labels(present)
        assert found.statistic[row] == seen
        assert found.p_rising[row] == pytest.approx(rising)
        assert found.p_falling[row] == pytest.approx(falling)
        assert found.p[row] == pytest.approx(min(2 * min(rising, falling), 1))
        assert found.exact[row]


def test_without_ties_it_agrees_with_every_order_of_the_members():
    values = np.random.default_rng(8).normal(0, 1, 7).tolist()
    groups = [values[:3], values[3:5], values[5:]]
    found = ordered_trend([np.array([group]) for group in groups])
    seen, rising, falling = brute(groups)
    assert found.statistic[0] == seen
    assert (found.p_rising[0], found.p_falling[0]) == pytest.approx((rising, falling))


def test_large_groups_are_not_gone_through():
    # More arrangements than whole numbers of 64 bits hold.
    found = ordered_trend(list(np.arange(60.0).reshape(3, 1, 20)))
    assert (found.statistic[0], found.arrangements[0], found.exact[0]) == (1_200, 0, False)
    assert found.p_rising[0] < 1e-9


def test_a_printed_example_by_the_normal_approximation():
    found = ordered_trend([NONE, ROUGH, ACCURATE])
    assert (found.statistic[0], found.expected[0]) == (79, 54)
    assert not found.exact[0]
    assert found.arrangements[0] == 0  # of 17,153,136
    assert stats.norm.isf(found.p_rising[0]) == pytest.approx(2.04, abs=0.005)
    assert found.p[0] == pytest.approx(2 * found.p_rising[0])


@settings(deadline=None, max_examples=40)
@given(values=arrays(float, (2, 30), elements=st.integers(-6, 6).map(float)))
def test_the_approximation_is_that_of_kendalls_tau_with_the_labels(values):
    groups = np.split(values, [9, 17], axis=1)
    found = ordered_trend(list(groups))
    labels = np.repeat([0, 1, 2], [9, 8, 13])
    for row in range(2):
        if np.ptp(values[row]) == 0:
            assert found.p[row] == 1
            continue
        reference = stats.kendalltau(labels, values[row], method="asymptotic")
        assert found.p[row] == pytest.approx(reference.pvalue)
        assert (found.p_rising[row] < 0.5) == (reference.statistic > 0)


def test_the_approximation_is_near_the_exact_p():
    rng = np.random.default_rng(9)
    values = rng.normal(0, 1, (20, 10)) + np.repeat([0, 0.5, 1.0], [4, 3, 3])
    exact = ordered_trend(np.split(values, [4, 7], axis=1))
    tau = [stats.kendalltau(np.repeat([0, 1, 2], [4, 3, 3]), row, method="asymptotic").pvalue
           for row in values]  # fmt: skip
    assert np.abs(exact.p - tau).max() < 0.1


def test_wholly_ordered_groups_of_4_3_3_have_one_arrangement_of_4200():
    values = np.arange(10.0)[None]
    found = ordered_trend(np.split(values, [4, 7], axis=1))
    assert found.arrangements[0] == 4_200
    assert found.p_rising[0] == 1 / 4_200
    assert found.p_falling[0] == 1
    assert found.p[0] == 2 / 4_200


@settings(deadline=None, max_examples=30)
@given(first=arrays(float, (2, 4), elements=MAYBE), second=arrays(float, (2, 3), elements=MAYBE))
def test_turning_values_or_groups_round_turns_the_direction_round(first, second):
    found = ordered_trend([first, second])
    for turned in (ordered_trend([-first, -second]), ordered_trend([second, first])):
        assert turned.p_rising == pytest.approx(found.p_falling, nan_ok=True)
        assert turned.p == pytest.approx(found.p, nan_ok=True)
    assert np.array_equal(found.arrangements, pair_permutation(first, second).arrangements)


def test_more_experience_a_larger_icpc_gap_with_the_default_selection(official):
    values, bands = official.levels("icpc_rate"), np.array(official.bands)
    found = ordered_trend(
        [values[:, bands == one] for one in ("beginner", "two-years", "over-two")]
    )
    assert found.arrangements[0] == 4_200
    assert found.p_rising[0] == pytest.approx(1 / 4_200)
    assert found.p[0] == pytest.approx(2 / 4_200)


def test_what_is_not_ordered_groups_is_refused():
    with pytest.raises(ValueError, match="2 or more with as many indicators"):
        ordered_trend([NONE])
    with pytest.raises(ValueError, match=r"\(2, 6\)\]; 2 or more with as many"):
        ordered_trend([NONE, np.zeros((2, 6))])
    with pytest.raises(ValueError, match=r"\(indicators, pilots\)"):
        ordered_trend([NONE[0], ROUGH])
    with pytest.raises(ValueError, match="infinite"):
        ordered_trend([NONE, np.array([[inf]])])
