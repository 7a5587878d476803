"""The places themselves: profile, inspections, one authority by year; and the later studies."""

import re

import numpy as np
import pytest

from analytics.evaluation.panel import Panel, indicator_panel
from analytics.findings.claims import later
from analytics.findings.indicators import area, pilots, places
from analytics.measures.indicators.registry import INDICATORS
from analytics.selection.choices import YEARS, Vintage
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from data.load import load
from data.sources import registry as sources
from data.sources.registry import AUTHORITIES, INSPECTIONS, LATER_STUDIES


def test_the_profile_is_of_the_chosen_pilots_and_sums_to_their_children():
    frame = places.who.publish(from_search("")).frame
    people = load(AUTHORITIES).frame.set_index("code")["pop_0_17_mid2015"]
    assert len(frame) == 10
    assert frame["children"].tolist() == people[frame["code"]].tolist()
    brent = frame.set_index("code").loc["E09000005"]
    assert brent["need"] == pytest.approx(1902 / people["E09000005"] * 1e4, abs=0.06)
    assert brent["plans"] == pytest.approx(198 / people["E09000005"] * 1e4, abs=0.06)


def test_inspections_are_those_of_the_pilots_and_of_your_authority():
    published = places.inspections.publish(from_search("?area=E08000035&band=beginner"))
    codes = {"E06000023", "E06000041", "E08000036", "E10000020", "E08000035"}
    frame, table = published.frame, load(INSPECTIONS).frame
    assert len(frame) == table["code"].isin(codes).sum()
    assert set(frame["code"]) == codes
    for _, rows in frame.groupby("code"):
        assert rows["published"].is_monotonic_increasing


def test_your_authority_is_asked_for_where_none_is_chosen():
    published = area.area.publish(from_search(""))
    assert published.withheld == published.summary
    assert published.verdict == "Choose your council to see it here"
    assert "Choose your authority" in published.plain
    assert not len(published.frame)


#: Of these no authority and year of the official tables has a count of zero.
NEVER_ZERO = {"referrals_rate", "cin_31mar_rate", "cin_start_rate", "cin_end_rate", "s47_rate"}
COUNTED = [key for key, one in INDICATORS.items() if one.count and one.base]


@pytest.mark.parametrize("key", COUNTED)
def test_a_figure_lies_within_its_own_limits(key):
    wrong = []
    for code in {*list(authorities())[::4], "E09000001", "E08000026", "E09000033", "E09000007"}:
        frame = area.area.publish(from_search(f"?area={code}&indicator={key}")).frame
        drawn = frame[frame["low"].notna() & frame["value"].notna()]
        rounding = 0.5  # looked-after rates are printed whole
        outside = (drawn["value"] < drawn["low"] - rounding) | (
            drawn["value"] > drawn["high"] + rounding
        )
        wrong += [(code, year) for year in drawn.loc[outside, "year"]]
    assert not wrong


def test_limits_of_a_rate_rest_on_the_children_of_the_year_before():
    frame = area.area.publish(from_search("?area=E09000005&indicator=cin_31mar_rate")).frame
    row = frame.set_index("year_end").loc[2016]
    children = load(AUTHORITIES).frame.set_index("code")["pop_0_17_mid2015"]["E09000005"]
    # Byar's approximation for 1,902 children.
    low = 1902 * (1 - 1 / (9 * 1902) - 1.959964 / (3 * 1902**0.5)) ** 3
    assert row["low"] == pytest.approx(1e4 * low / children, rel=3e-3)  # a rate is rounded


def test_the_latest_year_has_limits_where_its_count_is_held():
    frame = area.area.publish(from_search("?area=E09000005&indicator=cin_31mar_rate")).frame
    assert frame.set_index("year_end").loc[2025, ["value", "low", "high"]].notna().all()


