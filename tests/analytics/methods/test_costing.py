"""The cost card's arithmetic against examples worked by hand."""

import numpy as np
import pytest

from analytics.methods.costing import Prices, cost, per, rank_of, swung, ties_of, widest_first

PLAIN = {
    "fte": 1.0, "annual_cost": 50_000.0, "on_costs": 30.0, "years": 1.0, "people": 200.0,
    "days": 5.0, "day_cost": 250.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "lead", "training"),
    [
        ({}, 65_000, 250_000),  # 50,000 x 1.3; 200 x 5 x 250
        ({"fte": 0.5, "years": 3.0}, 97_500, 250_000),  # 0.5 x 50,000 x 1.3 x 3
        ({"on_costs": 0.0, "people": 0.0}, 50_000, 0),
        ({"annual_cost": 42_350.0, "on_costs": 28.5, "days": 2.0, "day_cost": 187.5},
         54_419.75, 75_000),  # 42,350 x 1.285; 200 x 2 x 187.50
        ({"fte": 10.0, "people": 2_312.4, "days": 7.0}, 650_000, 4_046_700),
        ({"fte": 0.0}, 0, 250_000),
    ],
)  # fmt: skip
def test_worked_examples(changed, lead, training):
    made = cost(Prices(**{**PLAIN, **changed}))
    assert made.lead == pytest.approx(lead)
    assert made.training == pytest.approx(training)
    assert made.total == pytest.approx(lead + training)


def test_places_are_costed_side_by_side_and_a_missing_one_stays_missing():
    made = cost(Prices(**{**PLAIN, "people": np.array([200.0, np.nan, 0.0])}))
    assert made.total[0] == pytest.approx(315_000)
    assert np.isnan(made.total[1])
    assert made.total[2] == pytest.approx(65_000)


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("wrong", [-0.01, np.inf])
def test_negative_and_endless_assumptions_are_refused(name, wrong):
    with pytest.raises(ValueError, match="expected 0 or more"):
        cost(Prices(**{**PLAIN, name: wrong}))


def test_nothing_is_divided_by_nothing():
    found = per(np.array([10.0, 10.0, 10.0, np.nan]), np.array([4.0, 0.0, np.nan, 2.0]))
    assert found[0] == 2.5
    assert np.isnan(found[1:]).all()
    assert float(per(np.asarray(9.0), np.asarray(3.0))) == 3


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("fte", 315_000 - 16_250, 315_000 + 16_250),  # a quarter of 65,000
        ("days", 315_000 - 62_500, 315_000 + 62_500),  # a quarter of 250,000
        ("on_costs", 315_000 - 3_750, 315_000 + 3_750),  # 50,000 x 7.5 %
    ],
)
def test_one_assumption_is_moved_with_the_others_held(name, low, high):
    assert swung(Prices(**PLAIN), name, 0.25) == pytest.approx((low, high))


@pytest.mark.parametrize("share", [0, 1, -0.2, 25])
def test_a_share_is_between_nought_and_one(share):
    with pytest.raises(ValueError, match="between 0 and 1"):
        swung(Prices(**PLAIN), "fte", share)


def test_an_unknown_assumption_is_refused():
    with pytest.raises(ValueError, match="weather"):
        swung(Prices(**PLAIN), "weather", 0.25)


def test_equal_widths_share_a_rank_and_keep_their_order():
    widths = [10.0, 30.0, 30.001, 0.0, 10.0, 20.0]  # pounds; a tenth of a penny is noise
    assert [rank_of(widths, at) for at in range(6)] == [4, 1, 1, 6, 4, 3]
    assert widest_first(widths) == [1, 2, 5, 0, 4, 3]
    assert [ties_of(widths, at) for at in range(6)] == [[4], [2], [1], [], [0], []]


def test_a_penny_is_a_difference():
    assert [rank_of([10.0, 10.01], at) for at in range(2)] == [2, 1]
    assert ties_of([10.0, 10.01], 0) == []


def test_noise_of_floating_point_is_no_difference():
    low, high = swung(Prices(**PLAIN), "days", 0.25)
    lower, higher = swung(Prices(**PLAIN), "day_cost", 0.25)
    assert ties_of([high - low, (higher - lower) * (1 + 1e-12)], 0) == [1]
