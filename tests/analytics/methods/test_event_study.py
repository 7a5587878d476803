"""The event study against plain loops."""

import math
from itertools import product
from statistics import fmean

import numpy as np
import pytest

from analytics.methods.event_study import event_study

RNG = np.random.default_rng(11)
GAPS = np.where(RNG.random((10, 7)) < 0.15, np.nan, RNG.normal(3, 2, (10, 7)))
BASE = np.array([True, True, False, False, False, False, False])


def by_loops(gaps, base, year):
    moved = []
    for row in gaps.tolist():
        before = [gap for gap, inside in zip(row, base, strict=True) if inside and gap == gap]  # noqa: PLR0124
        if before and row[year] == row[year]:
            moved.append(row[year] - fmean(before))
    mean, n = fmean(moved), len(moved)
    return mean, end(moved, mean - 40), end(moved, mean + 40), n


def flips(moved, value):
    """The p of the sign-flip test of a value, every flip by itself."""
    apart = np.array(moved) - value
    signs = np.array(list(product([1, -1], repeat=len(moved))))
    return (np.abs(signs @ apart) >= abs(apart.sum()) - 1e-9).mean()


def end(moved, outside):
    """The last value on one side that the test does not reject at 5 %, by halving."""
    if 2 / 2 ** len(moved) >= 0.05:
        return math.copysign(math.inf, outside - fmean(moved))
    inside = fmean(moved)
    for _ in range(60):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if flips(moved, middle) >= 0.05 else (inside, middle)
    return inside


@pytest.mark.parametrize("year", range(7))
def test_every_year_agrees_with_plain_loops(year):
    made = event_study(GAPS, base=BASE)
    mean, low, high, n = by_loops(GAPS, BASE, year)
    assert made.n[year] == n
    np.testing.assert_allclose(
        [made.estimate[year], made.low[year], made.high[year]], [mean, low, high], rtol=1e-6
    )


def test_two_base_years_mirror_each_other_where_pilots_have_both():
    made = event_study(RNG.normal(0, 1, (8, 4)), base=np.array([True, True, False, False]))
    assert made.estimate[0] == pytest.approx(-made.estimate[1])


def test_a_base_of_one_year_stands_at_nought_without_an_interval():
    made = event_study(RNG.normal(0, 1, (8, 4)), base=np.array([False, True, False, False]))
    assert made.estimate[1] == 0
    assert np.isnan(made.low[1])
    assert np.isfinite(made.low[0])


def test_too_few_pilots_have_no_estimate():
    gaps = np.array([[1.0, 2.0], [1.0, 3.0], [np.nan, 4.0]])
    made = event_study(gaps, base=np.array([True, False]))
    assert made.n.tolist() == [2, 2]
    assert np.isnan(made.estimate).all()


@pytest.mark.parametrize(
    ("gaps", "base", "found"),
    [
        (np.zeros(3), np.array([True] * 3), "pilots, years"),
        (np.zeros((2, 3)), np.array([True, False]), "pilots, years"),
        (np.zeros((2, 3)), np.array([False] * 3), "no year"),
    ],
)
def test_refusals(gaps, base, found):
    with pytest.raises(ValueError, match=found):
        event_study(gaps, base=base)
