"""The page of a council as HTML: what the rows hold, drawn and in words."""

import re

import pytest

from analytics.findings.councils import council_indicators, council_ratios
from components.views.council import council_view


def written(publish, finding, query):
    return council_view(publish(finding, query))


@pytest.mark.parametrize("finding", [council_indicators.indicators, council_ratios.ratios])
@pytest.mark.parametrize(
    "query",
    ["area=E09000012", "area=E06000063", "area=E10000009&k=1", "area=E06000053&years=2025-2025",
     "area=E06000058&model=2025&years=2012-2025"],
)  # fmt: skip
def test_every_row_has_its_cells_and_nothing_that_is_no_number(publish, finding, query):
    published = publish(finding, query)
    words = council_view(published)
    assert words.count("<tr") == len(published.frame) + 1
    assert words.count('<td role="cell"') == 6 * len(published.frame)
    assert "nan" not in words
    assert "inf" not in re.sub(r"[a-z]*inf[a-z]+", "", words)
    assert re.findall(r'<tr [^>]*data-mark="(\w+)">', words) == published.frame["key"].tolist()
    assert words.count("not compared") == published.frame["position"].eq("").sum()


def test_figures_are_written_in_everyday_units(publish):
    words = written(publish, council_indicators.indicators, "area=E09000012")
    assert '<td role="cell" class="number own" data-label="Here">598.1</td>' in words
    assert "working days</small>" in words
    assert "43 working days</td>" not in words
    assert ">51 of 152</td>" in words
    assert "£" in written(publish, council_ratios.ratios, "area=E09000012")


def test_an_indicator_leads_to_its_page_and_a_ratio_to_its_own_selection(publish):
    words = written(publish, council_indicators.indicators, "area=E09000012")
    assert '<a data-follow href="/indicators/icpc_rate">' in words
    words = written(publish, council_ratios.ratios, "area=E09000012&k=5")
    [address] = re.findall(r'data-view href="(/expenditure[^"]*ratio=spend_per_child)"', words)
    assert "area=E09000012" in address
    assert "k=5" in address


def test_a_line_is_broken_where_a_year_is_missing(publish):
    words = written(publish, council_indicators.indicators, "area=E09000012")
    first = re.search(r'<path class="own" d="([^"]*)"', words)[1]
    # Referrals of Hackney: 2012/13 to 2019/20, then 2022/23 to 2024/25.
    assert first.count("M") == 2
    assert first.count("L") == 7 + 2
    assert "505.6 in 2012/13 to 674.1 in 2024/25" in words


def test_those_before_a_boundary_change_are_dashed_and_in_the_key(publish):
    words = written(publish, council_indicators.indicators, "area=E06000063&years=2013-2025")
    assert words.count('class="related"') > 20
    assert "Before or after the boundary change" in words
    plain = written(publish, council_indicators.indicators, "area=E09000012")
    assert 'class="related"' not in plain


def test_a_qualified_figure_has_its_symbol_and_a_missing_one_its_reason(publish):
    published = publish(council_ratios.ratios, "area=E06000056")
    held = published.frame["value"].notna()
    assert int((held & published.frame["status"].eq("jump")).sum()) == 7
    assert council_view(published).count("jump</small>") == 7
    later = publish(council_ratios.ratios, "area=E06000058&model=2025&years=2020-2025")
    assert council_view(later).count(">[no-line]</td>") == later.frame["value"].isna().sum() == 2


def test_a_council_that_a_list_does_not_know_is_led_to_the_latest_list(publish):
    since = written(publish, council_indicators.indicators, "area=E06000061")
    [(address, words)] = re.findall(r'<a data-view href="([^"]*years[^"]*)">([^<]*)</a>', since)
    assert words == "Show up to 2024/25, with the list of May 2025"
    assert "model=2025" in address
    query = address.partition("?")[2].replace("&amp;", "&")
    shown = publish(council_indicators.indicators, f"area=E06000061&{query}")
    assert shown.frame["similar"].notna().sum() > 20
    assert "Show up to" not in council_view(shown)
    known = written(publish, council_indicators.indicators, "area=E09000012")
    assert ">Show up to 2024/25</a>" in known
