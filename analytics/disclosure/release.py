"""Which cells of records must stay hidden, and whether simulated records may be shown at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.crosstab import (
    BASE,
    SILENT,
    Counted,
    Floats,
    Part,
    View,
    coded,
    crosstab,
    is_pilot,
    scope,
    scopes,
)
from analytics.disclosure.crosstabs import BY_PILOT, EVERYBODY, view_of, views_of
from analytics.disclosure.means import hidden_means
from analytics.disclosure.rules import LEAST_BASE, LEAST_PEOPLE
from analytics.methods.disclosure import Cells, Truths, counts, suppressed
from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import Evidence
from analytics.selection.selection import Selection
from data.load import Table
from data.microdata.fields import BANDS
from data.sources.source import Kind

Groups = Mapping[str, tuple[str, ...]]

#: How much more a reader loses with a base than with a part of as many people.
WORTH_OF_BASE: Final = 4.0


def must_be_real(tables: Mapping[str, Table], selection: Selection) -> None:
    """Refuse to speak of simulated records where only real figures are asked for.

    Args:
        tables: The tables a finding is made from.
        selection: Says which evidence is asked for.

    Raises:
        NotEstimableError: One of them is simulated, and only real figures are to be shown.
    """
    simulated = any(table.source.kind is Kind.SIMULATED for table in tables.values())
    if simulated and selection.evidence is Evidence.REAL:
        msg = "Simulated figures are hidden: only published and official figures are shown."
        raise NotEstimableError(msg)


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
    gone = hidden_of(views, coded(table)) if views else frozenset[str]()
    return gone | hidden_means(key, table, gone) if views else gone


def hides(key: str) -> Callable[[Mapping[str, Table]], frozenset[str]]:
    """Return what names the hidden cells of a record table, for the findings made of it.

    Args:
        key: Key of the record table, and of its source.
    """
    return lambda tables: hidden_cells(tables[key], key)


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
                crosstab(view, frame),
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
    people = crosstab(view_of(key, EVERYBODY[key], point=point[1]), frame)
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
    is_base = np.array(bases) < 0
    cells = replace(cells, worth=np.where(is_base, WORTH_OF_BASE, 1.0) * cells.worth)
    if everybody:
        cells = _among_everybody(cells, people, groups, everybody, whole)
    hidden = suppressed(cells, least=LEAST_PEOPLE)
    return [name for name, out in zip(names, hidden, strict=True) if out]


def _among_everybody(
    cells: Cells, people: Counted, groups: Groups, everybody: Everybody, whole: list[str]
) -> Cells:
    """Weigh a view together with how many people there are, which other items tell.

    Where everybody answered, that is the base of every item: a base that is hidden for one item
    must not follow from another.
    """
    inside = {name: np.isin(people.pilots, groups[name]) for name in everybody.known}
    held_back = np.isin(whole, [name for name, known in everybody.known.items() if not known])
    cells = replace(cells, secret=cells.sums[held_back], hidden=cells.hidden | held_back)
    told = [of for name, of in inside.items() if everybody.known[name]]
    if len(people.combinations[0]) > 1:
        without = np.array([SILENT in one for one in people.combinations], dtype=np.bool_)
        return replace(
            cells,
            known=_answered_by_all(people, everybody, told),
            allowed=_silent(people),
            # That nobody who gave one answer left the other out is no secret.
            free=np.tile(without, len(people.pilots)) & (cells.atoms == 0),
        )
    silent = everybody.people - people.people.sum(axis=1)
    width = len(cells.atoms) + len(silent)
    more = np.zeros((len(cells.sums), len(silent)))
    whole_groups = [
        np.concatenate([np.repeat(of, len(people.combinations)), of]).astype(np.float64)
        for of in told
    ]
    return replace(
        cells,
        sums=np.hstack([cells.sums, more]),
        atoms=np.concatenate([cells.atoms, silent]),
        of=np.eye(width, dtype=np.bool_),
        free=np.arange(width) >= len(cells.atoms),
        allowed=np.zeros((0, width)),
        known=np.array(whole_groups).reshape(len(told), width),
        secret=np.hstack([cells.secret, more[held_back]]),
    )


def _silent(people: Counted) -> Floats:
    """Return who of a pilot gave no answer to one of several items: how many is no secret.

    Where all of them gave the same answer to the others, how many they are would tell it to
    someone who knows so: they are left out.
    """
    shapes = [
        np.array([one[at] == SILENT for one in people.combinations], dtype=np.float64)
        for at in range(len(people.combinations[0]))
    ]
    alike = [(people.people[:, shape > 0] > 0).sum(axis=1) == 1 for shape in shapes]
    each = np.eye(len(people.pilots))
    rows = [
        np.outer(one, shape).ravel()
        for shape, same in zip(shapes, alike, strict=True)
        for one in each[~same]
    ]
    return np.array(rows).reshape(len(rows), people.people.size)


def _answered_by_all(people: Counted, everybody: Everybody, told: list[Truths]) -> Floats:
    """Return the bases of items counted together that are known: all of a group answered.

    That someone answered one item and not the other is no secret, so that people without an
    answer are not told apart here.
    """
    known = list[Floats]()
    for at in range(len(people.combinations[0])):
        gave = np.array([one[at] != SILENT for one in people.combinations], dtype=np.float64)
        answered = people.people @ gave
        known += [
            np.outer(of, gave).ravel()
            for of in told
            if answered[of].sum() == everybody.people[of].sum()
        ]
    return np.array(known).reshape(len(known), people.people.size)


def _shown(part: Part, group: str) -> bool:
    if part.whole:
        return group == scope(BANDS)
    return part.by_pilot or not is_pilot(group)


def _answers(people: Counted, answers: frozenset[tuple[str, ...]]) -> Floats:
    return np.array([one in answers for one in people.combinations], dtype=np.float64)
