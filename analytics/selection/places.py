"""The places a reader can choose: pilots in their bands, and every English authority."""

import re
from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

from analytics.measures.indicators.indicator import FIRST_YEAR, LAST_YEAR
from analytics.text.wording import year_label
from analytics.text.words import DOT
from data.load import load
from data.programmes.programme import Band, Programme
from data.sources.registry import AUTHORITIES

ENGLAND: Final = "E92000001"

_NUMBER: Final = re.compile(r"\b\d{3}\b")  # the Department's number of an authority
_BEFORE: Final = re.compile(r" \(pre-\d{4}\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot:
    """One of the pilot authorities.

    Attributes:
        code: GSS code.
        name: Name as a reader knows it.
        band: Experience band.
        authority_type: County council, London borough and so on.
        place: Position among them, from 1 up; fixes the pilot's colour everywhere.
    """

    code: str
    name: str
    band: Band
    authority_type: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """An English local authority, current or abolished.

    Attributes:
        code: GSS code.
        name: Name.
        bare: The name without the years it is told apart by, as in "(pre-2019)".
        region: Region, or Inner or Outer London.
        region_code: GSS code of the region.
        changed: What its boundary change was, or empty.
        first_year: First year with figures.
        last_year: Last year with figures.
        current: Whether it exists today.
        former_code: Code it had before, for the same council, or empty.
        recoded: When that code ended, as "March 2025", or empty.
        predecessors: GSS codes of the authorities it was formed from, whole or in part.
        successors: GSS codes of the authorities that replaced it.
    """

    code: str
    name: str
    bare: str
    region: str
    region_code: str
    changed: str
    first_year: int
    last_year: int
    current: bool
    former_code: str
    recoded: str
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name in a list of choices, which says until when an abolished one existed."""
        if self.current:
            return self.name
        return f"{self.bare} (to {year_label(self.last_year)})"

    def exists(self, year: int) -> bool:
        """Whether it existed in a year, by its boundary changes.

        Args:
            year: Ending in March.
        """
        formed = not self.predecessors or year >= self.first_year
        return formed and (not self.successors or year <= self.last_year)


@lru_cache(maxsize=64)
def pilots(of: Programme) -> Mapping[str, Pilot]:
    """Return the pilots of a programme by GSS code, in order of band and then name.

    Args:
        of: The programme.
    """
    order = of.band_keys
    listed = sorted(of.pilots, key=lambda one: (order.index(one.band), one.name))
    return {
        one.code: Pilot(
            code=one.code,
            name=_plain(one.name),
            band=of.band(one.band),
            authority_type=one.authority_type,
            place=place,
        )
        for place, one in enumerate(listed, start=1)
    }


@cache
def authorities() -> dict[str, Authority]:
    """Return every authority by GSS code, in alphabetical order."""
    frame = load(AUTHORITIES).frame.astype(object)
    frame = frame.where(frame.notna(), "")
    last = max(year for year in frame["last_year"] if year != "")
    rows = sorted(frame.to_dict("records"), key=lambda row: row["name"])
    codes = {str(row["dfe_number"]): str(row["code"]) for row in rows}
    found = {
        row["code"]: Authority(
            code=row["code"],
            name=_plain(row["name"]),
            bare=_BEFORE.sub("", _plain(row["name"])),
            region=row["region"],
            region_code=row["region_code"],
            changed="",
            first_year=int(row["first_year"] or FIRST_YEAR),
            last_year=int(row["last_year"] or LAST_YEAR),
            current=row["last_year"] == last,
            former_code=row["former_code"].partition(" until ")[0],
            recoded=_month(row["former_code"].partition(" until ")[2]),
            predecessors=_codes(row["predecessor"], codes),
            successors=_codes(row["successor"], codes),
        )
        for row in rows
    }
    return {code: replace(one, changed=_changed(one, found)) for code, one in found.items()}


@cache
def renamed() -> dict[str, str]:
    """Return the code a council is held under, by the code it had before."""
    return {one.former_code: code for code, one in authorities().items() if one.former_code}


def place_name(code: str) -> str:
    """Return the name of an authority, or the code itself for a place that is not one."""
    known = authorities()
    return known[code].name if code in known else code


def region_and_band(council: Authority, of: Programme) -> str:
    """Say in which region an authority is, and whether it is a pilot, of which band.

    Args:
        council: Current or abolished.
        of: The programme.
    """
    pilot = pilots(of).get(council.code)
    band = f"a pilot ({pilot.band.short})" if pilot else "not a pilot"
    return f"{council.region}{DOT}{band}"


def _plain(name: str) -> str:
    """Turn "Kingston upon Hull, City of" into the name people use."""
    return name.removesuffix(", City of").removesuffix(", County of")


def _codes(numbers: str, codes: dict[str, str]) -> tuple[str, ...]:
    """Return the GSS codes of the authorities that a text names by their DfE numbers."""
    return tuple(codes[one] for one in _NUMBER.findall(numbers) if one in codes)


def _month(words: str) -> str:
    """Write "Mar 2025" as "March 2025"."""
    short, _, year = words.partition(" ")
    names = [name for name in month_name if short and name.startswith(short)]
    return f"{names[0]} {year}" if names else words


def _changed(one: Authority, known: dict[str, Authority]) -> str:
    """Say what an authority was formed from, or replaced by; reorganisations begin in April."""
    if one.successors:
        new = "; ".join(known[code].name for code in one.successors)
        return f"Replaced in April {one.last_year} by {new}."
    if one.predecessors:
        old = "; ".join(
            f"{'part of ' if len(known[code].successors) > 1 else ''}{known[code].label}"
            for code in one.predecessors
        )
        return f"Formed in April {one.first_year - 1} from {old}."
    return f"Had the code {one.former_code} until {one.recoded}." if one.former_code else ""
