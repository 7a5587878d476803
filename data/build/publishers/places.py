"""Which place a row is of: codes of authorities, regions and England as the tables have them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from data.build.publishers.layout import Places
from data.build.publishers.refusal import RefusedError
from data.build.publishers.sheet import Sheet

ENGLAND: Final = "E92000001"
LONDON: Final = "E12000007"
#: Regions by the numbers of the Local Authority Interactive Tool.
REGIONS: Final = {
    "970": ENGLAND,
    "980": "E12000001",
    "981": "E12000002",
    "982": "E12000003",
    "983": "E12000004",
    "984": "E12000005",
    "985": "E12000006",
    "986": LONDON,
    "987": "E13000001",
    "988": "E13000002",
    "989": "E12000008",
    "990": "E12000009",
}

#: Headings that name a place, by how a file names places.
HEADINGS: Final[dict[Places, tuple[str, ...]]] = {
    Places.EES: ("geographic_level", "country_code", "region_code", "old_la_code", "new_la_code"),
    Places.SFR: ("geog_l", "geog_c"),
    Places.LAIT: ("LA Number",),
}

_ADDED: Final = "a number of data/official/authorities.csv, where a new authority gets its row"
_LEVELS: Final = ("National", "Regional", "Local authority")


@dataclass(frozen=True, slots=True)
class Known:
    """The authorities of the tables.

    Attributes:
        codes: Code by DfE number.
        aliases: Every GSS code an authority has had, by DfE number.
        regions: Code of the region by code of the authority.
    """

    codes: dict[str, str]
    aliases: dict[str, frozenset[str]]
    regions: dict[str, str]


def known(authorities: pd.DataFrame) -> Known:
    """Return the authorities of the tables, from the table of authorities."""
    numbers = authorities["dfe_number"].astype(str)
    former = (
        authorities["former_code"].fillna("").astype(str).str.extract(r"^(\w{9})")[0].fillna("")
    )
    pairs = zip(numbers, authorities["code"], former, strict=True)
    return Known(
        codes=dict(zip(numbers, authorities["code"], strict=True)),
        aliases={number: frozenset({code, old} - {""}) for number, code, old in pairs},
        regions=dict(zip(authorities["code"], authorities["region_code"], strict=True)),
    )


def placed(sheet: Sheet, kind: Places, places: Known) -> pd.Series:
    """Return the code of the place of each row.

    Args:
        sheet: A file whose headings of places are there.
        kind: How it names places.
        places: The authorities of the tables.

    Raises:
        RefusedError: A number, a code or a level is not known, or a code is another authority's,
            as after a change of boundaries.
    """
    names = list(HEADINGS[kind])
    named = sheet.frame[names].drop_duplicates()
    codes: dict[tuple[object, ...], str] = {}
    for row, *cells in named.itertuples(name=None):
        codes[tuple(cells)] = _RULES[kind](sheet.file, row, [str(one) for one in cells], places)
    rows = zip(*(sheet.frame[name] for name in names), strict=True)
    return pd.Series([codes[row] for row in rows], index=sheet.frame.index)


def numbered(file: str, row: object, column: str, number: str, places: Known) -> str:
    """Return the code of the authority with a DfE number.

    Raises:
        RefusedError: There is none.
    """
    plain = number.removesuffix(".0").strip()
    if plain not in places.codes:
        raise RefusedError(
            file, row=row, column=column, found=f"authority {plain!r}", expected=_ADDED
        )
    return places.codes[plain]


def _ees(file: str, row: object, cells: list[str], places: Known) -> str:
    level, country, region, numbers, codes = (cell.strip() for cell in cells)
    if level not in _LEVELS:
        expected = ", ".join(_LEVELS)
        raise RefusedError(
            file, row=row, column="geographic_level", found=repr(level), expected=expected
        )
    if level != _LEVELS[-1]:
        code = country if level == _LEVELS[0] else region
        if code not in REGIONS.values():
            column = "country_code" if level == _LEVELS[0] else "region_code"
            raise RefusedError(
                file, row=row, column=column, found=repr(code), expected="a region's code"
            )
        return code
    found = list[str]()
    for number, code in zip(numbers.split("/"), codes.split("/"), strict=True):
        known_code = numbered(file, row, "old_la_code", number, places)
        had = places.aliases[number.strip()]
        if code.strip() not in had:
            expected = (
                f"{' or '.join(sorted(had))}: a change of boundaries has its row in authorities"
            )
            raise RefusedError(
                file, row=row, column="new_la_code", found=repr(code), expected=expected
            )
        found.append(known_code)
    return "/".join(found)


def _sfr(file: str, row: object, cells: list[str], places: Known) -> str:
    level, number = cells
    return ENGLAND if level == "National" else numbered(file, row, "geog_c", number, places)


def _lait(file: str, row: object, cells: list[str], places: Known) -> str:
    number = cells[0].removesuffix(".0")
    return REGIONS.get(number) or numbered(file, row, "LA Number", number, places)


_RULES: Final[dict[Places, Callable[[str, object, list[str], Known], str]]] = {
    Places.EES: _ees,
    Places.SFR: _sfr,
    Places.LAIT: _lait,
}
