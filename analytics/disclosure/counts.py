"""People of the chosen bands in the cells of a view, with the names that the door knows them by."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from analytics.disclosure.crosstab import Floats, View, coded, crosstab, scope, scopes
from analytics.methods.refusal import NotEstimableError
from analytics.programme import Band
from data.load import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """The people of one cell, and of what it is a share of.

    Attributes:
        people: How many.
        n: How many it is a share of; the same for a base.
        cell: Name of the cell.
        base: Name of the cell of ``n``.
    """

    people: float
    n: float
    cell: str
    base: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class People:
    """The people of a view, by part and pilot.

    Attributes:
        pilots: Labels.
        parts: Names; the parts of other views that are weighed with it are left out.
        counts: Shape (parts, pilots).
    """

    pilots: tuple[str, ...]
    parts: tuple[str, ...]
    counts: Floats

    def among(self, pilots: tuple[str, ...]) -> Mapping[str, Floats]:
        """Return the people of some pilots by the name of the part, each of shape (pilots,)."""
        inside = [at for at, one in enumerate(self.pilots) if one in pilots]
        return dict(zip(self.parts, self.counts[:, inside], strict=True))


def counts(table: Table, view: View, bands: tuple[Band, ...]) -> Mapping[str, Count]:
    """Count the people of some bands by the parts of a view.

    Not yet safe to show: a finding hands the names of cells to the door, which hides.

    Args:
        table: The records.
        view: What is counted.
        bands: Of the pilots.

    Returns:
        Counts by the name of the part; the parts of other views that are weighed with it are left
        out.

    Raises:
        NotEstimableError: No pilot of the records is of these bands.
    """
    return group_counts(table, view, scope(tuple(band.key for band in bands)))


def group_counts(table: Table, view: View, group: str) -> Mapping[str, Count]:
    """Count the people of some pilots by the parts of a view, as ``counts`` does.

    Args:
        table: The records.
        view: What is counted. Of a single pilot only the parts shown by pilot may be shown.
        group: Name of the pilots, from ``scopes``.

    Raises:
        NotEstimableError: No pilot of the records is in the group.
    """
    pilots = pilots_of(table, group)
    made = {name: float(each.sum()) for name, each in people_of(table, view).among(pilots).items()}
    cells = {name: view.cell(group, name) for name in made}
    bases = {part.name: part.base or part.name for part in view.parts if not part.owner}
    return {
        name: Count(people=made[name], n=made[base], cell=cells[name], base=cells[base])
        for name, base in bases.items()
    }


def pilots_of(table: Table, group: str) -> tuple[str, ...]:
    """Return the pilots of a group, from which its people are, whatever is said of them.

    Args:
        table: The records.
        group: Its name, from ``scopes``.

    Raises:
        NotEstimableError: No pilot of the records is in the group.
    """
    pilots = groups_of(table).get(group)
    if pilots is None:
        msg = "No pilot of these bands is in the records."
        raise NotEstimableError(msg)
    return pilots


@lru_cache(maxsize=16)
def groups_of(table: Table) -> Mapping[str, tuple[str, ...]]:
    """Return ``scopes`` of a table, counted once however many rows it has.

    Args:
        table: The records.
    """
    return scopes(table.frame)


@lru_cache(maxsize=1024)
def people_of(table: Table, view: View) -> People:
    """Return the people of a view, counted once: bands are chosen among its few sums.

    Args:
        table: The records.
        view: What is counted.
    """
    counted = crosstab(view, coded(table))
    own = [part for part in view.parts if not part.owner]
    return People(
        pilots=counted.pilots,
        parts=tuple(part.name for part in own),
        counts=np.array([counted.of(part) for part in own]),
    )
