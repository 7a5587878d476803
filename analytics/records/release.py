"""Which cells of a record table must stay hidden, whoever asks and in whatever order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd

from analytics.methods.disclosure import Cells, counts, suppressed
from analytics.records.means import hidden_means
from analytics.records.rules import LEAST_BASE, LEAST_PEOPLE
from analytics.records.view import (
    BASE,
    Counted,
    Floats,
    Part,
    View,
    counted,
    is_pilot,
    scope,
    scopes,
)
from analytics.records.views import BY_PILOT, EVERYBODY, view_of, views_of
from data.load import Table
from data.records.fields import BANDS

Groups = Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=16)
def hidden_cells(table: Table, key: str) -> frozenset[str]:
    """Return the cells of every view of a record table that must be hidden.

    All cells that any page, file or address may show of the same people, under any choice of
    bands, are weighed together, so that no difference of two of them tells of a few people.

    Args:
        table: The records.
        key: Key of the record table.
    """
    views = views_of(key)
    gone = hidden_of(views, table.frame) if views else frozenset[str]()
    return gone | hidden_means(key, table, gone) if views else gone


def hidden_of(views: Sequence[View], frame: pd.DataFrame) -> frozenset[str]:
    """Return the cells of counts of some views that must be hidden.

    Args:
        views: Everything that is counted in the records. Views that share items must be one view,
            or one of them must hold the other's parts.
        frame: The records.
    """
    found = set[str]()
    groups = scopes(frame)
    everybody = {
        point: _everybody(views[0].table, point, frame, groups)
        for point in dict.fromkeys(view.point for view in views)
        if point and views[0].table in EVERYBODY
    }
    for view in views:
        found.update(
            _hidden(
                view,
                counted(view, frame),
                groups,
                everybody.get(view.point) if view.point else None,
            )
        )
    return frozenset(found)


class Everybody:
    """How many people there are at a point, and of which groups of pilots that may be known.

    Attributes:
        people: By pilot, in the order of the records, shape (pilots,).
        known: Whether it may be known, by name of the group of pilots.
    """

    def __init__(self, people: Floats, known: Mapping[str, bool]) -> None:
        self.people = people
        self.known = known


def _everybody(key: str, point: tuple[str, int], frame: pd.DataFrame, groups: Groups) -> Everybody:
    people = counted(view_of(key, EVERYBODY[key], point=point[1]), frame)
    inside = {
        name: np.isin(people.pilots, pilots)
        for name, pilots in groups.items()
        if key in BY_PILOT or not is_pilot(name)
    }
    sums = np.array(list(inside.values()), dtype=np.float64)
    atoms = people.people.sum(axis=1)
    hidden = suppressed(counts(sums, atoms, np.zeros(len(sums), np.bool_)), least=LEAST_PEOPLE)
    known = {name: not out for name, out in zip(inside, hidden.tolist(), strict=True)}
    return Everybody(atoms, known)


def _hidden(view: View, people: Counted, groups: Groups, everybody: Everybody | None) -> list[str]:
    names, sums, bases, whole = list[str](), list[Floats](), list[int](), list[str]()
    for group, pilots in groups.items():
        inside = np.isin(people.pilots, pilots)
        shown = [part for part in view.parts if _shown(part, group)]
        place = {(part.owner, part.name): len(names) + at for at, part in enumerate(shown)}
        for part in shown:
            names.append(view.cell(group, part.name, owner=part.owner))
            sums.append(np.outer(inside, _answers(people, part.answers)).ravel())
            bases.append(place[part.owner, part.base] if part.base else -1)
            whole.append(group if part.name == BASE else "")
    matrix = np.array(sums, dtype=np.float64)
    atoms = people.people.ravel()
    sizes = matrix @ atoms
    thin = np.array([base >= 0 and sizes[base] < LEAST_BASE for base in bases], dtype=np.bool_)
    cells = counts(matrix, atoms, thin)
    if everybody:
        cells = _among_everybody(cells, people, groups, everybody, whole)
    hidden = suppressed(cells, least=LEAST_PEOPLE)
    return [name for name, out in zip(names, hidden, strict=True) if out]


def _among_everybody(
    cells: Cells, people: Counted, groups: Groups, everybody: Everybody, whole: list[str]
) -> Cells:
    """Weigh a view together with how many people there are, which other tables tell.

    Where everybody answered, that is the base of every item: a base that is hidden for one item
    must not follow from another.
    """
    silent = everybody.people - people.people.sum(axis=1)
    of_all = {
        name: np.concatenate(
            [np.repeat(np.isin(people.pilots, groups[name]), len(people.combinations)),
             np.isin(people.pilots, groups[name])]
        ).astype(np.float64)
        for name in everybody.known
    }  # fmt: skip
    more = np.zeros((len(cells.sums), len(silent)))
    sums = np.hstack([cells.sums, more])
    unknown = [name for name, known in everybody.known.items() if not known]
    held_back = np.isin(whole, unknown)
    width = sums.shape[1]
    told = [one for name, one in of_all.items() if everybody.known[name]]
    return replace(
        cells,
        sums=sums,
        atoms=np.concatenate([cells.atoms, silent]),
        of=np.eye(width, dtype=np.bool_),
        free=np.concatenate([np.zeros(len(cells.atoms)), np.ones(len(silent))]).astype(np.bool_),
        known=np.array(told).reshape(len(told), width),
        secret=sums[held_back],
        hidden=cells.hidden | held_back,
    )


def _shown(part: Part, group: str) -> bool:
    if part.whole:
        return group == scope(BANDS)
    return part.by_pilot or not is_pilot(group)


def _answers(people: Counted, answers: frozenset[tuple[str, ...]]) -> Floats:
    return np.array([one in answers for one in people.combinations], dtype=np.float64)
