"""The table of indicators from what was read, with one preferred figure for each cell."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from data.build.looked_after import CHILDREN, COUNTS, DERIVED, PER, REBASED, on_rebased_population
from data.build.publishers.layout import Rank, layouts
from data.symbols import Symbol

COLUMNS: Final = (
    "code",
    "year_end",
    "indicator",
    "value",
    "status",
    "edition",
    "basis",
    "preferred",
    "first_published",
)
WORDS: Final = ("code", "indicator", "status", "edition", "basis")
ORDER: Final = ["indicator", "code", "year_end", "edition"]
_CELL: Final = ["code", "year_end", "indicator"]

#: Rates that are worked out where neither a release nor the tool prints them, each with its count.
RATES: Final = COUNTS | {
    f"{key}_rate": f"{key}_num"
    for key in (
        "assessments",
        "cin_31mar",
        "cin_start",
        "cin_end",
        "cin_through",
        "cpp_31mar",
        "cpp_start",
        "cpp_end",
        "icpc",
        "referrals",
        "s47",
    )
}

# Which figure is preferred, best first: the smallest of these.
(
    _RELEASE,
    _TOOL,
    _KEPT,
    _WORKED,
    _OLDER,  # a rate on an older population, kept
    _WORKED_SYMBOL,
    _TOOL_SYMBOL,
    _WORKED_NOTHING,
) = range(8)
_PLACE: Final = "place"


def indicators(read: pd.DataFrame, present: pd.DataFrame) -> pd.DataFrame:
    """Return the table of indicators after some files have been read.

    A row of the present table stays where no file read has its cell in its series. A rate
    that nobody prints is worked out: count over the rebased population of the middle of the year
    before. Of the figures of a cell the release comes first, then the values of the tool, rows that
    no file gives, what is worked out, and symbols of the tool. Rows of first releases stay beside.

    Args:
        read: Rows with the columns ``readings.NAMES``.
        present: The table as it is.

    Returns:
        The table, in the order and with the columns of the present one.
    """
    present = present.astype(dict.fromkeys(WORDS, object))
    stays = kept(read, present)
    first = read["rank"].eq(Rank.FIRST.value)
    printed = _printed(read, stays)
    counts = _best(printed)
    best = _best(pd.concat([printed, _worked(counts)], ignore_index=True))
    best = best.assign(preferred=True)
    marked = best["status"].eq(Symbol.OLDER_POPULATION.value)  # already as it should be
    held = pd.MultiIndex.from_frame(best[_CELL])
    beside = read[first].assign(first_published=True)
    beside = beside.assign(preferred=~pd.MultiIndex.from_frame(beside[_CELL]).isin(held))
    stayed = stays[~stays["preferred"]]
    alone = stays["preferred"] & stays["first_published"]
    made = on_rebased_population(_typed([best[~marked], beside, stayed, stays[alone]]))
    made = _typed([made, best[marked]]).sort_values(ORDER, kind="stable")
    made = made.reset_index(drop=True)
    return made.astype(dict.fromkeys(WORDS, "category"))


def _typed(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put rows together with the columns and types of the table, words as objects."""
    made = pd.concat([part.reindex(columns=COLUMNS) for part in parts], ignore_index=True)
    made = made.astype(dict.fromkeys(WORDS, object))
    for name in ("status", "basis"):
        made[name] = made[name].where(made[name].notna(), None)
    first = made["first_published"].eq(True)  # noqa: FBT003 (missing is no)
    return made.assign(first_published=first, year_end=made["year_end"].astype("int16"))


def kept(read: pd.DataFrame, present: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the present table that no file gives and that are not worked out.

    Args:
        read: Rows with the columns ``readings.NAMES``.
        present: The table as it is, its words as objects.
    """
    gone = present["edition"].eq(DERIVED)
    cells = pd.MultiIndex.from_frame(present[_CELL].astype({"year_end": int}))
    for series, some in read.groupby("series", sort=False):
        there = pd.MultiIndex.from_frame(some[_CELL])
        gone |= present["edition"].str.startswith(str(series)) & cells.isin(there)
    return present[~gone]


def _printed(read: pd.DataFrame, stays: pd.DataFrame) -> pd.DataFrame:
    """Return what was printed, each row with its place among others of the same cell."""
    new = read[read["rank"].ne(Rank.FIRST.value)]
    tool = np.where(new["value"].notna(), _TOOL, _TOOL_SYMBOL)
    new = new.assign(**{_PLACE: np.where(new["rank"].eq(Rank.TOOL.value), tool, _RELEASE)})
    old = stays[stays["preferred"] & ~stays["first_published"]]
    return pd.concat([new, old.assign(**{_PLACE: _places(old)})], ignore_index=True)


def _places(stays: pd.DataFrame) -> pd.Series:
    """Return the place of rows that stay: that of their release, where its layout is known."""
    place = pd.Series(_KEPT, index=stays.index)
    for layout in layouts():
        of_it = stays["edition"].str.startswith(layout.series or "\0")
        of_it &= stays["indicator"].isin(list(layout.figures))
        if layout.rank is Rank.RELEASE:
            place[of_it] = _RELEASE
        if layout.rank is Rank.TOOL:
            place[of_it] = np.where(stays.loc[of_it, "value"].notna(), _TOOL, _TOOL_SYMBOL)
    return place.mask(stays["status"].eq(Symbol.OLDER_POPULATION.value), _OLDER)


def _best(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values(_PLACE, kind="stable").drop_duplicates(_CELL)


def _worked(best: pd.DataFrame) -> pd.DataFrame:
    """Return every rate that can be worked out, with the symbol of its count, or of no people."""
    people = best[best["indicator"].eq(CHILDREN)].set_index(["code", "year_end"])["value"]
    some = list[pd.DataFrame]()
    for rate, count in RATES.items():
        rows = best[best["indicator"].eq(count)]
        before = pd.MultiIndex.from_arrays([rows["code"], rows["year_end"].astype(int) - 1])
        children = people.reindex(before).to_numpy()
        status = rows["status"].where(rows["status"].notna(), None)
        nobody = pd.isna(children) & status.isna()
        status = status.mask(nobody, Symbol.NO_POPULATION.value)
        value = rows["value"] / children * PER
        nothing = status.eq(Symbol.UNAVAILABLE.value)
        place = np.where(value.notna(), _WORKED, np.where(nothing, _WORKED_NOTHING, _WORKED_SYMBOL))
        some.append(
            rows.assign(
                indicator=rate,
                value=value,
                status=status,
                edition=DERIVED,
                basis=REBASED,
                **{_PLACE: place},
            )
        )
    return pd.concat(some, ignore_index=True)
