"""Charts of change, neighbours and robustness, read from their figures."""

import json

import pytest

from analytics.findings.indicators import change_windows, change_years, change_years_by_band
from analytics.findings.robustness import (
    leave_one_out,
    neighbour_lists,
    neighbour_survival,
    placebo,
    placebo_each,
    planning,
    pooled,
    robustness,
    robustness_bands,
    specifications,
)
from analytics.findings.robustness import neighbour_verdicts as choices
from analytics.text.certainty import Certainty
from components.charts import event_study, neighbour_matrix
from components.charts import placebo as placebos
from components.charts import robustness as doubts
from components.charts.specification_curve import specification_curve
from components.charts.verdict_matrix import verdict_matrix

CHARTS = [
    (change_years.years, event_study.change_by_year),
    (change_years_by_band.bands, event_study.change_by_band),
    (change_windows.windows, event_study.windows),
    (neighbour_lists.lists, neighbour_matrix.neighbour_matrix),
    (neighbour_survival.survivors, neighbour_matrix.survival_bars),
    (choices.verdicts, verdict_matrix),
    (specifications.specifications, specification_curve),
    (placebo.placebo, placebos.placebo_histogram),
    (placebo_each.placebos, placebos.placebo_ranges),
    (robustness.view, doubts.one_number),
    (pooled.pooled, doubts.pooled),
    (planning.detectables, doubts.detectable),
    (robustness_bands.pairs, doubts.band_pairs),
    (leave_one_out.leave_one_out, doubts.without_one),
]
QUERIES = ["", "?outcome=change&indicator=assess_days_median", "?outcome=log&band=beginner",
           "?pilots=E06000041&model=2025&k=2", "?base=2013&indicator=cla_31mar_rate"]  # fmt: skip

NO_CHANGE = {"change-years", "change-bands", "change-windows", "robustness-placebo",
             "robustness-view", "robustness-bands", "robustness-without",
             "robustness-pooled"}  # fmt: skip
#: What must be withheld: a change with one year of figures, bands with one chosen, one pilot.
WITHHELD = {
    "?outcome=change&indicator=assess_days_median": NO_CHANGE,
    "?outcome=log&band=beginner": {"robustness-bands"},
    "?pilots=E06000041&model=2025&k=2": NO_CHANGE
    | {"robustness-specifications", "robustness-placebos", "robustness-detectable"},
}


def spoken(figure):
    return [trace for trace in figure["data"] if not trace.get("meta", {}).get("silent")]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("finding", "chart"), CHARTS, ids=lambda one: getattr(one, "key", ""))
def test_every_point_is_said_and_every_figure_is_plain(publish, finding, chart, query):
    published = publish(finding, query)
    assert bool(published.withheld) == (finding.key in WITHHELD.get(query, ()))
    if published.withheld:
        assert published.withheld == published.summary
        return
    assert len(published.frame)
    figure = chart(published.frame, published.quantity)
    written = json.dumps(figure, allow_nan=False)
    assert "nan" not in written.replace("nances", "")
    assert "None" not in written
    assert figure["layout"]["height"] > 80
    for trace in spoken(figure):
        assert len(trace["customdata"]) == len(trace["x"]) == len(trace["y"])
        assert all(one and (isinstance(one, str) or len(one) == 2) for one in trace["customdata"])


def test_the_curve_draws_each_dot_with_its_address(publish):
    published = publish(specifications.specifications)
    figure = specification_curve(published.frame, published.quantity)
    dots = [point for trace in spoken(figure) for point in trace["customdata"]]
    assert [address for _, address in dots] == published.frame["address"].tolist()
    filled = sum(
        colour == "@accent" for trace in spoken(figure) for colour in trace["marker"]["color"]
    )
    assert filled == (published.frame["p"] < 0.05).sum()
    heights = [height for trace in spoken(figure) for height in trace["y"]]
    assert heights == published.frame["estimate"].tolist()


@pytest.mark.parametrize("query", ["", "adjust=none", "band=two-years"])
def test_the_matrix_shows_the_sign_and_how_sure_it_is_by_shape(publish, query):
    published = publish(choices.verdicts, query)
    figure = verdict_matrix(published.frame, published.quantity)
    traces = {trace["name"]: trace for trace in spoken(figure)}
    rows = published.frame[published.frame["short"] == "ICPC"].reset_index(drop=True)
    marker, words = traces["ICPC"]["marker"], traces["ICPC"]["customdata"]
    for at, row in rows[rows["gap"].notna()].reset_index(drop=True).iterrows():
        sure = Certainty(row["verdict_key"])
        side = "triangle-down" if row["gap"] < 0 else "triangle-up"
        untestable = sure is Certainty.UNTESTABLE
        assert marker["symbol"][at] == ("x-thin" if untestable else side)
        clear = sure in {Certainty.CLEAR, Certainty.UNCOUNTED}
        assert (marker["color"][at] == "@accent") == clear
        assert (marker["size"][at] == 10) == sure.stands_out
        assert sure.label in words[at][0]
        assert "nan" not in words[at][0]


def test_the_event_study_marks_the_start_the_base_and_the_pandemic(publish):
    published = publish(change_years.years)
    layout = event_study.change_by_year(published.frame, published.quantity)["layout"]
    words = [note["text"] for note in layout["annotations"]]
    assert "project starts, Nov 2014" in words
    assert "COVID" in words
    assert words.count("†") == (published.frame["marks"] != "").sum()
    assert (2012.5, 2014.5) in [(shape["x0"], shape["x1"]) for shape in layout["shapes"]]


def test_the_histogram_marks_the_pilots(publish):
    published = publish(placebo.placebo)
    figure = placebos.placebo_histogram(published.frame, published.quantity)
    bars, mark = figure["data"]
    assert sum(bars["y"]) == 10_000
    assert mark["x"] == [published.frame["observed"].iloc[0]]
    assert figure["layout"]["shapes"][0]["x0"] == mark["x"][0]


def test_bands_share_one_scale(publish):
    published = publish(change_years_by_band.bands)
    layout = event_study.change_by_band(published.frame, published.quantity)["layout"]
    assert layout["yaxis2"]["matches"] == layout["yaxis3"]["matches"] == "y"
    assert "*" not in json.dumps(layout)
