import math

import pytest

from components.card.numbers import bytes_words, shown
from data.schema import Column, ColumnKind, text

RATE = Column(name="rate", label="Rate")
COUNT = Column(name="n", label="n", kind=ColumnKind.COUNT, decimals=0)
YEAR = Column(name="year", label="Year", kind=ColumnKind.YEAR)


@pytest.mark.parametrize(
    ("cell", "column", "words"),
    [
        (-13.83, RATE, "−13.8"),
        (1234.5, RATE, "1,234.5"),
        (0.004, RATE, "0.00"),
        (10.0, COUNT, "10"),
        (2016.0, YEAR, "2016"),
        ("a", text("t", "T"), "a"),
    ],
)
def test_cells_are_written_for_readers(cell, column, words):
    assert shown(cell, column) == (words, False)


def test_missing_is_a_dash_or_the_publishers_symbol():
    assert shown(math.nan, RATE) == ("–", True)
    assert shown(None, RATE, status="c") == ("[c]", True)


def test_sizes():
    assert bytes_words(10) == "1 kB"
    assert bytes_words(2_345_678) == "2,346 kB"
