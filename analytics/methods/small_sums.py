"""Sums of a few people that follow from the sums that are shown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]
Places = NDArray[np.intp]

ZERO = 1e-7
ROUND = 6  # decimals in which two columns are alike
#: Most groups of columns that are tried one by one; what is not tried counts as found.
TRIES = 400


def small_sums(
    shown: Floats, *, of: Truths, atoms: Floats, free: Truths, allowed: Floats, least: int
) -> Floats:
    """Find linear combinations of shown sums that hold numbers of fewer than ``least`` people.

    Every set of columns of so few people is ruled out, whatever their weights: one hidden cell,
    several together, or a difference of two. Where too many sets would have to be tried, a
    combination is named that is of more people: too much is then hidden and never too little.

    Args:
        shown: Shape (cells, columns).
        of: Whose numbers each column holds, shape (columns, atoms).
        atoms: People in each atom, shape (atoms,).
        free: Atoms about whom nothing is secret, shape (atoms,).
        allowed: Sums that may be known however few they are of, shape (allowed, columns).
        least: Smallest number of people that may be known.

    Returns:
        Shape (found, columns): some combinations, none only if there is none.
    """
    space = _space(shown, of, atoms, least)
    nobody = np.flatnonzero(~(of & ~free).any(axis=1))  # columns about whom nothing is secret
    secret = _beside(np.vstack([allowed, np.eye(shown.shape[1])[nobody]]))
    found = list[Floats]()
    for rows in _apart(space.rows):
        there = np.flatnonzero(rows.any(axis=0))
        whole = np.zeros((len(there), shown.shape[1]))
        inside = np.flatnonzero(np.isin(space.place, there))
        at = np.searchsorted(there, space.place[inside])
        whole[at, space.columns[inside]] = space.scale[inside]
        search = _Search(of=space.of[there], atoms=atoms, secret=whole @ secret, least=least)
        found += [one @ whole for one in search.of_rows(rows[:, there])]
    return np.array(found).reshape(len(found), shown.shape[1])


def _beside(allowed: Floats) -> Floats:
    """Return the projection that leaves nothing of allowed sums, shape (columns, columns)."""
    whole = np.eye(allowed.shape[1])
    if not allowed.any():
        return whole
    _, strengths, axes = np.linalg.svd(allowed, full_matrices=False)
    basis = axes[strengths > ZERO * strengths.max()]
    return whole - basis.T @ basis


@dataclass(frozen=True, slots=True, kw_only=True)
class _Space:
    """Combinations that hold only columns of few people, with columns that go together as one.

    Attributes:
        rows: A basis in reduced echelon form, shape (rows, merged columns).
        of: Whose numbers each merged column holds, shape (merged columns, atoms).
        columns: Which columns are left, shape (columns,).
        place: Of which merged column each is, same shape.
        scale: How many times the merged column each is, same shape.
    """

    rows: Floats
    of: Truths
    columns: Places
    place: Places
    scale: Floats


def _space(shown: Floats, of: Truths, atoms: Floats, least: int) -> _Space:
    """Return all combinations of shown sums that hold only columns of few people.

    Columns that are multiples of each other in what is left are all in a combination or none is:
    they are taken together, and what holds too many people so is left out in turn.
    """
    rows, columns, whose = shown, np.arange(shown.shape[1]), of
    while True:
        rows, kept = _of_few(rows, whose, atoms, least)
        columns = columns[kept]
        first = (np.abs(rows) > ZERO).argmax(axis=0) if len(rows) else np.zeros(0, np.intp)
        scale = rows[first, np.arange(len(columns))]
        alike, place, together = _merged(rows / scale, of[columns])
        if (together @ atoms < least).all():
            return _Space(rows=alike, of=together, columns=columns, place=place, scale=scale)
        whose = together[place]


def _of_few(rows: Floats, of: Truths, atoms: Floats, least: int) -> tuple[Floats, Truths]:
    """Return the combinations of rows that hold only columns of few, and which columns those are.

    Each column of many is eliminated from all rows with one of them, which is then left out.
    """
    alike, place, whose = _merged(rows, of)
    many = whose @ atoms >= least
    left = alike
    for column in np.flatnonzero(many):
        if not len(left):
            break
        pivot = int(np.abs(left[:, column]).argmax())
        if abs(left[pivot, column]) > ZERO:
            left = _without(left, int(column), pivot)
    made = np.zeros((len(left), len(whose)))
    made[:, ~many] = left[:, ~many]
    made = echelon(made)[:, place]
    kept = np.asarray(made.any(axis=0), dtype=np.bool_)
    return made[:, kept], kept


def _merged(rows: Floats, of: Truths) -> tuple[Floats, Places, Truths]:
    """Take equal columns together: return them, which of them each was, and whose each is."""
    # What np.unique does along an axis, in a quarter of the time.
    rounded = np.vstack([np.zeros(rows.shape[1]), np.round(rows, ROUND)])
    order = np.lexsort(rounded[::-1])
    ordered = rounded[:, order]
    new = np.ones(len(order), dtype=np.bool_)
    new[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
    place = np.empty(len(order), dtype=np.intp)
    place[order] = np.cumsum(new) - 1
    starts = np.flatnonzero(new)
    whose = np.logical_or.reduceat(of[order], starts, axis=0)
    return rows[:, order[starts]], place, whose


def people_in(rows: Floats, of: Truths, atoms: Floats) -> Floats:
    """Count the people whose numbers are in each sum.

    Args:
        rows: Shape (sums, columns).
        of: Shape (columns, atoms).
        atoms: Shape (atoms,).

    Returns:
        Shape (sums,).
    """
    held = (np.abs(rows) > ZERO).astype(np.float64) @ of.astype(np.float64)
    return np.asarray((held > 0) @ atoms, dtype=np.float64)


def echelon(rows: Floats) -> Floats:
    """Return the reduced row echelon form, without empty rows.

    Args:
        rows: Shape (rows, columns), small whole numbers or what elimination made of them.
    """
    left = rows.copy()
    at = 0
    for column in np.flatnonzero(rows.any(axis=0)):
        if at == len(left):
            break
        pivot = at + int(np.abs(left[at:, column]).argmax())
        if abs(left[pivot, column]) < ZERO:
            continue
        row = left[pivot] / left[pivot, column]
        left[pivot] = left[at]
        left[at] = row
        others = left[:, column].copy()
        others[at] = 0.0
        left -= others[:, None] * row
        at += 1
    made = left[:at]
    made[np.abs(made) < ZERO] = 0.0
    return made


def _apart(rows: Floats) -> list[Floats]:
    """Return the rows in groups that share no column."""
    groups = list[tuple[Truths, list[int]]]()
    for at, row in enumerate(rows):
        columns, members = np.asarray(row != 0, dtype=np.bool_), [at]
        touching = [one for one in groups if (one[0] & columns).any()]
        groups = [one for one in groups if not (one[0] & columns).any()]
        for held, others in touching:
            columns, members = columns | held, members + others
        groups.append((columns, members))
    return [rows[sorted(members)] for _, members in groups]


class _Search:
    """A search for combinations of few people among rows that hold only columns of few."""

    def __init__(self, *, of: Truths, atoms: Floats, secret: Floats, least: int) -> None:
        self._of = of
        self._atoms = atoms
        self._secret = secret
        self._least = least
        self._tries = 0

    def of_rows(self, rows: Floats) -> Floats:
        """Return the combinations found among some rows in echelon form."""
        told = self._told(rows)
        if len(told) or len(rows) < 2:  # noqa: PLR2004 (one row has no combinations)
            return told
        self._tries = 0
        return self._tried(rows, np.zeros(rows.shape[1], dtype=np.bool_))

    def _told(self, rows: Floats) -> Floats:
        few = people_in(rows, self._of, self._atoms) < self._least
        if not few.any():
            return rows[:0]
        return rows[few & (np.abs(rows @ self._secret) > ZERO).any(axis=1)]

    def _tried(self, rows: Floats, kept: Truths) -> Floats:
        """Look for a combination that has every kept column: with the largest other, or without.

        A combination of fewest columns is a row of some echelon form, and is met on the way.
        """
        self._tries += 1
        if self._tries > TRIES:
            return rows[:1]
        told = self._told(rows)
        open_to = np.flatnonzero(rows.any(axis=0) & ~kept)
        if len(told) or len(rows) < 2 or not len(open_to):  # noqa: PLR2004
            return told
        column = int(open_to[int((self._of[open_to] @ self._atoms).argmax())])
        pivot = int(np.abs(rows[:, column]).argmax())
        without = self._tried(echelon(_without(rows, column, pivot)), kept)
        if len(without):
            return without
        more = kept.copy()
        more[column] = True
        if self._atoms[self._of[more].any(axis=0)].sum() >= self._least:
            return rows[:0]
        return self._tried(rows, more)


def _without(rows: Floats, column: int, pivot: int) -> Floats:
    """Return the combinations of rows that leave a column out, by one row that holds it."""
    left = np.vstack([rows[:pivot], rows[pivot + 1 :]])
    return left - (left[:, column] / rows[pivot, column])[:, None] * rows[pivot]
