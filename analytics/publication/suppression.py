"""Statistical disclosure control: what must not leave, whoever asks."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from data.schema import Column, text
from data.symbols import Symbol

STATUS: Final = "status"

CELL: Final = text("cell", "Cells", about="Cells whose people a row shows, one line each.")
BASE: Final = text("base", "Base cells", about="Cells whose people the row is a share or mean of.")
CELLS: Final = (CELL, BASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosed:
    """A table made safe.

    Attributes:
        frame: The table, without what had to be taken out.
        suppressed: Cells suppressed, by the publisher or here.
        withheld: Why there is no table at all, in words for the reader; empty if there is one.
    """

    frame: pd.DataFrame
    suppressed: int
    withheld: str = ""


def suppress(
    frame: pd.DataFrame, columns: tuple[Column, ...], *, hidden: frozenset[str] = frozenset()
) -> Disclosed:
    """Keep the publisher's suppression, and hide the cells of records that must be hidden.

    Official tables are already controlled by their publisher: a row marked confidential carries no
    value, and is never worked out from others. A row that shows a hidden cell of records keeps its
    words and its base, and loses its numbers; where the base is hidden, that too.

    Args:
        frame: One row per thing shown; ``status`` holds symbols, ``cell`` and ``base`` the cells
            of records that the row shows.
        columns: What the frame is to hold in the end.
        hidden: Cells that must be hidden.
    """
    names = [column.name for column in columns]
    safe = frame if list(frame.columns) == names else frame[names]
    count = 0
    if CELL.name in frame:
        shows, stands = (_holds(frame[column.name], hidden) for column in CELLS)
        numbers = [column.name for column in columns if column.is_number]
        beside = [column.name for column in columns if column.is_number and column.beside]
        own = [name for name in numbers if name not in beside]
        count += int((shows | stands).sum())
        if count:
            safe = _without(_without(safe, own, shows | stands), beside, stands)
            if STATUS in safe:
                safe[STATUS] = safe[STATUS].mask(shows | stands, Symbol.SMALL.value)
    if STATUS not in safe or Symbol.CONFIDENTIAL.value not in safe[STATUS].tolist():
        return Disclosed(frame=safe, suppressed=count)
    confidential = safe[STATUS].eq(Symbol.CONFIDENTIAL.value)
    numbers = [column.name for column in columns if column.is_number and not column.beside]
    safe = _without(safe, numbers, confidential)
    return Disclosed(frame=safe, suppressed=count + int(confidential.sum()))


def _without(frame: pd.DataFrame, numbers: list[str], rows: pd.Series) -> pd.DataFrame:
    """Return a copy of a frame with some numbers missing in some rows."""
    gone = rows.to_numpy()
    cells = {name: np.where(gone, np.nan, frame[name].to_numpy(np.float64)) for name in numbers}
    return frame.assign(**cells)


def _holds(cells: pd.Series, hidden: frozenset[str]) -> pd.Series:
    found = [not hidden.isdisjoint(names.split("\n")) for names in cells]
    return pd.Series(found, index=cells.index, dtype=bool)
