"""Cells of a publisher's file: a number, or a symbol in its place. Never a guess."""

from typing import Final

import numpy as np
import pandas as pd

from data.build.publishers.layout import Figure, Layout
from data.build.publishers.refusal import RefusedError
from data.build.publishers.sheet import Sheet
from data.symbols import Symbol

_THOUSANDS: Final = r"^-?\d{1,3}(,\d{3})+(\.\d+)?$"
_YEAR: Final = r"^(?P<first>20\d\d)(?:[-/](?P<last>\d\d))?(?: \(OT\))?$"

Cells = tuple[pd.Series, pd.Series]


def numbers(sheet: Sheet, layout: Layout, column: str, at: pd.Index) -> Cells:
    """Return the numbers of a column, NaN where there is none, and the symbols, None likewise.

    Args:
        sheet: The file.
        layout: Which symbols it may have.
        column: Heading.
        at: Rows.

    Raises:
        RefusedError: A cell is neither a number nor a symbol of the layout.
    """
    text = sheet.frame.loc[at, column].astype(str).str.strip()
    plain = text.mask(text.str.match(_THOUSANDS), text.str.replace(",", ""))
    values = pd.to_numeric(plain, errors="coerce").astype(float)
    values = values.where(np.isfinite(values))
    odd = values.isna() & ~text.isin(layout.symbols)
    if odd.any():
        row, found = odd.idxmax(), text[odd].iloc[0]
        expected = f"a number or one of {' '.join(layout.symbols)}"
        said = repr(found) if found else "an empty cell"
        raise RefusedError(sheet.file, row=row, column=column, found=said, expected=expected)
    return values, text.where(values.isna(), None).astype(object)


def figures(sheet: Sheet, layout: Layout, figure: Figure, at: pd.Index) -> Cells:
    """Return the figures of an indicator and their symbols.

    A percentage has the first symbol of its parts and its base; where the base is zero, it is not
    applicable.

    Args:
        sheet: The file.
        layout: What may be in it.
        figure: Where the figure stands.
        at: Rows.

    Raises:
        RefusedError: A cell is neither a number nor a symbol of the layout.
    """
    if figure.column:
        return numbers(sheet, layout, figure.column, at)
    read = [numbers(sheet, layout, name, at) for name in figure.columns]
    (base, _), symbols = read[-1], pd.concat([symbol for _, symbol in read], axis="columns")
    total = pd.concat([value for value, _ in read[:-1]], axis="columns").sum(
        axis="columns", skipna=False
    )
    values = (100 * total / base.where(base != 0)).astype(float)
    first = symbols.bfill(axis="columns").iloc[:, 0]
    first = first.mask(first.isna() & values.isna(), Symbol.NOT_APPLICABLE.value)
    return values, first.where(first.notna(), None).astype(object)


def years(sheet: Sheet, column: str, at: pd.Index) -> pd.Series:
    """Return the years that rows end in: 2016 for ``2016``, ``2015-16`` and ``2015/16``.

    Args:
        sheet: The file.
        column: Heading of the year.
        at: Rows.

    Raises:
        RefusedError: A cell is no year.
    """
    text = sheet.frame.loc[at, column].astype(str).str.strip()
    parts = text.str.extract(_YEAR)
    first, last = (pd.to_numeric(parts[name]) for name in ("first", "last"))
    odd = first.isna() | (last.notna() & ((first + 1) % 100 != last))
    if odd.any():
        row = odd.idxmax()
        found, expected = repr(text[row]), "a year such as 2016, 2015-16 or 2015/16"
        raise RefusedError(sheet.file, row=row, column=column, found=found, expected=expected)
    return (first + last.notna()).astype(int)