def test_england_is_shown_though_your_own_figure_is_suppressed():
    search = "?area=E06000017&indicator=cpp_second_pct"
    frame = area.area.publish(from_search(search)).frame
    hidden = frame[frame["status"] == "c"]
    assert len(hidden)
    assert hidden["value"].isna().all()
    assert hidden["england"].notna().all()


def test_no_limits_are_drawn_where_counts_are_not_held():
    uncounted = [key for key, indicator in INDICATORS.items() if not indicator.count]
    assert uncounted
    for key in uncounted:
        frame = area.area.publish(from_search(f"?area=E08000035&indicator={key}")).frame
        assert len(frame)
        assert frame[["low", "high"]].isna().all(axis=None)


def test_limits_of_a_share_are_percentages():
    frame = area.area.publish(from_search("?area=E08000035&indicator=rereferrals_pct")).frame
    drawn = frame[frame["low"].notna()]
    assert len(drawn) >= 5
    assert drawn["low"].between(1, 100).all()
    assert (drawn["high"] <= 100).all()


def test_the_later_studies_are_those_of_the_table():
    published = later.studies.publish(from_search(""))
    frame = published.frame
    table = load(LATER_STUDIES).frame
    assert set(frame["finding"]) <= set(table["finding"])
    assert frame["topic"].is_unique
    assert (frame["figure"] != "").all()


def test_the_sentence_on_later_studies_agrees_with_its_table():
    published = later.studies.publish(from_search(""))
    row = published.frame[published.frame["finding"].str.contains("kinship")]
    assert len(row) == 1
    assert "13 percentage point" in row["figure"].item()
    assert "REDUCTION" in row["figure"].item()
    assert "opposite" in row["note"].item()
    assert "13 percentage points lower" in published.summary
    assert "nine" in published.summary


def test_the_later_studies_do_not_depend_on_the_selection():
    one, other = (later.studies.publish(from_search(search)) for search in ("", "?band=beginner"))
    assert one.frame.equals(other.frame)
    assert one.summary == other.summary
    assert not np.any(one.frame.isna())


def test_a_count_of_zero_has_limits():
    frame = area.area.publish(
        from_search("?area=E10000032&indicator=referrals_nfa_pct&years=2013-2025")
    ).frame
    none = frame[frame["value"] == 0]
    assert len(none)
    assert (none["low"] == 0).all()
    assert none["high"].between(0, 0.1, inclusive="neither").all()


@pytest.mark.parametrize("key", COUNTED)
def test_no_count_of_zero_is_without_limits(key):
    indicator = INDICATORS[key]
    panel = indicator_panel(load(sources.INDICATORS), Vintage.PREFERRED)
    (value, count, base), _ = panel.block((key, indicator.count, indicator.base), YEARS)
    (children,), _ = panel.block(("pop_0_17_mid",), YEARS)
    if not indicator.is_share:
        base = np.roll(base, 1, axis=1)  # the children of the year before
        base[:, 0] = np.nan
    zero = (value == 0) & (count == 0) & (base > 0)
    assert zero.any() == (key not in NEVER_ZERO)
    for code, at in panel.places.items():
        if zero[at].any():
            low, high = area._limits(panel, indicator, code, children[at])
            assert (low[zero[at]] == 0).all()
            assert (high[zero[at]] > 0).all()
            if not indicator.is_share:  # Poisson: 3.7 events at most, of that many children
                assert high[zero[at]] == pytest.approx(3.689 * 1e4 / base[at][zero[at]], rel=1e-3)


