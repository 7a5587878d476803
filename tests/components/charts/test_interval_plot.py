import pytest

from analytics.findings.costs import resources
from analytics.findings.expenditure import expenditure
from analytics.findings.indicators import change_verdict, kpis
from analytics.measures.indicators.registry import core
from analytics.text.certainty import Certainty
from components.charts.chart import NO_RANGE, SILENT
from components.charts.interval_plot import relative_gaps


def drawn(publish, query=""):
    published = publish(kpis.gaps, query)
    return published.frame, relative_gaps(published.frame, published.quantity)


def test_rows_run_from_the_widest_gap_to_the_narrowest(publish):
    frame, figure = drawn(publish)
    (trace,) = figure["data"]
    assert len(trace["x"]) == len(frame) == len(core())
    sizes = [abs(x) for x in trace["x"]]
    assert sizes == sorted(sizes, reverse=True)
    assert trace["x"] == pytest.approx(
        [frame.set_index("short").loc[name, "relative"] for name in trace["y"]]
    )


def test_intervals_reach_the_ends_in_the_frame(publish):
    frame, figure = drawn(publish)
    (trace,) = figure["data"]
    row = frame.set_index("short").loc["ICPC"]
    at = trace["y"].index("ICPC")
    assert trace["x"][at] + trace["error_x"]["array"][at] == pytest.approx(row["relative_high"])
    assert trace["x"][at] - trace["error_x"]["arrayminus"][at] == pytest.approx(row["relative_low"])


@pytest.mark.parametrize(
    ("query", "many", "sure"),
    [
        ("", 4, Certainty.CLEAR),
        ("adjust=holm", 1, Certainty.CLEAR),
        ("adjust=none", 10, Certainty.UNCOUNTED),
        ("compare=england", 0, Certainty.CLEAR),
    ],
)
def test_only_what_is_clear_is_filled_and_the_key_says_how_sure(
    publish, written, query, many, sure
):
    frame, figure = drawn(publish, query)
    (trace,) = figure["data"]
    filled = [
        name
        for name, colour in zip(trace["y"], trace["marker"]["color"], strict=True)
        if colour == "@accent"
    ]
    assert len(filled) == many
    assert set(filled) == set(frame["short"][frame["certain"] == sure])
    (key,) = [words for words in written(figure) if "●" in words]
    assert f"</span> {sure.label} " in f"{key} "
    assert "p below" not in key


def test_where_nothing_can_be_tested_the_key_says_so(publish, written):
    _, figure = drawn(publish, "band=beginner")
    (key,) = [words for words in written(figure) if "×" in words]
    assert Certainty.UNTESTABLE.label in key
    assert "●" not in key
    assert "○" not in key


def test_a_range_that_so_few_cannot_bound_is_not_drawn_and_the_key_says_so(publish, written):
    for query, missing in (("band=two-years", True), ("", False)):
        frame, figure = drawn(publish, query)
        (trace,) = figure["data"]
        bars = [one is not None for one in trace["error_x"]["array"]]
        order = trace["y"]
        bounded = frame.set_index("short")["low"].notna()[order].tolist()
        assert bars == bounded
        assert [one != "circle" for one in trace["marker"]["symbol"]] == [not one for one in bars]
        assert any(bars) != missing
        assert any(NO_RANGE in words for words in written(figure)) == missing
        assert any(NO_RANGE in words for words in trace["customdata"]) == missing


def test_a_row_without_an_answer_keeps_its_place_and_says_so(publish):
    _, figure = drawn(publish, "vintage=first")
    (trace,) = figure["data"]
    assert len(trace["y"]) == len(core())
    at = trace["y"].index("Entering care")
    assert trace["x"][at] is None
    words = [
        note["text"] for note in figure["layout"]["annotations"] if note.get("y") == "Entering care"
    ]
    assert words == [SILENT]


def test_every_point_has_words_to_be_read(publish):
    _, figure = drawn(publish, "band=two-years")
    assert all("n = 3" in words for words in figure["data"][0]["customdata"])


@pytest.mark.parametrize("finding", [kpis.gaps, kpis.changes])
def test_a_gap_is_drawn_in_per_cent_and_said_in_the_unit_of_its_row(publish, finding):
    published = publish(finding, "")
    figure = relative_gaps(published.frame, published.quantity)
    (trace,) = figure["data"]
    axis = figure["layout"]["xaxis"]
    column = next(one.label for one in published.columns if one.name == "relative")
    assert axis["title"]["text"].casefold().endswith(column.casefold())
    assert axis["ticksuffix"] == "%"
    row = published.frame.set_index("short").loc["New plans"]
    at = trace["y"].index("New plans")
    assert trace["x"][at] == pytest.approx(row["relative"])
    words = trace["customdata"][at]
    assert "per 10,000 children" in words
    assert f"−{abs(row['relative']):.0f}% of the comparator" in words
    notes = figure["layout"]["annotations"]
    values = {one["y"]: one for one in notes if one.get("name") == "edge"}
    assert values.keys() == {*trace["y"]}
    assert values["New plans"]["text"] == f"<b>−{abs(row['relative']):.0f}%</b>"
    assert values["New plans"]["x"] == pytest.approx(row["relative_high"])
    assert values["ICPC in 15 days"]["text"].endswith("%")
    assert "deviation" not in str(figure)


@pytest.mark.parametrize(
    "finding",
    [kpis.gaps, kpis.changes, expenditure.gaps, expenditure.changes, resources.gaps,
     change_verdict.verdict],
)  # fmt: skip
def test_what_is_said_of_the_chart_is_what_it_draws(publish, finding):
    published = publish(finding, "")
    axis = relative_gaps(published.frame, published.quantity)["layout"]["xaxis"]
    assert published.unit.startswith(axis["ticksuffix"])
    said = dict(published.method)["Unit"]
    assert "share of the comparator's level" in said or "chart" not in said
