"""A name of a column means one thing in all files, or a clear name stands beside it."""

from collections import defaultdict

import pytest

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.clear_names import clear_names, file_columns, same_columns
from analytics.publication.dictionary import described
from analytics.publication.export import rows
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME, Selection
from data.schema import ColumnKind, visible

NUMBERS = {ColumnKind.NUMBER, ColumnKind.COUNT}


def columns_of(key):
    finding = offered(HOME)[key]
    return file_columns(key, finding.columns_under(HOME), finding.row_names(Selection()))


def test_a_name_is_of_numbers_in_all_files_or_in_none():
    kinds = defaultdict(lambda: defaultdict(list))
    for key in offered(HOME):
        old = clear_names().get(key, {})
        for column in columns_of(key):
            if column.written not in old:
                kinds[column.written][column.kind in NUMBERS].append(key)
    assert not {name: dict(found) for name, found in kinds.items() if len(found) > 1}


def test_every_clear_name_is_of_a_column_and_new_in_its_files():
    for key, names in clear_names().items():
        held = [column.written for column in visible(offered(HOME)[key].columns_under(HOME))]
        assert names.keys() <= {*held}, key
        written = [column.written for column in columns_of(key)]
        assert len(written) == len({*written}), key
        assert {*names.values()} <= {*written}, key


@pytest.mark.parametrize("key", ["change-windows", "costs-estimate", "expenditure-places"])
def test_both_names_hold_the_same_cells_and_the_old_one_names_the_other(key):
    shown = offered(HOME)[key].publish(from_search("?area=E08000035"))
    columns, table = rows(shown)
    at = {column.written: place for place, column in enumerate(columns)}
    said = {
        c.written: w.about for c, w in zip(columns, described(key, columns, unit=""), strict=True)
    }
    same = same_columns(key, shown.columns)
    assert same
    assert table
    for new, old in same.items():
        assert [row[at[new]] for row in table] == [row[at[old]] for row in table]
        assert said[old] == f"{said[new]} The same as {new}, the name to use."
