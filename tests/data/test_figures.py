"""Figures that were printed, found again in the project's own tables."""

import pandas as pd
import pytest

from data.load import load
from data.sources import INDICATORS, PILOTS, SECTION251

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


def test_a_rate_is_its_count_over_the_children_of_the_year_before():
    frame = load(INDICATORS).frame
    held = frame[frame["preferred"] & frame["year_end"].between(2014, 2016)]
    wide = held.pivot(index=["code", "year_end"], columns="indicator", values="value")
    made = 10_000 * wide["cin_31mar_num"] / wide["pop_0_17_mid"]
    pairs = pd.DataFrame({"made": made, "held": wide["cin_31mar_rate"]}).dropna()
    authorities = pairs[pairs.index.get_level_values("code").str.startswith(("E06", "E08", "E1"))]
    assert len(authorities) > 300
    assert (authorities["made"] - authorities["held"]).abs().max() < 0.1
