"""The rows by which a finding under one release of the tables differs from it under another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Final

import pandas as pd

from analytics.publication.published import Published
from analytics.text.words import DOT
from data.schema import Column, ColumnKind, records, visible

Cell = object
Row = dict[str, Cell]

#: Numbers that differ by less than this share are the same, worked out in another order.
_SAME: Final = 1e-12
_NAMES: Final = {ColumnKind.TEXT, ColumnKind.YEAR}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRow:
    """A row that is not the same.

    Attributes:
        name: The cells that name it.
        was: Its cells as they were, by column; empty for a row that was added.
        now: Its cells as they are, by column; empty for a row that was removed.
        columns: Those in which it differs.
    """

    name: str
    was: Row
    now: Row
    columns: tuple[Column, ...]


def changed_rows(before: Published, after: Published) -> tuple[ChangedRow, ...]:
    """Return the rows of a finding that differ between two releases, in the order of its table.

    Rows are named by columns of words and years that tell them all apart, and by their place where
    none do.

    Args:
        before: The finding under one release.
        after: The same finding for the same selection under another.
    """
    columns = visible(after.columns)
    old, new = records(before.frame), records(after.frame)
    names = _naming(columns, before.frame, after.frame)
    was, now = _by_name(old, names), _by_name(new, names)
    return tuple(_differing(was, now, [one for one in columns if one not in names]))


def _naming(
    columns: Sequence[Column], before: pd.DataFrame, after: pd.DataFrame
) -> tuple[Column, ...]:
    """Return columns that tell all rows apart in both frames; none where none do.

    Words for readers come before keys, and what no row changed before what some row did.
    """
    naming = [one for one in columns if one.kind in _NAMES]
    steady = [one for one in naming if before[one.name].tolist() == after[one.name].tolist()]
    read = [one for one in steady if one.in_table and not one.is_key]
    found = (_apart(some, before, after) for some in (read, steady, naming))
    return next(filter(None, found), ())


def _apart(columns: list[Column], before: pd.DataFrame, after: pd.DataFrame) -> tuple[Column, ...]:
    """Return the first of some columns that tell all rows apart; none where all do not."""
    for count in range(1, len(columns) + 1):
        names = [one.name for one in columns[:count]]
        if not before.duplicated(names).any() and not after.duplicated(names).any():
            return tuple(columns[:count])
    return ()


def _by_name(rows: list[Row], names: tuple[Column, ...]) -> dict[str, Row]:
    if not names:
        return {f"Row {place:,}": row for place, row in enumerate(rows, start=1)}
    return {DOT.join(_words(row[one.name]) for one in names): row for row in rows}


def _words(cell: Cell) -> str:
    is_whole = isinstance(cell, float) and cell.is_integer()
    return f"{cell:.0f}" if is_whole else "" if _is_missing(cell) else str(cell)


def _differing(
    was: dict[str, Row], now: dict[str, Row], columns: list[Column]
) -> Iterator[ChangedRow]:
    for name in dict.fromkeys((*was, *now)):
        old, new = was.get(name, {}), now.get(name, {})
        apart = tuple(one for one in columns if not _is_same(old.get(one.name), new.get(one.name)))
        if apart or not (old and new):
            yield ChangedRow(name=name, was=old, now=new, columns=apart)


def _is_same(old: Cell, new: Cell) -> bool:
    if _is_missing(old) or _is_missing(new):
        return _is_missing(old) and _is_missing(new)
    if isinstance(old, int | float) and isinstance(new, int | float):
        return isclose(old, new, rel_tol=_SAME, abs_tol=_SAME)
    return old == new


def _is_missing(cell: Cell) -> bool:
    return cell is None or cell == "" or (isinstance(cell, float) and cell != cell)  # noqa: PLR0124 (only NaN is not itself)
