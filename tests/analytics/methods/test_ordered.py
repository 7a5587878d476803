from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.methods.ordered import DRAWS, clustered_delta

COUNTS = st.integers(0, 9).map(float)
PILOTS = st.integers(0, 4).map(float)
# Three pilots, two waves, four answers: small enough to draw in every possible way.
FIRST = np.array([[4.0, 3, 2, 1], [1, 5, 2, 0], [0, 2, 6, 3]])
SECOND = np.array([[2.0, 3, 4, 2], [0, 2, 5, 3], [1, 4, 2, 2]])

TEN = np.random.default_rng(5).multinomial(30, np.full(5, 0.2), size=(2, 10)).astype(float)


def cliffs_delta(first, second):
    """The delta of all people together: of one pilot."""
    return clustered_delta(first[..., None, :], second[..., None, :], draws=1).estimate


def people(counts):
    return np.repeat(np.arange(len(counts)), counts.astype(int))


def by_pairs(first, second):
    """Every person of one wave against every person of the other."""
    pairs = [np.sign(b - a) for a, b in product(people(first), people(second))]
    return np.mean(pairs) if pairs else np.nan


def test_the_printed_example_of_an_r_package():
    # effsize's manual: these treated and controls have a delta of -0.25.
    treated = np.bincount([1, 1, 2, 2, 2, 3, 3, 3, 4, 5]).astype(float)
    controls = np.bincount([1, 2, 3, 4, 4, 5]).astype(float)
    assert float(cliffs_delta(controls, treated)) == -0.25


@settings(deadline=None, max_examples=60)
@given(waves=arrays(float, (2, 3, 5), elements=COUNTS))
def test_delta_agrees_with_every_pair_of_people(waves):
    expected = [by_pairs(a, b) for a, b in zip(*waves, strict=True)]
    assert cliffs_delta(*waves) == pytest.approx(expected, nan_ok=True)


def test_delta_agrees_with_scipys_mann_whitney():
    u = stats.mannwhitneyu(people(SECOND[0]), people(FIRST[0])).statistic
    pairs = FIRST[0].sum() * SECOND[0].sum()
    assert float(cliffs_delta(FIRST[0], SECOND[0])) == pytest.approx(2 * u / pairs - 1)


@settings(deadline=None, max_examples=60)
@given(waves=arrays(float, (2, 5), elements=COUNTS))
def test_waves_or_answers_turned_round_turn_the_sign(waves):
    found = float(cliffs_delta(*waves))
    assert float(cliffs_delta(*waves[::-1])) == pytest.approx(-found, nan_ok=True)
    assert float(cliffs_delta(*waves[:, ::-1])) == pytest.approx(-found, nan_ok=True)
    assert np.isnan(found) or -1 <= found <= 1


@pytest.mark.parametrize("confidence", [0.95, 0.8])
def test_the_interval_is_that_of_every_possible_draw_of_pilots(confidence):
    deltas = [
        by_pairs(FIRST[list(drawn)].sum(axis=0), SECOND[list(drawn)].sum(axis=0))
        for drawn in product(range(3), repeat=3)
    ]
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    low, high = np.quantile(deltas, tails, method="inverted_cdf")
    found = clustered_delta(FIRST, SECOND, draws=60_000, confidence=confidence)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.estimate == pytest.approx(by_pairs(FIRST.sum(axis=0), SECOND.sum(axis=0)))


def test_the_interval_comes_near_scipys_bootstrap_of_pilots():
    def delta(rows, axis):
        chosen = np.moveaxis(rows, axis, -1).astype(int)
        return cliffs_delta(TEN[0][chosen].sum(axis=-2), TEN[1][chosen].sum(axis=-2))

    reference = stats.bootstrap(
        (np.arange(10.0),),
        delta,
        n_resamples=4000,
        method="percentile",
        rng=np.random.default_rng(1),
    ).confidence_interval
    found = clustered_delta(*TEN, draws=4000)
    assert (found.low, found.high) == pytest.approx(tuple(reference), abs=0.01)


