"""Section 251 outturn: Table A1 of a return, and the totals that the interactive tool carries."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import pandas as pd

from data.build.publishers import places, sheet
from data.build.publishers.cells import figures, years
from data.build.publishers.layout import Figure, Layout
from data.build.publishers.places import ENGLAND, LONDON, Known
from data.build.publishers.refusal import RefusedError
from data.build.publishers.sheet import Sheet

#: Columns of money, by their headings in Table A1.
MONEY: Final = {
    "TotalExpenditure": "gross",
    "Income": "income",
    "NetCurrentExpenditure": "net_current",
    "LEANetRevenueExpenditure": "net_revenue",
    "OwnProvision": "own_provision",
    "PrivateProvision": "private_provision",
    "OtherPublic": "other_public",
    "Voluntary": "voluntary",
}
#: Headings that are there and not read.
_UNREAD: Final = (
    "ident",
    "LA Name",
    "ReportGroup",
    "OrderLine",
    "LineNumber",
    "s251line",
    "GovGrantsInsideAEF",
    "GovGrantsOutsideAEF",
)
#: Headings of what a line is. It begins with the number or the code of the line, which columns of
#: their own also give, but wrongly for the total of safeguarding in 2014/15 and 2015/16.
_DESCRIBED: Final = ("Description", "CYPServiceDescription")
_NUMBER: Final = r"^(\d+a?(?:\.\d+)*[ab]?)"
_FILE: Final = re.compile(r"^s251ye(20\d\d)\.(xlsx|ods)$", re.IGNORECASE)
_SERIES: Final = "DfE S251 Outturn "
_CELL: Final = ["code", "year_end", "line_code"]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of the return.

    Attributes:
        names: Name by code.
        sums: Lines that are added up, by the code of their sum.
        tool: Item of the interactive tool by code.
        numbers: Code by number, by year.
    """

    names: dict[str, str]
    sums: dict[str, list[str]]
    tool: dict[str, str]
    numbers: dict[int, dict[str, str]]


@cache
def lines() -> Lines:
    """Return the lines that are known."""
    content: dict[str, Any] = tomllib.loads(
        Path(__file__).with_name("outturn.toml").read_text(encoding="utf-8")
    )
    by_year = {
        **content["numbers"],
        **{y: content["numbers"][o] for y, o in content["numbered_as"].items()},
    }
    numbers = {int(year): some for year, some in by_year.items()}
    return Lines(content["lines"], content["sums"], content["tool"], numbers)


def is_table_a1(name: str) -> bool:
    """Whether a file of this name is a Table A1."""
    return bool(_FILE.match(name))


def table_a1(path: Path, known: Known) -> pd.DataFrame:
    """Read a Table A1, and add up its regions and England.

    Args:
        path: ``s251yeYYYY``, a spreadsheet.
        known: The authorities of the tables.

    Returns:
        A row per place and line, with the columns of the table of Section 251.

    Raises:
        RefusedError: The file is not as a Table A1 is.
    """
    named = _FILE.match(path.name)
    year = int(named[1]) if named else 0
    read = sheet.read(path, ("LA", "LA Name"))
    of_line = _DESCRIBED[0] if _DESCRIBED[0] in read.frame else _DESCRIBED[1]
    read.expect(("LA", of_line, *MONEY), _UNREAD)
    frame = pd.DataFrame(
        {
            "code": _authorities(read, known),
            "year_end": year,
            "line_code": _codes(read, of_line, year),
            **{name: _money(read, heading) for heading, name in MONEY.items()},
        }
    )
    again = frame.duplicated(_CELL)
    if again.any():
        cell = frame[again].iloc[0]
        found = f"line {cell['line_code']} of {cell['code']} again"
        raise RefusedError(read.file, row=again.idxmax(), found=found, expected="it once")
    edition = f"{_SERIES}{year - 1}-{year % 100:02d} Table A1"
    made = _with_areas(_with_sums(frame, known), known)
    return made.assign(edition=edition, series=_SERIES, status=None, file=read.file)


