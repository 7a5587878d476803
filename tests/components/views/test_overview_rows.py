"""Every indicator in a row: 24 rows, each with its orders, its pictures and its words."""

import re

import pytest

import app  # noqa: F401 (registers the pages)
from analytics.findings.indicators.overview_rows import rows
from analytics.measures.indicators.registry import INDICATORS
from components.views.overview_rows import ORDERS, name_of, rows_view


@pytest.mark.parametrize("query", ["", "?band=beginner", "?years=2016-2018", "?compare=region"])
def test_every_indicator_has_a_row_with_a_link_and_two_verdicts(client, publish, query):
    published = publish(rows, query)
    words = rows_view(published)
    assert words.count("data-places") == len(published.frame) == 24
    links = re.findall(r'<a data-follow href="([^"]+)">', words)
    assert links == [f"/indicators/{key}" for key in published.frame["key"]]
    assert client.get(links[0]).status_code == 200
    for said in published.frame["level_words"]:
        assert said in words
    assert words.count("<strong>") == sum(
        "clearly" in said
        for name in ("level_words", "change_words")
        for said in published.frame[name]
    )
    assert "nan" not in words


def test_each_pilot_has_one_region(publish):
    assert "Each pilot against its region<" in rows_view(publish(rows, "?compare=region"))


def test_each_order_puts_every_row_in_one_place(publish):
    frame = publish(rows).frame
    words = rows_view(publish(rows))
    places = [list(map(int, one.split())) for one in re.findall(r'data-places="([^"]+)"', words)]
    assert re.findall(r'<option value="(\w+)"', words) == list(ORDERS)
    orders = dict(zip(ORDERS, zip(*places, strict=True), strict=True))
    assert all(sorted(one) == list(range(24)) for one in orders.values())
    assert orders["level"] == tuple(range(24))

    def keys(order):
        return [key for _, key in sorted(zip(orders[order], frame["key"], strict=True))]

    assert keys("change")[0] == "cpp_start_rate"
    assert keys("relative")[0] == "assess_days_median"
    assert keys("topic") == [key for key in INDICATORS if key in set(frame["key"])]
    assert [name_of(key).lower() for key in keys("name")] == sorted(
        name_of(key).lower() for key in frame["key"]
    )


def test_gaps_are_in_the_unit_of_the_row(publish):
    words = re.sub(r"<svg.*?</svg>", "", rows_view(publish(rows)))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", words))
    assert "Child protection conferences −14 per 10,000 children −23%" in text
    assert "Share of cases closed within three months +7.7 points +18%" in text
    assert "Time taken to assess −9.8 working days −34%" in text
