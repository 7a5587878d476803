"""Shares of two waves that hold partly the same people, and what may be told of who is in both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.disclosure.counts import Count, counts
from analytics.disclosure.crosstab import BASE, rows_of
from analytics.disclosure.crosstabs import AGREEING, paired_of
from analytics.disclosure.release import hidden_cells
from analytics.disclosure.rules import LEAST_BASE, rounded
from analytics.disclosure.shares import APART, change_row
from analytics.methods.overlap import overlap_difference, phi
from analytics.methods.proportions import share_difference
from analytics.programme import Band
from data.load import Table
from data.microdata.tables import RECORD_TABLES
from data.schema import Column, ColumnKind, hidden_key

#: Fewest items over which the correlation of two answers of one person is averaged.
LEAST_ITEMS: Final = 5

OVERLAP_COLUMNS: Final = (
    Column(
        name="n_both",
        label="n, both",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="People who answered at both; missing where they are too few to be told.",
    ),
    Column(
        name="together",
        label="Correlation of two answers of one person",
        decimals=1,
        about=(
            f"Mean over all items, {LEAST_ITEMS} or more, whatever the choice of bands; rounded. "
            "Missing where the two are compared as if of different people."
        ),
    ),
    hidden_key("joined", about="yes where the interval counts that some people are in both."),
)
OVERLAP: Final = (
    "Interval of a difference",
    (
        "95% hybrid score interval for two partly overlapping groups: Wilson's limits of both "
        "shares joined by the correlation of the shares, which is that of two answers of one "
        "person times those who answered both over the geometric mean of the two n (Newcombe "
        "1998; Zou and Donner 2008; Derrick and others 2015). The correlation of answers is one "
        "for all items and bands, their mean rounded to one decimal, so that it tells of no few "
        "people. Where too few answered both, or nobody can be joined, it is Newcombe's interval "
        "for two separate groups, which is as a rule too wide."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """How far two shares are apart, in percentage points, and who is in both.

    Attributes:
        change: Second less first.
        low: Lower end of the interval.
        high: Upper end.
        n_both: People in both; NaN where it may not be told.
        together: Correlation of two answers of one person; NaN where it is not used.
        cell: Name of the cell of people in both, where it is told; else empty.
    """

    change: float
    low: float
    high: float
    n_both: float
    together: float
    cell: str

    @property
    def columns(self) -> dict[str, object]:
        """What ``OVERLAP_COLUMNS`` hold of it."""
        joined = "yes" if self.cell else "no"
        return {"n_both": self.n_both, "together": self.together, "joined": joined}


def apart(
    table: Table, item: str, waves: Sequence[Count], bands: tuple[Band, ...], items: tuple[str, ...]
) -> Apart:
    """Compare the shares of two waves, with regard to who answered both where that may be told.

    Args:
        table: The records.
        item: Which item.
        waves: The cell of those who agree at each of the two waves.
        bands: Of the pilots.
        items: Those asked at both waves, over which the correlation is averaged.
    """
    people, bases = (
        np.array([getattr(one, name) for one in waves], dtype=np.float64)
        for name in ("people", "n")
    )
    together = answers_together(table, items)
    both = counts(table, paired_of(_key(table), item), bands)[BASE]
    joined = not np.isnan(together) and both.cell not in hidden_cells(table, _key(table))
    made = (
        overlap_difference(people, bases, np.array(both.n), together)
        if joined
        else share_difference(people, bases)
    )
    return Apart(
        change=100 * float(made.estimate),
        low=100 * float(made.low),
        high=100 * float(made.high),
        n_both=both.n if joined else np.nan,
        together=together if joined else np.nan,
        cell=both.cell if joined else "",
    )


def no_overlap() -> dict[str, object]:
    """Return the empty overlap of a row that compares nothing."""
    return {"n_both": np.nan, "together": np.nan, "joined": "no"}


def overlap_row(made: Apart, first: Count, second: Count, **labels: str) -> dict[str, object]:
    """Return a row with the second share less the first, its interval, and the cells it shows.

    Args:
        made: From ``apart``.
        first: A cell and its base.
        second: The same at the other point.
        labels: What the row is called by, in columns of their own.
    """
    row = change_row(first, second, **labels)
    ends = zip(APART, (made.change, made.low, made.high), strict=True)
    cells = "\n".join(one for one in (str(row["cell"]), made.cell) if one)
    return {**row, **{one.name: value for one, value in ends}, **made.columns, "cell": cells}


@lru_cache(maxsize=16)
def answers_together(table: Table, items: tuple[str, ...]) -> float:
    """Return how far two answers of one person go together: one number for a whole table.

    A correlation of one item among few people would tell how many of them changed their answer. So
    it is averaged over items of which enough people answered both, and rounded.

    Args:
        table: The records.
        items: Those asked at both points.

    Returns:
        Correlation rounded to one decimal; NaN where fewer than ``LEAST_ITEMS`` items have one.
    """
    found = [phi(joint) for item in items if (joint := _joint(table, item)).sum() >= LEAST_BASE]
    known = [float(one) for one in found if not np.isnan(one)]
    return rounded(float(np.mean(known))) if len(known) >= LEAST_ITEMS else np.nan


def _joint(table: Table, item: str) -> NDArray[np.float64]:
    """Count who agrees or not at the first point and at the second, shape (2, 2)."""
    view = paired_of(_key(table), item)
    rows, columns = rows_of(view, table.frame)
    upper = AGREEING[RECORD_TABLES[view.table].field(item).allowed]
    first, second = (rows.dropna(subset=columns)[one].isin(upper).to_numpy() for one in columns)
    return np.array(
        [[(a & b).sum() for b in (second, ~second)] for a in (first, ~first)], dtype=np.float64
    )


def _key(table: Table) -> str:
    return table.source.key


def overlap_words(row: Mapping[str, object]) -> str:
    """Say how many are in both waves and how their answers go together; empty if not counted.

    Args:
        row: With ``OVERLAP_COLUMNS``, of a frame that has been through the door.
    """
    n, together = (float(str(row[name])) for name in ("n_both", "together"))
    return "" if np.isnan(n) else f"{n:.0f} in both, r {together:.1f}"
