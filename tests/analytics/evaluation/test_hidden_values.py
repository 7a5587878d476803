"""Hidden figures: the gaps are those of the extremes, filled in cell by cell."""

from statistics import fmean

import pandas as pd
import pytest

from analytics.evaluation.hidden_values import hidden_bounds
from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.findings.indicators import (
    change_verdict,
    change_windows,
    indicator_figures,
    kpis,
    pilots,
)
from analytics.findings.robustness import robustness
from analytics.selection.parse import from_search
from data.load import load
from data.sources.registry import INDICATORS, NEIGHBOURS

KEY = "cpp_open_dur_pct_2yplus"


@pytest.fixture(scope="module")
def hidden():
    """Place and year of each hidden figure, with the largest value it can have."""
    frame = pd.read_parquet(INDICATORS.path)
    frame = frame[frame["preferred"]]
    marked = frame[(frame["indicator"] == KEY) & (frame["status"].astype(str) == "c")]
    counts = frame[(frame["indicator"] == "cpp_31mar_num") & (frame["value"] > 0)]
    base = dict(zip(zip(counts["code"], counts["year_end"], strict=True), counts["value"],
                    strict=True))  # fmt: skip
    cells = zip(marked["code"], marked["year_end"], strict=True)
    return {cell: 100 * min(5, base[cell]) / base[cell] for cell in cells if cell in base}


def made(query):
    selection = from_search(query)
    tables = {one.key: load(one) for one in INDICATOR_FAMILY.sources}
    panel = INDICATOR_FAMILY.panel(tables, selection)
    codes = tuple(pilot.code for pilot in selection.chosen)
    return hidden_bounds(panel, tables[NEIGHBOURS.key], selection, KEY, codes)


@pytest.mark.parametrize("query", ["", "?k=5&average=median", "?band=beginner,over-two"])
def test_bounds_are_the_gaps_of_the_extremes(reference, monkeypatch, hidden, query):
    selection, found = from_search(query), made(query)
    usual = dict(reference.cells["preferred"])

    def bound(own, others):
        gaps = []
        for code in reference.chosen(selection):
            years = []
            for year in range(2013, 2017):
                monkeypatch.setitem(reference.cells, "preferred", {**usual, **others})
                faced = reference.against(KEY, code, year, selection)[0]
                value = {**usual, **own}.get((KEY, code, year), float("nan"))
                years.append(value - faced)
            years = [gap for gap in years if gap == gap]  # noqa: PLR0124 - not NaN
            if years:
                gaps.append(fmean(years))
        return fmean(gaps)

    least = {(KEY, *cell): 0.0 for cell in hidden}
    most = {(KEY, *cell): value for cell, value in hidden.items()}
    assert found.low == pytest.approx(bound(least, most))
    assert found.high == pytest.approx(bound(most, least))


def test_with_the_default_selection():
    found = made("")
    assert found.hidden == 11
    assert (found.low, found.high) == pytest.approx((-0.68, 0.86), abs=0.005)


@pytest.mark.parametrize(
    ("finding", "query"),
    [
        (kpis.gaps, ""), (kpis.changes, "?outcome=change"), (change_verdict.verdict, ""),
        (indicator_figures.years, ""), (robustness.view, ""), (robustness.view, "?outcome=change"),
    ],
    ids=lambda one: getattr(one, "key", one),
)  # fmt: skip
def test_every_verdict_on_hidden_figures_counts_and_bounds_them(finding, query):
    change = "changes" in finding.key or finding is change_verdict.verdict
    expected = made("?outcome=change" if change else query)
    published = finding.publish(from_search(f"?indicator={KEY}&{query.removeprefix('?')}"))
    frame = published.frame
    row = frame[frame["key"] == KEY].iloc[0] if "key" in frame else frame.iloc[0]
    assert (
        (row["n_suppressed"], row["pilot_years"]) == (expected.hidden, expected.asked) == (11, 40)
    )
    assert (row["bound_low"], row["bound_high"]) == pytest.approx((expected.low, expected.high))
    if finding in {kpis.gaps, kpis.changes}:
        many = (frame.loc[frame["withheld"] == "", "n_suppressed"] > 0).sum()
        assert f"figures hidden on {many} of them" in published.technical
    else:
        assert "11 of 40 pilot-years hidden, bounds " in published.technical


