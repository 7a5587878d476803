"""What a publisher's file looks like: ``layouts.toml`` and ``first_releases.toml``, checked."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, Final

_FILES: Final = ("layouts.toml", "first_releases.toml")


class Shape(StrEnum):
    """How figures stand in a file."""

    WIDE = "wide"  # a row per place and year, a column per figure
    LONG = "long"  # a row per figure
    UNREAD = "unread"  # known, and nothing in it is in the tables


class Places(StrEnum):
    """How a file names authorities, regions and England."""

    EES = "ees"  # geographic level, GSS codes and DfE numbers
    SFR = "sfr"  # geographic level and DfE numbers
    LAIT = "lait"  # DfE numbers, and numbers of regions


class Rank(StrEnum):
    """Which figure is preferred where several files have one for the same cell, best first."""

    RELEASE = "release"  # the release itself, its symbols too
    TOOL = "tool"  # the tool that carries figures of releases: its values, not its symbols
    FIRST = "first"  # a year's first release: beside the preferred figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Where the figure of an indicator stands, or what it is worked out from.

    Attributes:
        column: Heading of the figure; empty for a share.
        item: In a long file, what the columns of items say; empty otherwise.
        parts: Headings of what is added up for a percentage.
        base: Heading of what they are a percentage of.
        basis: Population basis of a rate; empty otherwise.
    """

    column: str = ""
    item: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    base: str = ""
    basis: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """Every heading it is read from."""
        return (self.column,) if self.column else (*self.parts, self.base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A publisher's file.

    Attributes:
        key: Its name here.
        files: Patterns of the file's name, in small letters.
        shape: How figures stand in it.
        edition: What the tables call the release, with ``{first}``, ``{last}`` and ``{next}`` for
            its years and ``{issued}`` for the day a tool was issued.
        series: What all editions of it begin with.
        rank: Which figure is preferred.
        places: How it names places.
        year: Heading of the year; empty where the file is of one year.
        of_year: The year, where the file is of one; otherwise 0.
        items: In a long file, headings of what a figure is of.
        symbols: What may stand in place of a number.
        headings: Every heading that may be there besides those that are read; empty where others
            may be, because the release is closed.
        figures: What is read, by key of the indicator.
    """

    key: str
    files: tuple[str, ...]
    shape: Shape
    edition: str = ""
    series: str = ""
    rank: Rank = Rank.RELEASE
    places: Places = Places.EES
    year: str = ""
    of_year: int = 0
    items: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    figures: dict[str, Figure]

    def is_of(self, name: str) -> bool:
        """Whether a file of this name has this layout."""
        return any(fnmatch(name.lower(), pattern) for pattern in self.files)

    @property
    def read(self) -> tuple[str, ...]:
        """Headings that figures are read from, each once."""
        return tuple(dict.fromkeys(name for one in self.figures.values() for name in one.columns))


@cache
def layouts() -> tuple[Layout, ...]:
    """Return every layout that is known."""
    found = list[Layout]()
    for name in _FILES:
        told = tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))
        shared = told.get("shared", {})
        found += [_layout(one, shared) for one in told["layout"]]
    return tuple(found)


def _layout(told: dict[str, Any], shared: dict[str, Any]) -> Layout:
    told = {**shared.get(told.get("like", ""), {}), **told}
    told.pop("like", "")
    bases = told.pop("basis", {})
    figures = {
        key: _figure(cells, bases.get(key, "")) for key, cells in told.pop("figures", {}).items()
    }
    lists = {name: tuple(cells) for name, cells in told.items() if isinstance(cells, list)}
    kinds: dict[str, Any] = {
        name: kind(told[name])
        for name, kind in (("shape", Shape), ("places", Places), ("rank", Rank))
        if name in told
    }
    fields: dict[str, Any] = {**told, **lists, **kinds, "figures": figures}
    return Layout(**fields)


def _figure(cells: str | dict[str, Any], basis: str) -> Figure:
    if isinstance(cells, str):
        return Figure(column=cells, basis=basis)
    lists = {name: tuple(cell) for name, cell in cells.items() if isinstance(cell, list)}
    fields: dict[str, Any] = {"basis": basis, **cells, **lists}
    return Figure(**fields)
