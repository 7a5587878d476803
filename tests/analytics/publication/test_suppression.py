import numpy as np
import pandas as pd
import pytest

from analytics.publication.suppression import CELLS, suppress
from data.schema import Column, ColumnKind, text
from data.symbols import Symbol

COLUMNS = (
    text("place", "Place"),
    Column(name="year_end", label="Year", kind=ColumnKind.YEAR),
    Column(name="families", label="Families", kind=ColumnKind.COUNT),
    Column(name="share", label="Share", unit="%"),
    text("status", "Status"),
)


def frame(*statuses: str) -> pd.DataFrame:
    count = len(statuses)
    return pd.DataFrame(
        {
            "place": ["Leeds"] * count,
            "year_end": [2016.0] * count,
            "families": [3.0] * count,
            "share": [7.5] * count,
            "status": list(statuses),
        }
    )


def cells(rows):
    return {name: column.array for name, column in rows.items()}


def test_a_confidential_row_loses_its_numbers_and_is_counted():
    safe = suppress(cells(frame("", "c", "c")), COLUMNS)
    assert safe.frame["families"].isna().tolist() == [False, True, True]
    assert safe.frame["share"].isna().tolist() == [False, True, True]
    assert safe.suppressed == 2
    assert not safe.withheld


def test_what_names_the_row_stays():
    safe = suppress(cells(frame("c")), COLUMNS).frame
    assert safe[["place", "year_end", "status"]].to_numpy().tolist() == [["Leeds", 2016.0, "c"]]


@pytest.mark.parametrize("symbol", ["", *sorted(set(Symbol) - {Symbol.CONFIDENTIAL}), "c x"])
def test_another_symbol_hides_nothing(symbol):
    before = frame(str(symbol))
    safe = suppress(cells(before), COLUMNS)
    pd.testing.assert_frame_equal(safe.frame, before)
    assert safe.suppressed == 0


def test_the_frame_that_was_given_is_not_changed():
    before = frame("c", "")
    suppress(cells(before), COLUMNS)
    assert before["families"].tolist() == [3.0, 3.0]


def test_a_frame_without_symbols_or_rows_is_left_as_it_is():
    bare = frame("", "").drop(columns="status")
    pd.testing.assert_frame_equal(suppress(cells(bare), COLUMNS[:-1]).frame, bare)
    assert suppress(cells(frame()), COLUMNS).suppressed == 0


def test_a_missing_symbol_is_no_suppression():
    safe = suppress(cells(frame("", "c").assign(status=[None, "c"])), COLUMNS)
    assert safe.suppressed == 1
    np.testing.assert_array_equal(safe.frame["families"], [3.0, np.nan])


@pytest.mark.parametrize("missing", [None, np.nan])
def test_a_row_that_does_not_say_which_cells_it_shows_is_not_published(missing):
    rows = frame("")
    for column in CELLS:
        rows[column.name] = np.array([missing], dtype=object)
    with pytest.raises(TypeError, match="found"):
        suppress(cells(rows), (*COLUMNS, *CELLS), hidden=frozenset({"families of Leeds"}))
