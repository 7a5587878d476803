"""Where printed figures were read: what a reader sees in place of an address."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

FILE: Final = Path(__file__).with_name("read_at.toml")
BETWEEN: Final = " ; "  # between the addresses of one row
#: Publisher and title by address.
TITLES: Final[Mapping[str, str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))


class Place(NamedTuple):
    """Where a figure was read.

    Attributes:
        words: Publisher and title; of an address without either, its site.
        href: The address, "" where none is known.
    """

    words: str
    href: str


def read_at(cell: str) -> tuple[Place, ...]:
    """Return the places that a row of printed figures names, in its order.

    Args:
        cell: Addresses or names, with semicolons between them; "" for none.
    """
    return tuple(_place(one) for one in cell.split(BETWEEN) if one)


def _place(named: str) -> Place:
    if not named.startswith("https://"):
        return Place(named, "")
    return Place(TITLES.get(named, urlsplit(named).netloc.removeprefix("www.")), named)
