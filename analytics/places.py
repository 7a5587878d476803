"""The places a reader can choose: ten pilots in three bands, and every English authority."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from analytics.indicators.indicator import FIRST_YEAR, LAST_YEAR
from data.load import load
from data.sources import AUTHORITIES, PILOTS

ENGLAND: Final = "E92000001"


class Band(StrEnum):
    """Experience of Signs of Safety at the start of the project, autumn 2014."""

    BEGINNER = "beginner"
    TWO_YEARS = "two-years"
    OVER_TWO = "over-two"

    @property
    def words(self) -> str:
        """The band as the evaluation's summary calls it."""
        return {
            Band.BEGINNER: "Beginner (none or under a year)",
            Band.TWO_YEARS: "Up to 2 years",
            Band.OVER_TWO: "More than 2 years",
        }[self]

    @property
    def short(self) -> str:
        """The band in a line of choices."""
        return {
            Band.BEGINNER: "beginners",
            Band.TWO_YEARS: "up to 2 years",
            Band.OVER_TWO: "more than 2 years",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot:
    """One of the ten pilot authorities.

    Attributes:
        code: GSS code.
        name: Name as a reader knows it.
        band: Experience band.
        authority_type: County council, London borough and so on.
        place: Position among the ten, 1 to 10; fixes the pilot's colour everywhere.
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
        region: Region, or Inner or Outer London.
        region_code: GSS code of the region.
        changed: What its boundary change was, or empty.
        first_year: First year with figures.
        last_year: Last year with figures.
        current: Whether it exists today.
    """

    code: str
    name: str
    region: str
    region_code: str
    changed: str
    first_year: int
    last_year: int
    current: bool


@cache
def pilots() -> dict[str, Pilot]:
    """Return the ten pilots by GSS code, in order of band and then name."""
    order = list(Band)
    frame = load(PILOTS).frame
    rows = sorted(frame.to_dict("records"), key=lambda row: (order.index(row["band"]), row["name"]))
    return {
        row["code"]: Pilot(
            code=row["code"],
            name=_plain(row["name"]),
            band=Band(row["band"]),
            authority_type=row["authority_type"],
            place=place,
        )
        for place, row in enumerate(rows, start=1)
    }


@cache
def authorities() -> dict[str, Authority]:
    """Return every authority by GSS code, in alphabetical order."""
    frame = load(AUTHORITIES).frame.astype(object)
    frame = frame.where(frame.notna(), "")
    last = max(year for year in frame["last_year"] if year != "")
    rows = sorted(frame.to_dict("records"), key=lambda row: row["name"])
    return {
        row["code"]: Authority(
            code=row["code"],
            name=_plain(row["name"]),
            region=row["region"],
            region_code=row["region_code"],
            changed=_changed(row["predecessor"], row["successor"], row["former_code"]),
            first_year=int(row["first_year"] or FIRST_YEAR),
            last_year=int(row["last_year"] or LAST_YEAR),
            current=row["last_year"] == last,
        )
        for row in rows
    }


def place_name(code: str) -> str:
    """Return the name of an authority, or the code itself for a place that is not one."""
    known = authorities()
    return known[code].name if code in known else code


def _plain(name: str) -> str:
    """Turn "Bristol, City of" into the name people use."""
    return name.removesuffix(", City of").removesuffix(", County of")


def _changed(predecessor: str, successor: str, former: str) -> str:
    if successor:
        return f"Replaced by {successor}."
    if predecessor:
        return f"Replaced authorities numbered {predecessor}."
    return f"Formerly coded {former}." if former else ""
