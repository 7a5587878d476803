"""Every row of a file says which measure and which place it is of."""

import csv
import io
from pathlib import Path

import pytest

import app  # noqa: F401 (pages bring in every finding)
from analytics.measures.indicators.registry import INDICATORS
from analytics.publication.clear_names import file_columns
from analytics.publication.export import rows, to_csv, to_json
from analytics.publication.registry import offered
from analytics.publication.row_names import UNIT
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME, Selection

OF_A_MEASURE = [key for key, one in offered(HOME).items() if one.measure is not None]


def names_in(key: str) -> set[str]:
    finding = offered(HOME)[key]
    columns = file_columns(key, finding.columns_under(HOME), finding.row_names(Selection()))
    return {column.written for column in columns}


def test_what_follows_the_measure_of_the_selection_names_it():
    other = from_search("?indicator=s47_rate&ratio=safeguarding_share")
    follow = {
        key
        for key, finding in offered(HOME).items()
        if finding.title_for(other) != finding.title_for(Selection())
        and finding.unit_for(Selection()) in {INDICATORS["icpc_rate"].unit, "per £1 of total spend"}
    }
    assert follow
    assert follow <= {*OF_A_MEASURE}


@pytest.mark.parametrize("key", offered(HOME))
def test_a_row_about_a_measure_or_a_place_has_its_key_or_code(key):
    names = names_in(key)
    if offered(HOME)[key].measure is not None:
        assert {"key", "unit"} <= names
        assert names & {"name", "measure"}
    if key != "change-verdict":  # there ``place`` is one in an order
        assert "code" in names or "place" not in names
    assert "neighbour_code" in names or "neighbour" not in names
    assert names & {"key", "id", "activity"} or "unit" not in names


@pytest.mark.parametrize("key", OF_A_MEASURE)
def test_a_measure_is_named_in_every_row(key):
    shown = offered(HOME)[key].publish(from_search("?indicator=s47_rate&ratio=safeguarding_share"))
    assert offered(HOME)[key].measure is not None
    measure = offered(HOME)[key].measure(shown.selection)
    names = [column.written for column in rows(shown)[0]]
    table = list(csv.DictReader(io.StringIO(to_csv(shown).decode("utf-8-sig"), newline="")))
    assert len(names) == len(set(names))
    assert shown.withheld or table
    for row in table if not shown.withheld else []:
        assert row["key"] == measure.key
        assert measure.name in {row.get("name"), row.get("measure")}
        assert row["unit"]


def test_a_unit_that_is_the_same_in_every_row_stays_in_the_dictionary():
    shown = offered(HOME)["indicator-years"].publish(Selection())
    assert UNIT in dict(shown.row_names)
    assert shown.unit.encode() in to_json(shown).partition(b'"columns"')[2].partition(b'"rows"')[0]


def test_a_council_is_named_in_every_row_of_its_table():
    shown = offered(HOME)["council-indicators"].publish(from_search("?area=E06000023"))
    columns, table = rows(shown)
    at = {column.written: place for place, column in enumerate(columns)}
    assert {(row[at["code"]], row[at["place"]]) for row in table} == {("E06000023", "Bristol")}


def test_no_released_column_is_gone():
    """Rename one only with the old name beside it for a major version: see docs/files.md."""
    lines = Path(__file__).with_name("released_columns.txt").read_text(encoding="utf-8")
    released = {key: {*names} for key, *names in map(str.split, lines.splitlines())}
    assert len(released) > 70
    gone = {key: names - names_in(key) for key, names in released.items() if names - names_in(key)}
    assert not gone
