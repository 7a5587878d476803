"""Where a series by year is not all of one piece: the pandemic, definitions, boundaries, gaps."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import pandas as pd

from analytics.selection.choices import YEARS
from analytics.selection.places import place_name
from analytics.text.wording import listed
from data.load import Table

COVID: Final = 2021  # 2020/21: lockdowns from March 2020 to the year's end
COVID_WORDS: Final = "the first year of COVID-19"

_YEAR: Final = re.compile(r"\b(20\d\d)(?:/(\d\d))?(?: to (20\d\d)(?:/(\d\d))?)?")
_NUMBER: Final = re.compile(r"\b\d{3}\b")


def named_years(words: str) -> tuple[int, ...]:
    """Return the years that a note on breaks names: 2014 for "2013/14" and for "2014".

    Args:
        words: As in the registry: "Rates of 2016 to 2018 …", "2013/14 partial; …".
    """
    found = set[int]()
    for first, split, last, last_split in _YEAR.findall(words):
        start = int(first) + bool(split)
        end = int(last) + bool(last_split) if last else start
        found.update(range(start, end + 1))
    return tuple(sorted(found & set(YEARS)))


def boundary_changes(authorities: Table, codes: Iterable[str]) -> dict[int, str]:
    """Say in which year which of some authorities were abolished or formed.

    Args:
        authorities: The table of authorities.
        codes: GSS codes of those that matter: pilots and what they are compared with.

    Returns:
        Words by the first year (ending in March) of the new boundaries.
    """
    mine, found = set(codes), dict[int, list[str]]()
    for code, year, words in _moved(authorities):
        if code in mine:
            found.setdefault(year, []).append(words)
    return {year: "; ".join(sorted(words)) for year, words in sorted(found.items())}


@lru_cache(maxsize=4)
def _moved(authorities: Table) -> tuple[tuple[str, int, str], ...]:
    """Say of every authority whose boundaries moved in which year and how: once for a table.

    Returns:
        GSS code, the first year of the new boundaries, and words; twice for one that was formed
        and abolished.
    """
    frame = authorities.frame
    number = frame["dfe_number"].astype(str)
    codes_of = dict(zip(number, frame["code"].astype(str), strict=True))

    def became(successor: str) -> str:
        known = [codes_of[one] for one in _NUMBER.findall(successor) if one in codes_of]
        return listed([place_name(code) for code in known])

    gone = frame[frame["successor"].notna()]
    formed = frame[frame["predecessor"].notna()]
    return (
        *(
            (code, last + 1, f"{place_name(code)} became {became(successor)}")
            for code, last, successor in _rows(gone, "last_year", "successor")
        ),
        *(
            (code, first, f"{place_name(code)} was formed")
            for code, first, _ in _rows(formed, "first_year", "predecessor")
        ),
    )


def _rows(frame: pd.DataFrame, year: str, other: str) -> list[tuple[str, int, str]]:
    return [
        (str(code), int(when), str(words))
        for code, when, words in zip(frame["code"], frame[year], frame[other], strict=True)
    ]


def marks(year: int, *, breaks: str, boundaries: dict[int, str]) -> str:
    """Say what a careful reader must know of one year, or nothing.

    Args:
        year: Ending in March.
        breaks: What the registry notes of the series.
        boundaries: From ``boundary_changes``.
    """
    said = list[str]()
    if year == COVID:
        said.append(COVID_WORDS)
    if year in named_years(breaks):
        said.append(f"break: {breaks.rstrip('.')}")
    if year in boundaries:
        said.append(f"boundaries: {boundaries[year]}")
    return "; ".join(said)


def mark_notes(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the marks of a frame by year as notes, one a year.

    Args:
        frame: Has ``year_end``, ``year`` and ``marks``.
    """
    found = dict[int, str]()
    for year_end, year, words in zip(frame["year_end"], frame["year"], frame["marks"], strict=True):
        if words:
            found.setdefault(year_end, f"† {year}: {words}.")
    return tuple(found.values())
