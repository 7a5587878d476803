"""Recomputed numbers beside the published ones."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from figures import Floats

LARGEST = 1e-9  # relative difference that counts as none
#: Of the largest number of a row that is no count: what is left where equal numbers cancel. Ends
#: of intervals lie that far apart where tests count sums as equal, 1e-12 for each pilot.
CANCELLED = 1e-11
#: Of the largest number of a column: what is left of a sum that is zero, as in the scripts in R.
NOISE = 1e-14


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One column of numbers, recomputed and published.

    Attributes:
        name: Of the column.
        recomputed: By the script, shape (rows,), NaN where there is none.
        published: In the pack, same shape.
        difference: Relative to the larger of both, same shape; infinite where one is missing.
    """

    name: str
    recomputed: Floats
    published: Floats
    difference: Floats

    @property
    def numbers(self) -> int:
        """How many numbers are published."""
        return int(np.isfinite(self.published).sum())

    @property
    def largest(self) -> float:
        """The largest difference."""
        return float(self.difference.max(initial=0.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """What came out of one pack.

    Attributes:
        columns: Those of numbers.
        words: Columns that hold no number and were not recomputed.
        faults: What does not agree, each in a sentence.
        labels: What each row is about, for printing.
    """

    columns: tuple[Column, ...]
    words: tuple[str, ...]
    faults: tuple[str, ...]
    labels: tuple[str, ...] = ()

    @property
    def largest(self) -> float:
        """The largest relative difference of all numbers."""
        return max((one.largest for one in self.columns), default=0.0)


def set_beside(
    found: pd.DataFrame, rows: pd.DataFrame, *, keys: tuple[str, ...], shares: Mapping[str, float]
) -> Comparison:
    """Compare recomputed rows with published ones.

    Args:
        found: Recomputed; columns of text are compared as they are written.
        rows: Published, every cell as it is written.
        keys: Columns that name a row; without any, rows are compared in their order.
        shares: Columns with a relative difference of their own that counts as none.
    """
    if len(found) != len(rows):
        fault = f"{len(found)} rows were recomputed and {len(rows)} published"
        return Comparison(columns=(), words=(), faults=(fault,))
    if keys:
        found, rows = _ordered(found, keys), _ordered(rows, keys)
    found = found.reset_index(drop=True)
    columns, faults = _numbers(found, rows, shares)
    unknown = [name for name in found if name not in rows]
    faults += [f"{name} was recomputed, but no such column is published" for name in unknown]
    words = [str(name) for name in rows if name not in found]
    for name in words:
        held = numbers(rows[name])
        if held is not None and np.isfinite(held).any():
            faults.append(f"{name} has published numbers and none recomputed")
    return Comparison(
        columns=columns,
        words=tuple(words),
        faults=tuple(faults),
        labels=_labels(rows, keys),
    )


def _numbers(
    found: pd.DataFrame, rows: pd.DataFrame, shares: Mapping[str, float]
) -> tuple[tuple[Column, ...], list[str]]:
    """Compare the columns that both have, numbers as numbers and words as words."""
    scale, faults, columns = _scale(rows), list[str](), list[Column]()
    for name in (str(name) for name in rows if name in found):
        if pd.api.types.is_numeric_dtype(found[name]):
            one = _column(name, found[name].to_numpy(np.float64), numbers(rows[name]), scale)
            columns.append(one)
            many = int((one.difference > shares.get(name, LARGEST)).sum())
            if many:
                faults.append(f"{name} differs in {many} rows, by up to {one.largest:.1e}")
        elif (many := int((_text(found[name]) != rows[name].to_numpy(str)).sum())) > 0:
            faults.append(f"{name} differs in {many} rows")
    return tuple(columns), faults


def _scale(rows: pd.DataFrame) -> Floats:
    """Return the largest number of each row that is no count."""
    scale = np.zeros(len(rows))
    for name in rows:
        part = numbers(rows[name])
        if part is not None:
            measured = np.isfinite(part) & (part % 1 != 0)
            scale = np.maximum(scale, np.where(measured, np.abs(part), 0.0))
    return scale


def numbers(cells: pd.Series) -> Floats | None:
    """Return cells as numbers, NaN for an empty one; None where a cell is a word."""
    try:
        return np.array([float(cell) if cell else np.nan for cell in cells], dtype=np.float64)
    except ValueError:
        return None


def _column(name: str, recomputed: Floats, published: Floats | None, scale: Floats) -> Column:
    if published is None:
        published = np.full(len(recomputed), np.inf)  # words where a number was recomputed
    apart = np.abs(recomputed - published)
    size = np.maximum(np.abs(recomputed), np.abs(published))
    largest = np.abs(published[np.isfinite(published)]).max(initial=0.0)
    near = apart <= np.maximum(CANCELLED * scale, NOISE * largest)
    relative = np.divide(apart, size, out=np.zeros(len(apart)), where=(size > 0) & ~near)
    missing = np.isnan(recomputed) != np.isnan(published)
    relative = np.where(np.isnan(recomputed) & np.isnan(published), 0.0, relative)
    difference = np.where(missing, np.inf, relative)
    return Column(name=name, recomputed=recomputed, published=published, difference=difference)


def _text(cells: pd.Series) -> np.ndarray:
    return cells.fillna("").astype(str).to_numpy(str)


def _ordered(frame: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    """Sort rows by the words of some columns."""
    named = frame.assign(**{name: frame[name].astype(str) for name in keys})
    at = named.sort_values(list(keys), kind="stable").index
    return frame.loc[at] if frame.index.is_unique else _ordered(frame.reset_index(drop=True), keys)


def _labels(rows: pd.DataFrame, keys: tuple[str, ...]) -> tuple[str, ...]:
    named = [name for name in (*keys, "key", "place", "year_end", "line") if name in rows]
    names = list(dict.fromkeys(named)) or list(rows.columns[:1])
    return tuple(" ".join(row) for row in rows[names].to_numpy(str))
