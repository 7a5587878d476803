import csv
import io
import math
from dataclasses import replace

import numpy as np
import orjson
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.findings.indicators import kpis
from analytics.findings.robustness import placebo_each
from analytics.publication.export import (
    file_name,
    harmless,
    rows,
    to_csv,
    to_json,
    undated,
)
from analytics.publication.finding import _SEAL
from analytics.publication.published import Published
from analytics.selection.parse import from_search
from analytics.selection.selection import Selection
from data.schema import Column, ColumnKind, text, visible
from data.sources.source import ATTRIBUTION, Kind

COLUMNS = (
    text("name", "Name"),
    Column(name="n", label="Pilots", kind=ColumnKind.COUNT),
    Column(name="gap", label="Gap"),
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def published(search: str = "") -> Published:
    return kpis.gaps.publish(from_search(search))


def holding(names: list[str], *, kind: Kind = Kind.OFFICIAL, **changes: object) -> Published:
    frame = pd.DataFrame(
        {
            "name": np.array(names, dtype=object),
            "n": np.full(len(names), 10.0),
            "gap": np.full(len(names), 0.1 + 0.2),
        }
    )
    return replace(published(), frame=frame, columns=COLUMNS, kind=kind, **changes, seal=_SEAL)


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_is_plain_and_marked_as_utf_8():
    content = to_csv(published())
    assert content.startswith(b"\xef\xbb\xbfkey,name,unit,n,pilots")
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_csv_holds_the_rows_of_the_card_unrounded():
    shown = published()
    header, *table = lines(to_csv(shown))
    assert header == [column.name for column in visible(shown.columns)]
    assert len(table) == len(shown.frame)
    for row, (_, held) in zip(table, shown.frame.iterrows(), strict=True):
        found = dict(zip(header, row, strict=True))
        assert found["key"] == held["key"]
        assert (float(found["gap"]) if found["gap"] else math.nan) == pytest.approx(
            held["gap"], rel=0, abs=0, nan_ok=True
        )
        assert found["n"] == str(int(held["n"]))


def test_a_hidden_column_is_in_no_file():
    shown = published()
    hidden = {column.name for column in shown.columns if column.hidden}
    assert hidden
    assert hidden <= set(shown.frame.columns)
    header, *_ = lines(to_csv(shown))
    assert hidden.isdisjoint(header)
    found = orjson.loads(to_json(shown))
    assert hidden.isdisjoint(column["name"] for column in found["columns"])
    assert all(hidden.isdisjoint(row) for row in found["rows"])


def test_a_missing_number_is_an_empty_cell_and_null():
    shown = holding(["a"])
    gone = replace(shown, frame=shown.frame.assign(gap=[math.inf], n=[math.nan]), seal=_SEAL)
    assert lines(to_csv(gone))[1] == ["a", "", ""]
    assert orjson.loads(to_json(gone))["rows"] == [{"name": "a", "n": None, "gap": None}]


def test_json_says_where_the_rows_came_from():
    shown = published("?band=beginner&years=2014-2016")
    found = orjson.loads(to_json(shown))
    assert found["query"] == "?band=beginner&years=2014-2016"
    assert found["parameters"] == {"band": "beginner", "years": "2014-2016"}
    assert found["selection"] == shown.selection.label
    assert found["sentence"] == shown.summary
    assert found["kind"] == {"value": "official", "words": Kind.OFFICIAL.label}
    assert found["attribution"] == ATTRIBUTION
    assert [source["sha256"] for source in found["sources"]] == [
        source.sha256 for source in shown.sources
    ]
    assert [column["name"] for column in found["columns"]] == [
        column.name for column in visible(shown.columns)
    ]
    assert all(isinstance(row["n"], int) for row in found["rows"])
    assert len(found["rows"]) == len(shown.frame)


def test_published_figures_carry_no_official_attribution():
    shown = holding(["a"])
    alone = replace(shown, sources=shown.sources[-1:], seal=_SEAL)
    assert alone.sources[0].kind is Kind.PUBLISHED
    assert not orjson.loads(to_json(alone))["attribution"]


@pytest.mark.parametrize(
    ("kind", "words", "name"),
    [(Kind.SIMULATED, "Simulated", "simulated"), (Kind.OWN, "Your data", "your-data")],
)
def test_simulated_and_own_rows_say_so_in_a_first_column_and_in_the_name(kind, words, name):
    shown = holding(["a", "b"], kind=kind)
    header, *table = lines(to_csv(shown))
    assert header == ["kind", "name", "n", "gap"]
    assert [row[:2] for row in table] == [[words, "a"], [words, "b"]]
    found = orjson.loads(to_json(shown))
    assert [column["name"] for column in found["columns"]] == header
    assert [row["kind"] for row in found["rows"]] == [words, words]
    assert file_name(shown, "csv") == f"{shown.key}_{name}.csv"
    assert "simulated" not in file_name(holding(["a"]), "csv")


def test_a_finding_without_rows_still_names_its_columns():
    shown = holding([], withheld="Two pilots say too little.")
    assert lines(to_csv(shown)) == [
        ["name", "n", "gap", "withheld"],
        ["", "", "", "Two pilots say too little."],
    ]
    found = orjson.loads(to_json(shown))
    assert found["rows"] == []
    assert found["withheld"] == "Two pilots say too little."


@given(st.text())
def test_no_text_begins_a_formula(words: str):
    safe = harmless(words)
    assert safe in {words, f"'{words}"}
    opening = safe.lstrip().lstrip("\"'").lstrip()
    if safe == words and opening.startswith(DANGEROUS):
        assert words == "-" or math.isfinite(float(words.rstrip("%")))


@given(
    st.sampled_from(["", " ", "\t ", '"', "'", " '", "\ufeff"]),
    st.sampled_from(DANGEROUS),
    st.text(min_size=1).filter(lambda words: not words[0].isdigit() and words[0] not in ".%"),
)
def test_every_formula_is_made_text(before: str, sign: str, after: str):
    assert harmless(f"{before}{sign}{after}").startswith("'")


@pytest.mark.parametrize("words", ["-", "-1.5", "+3", "1e-5", "-.5", "12%", "Bristol", "a=b"])
def test_a_dash_and_numbers_stay_as_they_are(words: str):
    assert harmless(words) == words


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_csv_gives_back_any_text(names: list[str]):
    found = [row[0] for row in lines(to_csv(holding(names)))[1:]]
    assert found == [undated(harmless(name)) for name in names]


@pytest.mark.parametrize(
    "words",
    ["September 2016", "March 19", "1 May", "2010/11", "2011-12", "10/12", "1-2", "3 / 4 / 3"],
)
def test_what_a_spreadsheet_reads_as_a_date_is_made_text(words: str):
    assert undated(words) == f"'{words}"
    assert lines(to_csv(holding([words])))[1][0] == f"'{words}"
    assert orjson.loads(to_json(holding([words])))["rows"][0]["name"] == words


@pytest.mark.parametrize(
    "words",
    ["2014-12-05", "2013-2016", "2015/16", "3.1.11", "March", "pre-2021", "1.5", "Mayfield 2016"],
)
def test_days_periods_and_words_stay_as_they_are(words: str):
    assert undated(words) == words


def test_rows_are_whole_where_the_column_is():
    _, table = rows(holding(["a"]))
    assert table == [["a", 10, 0.1 + 0.2]]
    assert isinstance(table[0][1], int)


def test_the_default_selection_is_in_no_query():
    assert not orjson.loads(to_json(published()))["parameters"]
    assert Selection().to_query() == orjson.loads(to_json(published()))["query"]


def test_a_flag_is_true_or_false_in_files():
    columns = (
        text("name", "Name"),
        Column(name="held", label="Held", kind=ColumnKind.FLAG, about="Kept."),
    )
    frame = pd.DataFrame({"name": ["a", "b"], "held": np.array([True, False], dtype=object)})
    flagged = replace(published(), frame=frame, columns=columns, seal=_SEAL)
    assert lines(to_csv(flagged)) == [["name", "held"], ["a", "true"], ["b", "false"]]
    assert [row["held"] for row in orjson.loads(to_json(flagged))["rows"]] == [True, False]


def test_a_column_keeps_its_published_name_in_files_whatever_it_is_called_inside():
    made = robustness_placebos().frame
    row = made[made["withheld"] == ""].iloc[0]
    assert row["groups_low"] < row["groups_high"]
    assert row["placebo_low"] < row["estimate"] < row["placebo_high"]
    headings, first, *_ = lines(to_csv(robustness_placebos()))
    written = dict(zip(headings, first, strict=True))
    inside = {"placebo_low": "groups_low", "effect_low": "placebo_low"}
    assert written["groups_low"] == written["placebo_low"]  # its clear name, beside the old one
    whole = orjson.loads(to_json(robustness_placebos()))
    assert list(whole["rows"][0]) == [one["name"] for one in whole["columns"]] == headings
    for published_as, name in inside.items():
        assert float(written[published_as]) == made[name].iloc[0]
        assert whole["rows"][0][published_as] == made[name].iloc[0]


def robustness_placebos() -> Published:
    return placebo_each.placebos.publish(from_search(""))
