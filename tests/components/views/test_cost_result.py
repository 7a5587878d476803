"""The result of the cost card: every line names its base."""

import re

import pytest

from analytics.findings.costs import costs
from analytics.selection.parse import from_search
from components.views.cost_result import beside, cost_result

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
        "£765,000", "over three years: people leading £390,000 + training £375,000",
    )  # fmt: skip
    assert found["A year"] == ("£255,000", "total ÷ 3 years")
    assert found["Per social worker"] == ("£2,550", "total ÷ 300 (set by you)")
    assert found["Per person trained"] == ("£2,550", "total ÷ 300")
    assert found["Per child in need"] == ("£271", "total ÷ 2,821 (31 March 2016)")
    assert found["Share of three years' safeguarding spend"] == (
        "1.28%", "total ÷ (3 × £19,964,108 gross in 2015/16)",
    )  # fmt: skip
    assert found["Share of one year's safeguarding spend"] == (
        "3.83%", "total ÷ £19,964,108 gross in 2015/16",
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


def test_what_a_total_is_made_of_is_one_bar_with_its_shares_in_words(publish):
    words = cost_result(publish(costs.card, HACKNEY))
    bars = re.findall(r'<rect class="cost-\w+" x="([\d.]+)" width="([\d.]+)"', words)
    (_, lead), (start, training) = [(float(x), float(width)) for x, width in bars]
    assert start == lead == pytest.approx(100 * 390 / 765, abs=0.01)
    assert lead + training == pytest.approx(100)
    assert "People leading 51%" in words
    assert "Training 49%" in words


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("", "all still at their start values. Choose your council in the bar above"),
        (HACKNEY, "More people are trained (300) than there are social workers (169.7)."),
    ],
)
def test_what_the_plain_sentences_say_beside_the_figures_is_kept(publish, search, said):
    assert said in cost_result(publish(costs.card, search))


def test_a_place_without_a_total_says_what_to_do(publish):
    row = publish(costs.card, HACKNEY).frame.iloc[0].to_dict()
    said = beside({**row, "total": float("nan")}, from_search(HACKNEY))
    assert said[-1] == "Set how many social workers there are, or how many people are trained."


def test_a_total_of_nothing_has_no_bar(publish):
    assert "<svg" not in cost_result(publish(costs.card, "?fte=0&training-days=0"))


def test_a_year_is_no_line_where_the_work_lasts_one(publish):
    assert "A year" not in cost_result(publish(costs.card, "?area=E09000012"))
    assert "A year" in cost_result(publish(costs.card, HACKNEY))
