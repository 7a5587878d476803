import pytest

from analytics.findings.indicators import area, indicator_figures
from components.charts.chart import NO_RANGE
from components.charts.year_lines import BAND_WORDS, one_authority, pilots_and_comparator


def line(figure, name):
    return next(trace for trace in figure["data"] if trace.get("name") == name)


def test_lines_are_the_rows_of_the_frame(publish):
    published = publish(indicator_figures.years)
    figure = pilots_and_comparator(published.frame, published.quantity)
    frame = published.frame
    assert line(figure, "Pilots")["y"] == frame["pilots"].tolist()
    assert line(figure, "Similar councils")["y"] == frame["comparator"].tolist()
    assert line(figure, "Pilots")["x"] == frame["year_end"].tolist()


def test_the_band_is_the_interval_of_the_gap_about_the_comparator(publish):
    published = publish(indicator_figures.years)
    figure = pilots_and_comparator(published.frame, published.quantity)
    low, high = (trace["y"] for trace in figure["data"][:2])
    frame = published.frame
    assert low == pytest.approx((frame["comparator"] + frame["low"]).tolist())
    assert high == pytest.approx((frame["comparator"] + frame["high"]).tolist())


def test_the_key_names_the_band_and_says_where_there_is_none(publish, written):
    for query, drawn in (("", True), ("band=beginner", False)):
        published = publish(indicator_figures.years, query)
        figure = pilots_and_comparator(published.frame, published.quantity)
        silent = [one for one in figure["data"] if (one.get("meta") or {}).get("silent")]
        words = " ".join(written(figure))
        assert bool(silent) == (BAND_WORDS in words) == drawn
        assert (NO_RANGE in words) != drawn


def test_no_band_is_drawn_across_a_year_that_has_none(publish):
    published = publish(indicator_figures.years)
    frame = published.frame.copy()
    frame.loc[frame["year_end"].isin([2015, 2017]), ["low", "high"]] = None
    figure = pilots_and_comparator(frame, published.quantity)
    bands = [one["x"] for one in figure["data"] if one.get("fill") == "tonexty"]
    assert [bands[0], bands[2]] == [[2013, 2014], list(range(2018, 2026))]
    assert bands[1] == pytest.approx([2015.8, 2016.2])


def test_the_start_is_marked_and_the_period_shaded(publish):
    published = publish(indicator_figures.years)
    layout = pilots_and_comparator(published.frame, published.quantity)["layout"]
    assert [shape["x0"] for shape in layout["shapes"] if shape["type"] == "line"] == [2014.5]
    assert [shape["x0"] for shape in layout["shapes"] if shape["type"] == "rect"] == [2012.6]
    assert "project starts, Nov 2014" in [note["text"] for note in layout["annotations"]]


def test_a_missing_year_is_a_symbol_on_the_axis_and_never_a_zero(publish):
    published = publish(area.area, "area=E10000020&indicator=cin_31mar_rate")  # Norfolk, 2012/13
    figure = one_authority(published.frame, published.quantity)
    own = line(figure, "Yours")
    missing = [x for x, y in zip(own["x"], own["y"], strict=True) if y is None]
    assert missing == [2013]
    notes = [note for note in figure["layout"]["annotations"] if note.get("x") == 2013]
    assert notes
    assert notes[0]["text"].startswith("[")
    assert 0 not in own["y"]


def test_authorities_before_a_change_of_boundaries_are_dashed_and_named(publish):
    published = publish(area.area, "area=E06000058&indicator=icpc_rate")
    figure = one_authority(published.frame, published.quantity)
    dashed = [one for one in figure["data"] if one["line"].get("dash")]
    assert len({one["line"]["dash"] for one in dashed}) == len(dashed)
    others = published.frame[published.frame["role"] == "predecessor"]["place"].unique()
    assert [one["name"] for one in dashed] == list(others)
    words = [note["text"] for note in figure["layout"]["annotations"]]
    (entries,) = [one for one in words if isinstance(one, list)]
    assert [[place in one for one in entries].count(True) for place in others] == [1] * len(others)
    assert words.count("[not-then]") == 1
    own = line(figure, "Yours")
    assert max(one["x"][-1] for one in dashed) < min(
        x for x, y in zip(own["x"], own["y"], strict=True) if y is not None
    )


def test_the_limits_of_a_zero_are_written_with_enough_decimals(publish):
    published = publish(area.area, "area=E10000032&indicator=referrals_nfa_pct")
    said = line(one_authority(published.frame, published.quantity), "Yours")["customdata"]
    assert "limits 0.000 to 0.0" in said[-1]
    assert "to 0.000)" not in said[-1]


def test_the_axis_of_figures_of_a_day_is_short_and_the_pointer_says_the_day(publish):
    published = publish(indicator_figures.years, "indicator=sw_vacancy_pct&years=2015-2016")
    figure = pilots_and_comparator(published.frame, published.quantity)
    shown = [words for words in figure["layout"]["xaxis"]["ticktext"] if words]
    assert shown[0] == "Sep 15"
    said = line(figure, "Pilots")["customdata"]
    assert all("30 September 20" in words for words in said)
    plain = publish(indicator_figures.years)
    figure = pilots_and_comparator(plain.frame, plain.quantity)
    assert "12/13" in figure["layout"]["xaxis"]["ticktext"]
