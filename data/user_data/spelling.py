"""Labels that most likely name one thing and are written in two ways."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from data.microdata.fields import PILOT
from data.microdata.record import RecordTable
from data.user_data.problem import Cause, Place, Problem, shown
from data.user_data.read import Sheet
from data.user_data.words import same_labels
from data.wording import joined

_WAYS: Final = {
    ".0 at the end": r"(?<=\d)\.0+$",
    "leading zeros": r"(?<!\d)0+(?=\d)",
    "spaces": r"\s+",
    "spaces and marks": r"[\s_\-.,'/]+",
}

SAME: Final = "one way of writing a label, everywhere"


def spellings(labels: pd.Series) -> dict[str, list[str]]:
    """Return labels that are one but for how they are written, in the order they come in."""
    distinct: list[str] = labels.dropna().unique().tolist()
    keys = same_labels(distinct)
    times = Counter(keys)
    groups: dict[str, list[str]] = {}
    for key, label in zip(keys, distinct, strict=True):
        if times[key] > 1:
            groups.setdefault(key, []).append(label)
    return groups


def difference(labels: list[str]) -> str:
    """Say in which way the first two spellings of a label differ."""
    one, other = labels[0].casefold(), labels[1].casefold()
    if one == other:
        return "case"
    for way, pattern in _WAYS.items():
        if re.sub(pattern, "", one) == re.sub(pattern, "", other):
            return way
    return "how they are written"


def pilots_apart(frame: pd.DataFrame, sheet: Sheet, table: RecordTable) -> list[Problem]:
    """Name pilots that are written in two ways, each with the first row of each way."""
    del table
    if PILOT.name not in frame:
        return []
    return _apart(frame[PILOT.name], sheet, spellings(frame[PILOT.name]).values(), SAME)


def _apart(
    cells: pd.Series, sheet: Sheet, groups: Iterable[list[str]], expected: str, because: str = ""
) -> list[Problem]:
    rows = cells.dropna().drop_duplicates()
    firsts = dict(zip(rows.tolist(), rows.index.astype(int).tolist(), strict=True))
    places = tuple(
        Place(
            found=f"{joined([shown(one) for one in group])}, which differ by {difference(group)}",
            rows=tuple(firsts[label] for label in group),
        )
        for group in groups
    )
    made = Problem(
        file=sheet.file, expected=expected, places=places, columns=(str(cells.name),),
        cause=Cause.ROWS, together=True, because=because,
    )  # fmt: skip
    return [made] if places else []


def labels_apart(
    frame: pd.DataFrame, sheet: Sheet, table: RecordTable
) -> tuple[list[Problem], list[str]]:
    """Name people who are written in another way at another point, and say where nobody returns.

    Two spellings that stand at one and the same point are two people.
    """
    if table.person == PILOT.name or not {table.person, table.point} <= set(frame):
        return [], []
    rows = frame[[table.person, table.point]].dropna()
    people, labels = pd.factorize(rows[table.person])
    at, points = pd.factorize(rows[table.point], sort=True)
    if len(points) < 2:  # noqa: PLR2004 (one point alone: nobody can return)
        return [], []
    there = np.zeros((len(labels), len(points)), dtype=np.bool_)
    there[people, at] = True
    place = {label: row for row, label in enumerate(labels.tolist())}
    groups = [
        group
        for group in spellings(rows[table.person]).values()
        if (there[[place[label] for label in group]].sum(axis=0) <= 1).all()
    ]
    first, second = points[:2]
    again = int((there[:, 0] & there[:, 1]).sum())
    if groups:
        because = (
            f"{again:,} of {there[:, 0].sum():,} labels of {table.point} {first:g} come again at "
            f"{table.point} {second:g}, and these would if they were written alike"
        )
        expected = f"the same label at every {table.point}"
        return _apart(rows[table.person], sheet, groups, expected, because), []
    nobody = (
        f"{sheet.file}: nobody of {table.point} {first:g} comes again at {table.point} "
        f"{second:g}: has each {table.person} the same label at both?"
    )
    return [], [] if again else [nobody]
