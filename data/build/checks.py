"""What must hold of new tables before they replace the present ones."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pandas as pd

from data.build.differences import REMOVED, Differences
from data.build.publishers.built import Built
from data.build.publishers.layout import Rank
from data.build.publishers.places import ENGLAND
from data.build.publishers.refusal import RefusedError
from data.schema import checked
from data.sources.registry import AUTHORITIES, INDICATORS, SECTION251
from data.symbols import Symbol

_FIXED: Final = Path(__file__).with_name("checks.toml")

#: Authorities may add up to more than England by rounding, and to less by what is hidden.
_ROUNDING: Final = 0.002
_HIDDEN: Final = 0.25
_LOST: Final = 0.05  # of an indicator's values of a year that may be withdrawn
_ALIKE: Final = 0.5  # of authorities whose figures may be those of the year before
_LARGE: Final = 50  # counts from here on are seldom the same in two years


def expect_good(built: Built, found: Differences) -> None:
    """Refuse new tables that cannot be true.

    Args:
        built: The tables before and after.
        found: How they differ.

    Raises:
        RefusedError: A printed national figure differs, authorities do not add up to England, a
            symbol is unknown, an authority has no row in a new year, the figures of a year are
            those of the year before, or more than a few values are gone.
        SchemaError: A column, a cell or a key is not as the table promises.
    """
    for source in (INDICATORS, SECTION251):
        checked(built.after[source.key], source.columns, of=source.file, key=source.row_key)
    indicators = built.after[INDICATORS.key].astype({"code": object, "indicator": object})
    _expect_printed(indicators, built.after[SECTION251.key])
    _expect_symbols(indicators)
    for (key, year), some in _counts(built).groupby(["indicator", "year_end"], sort=False):
        _expect_total(some, str(key), int(str(year)), str(some["file"].iloc[0]))
    preferred = indicators[indicators["preferred"]]
    _expect_everybody(built, preferred)
    _expect_moved(preferred, built)
    _expect_little_lost(built, found)


def _counts(built: Built) -> pd.DataFrame:
    """Return the counts that releases gave."""
    read = built.read.indicators
    return read[read["rank"].eq(Rank.RELEASE.value) & read["indicator"].str.endswith("_num")]


def _released(built: Built) -> dict[tuple[str, int], str]:
    """Return which counts of which years releases gave, each with its file."""
    cells = _counts(built).drop_duplicates(["indicator", "year_end"])
    keys = zip(cells["indicator"], cells["year_end"].astype(int), strict=True)
    return dict(zip(keys, cells["file"], strict=True))


def _printed() -> Iterator[tuple[str, dict[str, Any]]]:
    told = tomllib.loads(_FIXED.read_text(encoding="utf-8"))
    for kind, some in told.items():
        for one in some:
            yield kind, one


def _expect_printed(indicators: pd.DataFrame, lines: pd.DataFrame) -> None:
    for kind, one in _printed():
        frame = indicators if kind == "indicator" else lines
        name, value = ("indicator", "value") if kind == "indicator" else ("line_code", "gross")
        flag = "first_published" if one.get("first") else "preferred"
        rows = frame[
            frame["code"].eq(one["code"])
            & frame["year_end"].eq(one["year"])
            & frame[name].eq(one["key"])
            & frame[flag]
        ]
        values = [round(float(cell), 1 if kind == "indicator" else 0) for cell in rows[value]]
        if values != [one["value"]]:
            where = f"{one['key']} of {one['code']} in {one['year']}"
            found = ", ".join(f"{cell:g}" for cell in values) or "no figure"
            raise RefusedError(kind, column=where, found=found, expected=f"{one['value']:g}")


def _expect_symbols(indicators: pd.DataFrame) -> None:
    status = indicators["status"].astype(object)
    odd = status.notna() & ~status.isin([one.value for one in Symbol])
    if odd.any():
        row = indicators[odd].iloc[0]
        where = f"{row['indicator']} of {row['code']} in {row['year_end']}"
        expected = "a symbol of data/symbols.py"
        raise RefusedError(
            INDICATORS.file, column=where, found=repr(row["status"]), expected=expected
        )


def _expect_total(some: pd.DataFrame, key: str, year: int, file: str) -> None:
    england = some.loc[some["code"].eq(ENGLAND), "value"]
    ours = some[some["code"].str.match(r"E0[6-9]|E10")]
    if england.empty or pd.isna(england.iloc[0]) or ours.empty:
        return
    total, whole = float(ours["value"].sum()), float(england.iloc[0])
    hidden = bool(ours["value"].isna().any())
    apart = (whole - total) / whole if whole else 0.0
    if not -_ROUNDING <= apart <= (_HIDDEN if hidden else _ROUNDING):
        less = " less what is hidden" if hidden else ""
        expected = f"England's {whole:,.0f}{less}"
        raise RefusedError(
            file, column=f"{key} {year}", found=f"authorities of {total:,.0f}", expected=expected
        )


def _expect_everybody(built: Built, preferred: pd.DataFrame) -> None:
    """Refuse a new year in which an authority is missing that the year before had.

    Raises:
        RefusedError: One is.
    """
    before = built.before[INDICATORS.key]
    last = before["year_end"].groupby(before["indicator"].astype(object)).max()
    replaced = built.after[AUTHORITIES.key].set_index("code")["successor"].notna()
    gone = set(replaced[replaced].index)
    for (key, year), file in _released(built).items():
        if year <= int(last.get(key, year)):
            continue
        of_key = preferred[preferred["indicator"].eq(key)]
        there, then = (
            set(of_key.loc[of_key["year_end"].eq(one), "code"]) for one in (year, year - 1)
        )
        if missing := sorted(then - there - gone):
            found = f"no row of {', '.join(missing[:3])} in {year}"
            expected = "one, or a successor in authorities"
            raise RefusedError(file, column=key, found=found, expected=expected)


def _expect_moved(preferred: pd.DataFrame, built: Built) -> None:
    """Refuse a year whose figures are those of the year before.

    Raises:
        RefusedError: It is so of more than half of the places.
    """
    files = _released(built)
    counted = preferred[preferred["indicator"].isin([key for key, _ in files])]
    values = counted.set_index(["indicator", "year_end", "code"])["value"].sort_index()
    there = set(zip(counted["indicator"], counted["year_end"].astype(int), strict=True))
    for (key, year), file in files.items():
        if (key, year - 1) not in there:
            continue
        now, then = values.loc[(key, year)], values.loc[(key, year - 1)]
        then = then[then >= _LARGE]
        alike = now.reindex(then.index).eq(then)
        if len(then) and alike.mean() > _ALIKE:
            found = f"the figures of {year - 1} in {year} for {alike.mean():.0%} of places"
            raise RefusedError(file, column=key, found=found, expected=f"those of {year}")


def _expect_little_lost(built: Built, found: Differences) -> None:
    gone = found.cells[
        found.cells["kind"].eq(REMOVED) & found.cells["column"].isin(["value", "gross"])
    ]
    for (table, what, year), some in gone.groupby(["table", "what", "year_end"]):
        names = {INDICATORS.key: ("indicator", "value"), SECTION251.key: ("line_code", "gross")}
        name, value = names[str(table)]
        before = built.before[str(table)]
        had = before.loc[
            before[name].eq(str(what)) & before["year_end"].eq(int(str(year))), value
        ].count()
        if len(some) > _LOST * had:
            said = f"{len(some):,} of {had:,} values of {what} in {year} gone"
            raise RefusedError(str(table), found=said, expected="them, or others in their place")
