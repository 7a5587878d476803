"""Files of one folder beside each other: a pilot is one place, in one band, in all of them."""

from collections.abc import Iterator, Mapping

import pandas as pd

from data.microdata.fields import BAND, PILOT
from data.user_data.check import Checked
from data.user_data.problem import Cause, Place, Problem, shown
from data.user_data.rules import BAND_RULE
from data.user_data.spelling import SAME, difference
from data.user_data.words import same_label


def across(tables: Mapping[str, Checked]) -> list[Problem]:
    """Name pilots that are in another band, or written in another way, in an earlier file.

    Args:
        tables: The tables of a folder by the name of their file, each right by itself.
    """
    bands: dict[str, tuple[str, str]] = {}
    written: dict[str, tuple[str, str]] = {}
    problems: list[Problem] = []
    for file, held in tables.items():
        if not {PILOT.name, BAND.name} <= set(held.frame):
            continue
        other_band: list[Place] = []
        other_way: list[Place] = []
        for pilot, band, rows in _pilots(held):
            first_band, where = bands.setdefault(pilot, (band, file))
            if first_band != band:
                found = f"pilot {shown(pilot)} in band {band}, but {first_band} in {where}"
                other_band.append(Place(found=found, rows=rows))
            first, where = written.setdefault(same_label(pilot), (pilot, file))
            if first != pilot:
                ways = difference([first, pilot])
                found = f"{shown(pilot)}, but {shown(first)} in {where}, which differ by {ways}"
                other_way.append(Place(found=found, rows=rows))
        problems += _made(file, BAND_RULE, other_band, (PILOT.name, BAND.name))
        problems += _made(file, SAME, other_way, (PILOT.name,))
    return problems


def _pilots(held: Checked) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Each pilot with its band and its rows in the file."""
    by = [held.frame[PILOT.name].astype(str), held.frame[BAND.name].astype(str)]
    for (pilot, band), rows in pd.Series(held.rows).groupby(by, sort=False):
        yield str(pilot), str(band), tuple(map(int, rows))


def _made(file: str, expected: str, places: list[Place], columns: tuple[str, ...]) -> list[Problem]:
    made = Problem(
        file=file, expected=expected, places=tuple(places), columns=columns, cause=Cause.ROWS,
        together=True,
    )  # fmt: skip
    return [made] if places else []