def tool_totals(path: Path, layout: Layout, known: Known, issued: str) -> pd.DataFrame:
    """Read the gross totals that the interactive tool carries.

    Args:
        path: The file of the tool.
        layout: Of the tool.
        known: The authorities of the tables.
        issued: The day it was issued, such as 2026-04-08.

    Raises:
        RefusedError: The file is not as its layout says.
    """
    read = sheet.read(path, ())
    read.expect((*places.HEADINGS[layout.places], layout.year, *layout.items, "Values"))
    some = list[pd.DataFrame]()
    for code, item in lines().tool.items():
        frame = read.frame[read.frame[layout.items[0]].eq(item)]
        if frame.empty:
            raise RefusedError(
                read.file, column=layout.items[0], found="none", expected=f"rows of {item!r}"
            )
        part = Sheet(file=read.file, frame=frame)
        gross, status = figures(part, layout, Figure(column="Values"), frame.index)
        cells = {
            "code": places.placed(part, layout.places, known),
            "year_end": years(part, layout.year, frame.index),
            "line_code": code,
            "gross": gross,
            "status": status,
        }
        some.append(pd.DataFrame(cells))
    found = pd.concat(some, ignore_index=True)
    edition = layout.edition.format(issued=issued)
    return found.assign(edition=edition, series=layout.series, file=read.file)


def _authorities(read: Sheet, known: Known) -> pd.Series:
    numbers = read.frame["LA"].astype(str).str.removesuffix(".0")
    first = numbers.drop_duplicates()
    codes = {
        number: places.numbered(read.file, row, "LA", number, known)
        for row, number in first.items()
    }
    return numbers.map(codes)


def _codes(read: Sheet, column: str, year: int) -> pd.Series:
    """Return the code of today's line of each row.

    Raises:
        RefusedError: A line is not known.
    """
    numbers = read.frame[column].astype(str).str.extract(_NUMBER)[0].fillna("")
    codes = lines().numbers.get(year) or {code: code for code in lines().names}
    odd = ~numbers.isin(list(codes))
    if odd.any():
        found, expected = (
            repr(read.frame.loc[odd, column].iloc[0]),
            f"a line of outturn.toml, {year}",
        )
        raise RefusedError(
            read.file, row=odd.idxmax(), column=column, found=found, expected=expected
        )
    return numbers.map(codes)


def _money(read: Sheet, heading: str) -> pd.Series:
    """Return a column of money; cells that the return leaves empty hold none.

    Raises:
        RefusedError: A cell is neither money nor empty.
    """
    cells = read.frame[heading]
    values = pd.to_numeric(cells.replace("", None), errors="coerce").astype(float)
    odd = values.isna() & cells.notna() & cells.ne("")
    if odd.any():
        found, expected = repr(cells[odd].iloc[0]), "pounds, or an empty cell"
        raise RefusedError(
            read.file, row=odd.idxmax(), column=heading, found=found, expected=expected
        )
    return values


def _with_sums(frame: pd.DataFrame, known: Known) -> pd.DataFrame:
    """Add lines that the return prints in parts alone, in the order of DfE numbers."""
    numbers = {code: number for number, code in known.codes.items()}
    more = list[pd.DataFrame]()
    for whole, parts in lines().sums.items():
        if frame["line_code"].eq(whole).any():
            continue
        some = frame[frame["line_code"].isin(parts)]
        added = some.groupby(["code", "year_end"], as_index=False)[list(MONEY.values())].sum()
        added = added.sort_values("code", key=lambda codes: codes.map(numbers))
        more.append(added.assign(line_code=whole))
    return pd.concat([frame, *more], ignore_index=True)


def _with_areas(frame: pd.DataFrame, known: Known) -> pd.DataFrame:
    """Add regions and England: sums of their authorities."""
    region = frame["code"].map(known.regions)
    areas = [frame.assign(code=region), frame.assign(code=ENGLAND)]
    in_london = region.isin(["E13000001", "E13000002"])
    areas.append(frame[in_london].assign(code=LONDON))
    money = list(MONEY.values())
    sums = [one.groupby(_CELL, as_index=False)[money].sum() for one in areas]
    return pd.concat([frame, *sums], ignore_index=True)
