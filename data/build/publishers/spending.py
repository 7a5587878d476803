"""The table of Section 251 from what was read of returns and of the interactive tool."""

from typing import Final

import pandas as pd

from data.build.publishers.outturn import MONEY, lines
from data.sources.registry import SECTION251

COLUMNS: Final = tuple(column.name for column in SECTION251.columns)
WORDS: Final = ("code", "line_code", "line_name", "status", "edition")
ORDER: Final = ["line_code", "code", "year_end", "edition"]
_CELL: Final = ["code", "year_end", "line_code"]


def section251(read: pd.DataFrame, present: pd.DataFrame) -> pd.DataFrame:
    """Return the table of Section 251 after some files have been read.

    A row of the present table stays where no file read has its cell in its series. A line of a
    return is preferred to what the tool carries of it.

    Args:
        read: From ``folder.read``; may be empty.
        present: The table as it is.

    Returns:
        The table, in the order and with the columns of the present one.
    """
    present = present.astype(dict.fromkeys(WORDS, object))
    if read.empty:
        return _typed(present)
    stays = kept(read, present)
    new = read.assign(line_name=read["line_code"].map(lines().names))
    made = pd.concat(
        [part.reindex(columns=list(COLUMNS)) for part in (new, stays)], ignore_index=True
    )
    in_return = made["edition"].str.endswith("Table A1")
    printed = pd.MultiIndex.from_frame(made.loc[in_return, _CELL])
    made["preferred"] = in_return | ~pd.MultiIndex.from_frame(made[_CELL]).isin(printed)
    return _typed(made)


def kept(read: pd.DataFrame, present: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the present table that no file gives.

    Args:
        read: From ``folder.read``.
        present: The table as it is, its words as objects.
    """
    gone = pd.Series(data=False, index=present.index)
    cells = pd.MultiIndex.from_frame(present[_CELL])
    for series, some in read.groupby("series", sort=False):
        there = pd.MultiIndex.from_frame(some[_CELL])
        gone |= present["edition"].str.startswith(str(series)) & cells.isin(there)
    return present[~gone]


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in their order, with the types of the table."""
    frame = frame.sort_values(ORDER, kind="stable").reset_index(drop=True)
    frame["status"] = frame["status"].where(frame["status"].notna(), None)
    numbers = dict.fromkeys(MONEY.values(), float) | {"year_end": int, "preferred": bool}
    return frame[list(COLUMNS)].astype(dict.fromkeys(WORDS, "category") | numbers)
