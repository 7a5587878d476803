"""Read every file of a folder: which layout each has, and what it gives."""

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.build.publishers import outturn
from data.build.publishers.layout import Layout, Rank, Shape, layouts
from data.build.publishers.places import Known
from data.build.publishers.readings import NAMES, readings
from data.build.publishers.refusal import RefusedError

_DAY = re.compile(r"20\d\d-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the files of a folder give.

    Attributes:
        indicators: Rows with the columns ``readings.NAMES``.
        lines: Rows of Section 251 with ``edition``, ``series`` and ``file``.
        files: The name of each file and how many figures it gave.
    """

    indicators: pd.DataFrame
    lines: pd.DataFrame
    files: dict[str, int]


def read(folder: Path, known: Known, issued: str = "") -> Read:
    """Read the files of a folder and of folders in it.

    Args:
        folder: Files as their publishers gave them.
        known: The authorities of the tables.
        issued: The day the interactive tool was issued, where the name of its file or folder does
            not tell.

    Raises:
        RefusedError: A file has no known layout, or is not as its layout says.
    """
    if not folder.is_dir():
        raise RefusedError(str(folder), found="no folder", expected="one of the publishers' files")
    some, lines = list[pd.DataFrame](), list[pd.DataFrame]()
    files: dict[str, int] = {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        if outturn.is_table_a1(path.name):
            lines.append(outturn.table_a1(path, known))
            files[path.name] = len(lines[-1])
            continue
        layout = _layout(path)
        if layout.shape is Shape.UNREAD:
            continue
        day = _issued(path, layout, folder, issued)
        some.append(readings(path, layout, known, day))
        files[path.name] = len(some[-1])
        if layout.rank is Rank.TOOL:
            lines.append(outturn.tool_totals(path, layout, known, day))
            files[path.name] += len(lines[-1])
    if not files:
        raise RefusedError(str(folder), found="no file of figures", expected="some")
    empty = pd.DataFrame(columns=list(NAMES))
    return Read(
        indicators=pd.concat(some, ignore_index=True) if some else empty,
        lines=pd.concat(lines, ignore_index=True) if lines else pd.DataFrame(),
        files=files,
    )


def _layout(path: Path) -> Layout:
    for layout in layouts():
        if layout.is_of(path.name):
            return layout
    expected = ", ".join(sorted({name for one in layouts() for name in one.files}))
    raise RefusedError(
        path.name, found="a file of no known layout", expected=f"{expected}, s251yeYYYY.xlsx"
    )


def _issued(path: Path, layout: Layout, folder: Path, issued: str) -> str:
    """Return the day a tool was issued, from its name, its folder's, or as it was given.

    Raises:
        RefusedError: It is told nowhere.
    """
    if layout.rank is not Rank.TOOL:
        return ""
    named = _DAY.search(path.relative_to(folder).as_posix())
    day = named[0] if named else issued
    if not day:
        expected = (
            "the day it was issued: LAIT=2026-04-08, or a file named bds_long_2026-04-08.parquet"
        )
        raise RefusedError(path.name, found="no day", expected=expected)
    return day
