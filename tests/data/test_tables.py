"""What holds in every table, whatever its subject."""

import csv

import pandas as pd
import pytest

from data.load import load
from data.schema import ColumnKind
from data.sources.registry import (
    AUTHORITIES,
    DEFLATOR,
    INDICATORS,
    INSPECTIONS,
    NEIGHBOURS,
    PILOTS,
    SECTION251,
    SOURCES,
)
from data.sources.source import checksums
from data.symbols import NOT_COMPARED, Symbol

TABLES = list(SOURCES.values())
#: Of the table of pilots, which a programme holds: the bytes given out before it did.
PILOTS_SHA256 = "cbbc1dafe39e43c7d0d280b506d1f1aa564bf18f09d049f9925d2eb5ac29a1ab"
CSV = [source for source in TABLES if source.file.endswith(".csv")]
#: Symbols that may qualify a value; the others stand in place of one.
BESIDE = {*NOT_COMPARED, Symbol.LOW_RELIABILITY, Symbol.ROUNDS_TO_ZERO}
INSTEAD = set(Symbol) - BESIDE


def key_of(source):
    return source.key


@pytest.mark.parametrize("source", TABLES, ids=key_of)
def test_every_table_is_the_one_that_was_built(source):
    table = load(source)
    assert table.digest == source.sha256
    assert table.digest == checksums().get(source.file, PILOTS_SHA256)
    assert tuple(table.frame.columns) == tuple(column.name for column in source.columns)
    assert len(table.frame)


def test_every_checksum_is_of_a_table():
    assert list(checksums()) == [source.file for source in TABLES if source is not PILOTS]
    assert len({source.key for source in TABLES}) == len(TABLES)


@pytest.mark.parametrize("source", TABLES, ids=key_of)
def test_a_row_is_named_once(source):
    assert source.row_key
    assert not load(source).frame.duplicated(list(source.row_key)).any()


@pytest.mark.parametrize("source", TABLES, ids=key_of)
def test_every_table_says_where_it_came_from(source):
    assert source.publisher in source.citation
    assert source.publication in source.citation
    assert all((source.title, source.edition, source.period, source.licence, source.kind.label))


@pytest.mark.parametrize("source", TABLES, ids=key_of)
def test_a_flag_is_true_or_false(source):
    frame = load(source).frame
    for column in source.columns:
        if column.kind is ColumnKind.FLAG:
            assert frame[column.name].dtype == bool


@pytest.mark.parametrize("source", CSV, ids=key_of)
def test_no_cell_begins_a_formula(source):
    lines = source.read().decode("utf-8-sig").splitlines(keepends=True)
    cells = [cell for row in csv.reader(lines) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))]


def test_a_symbol_that_hides_a_value_never_stands_beside_one():
    frame = load(INDICATORS).frame
    assert set(frame["status"].dropna()) <= set(Symbol)
    assert not frame.loc[frame["status"].isin(INSTEAD), "value"].notna().any()
    spend = load(SECTION251).frame
    amounts = [column.name for column in SECTION251.columns if column.unit == "£ cash"]
    assert set(spend["status"].dropna()) <= set(Symbol)
    assert not spend.loc[spend["status"].notna(), amounts].notna().any(axis=None)


def test_a_missing_value_says_why():
    frame = load(INDICATORS).frame
    assert frame.loc[frame["value"].isna(), "status"].notna().all()


def test_no_place_year_and_indicator_has_two_values_of_one_vintage():
    frame = load(INDICATORS).frame
    for vintage in ("preferred", "first_published"):
        rows = frame[frame[vintage]]
        assert not rows.duplicated(["code", "year_end", "indicator"]).any()
    spend = load(SECTION251).frame
    assert not spend[spend["preferred"]].duplicated(["code", "year_end", "line_code"]).any()


def test_first_published_figures_are_those_of_2013_to_2017_and_older_looked_after_rates():
    frame = load(INDICATORS).frame
    first = frame[frame["first_published"]].astype({"indicator": str})
    care = first["indicator"].str.startswith("cla_")
    assert set(first.loc[~care, "year_end"]) == set(range(2013, 2018))
    assert first[care].groupby("indicator")["year_end"].unique().map(sorted).to_dict() == {
        "cla_31mar_rate": [2016, 2017, 2018],
        "cla_start_rate": [2018],
        "cla_cease_rate": [2018],
    }


def test_every_neighbour_is_a_known_authority():
    frame, known = load(NEIGHBOURS).frame, set(load(AUTHORITIES).frame["code"])
    assert set(frame["code"]) <= known
    assert set(frame["neighbour"]) <= known
    assert (frame["code"] != frame["neighbour"]).all()
    assert set(frame["model"]) == {"pre-2021", "2021", "2025"}


def test_every_list_of_neighbours_is_ten_different_places_ranked_from_one_to_ten():
    for _, rows in load(NEIGHBOURS).frame.groupby(["model", "code"]):
        assert sorted(rows["rank"]) == list(range(1, 11))
        assert rows["neighbour"].is_unique


def test_closeness_is_known_for_the_later_lists_only():
    frame = load(NEIGHBOURS).frame
    assert frame.groupby("model")["closeness"].agg(lambda cells: cells.notna().all()).to_dict() == {
        "pre-2021": False,
        "2021": True,
        "2025": True,
    }


@pytest.mark.parametrize("model", ["pre-2021", "2021", "2025"])
def test_every_pilot_has_neighbours_under_every_list(model):
    frame = load(NEIGHBOURS).frame
    assert set(load(PILOTS).frame["code"]) <= set(frame.loc[frame["model"] == model, "code"])


@pytest.mark.parametrize("source", [INSPECTIONS, PILOTS], ids=key_of)
def test_every_place_is_a_known_authority(source):
    assert set(load(source).frame["code"]) <= set(load(AUTHORITIES).frame["code"])


def test_every_authority_and_its_region_have_figures():
    places = set(load(INDICATORS).frame["code"].astype(str))
    frame = load(AUTHORITIES).frame
    assert set(frame["code"]) | set(frame["region_code"]) <= places


def test_the_days_of_an_inspection_are_in_iso_8601_and_in_order():
    days = load(INSPECTIONS).frame[["started", "ended", "published"]].astype(object)
    read = days.apply(pd.to_datetime, format="%Y-%m-%d")  # refuses what is no such day
    assert read[["started", "published"]].notna().all(axis=None)
    assert (read["started"] < read["ended"].fillna(read["published"])).all()
    assert (read["ended"].fillna(read["started"]) < read["published"]).all()


@pytest.mark.parametrize("source", TABLES, ids=key_of)
def test_a_column_with_a_day_has_days_alone(source):
    cells = {name: column.dropna() for name, column in load(source).frame.items()}
    days = [
        column.str.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
        for column in cells.values()
        if pd.api.types.is_string_dtype(column)
    ]
    assert all(is_day.all() or not is_day.any() for is_day in days)


def test_the_deflator_ends_at_its_base_and_rises_to_it():
    frame = load(DEFLATOR).frame.set_index("year_end")["deflator"]
    assert frame.index.max() == 2019
    assert frame[2019] == pytest.approx(100)
    assert frame.is_monotonic_increasing
