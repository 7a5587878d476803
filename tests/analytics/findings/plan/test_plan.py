"""Plans, as the page prints them: each number from its method, each sentence from its rows."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.findings.plan import plan_changes, plan_cost, plan_curve, plan_detectable
from analytics.methods.refusal import NotEstimableError
from analytics.methods.signflip import sign_flips
from analytics.selection.cost_inputs import Costs
from analytics.selection.parse import from_search
from data.load import load
from data.sources.registry import INDICATORS

FEW = "?indicator=cpp_31mar_rate&plan-councils=8"


def test_the_row_in_question_and_the_point_marked_are_one_number():
    asked = [
        one.publish(from_search(FEW)).frame.query("asked == 'yes'").iloc[0]
        for one in (plan_detectable.detectable, plan_curve.curve)
    ]
    same = ["smallest_change", "relative", "councils", "programmes", "first_year", "last_year"]
    assert asked[0][same].tolist() == asked[1][same].tolist()
    assert asked[0]["programmes"] == 10_000
    assert asked[0]["relative"] == pytest.approx(
        100 * asked[0]["smallest_change"] / asked[0]["level"]
    )


def test_every_indicator_has_a_row_and_one_outside_the_family_is_added():
    core = [one.key for one in INDICATOR_FAMILY.core()]
    plain = plan_detectable.detectable.publish(from_search(FEW)).frame
    assert plain["key"].tolist() == core
    more = plan_detectable.detectable.publish(
        from_search("?indicator=sw_agency_pct&plan-councils=8")
    )
    assert more.frame["key"].tolist() == [*core, "sw_agency_pct"]
    assert more.frame["asked"].tolist() == ["no"] * len(core) + ["yes"]


def test_the_smallest_change_can_be_made_again_from_the_whole_table():
    """Neighbours inside a programme count there: with England as comparator there are none."""
    search = "?indicator=cpp_31mar_rate&plan-councils=8&compare=england"
    table = plan_changes.changes.publish(from_search(search)).frame
    own = table[table["key"] == "cpp_31mar_rate"]["gap_change"].dropna().to_numpy()
    row = plan_detectable.detectable.publish(from_search(search)).frame.query("asked == 'yes'")
    size, rng = row["smallest_change"].iloc[0], np.random.default_rng(8)
    drawn = np.array([rng.choice(own, 8, replace=False) for _ in range(4_000)])
    drawn[::2] *= -1
    assert (sign_flips(drawn + size) < 0.05).mean() == pytest.approx(0.8, abs=0.02)
    assert row["spread"].iloc[0] == pytest.approx(own.std(ddof=1))
    assert row["drawn_from"].iloc[0] == len(own)


def test_more_councils_and_fewer_years_are_in_the_curve_of_each_design():
    frame = plan_curve.curve.publish(from_search(FEW)).frame
    assert frame["design"].nunique() == 3
    for _, line in frame.groupby("design"):
        assert line["councils"].is_monotonic_increasing
        assert line["smallest_change"].is_monotonic_decreasing
    assert {8.0, 16.0} <= set(frame[frame["years_before"] == 2]["councils"])


def test_words_name_the_number_the_councils_and_the_years():
    published = plan_detectable.detectable.publish(from_search(FEW))
    row = published.frame.query("asked == 'yes'").iloc[0]
    assert published.verdict.startswith("Eight councils")
    assert f"{row['relative']:.0f}%" in published.verdict
    assert f"{row['smallest_change']:.0f} per 10,000 children" in published.plain
    assert "two years before the start and two after" in published.plain
    curve = plan_curve.curve.publish(from_search(FEW))
    assert "With 16 councils, twice as many" in curve.plain
    many = plan_curve.curve.publish(from_search("?indicator=cpp_31mar_rate&plan-councils=40"))
    assert many.plain.startswith("With 60 councils, a change of")


def test_what_cannot_be_planned_is_said():
    few = plan_detectable.detectable.publish(from_search("?plan-councils=5"))
    assert "fewer than six councils" in few.withheld
    assert few.verdict == "Five councils could show no change"
    assert few.frame["smallest_change"].isna().all()
    curve = plan_curve.curve.publish(from_search("?plan-councils=3"))
    assert not curve.withheld
    assert "With six councils" in curve.plain
    for one in (plan_detectable.detectable, plan_curve.curve, plan_changes.changes):
        assert "no other pilots" in one.publish(from_search("?compare=pilots")).withheld
    regional = "?indicator=care_applications_rate&compare=region"
    assert "comparator has no figures" in plan_curve.curve.publish(from_search(regional)).withheld
    short = "?indicator=assess_days_median&plan-before=5&plan-after=5"
    for one in (plan_detectable.detectable, plan_curve.curve):
        assert "8 years in a row" in one.publish(from_search(short)).plain
    assert "too few figures" in plan_changes.changes.publish(from_search(short)).plain


def test_a_programme_costs_as_many_councils_of_average_size():
    frame = load(INDICATORS).frame
    workers = frame[frame["indicator"].eq("sw_fte_num") & frame["preferred"]]
    last = workers[workers["year_end"] == workers["year_end"].max()]
    local = last[last["code"].astype(str).str.match("E0[6-9]|E10")]["value"].mean()
    published = plan_cost.plan_cost.publish(from_search("?plan-councils=20&plan-after=3&fte=2"))
    whole, one = published.frame.to_dict("records")
    assert one["workers"] == pytest.approx(local, rel=0.02)
    lead = 2 * 50_000 * 1.3 * 3
    training = one["workers"] * 5 * 250
    assert one["lead"] == pytest.approx(lead)
    assert one["total"] == pytest.approx(lead + training)
    assert whole["total"] == pytest.approx(20 * one["total"])
    assert whole["per_year"] == pytest.approx(whole["total"] / 3)
    assert "20 councils over three years" in published.verdict


def test_a_programme_without_a_price_costs_nothing():
    free = plan_cost.plan_cost.publish(from_search("?fte=0&training-days=0"))
    assert free.frame["total"].eq(0).all()
    assert free.verdict.startswith("No cost")


def test_without_a_number_of_social_workers_nothing_is_costed():
    table = load(INDICATORS)
    held = table.frame[table.frame["indicator"] != "sw_fte_num"]
    without = replace(table, digest="without social workers", frame=held)
    tables = {one.key: load(one) for one in plan_cost.plan_cost.sources}
    with pytest.raises(NotEstimableError, match="No official number of social workers"):
        plan_cost.cost_of_programme({**tables, INDICATORS.key: without}, from_search(""))


def test_years_of_a_plan_are_said_in_place_of_those_of_the_card():
    costs = Costs().setting("cost-years", 4)
    assert "for 2 years" in costs.label_for(2)
    assert "for 1 year;" in costs.label_for(1)
    assert "for 4 years" in costs.label
