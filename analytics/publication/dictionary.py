"""What every column of a finding means and is counted in, for files and data addresses."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Final

from analytics.publication.clear_names import clear_names
from analytics.publication.row_names import UNIT
from data.schema import Column
from data.sources.dictionary import read_entries

#: Unit of a number that is in the unit of its row's measure.
MEASURE: Final = "measure"
#: Unit of a number that has none.
NONE: Final = "none"
NO_UNIT: Final = "no unit"

_TABLE: Final = Path(__file__).with_name("dictionary.toml")
_IN_ROWS: Final = "as the column unit says"


class UndescribedError(ValueError):
    """A column of a finding is described nowhere. Names the finding and the column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A column in words.

    Attributes:
        about: What it means.
        unit: Of its numbers, in words: ``NO_UNIT`` for numbers without one, "" for text.
    """

    about: str
    unit: str


def described(key: str, columns: Sequence[Column], *, unit: str) -> list[Described]:
    """Return what the columns of a finding mean, from their definitions, else the dictionary.

    Args:
        key: Of the finding.
        columns: Those of its files: one named ``unit`` says that rows differ in their units,
            unless it is the one that names the same unit in every row.
        unit: Of the finding's main values; "" where they have none.

    Raises:
        UndescribedError: A column has no meaning, or a number no unit.
    """
    names = {column.name for column in columns if column != UNIT}
    return [
        Described(
            about=_about(key, column),
            unit=_unit(key, column, unit=unit, names=names),
        )
        for column in columns
    ]


@cache
def entries() -> Mapping[str, Mapping[str, object]]:
    """Return the entries of ``dictionary.toml`` by the names of columns, or patterns of them.

    Raises:
        ValueError: An entry, or its part for one finding, has a field that is not known.
    """
    return read_entries(_TABLE)


def _about(key: str, column: Column) -> str:
    said = column.about or _said(key, column.name, "about")
    clear = clear_names().get(key, {}).get(column.written)
    return f"{said} The same as {clear}, the name to use." if clear else said


def _unit(key: str, column: Column, *, unit: str, names: Collection[str]) -> str:
    if column.unit or not column.is_number:
        return column.unit
    said = _said(key, column.name, "unit")
    if said == NONE:
        return NO_UNIT
    if said != MEASURE:
        return said
    return _IN_ROWS if "unit" in names else unit or NO_UNIT


def _said(key: str, name: str, field: str) -> str:
    entry = _entry(name)
    own = entry.get("in", {})
    here = own.get(key, {}) if isinstance(own, Mapping) else {}
    said = here.get(field) or entry.get(field)
    if not isinstance(said, str):
        where = f"in its definition or in {_TABLE.name}"
        msg = f"{key}: column {name}: found no {field} {where}, expected one"
        raise UndescribedError(msg)
    return said


def _entry(name: str) -> Mapping[str, object]:
    """Return the entry of a name, else the first whose pattern, such as ``gap_*``, it follows."""
    known = entries()
    patterns = (pattern for pattern in known if "*" in pattern and fnmatchcase(name, pattern))
    return known.get(name) or known.get(next(patterns, ""), {})
