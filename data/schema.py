"""What a column is: described once, read by the loader, the table, the axis and the export."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd
from pandas.api import types

# Frames of findings are small and read cell by cell: Python's own strings take a fifth less time
# there than Arrow's, which are made for millions of rows. The large tables hold categories.
pd.options.mode.string_storage = "python"


class SchemaError(ValueError):
    """A table does not hold what it promised. Names the file, the row and the column."""


class ColumnKind(StrEnum):
    """What the cells of a column are."""

    TEXT = "text"
    COUNT = "count"  # a number of people or events
    NUMBER = "number"
    YEAR = "year"
    FLAG = "flag"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: Name in the frame and in files, in snake_case.
        label: Heading a reader sees, in sentence case.
        unit: Unit in words, e.g. "per 10,000 children aged 0 to 17". Empty for text.
        kind: What the cells are.
        minimum: Smallest value allowed, or None.
        optional: Whether a cell may be empty.
        about: What the column means, for the dictionary.
        decimals: Decimals shown on screen; files hold the value unrounded.
        beside: Whether it stands beside what the row's symbol speaks of, and is shown with it or
            without it.
        is_key: Whether its cells are keys, flags or codes, which code may compare and look up by.
            Text in any other column is words for readers: no code may depend on it.
        in_table: Whether tables on screen show it; files do in any case, unless it is hidden.
        hidden: Whether it serves charts, views and sentences alone: it is in no file, no table
            and no list of columns.
        in_files: Its name in files where that is another: published names stay as they are.
    """

    name: str
    label: str
    unit: str = ""
    kind: ColumnKind = ColumnKind.NUMBER
    minimum: float | None = None
    optional: bool = True
    about: str = ""
    decimals: int = 1
    beside: bool = False
    is_key: bool = False
    in_table: bool = True
    hidden: bool = False
    in_files: str = ""

    @property
    def written(self) -> str:
        """Its name in files, in replies to scripts and in lists of columns."""
        return self.in_files or self.name

    @property
    def heading(self) -> str:
        """Label with its unit, as printed above a column or beside an axis."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    @property
    def is_p(self) -> bool:
        """Whether the cells are p-values: "p" is a word of its name, as in ``p_adjusted``."""
        words = self.name.split("_")
        is_error = "error" in words or self.kind is not ColumnKind.NUMBER
        return not is_error and ("p" in words or self.name.endswith("smallest_adjusted"))

    @property
    def is_number(self) -> bool:
        """Whether the cells are right-aligned numbers."""
        return self.kind in {ColumnKind.NUMBER, ColumnKind.COUNT}


def text(
    name: str, label: str, *, about: str = "", optional: bool = True, in_table: bool = True
) -> Column:
    """Describe a column of words."""
    return Column(
        name=name,
        label=label,
        kind=ColumnKind.TEXT,
        about=about,
        optional=optional,
        in_table=in_table,
    )


def key_text(name: str, label: str, *, about: str = "", in_table: bool = True) -> Column:
    """Describe a column of keys, flags or codes that readers meet too.

    Args:
        name: Name in the frame and in files.
        label: Heading a reader sees.
        about: What the column means.
        in_table: Whether tables on screen show it.
    """
    return Column(
        name=name, label=label, kind=ColumnKind.TEXT, about=about, is_key=True, in_table=in_table
    )


def hidden_key(name: str, *, about: str) -> Column:
    """Describe a column of keys that charts, views and sentences read, and no reader sees.

    Args:
        name: Name in the frame.
        about: What the keys are.
    """
    return Column(
        name=name, label=name, kind=ColumnKind.TEXT, about=about, is_key=True, hidden=True
    )


def visible(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns that files, tables and lists of columns hold, in order."""
    return tuple(column for column in columns if not column.hidden)


