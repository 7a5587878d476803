import numpy as np
import pandas as pd
import pytest

from data.schema import Column, ColumnKind, SchemaError, checked, grouped, text

COLUMNS = (
    text("place", "Place", optional=False),
    Column(name="children", label="Children", unit="people", kind=ColumnKind.COUNT, minimum=0),
    Column(name="rate", label="Rate"),
)
FRAME = pd.DataFrame({"rate": [1.5, None], "place": ["a", "b"], "children": [3, 0]})


def test_a_table_comes_back_with_its_columns_in_order():
    found = checked(FRAME, COLUMNS, of="t")
    assert list(found.columns) == ["place", "children", "rate"]
    assert len(found) == 2


def test_a_table_without_rows_is_a_table():
    assert not len(checked(FRAME.iloc[:0], COLUMNS, of="t", key=("place",)))


def test_every_missing_column_is_named_at_once():
    with pytest.raises(SchemaError, match="t: column place, rate is missing; found children"):
        checked(FRAME[["children"]], COLUMNS, of="t")


def test_no_column_at_all_is_said():
    with pytest.raises(SchemaError, match="found no columns"):
        checked(pd.DataFrame(), COLUMNS, of="t")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"place": ["a", None]}, "t: row 2, column place: found an empty cell, expected a value"),
        ({"children": [3, -1]}, "t: row 2, column children: found -1, expected at least 0"),
        ({"children": ["three", 0]}, "t: row 1, column children: found 'three', expected a number"),
        ({"rate": ["1.5", "high"]}, "t: row 2, column rate: found 'high', expected a number"),
    ],
)
def test_the_first_wrong_cell_is_named(change, message):
    with pytest.raises(SchemaError) as error:
        checked(FRAME.assign(**change), COLUMNS, of="t")
    assert str(error.value) == message


def test_an_optional_cell_may_be_empty_and_is_not_below_a_minimum():
    found = checked(FRAME.assign(children=[None, 1.0]), COLUMNS, of="t")
    assert found["children"].isna().tolist() == [True, False]


def test_a_key_of_two_columns_may_share_one():
    frame = FRAME.assign(place=["a", "a"])
    assert len(checked(frame, COLUMNS, of="t", key=("place", "children"))) == 2
    with pytest.raises(SchemaError, match="row 2, columns place: place a stands twice"):
        checked(frame, COLUMNS, of="t", key=("place",))


def test_what_is_checked_is_not_changed():
    before = FRAME.copy()
    checked(FRAME, COLUMNS, of="t")
    pd.testing.assert_frame_equal(FRAME, before)


@pytest.mark.parametrize(
    ("column", "heading"),
    [(COLUMNS[1], "Children (people)"), (COLUMNS[2], "Rate"), (COLUMNS[0], "Place")],
)
def test_a_heading_has_its_unit(column, heading):
    assert column.heading == heading


def test_only_numbers_and_counts_are_numbers():
    kinds = {kind: Column(name="x", label="X", kind=kind).is_number for kind in ColumnKind}
    assert {kind for kind, is_number in kinds.items() if is_number} == {
        ColumnKind.NUMBER,
        ColumnKind.COUNT,
    }


def test_rows_are_grouped_in_their_order_with_pythons_own_values():
    frame = pd.DataFrame(
        {"of": ["b", "a", "b", "b"], "year": [2, 1, 2, 1], "share": [0.5, 1.0, np.nan, 2.0]}
    )
    found = grouped(frame, "of", "year")
    assert [[row["share"] for row in rows] for rows in found] == [
        [0.5, pytest.approx(np.nan, nan_ok=True)],
        [1.0],
        [2.0],
    ]
    expected = [list(rows["of"]) for _, rows in frame.groupby(["of", "year"], sort=False)]
    assert [[row["of"] for row in rows] for rows in found] == expected
    assert {type(cell) for rows in found for row in rows for cell in row.values()} == {
        str,
        int,
        float,
    }
