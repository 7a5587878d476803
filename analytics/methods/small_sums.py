"""Sums of a few people that follow from the sums that are shown."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

ZERO = 1e-7
#: Most groups of columns that are tried one by one; what is not tried counts as found.
TRIES = 400


def small_sums(shown: Floats, *, of: Truths, atoms: Floats, free: Truths, least: int) -> Floats:
    """Find linear combinations of shown sums that hold numbers of fewer than ``least`` people.

    Every set of columns of so few people is ruled out, whatever their weights: one hidden cell,
    several together, or a difference of two. Where too many sets would have to be tried, a
    combination is named that is of more people: too much is then hidden and never too little.

    Args:
        shown: Shape (cells, columns).
        of: Whose numbers each column holds, shape (columns, atoms).
        atoms: People in each atom, shape (atoms,).
        free: Atoms about whom nothing is secret, shape (atoms,).
        least: Smallest number of people that may be known.

    Returns:
        Shape (found, columns): some combinations, none only if there is none.
    """
    if not shown.any():
        return np.zeros((0, shown.shape[1]))
    alike, place = np.unique(shown, axis=1, return_inverse=True)
    whose = np.zeros((alike.shape[1], len(atoms)), dtype=np.bool_)
    np.logical_or.at(whose, place, of)
    people = whose @ atoms
    secret = (whose & ~free).any(axis=1)
    order = np.lexsort((secret, -people))
    rows, leads = echelon(alike[:, order])
    # Rows that begin at a column of few people hold no column of many: those are all such rows.
    rows = rows[people[order][leads] < least]
    found = list[Floats]()
    for part in _apart(rows):
        columns = np.flatnonzero(part.any(axis=0))
        at = order[columns]
        search = _Search(of=whose[at], atoms=atoms, secret=secret[at], least=least)
        for one in search.of_rows(part[:, columns]):
            whole = np.zeros(len(order))
            whole[columns] = one
            found.append(whole)
    back = np.argsort(order)
    return np.array(found).reshape(len(found), len(order))[:, back][:, place]


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


def echelon(rows: Floats) -> tuple[Floats, NDArray[np.intp]]:
    """Return the reduced row echelon form without empty rows, and the column each row begins at.

    Args:
        rows: Shape (rows, columns), small whole numbers or what elimination made of them.
    """
    left = rows.copy()
    leads = list[int]()
    for column in range(left.shape[1]):
        at = len(leads)
        if at == len(left):
            break
        pivot = at + int(np.abs(left[at:, column]).argmax())
        if abs(left[pivot, column]) < ZERO:
            continue
        left[[at, pivot]] = left[[pivot, at]]
        left[at] /= left[at, column]
        others = left[:, column].copy()
        others[at] = 0.0
        touched = np.flatnonzero(np.abs(others) > ZERO)
        left[touched] -= np.outer(others[touched], left[at])
        left[touched, column] = 0.0
        leads.append(column)
    made = left[: len(leads)]
    made[np.abs(made) < ZERO] = 0.0
    return made, np.array(leads, dtype=np.intp)


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

    def __init__(self, *, of: Truths, atoms: Floats, secret: Truths, least: int) -> None:
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
        return rows[few & (np.abs(rows[:, self._secret]) > ZERO).any(axis=1)]

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
        without = self._tried(_without(rows, column), kept)
        if len(without):
            return without
        more = kept.copy()
        more[column] = True
        if self._atoms[self._of[more].any(axis=0)].sum() >= self._least:
            return rows[:0]
        return self._tried(rows, more)


def _without(rows: Floats, column: int) -> Floats:
    """Return the combinations of rows that leave a column out, in echelon form."""
    pivot = int(np.abs(rows[:, column]).argmax())
    left = rows - np.outer(rows[:, column] / rows[pivot, column], rows[pivot])
    left[:, column] = 0.0
    return echelon(np.delete(left, pivot, axis=0))[0]
