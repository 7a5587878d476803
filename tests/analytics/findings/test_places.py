"""The places themselves: profile, inspections, one authority by year; and the later studies."""

import numpy as np
import pytest

from analytics.address import from_search
from analytics.findings import area, later, places
from analytics.indicators.registry import INDICATORS
from analytics.places import authorities
from data.load import load
from data.sources import AUTHORITIES, INSPECTIONS, LATER_STUDIES


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
    assert published.withheld == published.says
    assert not len(published.frame)


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
    for key, indicator in INDICATORS.items():
        if not indicator.count:
            search = f"?area=E08000035&indicator={key}"
            frame = area.area.publish(from_search(search)).frame
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
    assert frame["topic"].str.startswith("Matched comparison").sum() == 4
    assert (frame["figure"] != "").all()


def test_the_sentence_on_later_studies_agrees_with_its_table():
    published = later.studies.publish(from_search(""))
    row = published.frame[published.frame["finding"].str.contains("kinship")]
    assert len(row) == 1
    assert "13 percentage point" in row["figure"].item()
    assert "REDUCTION" in row["figure"].item()
    assert "opposite" in row["note"].item()
    assert "13 percentage points lower" in published.says
    assert "nine" in published.says


def test_the_later_studies_do_not_depend_on_the_selection():
    one, other = (later.studies.publish(from_search(search)) for search in ("", "?band=beginner"))
    assert one.frame.equals(other.frame)
    assert one.says == other.says
    assert not np.any(one.frame.isna())
