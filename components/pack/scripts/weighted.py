"""Pilots against councils weighted to run alongside them before the start."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from families import Family
from figures import Floats
from numpy.typing import NDArray
from pack import EVERY_YEAR, Choice, NotAnsweredError, Pack
from placebo import far_out, outsiders, placebo_interval, placebo_p
from scipy import linalg

DRAWS = 500
SEED = 20211201
FEWEST_BEFORE = 5  # years, to weigh councils by
FEWEST_LEFT = 10  # councils, when as many as the pilots are drawn
TINY = 1e-6  # of the spread of yearly moves: makes weights unique and no more
ROUNDING = 1e-12
TURNS = 30  # after which columns enter one by one


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weighted:
    """Places beside a weighted mean of others.

    Attributes:
        years: Weight of each year before, shape (years before,).
        treated: Mean of the places in each year, shape (years,).
        others: Weighted mean of the others, moved to their level before, same shape.
        before: How many of the years are before.
    """

    years: Floats
    treated: Floats
    others: Floats
    before: int

    @property
    def apart(self) -> Floats:
        """The difference of both in each year."""
        return self.treated - self.others

    @property
    def estimate(self) -> float:
        """Its mean over the years after."""
        return float(self.apart[self.before :].mean())


def weighted(pack: Pack, family: Family) -> pd.DataFrame:
    """Set the chosen pilots against weighted councils, and these against placebo groups.

    Raises:
        NotAnsweredError: Too few pilots, councils or years have figures.

    Source:
        Arkhangelsky, Athey, Hirshberg, Imbens and Wager (2021), Synthetic difference-in-
        differences, American Economic Review 111(12), algorithms 1 and 4; Conley and Taber (2011),
        Review of Economics and Statistics 93(1), for the interval.
    """
    pilots, others, years, before = _panel(pack, family)
    found = synthetic(pilots, others, before)
    paths = _placebos(others, len(pilots), before)
    means = paths[:, before:].mean(axis=1)
    bands = [placebo_interval(paths[:, at], float(gap)) for at, gap in enumerate(found.apart)]
    low, high = placebo_interval(means, found.estimate)
    no_weights = np.full(len(years) - before, np.nan)
    plain = pilots.mean(axis=0) - others.mean(axis=0)
    return pd.DataFrame(bands, columns=["low", "high"]).assign(
        year_end=years,
        n=len(pilots),
        pilots=found.treated,
        comparator=found.others,
        gap=found.apart,
        year_weight=np.concatenate([found.years, no_weights]),
        effect=found.estimate,
        effect_low=low,
        effect_high=high,
        p_placebo=placebo_p(far_out(means, found.estimate), DRAWS),
        draws=DRAWS,
        councils=len(others),
        fit=float(np.sqrt((found.apart[:before] ** 2).mean())),
        control=synthetic(pilots, others, before, control=True).estimate,
        plain_did=float(plain[before:].mean() - plain[:before].mean()),
    )


def _placebos(others: Floats, many: int, before: int) -> Floats:
    """Return how far groups of so many of the others are from the rest, shape (draws, years)."""
    chance, paths = np.random.default_rng(SEED), np.empty((DRAWS, others.shape[1]))
    for at in range(DRAWS):
        order = chance.permutation(len(others))
        paths[at] = synthetic(others[order[:many]], others[order[many:]], before).apart
    return paths


def _panel(pack: Pack, family: Family) -> tuple[Floats, Floats, list[int], int]:
    """Return figures of pilots and of others, none missing, the years, and how many are before.

    Raises:
        NotAnsweredError: There are too few of either, or too few years.
    """
    choice, figures = pack.choice, family.figures
    if len(choice.pilots) < choice.fewest:
        msg = f"{len(choice.pilots)} pilots are chosen, {choice.fewest} are needed"
        raise NotAnsweredError(msg)
    pilots, others = (
        np.array([figures.at(family.key, code) for code in codes if code in figures.places])
        for codes in (choice.pilots, outsiders(pack, choice))
    )
    years, before = _years(pilots, choice)
    at = [EVERY_YEAR.index(year) for year in years]
    pilots, others = (
        some[:, at][np.isfinite(some[:, at]).all(axis=1)] for some in (pilots, others)
    )
    if len(pilots) < choice.fewest or len(others) < len(pilots) + FEWEST_LEFT:
        msg = f"{len(pilots)} pilots and {len(others)} councils have figures in every year"
        raise NotAnsweredError(msg)
    return pilots, others, years, before


def _years(pilots: Floats, choice: Choice) -> tuple[list[int], int]:
    """Return the years with figures up to the end of the period, and how many are before.

    Raises:
        NotAnsweredError: Too few are before the start, or none after.
    """
    held = [EVERY_YEAR[at] for at in np.flatnonzero(np.isfinite(pilots).any(axis=0))]
    before = sum(year <= choice.before for year in held)
    years = [year for year in held if year <= max(choice.before, choice.years[-1])]
    if before < FEWEST_BEFORE or len(years) == before:
        msg = f"{before} years before the start and {len(years) - before} after it have figures"
        raise NotAnsweredError(msg)
    return years, before


def synthetic(treated: Floats, others: Floats, before: int, *, control: bool = False) -> Weighted:
    """Weigh others to run alongside places in the years before, and years before to be like later.

    Args:
        treated: Shape (places, years).
        others: Shape (others, years).
        before: How many years are before.
        control: Whether others alone are weighed, to be at the same level, as in synthetic control.
    """
    own, after = treated.mean(axis=0), treated.shape[1] - before
    noise = float(np.diff(others[:, :before], axis=1).std(ddof=1))
    early, zeta = others[:, :before], (len(treated) * after) ** 0.25 * noise
    if control:
        places = simplex(early.T, own[:before], before * (TINY * noise) ** 2)
        years = np.zeros(before)
    else:
        places = simplex(
            early.T - early.mean(axis=1), own[:before] - own[:before].mean(), before * zeta**2
        )
        late = others[:, before:].mean(axis=1)
        years = simplex(
            early - early.mean(axis=0), late - late.mean(), len(others) * (TINY * noise) ** 2
        )
    path = places @ others
    moved = float(years @ (own - path)[:before])
    return Weighted(years=years, treated=own, others=path + moved, before=before)


def simplex(columns: Floats, target: Floats, ridge: float) -> Floats:
    """Find weights, none below 0 and of sum 1, that bring columns nearest to a target.

    |columns w - target|^2 + ridge |w|^2 is at its minimum where, for some set of columns with
    weight, the slope is the same for all of them and not lower for any other. Those whose weight
    comes out below 0 leave the set and those of lower slope enter it, all at once. Where that ends
    nowhere, columns enter one by one.

    Args:
        columns: Shape (rows, k).
        target: Shape (rows,).
        ridge: Weight of the squares of the weights.

    Source:
        Kim and Park (2011), Fast nonnegative matrix factorization, SIAM Journal on Scientific
        Computing 33(6), for all at once; Lawson and Hanson (1974), Solving least squares problems,
        chapter 23, for one by one.
    """
    inside = np.ones(columns.shape[1], dtype=bool)
    for _ in range(TURNS):
        weights = _of_sum_1(columns, target, ridge, inside)
        wrong = np.where(inside, weights < 0, _lower(columns, target, ridge, weights, inside) > 0)
        if not wrong.any():
            return weights
        inside = inside ^ wrong
    return _one_by_one(columns, target, ridge)


def _lower(
    columns: Floats, target: Floats, ridge: float, weights: Floats, inside: NDArray[np.bool_]
) -> Floats:
    """Return by how much the slope is lower than that of the set; 0 for rounding and inside."""
    slope = columns.T @ (columns @ weights - target) + ridge * weights
    lower = slope[inside].mean() - slope
    near = ROUNDING * float((np.abs(columns.T) @ np.abs(target)).max())
    return np.where(inside | (lower < near), 0.0, lower)


def _one_by_one(columns: Floats, target: Floats, ridge: float) -> Floats:
    inside = np.zeros(columns.shape[1], dtype=bool)
    inside[np.argmin(((columns - target[:, None]) ** 2).sum(axis=0))] = True
    weights = inside.astype(np.float64)
    while True:
        lower = _lower(columns, target, ridge, weights, inside)
        if not lower.any():
            return weights
        inside[np.argmax(lower)] = True
        goal = _of_sum_1(columns, target, ridge, inside)
        while (goal[inside] <= 0).any():
            falling = inside & (goal <= 0)
            step = (weights[falling] / (weights[falling] - goal[falling])).min()
            weights = weights + step * (goal - weights)
            inside &= weights > ROUNDING
            weights = np.where(inside, weights, 0.0)
            goal = _of_sum_1(columns, target, ridge, inside)
        weights = goal


def _of_sum_1(columns: Floats, target: Floats, ridge: float, inside: NDArray[np.bool_]) -> Floats:
    """Return the weights of sum 1, of either sign, of a set: its first follows from all others."""
    some = columns[:, inside]
    many = some.shape[1]
    whole: NDArray[np.float64] = np.vstack([some, np.sqrt(ridge) * np.eye(many)])
    goal = np.concatenate([target, np.zeros(many)])
    q, r = np.linalg.qr(whole[:, 1:] - whole[:, :1])
    others = linalg.solve_triangular(r, q.T @ (goal - whole[:, 0]))
    weights = np.zeros(len(inside))
    weights[inside] = [1 - others.sum(), *others]
    return weights
