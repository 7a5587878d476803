"""What columns of tables mean and are counted in: by definition, else by ``dictionary.toml``."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from data.schema import Column

_TABLE: Final = Path(__file__).with_name("dictionary.toml")
_FIELDS: Final = {"about", "unit", "in"}


class UndescribedColumnError(LookupError):
    """A column of a table is described nowhere. Names the table and the column."""


def described(key: str, columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns of a table, each with a meaning, each number with a unit in words.

    Args:
        key: Of the table.
        columns: As the table defines them.

    Raises:
        UndescribedColumnError: A column has no meaning, or a number no unit.
    """
    return tuple(
        replace(
            column,
            about=column.about or _said(key, column.name, "about"),
            unit=column.unit or (_said(key, column.name, "unit") if column.is_number else ""),
        )
        for column in columns
    )


@cache
def entries() -> Mapping[str, Mapping[str, object]]:
    """Return the entries of ``dictionary.toml`` by the names of columns.

    Raises:
        ValueError: An entry, or its part for one table, has a field that is not known.
    """
    return read_entries(_TABLE)


def read_entries(table: Path) -> Mapping[str, Mapping[str, object]]:
    """Read what a file says of columns: each has fields, and others for single tables or findings.

    Args:
        table: A TOML file.

    Raises:
        ValueError: An entry, or its part for one table or finding, has a field that is not known.
    """
    read = tomllib.loads(table.read_text(encoding="utf-8"))
    for name, entry in read.items():
        for fields in (entry, *entry.get("in", {}).values()):
            if unknown := fields.keys() - _FIELDS:
                found = ", ".join(sorted(unknown))
                msg = f"{table.name}: {name}: found {found}, expected {', '.join(sorted(_FIELDS))}"
                raise ValueError(msg)
    return read


def _said(key: str, name: str, field: str) -> str:
    entry = entries().get(name, {})
    own = entry.get("in", {})
    here = own.get(key, {}) if isinstance(own, Mapping) else {}
    said = here.get(field) or entry.get(field)
    if not isinstance(said, str):
        msg = f"{key}: column {name}: found no {field} in its definition or {_TABLE.name}"
        raise UndescribedColumnError(msg)
    return said
