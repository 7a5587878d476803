"""What must be true of a programme beyond the kinds of its values, or it is refused."""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from data.programmes.programme import Programme
from data.programmes.settings import Settings

AUTHORITIES: Final = Path(__file__).parents[1] / "official" / "authorities.csv"
MARCH: Final = 3  # the month in which years end

#: Keys of bands stand in addresses between commas, and in names of cells between plus signs.
_BAND_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]*")


def check(settings: Settings, found: Programme) -> None:
    """Hold years, bands and pilots to each other and to the official figures.

    Args:
        settings: The file it was read from, for messages.
        found: The programme.

    Raises:
        ProgrammeError: Something contradicts the rest.
    """
    _check_start(settings, found)
    _check_window(settings, found)
    _check_bands(settings, found)
    _check_pilots(settings, found)


def _check_start(settings: Settings, found: Programme) -> None:
    first, last = years_held()
    year = found.start.year + (found.start.month > MARCH)
    if not first < year <= last:
        held = f"figures are held of {first - 1}/{first % 100} to {last - 1}/{last % 100}"
        settings.refuse("start", f"a day from April {first} to March {last}: {held}")
    if found.first_after not in {year, year + 1}:
        settings.refuse("first_after", f"{year} or {year + 1}, for a start on {found.start}")
    if found.first_after >= last:
        settings.refuse("first_after", f"at most {last - 1}: two years after the start are needed")


def _check_window(settings: Settings, found: Programme) -> None:
    first, last = years_held()
    opens, closes = found.window
    if not first <= opens < found.first_after <= closes <= last:
        settings.refuse(
            "window",
            f"a first year from {first} to {found.last_before} and a last year from "
            f"{found.first_after} to {last}",
        )
    if not found.bases or len(set(found.bases)) < len(found.bases):
        settings.refuse("bases", "one list of years or more, each once")
    for base in found.bases:
        if not base or any(later - year != 1 for year, later in pairwise(base)):
            settings.refuse("bases", "years that follow each other, such as [2013, 2014]", of=base)
        if not first <= base[0] <= base[-1] <= found.last_before:
            settings.refuse("bases", f"years from {first} to {found.last_before}", of=base)


def _check_bands(settings: Settings, found: Programme) -> None:
    if not found.bands:
        settings.refuse("bands", "one table [[bands]] or more")
    for band in found.bands:
        if not _BAND_KEY.fullmatch(band.key):
            settings.refuse("bands.key", "lower-case letters, digits and hyphens", of=band.key)
    _once(settings, "bands.key", found.band_keys)
    _once(settings, "bands.label", [band.label for band in found.bands])
    _once(settings, "bands.short", [band.short for band in found.bands])
    chosen = {one.band for one in found.pilots}
    for key in found.band_keys:
        if key not in chosen:
            settings.refuse("bands.key", "a band that at least one pilot is in", of=key)


def _check_pilots(settings: Settings, found: Programme) -> None:
    known = authority_names()
    for one in found.pilots:
        if one.code not in known:
            expected = f"the GSS code of an English authority, for {one.name}"
            settings.refuse("pilots.code", expected, of=one.code)
        if one.band not in found.band_keys:
            settings.refuse("pilots.band", f"{found.any_band}, for {one.name}", of=one.band)
    _once(settings, "pilots.code", [one.code for one in found.pilots])


def _once(settings: Settings, key: str, names: Sequence[str]) -> None:
    for name, times in Counter(names).items():
        if times > 1:
            settings.refuse(key, f"each once, not {times} times", of=name)


@cache
def _authorities() -> tuple[Mapping[str, str], ...]:
    with AUTHORITIES.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def authority_names() -> dict[str, str]:
    """Return the name of every English authority, present or former, by its GSS code."""
    return {row["code"]: row["name"] for row in _authorities()}


def years_held() -> tuple[int, int]:
    """Return the first and the last year that figures of authorities are held of."""
    rows = _authorities()
    first = min(int(row["first_year"]) for row in rows if row["first_year"])
    return first, max(int(row["last_year"]) for row in rows if row["last_year"])
