"""A table of changes leads from one release of a table to the next, and says how many cells."""

import pandas as pd
import pytest

from data.releases.changes import applied, compared, counted
from data.schema import Column, ColumnKind, text
from data.sources.source import Kind, Source

TABLE = Source(
    key="sizes",
    title="Sizes",
    publisher="P",
    publication="Q",
    edition="1",
    period="2013",
    kind=Kind.OFFICIAL,
    file="sizes.csv",
    columns=(
        text("code", "Code", optional=False),
        Column(name="year", label="Year", kind=ColumnKind.YEAR),
        Column(name="value", label="Value", kind=ColumnKind.NUMBER),
        text("status", "Status"),
    ),
    row_key=("code", "year"),
)


def table(*rows):
    frame = pd.DataFrame(rows, columns=["code", "year", "value", "status"])
    return frame.astype({"code": "category", "year": "int16", "value": "float64", "status": "str"})


BEFORE = table(("A", 2013, 0.1, None), ("A", 2014, 2.5, "c"), ("B", 2013, None, None))


@pytest.mark.parametrize(
    ("after", "added", "revised", "removed"),
    [
        (BEFORE, 0, 0, 0),
        (table(("A", 2013, 0.3, None), ("A", 2014, 2.5, "c"), ("B", 2013, None, None)), 0, 1, 0),
        (table(("A", 2013, 0.1, "r"), ("A", 2014, None, "c"), ("B", 2013, 7.0, None)), 2, 0, 1),
        (table(("A", 2012, 1.0, None), ("A", 2013, 0.1, None), ("B", 2013, None, None)), 1, 0, 2),
        (table(("B", 2013, 4.0, None), ("C", 2013, 5.0, "x")), 3, 0, 3),
    ],
)
def test_changes_lead_from_one_table_to_the_next(after, added, revised, removed):
    changes = compared(TABLE, BEFORE, after)
    pd.testing.assert_frame_equal(
        applied(TABLE, BEFORE, changes).reset_index(drop=True), after, check_categorical=False
    )
    found = counted(TABLE, changes)
    assert (found.added, found.revised, found.removed) == (added, revised, removed)


def test_a_new_column_is_cells_added():
    after = BEFORE.assign(note=["n", None, None])
    changes = compared(TABLE, BEFORE, after)
    assert counted(TABLE, changes).added == 1
    assert applied(TABLE, BEFORE, changes)["note"].tolist() == ["n", None, None]


def test_rows_in_another_order_are_no_changes():
    assert compared(TABLE, BEFORE, BEFORE.iloc[::-1]).empty


def test_changes_of_another_table_are_left_out():
    changes = compared(TABLE, BEFORE, BEFORE.iloc[:1]).assign(table="other")
    assert applied(TABLE, BEFORE, changes) is BEFORE
    assert counted(TABLE, changes).words == "no cell changed"


def test_counts_are_said_without_those_of_nothing():
    changes = compared(TABLE, BEFORE, table(("A", 2013, 0.3, None), ("A", 2014, None, "c")))
    assert counted(TABLE, changes).words == "1 cell revised, 1 cell removed"
