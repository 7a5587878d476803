"""Findings on one indicator: by year, by place, and the figures behind them."""

from statistics import fmean

import numpy as np
import pytest
from scipy import stats

from analytics.evaluation.measure_families import INDICATOR_FAMILY, RATIO_FAMILY
from analytics.findings.indicators import (
    change_windows,
    change_years,
    indicator_figures,
    kpi_values,
    kpis,
    pilots,
)
from analytics.selection.parse import from_search
from analytics.selection.places import pilots as ten_pilots
from analytics.selection.selection import HOME

SEARCHES = ["", "?average=median&k=5", "?compare=region", "?band=over-two&indicator=s47_rate"]


@pytest.mark.parametrize("search", SEARCHES)
def test_a_year_is_the_mean_over_the_pilots_that_can_be_compared(search, reference):
    selection = from_search(search)
    frame = indicator_figures.years.publish(selection).frame
    for row in frame.itertuples():
        year = int(row.year_end)
        gaps = [
            reference.value(selection.indicator, code, year, selection)
            - reference.against(selection.indicator, code, year, selection)[0]
            for code in reference.chosen(selection)
        ]
        gaps = [gap for gap in gaps if gap == gap]  # noqa: PLR0124 (not NaN)
        assert row.n == len(gaps)
        assert row.gap == pytest.approx(fmean(gaps) if gaps else np.nan, nan_ok=True)
        assert row.pilots - row.comparator == pytest.approx(row.gap, nan_ok=True)
        assert np.isnan(row.low) == np.isnan(row.high) == (len(gaps) < 6)
        assert np.isnan(row.t_low) == (len(gaps) < 3)
        england = reference.cells["preferred"].get((selection.indicator, "E92000001", year), np.nan)
        assert row.england == pytest.approx(england, nan_ok=True)


def test_a_sentence_that_compares_years_compares_the_same_pilots(reference):
    selection = from_search("?indicator=icpc_rate")
    published = indicator_figures.years.publish(selection)
    frame = published.frame.set_index("year_end")
    each = {code: reference.yearly("icpc_rate", code, selection)
            for code in reference.chosen(selection)}  # fmt: skip
    both = [years for years in each.values() if 2013 in years and 2016 in years]
    assert [code for code, years in each.items() if 2013 not in years] == ["E10000020"]  # Norfolk
    for year in (2013, 2016):
        assert frame.loc[year, "n_same"] == len(both) == 9
        assert frame.loc[year, "gap_same"] == pytest.approx(fmean(one[year] for one in both))
    assert frame.loc[2016, "gap_same"] != pytest.approx(frame.loc[2016, "gap"])
    assert "9 pilots with figures of both" in published.plain
    assert "9 fewer in 2012/13 and 21 fewer in 2015/16" in published.plain


def test_the_years_of_the_period_are_marked():
    frame = indicator_figures.years.publish(from_search("?years=2014-2015")).frame
    assert frame.loc[frame["in_period"] == "yes", "year"].tolist() == ["2013/14", "2014/15"]
    assert set(frame["in_period"]) == {"yes", "no"}


def test_looked_after_rates_on_one_population_give_the_gap_and_its_change(reference, flips):
    selection, key = from_search(""), "cla_31mar_rate"
    level, change = (
        one.publish(selection).frame.set_index("key").loc[key, "gap"]
        for one in (kpis.gaps, kpis.changes)
    )
    assert (round(level, 2), round(change, 2)) == (-7.68, -1.24)
    moved = reference.changes(key, selection)
    assert fmean(moved) == pytest.approx(change)
    found = stats.ttest_1samp(moved, 0)
    ends = found.confidence_interval()
    assert (round(ends.low, 2), round(ends.high, 2)) == (-2.75, 0.27)
    assert round(found.pvalue, 3) == 0.096
    assert round(flips(moved), 3) == 0.102


@pytest.mark.parametrize("key", ["cla_31mar_rate", "cla_20miles_outside_pct"])
def test_without_figures_as_first_published_the_words_say_so(key):
    selection = from_search(f"?vintage=first&indicator={key}")
    for finding in (change_years.years, change_windows.windows):
        words = finding.publish(selection).withheld
        assert words.startswith("No figures as first published before the pilots started")
    frame = pilots.changes.publish(selection).frame
    assert frame["missing"].str.startswith("No figures as first published before").all()
    again = pilots.changes.publish(from_search("?vintage=first&indicator=s47_rate")).frame
    assert not again["missing"].any()


