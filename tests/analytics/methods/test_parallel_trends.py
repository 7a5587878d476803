"""Breakdown values, against a search over worst paths and figures worked by hand."""

from itertools import product
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.methods.flip_interval import flip_interval
from analytics.methods.parallel_trends import parallel_trends

PRE = np.array([True, True, False, False])
POST = ~PRE
MAYBE = st.one_of(st.just(nan), st.integers(-50, 50).map(lambda x: x / 10))
# Seven pilots: 2 lower in the last year before than in the one before it, then 9 and 12 lower.
SHIFTS = np.array([0.0, 0.3, -0.3, 0.1, -0.1, 0.2, -0.2])
GAPS = np.stack([SHIFTS * 0, SHIFTS * 0 - 2, SHIFTS - 11, SHIFTS - 14], axis=1)[None]


def worst(low, high, drift, steps, share):
    """Widen an interval by the worst of all paths that move by at most `share` of the drift."""
    paths = np.cumsum(list(product((-share * drift, share * drift), repeat=steps)), axis=1)
    bias = paths.mean(axis=1)
    return low - bias.max(), high - bias.min()


def test_worked_by_hand():
    found = parallel_trends(GAPS, pre=PRE, post=POST)
    assert found.estimate[0] == pytest.approx(-10.5)
    assert found.drift[0] == 2
    assert found.years[0] == 1.5
    # Seven pilots: the second smallest mean of a subset from above; the nearer end is -10.2.
    assert found.high[0] == pytest.approx(flip_interval((SHIFTS - 10.5)[None]).high[0])
    assert found.breakdown[0] == pytest.approx(-found.high[0] / 3)
    student = stats.ttest_1samp(SHIFTS - 10.5, 0).confidence_interval()
    assert (found.t_low[0], found.t_high[0]) == pytest.approx(tuple(student))
    assert found.t_breakdown[0] == pytest.approx(-student.high / 3)


@settings(deadline=None, max_examples=60)
@given(gaps=arrays(float, (2, 8, 5), elements=st.integers(-50, 50).map(lambda x: x / 10)))
def test_up_to_the_breakdown_the_worst_path_leaves_zero_out_and_beyond_it_does_not(gaps):
    pre = np.array([True, True, False, False, False])
    found = parallel_trends(gaps - np.array([0, 0, 6, 6, 6]), pre=pre, post=~pre)
    assert found.years.tolist() == [2, 2]
    for row in range(2):
        ends = found.low[row], found.high[row], found.drift[row], 3
        if not 0 < found.breakdown[row] < inf:
            assert found.drift[row] == 0 or found.low[row] <= 0 <= found.high[row]
            continue
        low, high = worst(*ends, found.breakdown[row] * 0.999)
        assert low > 0 or high < 0
        low, high = worst(*ends, found.breakdown[row] * 1.001)
        assert low < 0 < high


@settings(deadline=None, max_examples=60)
@given(gaps=arrays(float, (3, 6, 4), elements=MAYBE), scale=st.sampled_from([-1.0, 3.0, 1e6]))
def test_unit_and_direction_do_not_matter_and_what_is_unknown_stays_unknown(gaps, scale):
    found = parallel_trends(gaps, pre=PRE, post=POST)
    again = parallel_trends(gaps * scale, pre=PRE, post=POST)
    assert again.t_breakdown == pytest.approx(found.t_breakdown, nan_ok=True)
    for row, each in enumerate(gaps):
        pairs = each[:, 1] - each[:, 0]
        known = not np.isnan(pairs).all()
        assert np.isnan(found.drift[row]) == (not known)
        if known:
            assert found.drift[row] == pytest.approx(abs(np.nanmean(pairs)))
        effect = ~np.isnan(each[:, 1]) & ~np.isnan(each[:, 2:]).all(axis=1)
        assert np.isnan(found.estimate[row]) == (not effect.any())
        assert np.isnan(found.breakdown[row]) == (not (known and effect.any()))


def test_the_largest_of_several_moves_counts_and_years_apart_are_no_move():
    pre = np.array([True, True, True, False, True, False])
    gaps = np.tile([0.0, 3.0, 2.0, 90.0, 1.0, -9.0], (1, 6, 1))
    found = parallel_trends(gaps, pre=pre, post=np.arange(6) == 5)
    assert (found.drift[0], found.estimate[0], found.years[0]) == (3, -10, 1)
    assert found.breakdown[0] == pytest.approx(10 / 3)


def test_a_pilot_without_a_year_after_counts_with_those_it_has():
    gaps = np.array(GAPS)
    gaps[0, 0, 3] = nan  # one year after the last before is left, so one step
    found = parallel_trends(gaps, pre=PRE, post=POST)
    assert found.years[0] == pytest.approx((6 * 1.5 + 1) / 7)


def test_no_drift_no_breakdown_and_an_interval_that_holds_zero_none_either():
    still = GAPS.copy()
    still[:, :, 1] = 0
    assert parallel_trends(still, pre=PRE, post=POST).breakdown[0] == inf
    few = parallel_trends(GAPS[:, :5], pre=PRE, post=POST)
    assert (few.low[0], few.high[0], few.breakdown[0]) == (-inf, inf, 0)
    assert few.t_breakdown[0] > 0
    one = parallel_trends(GAPS, pre=np.array([False, True, False, False]), post=POST)
    assert np.isnan([one.drift[0], one.breakdown[0]]).all()


def test_new_plans_with_the_default_selection(official):
    found = parallel_trends(official.yearly("cpp_start_rate")[None], pre=PRE, post=POST)
    assert found.t_breakdown[0] == pytest.approx(0.69, abs=0.005)
    assert found.breakdown[0] == pytest.approx(0.78, abs=0.005)


@pytest.mark.parametrize(
    ("gaps", "pre", "post", "words"),
    [
        (GAPS[0], PRE, POST, "one truth a year are expected"),
        (GAPS, PRE[:3], POST[:3], r"pre \(3,\)"),
        (GAPS + np.array([inf, 0, 0, 0]), PRE, POST, "7 gaps are infinite"),
        (GAPS, PRE & False, POST, r"before are years \[\]"),
        (GAPS, PRE, POST & False, r"after \[\]"),
        (GAPS, POST, PRE, r"before are years \[2, 3\], after \[0, 1\]"),
    ],
)
def test_years_that_do_not_fit_are_refused(gaps, pre, post, words):
    with pytest.raises(ValueError, match=words):
        parallel_trends(gaps, pre=pre, post=post)
