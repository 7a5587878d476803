"""Which cells of a set of tables must be hidden, so that no small count can be worked out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Truths = NDArray[np.bool_]

EXACT = 1e-8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Cells that may be shown together, each a sum of the same atoms.

    Attributes:
        sums: Which atoms each cell adds up, shape (cells, atoms), 0 or 1.
        atoms: People in each atom, shape (atoms,), whole numbers.
        secret: Sums that must not be worked out where they are small, shape (secrets, atoms).
        hidden: Cells that are hidden to begin with, shape (cells,).
    """

    sums: Floats
    atoms: Floats
    secret: Floats
    hidden: Truths


def suppressed(cells: Cells, *, least: int) -> Truths:
    """Return which cells to hide: the small ones, and others from which they could be worked out.

    A sum can be worked out exactly when it is a linear combination of the cells that are shown.
    While a small sum can be, the smallest cell of such a combination is hidden too. Whoever sees
    every cell that is left, in any number of tables, cannot work a small sum out.

    Args:
        cells: Cells, atoms, and the sums to protect.
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
    hidden = _hidden(cells, least)
    # Whoever knows that nobody is in some atom may not work more out than one who does not.
    people = cells.atoms > 0
    known = Cells(
        sums=cells.sums[:, people],
        atoms=cells.atoms[people],
        secret=cells.secret[:, people],
        hidden=hidden,
    )
    return _hidden(known, least)


def _hidden(cells: Cells, least: int) -> Truths:
    counts = cells.sums @ cells.atoms
    hidden = cells.hidden | (counts < least)
    small = (cells.secret @ cells.atoms) < least
    secrets = np.unique(np.vstack([cells.secret[small], cells.sums[counts < least]]), axis=0)
    secrets = secrets[secrets.any(axis=1)]
    while len(secrets):
        shown = np.flatnonzero(~hidden)
        known = derivable(cells.sums[shown], secrets)
        if not known.any():
            break
        secrets = secrets[known]  # hiding more tells no more: what is safe stays safe
        hidden = hidden | _hiding(cells.sums[shown], secrets, counts[shown], shown, len(hidden))
    return hidden


def _hiding(
    sums: Floats, secrets: Floats, counts: Floats, shown: NDArray[np.intp], size: int
) -> Truths:
    """Return one cell to hide for each sum that can be worked out, unless one already serves."""
    weights = np.linalg.lstsq(sums.T, secrets.T, rcond=None)[0]
    used = np.abs(weights) > EXACT
    chosen = np.zeros(size, dtype=np.bool_)
    for column in used.T:
        places = np.flatnonzero(column)
        if not chosen[shown[places]].any():
            chosen[shown[places[int(counts[places].argmin())]]] = True
    return chosen


def derivable(shown: Floats, wanted: Floats) -> Truths:
    """Say which sums are linear combinations of the sums that are shown.

    Args:
        shown: Shape (cells, atoms).
        wanted: Shape (sums, atoms).

    Returns:
        Shape (sums,).
    """
    if not len(shown):
        return np.asarray(~wanted.any(axis=1), dtype=np.bool_)
    _, strengths, axes = np.linalg.svd(shown, full_matrices=False)
    basis = axes[strengths > EXACT * strengths.max()]
    left = wanted - (wanted @ basis.T) @ basis
    return np.asarray(np.abs(left).max(axis=1) < EXACT, dtype=np.bool_)


def _check(cells: Cells, least: int) -> None:
    width = cells.atoms.shape
    fits = cells.sums.shape[1:] == width and cells.secret.shape[1:] == width
    if not fits or cells.hidden.shape != cells.sums.shape[:1]:
        msg = (
            f"found cells {cells.sums.shape}, secrets {cells.secret.shape}, atoms {width}, hidden "
            f"{cells.hidden.shape}; wanted one column an atom and one truth a cell"
        )
        raise ValueError(msg)
    if (cells.atoms < 0).any() or (cells.atoms != np.round(cells.atoms)).any():
        msg = "found atoms that are no whole numbers of people; wanted 0 or more of them"
        raise ValueError(msg)
    if least < 2:  # noqa: PLR2004 (one person is always too few)
        msg = f"found a threshold of {least}; wanted 2 or more"
        raise ValueError(msg)
