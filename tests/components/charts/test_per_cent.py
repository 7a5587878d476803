"""Shares of spend are drawn and said in per cent; everything else is drawn as it is."""

import json

import pandas as pd
import pytest

import app  # noqa: F401 (pages bring in every card)
from analytics.findings.expenditure import expenditure, expenditure_ratio
from analytics.measures.ratios.lines import TOTAL
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.quantity import Quantity, Scale
from components.card.card import cards_under
from components.charts.per_cent import IN_UNIT, in_per_cent


def test_a_share_is_spend_over_all_spend():
    shares = {key for key, one in RATIOS.items() if one.scale is Scale.SHARE}
    assert shares == {key for key, one in RATIOS.items() if one.denominator == (TOTAL,)}


@pytest.mark.parametrize("key", ["expenditure-years", "expenditure-places", "expenditure-pilots"])
def test_ticks_and_words_of_a_share_are_in_per_cent(key):
    card = cards_under(HOME)[key]
    figure = card.figure(card.finding.publish(from_search("ratio=cla_share")))
    written = json.dumps(figure, ensure_ascii=False)
    assert "£1" not in written
    assert "percentage points" in written
    assert '"ticksuffix": "%"' in written
    other = card.figure(card.finding.publish(from_search("ratio=residential_to_fostering")))
    assert "£1" in json.dumps(other, ensure_ascii=False)


def test_every_column_in_the_unit_is_a_hundred_times_as_large(publish):
    published = publish(expenditure_ratio.years, "ratio=cla_share")
    drawn, quantity = in_per_cent(published.frame, published.quantity)
    for name in ("pilots", "comparator", "gap", "low", "high"):
        pd.testing.assert_series_equal(drawn[name], published.frame[name] * 100)
    assert drawn["n"].equals(published.frame["n"])
    assert drawn["year_end"].equals(published.frame["year_end"])
    assert quantity.scale is Scale.PERCENT
    assert published.frame["pilots"].max() < 1


def test_rows_have_units_of_their_own(publish):
    published = publish(expenditure.gaps)
    drawn, _ = in_per_cent(published.frame, published.quantity)
    shares = published.frame["scale"] == Scale.SHARE
    assert shares.any()
    assert not shares.all()
    assert drawn.loc[shares, "gap"].equals(published.frame.loc[shares, "gap"] * 100)
    assert drawn.loc[~shares].equals(published.frame.loc[~shares])
    assert set(drawn.loc[shares, "scale"]) == {"percent"}
    assert drawn["standardised"].equals(published.frame["standardised"])


def test_words_beside_the_figures_stay_words():
    frame = pd.DataFrame({"before": ["2012/13 to 2013/14"], "gap": [0.02]})
    drawn, _ = in_per_cent(frame, Quantity(unit="£ per £1", scale=Scale.SHARE))
    assert drawn["before"].tolist() == ["2012/13 to 2013/14"]
    assert drawn["gap"].tolist() == [2.0]


def test_what_has_no_share_is_not_copied():
    frame = pd.DataFrame({"value": [1.0]})
    assert in_per_cent(frame, Quantity(unit="%", scale=Scale.PERCENT))[0] is frame


@pytest.mark.parametrize("key", [
    "expenditure-years", "expenditure-places", "expenditure-pilots", "expenditure-gaps",
    "expenditure-changes", "neighbours-verdicts", "change-verdict", "change-years", "change-bands",
    "change-windows", "robustness-view", "robustness-placebo", "robustness-specifications",
    "robustness-without", "robustness-bands", "robustness-pooled", "robustness-detectable",
    "robustness-placebos",
])  # fmt: skip
def test_every_number_in_the_unit_of_a_share_is_listed(key):
    """A column that is missed would be drawn a hundred times too small."""
    published = cards_under(HOME)[key].finding.publish(from_search("about=ratio&ratio=cla_share"))
    shares = published.frame.get("scale", pd.Series([published.quantity.scale]))
    assert shares.eq(Scale.SHARE).any()
    unlisted = set(published.frame.select_dtypes("number")) - set(IN_UNIT)
    assert unlisted <= {
        "n", "n_same", "year_end", "years", "p", "p_adjusted", "standardised", "standardised_low",
        "standardised_high", "t_p", "wilcoxon_p", "smallest_p", "first_used", "last_used",
        "p_error", "p_placebo", "p_equivalence", "smallest_adjusted", "joint_below", "joint_p",
        "joint_flips",
        "n_suppressed", "pilot_years", "k", "place", "draws", "all_draws", "far", "outsiders",
        "serves", "arrangements", "n_first", "n_second", "all_pairs", "ordered_pairs", "kept",
        "before_all_pairs", "before_ordered_pairs", "before_p", "before_trend_p", "p_all",
        "p_all_adjusted", "trend_arrangements", "trend_p", "trend_p_found", "level_adjusted",
        "ratio", "relative", "relative_low", "relative_high", "relative_adjusted",
        "breakdown", "t_breakdown",
    }  # fmt: skip


@pytest.mark.parametrize(
    "key", ["robustness-view", "robustness-without", "robustness-bands", "robustness-pooled"]
)
def test_a_dot_is_drawn_inside_its_interval(key):
    published = cards_under(HOME)[key].finding.publish(from_search("about=ratio&ratio=cla_share"))
    drawn = in_per_cent(published.frame, published.quantity)[0]
    held = drawn[drawn["low"].notna()]
    assert len(held)
    assert ((held["low"] < held["estimate"]) & (held["estimate"] < held["high"])).all()
    assert (held["estimate"].abs() > (held["high"] - held["low"]) / 100).any()