def test_ratios_are_never_said_to_be_first_published():
    selection = from_search("?vintage=first&about=ratio&years=2013-2014")
    assert RATIO_FAMILY.vintage_words(selection) == ""
    assert INDICATOR_FAMILY.vintage_words(selection) == " as first published"


def test_figures_of_the_workforce_census_carry_their_date_by_year_and_place():
    selection = from_search("?indicator=sw_vacancy_pct&years=2015-2016")
    published = indicator_figures.years.publish(selection)
    assert published.frame.iloc[0]["year"] == "30 September 2015"
    assert published.plain.startswith("At 30 September 2016, ")
    assert "30 September 2015 and" in published.plain
    assert "30 September 2015 to 30 September 2016" in published.subtitle
    frame = indicator_figures.values.publish(selection).frame
    assert set(frame["year"]) == {"30 September 2015", "30 September 2016"}


def test_partial_counts_of_2014_are_in_no_average():
    frame = indicator_figures.years.publish(from_search("?indicator=assessments_rate")).frame
    row = frame[frame["year_end"] == 2014]
    assert not row["n"].any()
    assert row["gap"].isna().all()


@pytest.mark.parametrize("search", SEARCHES)
def test_a_pilot_stands_beside_the_mean_of_its_own_gaps(search, reference):
    selection = from_search(search)
    frame = indicator_figures.places.publish(selection).frame
    shown = frame[frame["role"] == "pilot"]
    assert set(shown["code"]) == set(reference.chosen(selection))
    for row in shown.itertuples():
        years = reference.yearly(selection.indicator, row.code, selection)
        assert row.gap == pytest.approx(fmean(years.values()))
        average = frame[(frame["group"] == row.group) & (frame["role"] == "average")]
        assert row.value - average["value"].item() == pytest.approx(row.gap)
        beside = frame[(frame["group"] == row.group) & (frame["role"] == "neighbour")]
        if selection.compare == "neighbours":
            assert beside["code"].tolist() == reference.others(row.code, selection)


@pytest.mark.parametrize(
    "key", ["cpp_open_dur_pct_2yplus", "referrals_nfa_pct", "icpc_within15d_pct"]
)
def test_a_mean_over_the_years_published_is_shown_though_another_year_is_suppressed(key, reference):
    selection = from_search(f"?indicator={key}")
    frame = indicator_figures.places.publish(selection).frame
    compared = frame[frame["role"].isin(["pilot", "neighbour"])]
    assert {"pilot", "neighbour"} == set(compared["role"])
    for row in compared.itertuples():
        held = [reference.value(key, row.code, year, selection) for year in selection.years]
        held = [value for value in held if value == value]  # noqa: PLR0124 (not NaN)
        assert np.isfinite(row.value) == bool(held), (row.place, row.status)
        if row.role == "neighbour" and held:
            assert row.value == pytest.approx(fmean(held))


def test_a_pilot_whose_one_year_is_suppressed_keeps_its_gap():
    search = "?indicator=referrals_nfa_pct"
    n = kpis.gaps.publish(from_search(search)).frame.set_index("key")["n"]["referrals_nfa_pct"]
    frame = indicator_figures.places.publish(from_search(search)).frame
    assert frame.loc[frame["role"] == "pilot", "gap"].notna().sum() == n


def test_your_authority_is_shown_once_and_only_if_it_is_no_chosen_pilot():
    for search, role in (("?area=E08000035", "yours"), ("?area=E09000005", "pilot")):
        frame = indicator_figures.places.publish(from_search(search)).frame
        own = frame[(frame["code"] == search[-9:]) & (frame["role"] != "neighbour")]
        assert own["role"].tolist() == [role]


def test_every_authority_and_year_has_a_row_with_value_or_symbol(reference):
    selection = from_search("?years=2012-2016&indicator=assessments_rate")
    frame = indicator_figures.values.publish(selection).frame
    assert len(frame) == 158 * 5
    assert (frame["value"].notna() | (frame["status"] != "")).all()
    assert set(frame.loc[frame["pilot"] != "", "code"]) == set(ten_pilots(HOME))
    held = frame[frame["value"].notna() & (frame["status"] == "")].sample(100, random_state=1)
    for row in held.itertuples():
        expected = reference.value("assessments_rate", row.code, int(row.year_end), selection)
        assert row.value == expected


