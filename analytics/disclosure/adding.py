"""What means add up: sums of scores of people who are alike, as columns of a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure.crosstab import Floats, View

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean that is shown of groups of pilots, and what it adds up.

    Attributes:
        view: Whose mean it is; n is counted by the same.
        part: Name of the mean in cells.
        numbers: One of each person, by the label of the person or the code that stands for it.
        pilots: Pilot of the same people.
        adds: Weight of each score, by its name and point, in what the mean adds up.
        total: Whether others add up to it.
    """

    view: View
    part: str
    numbers: pd.Series
    pilots: pd.Series
    adds: Mapping[tuple[str, int], float]
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Columns:
    """Sums of scores of people who are alike in all that tells means apart.

    People are alike who are in the same groups with the same scores. A column is one score, at one
    point, of such people; where all parts of a total are known the total is their sum, and has no
    column of its own. Columns that stand in the same means are one.

    Attributes:
        marks: 0 where a mean does not add the column up; else the weight, times one more than the
            place of the people's groups in ``inside``, shape (columns, means).
        inside: By name of a group, whether people of each place are in it.
        atoms: People of each kind, shape (kinds,).
        of: Of which kinds each column is, shape (columns, kinds).
    """

    marks: Whole
    inside: Mapping[str, NDArray[np.bool_]]
    atoms: Floats
    of: NDArray[np.bool_]

    def row(self, mean: int, group: str | None) -> Floats:
        """Return the weight of each column in the sum behind a mean.

        Args:
            mean: Its place.
            group: Whose people it is of; None for those of all groups.
        """
        marks = self.marks[:, mean]
        weight = np.sign(marks).astype(np.float64)
        if group is None:
            return weight
        return weight * self.inside[group][np.maximum(np.abs(marks), 1) - 1]


def columns_of(
    means: Sequence[Mean],
    parts: Mapping[str, tuple[str, ...]],
    groups: Mapping[str, tuple[str, ...]],
) -> Columns:
    """Return the columns that some means add up.

    Args:
        means: Those weighed together, of single points and of both.
        parts: Scores that add up to another, by the name of the other.
        groups: Pilots of every group that means are shown of, by its name.
    """
    single = {next(iter(one.adds)): one for one in means if not one.view.twice}
    number, places = _numbered(list(single.values()), groups)
    kinds, who = _distinct(_held(list(single.values()), number))
    atoms = np.bincount(who)
    at = {name: np.asarray(kinds[:, place], np.int64) for place, name in enumerate(single)}
    marks, whose = _marks(means, parts, at)
    alike, place = _distinct(marks)
    of = np.zeros((len(alike), len(kinds)), dtype=np.bool_)
    of[place, whose] = True
    return Columns(
        marks=alike,
        inside={name: places[:, column] for column, name in enumerate(groups)},
        atoms=atoms.astype(np.float64),
        of=of,
    )


def _distinct(rows: Whole) -> tuple[Whole, Whole]:
    """Return the distinct rows in order, and which of them each is; column by column, for speed.

    Args:
        rows: One at least.
    """
    place = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        least = int(column.min())
        place = place * (int(column.max()) - least + 1) + column - least
        _, place = np.unique(place, return_inverse=True)
    _, first = np.unique(place, return_index=True)
    return rows[first], place


def _numbered(
    single: Sequence[Mean], groups: Mapping[str, tuple[str, ...]]
) -> tuple[Mapping[str, int], NDArray[np.bool_]]:
    """Number pilots from 1, alike where they are in the same groups; say which those are."""
    pilots = sorted({pilot for one in single for pilot in one.pilots.unique()})
    inside = {pilot: tuple(pilot in held for held in groups.values()) for pilot in pilots}
    places = sorted(set(inside.values()))
    among = np.array(places, dtype=np.bool_).reshape(len(places), len(groups))
    return {pilot: 1 + places.index(held) for pilot, held in inside.items()}, among


def _held(single: Sequence[Mean], number: Mapping[str, int]) -> Whole:
    """Return the number of the pilot each person has a score in, 0 without: (people, scores)."""
    people = pd.Index(np.unique(np.concatenate([one.numbers.index for one in single])))
    made = np.zeros((len(people), len(single)), dtype=np.int64)
    for at, one in enumerate(single):
        made[people.get_indexer(one.numbers.index), at] = one.pilots.map(number).to_numpy(np.int64)
    return made


def _marks(
    means: Sequence[Mean],
    parts: Mapping[str, tuple[str, ...]],
    at: Mapping[tuple[str, int], Whole],
) -> tuple[Whole, Whole]:
    """Return the marks of each kind's scores, shape (scores, means), and the kind of each."""
    made, whose = list[Whole](), list[Whole]()
    totals = {part: total for total, held in parts.items() for part in held}
    for (score, point), place in at.items():
        present = place > 0
        full = _full(score, point, parts, at)
        if score in parts:  # the sum of its parts where those are known
            present &= ~full
        total = totals.get(score, "")
        lines = [
            _weights(one, (score, point), at) + full * _weights(one, (total, point), at)
            for one in means
        ]
        kept = np.flatnonzero(present)
        made.append(np.stack(lines, axis=-1)[kept])
        whose.append(kept)
    return np.concatenate(made), np.concatenate(whose)


def _full(
    score: str,
    point: int,
    parts: Mapping[str, tuple[str, ...]],
    at: Mapping[tuple[str, int], Whole],
) -> NDArray[np.bool_]:
    """Say which kinds have a total and all its parts, of the total this score is of."""
    for total, held in parts.items():
        if score == total or score in held:
            return np.logical_and.reduce([at[name, point] > 0 for name in (total, *held)])
    return np.zeros(len(at[score, point]), dtype=np.bool_)


def _weights(mean: Mean, score: tuple[str, int], at: Mapping[tuple[str, int], Whole]) -> Whole:
    """Return the mark of one score in a mean, for each kind; 0 where the mean leaves it out."""
    if score not in mean.adds:
        return np.zeros(len(next(iter(at.values()))), dtype=np.int64)
    there = np.logical_and.reduce([at[one] > 0 for one in mean.adds])
    return int(mean.adds[score]) * there * at[score]
