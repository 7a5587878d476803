"""The event study against plain loops."""

import math
from statistics import fmean, stdev

import numpy as np
import pytest
from scipy import stats

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
    margin = stats.t.ppf(0.975, n - 1) * stdev(moved) / math.sqrt(n)
    return mean, mean - margin, mean + margin, n


@pytest.mark.parametrize("year", range(7))
def test_every_year_agrees_with_plain_loops(year):
    made = event_study(GAPS, base=BASE)
    mean, low, high, n = by_loops(GAPS, BASE, year)
    assert made.n[year] == n
    np.testing.assert_allclose(
        [made.estimate[year], made.low[year], made.high[year]], [mean, low, high], rtol=1e-12
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