@settings(deadline=None, max_examples=30)
@given(waves=arrays(float, (2, 4, 3), elements=PILOTS))
def test_percentiles_are_numpys_over_the_draws_with_answers(waves):
    generator = np.random.default_rng(3)
    weights = generator.multinomial(4, np.full(4, 0.25), size=50)
    drawn = np.array([by_pairs(w @ waves[0], w @ waves[1]) for w in weights])
    found = clustered_delta(*waves, draws=50, seed=3)
    present = (waves.sum(axis=(0, 2)) > 0).sum()
    assert found.pilots == present
    assert found.draws == (~np.isnan(drawn)).sum()
    if found.draws and present > 1:
        low, high = np.nanquantile(drawn, [0.025, 0.975])
        assert (found.low, found.high) == pytest.approx((low, high))
    else:
        assert np.isnan([found.low, found.high]).all()


def test_items_share_the_draws_and_each_is_as_if_alone():
    first, second = np.stack([FIRST, SECOND]), np.stack([SECOND, FIRST])
    found = clustered_delta(first, second)
    alone = clustered_delta(FIRST, SECOND)
    assert found.estimate.tolist() == [alone.estimate, -alone.estimate]
    assert (found.low[0], found.high[0]) == (alone.low, alone.high)
    assert -found.high[1] == pytest.approx(float(alone.low))
    assert -found.low[1] == pytest.approx(float(alone.high))
    assert found.first.tolist() == [FIRST.sum(), SECOND.sum()]
    assert found.draws.tolist() == [DRAWS, DRAWS]
    assert "whole pilots" in found.method


def test_the_seed_fixes_the_interval():
    one, again, other = (clustered_delta(*TEN, draws=50, seed=s) for s in (1, 1, 2))
    assert (one.low, one.high) == (again.low, again.high)
    assert (one.low, one.high) != (other.low, other.high)


def test_pilots_that_all_answer_alike_widen_the_interval():
    alike = np.zeros((10, 2))
    alike[:5, 0] = alike[5:, 1] = 20.0
    mixed = np.full((10, 2), 10.0)
    apart, even = clustered_delta(mixed, alike), clustered_delta(mixed, mixed)
    assert even.high == even.low == 0
    assert apart.high - apart.low > 0.4


def test_a_pilot_that_was_not_asked_counts_as_no_answers():
    missing, none = FIRST.copy(), FIRST.copy()
    missing[1], none[1] = np.nan, 0.0
    found, reference = clustered_delta(missing, SECOND), clustered_delta(none, SECOND)
    assert (found.estimate, found.low) == (reference.estimate, reference.low)
    assert found.pilots == 3


def test_one_pilot_has_a_delta_but_no_interval():
    found = clustered_delta(FIRST[:1], SECOND[:1])
    assert found.estimate == pytest.approx(by_pairs(FIRST[0], SECOND[0]))
    assert np.isnan([found.low, found.high]).all()


@pytest.mark.parametrize("shape", [(), (1,), (3, 1)])
def test_a_single_answer_is_no_scale(shape):
    with pytest.raises(ValueError, match="two answers or more is expected"):
        clustered_delta(np.ones(shape), np.ones(shape))


def test_waves_of_different_shape_are_refused():
    with pytest.raises(ValueError, match=r"first \(1, 5\) and second \(1, 4\)"):
        clustered_delta(np.ones((1, 5)), np.ones((1, 4)))


@pytest.mark.parametrize("wrong", [-1.0, 0.5, np.inf])
def test_answers_that_cannot_be_are_refused(wrong):
    answers = np.array([1.0, wrong, 2.0])
    with pytest.raises(ValueError, match=f"second answers hold {wrong}"):
        cliffs_delta(np.ones(3), answers)


@pytest.mark.parametrize("shape", [(5,), (0, 5)])
def test_no_pilots_are_refused(shape):
    with pytest.raises(ValueError, match=r"\(\.\.\., pilots, answers\) is expected"):
        clustered_delta(np.ones(shape), np.ones(shape))


def test_a_pilot_known_in_part_is_refused():
    part = FIRST.copy()
    part[0, 2] = np.nan
    with pytest.raises(ValueError, match="1 pilots have some answers missing"):
        clustered_delta(FIRST, part)


def test_no_draws_and_confidence_in_per_cent_are_refused():
    with pytest.raises(ValueError, match="draws is 0"):
        clustered_delta(FIRST, SECOND, draws=0)
    with pytest.raises(ValueError, match="confidence is 95"):
        clustered_delta(FIRST, SECOND, confidence=95)
