"""No column of a file without a meaning, and no number without a unit."""

from fnmatch import fnmatchcase

import pytest

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication import dictionary
from analytics.publication.clear_names import file_columns
from analytics.publication.dictionary import NO_UNIT, UndescribedError, described, entries
from analytics.publication.registry import FINDINGS, offered
from analytics.selection.selection import HOME, Selection
from data.schema import Column, ColumnKind, text

RATE = Column(name="gap", label="Gap")
UNIT = text("unit", "Unit")


def units(*columns: Column, key: str = "x", unit: str = "%") -> list[str]:
    return [one.unit for one in described(key, columns, unit=unit)]


def test_every_column_of_every_file_is_described():
    for key, finding in offered(HOME).items():
        columns = file_columns(key, finding.columns_under(HOME), finding.row_names(Selection()))
        found = described(key, columns, unit=finding.unit_for(Selection()))
        for column, words in zip(columns, found, strict=True):
            assert words.about.endswith("."), (key, column.name)
            assert words.about.rstrip(".") != column.label, (key, column.name)
            assert bool(words.unit) is (column.is_number or bool(column.unit)), (key, column.name)


def test_no_entry_is_of_a_column_that_is_no_more():
    held = {
        (key, column.name) for key, one in FINDINGS.items() for column in one.columns_under(HOME)
    }
    names = {name for _, name in held}
    unused = [
        name
        for name, entry in entries().items()
        if not any(fnmatchcase(known, name) for known in names)
        or any((key, name) not in held for key in entry.get("in", {}))
    ]
    assert not unused


def test_a_definition_wins_over_the_dictionary():
    own = Column(name="gap", label="Gap", about="Mine.", unit="hours")
    (found,) = described("x", [own], unit="%")
    assert (found.about, found.unit) == ("Mine.", "hours")


def test_a_number_is_in_the_unit_of_its_row_or_of_its_finding():
    assert units(RATE, UNIT) == ["as the column unit says", ""]
    assert units(RATE) == ["%"]
    assert units(RATE, unit="") == [NO_UNIT]
    assert units(Column(name="p", label="p"), text("place", "Place")) == [NO_UNIT, ""]


def test_a_finding_may_differ_from_the_others():
    first = Column(name="n_first", label="n", kind=ColumnKind.COUNT)
    assert units(first, key="survey-change") == ["people"]
    assert units(first, key="robustness-bands") == ["pilots"]


def test_a_pattern_describes_columns_made_for_places_and_years():
    assert described("x", [Column(name="gap_2031", label="Gap, 2030/31")], unit="%")[0].about


@pytest.mark.parametrize(("about", "field"), [("", "about"), ("Something.", "unit")])
def test_what_is_described_nowhere_is_refused(about, field):
    column = Column(name="unheard_of", label="Unheard of", about=about)
    with pytest.raises(UndescribedError, match=f"x: column unheard_of: found no {field}"):
        described("x", [column], unit="%")


def test_a_field_that_is_not_known_is_refused(tmp_path, monkeypatch):
    table = tmp_path / "dictionary.toml"
    table.write_text('[gap]\nmeaning = "?"\n', encoding="utf-8")
    monkeypatch.setattr(dictionary, "_TABLE", table)
    entries.cache_clear()
    try:
        with pytest.raises(ValueError, match="gap: found meaning"):
            entries()
    finally:
        entries.cache_clear()
