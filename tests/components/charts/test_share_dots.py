"""Dots with intervals stand where their rows say, and what is hidden is said and not drawn."""

import numpy as np
import pytest

from analytics.findings.people import (
    case_records_read,
    families,
    family_goals,
    family_measures,
    family_scores,
)
from components.charts.share_dots import answers, goals, grades, measures, ribbon, scores, tools


@pytest.fixture
def words(written):
    return lambda figure: " ".join(written(figure)).replace("<br>", " ")


def ends(trace):
    error = trace["error_x"]
    return [
        (x - below, x + above)
        for x, below, above in zip(trace["x"], error["arrayminus"], error["array"], strict=True)
        if x is not None
    ]


@pytest.mark.parametrize("query", ["", "band=two-years"])
@pytest.mark.parametrize(
    ("finding", "chart", "series"),
    [
        (families.shares, answers, "when"),
        (case_records_read.found, tools, "when"),
        (case_records_read.graded, grades, "cohort"),
    ],
    ids=["answers", "tools", "grades"],
)
def test_every_share_shown_is_a_dot_with_its_interval(publish, finding, chart, series, query):
    published = publish(finding, query)
    frame = published.frame
    if series == "cohort":
        frame = frame[frame["cohort_key"] != ""]
    if "agrees" in frame:
        frame = frame[(frame["agrees"] == "yes") & (frame["point"] != "")]
    figure = chart(published.frame, published.quantity)
    known = frame[frame["share"].notna()]
    found = [x for trace in figure["data"] for x in trace["x"] if x is not None]
    assert sorted(found) == pytest.approx(sorted(known["share"]))
    reach = sorted(end for trace in figure["data"] for end in ends(trace))
    rows = sorted(zip(known["low"], known["high"], strict=True))
    assert np.array(reach) == pytest.approx(np.array(rows))
    assert len(figure["data"]) == frame[series].nunique()
    assert figure["layout"]["xaxis"]["range"] == [0, 100]


@pytest.mark.parametrize("hidden", [["yes"], ["partly", "no"], ["yes", "partly", "no"]])
def test_goals_that_are_hidden_have_words_for_dots(publish, hidden, words):
    published = publish(family_goals.achieved)
    frame = published.frame.assign(share=50.0, low=40.0, high=60.0, n=40.0)
    frame.loc[frame["involved"].isin(hidden), ["share", "low", "high", "n"]] = np.nan
    figure = goals(frame, published.quantity)
    [dots] = figure["data"]
    assert len([x for x in dots["x"] if x is not None]) == len(frame) - len(hidden)
    for involved in frame["involved"]:
        assert f"Involved in planning: {involved}" in words(figure)
    assert "idden" in words(figure)


def test_measures_draw_what_rounding_allows_behind_the_dots(publish, words):
    published = publish(family_measures.standardised)
    figure = measures(published.frame, published.quantity)
    frame = published.frame[published.frame["withheld"] == ""]
    behind = [trace for trace in figure["data"] if trace["mode"] == "lines"]
    assert [trace["x"] for trace in behind] == frame[["least", "most"]].to_numpy().tolist()
    assert "rounding" in words(figure)


def test_scores_draw_the_change_of_families_with_both(publish, words):
    published = publish(family_scores.measured)
    figure = scores(published.frame, published.quantity)
    both = published.frame[published.frame["when"] == "Families with both"]
    (trace,) = figure["data"]
    shown = both[both["g"].notna()]
    assert [x for x in trace["x"] if x is not None] == shown["g"].tolist()
    limits = shown[["g_low", "g_high"]].to_numpy()
    assert np.array(ends(trace)) == pytest.approx(limits)
    assert words(figure).count(": hidden") == len(both) - len(shown)


def test_scores_of_some_bands_say_why_no_change_is_drawn(publish, words):
    published = publish(family_scores.measured, "band=beginner")
    figure = scores(published.frame, published.quantity)
    assert not figure["data"]
    assert "all bands" in words(figure)


@pytest.mark.parametrize(
    "finding", [families.steps, case_records_read.steps], ids=["families", "cases"]
)
def test_a_ribbon_has_a_bar_for_every_step(publish, finding, words):
    published = publish(finding)
    figure = ribbon(published.frame, published.quantity)
    (bars,) = figure["data"]
    known = published.frame["n"].notna()
    assert known.any()
    assert bars["x"] == [None if np.isnan(n) else n for n in published.frame["n"]]
    for step, n in zip(published.frame["step"], published.frame["n"], strict=True):
        assert f"{step}: {'hidden' if np.isnan(n) else f'{n:.0f}'}" in words(figure)
