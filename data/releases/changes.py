"""The cells by which two releases of a table differ, and a table with such changes carried out."""

import json
import math
from collections.abc import Sequence
from typing import Final

import pandas as pd

from data.releases.release import Changed
from data.sources.source import Source

#: Columns of a table of changes. ``key`` is the row as a list of the cells that name it; cells are
#: written in JSON. A row that was added or removed is one change, with all its cells and no column.
NAMES: Final = ("table", "key", "column", "was", "now", "at")

_NONE: Final = "null"
_NOWHERE: Final = -1
_BEFORE: Final = "_before"
_AFTER: Final = "_after"

Changes = pd.DataFrame


def compared(source: Source, before: pd.DataFrame, after: pd.DataFrame) -> Changes:
    """Return the changes that lead from one release of a table to another.

    Args:
        source: The table; its ``row_key`` names rows in both.
        before: As it was.
        after: As it is.

    Returns:
        One row per cell with another value, per added row and per removed row, with the columns
        ``NAMES``; ``at`` is where an added row is in ``after``, from 0, and -1 for other changes.
    """
    key = list(source.row_key)
    there, here = _placed(before, key, _BEFORE), _placed(after, key, _AFTER)
    both = there.merge(here, on=key, how="outer")
    gone = both.loc[both[_AFTER].isna(), _BEFORE].astype(int).sort_values()
    new = both.loc[both[_BEFORE].isna(), _AFTER].astype(int).sort_values()
    kept = both[both[_BEFORE].notna() & both[_AFTER].notna()].sort_values(_AFTER)
    was = before.iloc[kept[_BEFORE].astype(int)].reset_index(drop=True)
    now = after.iloc[kept[_AFTER].astype(int)].reset_index(drop=True)
    found = [
        change
        for name in dict.fromkeys((*before.columns, *after.columns))
        if name not in key
        for change in _revised(source, was, now, str(name))
    ]
    found += [_row(source, before, at, removed=True) for at in gone]
    found += [_row(source, after, at, removed=False) for at in new]
    return pd.DataFrame(found, columns=list(NAMES))


def applied(source: Source, before: pd.DataFrame, changes: Changes) -> pd.DataFrame:
    """Return a table with changes carried out.

    Args:
        source: The table.
        before: As it was.
        changes: From ``compared``; those of other tables are left out.
    """
    mine = changes[changes["table"] == source.key]
    if mine.empty:
        return before
    key = list(source.row_key)
    frame = before.astype(dict.fromkeys(before.columns, object))
    place = _places(frame, key, [*mine["key"]])
    for name, some in mine[mine["column"] != ""].groupby("column", sort=False):
        if name not in frame:
            frame[name] = None
        at = [place[one] for one in some["key"]]
        filled = frame[name].tolist()
        for where, cell in zip(at, some["now"], strict=True):
            filled[where] = json.loads(cell)
        frame[name] = pd.Series(filled, index=frame.index, dtype=object)
    whole = mine[mine["column"] == ""]
    if len(whole):
        gone = [place[one] for one in whole.loc[whole["at"] == _NOWHERE, "key"]]
        rows = frame.drop(index=frame.index[gone]).to_dict("records")
        for at, cells in whole.loc[whole["at"] != _NOWHERE, ["at", "now"]].itertuples(index=False):
            rows.insert(at, json.loads(cells))
        frame = pd.DataFrame(rows, columns=frame.columns)
    for name in before.columns:
        frame[name] = _typed(frame[name], before[name])
    return frame


def counted(source: Source, changes: Changes) -> Changed:
    """Count the cells of a table that were added, revised and removed.

    Cells that name a row, and cells without a value, are not counted.

    Args:
        source: The table.
        changes: From ``compared``; those of other tables are left out.
    """
    mine = changes[changes["table"] == source.key]
    cells, rows = mine[mine["column"] != ""], mine[mine["column"] == ""]
    return Changed(
        added=int(cells["was"].eq(_NONE).sum()) + _filled(source, rows["now"]),
        revised=int((cells["was"].ne(_NONE) & cells["now"].ne(_NONE)).sum()),
        removed=int(cells["now"].eq(_NONE).sum()) + _filled(source, rows["was"]),
    )


def _typed(cells: pd.Series, like: pd.Series) -> pd.Series:
    """Return cells with the type of a column that may have held other values."""
    is_category = isinstance(like.dtype, pd.CategoricalDtype)
    return cells.astype("category" if is_category else like.dtype)


def _places(frame: pd.DataFrame, key: list[str], names: list[str]) -> dict[str, int]:
    """Return where in a table the rows are that changes name."""
    once = list(dict.fromkeys(names))
    rows = [json.loads(name) for name in once]
    sought = pd.DataFrame(rows, columns=key, dtype=object).assign(name=once)
    found = _placed(frame, key, _BEFORE).merge(sought, on=key)
    return dict(zip(found["name"], found[_BEFORE], strict=True))


def _placed(frame: pd.DataFrame, key: list[str], name: str) -> pd.DataFrame:
    named = frame[key].astype(dict.fromkeys(key, object)).reset_index(drop=True)
    return named.assign(**{name: range(len(named))})


def _revised(
    source: Source, was: pd.DataFrame, now: pd.DataFrame, name: str
) -> list[tuple[object, ...]]:
    nothing = pd.Series(None, index=now.index, dtype=object)
    old = was[name].astype(object) if name in was else nothing
    new = now[name].astype(object) if name in now else nothing
    apart = ~(old.eq(new) | (old.isna() & new.isna()))
    rows = _cells(now.loc[apart, list(source.row_key)])
    cells = zip(rows, old[apart], new[apart], strict=True)
    return [
        (source.key, _key(row), name, _json(before), _json(after), _NOWHERE)
        for row, before, after in cells
    ]


def _row(source: Source, frame: pd.DataFrame, at: int, *, removed: bool) -> tuple[object, ...]:
    cells = {str(name): _plain(cell) for name, cell in frame.iloc[at].items()}
    key, whole = _key([cells[name] for name in source.row_key]), json.dumps(cells)
    was, now = (whole, "") if removed else ("", whole)
    return (source.key, key, "", was, now, _NOWHERE if removed else at)


def _filled(source: Source, rows: pd.Series) -> int:
    told = [json.loads(row) for row in rows if row]
    return sum(
        cell is not None for row in told for name, cell in row.items() if name not in source.row_key
    )


def _cells(frame: pd.DataFrame) -> list[list[object]]:
    return frame.astype(dict.fromkeys(frame.columns, object)).to_numpy().tolist()


def _key(cells: Sequence[object]) -> str:
    return json.dumps([_plain(cell) for cell in cells])


def _json(cell: object) -> str:
    return json.dumps(_plain(cell))


def _plain(cell: object) -> object:
    """Return a cell as Python's own value, None where there is none."""
    item = getattr(cell, "item", None)
    value = item() if callable(item) else cell
    return None if value is pd.NA or (isinstance(value, float) and math.isnan(value)) else value
