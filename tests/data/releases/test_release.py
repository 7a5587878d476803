"""A release has one name, which its tables and the version of the code make."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.load import Table, TableStore, load
from data.releases.release import VERSION, Release, day_in, is_name, read, release_of
from data.sources.registry import SOURCES
from data.sources.source import Kind

ONE = Release(day=date(2030, 1, 31), version="1.0", checksums={"a": "1", "b": "2"})


def test_a_name_has_the_day_and_the_digest():
    assert ONE.id == f"2030-01-31-{ONE.digest[:8]}"
    assert is_name(ONE.id)
    assert day_in(ONE.id) == ONE.when == "31 January 2030"
    assert ONE.modified.isoformat() == "2030-01-31T00:00:00+00:00"
    assert ONE.label == f"Release of 31 January 2030 ({ONE.id}), version 1.0"


@pytest.mark.parametrize("other", [{"version": "1.1"}, {"checksums": {"a": "1", "b": "3"}}])
def test_another_table_or_version_has_another_name(other):
    assert replace(ONE, **other).id != ONE.id


def test_the_order_of_tables_makes_no_other_name():
    assert replace(ONE, checksums={"b": "2", "a": "1"}).id == ONE.id


def test_tables_that_were_not_released_are_not_citable():
    undated = replace(ONE, day=None)
    assert undated.id == f"unreleased-{ONE.digest[:8]}"
    assert not undated.is_citable
    assert undated.modified is None
    assert "not citable" in undated.label


def test_data_of_the_readers_own_are_not_citable():
    source = next(one for one in SOURCES.values() if one.kind is Kind.SIMULATED)
    table = load(source, TableStore())
    mine = Table(source=replace(source, kind=Kind.OWN), digest="keyed", frame=table.frame)
    found = release_of(TableStore(user_tables={source.key: mine}))
    assert found.id == f"your-data-{found.digest[:8]}"
    assert found.label.startswith("Your data (")
    assert not found.is_citable


@pytest.mark.parametrize("words", ["", "2030-01-31", "2030-01-31-XYZ12345", "latest", "1-0a0a0a0a"])
def test_other_words_are_no_name(words):
    assert not is_name(words)


def test_a_day_that_no_calendar_has_is_not_said():
    assert not day_in("2030-13-31-0a0a0a0a")


def test_the_version_is_that_of_the_project():
    project = Path(__file__).parents[3] / "pyproject.toml"
    assert tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"] == VERSION


def test_a_record_without_checksums_is_an_error(tmp_path):
    words = '[[release]]\nprogramme = "Signs of Safety"\ndate = 2030-01-31\nversion = "1"\n'
    (tmp_path / "releases.toml").write_text(words, encoding="utf-8")
    with pytest.raises(TypeError, match="expected a date, a version and checksums"):
        read(tmp_path)
