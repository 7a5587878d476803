"""Figures that were printed, found again in the project's own tables."""

import pandas as pd
import pytest

from data.load import load
from data.sources.registry import AUTHORITIES, INDICATORS, PILOTS, SECTION251

ENGLAND, BRENT = "E92000001", "E09000005"


def value(code: str, indicator: str, year: int, vintage: str) -> float:
    frame = load(INDICATORS).frame
    rows = frame[
        (frame["code"] == code)
        & (frame["indicator"] == indicator)
        & (frame["year_end"] == year)
        & frame[vintage]
    ]
    assert len(rows) == 1
    return float(rows["value"].item())


@pytest.mark.parametrize(
    ("indicator", "printed"),
    [("cpp_31mar_rate", 43.1), ("cin_31mar_num", 394_400), ("cin_31mar_rate", 337.7)],
)
def test_england_on_31_march_2016_is_as_first_published(indicator, printed):
    assert value(ENGLAND, indicator, 2016, "first_published") == printed


def test_england_on_a_rebased_population_is_not_what_was_first_published():
    assert value(ENGLAND, "cpp_31mar_rate", 2016, "preferred") == 43.4


@pytest.mark.parametrize("vintage", ["preferred", "first_published"])
@pytest.mark.parametrize(
    ("indicator", "year", "printed"),
    [
        ("cin_31mar_num", 2016, 1_902),
        ("cpp_31mar_num", 2016, 198),
        ("cpp_31mar_num", 2015, 226),
        ("cpp_31mar_num", 2014, 229),
    ],
)
def test_brent_has_the_counts_it_had(indicator, year, printed, vintage):
    assert value(BRENT, indicator, year, vintage) == printed


@pytest.mark.parametrize(
    ("line", "pounds"),
    [("3.1.11", 3_941_586_826), ("3.3.4", 2_226_843_214), ("5.0.2", 9_012_317_385)],
)
def test_england_spent_in_2015_16_what_its_returns_add_up_to(line, pounds):
    frame = load(SECTION251).frame
    rows = frame[
        (frame["code"] == ENGLAND)
        & (frame["year_end"] == 2016)
        & (frame["line_code"] == line)
        & frame["preferred"]
    ]
    assert len(rows) == 1
    assert round(rows["gross"].item()) == pounds


def test_ten_pilots_stand_in_bands_of_four_three_and_three():
    bands = load(PILOTS).frame["band"].value_counts()
    assert bands.to_dict() == {"beginner": 4, "two-years": 3, "over-two": 3}


@pytest.mark.parametrize(
    ("band", "names"),
    [
        ("beginner", {"Bristol, City of", "Norfolk", "Wakefield", "Wokingham"}),
        ("two-years", {"Brent", "Lincolnshire", "Suffolk"}),
        ("over-two", {"Leicestershire", "Tower Hamlets", "West Sussex"}),
    ],
)
def test_every_pilot_is_in_the_band_of_the_report(band, names):
    frame = load(PILOTS).frame
    assert set(frame.loc[frame["band"] == band, "name"]) == names


def by_place_and_year(indicator: str, *, later: int = 0) -> pd.Series:
    frame = load(INDICATORS).frame
    rows = frame[frame["preferred"] & (frame["indicator"] == indicator)]
    keys = [rows["code"].astype(str), rows["year_end"].astype(int) + later]
    return pd.Series(rows["value"].to_numpy(), index=pd.MultiIndex.from_arrays(keys)).dropna()


@pytest.mark.parametrize(
    ("rate", "count"),
    [
        ("cin_31mar_rate", "cin_31mar_num"),
        ("icpc_rate", "icpc_num"),
        ("cpp_start_rate", "cpp_start_num"),
        ("assessments_rate", "assessments_num"),
    ],
)
def test_a_rate_is_its_count_over_the_children_of_the_middle_of_the_year_before(rate, count):
    children = by_place_and_year("pop_0_17_mid", later=1)
    made = 10_000 * by_place_and_year(count) / children
    known = set(load(AUTHORITIES).frame["code"])
    apart = (made - by_place_and_year(rate)).abs().dropna()
    apart = apart[[code in known for code, _ in apart.index]]
    assert len(apart) > 1_000
    assert apart.max() < 0.06  # the publisher prints one decimal


def test_the_children_of_a_year_are_those_of_its_own_middle():
    places = load(AUTHORITIES).frame.set_index("code")
    children = by_place_and_year("pop_0_17_mid")
    for year in (2012, 2016, 2020):
        assert children[BRENT, year] == places.loc[BRENT, f"pop_0_17_mid{year}"]
