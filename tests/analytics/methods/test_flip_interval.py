"""The inverted interval against the test it is the inverse of, value by value."""

from fractions import Fraction
from itertools import pairwise, product
from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.methods.drawn_flips import drawn_signs
from analytics.methods.flip_interval import flip_interval, flip_intervals
from analytics.methods.signflip import sign_flips

TENTHS = st.integers(-30, 30).map(lambda x: x / 10)
MAYBE = st.one_of(st.just(nan), TENTHS)
# Darwin's maize, eighths of an inch. Fisher (1935), section 21, finds p = 5.267 %: zero is just
# inside the interval.
DARWIN = np.array([49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48], dtype=float)


def by_fractions(gaps, confidence):
    """Search for the ends among every value at which p can change, without any rounding."""
    gaps = [Fraction(round(10 * gap), 10) for gap in gaps]
    alpha = 1 - Fraction(str(confidence))
    flips = list(product((1, -1), repeat=len(gaps)))

    def inside(value):
        left = [gap - value for gap in gaps]
        seen = abs(sum(left))
        far = sum(abs(sum(s * x for s, x in zip(signs, left, strict=True))) >= seen
                  for signs in flips)  # fmt: skip
        return Fraction(far, len(flips)) >= alpha

    if inside(max(gaps) + 1000):
        return -inf, inf
    means = sorted(
        {
            sum(chosen) / len(chosen)
            for signs in flips
            if (chosen := [g for g, s in zip(gaps, signs, strict=True) if s < 0])
        }
    )
    held = [value for value in means if inside(value)]
    between = [(a + b) / 2 for a, b in pairwise(means)]
    assert all(min(held) < value < max(held) for value in between if inside(value))
    return float(min(held)), float(max(held))


@settings(deadline=None, max_examples=25)
@given(
    gaps=st.lists(TENTHS, min_size=1, max_size=6),
    confidence=st.sampled_from([0.5, 0.9, 0.95, 0.96875]),
)
def test_the_ends_are_those_of_a_search_in_fractions(gaps, confidence):
    found = flip_interval(np.array([gaps]), confidence=confidence)
    assert (found.low[0], found.high[0]) == pytest.approx(by_fractions(gaps, confidence), abs=1e-9)


@pytest.mark.parametrize("confidence", [0.9, 0.95])
@pytest.mark.parametrize("n", [5, 6, 8, 10])
def test_the_interval_is_what_the_test_does_not_reject_on_a_fine_grid(n, confidence):
    rng = np.random.default_rng(n)
    for gaps in (rng.normal(3, 5, n), rng.integers(-4, 9, n).astype(float), rng.exponential(2, n)):
        found = flip_interval(gaps[None], confidence=confidence)
        values = np.linspace(gaps.min() - 1, gaps.max() + 1, 2_001)
        p = sign_flips(gaps[None, :] - values[:, None])
        inside = (found.low <= values) & (values <= found.high)
        assert np.array_equal(inside, p >= 1 - confidence)


@settings(deadline=None, max_examples=150)
@given(
    gaps=arrays(float, (3, 7), elements=MAYBE),
    confidence=st.sampled_from([0.9, 0.95, 0.96875, 0.984375]),
)
def test_zero_is_inside_exactly_where_the_test_does_not_reject_it(gaps, confidence):
    found = flip_interval(gaps, confidence=confidence)
    p = sign_flips(gaps)
    here = ~np.isnan(p)
    assert np.array_equal(np.isnan(found.low), ~here)
    assert np.array_equal(np.isnan(found.high), ~here)
    inside = (found.low <= 0) & (found.high >= 0)
    assert np.array_equal(inside[here], p[here] >= 1 - confidence)


@settings(deadline=None, max_examples=100)
@given(gaps=arrays(float, 7, elements=TENTHS), subset=st.sets(st.integers(0, 6), min_size=1))
def test_the_mean_of_any_subset_is_judged_as_the_test_judges_it(gaps, subset):
    value = gaps[sorted(subset)].mean()
    moved = gaps - value
    if np.ptp(gaps) == 0:
        return  # what is left is rounding alone
    found = flip_interval(moved[None])
    inside = bool(found.low[0] <= 0 <= found.high[0])
    assert inside == (sign_flips(moved[None])[0] >= 0.05)


@settings(deadline=None, max_examples=60)
@given(
    gaps=arrays(float, 8, elements=TENTHS),
    shift=st.integers(-20, 20),
    scale=st.sampled_from([1e-9, 0.5, 3.0, 1e9]),
)
def test_it_moves_and_stretches_with_the_gaps(gaps, shift, scale):
    found = flip_interval(gaps[None])
    moved = flip_interval((gaps + shift)[None] * scale)
    assert moved.low == pytest.approx((found.low + shift) * scale, rel=1e-9, abs=1e-9 * scale)
    mirrored = flip_interval(-gaps[None])
    assert mirrored.low == pytest.approx(-found.high)
    assert found.low[0] <= gaps.mean() + 1e-9
    assert found.high[0] >= gaps.mean() - 1e-9


@settings(deadline=None, max_examples=60)
@given(gaps=arrays(float, (4, 7), elements=MAYBE))
def test_each_indicator_is_bounded_by_the_pilots_it_has(gaps):
    found = flip_interval(gaps)
    for row, low, high in zip(gaps, found.low, found.high, strict=True):
        present = row[~np.isnan(row)]
        if len(present):
            alone = flip_interval(present[None])
            assert (low, high) == pytest.approx((alone.low[0], alone.high[0]))


