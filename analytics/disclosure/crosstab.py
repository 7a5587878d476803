"""What is counted in a record table: items, at a point in time, in parts that may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, combinations, product
from math import prod
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure.rules import MOST_PILOTS
from data.load import Table
from data.microdata.fields import BANDS

Floats = NDArray[np.float64]

BASE: Final = "n"
#: The part of a cell that holds a mean: of a score, or of its change.
MEAN: Final = "mean"
ANSWERED: Final = "answered"
#: The answer of someone who gave none to this item, where another is counted with it.
SILENT: Final = ""

Combination = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of the people of a view: those who gave one of these answers.

    Attributes:
        name: What the part is called in cells.
        answers: Answers to the view's items, in the order of the items.
        base: Name of the part it is a percentage of; empty for a base.
        by_pilot: Whether it is shown pilot by pilot too.
        whole: Whether it is shown of all bands together only.
        owner: Key of the view its cells are shown by, where that is another: the same people,
            counted here together with others so that both are weighed at once.
    """

    name: str
    answers: frozenset[Combination]
    base: str = BASE
    by_pilot: bool = False
    whole: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Items of a record table that are counted together.

    Attributes:
        table: Key of the record table.
        person: Field that names a person, family or record; each is counted once.
        items: Fields counted; a score counts as answered or not.
        point: Field and value that choose a wave, interview or reading; empty for all rows.
        parts: What is shown.
        twice: Field of the point in time, where the view is of one item at both points: the items
            are then that item twice, at 1 and at 2.
    """

    table: str
    person: str
    items: tuple[str, ...]
    point: tuple[str, int] | None
    parts: tuple[Part, ...] = field(repr=False)
    twice: str = ""

    @property
    def key(self) -> str:
        """Name of the view in cells."""
        when = f"@{self.point[0]}={self.point[1]}" if self.point else ""
        when = f"@{self.twice}=1,2" if self.twice else when
        return f"{self.table}:{'x'.join(self.items)}{when}"

    def cell(self, scope: str, part: str, *, owner: str = "") -> str:
        """Name a cell: some pilots, and a part of their people.

        Args:
            scope: From ``scopes``.
            part: Name of a part of this view.
            owner: Key of the view that shows it, where that is another.
        """
        return f"{owner or self.key}|{scope}|{part}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """People by pilot and combination of answers.

    Attributes:
        pilots: Labels, first axis.
        combinations: Answers to the items, second axis.
        people: Counts, shape (pilots, combinations).
    """

    pilots: tuple[str, ...]
    combinations: tuple[Combination, ...]
    people: Floats

    def of(self, part: Part) -> Floats:
        """Return the people of a part by pilot, shape (pilots,)."""
        inside = np.array([one in part.answers for one in self.combinations], dtype=np.bool_)
        return self.people[:, inside].sum(axis=1)


def crosstab(view: View, frame: pd.DataFrame) -> Counted:
    """Count a view's people by pilot and by their answers; who gave none at all is left out.

    Args:
        view: What to count.
        frame: The record table.
    """
    rows, columns = rows_of(view, frame)
    pilots = tuple(sorted(map(str, frame["pilot"].unique())))
    combinations = sorted({one for part in view.parts for one in part.answers})
    codes, names = zip(*(_answers(rows[column]) for column in ("pilot", *columns)), strict=True)
    shape = [len(one) for one in names]
    people = np.bincount(np.ravel_multi_index(codes, shape), minlength=prod(shape))
    counted = dict(zip(product(*names), people.tolist(), strict=True))
    made = [[counted.get((pilot, *one), 0) for one in combinations] for pilot in pilots]
    return Counted(
        pilots=pilots,
        combinations=tuple(combinations),
        people=np.array(made, np.float64).reshape(len(pilots), len(combinations)),
    )


def rows_of(view: View, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return a row a person of a view, and the names of its columns: all that is said is of these.

    Args:
        view: What is counted or averaged.
        frame: The record table.
    """
    return both_points(view, frame) if view.twice else _at_point(view, frame)


def _at_point(view: View, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    kept = frame[list(dict.fromkeys([view.person, "pilot", *view.items]))]
    rows = kept[frame[view.point[0]] == view.point[1]] if view.point else kept
    rows = rows.dropna(subset=list(view.items), how="all").drop_duplicates([view.person])
    return rows, list(view.items)


def both_points(view: View, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return a row a person with the item at both points, and the names of its two columns.

    Args:
        view: One with ``twice``.
        frame: The record table.
    """
    item = view.items[0]
    kept = frame[[view.person, "pilot", view.twice, item]].dropna(subset=[item])
    first, second = (
        kept[kept[view.twice] == at].drop_duplicates([view.person]).drop(columns=view.twice)
        for at in (1, 2)
    )
    wide = first.merge(second, on=view.person, how="outer", suffixes=("_1", "_2"))
    columns = [f"{item}_1", f"{item}_2"]
    wide["pilot"] = wide["pilot_1"].fillna(wide["pilot_2"])
    return wide.dropna(subset=columns, how="all"), columns


def _answers(cells: pd.Series) -> tuple[NDArray[np.intp], list[str]]:
    """Return the place of each answer among some, and those."""
    if pd.api.types.is_numeric_dtype(cells):
        return cells.notna().to_numpy().astype(np.intp), [SILENT, ANSWERED]
    codes, answers = pd.factorize(cells)
    return codes + 1, [SILENT, *map(str, answers)]


@lru_cache(maxsize=16)
def coded(table: Table) -> pd.DataFrame:
    """Return the frame of a table with its words as categories, so that each is compared once.

    Args:
        table: The records.
    """
    words = table.frame.select_dtypes("str").columns
    return table.frame.astype(dict.fromkeys(words, "category"))


def scopes(frame: pd.DataFrame) -> Mapping[str, tuple[str, ...]]:
    """Return every group of pilots that may be shown: each choice of bands, and each pilot.

    Args:
        frame: A record table, with ``pilot`` and ``band``.

    Returns:
        Pilots by name of the group: keys of bands with plus signs between, or ``pilot=A``. A group
        without pilots is left out, and so are single pilots where there are too many of them.
    """
    places = frame[["pilot", "band"]].drop_duplicates().astype(str)
    members = {
        band: tuple(sorted(places[places["band"] == band]["pilot"].tolist())) for band in BANDS
    }
    choices = chain.from_iterable(combinations(BANDS, many) for many in range(1, len(BANDS) + 1))
    made = {scope(bands): tuple(p for band in bands for p in members[band]) for bands in choices}
    pilots = sorted(places["pilot"].unique().tolist())
    single = {f"pilot={one}": (one,) for one in pilots} if len(pilots) <= MOST_PILOTS else {}
    return {name: found for name, found in {**made, **single}.items() if found}


def is_pilot(group: str) -> bool:
    """Whether a group of pilots is a single one, shown by itself."""
    return group.startswith("pilot=")


def scope(bands: tuple[str, ...]) -> str:
    """Name the group of the pilots of some bands."""
    return "+".join(band for band in BANDS if band in bands)
