import math
import re
from dataclasses import replace

import pytest

import app  # noqa: F401 (registers the findings)
from analytics.publication.registry import FINDINGS
from analytics.selection.selection import HOME
from components.card.numbers import bytes_words, shown
from data.schema import Column, ColumnKind, text

RATE = Column(name="rate", label="Rate")
COUNT = Column(name="n", label="n", kind=ColumnKind.COUNT, decimals=0)
P = Column(name="p_placebo", label="p, placebo", decimals=3)
YEAR = Column(name="year", label="Year", kind=ColumnKind.YEAR)


@pytest.mark.parametrize(
    ("cell", "column", "words"),
    [
        (-13.83, RATE, "−13.8"),
        (1234.5, RATE, "1,234.5"),
        (0.004, RATE, "0.00"),
        (0.0002, P, "< 0.001"),
        (0.0, P, "< 0.001"),
        (0.02, P, "0.020"),
        (0.0496, P, "0.0496"),
        (0.0496, replace(P, decimals=4), "0.0496"),
        (1.0, P, "1.000"),
        (0.0002, Column(name="p_error", label="Error of p", decimals=4), "0.0002"),
        (10.0, COUNT, "10"),
        (2016.0, YEAR, "2016"),
        ("a", text("t", "T"), "a"),
    ],
)
def test_cells_are_written_for_readers(cell, column, words):
    assert shown(cell, column) == (words, False)


def test_every_column_that_readers_know_as_p_is_written_as_one():
    columns = [one for finding in FINDINGS.values() for one in finding.columns_under(HOME)]
    called = {
        one.name
        for one in columns
        if re.search(r"\bp\b", one.label) and one.kind is ColumnKind.NUMBER
    }
    assert {"p", "p_adjusted", "p_placebo", "smallest_adjusted"} <= called
    written = {one.name for one in columns if one.is_p}
    assert {one for one in called if "error" not in one} <= written
    assert not any("error" in one for one in written)


def test_missing_is_a_dash_or_the_publishers_symbol():
    assert shown(math.nan, RATE) == ("–", True)
    assert shown(None, RATE, status="c") == ("[c]", True)


def test_sizes():
    assert bytes_words(10) == "1 kB"
    assert bytes_words(2_345_678) == "2,346 kB"