@pytest.mark.parametrize(("confidence", "fewest"), [(0.95, 6), (0.9, 5), (0.99, 8)])
def test_too_few_pilots_cannot_bound_it(confidence, fewest):
    for n in range(1, 10):
        found = flip_interval(np.arange(1.0, n + 1)[None], confidence=confidence)
        bounded = n >= fewest
        assert np.isfinite([found.low[0], found.high[0]]).tolist() == [bounded, bounded]
        if not bounded:
            assert (found.low[0], found.high[0]) == (-inf, inf)


def test_six_pilots_give_the_outermost_gaps():
    # With 2 / 64 alone below 5 %, only the flip of one pilot and its like are left: the smallest
    # and the largest gap.
    found = flip_interval(np.array([[3.0, -1.0, 4.0, 1.5, 9.0, 2.5]]))
    assert (found.low[0], found.high[0]) == pytest.approx((-1, 9))


def test_darwins_maize_leaves_zero_inside_by_a_little():
    found = flip_interval(DARWIN[None])
    assert found.low[0] == pytest.approx(-1 / 6)  # the mean of six of the fifteen
    assert sign_flips(DARWIN[None] - found.low[0] + 0.01)[0] < 0.05


def test_gaps_that_are_all_alike_leave_one_value():
    found = flip_interval(np.full((1, 6), 2.5))
    assert (found.low[0], found.high[0]) == (2.5, 2.5)


def test_twenty_pilots_of_many_indicators_are_worked_through_in_parts():
    gaps = np.random.default_rng(1).normal(1, 2, (6, 20))
    found = flip_interval(gaps)
    for value, side in ((found.low, -1), (found.high, 1)):
        inside, outside = value - side * 1e-6, value + side * 1e-6
        assert (sign_flips(gaps[:1] - inside[:1, None]) >= 0.05).all()
        assert (sign_flips(gaps[:1] - outside[:1, None]) < 0.05).all()
    assert found.low[5] == pytest.approx(flip_interval(gaps[5:]).low[0], rel=1e-12)


def test_above_twenty_pilots_the_ends_are_those_of_the_flips_drawn():
    gaps = np.random.default_rng(2).normal(1, 2, (2, 24))
    gaps[1, 15:] = np.nan  # fifteen are enumerated all the same
    found = flip_interval(gaps)
    for value, side in ((found.low, -1), (found.high, 1)):
        assert (sign_flips(gaps - (value - side * 1e-6)[:, None]) >= 0.05).all()
        assert (sign_flips(gaps - (value + side * 1e-6)[:, None]) < 0.05).all()
    few = flip_interval(gaps[1:, :15])
    assert (found.low[1], found.high[1]) == (few.low[0], few.high[0])


@pytest.mark.parametrize("kind", ["ties", "missing", "far from zero", "alike"])
def test_above_twenty_pilots_the_ends_are_in_their_place_among_all_flips(kind):
    gaps = np.random.default_rng(3).normal(0.1, 1, (3, 40))
    match kind:
        case "ties":
            gaps = np.round(gaps)
        case "missing":
            gaps[0, 3], gaps[1, :9] = np.nan, np.nan
        case "far from zero":
            gaps += 1e9  # hardly a digit is left of how far they are apart
        case _:
            gaps[:2] = [[2.5], [0.0]]
    found = flip_interval(gaps, confidence=0.9)
    for row, low, high in zip(gaps, found.low, found.high, strict=True):
        present = ~np.isnan(row)
        net = present.astype(float) @ drawn_signs(40)
        in_f, in_c = (present.sum() - net) / 2, (present.sum() + net) / 2
        held, signs = row[present], drawn_signs(40)[present]
        of_f, of_c = (
            np.divide(held @ side, many, where=many > 0, out=np.full(len(net), np.nan))
            for side, many in ((signs < 0, in_f), (signs > 0, in_c))
        )
        ends = np.fmin(of_f, of_c), np.fmax(of_f, of_c)
        ends[0][np.isnan(of_f + of_c)], ends[1][np.isnan(of_f + of_c)] = -inf, inf
        expected = np.sort(ends[0])[9_999], np.sort(ends[1])[-10_000]
        assert (low, high) == pytest.approx(expected, rel=1e-12, abs=1e-9 * np.ptp(held))


@pytest.mark.parametrize("n", [9, 15, 23])
def test_several_levels_at_once_are_those_of_each_alone(n):
    gaps = np.random.default_rng(n).normal(0, 1, (3, n))
    gaps[1, :3] = np.nan
    levels = (0.95, 0.5, 0.9)
    for level, found in zip(levels, flip_intervals(gaps, confidences=levels), strict=True):
        alone = flip_interval(gaps, confidence=level)
        assert (found.low.tolist(), found.high.tolist()) == (
            alone.low.tolist(),
            alone.high.tolist(),
        )


def test_no_indicator_gives_no_interval():
    assert flip_interval(np.empty((0, 10))).low.shape == (0,)
    assert np.isnan(flip_interval(np.empty((2, 0))).low).tolist() == [True, True]


def test_what_cannot_be_flipped_is_refused():
    with pytest.raises(ValueError, match=r"\(indicators, pilots\) is expected"):
        flip_interval(DARWIN)
    with pytest.raises(ValueError, match="infinite"):
        flip_interval(np.array([[inf, 1.0]]))
    with pytest.raises(ValueError, match="confidence is 95"):
        flip_interval(DARWIN[None], confidence=95)
