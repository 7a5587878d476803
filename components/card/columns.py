"""Which columns a table on screen has, in the order that they are read; files keep all of them."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from analytics.programme import is_divided
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind, visible

BAND: Final = "band"  # column of keys of bands, which a table shows by their names
#: What a row says of what it is about, in the order of its frame.
ANSWERS: Final = frozenset({"change", "estimate", "gap", "gap_change", "smallest_change"})
#: The interval of the answer.
INTERVAL: Final = ("low", "high")
#: How sure the answer is, or why there is none.
CERTAINTY: Final = ("certainty", "verdict", "p", "p_adjusted", "withheld", "missing")
#: Words before the numbers that group the rows or list their parts, and name none.
GROUPS: Final = frozenset({BAND, "line", "places", "role"})
#: A kind of row that says nothing where every row is of it.
ROLE: Final = "role"
#: The name of what a row is about: of a band, where that is what the row begins with.
NAME: Final = "name"
YEAR: Final = "year"  # the name of a year, beside the year that it ends in


def on_screen(columns: Sequence[Column], frame: pd.DataFrame, of: Programme) -> list[Column]:
    """Return the columns of a table: names, the answer with its interval, how sure, the rest.

    A column that says what another says is left out, and so is one of words without a word.

    Args:
        columns: Of a published finding.
        frame: Its rows.
        of: The programme; one without bands has no column of them.
    """
    held = [
        column
        for column in visible(columns)
        if column.in_table and (column.name != BAND or is_divided(of))
    ]
    said = {
        column.name: _said(frame[column.name], column, of) for column in held if _is_words(column)
    }
    left = [column for column in held if not _is_repeated(column, said, len(frame))]
    return in_reading_order(left, {name for name, words in said.items() if len(set(words)) > 1})


def in_reading_order(columns: Sequence[Column], telling: set[str]) -> list[Column]:
    """Return columns with those first that name a row, then its answer, then how sure it is.

    Args:
        columns: Of a table; those of equal rank, and all of a table of words, stay in their order.
        telling: Columns of words that differ from row to row, by which rows can be told apart.
    """
    names = [column.name for column in columns]
    first = next((at for at, column in enumerate(columns) if not _is_words(column)), len(columns))
    # Where there is an interval, a share is what it is of, and one unit goes with many columns.
    has_interval = set(INTERVAL) <= set(names)
    groups = GROUPS | ({"unit"} if has_interval else set())
    leading = [name for name in names[:first] if name in telling - groups]
    last = [name for name in names[:first] if name not in leading]
    answers = [name for name in names if name in ANSWERS or (has_interval and name == "share")]
    if not leading or first == len(columns):
        return list(columns)
    ranked = [*leading, *answers, *((*INTERVAL, *CERTAINTY) if answers else ())]
    rank = {name: at for at, name in enumerate(ranked)} | dict.fromkeys(last, len(ranked) + 1)
    return sorted(columns, key=lambda column: rank.get(column.name, len(ranked)))


def _is_words(column: Column) -> bool:
    return not column.is_number


def _said(cells: pd.Series, column: Column, of: Programme) -> list[str]:
    """Return the words of a column, "" where there are none; bands by their names."""
    briefs = {key: of.band(key).brief for key in of.band_keys} if column.name == BAND else {}
    return ["" if pd.isna(cell) else briefs.get(str(cell), str(cell)) for cell in cells]


def _is_repeated(column: Column, said: Mapping[str, list[str]], rows: int) -> bool:
    """Say whether the other columns say all that a column says."""
    words = said.get(column.name)
    if words is None or not rows:
        return False
    if column.kind is ColumnKind.YEAR:
        return YEAR in said
    if not any(words):
        return True
    if column.name == ROLE:
        return rows > 1 and len(set(words)) == 1
    return column.name == BAND and [*said][:2] == [BAND, NAME]
