from itertools import pairwise
from math import nan
from xml.etree import ElementTree as ET

import pytest

from components.briefing.year_chart import APART, BOTTOM, HEIGHT, TOP, Mark, Series, year_chart

YEARS = ("2012/13", "2013/14", "2014/15", "2015/16")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*series: Series) -> ET.Element:
    return ET.fromstring(year_chart(YEARS, series, start=1.5))  # noqa: S314 (our own)


def points(chart: ET.Element) -> list[list[tuple[float, ...]]]:
    lines = chart.iter(f"{SVG}polyline")
    return [[tuple(map(float, p.split(","))) for p in one.get("points").split()] for one in lines]


def words(chart: ET.Element) -> list[str]:
    return [one.text for one in chart.iter(f"{SVG}text")]


def test_values_are_drawn_from_zero_to_a_round_number():
    chart = drawn(Series(name="Pilots", mark=Mark.PILOTS, values=(0, 25, 50, 100)))
    (line,) = points(chart)
    zero, top = HEIGHT - BOTTOM, TOP
    expected = [zero, (3 * zero + top) / 4, (zero + top) / 2, top]
    assert [y for _, y in line] == pytest.approx(expected, abs=0.06)
    steps = [b[0] - a[0] for a, b in pairwise(line)]
    assert steps == pytest.approx([steps[0]] * 3, abs=0.11)
    assert words(chart)[:6] == ["0", "20", "40", "60", "80", "100"]


def test_a_missing_year_breaks_the_line_and_an_empty_one_is_left_out():
    chart = drawn(
        Series(name="Pilots", mark=Mark.PILOTS, values=(10, nan, 20, 30)),
        Series(name="Nobody", mark=Mark.YOURS, values=(nan, nan, nan, nan)),
    )
    assert [len(run) for run in points(chart)] == [1, 2]
    assert "Nobody" not in words(chart)


def test_a_start_before_the_years_is_not_drawn():
    line = Series(name="Pilots", mark=Mark.PILOTS, values=(1, 2, 3, 4))
    assert "start" in words(drawn(line))
    before = ET.fromstring(year_chart(YEARS, (line,), start=-0.5))  # noqa: S314 (our own)
    assert "start" not in words(before)


def test_names_at_the_ends_of_lines_do_not_cover_each_other():
    chart = drawn(
        Series(name="Pilots", mark=Mark.PILOTS, values=(10, 10, 10, 10)),
        Series(name="Similar councils", mark=Mark.COMPARATOR, values=(10, 10, 10, 10.1)),
        Series(name="Hackney", mark=Mark.YOURS, values=(10, 10, 10, 9.9)),
    )
    named = {"Pilots", "Similar councils", "Hackney"}
    down = sorted(float(t.get("y")) for t in chart.iter(f"{SVG}text") if t.text in named)
    assert all(b - a >= APART - 0.2 for a, b in pairwise(down))


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0.0, ["0", "1"]),
        (0.93, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (4.2, ["0", "1", "2", "3", "4", "5"]),
        (61, ["0", "20", "40", "60", "80"]),
        (1_240, ["0", "250", "500", "750", "1,000", "1,250"]),
    ],
)
def test_ticks_are_round_and_cover_the_highest(highest, ticks):
    chart = drawn(Series(name="Pilots", mark=Mark.PILOTS, values=(0, 0, 0, highest)))
    assert words(chart)[: len(ticks)] == ticks
