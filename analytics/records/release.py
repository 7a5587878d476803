"""Which cells of a record table must stay hidden, whoever asks and in whatever order."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from analytics.methods.disclosure import Cells, suppressed
from analytics.records.rules import LEAST_BASE, LEAST_PEOPLE
from analytics.records.view import SILENT, Counted, Part, View, counted, scope, scopes
from analytics.records.views import views_of
from data.load import Table
from data.records.fields import BANDS


@lru_cache(maxsize=16)
def hidden_cells(table: Table, key: str) -> frozenset[str]:
    """Return the cells of every view of a record table that must be hidden.

    All cells that any page, file or address may show of the same people, under any choice of
    bands, are weighed together, so that no difference of two of them tells a small count.

    Args:
        table: The records.
        key: Key of the record table.
    """
    return hidden_of(views_of(key), table.frame)


def hidden_of(views: Sequence[View], frame: pd.DataFrame) -> frozenset[str]:
    """Return the cells of some views that must be hidden.

    Args:
        views: Everything that is shown of the records. Views that share items must be one view, or
            one of them must hold the other's parts.
        frame: The records.
    """
    found = set[str]()
    for view in views:
        found.update(_hidden(view, counted(view, frame), frame))
    return frozenset(found)


def _hidden(view: View, people: Counted, frame: pd.DataFrame) -> list[str]:
    names, sums, bases = list[str](), list[np.ndarray](), list[int]()
    for group, pilots in scopes(frame).items():
        inside = np.isin(people.pilots, pilots)
        shown = [part for part in view.parts if _shown(part, group)]
        place = {(part.owner, part.name): len(names) + at for at, part in enumerate(shown)}
        for part in shown:
            names.append(view.cell(group, part.name, owner=part.owner))
            sums.append(np.outer(inside, _answers(people, part.answers)).ravel())
            bases.append(place[part.owner, part.base] if part.base else -1)
    matrix = np.array(sums, dtype=np.float64)
    atoms = people.people.ravel()
    counts = matrix @ atoms
    thin = np.array([base >= 0 and counts[base] < LEAST_BASE for base in bases], dtype=np.bool_)
    secret = np.vstack([_secrets(view, people), _grouped(view, people, frame)])
    if view.twice:
        secret = _once(view, people, frame)
        secret = secret[secret @ atoms > 0]
    cells = Cells(sums=matrix, atoms=atoms, secret=secret, hidden=thin)
    hidden = suppressed(cells, least=LEAST_PEOPLE)
    return [name for name, out in zip(names, hidden, strict=True) if out]


def _shown(part: Part, group: str) -> bool:
    if part.whole:
        return group == scope(BANDS)
    return part.by_pilot or not group.startswith("pilot=")


def _secrets(view: View, people: Counted) -> np.ndarray:
    """Return each pilot's people by each answer, to every item alone and to all together."""
    alone = [
        [one[at] == answer for one in people.combinations]
        for at in range(len(view.items))
        for answer in sorted({one[at] for one in people.combinations} - {SILENT})
    ]
    each = np.eye(len(people.pilots))
    together = np.eye(people.people.size)
    apart = np.kron(each, np.array(alone, dtype=np.float64))
    return np.vstack([together, apart])


def _grouped(view: View, people: Counted, frame: pd.DataFrame) -> np.ndarray:
    """Return who gave each answer, and who of a base is not of a part, in each group of pilots."""
    by_name = {(part.owner, part.name): _answers(people, part.answers) for part in view.parts}
    rest = [
        by_name[part.owner, part.base] - by_name[part.owner, part.name]
        for part in view.parts
        if part.base
    ]
    shapes = [*np.eye(len(people.combinations)), *rest]
    groups = [np.isin(people.pilots, pilots) for pilots in scopes(frame).values()]
    return np.array([np.outer(group, shape).ravel() for group in groups for shape in shapes])


def _once(view: View, people: Counted, frame: pd.DataFrame) -> np.ndarray:
    """Return who has a score once, twice, at each point: of pilots, of groups of pilots.

    From means of all and of those with both, the mean of those with one would follow: they must
    not be few. Where there are none of them there is no mean to tell.
    """
    shapes = [*np.eye(len(people.combinations)), *(_answers(people, p.answers) for p in view.parts)]
    groups = [np.isin(people.pilots, pilots) for pilots in scopes(frame).values()]
    groups += list(np.eye(len(people.pilots), dtype=np.bool_))
    return np.array([np.outer(group, shape).ravel() for group in groups for shape in shapes])


def _answers(people: Counted, answers: frozenset[tuple[str, ...]]) -> np.ndarray:
    return np.array([one in answers for one in people.combinations], dtype=np.float64)
