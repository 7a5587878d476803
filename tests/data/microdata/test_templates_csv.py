"""Templates and examples open in a spreadsheet and have the columns of their table."""

import csv
from io import StringIO

import pandas as pd
import pytest

from data.microdata.tables import RECORD_TABLES
from data.microdata.templates_csv import example_csv, template_csv

PROFILE = RECORD_TABLES["self_profile"]


def rows_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("table", RECORD_TABLES.values(), ids=lambda table: table.key)
def test_a_template_is_the_headings_alone(table):
    assert rows_of(template_csv(table)) == [[field.name for field in table.fields]]


def test_an_example_has_the_first_rows_and_only_the_columns_of_the_table():
    frame = pd.DataFrame(
        {
            "simulated": "Simulated",
            "score": [3, 4, 5],
            "point": 1,
            "item": "mapping cases",
            "band": "beginner",
            "pilot": ["A", "B", "C"],
        }
    )
    assert rows_of(example_csv(PROFILE, frame, rows=2)) == [
        ["pilot", "band", "item", "point", "score"],
        ["A", "beginner", "mapping cases", "1", "3"],
        ["B", "beginner", "mapping cases", "1", "4"],
    ]


def test_an_example_of_another_table_is_refused():
    with pytest.raises(LookupError, match="self_profile: found no column band, item, point, score"):
        example_csv(PROFILE, pd.DataFrame({"pilot": ["A"]}))
