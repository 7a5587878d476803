"""Cells as a reader meets them: decimals, true minus signs, and words for what is missing."""

from typing import Final

import pandas as pd

from analytics.text.wording import number, p_cell
from data.schema import Column, ColumnKind

MISSING: Final = "–"


def shown(cell: object, column: Column, *, status: str = "") -> tuple[str, bool]:
    """Write one cell.

    Args:
        cell: From the column, missing as None or NaN.
        column: What the cell is.
        status: The publisher's symbol for the row, shown in place of a missing value.

    Returns:
        The words, and whether they stand for a missing value.
    """
    if cell is None or (isinstance(cell, float) and pd.isna(cell)):
        return (f"[{status}]" if status else MISSING), True
    if column.kind is ColumnKind.YEAR:
        return f"{float(str(cell)):.0f}", False
    if column.is_number:
        value = float(str(cell))
        if column.is_p:
            return p_cell(value, column.decimals), False
        small = column.decimals == 1 and 0 < abs(value) < 1
        return number(value, 2 if small else column.decimals), False
    return str(cell), False


def bytes_words(size: int) -> str:
    """Write the size of a file: "3 kB"."""
    return f"{max(1, round(size / 1000)):,} kB"
