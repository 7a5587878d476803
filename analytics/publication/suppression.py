"""Statistical disclosure control: what must not leave, whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from data.schema import Column, text
from data.symbols import Symbol

Cells = NDArray[np.float64] | NDArray[np.object_] | ExtensionArray

STATUS: Final = "status"
CONFIDENTIAL: Final = Symbol.CONFIDENTIAL.value

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
    cells: Mapping[str, Cells], columns: tuple[Column, ...], *, hidden: frozenset[str] = frozenset()
) -> Disclosed:
    """Keep the publisher's suppression, and hide the cells of records that must be hidden.

    Official tables are already controlled by their publisher: a row marked confidential carries no
    value, and is never worked out from others. A row that shows a hidden cell of records keeps its
    words and its base, and loses its numbers; where the base is hidden, that too.

    Args:
        cells: Cells by column, one for each thing shown; ``status`` holds symbols, ``cell`` and
            ``base`` the cells of records that a row shows. They are not changed.
        columns: What the frame is to hold in the end.
        hidden: Cells that must be hidden.
    """
    safe = {column.name: cells[column.name] for column in columns}
    numbers = [column.name for column in columns if column.is_number]
    beside = {column.name for column in columns if column.beside}
    count = 0
    if CELL.name in cells:
        shows, stands = (_holds(cells[column.name], hidden) for column in CELLS)
        lost = shows | stands
        count += int(lost.sum())
        if count:
            safe |= {
                name: _without(safe[name], stands if name in beside else lost) for name in numbers
            }
            if STATUS in safe:
                symbols = np.asarray(safe[STATUS], dtype=object)
                safe[STATUS] = np.where(lost, Symbol.SMALL.value, symbols)
    if STATUS in safe:
        confidential = np.array(
            [one == CONFIDENTIAL for one in safe[STATUS].tolist()], dtype=np.bool_
        )
        if confidential.any():
            count += int(confidential.sum())
            own = [name for name in numbers if name not in beside]
            safe |= {name: _without(safe[name], confidential) for name in own}
    return Disclosed(frame=pd.DataFrame(safe), suppressed=count)


def _without(numbers: Cells, gone: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return a copy of some numbers that are missing in some rows."""
    return np.where(gone, np.nan, np.asarray(numbers, dtype=np.float64))


def _holds(cells: Cells, hidden: frozenset[str]) -> NDArray[np.bool_]:
    found = [not hidden.isdisjoint(_named(cell)) for cell in cells.tolist()]
    return np.array(found, dtype=np.bool_)


def _named(cell: object) -> list[str]:
    if not isinstance(cell, str):
        msg = f"Cells of records are named by text; found {cell!r}."
        raise TypeError(msg)  # nothing leaves that may have to be hidden
    return cell.split("\n")
