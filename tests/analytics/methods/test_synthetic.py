"""Synthetic difference-in-differences against the worked example that comes with its R package."""

import csv
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize

from analytics.methods.synthetic import placebo_paths, simplex_weights, synthetic

BEFORE = 19  # 1970 to 1988


@pytest.fixture(scope="module")
def smoking():
    file = Path(__file__).with_name("published") / "california_prop99.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        _, *rows = csv.reader(lines)
    states = {state: np.array(values, dtype=float) for state, *values in rows}
    return states.pop("California")[None], np.array(list(states.values()))


# The documentation of synthdid prints -15.604, -19.620 and -27.349. Its own solver stops short of
# the minimum for synthetic control; at the minimum it is -19.514.
@pytest.mark.parametrize(
    ("form", "printed", "within"),
    [
        ("synthetic-did", -15.604, 0.002),
        ("synthetic-control", -19.620, 0.11),
        ("did", -27.349, 5e-4),
    ],
)
def test_the_printed_estimates_for_california(smoking, form, printed, within):
    treated, others = smoking
    assert synthetic(treated, others, BEFORE, form=form).estimate == pytest.approx(
        printed, abs=within
    )


def test_the_weights_of_years_are_those_printed(smoking):
    treated, others = smoking
    # The documentation prints those of 1986, 1987 and 1988, and 0 for all others.
    years = synthetic(treated, others, BEFORE).years
    assert years[:16] == pytest.approx(np.zeros(16), abs=1e-6)
    assert years[16:] == pytest.approx([0.366, 0.206, 0.427], abs=0.001)


def test_the_spread_of_placebos_is_near_the_printed_standard_error(smoking):
    _, others = smoking
    found = placebo_paths(others, 1, BEFORE, draws=200, rng=np.random.default_rng(3))
    # The documentation prints about 9.9, itself from 200 random draws.
    assert found[:, BEFORE:].mean(axis=1).std() == pytest.approx(9.9, abs=1.5)


@pytest.mark.parametrize("constant", [True, False])
def test_weights_are_at_the_minimum_that_another_solver_finds(constant):
    rng = np.random.default_rng(5)
    columns, target = rng.normal(0, 1, (9, 6)), rng.normal(0, 1, 9)
    found = simplex_weights(columns, target, ridge=0.3, constant=constant)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()

    def loss(weights):
        left = columns @ weights - target
        left = left - left.mean() if constant else left
        return left @ left + 0.3 * weights @ weights

    other = optimize.minimize(
        loss, np.full(6, 1 / 6), method="SLSQP", bounds=[(0, 1)] * 6,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
    )  # fmt: skip
    assert loss(found) == pytest.approx(other.fun, rel=1e-6)


def test_an_effect_added_to_the_treated_is_found_whole(smoking):
    treated, others = smoking
    later = np.arange(treated.shape[1]) >= BEFORE
    without = synthetic(treated, others, BEFORE)
    with_it = synthetic(treated + 10 * later, others, BEFORE)
    assert with_it.estimate == pytest.approx(without.estimate + 10)
    assert np.array_equal(with_it.places, without.places)
    assert (with_it.treated - with_it.others)[later].mean() == pytest.approx(with_it.estimate)


def test_where_all_places_run_in_parallel_every_form_with_a_constant_finds_nothing():
    path = np.array([3.0, 5, 4, 6, 8, 7, 9])
    others = path + np.array([[0.0], [4], [10], [-2]])
    treated = path + np.array([[20.0], [30]])
    found = [synthetic(treated, others, 5, form=form) for form in ("synthetic-did", "did")]
    assert [one.estimate for one in found] == pytest.approx([0, 0], abs=1e-6)
    assert [one.fit for one in found] == pytest.approx([0, 0], abs=1e-6)


@pytest.mark.parametrize(
    ("treated", "others", "before", "words"),
    [
        (np.ones((1, 4)), np.ones((3, 5)), 3, "one length"),
        (np.full((1, 5), np.nan), np.ones((3, 5)), 3, "missing or infinite"),
        (np.ones((1, 5)), np.ones((1, 5)), 3, "1 treated and 1 other"),
        (np.ones((1, 5)), np.ones((3, 5)), 5, "5 of 5 years are before"),
    ],
)
def test_what_cannot_be_compared_is_refused(treated, others, before, words):
    with pytest.raises(ValueError, match=words):
        synthetic(treated, others, before)
