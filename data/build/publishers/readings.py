"""The rows of indicators that a publisher's file gives."""

import re
from pathlib import Path
from typing import Final

import pandas as pd

from data.build.publishers import cells, places, sheet
from data.build.publishers.layout import Layout, Shape
from data.build.publishers.places import Known
from data.build.publishers.refusal import RefusedError
from data.build.publishers.sheet import Sheet

#: Columns of what is read: those of the table of indicators, and which file and row a cell is of.
NAMES: Final = (
    "code",
    "year_end",
    "indicator",
    "value",
    "status",
    "edition",
    "basis",
    "series",
    "rank",
    "file",
    "row",
)

_SPAN: Final = re.compile(r"(20\d\d)_to_(20\d\d)")
_KEY: Final = ["code", "year_end", "indicator"]


def readings(path: Path, layout: Layout, known: Known, issued: str = "") -> pd.DataFrame:
    """Read the indicators of a file.

    Args:
        path: The file.
        layout: What is in it.
        known: The authorities of the tables.
        issued: The day a tool was issued, such as 2026-04-08; for other files of no use.

    Returns:
        A row per place, year and indicator, with the columns ``NAMES``.

    Raises:
        RefusedError: The file is not as its layout says.
    """
    read = sheet.read(path, ())
    named = (
        *places.HEADINGS[layout.places],
        *([layout.year] if layout.year else []),
        *layout.items,
    )
    read.expect((*named, *layout.read), layout.headings)
    read = _without_unread(read, layout)
    codes = places.placed(read, layout.places, known)
    years = cells.years(read, layout.year, read.frame.index) if layout.year else None
    some = [_figure(read, layout, key).assign(code=codes) for key in layout.figures]
    some = [one.assign(year_end=layout.of_year if years is None else years) for one in some]
    found = pd.concat(some, ignore_index=True)
    found = found.assign(file=read.file)
    _expect_once(found)
    _expect_years(read.file, layout, found)
    first, last = int(found["year_end"].min()), int(found["year_end"].max())
    edition = layout.edition.format(first=first, last=last, next=last + 1, issued=issued)
    found = found.assign(edition=edition, series=layout.series, rank=layout.rank.value)
    return found[list(NAMES)]


def _without_unread(read: Sheet, layout: Layout) -> Sheet:
    """Leave out rows of items that are not read."""
    frame = read.frame
    for place, name in enumerate(layout.items):
        items = [one.item[place] for one in layout.figures.values()]
        frame = frame[frame[name].isin(items)]
    return Sheet(file=read.file, frame=frame)


def _figure(read: Sheet, layout: Layout, key: str) -> pd.DataFrame:
    figure = layout.figures[key]
    frame, at = read.frame, read.frame.index
    for name, item in zip(layout.items, figure.item, strict=layout.shape is Shape.LONG):
        at = at[frame.loc[at, name].eq(item)]
    if not len(at):
        expected = f"rows of {' / '.join(figure.item)!r}"
        raise RefusedError(read.file, column=layout.items[0], found="none", expected=expected)
    values, symbols = cells.figures(read, layout, figure, at)
    return pd.DataFrame(
        {
            "indicator": key,
            "value": values,
            "status": symbols,
            "basis": figure.basis or None,
            "row": at,
        },
        index=at,
    )


def _expect_years(file: str, layout: Layout, found: pd.DataFrame) -> None:
    """Refuse a file in which a year is missing, or is another than its name says.

    Raises:
        RefusedError: It is so.
    """
    for key, some in found.groupby("indicator", sort=False):
        there = sorted(int(year) for year in some["year_end"].unique())
        if there != list(range(there[0], there[-1] + 1)):
            gap = next(year for year in range(there[0], there[-1]) if year not in there)
            said = f"{key} of {there[0]} to {there[-1]} without {gap}"
            raise RefusedError(file, column=layout.year, found=said, expected="every year")
    if span := _SPAN.search(file):
        there = found["year_end"]
        expected = f"{span[1]} to {span[2]}, as the name says"
        if (str(there.min()), str(there.max())) != span.groups():
            said = f"years {there.min()} to {there.max()}"
            raise RefusedError(file, column=layout.year, found=said, expected=expected)


def _expect_once(found: pd.DataFrame) -> None:
    again = found.duplicated(_KEY)
    if again.any():
        cell = found[again].iloc[0]
        said = f"{cell['indicator']} of {cell['code']} in {cell['year_end']} again"
        raise RefusedError(str(cell["file"]), row=int(cell["row"]), found=said, expected="it once")