def test_each_band_counts_its_own_hidden_figures():
    published = pilots.bands.publish(from_search(f"?indicator={KEY}"))
    assert published.frame["n_suppressed"].sum() == 11
    assert published.frame["pilot_years"].tolist() == [16, 12, 12]
    assert (published.frame["bound_low"] <= published.frame["gap"]).all()
    assert (published.frame["gap"] <= published.frame["bound_high"]).all()
    assert published.technical.count("pilot-years hidden, bounds") == 3


@pytest.mark.parametrize("base", ["", "&base=2013"])
def test_every_window_counts_and_bounds_its_own_hidden_figures(base):
    query = f"?indicator={KEY}{base}"
    published = change_windows.windows.publish(from_search(query))
    frame = published.frame.set_index("window_key")
    seen, whole = frame.loc["seen"], change_verdict.verdict.publish(from_search(query)).frame
    card = whole[whole["key"] == KEY].iloc[0]
    names = ["n_suppressed", "pilot_years", "bound_low", "bound_high"]
    assert seen[names].tolist() == pytest.approx(card[names].tolist())
    assert (frame["bound_low"] < frame["change"]).all()
    assert (frame["change"] < frame["bound_high"]).all()
    assert frame["pilot_years"].tolist() == ([20, 30, 70, 120] if base else [20, 40, 80, 130])
    assert frame.loc["latest", "n_suppressed"] > frame.loc["before-covid", "n_suppressed"] > 0
    assert published.technical.count("pilot-years hidden, bounds") == 3


def test_the_step_before_the_start_is_bounded_by_the_extremes(reference, monkeypatch, hidden):
    step = change_windows.windows.publish(from_search(f"?indicator={KEY}")).frame.iloc[0]
    usual, selection = dict(reference.cells["preferred"]), from_search("")
    least = {(KEY, *cell): 0.0 for cell in hidden}
    most = {(KEY, *cell): value for cell, value in hidden.items()}

    def end(first, second):
        """Fill in the year before with the first, and the one after it with the second."""
        moved = []
        for code in reference.chosen(selection):
            years = {}
            for year, (own, others) in ((2013, first), (2014, second)):
                monkeypatch.setitem(reference.cells, "preferred", {**usual, **others})
                faced = reference.against(KEY, code, year, selection)[0]
                years[year] = {**usual, **own}.get((KEY, code, year), float("nan")) - faced
            if years[2013] == years[2013] and years[2014] == years[2014]:
                moved.append(years[2014] - years[2013])
        return fmean(moved)

    low, high = (least, most), (most, least)
    assert step["bound_low"] == pytest.approx(end(high, low))
    assert step["bound_high"] == pytest.approx(end(low, high))


def test_a_base_of_one_year_counts_the_years_that_are_compared():
    whole, one = (
        change_verdict.verdict.publish(from_search(f"?indicator={KEY}{base}")).frame
        for base in ("", "&base=2013")
    )
    years = [frame[frame["chosen"] == "yes"]["pilot_years"].iloc[0] for frame in (whole, one)]
    assert years == [40, 30]


def test_where_nothing_is_hidden_nothing_is_said():
    for finding in (change_verdict.verdict, robustness.view, indicator_figures.years):
        published = finding.publish(from_search("?indicator=cpp_start_rate"))
        assert "pilot-years hidden" not in published.technical
    assert published.frame["n_suppressed"].eq(0).all()
    assert published.frame["bound_low"].isna().all()


def test_a_change_is_bounded_by_both_sides_and_a_log_ratio_is_not():
    level, change = made(""), made("?outcome=change")
    assert change.high - change.low > level.high - level.low
    log = made("?outcome=log")
    assert log.hidden == 11
    assert log.low != log.low
