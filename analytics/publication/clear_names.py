"""Second names for columns whose name means something else in other files."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from analytics.publication.row_names import RowName
from data.schema import Column, visible

_TABLE: Final = Path(__file__).with_name("clear_names.toml")


@cache
def clear_names() -> Mapping[str, Mapping[str, str]]:
    """Return clear names by old name, by key of the finding."""
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def file_columns(
    key: str, columns: Sequence[Column], names: Sequence[RowName]
) -> tuple[Column, ...]:
    """Return the columns of a finding's files: its own, what all rows are of, and clear names.

    A column under its clear name reads the same cells of the frame as under its old one.

    Args:
        key: Of the finding.
        columns: Of its frame.
        names: What files say in every row of what all rows are of.
    """
    clear = clear_names().get(key, {})
    held = visible(columns)
    copies = [
        replace(column, in_files=clear[column.written])
        for column in held
        if column.written in clear
    ]
    return (*held, *(column for column, _ in names), *copies)


def same_columns(key: str, columns: Sequence[Column]) -> dict[str, str]:
    """Return the old name of each column that has a clear one beside it in files.

    Args:
        key: Of the finding.
        columns: Of its frame.
    """
    held = {column.written for column in visible(columns)}
    return {new: old for old, new in clear_names().get(key, {}).items() if old in held}
