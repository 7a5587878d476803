"""What new tables change: cells added, revised and removed, each by its place, year and key."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from data.sources.registry import AUTHORITIES, INDICATORS, SECTION251

#: What names a cell in each table, whatever edition it was taken from, and what stands in it.
_CELLS: Final[dict[str, tuple[list[str], list[str]]]] = {
    INDICATORS.key: (
        ["code", "year_end", "indicator", "preferred", "first_published"],
        ["value", "status"],
    ),
    SECTION251.key: (
        ["code", "year_end", "line_code", "preferred"],
        [
            *("gross", "income", "net_current", "net_revenue", "own_provision"),
            *("private_provision", "other_public", "voluntary", "status"),
        ],
    ),
    AUTHORITIES.key: (["code"], []),
}
#: Columns of what differs.
NAMES: Final = ("table", "kind", "code", "year_end", "what", "column", "was", "now")

ADDED: Final = "added"
REVISED: Final = "revised"
REMOVED: Final = "removed"

_EDITIONS: Final = 12  # printed of those that were renamed
_PRINTED: Final = 40  # cells printed of each table; the file has all


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """How new tables differ from the present ones.

    Attributes:
        cells: A row per cell with another value or symbol, with the columns ``NAMES``.
        editions: Rows that are taken from another edition now, counted: ``table``, ``was``, ``now``
            and ``rows``.
    """

    cells: pd.DataFrame
    editions: pd.DataFrame

    @property
    def tables(self) -> tuple[str, ...]:
        """Keys of the tables in which anything differs."""
        return tuple(dict.fromkeys(self.cells["table"]))

    def words(self) -> list[str]:
        """Say it in lines: counts by table, indicator and year, then cells, then editions."""
        if self.cells.empty and self.editions.empty:
            return ["No cell differs."]
        said = list[str]()
        for table, some in self.cells.groupby("table", sort=False):
            counts = some["kind"].value_counts()
            told = ", ".join(f"{counts[kind]:,} {kind}" for kind in _KINDS if kind in counts)
            said.append(f"{table}: cells {told}")
            for (what, year), few in some.groupby(["what", "year_end"], sort=True):
                told = ", ".join(f"{n:,} {kind}" for kind, n in few["kind"].value_counts().items())
                said.append(f"  {what} {year}: {told}")
            changed = some[some["kind"].ne(ADDED)]
            said += [f"  {_cell(row)}" for _, row in changed.head(_PRINTED).iterrows()]
            if len(changed) > _PRINTED:
                said.append(f"  and {len(changed) - _PRINTED:,} more, all in differences.csv")
        for _, row in self.editions.head(_EDITIONS).iterrows():
            said.append(f"{row['rows']:,} rows now from {row['now']}, before from {row['was']}")
        return said


_KINDS: Final = (ADDED, REVISED, REMOVED)


def differences(before: dict[str, pd.DataFrame], after: dict[str, pd.DataFrame]) -> Differences:
    """Compare tables cell by cell.

    Args:
        before: The present tables by their keys.
        after: The new ones.
    """
    cells, editions = list[pd.DataFrame](), list[pd.DataFrame]()
    for key, (names, columns) in _CELLS.items():
        was, now = _plain(before[key]), _plain(after[key])
        compare = columns or [str(name) for name in now if name not in names]
        both = was.merge(now, on=names, how="outer", suffixes=("_was", "_now"), indicator=True)
        cells += [_differing(both, key, names, column) for column in compare]
        if "edition" in now:
            moved = both[both["_merge"].eq("both") & both["edition_was"].ne(both["edition_now"])]
            counts = moved.groupby(["edition_was", "edition_now"]).size().rename("rows")
            editions.append(counts.rename_axis(["was", "now"]).reset_index().assign(table=key))
    found = pd.concat(cells, ignore_index=True)
    return Differences(
        cells=found.sort_values(["table", "kind", "what", "year_end", "code"], kind="stable"),
        editions=pd.concat(editions, ignore_index=True),
    )


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which every missing cell is None."""
    return frame.astype(object).where(frame.notna(), None)


def _differing(both: pd.DataFrame, key: str, names: list[str], column: str) -> pd.DataFrame:
    """Return the cells of a column that differ."""
    if f"{column}_was" in both:
        was, now = both[f"{column}_was"], both[f"{column}_now"]
    else:  # a column that the present table has not
        was, now = pd.Series(None, index=both.index, dtype=object), both[column]
    apart = ~(was.eq(now) | (was.isna() & now.isna()))
    some, was, now = both[apart], was[apart], now[apart]
    kind = pd.Series(REVISED, index=some.index).mask(was.isna(), ADDED).mask(now.isna(), REMOVED)
    item = next((name for name in ("indicator", "line_code") if name in names), "")
    return pd.DataFrame(
        {
            "table": key,
            "kind": kind,
            "code": some["code"],
            "year_end": some["year_end"] if "year_end" in names else "",
            "what": some[item] if item else column,
            "column": column,
            "was": was,
            "now": now,
        }
    )


def _cell(row: pd.Series) -> str:
    where = " ".join(str(row[name]) for name in ("code", "what", "year_end") if row[name] != "")
    return f"{where} {row['column']}: {_said(row['was'])} -> {_said(row['now'])}"


def _said(cell: object) -> str:
    return "nothing" if cell is None else str(cell)