def test_the_figures_behind_the_gaps_give_the_gaps_again():
    for search in ("", "?compare=england&average=median", "?band=two-years&k=4"):
        frame = kpi_values.values.publish(from_search(search)).frame
        each = frame.groupby(["key", "code"])["gap"].mean().dropna()
        again = each.groupby("key").mean()
        shown = kpis.gaps.publish(from_search(search)).frame.set_index("key")
        answered = shown[shown["withheld"] == ""]
        assert len(answered) >= 20
        assert again[answered.index].tolist() == pytest.approx(answered["gap"].tolist())
        assert not (frame["found"] > frame["listed"]).any()


def test_a_suppressed_figure_does_not_hide_what_it_would_be_compared_with():
    frame = kpi_values.values.publish(from_search("?indicator=icpc_rate")).frame
    hidden = frame[frame["status"] == "c"]
    assert len(hidden)
    assert hidden[["value", "gap"]].isna().all(axis=None)
    assert hidden[["found", "listed"]].notna().all(axis=None)


@pytest.mark.parametrize("search", SEARCHES)
def test_a_change_is_that_of_the_row_of_24(search, reference):
    selection = from_search(search)
    frame = pilots.changes.publish(selection).frame
    changes = reference.changes(selection.indicator, selection)
    assert sorted(frame["gap_change"].dropna()) == pytest.approx(sorted(changes))
    assert (frame["after"] - frame["before"]).tolist() == pytest.approx(
        frame["change"].tolist(), nan_ok=True
    )


@pytest.mark.parametrize("search", ["", "?indicator=cpp_ended_dur_pct_2yplus&years=2012-2025"])
def test_the_change_of_the_gap_is_the_pilots_change_less_its_comparators(search):
    frame = pilots.changes.publish(from_search(search)).frame
    beside = frame["comparator_after"] - frame["comparator_before"]
    whole = frame["gap_change"].notna()
    assert (frame["change"] - beside)[whole].tolist() == pytest.approx(
        frame["gap_change"][whole].tolist()
    )


@pytest.mark.parametrize("years", ["2013-2014", "2015-2016"])
def test_a_period_on_one_side_of_the_start_has_no_before_and_after(years):
    published = pilots.changes.publish(from_search(f"?years={years}"))
    assert "November 2014" in published.withheld
    assert not len(published.frame)


def test_every_band_is_the_mean_of_its_own_pilots(reference, flips):
    frame = pilots.bands.publish(from_search("")).frame
    assert frame["band"].tolist() == list(HOME.band_keys)
    assert frame["n"].tolist() == [4, 3, 3]
    assert frame["smallest_p"].tolist() == [0.125, 0.25, 0.25]
    for row in frame.itertuples():
        each = reference.gaps("icpc_rate", from_search(f"?band={row.band}"))
        assert row.gap == pytest.approx(fmean(each))
        assert row.p == pytest.approx(flips(each))
        assert row.level - row.comparator == pytest.approx(row.gap)
        assert np.isnan(row.low)
        assert np.isnan(row.high)
        assert row.t_low < row.gap < row.t_high


def test_a_band_of_fewer_than_three_pilots_is_withheld_with_the_reason():
    search = "?pilots=E06000023,E06000041,E09000005,E10000018,E10000029,E10000019"
    frame = pilots.bands.publish(from_search(search)).frame.set_index("band")
    assert frame["n"].to_dict() == {"beginner": 2, "two-years": 3, "over-two": 1}
    assert (frame["withheld"] != "").to_dict() == {
        "beginner": True,
        "two-years": False,
        "over-two": True,
    }
    assert frame.loc[["beginner", "over-two"], ["low", "high", "p"]].isna().all(axis=None)


def test_the_pilots_that_moved_are_counted_in_the_direction_of_most():
    published = pilots.changes.publish(from_search(""))
    frame = published.frame
    moved = frame.loc[frame["role"] == "pilot", "gap_change"].dropna()
    fell, rose = int((moved < 0).sum()), int((moved > 0).sum())
    many, way = max((fell, "fell"), (rose, "rose"))
    assert 0 < min(fell, rose) < many
    assert published.verdict == f"{many} of {len(moved)} pilots {way} against similar councils"
    assert f"{rose} rose and {fell} fell" in published.plain


def test_one_pilot_is_named_where_it_moved():
    code, pilot = next(iter(ten_pilots(HOME).items()))
    published = pilots.changes.publish(from_search(f"?pilots={code}"))
    row = published.frame[published.frame["code"] == code].iloc[0]
    way = "fell" if row["gap_change"] < 0 else "rose"
    assert published.verdict == f"{pilot.name} {way} against similar councils"
