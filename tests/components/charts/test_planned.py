"""Charts of plans, read from their figures."""

import json

import pytest

from analytics.findings.plan import plan_curve, plan_detectable
from analytics.selection.parse import from_search
from components.charts.planned import by_councils, smallest_changes

CROWDED = "?indicator=cpp_open_dur_pct_2yplus&plan-councils=60"
LONG = "?indicator=assess_days_median&plan-before=5&plan-after=5"
QUERIES = ("", "?plan-councils=6&compare=england", CROWDED, LONG, "?plan-councils=4")


@pytest.mark.parametrize("query", QUERIES)
def test_every_row_has_its_dot_and_its_words(query):
    published = plan_detectable.detectable.publish(from_search(query))
    if published.withheld:
        assert query == "?plan-councils=4"
        return
    drawn = smallest_changes(published.frame, published.quantity)
    [dots] = drawn["data"]
    assert json.dumps(drawn, allow_nan=False)
    assert len(dots["x"]) == len(dots["customdata"]) == len(published.frame)
    values = [one for one in drawn["layout"]["annotations"] if one.get("name") == "value"]
    assert [one["y"] for one in values] == dots["y"]
    silent = [one for one in values if "no answer" in one["text"]]
    assert len(silent) == published.frame["relative"].isna().sum() == dots["x"].count(None)
    assert sum(name.startswith("<b>") for name in dots["y"]) == 1
    held = [one for one in dots["x"] if one is not None]
    assert held == sorted(held)


@pytest.mark.parametrize("query", QUERIES)
def test_each_design_is_a_line_and_the_number_chosen_is_marked(query):
    published = plan_curve.curve.publish(from_search(query))
    drawn = by_councils(published.frame, published.quantity)
    assert json.dumps(drawn, allow_nan=False)
    lines = [one for one in drawn["data"] if not one.get("meta", {}).get("silent")]
    assert len(lines) == published.frame["design"].nunique()
    asked = published.frame[published.frame["asked"] == "yes"].iloc[0]
    marks = [one for one in drawn["data"] if one.get("meta", {}).get("silent")]
    assert [one["x"] + one["y"] for one in marks] == (
        [] if asked["withheld"] else [[asked["councils"], asked["smallest_change"]]]
    )
    [entries] = [
        one["text"] for one in drawn["layout"]["annotations"] if isinstance(one["text"], list)
    ]
    assert len(entries) == len(lines) + len(marks)
    for line in lines:
        held = [one for one in line["y"] if one is not None]
        # So many councils leave few to compare with that more may show less.
        assert query == CROWDED or held == sorted(held, reverse=True)