def test_a_share_printed_as_zero_of_a_known_base_has_wilsons_limits():
    search = "?area=E06000022&indicator=cpp_open_dur_pct_2yplus"
    frame = area.area.publish(from_search(search)).frame.set_index("year_end")
    plans = indicator_panel(load(sources.INDICATORS), Vintage.PREFERRED)
    (held,), _ = plans.block(("cpp_31mar_num",), YEARS)
    n = held[plans.places["E06000022"], YEARS.index(2013)]
    assert frame.loc[2013, "value"] == frame.loc[2013, "low"] == 0
    assert frame.loc[2013, "high"] == pytest.approx(100 * 1.959964**2 / (n + 1.959964**2))
    assert frame.loc[frame["value"] > 0, ["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("key", ["cla_31mar_rate", "cpp_31mar_rate"])
def test_a_zero_as_first_published_has_limits_too(key):
    search = f"?area=E06000053&indicator={key}&vintage=first"
    frame = area.area.publish(from_search(search)).frame.set_index("year_end")
    row = frame.loc[2016]
    children = load(AUTHORITIES).frame.set_index("code")["pop_0_17_mid2015"]["E06000053"]
    assert row["value"] == row["low"] == 0
    assert row["high"] == pytest.approx(3.689 * 1e4 / children, rel=1e-3)


@pytest.mark.parametrize("hidden", [False, True])
def test_a_hidden_count_is_not_taken_for_zero(hidden):
    held = indicator_panel(load(sources.INDICATORS), Vintage.PREFERRED)
    at = held.places["E06000053"]
    values, symbols, year = held.values.copy(), held.symbols, YEARS.index(2018)
    cell = (held.series["cla_start_num"], at, year)
    assert values[cell] == 0
    values[cell], symbols[cell] = np.nan, "c" if hidden else "-"
    made = Panel.of(values, symbols, series=held.series, places=held.places, years=held.years)
    children = held.block(("pop_0_17_mid",), YEARS)[0][0, at]
    _, high = area._limits(made, INDICATORS["cla_start_rate"], "E06000053", children)
    assert np.isnan(high[year]) == hidden


def test_figures_of_the_workforce_census_carry_their_date():
    published = area.area.publish(from_search("?area=E09000007&indicator=sw_vacancy_pct"))
    years = published.frame.set_index("year_end")["year"]
    assert years[2015] == "30 September 2015"
    assert "at 30 September 2025" in published.verdict


def test_limits_of_a_zero_are_not_written_as_zero():
    summary = area.area.publish(from_search("?area=E10000032&indicator=referrals_nfa_pct")).summary
    assert re.search(r"limits 0\.0+ to 0\.0*[1-9]", summary)


@pytest.mark.parametrize(
    "code", [one.code for one in authorities().values() if one.predecessors or one.successors]
)
def test_a_change_of_boundaries_is_said_and_the_other_authorities_stand_beside(code):
    place = authorities()[code]
    published = area.area.publish(from_search(f"?area={code}"))
    frame = published.frame
    others = frame[frame["role"] != "yours"]
    assert set(others["code"]) == {*place.predecessors, *place.successors}
    assert others["value"].notna().all()
    assert place.changed in published.summary
    assert any(place.changed in note for note in published.notes)
    assert not any("does not say why" in note for note in published.notes)
    yours = frame[frame["role"] == "yours"]
    gone = [not place.exists(int(year)) for year in yours["year_end"]]
    assert yours.loc[gone, "status"].eq("not-then").all()


@pytest.mark.parametrize("key", INDICATORS)
def test_no_successor_is_told_that_the_publisher_does_not_say_why(key):
    for code in (one.code for one in authorities().values() if one.predecessors):
        published = area.area.publish(from_search(f"?area={code}&indicator={key}"))
        assert "-" not in set(published.frame.loc[published.frame["role"] == "yours", "status"])


def test_an_authority_with_its_old_boundaries_stands_alone():
    published = area.area.publish(from_search("?area=E08000039"))
    assert set(published.frame["role"]) == {"yours"}
    assert not any("dashed" in note for note in published.notes)


def test_before_and_after_say_why_a_new_authority_has_no_figures_before():
    frame = pilots.changes.publish(from_search("?area=E06000063&years=2013-2025")).frame
    [missing] = frame.loc[frame["code"] == "E06000063", "missing"]
    assert "Formed in April 2023 from part of Cumbria" in missing
