"""The charts of spend: shares, pounds per child, jumps."""

import pytest

from analytics.findings.expenditure import (
    expenditure_children,
    expenditure_lines,
    expenditure_quality,
)
from components.charts.composition import shares
from components.charts.jump_grid import jumps
from components.charts.spend_panels import per_child


def named(figure, name):
    return next(trace for trace in figure["data"] if trace.get("name") == name)


@pytest.mark.parametrize("finding", [expenditure_lines.by_category, expenditure_lines.by_line])
def test_shares_are_drawn_in_per_cent_widest_first(publish, finding):
    published = publish(finding)
    figure = shares(published.frame, published.quantity)
    drawn = named(figure, "Pilots, last year")
    assert drawn["x"] == sorted(drawn["x"], reverse=True)
    assert drawn["x"][0] == pytest.approx(100 * published.frame["pilots"].max())
    assert len(drawn["y"]) == len(set(drawn["y"])) == len(published.frame)
    assert all("Pilots" not in words and "%" in words for words in drawn["customdata"])


def test_one_year_has_one_mark_in_the_key(publish, written):
    published = publish(expenditure_lines.by_category, "years=2016-2016")
    (key,) = written(shares(published.frame, published.quantity))
    assert "○" not in key
    assert "2015/16" in key


def test_each_spend_has_its_own_panel_and_scale(publish):
    published = publish(expenditure_children.spend)
    figure = per_child(published.frame, published.quantity)
    layout = figure["layout"]
    domains = [layout[axis]["domain"] for axis in ("yaxis", "yaxis2", "yaxis3")]
    assert all(low < high for low, high in domains)
    assert all(domains[at][0] > domains[at + 1][1] for at in range(2))
    assert layout["xaxis"]["anchor"] == "y3"
    cash = [trace for trace in figure["data"] if trace["name"] == "Pilots, cash"]
    assert [trace["yaxis"] for trace in cash] == ["y", "y2", "y3"]
    frame = published.frame
    first = frame[(frame["key"] == "spend_per_child")]
    assert cash[0]["y"] == first["pilots"].tolist()


def test_a_mark_holds_how_many_lines_jumped(publish):
    published = publish(expenditure_quality.jumped_lines)
    (trace,) = jumps(published.frame, published.quantity)["data"]
    assert sum(map(int, trace["text"])) == len(published.frame)
    assert len(set(zip(trace["x"], trace["y"], strict=True))) == len(trace["x"])
    assert all("£" in words for words in trace["customdata"])
