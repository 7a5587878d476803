"""The ratios of the registry: known lines, one definition each, and one entry adds a ratio."""

from dataclasses import replace

import pytest

from analytics.measures.ratios.lines import LINES, TOTAL, categories, leaves, sum_words
from analytics.measures.ratios.ratio import Ratio
from analytics.measures.ratios.registry import CHILDREN, RATIOS

GIVEN = {
    "cla_share": (("3.1.11",), ("5.0.2",)),
    "safeguarding_share": (("3.3.4",), ("5.0.2",)),
    "family_support_share": (("3.4.6",), ("5.0.2",)),
    "young_people_share": (("3.5.3",), ("5.0.2",)),
    "early_years_share": (("3.0.5",), ("5.0.2",)),
    "family_support_to_cla": (("3.4.6",), ("3.1.11",)),
    "safeguarding_to_cla": (("3.3.4",), ("3.1.11",)),
    "early_help_to_statutory": (("3.0.5", "3.4.6", "3.5.3"), ("3.1.11", "3.3.4")),
    "social_work_share_of_safeguarding": (("3.3.1",), ("3.3.4",)),
    "residential_to_fostering": (("3.1.1",), ("3.1.2",)),
}


def test_the_ten_ratios_are_as_defined():
    assert {
        key: (one.numerator, one.denominator) for key, one in RATIOS.items() if not one.per
    } == GIVEN


def test_spend_per_child_is_there_three_times_in_two_prices():
    heads = [one for one in RATIOS.values() if one.per]
    assert sorted((one.per.series, one.real) for one in heads) == [
        ("cin_31mar_num", False), ("cin_31mar_num", True), ("cla_31mar_num", False),
        ("cla_31mar_num", True), ("pop_0_17_mid", False), ("pop_0_17_mid", True),
    ]  # fmt: skip
    assert all(one.core is not one.real for one in heads)
    assert sum(one.core for one in RATIOS.values()) == 13


@pytest.mark.parametrize("ratio", RATIOS.values(), ids=lambda one: one.key)
def test_an_entry_can_be_read(ratio):
    assert ratio.name[0].isupper()
    assert ratio.definition.startswith("Gross expenditure on ")
    assert ratio.definition.endswith(".")
    for code in ratio.lines:
        assert f"{LINES[code].name} ({code})" in f"{ratio.above} {ratio.below}"
        assert LINES[code].contains or LINES[code].detail
    assert all(words.endswith(".") for words in ratio.remarks)


def test_the_last_year_is_that_of_the_lines_and_the_deflator():
    until = {key: one.last_year for key, one in RATIOS.items()}
    ended = {"social_work_share_of_safeguarding", "residential_to_fostering"}
    real = {key for key in RATIOS if key.endswith("_real")}
    assert {key for key, year in until.items() if year == 2019} == ended | real
    assert {until[key] for key in RATIOS if key not in ended | real} == {2025}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"numerator": ("9.9.9",)}, "9.9.9"),
        ({"denominator": ()}, r"denominator \(\)"),
        ({"per": CHILDREN}, "per Head"),
        ({"numerator": ()}, r"numerator \(\)"),
    ],
)
def test_an_impossible_entry_is_refused(change, found):
    with pytest.raises(ValueError, match=found):
        replace(RATIOS["cla_share"], **change)


def test_categories_and_leaves_make_the_whole():
    assert LINES[TOTAL].parts == tuple(line.code for line in categories())
    assert not [line for line in leaves() if line.parts]
    assert len({line.code for line in leaves()}) == len(leaves()) == 26


def test_a_sum_reads_as_words():
    assert sum_words(("3.4.6", "3.6.1")) == "family support (3.4.6) + youth justice (3.6.1)"


def test_a_ratio_is_a_value():
    with pytest.raises(AttributeError):
        RATIOS["cla_share"].key = "other"
    assert isinstance(RATIOS["cla_share"], Ratio)
