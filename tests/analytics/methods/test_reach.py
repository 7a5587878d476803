"""What a family can show, against searches over p-values and flips one at a time."""

from itertools import product
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.methods.drawn_flips import drawn_signs
from analytics.methods.multiplicity import adjust, max_t
from analytics.methods.reach import joint_flip_count, reach
from analytics.methods.signflip import sign_flips, smallest_p

WHOLE = st.one_of(st.just(nan), st.integers(-5, 5).map(float))
STEPS = st.integers(1, 8)


@pytest.mark.parametrize(
    ("method", "smallest", "alone"),
    [
        ("none", 2 / 1024, 2 / 1024),
        ("holm", 24 * 2 / 1024, 24 * 2 / 1024),
        ("bh", 2 / 1024, 24 * 2 / 1024),
        ("max-t", 2 / 1024, 2 / 1024),
    ],
)
def test_ten_pilots_and_24_indicators(method, smallest, alone):
    found = reach(np.full(24, 10), method=method)
    assert found.smallest == pytest.approx(np.full(24, smallest))
    assert found.alone == pytest.approx(np.full(24, alone))


def test_holm_over_24_needs_ten_pilots():
    assert reach(np.full(24, 10), method="holm").smallest[0] == pytest.approx(0.046875)
    assert reach(np.full(24, 9), method="holm").smallest[0] == pytest.approx(0.09375)
    assert reach(np.full(24, 4), method="holm").smallest[0] == 1


@settings(deadline=None, max_examples=100)
@given(n=arrays(np.int64, 4, elements=STEPS), data=st.data())
@pytest.mark.parametrize("method", ["none", "holm", "bh"])
def test_no_p_values_that_are_possible_go_below_it(method, n, data):
    # Exact p-values are multiples of the smallest: 2 / 2**n, twice that, and so on.
    p = np.array([data.draw(st.integers(1, 2 ** (int(k) - 1))) * smallest_p(int(k)) for k in n])
    found = reach(n, method=method)
    adjusted = adjust(p, np.zeros((4, 2)), method=method)
    assert (adjusted >= found.smallest - 1e-12).all()
    least = np.array([smallest_p(int(k)) for k in n])
    assert adjust(least, np.zeros((4, 2)), method=method) == pytest.approx(found.smallest)
    others = np.where(np.arange(4) == 2, least, 1.0)
    if method != "none":
        assert adjust(others, np.zeros((4, 2)), method=method)[2] == pytest.approx(found.alone[2])


@settings(deadline=None, max_examples=60)
@given(gaps=arrays(float, (3, 6), elements=WHOLE))
def test_max_t_cannot_go_below_it(gaps):
    found = reach((~np.isnan(gaps)).sum(axis=1), method="max-t")
    adjusted = max_t(gaps)
    assert np.array_equal(np.isnan(found.smallest), np.isnan(adjusted))
    here = ~np.isnan(adjusted)
    assert (adjusted[here] >= found.smallest[here] - 1e-12).all()


def test_max_t_can_reach_it():
    alike = np.array([10.0, 10.1, 9.9, 10.05, 9.95, 10.02])
    gaps = np.vstack([alike, alike * 3 + 0.01, -alike])
    found = reach(np.full(3, 6), method="max-t")
    assert max_t(gaps) == pytest.approx(found.smallest)


def test_an_indicator_without_pilots_is_out_of_the_family():
    found = reach(np.array([10, 0, 1, 10]), method="holm")
    assert found.smallest == pytest.approx([3 * 2 / 1024, nan, 1.0, 3 * 2 / 1024], nan_ok=True)
    together = reach(np.array([10, 0, 1]), method="max-t")
    assert together.smallest == pytest.approx([2 / 1024, nan, nan], nan_ok=True)


def by_enumeration(gaps, alpha):
    """Flip every pilot in all indicators, and test the flipped gaps from the start."""
    counts = [
        int((sign_flips(gaps * np.array(signs)) < alpha).sum())
        for signs in product((1, -1), repeat=gaps.shape[1])
    ]
    return counts[0], np.mean(counts), np.mean(np.array(counts) >= counts[0])


@settings(deadline=None, max_examples=40)
@given(gaps=arrays(float, (4, 6), elements=WHOLE), alpha=st.sampled_from([0.05, 0.1, 0.125, 0.4]))
def test_the_count_agrees_with_every_flip_tested_from_the_start(gaps, alpha):
    found = joint_flip_count(gaps, alpha=alpha)
    below, expected, share = by_enumeration(gaps, alpha)
    assert (found.below, found.share) == (below, pytest.approx(share))
    assert found.expected == pytest.approx(expected)
    assert found.tested == (~np.isnan(gaps).all(axis=1)).sum()
    assert found.flips == 64


def test_one_indicator_alone_is_its_own_test():
    gaps = np.array([[3.0, 1.0, 2.5, 4.0, 0.5, 1.5, 2.2]])
    found = joint_flip_count(gaps)
    assert (found.below, found.share) == (1, 6 / 128)  # every p below 0.05, which is 3 of 64


def test_none_below_is_no_surprise():
    found = joint_flip_count(np.array([[1.0, -1.0, 0.5], [2.0, nan, nan]]))
    assert (found.below, found.share, found.expected) == (0, 1, 0)


def test_no_pilot_and_no_indicator():
    found = joint_flip_count(np.empty((0, 0)))
    assert (found.tested, found.below, found.share, found.flips) == (0, 0, 1, 1)


def test_ten_of_24_with_the_default_selection(official, core):
    found = joint_flip_count(official.levels(*core))
    assert (found.tested, found.below, found.flips) == (24, 10, 1024)
    assert found.share == 2 / 1024


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match=r"pilots are \[-1\]; one of 0 or more"):
        reach(np.array([-1]), method="holm")
    with pytest.raises(ValueError, match="for each indicator is expected"):
        reach(np.array(10), method="bh")
    with pytest.raises(ValueError, match="alpha is 5"):
        joint_flip_count(np.zeros((1, 3)), alpha=5)
    with pytest.raises(ValueError, match=r"\(indicators, pilots\)"):
        joint_flip_count(np.zeros(3))
    with pytest.raises(ValueError, match="infinite"):
        joint_flip_count(np.array([[np.inf]]))


def test_above_twenty_pilots_the_count_is_that_of_the_p_values_shown():
    gaps = np.random.default_rng(5).normal(0.35, 1, (12, 30))
    gaps[3, 9:] = np.nan
    found = joint_flip_count(gaps)
    assert found.below == (sign_flips(gaps) < 0.05).sum() > 0
    assert found.flips == 100_000
    assert found.expected == pytest.approx(12 * 0.05, rel=0.05)
    assert reach(np.array([30, 9]), method="none").smallest.tolist() == [1e-5, 1 / 2**8]


@pytest.mark.parametrize("whole", [False, True])
def test_above_twenty_pilots_every_flip_is_compared_with_all_that_are_drawn(whole):
    gaps = np.random.default_rng(4).normal(0.2, 2, (3, 24))
    gaps = np.round(gaps) if whole else gaps
    sizes = np.abs(gaps @ drawn_signs(24))
    bars = np.sort(sizes, axis=1)[:, -5_000:-4_999] + 1e-9
    below = (sizes > bars).sum(axis=0)
    found = joint_flip_count(gaps)
    assert (found.below, found.expected) == (below[0], below.mean())
    assert found.share == (below >= below[0]).mean()
