"""The result of the cost card: every line names its base."""

import re

import pytest

from analytics.findings.costs import costs
from analytics.selection.parse import from_search
from components.views.cost_result import cost_result

HACKNEY = "?area=E09000012&fte=2&cost-years=3&training-people=300"


def lines(search):
    words = cost_result(costs.card.publish(from_search(search)))
    rows = re.findall(
        r"<th scope=row[^>]*>(.*?)</th><td class=number[^>]*>(.*?)</td><td[^>]*>(.*?)</td>", words
    )
    return {name.replace("&#x27;", "'"): (value, base) for name, value, base in rows}


def test_one_council_is_worked_out_line_by_line():
    found = lines(f"{HACKNEY}&social-workers=300")
    assert found["Total for one council, Hackney"] == (
        "£765,000", "over 3 years: people leading £390,000 + training £375,000",
    )  # fmt: skip
    assert found["A year"] == ("£255,000", "total ÷ 3 years")
    assert found["Per social worker"] == ("£2,550", "total ÷ 300 (set by you)")
    assert found["Per person trained"] == ("£2,550", "total ÷ 300")
    assert found["Per child in need"] == ("£271", "total ÷ 2,821 (31 March 2016)")
    assert found["Share of 3 years' safeguarding spend"] == (
        "1.28 %", "total ÷ (3 × £19,964,108 gross in 2015/16)",
    )  # fmt: skip
    assert found["Share of one year's safeguarding spend"] == (
        "3.83 %", "total ÷ £19,964,108 gross in 2015/16",
    )  # fmt: skip


def test_several_pilots_have_one_of_them_first():
    found = lines("?fte=2&cost-years=3&training-people=300")
    assert list(found)[:4] == [
        "For one pilot, on average", "A year for one pilot, on average",
        "Total for 10 pilots together", "A year for 10 pilots together",
    ]  # fmt: skip
    assert found["For one pilot, on average"] == ("£765,000", "total ÷ 10 pilots")
    assert found["Total for 10 pilots together"][0] == "£7,650,000"


@pytest.mark.parametrize("search", ["", HACKNEY, "?area=E06000053&years=2024-2025", "?fte=0"])
def test_a_line_without_a_figure_is_left_out(search):
    for value, base in lines(search).values():
        assert "nan" not in f"{value}{base}"
        assert "–" not in value
        assert base


def test_one_year_has_one_share():
    assert [name for name in lines("?area=E09000012") if name.startswith("Share")] == [
        "Share of one year's safeguarding spend"
    ]