def checked(
    frame: pd.DataFrame, columns: Sequence[Column], *, of: str, key: Sequence[str] = ()
) -> pd.DataFrame:
    """Return ``frame`` with exactly ``columns``, in order.

    Args:
        frame: The table as read.
        columns: What it must hold.
        of: The file or finding, for the message.
        key: Columns that together name a row; no two rows may share them.

    Raises:
        SchemaError: A column is missing, a cell is empty, of the wrong kind or below its minimum,
            or two rows share a key. Rows are numbered from 1, headings not counted.
    """
    names = list(checked_cells(frame, columns, of=of))
    if key:
        _check_key(frame, key, of=of)
    return frame if list(frame.columns) == names else frame[names]


def checked_cells(
    frame: pd.DataFrame, columns: Sequence[Column], *, of: str
) -> dict[str, pd.Series]:
    """Return the cells of exactly ``columns``, in order, by name.

    Args:
        frame: The table as read.
        columns: What it must hold.
        of: The file or finding, for the message.

    Raises:
        SchemaError: As of ``checked``, but for rows that share a key.
    """
    given = dict(frame.items())
    missing = [column.name for column in columns if column.name not in given]
    if missing:
        found = ", ".join(map(str, frame.columns)) or "no columns"
        msg = f"{of}: column {', '.join(missing)} is missing; found {found}"
        raise SchemaError(msg)
    held = {column.name: given[column.name] for column in columns}
    for column in columns:
        if not (column.optional and column.kind in {ColumnKind.TEXT, ColumnKind.FLAG}):
            _check_cells(held[column.name], column, of=of)
    return held


def _check_cells(cells: pd.Series, column: Column, *, of: str) -> None:
    if not column.optional and bool(cells.isna().any()):
        _refuse(cells.isna(), column, of=of, found="an empty cell", expected="a value")
    if column.kind in {ColumnKind.TEXT, ColumnKind.FLAG}:
        return
    if not types.is_numeric_dtype(cells):
        wrong = pd.to_numeric(cells, errors="coerce").isna() & cells.notna()
        found = f"{cells[wrong].iloc[0]!r}" if bool(wrong.any()) else f"{cells.dtype} values"
        _refuse(wrong, column, of=of, found=found, expected="a number")
    if column.minimum is not None and bool((cells.to_numpy() < column.minimum).any()):
        low = cells < column.minimum
        _refuse(
            low,
            column,
            of=of,
            found=f"{cells[low].iloc[0]}",
            expected=f"at least {column.minimum:g}",
        )


def _refuse(wrong: pd.Series, column: Column, *, of: str, found: str, expected: str) -> None:
    row = int(wrong.to_numpy().argmax()) + 1
    msg = f"{of}: row {row}, column {column.name}: found {found}, expected {expected}"
    raise SchemaError(msg)


def _check_key(frame: pd.DataFrame, key: Sequence[str], *, of: str) -> None:
    again = frame.duplicated(list(key)).to_numpy()
    if again.any():
        row = int(again.argmax())
        named = ", ".join(f"{name} {frame.iloc[row][name]}" for name in key)
        msg = f"{of}: row {row + 1}, columns {', '.join(key)}: {named} stands twice, expected once"
        raise SchemaError(msg)


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Return the rows of a frame as dictionaries by column name."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, cells, strict=True)) for cells in frame.to_numpy(object).tolist()]


def grouped(frame: pd.DataFrame, *names: str) -> list[list[dict[str, object]]]:
    """Return the rows of a frame as dictionaries, together where they agree, in their order.

    Args:
        frame: Any rows.
        names: Columns in which the rows of a group agree; none of their cells is missing.
    """
    groups: dict[tuple[object, ...], list[dict[str, object]]] = {}
    for row in records(frame):
        groups.setdefault(tuple(row[name] for name in names), []).append(row)
    return list(groups.values())


def number_in(row: Mapping[str, object], name: str) -> float:
    """Return a number of a row, NaN where it is missing."""
    cell = row[name]
    return float(cell) if isinstance(cell, int | float) else float(str(cell))
