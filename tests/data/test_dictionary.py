"""No column of a table without a meaning, and no number without a unit."""

import pytest

from data.schema import Column, ColumnKind, text
from data.sources import dictionary
from data.sources.dictionary import UndescribedColumnError, described, entries
from data.sources.registry import PRINTED, SOURCES
from data.sources.simulated import SIMULATED

TABLES = {**SOURCES, **PRINTED, **SIMULATED}


@pytest.mark.parametrize("key", TABLES)
def test_every_column_of_a_table_is_described(key):
    source = TABLES[key]
    for column, words in zip(source.columns, source.dictionary, strict=True):
        assert words.about.endswith("."), column.name
        assert words.about.rstrip(".") != column.label, column.name
        assert not column.is_number or words.unit, column.name


def test_no_entry_is_of_a_column_that_is_no_more():
    columns = {(key, one.name) for key, source in TABLES.items() for one in source.columns}
    names = {name for _, name in columns}
    own = [(key, name) for name, entry in entries().items() for key in entry.get("in", {})]
    assert not entries().keys() - names
    assert not [pair for pair in own if pair not in columns]


def test_a_definition_wins_and_a_table_may_differ():
    mine = text("value", "Value", about="Mine.")
    (found,) = described("evaluation-sizes", [mine])
    assert found.about == "Mine."
    (found,) = described("evaluation-sizes", [text("value", "Value")])
    assert found.about.startswith("The number as printed")


@pytest.mark.parametrize(("about", "field"), [("", "about"), ("Something.", "unit")])
def test_what_is_described_nowhere_is_refused(about, field):
    column = Column(name="unheard_of", label="Unheard of", kind=ColumnKind.COUNT, about=about)
    with pytest.raises(UndescribedColumnError, match=f"x: column unheard_of: found no {field}"):
        described("x", [column])


def test_a_field_that_is_not_known_is_refused(tmp_path, monkeypatch):
    table = tmp_path / "dictionary.toml"
    table.write_text('[value]\nmeaning = "?"\n', encoding="utf-8")
    monkeypatch.setattr(dictionary, "_TABLE", table)
    entries.cache_clear()
    try:
        with pytest.raises(ValueError, match="value: found meaning"):
            entries()
    finally:
        entries.cache_clear()
