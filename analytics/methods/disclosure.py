"""Which cells of a set of tables must be hidden, so that nothing of a few people can be worked out.

A table of counts adds up people; a table of means adds up their scores. In both, whoever sees some
cells knows every linear combination of them, and no such combination may be of a few people.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.methods.small_sums import Floats, Truths, people_in, small_sums

EXACT = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Cells that may be shown together, each a sum of the same columns.

    A column holds a number that belongs to some people: how many they are, or the sum of their
    scores. Atoms are the smallest groups of people that are told apart.

    Attributes:
        sums: Weight of each column in each cell, shape (cells, columns).
        atoms: People in each atom, shape (atoms,), whole numbers.
        of: Whose numbers each column holds, shape (columns, atoms).
        free: Atoms about whom nothing is secret, shape (atoms,): people without an answer.
        allowed: Sums that may be worked out however few people they are of, shape (allowed,
            columns): all without an answer to one of several items.
        known: Sums that are known whatever is hidden here, shape (known, columns).
        secret: Sums that must not be worked out however many people they are of, shape (secrets,
            columns).
        worth: Of the cells that would serve, the one of least worth is hidden, shape (cells,).
        hidden: Cells that are hidden to begin with, shape (cells,).
    """

    sums: Floats
    atoms: Floats
    of: Truths
    free: Truths
    allowed: Floats
    known: Floats
    secret: Floats
    worth: Floats
    hidden: Truths


def counts(sums: Floats, atoms: Floats, hidden: Truths) -> Cells:
    """Return cells of a table of counts, in which every column is an atom.

    Args:
        sums: Which atoms each cell adds up, shape (cells, atoms), 0 or 1.
        atoms: People in each atom, shape (atoms,).
        hidden: Cells that are hidden to begin with, shape (cells,).
    """
    nothing = np.zeros((0, len(atoms)))
    return Cells(
        sums=sums,
        atoms=atoms,
        of=np.eye(len(atoms), dtype=np.bool_),
        free=np.zeros(len(atoms), dtype=np.bool_),
        allowed=nothing,
        known=nothing,
        secret=nothing,
        worth=sums @ atoms if len(sums) else np.zeros(0),
        hidden=hidden,
    )


def suppressed(cells: Cells, *, least: int) -> Truths:
    """Return which cells to hide: the small ones, and others from which they could be worked out.

    A sum can be worked out exactly when it is a linear combination of the cells that are shown.
    While one of fewer than ``least`` people can be, whichever cells it is made of, a cell of it is
    hidden too: a single small cell, several hidden cells together, or what is left of a total
    without its parts. Whoever sees every cell that is left cannot work such a sum out.

    Args:
        cells: Cells, columns and atoms.
        least: Smallest number of people that may be known, 2 or more.

    Returns:
        Shape (cells,); True where the cell must be hidden.

    Raises:
        ValueError: Shapes do not fit, an atom is not a whole number of people, or ``least`` is
            below 2.

    Source:
        Hundepool and others (2012), Statistical disclosure control, chapter 4 (secondary
        suppression); exact rather than interval disclosure is what is ruled out.
    """
    _check(cells, least)
    # That nobody gave no answer is no secret; that nobody gave some answer is one.
    asked = _among(cells, (cells.atoms > 0) | ~cells.free)
    hidden = _hidden(asked, least)
    # Whoever knows that nobody is in some atom may not work more out than one who does not.
    known = _among(cells, cells.atoms > 0)
    return _hidden(replace(known, hidden=hidden), least)


def _among(cells: Cells, kept: Truths) -> Cells:
    """Return the cells with only some atoms in them, and the columns that are of those."""
    of = cells.of[:, kept]
    columns = of.any(axis=1)
    return replace(
        cells,
        sums=cells.sums[:, columns],
        atoms=cells.atoms[kept],
        of=of[columns],
        free=cells.free[kept],
        allowed=cells.allowed[:, columns],
        known=cells.known[:, columns],
        secret=cells.secret[:, columns],
    )


def _hidden(cells: Cells, least: int) -> Truths:
    sizes = people_in(cells.sums, cells.of, cells.atoms)
    hidden = cells.hidden | (sizes < least)
    while not hidden.all():
        shown = np.flatnonzero(~hidden)
        rows = np.vstack([cells.sums[shown], cells.known])
        told = [
            small_sums(
                rows, of=cells.of, atoms=cells.atoms, free=cells.free, allowed=cells.allowed,
                least=least,
            )
        ]  # fmt: skip
        if len(cells.secret):
            told.append(cells.secret[derivable(rows, cells.secret)])
        found = np.vstack(told)
        if not len(found):
            break
        hidden = hidden | _hiding(rows, found, cells.worth, shown)
    return hidden


def _hiding(rows: Floats, found: Floats, worth: Floats, shown: NDArray[np.intp]) -> Truths:
    """Return one cell to hide for each sum that can be worked out, unless one already serves."""
    weights = np.linalg.lstsq(rows.T, found.T, rcond=None)[0][: len(shown)]
    chosen = np.zeros(len(worth), dtype=np.bool_)
    for column in (np.abs(weights) > EXACT).T:
        places = shown[column]
        if not len(places):  # what is known alone tells it: nothing else may be told with it
            chosen[shown] = True
        elif not chosen[places].any():
            chosen[places[int(worth[places].argmin())]] = True
    return chosen


def derivable(shown: Floats, expected: Floats) -> Truths:
    """Say which sums are linear combinations of the sums that are shown.

    Args:
        shown: Shape (cells, columns).
        expected: Shape (sums, columns).

    Returns:
        Shape (sums,).
    """
    if not shown.any():
        return np.asarray(~expected.any(axis=1), dtype=np.bool_)
    _, strengths, axes = np.linalg.svd(shown, full_matrices=False)
    basis = axes[strengths > EXACT * strengths.max()]
    left = expected - (expected @ basis.T) @ basis
    return np.asarray(np.abs(left).max(axis=1) < EXACT, dtype=np.bool_)


def _check(cells: Cells, least: int) -> None:
    columns, atoms = cells.of.shape
    fits = all(
        one.shape[1:] == (columns,)
        for one in (cells.sums, cells.allowed, cells.known, cells.secret)
    )
    fits = fits and cells.atoms.shape == cells.free.shape == (atoms,)
    if not fits or not cells.hidden.shape == cells.worth.shape == cells.sums.shape[:1]:
        msg = (
            f"found cells {cells.sums.shape}, known {cells.known.shape}, secrets "
            f"{cells.secret.shape}, columns by atom {cells.of.shape}, atoms {cells.atoms.shape}, "
            f"hidden {cells.hidden.shape}; expected one width and one truth a cell"
        )
        raise ValueError(msg)
    if (cells.atoms < 0).any() or (cells.atoms != np.round(cells.atoms)).any():
        msg = "found atoms that are no whole numbers of people; expected 0 or more of them"
        raise ValueError(msg)
    if least < 2:  # noqa: PLR2004 (one person is always too few)
        msg = f"found a threshold of {least}; expected 2 or more"
        raise ValueError(msg)
