"""Synthetic difference-in-differences: places and years weighted to match the years before."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import optimize

Floats = NDArray[np.float64]
Form = Literal["synthetic-did", "synthetic-control", "did"]

FEWEST_OTHERS: Final = 2
_TINY: Final = 1e-6  # of the spread of yearly moves: makes weights unique and no more
#: Weight of the row that makes weights sum to 1, beside numbers of up to 1: weights are as near to
#: the minimum as one over its square.
_SUM: Final = 1e6


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthetic:
    """A weighted comparison of treated places with others.

    Attributes:
        estimate: Mean over treated places and years after of the difference from the weighted
            others, less the same difference in the weighted years before; in the unit given.
        places: Weight of each other place, shape (c,), sum 1.
        years: Weight of each year before, shape (t,), sum 1; all 0 for synthetic control.
        treated: Mean of the treated places in each year, shape (y,).
        others: Weighted mean of the others, moved to the level of the treated over the weighted
            years before, shape (y,). For synthetic control it is not moved.
        fit: Root mean square of the difference of both over the years before.
    """

    estimate: float
    places: Floats
    years: Floats
    treated: Floats
    others: Floats
    fit: float


def synthetic(
    treated: Floats, others: Floats, before: int, *, form: Form = "synthetic-did"
) -> Synthetic:
    """Compare treated places with a weighted mean of places that were not treated.

    Weights of places (not negative, sum 1) make the others run alongside the treated in the years
    before, up to a constant; weights of years make the years before like those after, among the
    others. A ridge of (treated x years after)^(1/2) times the variance of yearly moves keeps the
    weights of places spread. Then the difference of differences is taken under these weights.

    - synthetic-control: weights of places alone, no constant, and a tiny ridge.
    - did: equal weights of places and of years.

    Args:
        treated: Figures of the treated places, shape (p, y years), none missing.
        others: Of places that were not treated, shape (c, y), none missing.
        before: How many of the years, the first ones, are before the start.
        form: Which weights.

    Returns:
        Estimate, weights and both paths.

    Raises:
        ValueError: A figure is missing or infinite, shapes do not fit, there are fewer than two
            years before or none after, or fewer than two other places.

    Source:
        Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), Synthetic difference-in-
        differences, American Economic Review 111(12), algorithm 1; Abadie, Diamond and Hainmueller
        (2010), Synthetic control methods for comparative case studies, Journal of the American
        Statistical Association 105; Abadie (2021), Using synthetic controls, Journal of Economic
        Literature 59(2). Weights are found by an exact solver in place of the authors' own steps.
    """
    _check(treated, others, before)
    own = treated.mean(axis=0)
    after = own.shape[0] - before
    noise = float(np.diff(others[:, :before], axis=1).std(ddof=1))
    if form == "did":
        places = np.full(len(others), 1 / len(others))
        years = np.full(before, 1 / before)
    else:
        free = form == "synthetic-did"
        zeta = (len(treated) * after) ** 0.25 * noise if free else _TINY * noise
        places = simplex_weights(
            others[:, :before].T, own[:before], ridge=before * zeta**2, constant=free
        )
        years = np.zeros(before)
        if free:
            years = simplex_weights(
                others[:, :before],
                others[:, before:].mean(axis=1),
                ridge=len(others) * (_TINY * noise) ** 2,
                constant=True,
            )
    path = places @ others
    apart = own - path
    moved = float(years @ apart[:before])
    return Synthetic(
        estimate=float(apart[before:].mean()) - moved,
        places=places,
        years=years,
        treated=own,
        others=path + moved,
        fit=float(np.sqrt(((apart[:before] - moved) ** 2).mean())),
    )


def simplex_weights(columns: Floats, target: Floats, *, ridge: float, constant: bool) -> Floats:
    """Find weights of columns, not negative and of sum 1, whose sum is nearest to a target.

    Minimises |columns w - target|^2 + ridge |w|^2, with a free constant or without: a least-
    squares problem with bounds, in which a row of large weight stands for the sum. An active-set
    solver ends at the minimum itself, not near it.

    Args:
        columns: Shape (rows, k).
        target: Shape (rows,).
        ridge: Weight of the squares of the weights, 0 or more.
        constant: Whether a constant may be added.

    Returns:
        Weights, shape (k,).

    Source:
        Lawson and Hanson (1974), Solving least squares problems, chapter 23.
    """
    if constant:
        columns, target = columns - columns.mean(axis=0), target - target.mean()
    size = float(np.abs(columns).max()) or 1.0
    many = columns.shape[1]
    rows = np.vstack(
        [np.full((1, many), _SUM), columns / size, np.sqrt(ridge) / size * np.eye(many)]
    )
    goal = np.concatenate([[_SUM], target / size, np.zeros(many)])
    weights, _ = optimize.nnls(rows, goal, maxiter=50 * many)
    return weights / weights.sum()


def placebo_paths(
    others: Floats,
    treated: int,
    before: int,
    *,
    draws: int,
    rng: np.random.Generator,
    form: Form = "synthetic-did",
) -> Floats:
    """Repeat the comparison with groups of other places in the part of the treated.

    Args:
        others: Figures of places that were not treated, shape (c, y), none missing.
        treated: How many places a group has.
        before: How many years are before the start.
        draws: How many groups.
        rng: Where chance comes from.
        form: Which weights.

    Returns:
        Each group less its weighted others in every year, shape (draws, y); the mean over the
        years after is its estimate. Their spread is the error of the estimate, if other places
        vary as the treated would have.

    Raises:
        ValueError: Fewer than two places would be left, or as ``synthetic``.

    Source:
        Arkhangelsky and others (2021), algorithm 4, placebo variance estimation.
    """
    found = np.empty((draws, others.shape[1]))
    for at in range(draws):
        order = rng.permutation(len(others))
        group, left = others[order[:treated]], others[order[treated:]]
        made = synthetic(group, left, before, form=form)
        found[at] = made.treated - made.others
    return found


def _check(treated: Floats, others: Floats, before: int) -> None:
    if treated.ndim != 2 or others.ndim != 2 or treated.shape[1] != others.shape[1]:  # noqa: PLR2004
        msg = f"treated {treated.shape} and others {others.shape}: (places, years) of one length"
        raise ValueError(msg)
    if not (np.isfinite(treated).all() and np.isfinite(others).all()):
        msg = "a figure is missing or infinite; none may be"
        raise ValueError(msg)
    if not len(treated) or len(others) < FEWEST_OTHERS:
        msg = f"{len(treated)} treated and {len(others)} other places; 1 and {FEWEST_OTHERS}"
        raise ValueError(msg)
    if not FEWEST_OTHERS <= before < treated.shape[1]:
        msg = f"{before} of {treated.shape[1]} years are before; at least 2, and one after"
        raise ValueError(msg)
