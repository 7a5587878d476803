import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analytics.methods.gap import comparator, mean_gap, pilot_changes, pilot_gaps
from analytics.methods.signed_rank import signed_rank

NAN = np.nan
# Student (1908), from Cushny and Peebles: extra hours of sleep, ten patients, two drugs. He
# prints a mean difference of 1.58 and a standard deviation (over n) of 1.17.
SLEEP = np.array([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
MAYBE = st.one_of(st.just(NAN), st.integers(-100, 100).map(float))
PRE = np.array([True, True, False, False])
POST = ~PRE


def by_hand(values, row, average, fewest):
    """One indicator, pilot and year, in plain Python."""
    rows = [j for j in row if j >= 0]
    present = [values[j] for j in rows if not np.isnan(values[j])]
    if not present or len(present) < min(fewest, len(rows)):
        return NAN, len(present)
    return getattr(statistics, average)(present), len(present)


@settings(deadline=None, max_examples=60)
@given(
    values=arrays(float, (2, 6, 3), elements=MAYBE),
    listed=st.lists(
        st.permutations(range(6)).flatmap(
            lambda rows: st.integers(0, 4).map(lambda k: [*rows[:k], *[-1] * (4 - k)])
        ),
        min_size=3,
        max_size=3,
    ),
    average=st.sampled_from(["mean", "median"]),
    fewest=st.integers(1, 5),
)
def test_every_comparator_agrees_with_one_worked_alone(values, listed, average, fewest):
    found = comparator(values, np.array(listed), average=average, fewest=fewest)
    assert found.value.shape == found.count.shape == (2, 3, 3)
    assert found.expected.tolist() == [sum(j >= 0 for j in row) for row in listed]
    for m, n, y in np.ndindex(2, 3, 3):
        value, count = by_hand(values[m, :, y], listed[n], average, fewest)
        assert found.value[m, n, y] == pytest.approx(value, nan_ok=True)
        assert found.count[m, n, y] == count


def test_five_neighbours_are_enough_and_four_are_not():
    values = np.array([[[1.0, 1.0], [2.0, 2.0], [3.0, 3.0], [4.0, 4.0], [10.0, NAN], [NAN, NAN]]])
    listed = np.array([[0, 1, 2, 3, 4, 5], [0, 1, 2, -1, -1, -1], [-1] * 6])
    mean = comparator(values, listed, average="mean")
    median = comparator(values, listed, average="median")
    assert mean.value[0] == pytest.approx(np.array([[4, NAN], [2, 2], [NAN, NAN]]), nan_ok=True)
    assert median.value[0] == pytest.approx(np.array([[3, NAN], [2, 2], [NAN, NAN]]), nan_ok=True)
    assert mean.count[0].tolist() == [[5, 4], [3, 3], [0, 0]]
    assert mean.expected.tolist() == [6, 3, 0]


def test_the_order_of_the_neighbours_does_not_matter_and_nothing_is_changed():
    values = np.random.default_rng(2).normal(size=(3, 8, 2))
    before = values.copy()
    listed = np.array([[0, 3, 5, 6, 7, -1]])
    one = comparator(values, listed, average="mean").value
    other = comparator(values, listed[:, ::-1].copy(), average="mean").value
    assert one == pytest.approx(other)
    assert np.array_equal(values, before)


@pytest.mark.parametrize(
    ("shape", "listed", "words"),
    [
        ((2, 3), [[0]], r"\(indicators, authorities, years\)"),
        ((2, 3, 1), [0], r"\(pilots, places\) are expected"),
        ((2, 3, 1), [[]], "no places"),
        ((2, 3, 1), [[0, 3]], "run from 0 to 3; 0 to 2"),
        ((2, 3, 1), [[-2, 1]], "run from -2 to 1"),
        ((2, 3, 1), [[0, 1, 2], [1, -1, 1]], r"rows \[1\] list a neighbour twice"),
    ],
)
def test_neighbours_that_cannot_be_are_refused(shape, listed, words):
    with pytest.raises(ValueError, match=words):
        comparator(np.zeros(shape), np.array(listed, dtype=int), average="mean")


def test_no_neighbour_at_all_is_refused_as_a_rule():
    with pytest.raises(ValueError, match="fewest is 0"):
        comparator(np.zeros((1, 2, 1)), np.array([[0]]), average="mean", fewest=0)


def test_a_gap_is_averaged_over_the_years_that_have_both():
    pilots = np.array([[[5.0, 7.0, NAN, 4.0], [1.0, NAN, NAN, NAN]]])
    neighbours = np.array([[[4.0, NAN, 3.0, 1.0], [NAN, 2.0, 2.0, 2.0]]])
    assert pilot_gaps(pilots, neighbours) == pytest.approx(np.array([[2.0, NAN]]), nan_ok=True)


def test_a_change_is_after_minus_before():
    pilots = np.array([[[5.0, 7.0, 9.0, 6.0], [5.0, NAN, 9.0, 9.0], [NAN, NAN, 2.0, 3.0]]])
    neighbours = np.array([[[4.0, 4.0, 4.0, 4.0], [4.0, 4.0, NAN, 4.0], [1.0, 1.0, 1.0, 1.0]]])
    # (5 + 2)/2 - (1 + 3)/2; 5 - 1; no year before.
    found = pilot_changes(pilots, neighbours, pre=PRE, post=POST)
    assert found == pytest.approx(np.array([[1.5, 4.0, NAN]]), nan_ok=True)


@settings(deadline=None, max_examples=40)
@given(
    pilots=arrays(float, (2, 3, 4), elements=MAYBE),
    neighbours=arrays(float, (2, 3, 4), elements=MAYBE),
    shift=st.integers(-50, 50),
)
def test_a_constant_gap_is_no_change(pilots, neighbours, shift):
    changes = pilot_changes(pilots, neighbours, pre=PRE, post=POST)
    moved = pilot_changes(pilots + shift, neighbours, pre=PRE, post=POST)
    back = pilot_changes(pilots, neighbours, pre=POST, post=PRE)
    assert moved == pytest.approx(changes, nan_ok=True)
    assert back == pytest.approx(-changes, nan_ok=True)
    raised = pilot_gaps(pilots + shift, neighbours)
    assert raised == pytest.approx(pilot_gaps(pilots, neighbours) + shift, nan_ok=True)


def test_pilots_and_comparator_of_two_shapes_are_refused():
    with pytest.raises(ValueError, match=r"one shape \(indicators, pilots, years\)"):
        pilot_gaps(np.zeros((2, 3, 4)), np.zeros((2, 3, 5)))
    with pytest.raises(ValueError, match="one shape"):
        pilot_changes(np.zeros((3, 4)), np.zeros((3, 4)), pre=PRE, post=POST)


@pytest.mark.parametrize(
    ("pre", "post", "words"),
    [
        (PRE[:3], POST, r"pre is bool \(3,\); bool \(4,\)"),
        (PRE, np.array([2, 3, 0, 0]), "post is int64"),
        (PRE, np.array([False, True, True, True]), "1 years are both before and after"),
    ],
)
def test_years_that_cannot_be_told_apart_are_refused(pre, post, words):
    with pytest.raises(ValueError, match=words):
        pilot_changes(np.zeros((1, 2, 4)), np.zeros((1, 2, 4)), pre=pre, post=post)


def test_students_sleep():
    found = mean_gap(SLEEP[None])
    assert found.estimate == pytest.approx([1.58])
    assert found.sd * np.sqrt(0.9) == pytest.approx([1.17], abs=0.005)  # printed, over n
    assert found.t_p == pytest.approx([0.00283], abs=5e-6)  # R, t.test on `sleep`
    assert (found.t_low[0], found.t_high[0]) == pytest.approx((0.7001142, 2.4598858), abs=5e-8)
    assert found.n.tolist() == [10]
    # J for nine degrees of freedom: gamma(4.5) is 11.6317, gamma(4) is 6, root 4.5 is 2.1213.
    assert found.standardised == pytest.approx(1.58 / found.sd * 0.91387, rel=1e-5)


@settings(deadline=None, max_examples=40)
@given(gaps=arrays(float, (3, 7), elements=MAYBE), confidence=st.sampled_from([0.8, 0.95, 0.99]))
def test_each_indicator_agrees_with_scipy(gaps, confidence):
    found = mean_gap(gaps, confidence=confidence)
    for i, row in enumerate(gaps):
        present = row[~np.isnan(row)]
        assert found.n[i] == len(present)
        if len(present) < 2 or np.ptp(present) == 0:
            assert np.isnan(found.t_p[i])
            assert np.isnan(found.standardised[i])
            continue
        reference = stats.ttest_1samp(present, 0)
        interval = reference.confidence_interval(confidence)
        assert found.estimate[i] == pytest.approx(statistics.fmean(present))
        assert found.sd[i] == pytest.approx(statistics.stdev(present))
        assert (found.t_low[i], found.t_high[i]) == pytest.approx(tuple(interval))
        assert found.t_p[i] == pytest.approx(reference.pvalue)
        if (
            len(present) > 2
            and not np.isin(0, present)
            and len(set(np.abs(present))) == len(present)
        ):
            exact = stats.wilcoxon(present, method="exact").pvalue
            assert signed_rank(gaps)[i] == pytest.approx(exact)


@pytest.mark.parametrize("n", [3, 4, 10, 20])
def test_the_correction_is_what_makes_the_standardised_gap_unbiased(n):
    # E[1 / chi(f)] is an integral of the density of chi; J is what undoes it.
    freedom = n - 1
    gaps = np.random.default_rng(n).normal(1, 1, size=(1, n))
    found = mean_gap(gaps)
    correction = 1 / (np.sqrt(freedom) * stats.chi(freedom).expect(lambda x: 1 / x))
    assert found.standardised == pytest.approx(found.estimate / found.sd * correction, rel=1e-6)


def test_too_few_pilots_leave_what_cannot_be_said_missing():
    gaps = np.array([[NAN, NAN, NAN], [2.0, NAN, NAN], [2.0, 4.0, NAN]])
    found = mean_gap(gaps)
    assert found.estimate == pytest.approx([NAN, 2, 3], nan_ok=True)
    assert np.isnan(found.t_low).tolist() == np.isnan(found.t_high).tolist() == [True, True, False]
    assert np.isnan(found.sd).tolist() == np.isnan(found.t_p).tolist() == [True, True, False]
    assert np.isnan(found.standardised).all()
    assert signed_rank(gaps) == pytest.approx([NAN, 1, 0.5], nan_ok=True)
    assert found.n.tolist() == [0, 1, 2]


def test_gaps_that_differ_by_rounding_alone_do_not_vary():
    gaps = np.array([[0.3, 0.1 + 0.2, 0.3], [0.0, 0.0, 0.0]])
    found = mean_gap(gaps)
    assert found.sd.tolist() == [0, 0]
    assert np.isnan(found.standardised).all()
    assert np.isnan(found.t_p).all()
    assert signed_rank(gaps) == pytest.approx([0.25, NAN], nan_ok=True)


def test_no_indicator_gives_no_answer():
    assert mean_gap(np.empty((0, 10))).estimate.shape == (0,)


def test_what_is_not_a_table_of_gaps_is_refused():
    with pytest.raises(ValueError, match=r"\(indicators, pilots\) is expected"):
        mean_gap(SLEEP)
    with pytest.raises(ValueError, match="infinite"):
        mean_gap(np.array([[np.inf, 1.0]]))


def test_confidence_in_per_cent_is_refused():
    with pytest.raises(ValueError, match="confidence is 95"):
        mean_gap(SLEEP[None], confidence=95)


@pytest.mark.parametrize(
    ("average", "weights", "words"),
    [
        ("median", [[1.0, 1.0]], "weights were given for a median"),
        ("mean", [[1.0, 1.0, 1.0]], r"weights have shape \(1, 3\)"),
        ("mean", [[1.0, -1.0]], "least -1.0"),
    ],
)
def test_weights_that_do_not_fit_are_refused(average, weights, words):
    with pytest.raises(ValueError, match=words):
        comparator(
            np.ones((1, 3, 1)), np.array([[1, 2]]), average=average, weights=np.array(weights)
        )
