"""Was the gap moving before the start, and what would the change after it survive?"""

from collections.abc import Sequence

import changes
import flips
import numpy as np
import pandas as pd
from families import Family
from figures import Floats, compare, mean
from pack import EVERY_YEAR, Choice, NotAnsweredError, Pack
from scipy import optimize, special

FEWEST_YEARS = 3  # before the start, to see a trend
FEWEST_SPARE = 3  # pilots more than coefficients, to know their covariance
NEAR = 1e-4  # relative width at which the search for a bend ends

Places = Sequence[int]


def moves_before(pack: Pack, family: Family) -> pd.DataFrame:
    """Follow the gap to the start and beyond, with the joint test and the breakdown values.

    Raises:
        NotAnsweredError: Too few pilots are chosen, or too few years before have figures.
    """
    choice = pack.choice
    gaps = compare(pack, family.figures, choice, [family.key], choice.pilots).gaps[0]
    before, after = _sides(gaps, choice)
    shown = [EVERY_YEAR[at] for at in (*before, *after)]
    study = changes.since_base(gaps, (choice.before,), choice.fewest)
    frame = study[study["year_end"].isin(shown)].reset_index(drop=True)
    frame["p_year"] = np.nan
    moved = _moved(gaps[:, before], choice.fewest)
    adjusted = flips.max_t(moved)
    frame.loc[: len(adjusted) - 1, "p_year"] = adjusted
    joint = float(np.nanmin(adjusted)) if np.isfinite(adjusted).any() else np.nan
    slope = flips.flip_row(_slopes(gaps[:, before]))
    return frame.assign(
        p_joint=joint,
        p_error=float(flips.simulation_error(joint, len(gaps))),
        slope=slope["estimate"],
        slope_low=slope["low"],
        slope_high=slope["high"],
        slope_p=slope["p"],
        **_survived(gaps, before, after),
    )


def _sides(gaps: Floats, choice: Choice) -> tuple[list[int], list[int]]:
    """Return the years in a row up to the start, and those after, that enough pilots have.

    Raises:
        NotAnsweredError: Too few pilots are chosen, or too few years before have figures.
    """
    if len(choice.pilots) < choice.fewest:
        msg = f"{len(choice.pilots)} pilots are chosen, {choice.fewest} are needed"
        raise NotAnsweredError(msg)
    there = np.isfinite(gaps).sum(axis=0) >= choice.fewest
    last = EVERY_YEAR.index(choice.before)
    first = last + 1
    while first > 0 and there[first - 1]:
        first -= 1
    if last + 1 - first < FEWEST_YEARS:
        msg = f"{last + 1 - first} years in a row before the start have figures"
        raise NotAnsweredError(msg)
    end = EVERY_YEAR.index(choice.years[-1])
    return list(range(first, last + 1)), [at for at in range(last + 1, end + 1) if there[at]]


def _moved(gaps: Floats, fewest: int) -> Floats:
    """Return each year before less the last, shape (years less one, pilots)."""
    moved = (gaps[:, :-1] - gaps[:, -1:]).T
    return np.where((np.isfinite(moved).sum(axis=1) >= fewest)[:, None], moved, np.nan)


def _slopes(gaps: Floats) -> Floats:
    """Return the least-squares slope of each pilot's gaps; missing with fewer than three."""
    years = np.arange(gaps.shape[1], dtype=np.float64)
    slopes = np.full(len(gaps), np.nan)
    for at, row in enumerate(gaps):
        held = np.isfinite(row)
        if held.sum() >= FEWEST_YEARS:
            away = years[held] - years[held].mean()
            slopes[at] = away @ row[held] / (away @ away)
    return slopes


def _survived(gaps: Floats, before: Places, after: Places) -> dict[str, float]:
    """Say how far trends may drift, or bend, before the change could be nothing else.

    Source:
        Rambachan and Roth (2023), A more credible approach to parallel trends, Review of Economic
        Studies 90(5), section 2.4.
    """
    names = ("effect", "drift", "breakdown", "straight", "straight_low", "straight_high", "bend")
    found: dict[str, float] = dict.fromkeys(names, np.nan)
    if not after:
        return found
    last = before[-1]
    each = mean(gaps[:, after]) - gaps[:, last]
    effect = flips.flip_row(each)
    steps = np.where(np.isfinite(gaps[:, after]), np.array(after) - last, np.nan)
    ahead = float(mean(mean(steps)[np.isfinite(each)]))
    drift = float(np.nanmax(np.abs(mean(np.diff(gaps[:, before], axis=1).T))))
    found |= {"effect": effect["estimate"], "drift": drift}
    found["breakdown"] = _breakdown(effect, drift * ahead)
    years = [*before, *after]
    whole = gaps[:, years][np.isfinite(gaps[:, years]).all(axis=1)]
    if (
        after[0] == last + 1
        and np.diff(years).max() == 1
        and len(whole) >= len(before) + FEWEST_SPARE
    ):
        found |= _bends(whole, len(before))
    return found


def _breakdown(effect: dict[str, float], unit: float) -> float:
    """Return the end of the interval nearer to zero over what one drift a year widens it by."""
    if np.isnan(effect["estimate"]):
        return np.nan
    low, high = effect["low"], effect["high"]
    nearer = 0.0 if np.isnan(low) else max(low, -high, 0.0)
    if unit > 0:
        return nearer / unit
    return 0.0 if not nearer else np.nan


def _bends(gaps: Floats, before: int) -> dict[str, float]:
    """Return the change beyond the line of the years before, and the bend it would survive.

    Weights w on the years before that let a straight line cancel out are second differences of
    numbers v, one a bend before the start, of which the last is the mean distance of the years
    after: so v is free, and the bias at bends of up to M is M times the sum of sizes of v and of
    the weights on the bends after.

    Args:
        gaps: Of the pilots with every year, shape (pilots, years).
        before: How many of the years are before.
    """
    moved = gaps - gaps[:, before - 1, None]
    each = np.column_stack([moved[:, : before - 1], moved[:, before:].mean(axis=1)])
    centre, covariance = each.mean(axis=0), np.cov(each, rowvar=False) / len(each)
    search = _Search(centre, covariance, gaps.shape[1] - before)
    estimate, half = search.interval(0.0)
    ends = {"straight": estimate, "straight_low": estimate - half, "straight_high": estimate + half}
    return ends | {"bend": search.breakdown()}


class _Search:
    """The shortest interval of fixed length at each bend that is allowed for.

    Source:
        Armstrong and Kolesár (2020), Simple and honest confidence intervals in nonparametric
        regression, Quantitative Economics 11(1).
    """

    def __init__(self, centre: Floats, covariance: Floats, after: int) -> None:
        many = len(centre) - 1
        ahead = np.arange(1.0, after + 1)
        self.centre = centre
        self.free = many - 1  # bends before the start
        #: Weights on the coefficients are ``turns @ v + fixed``: the last is that of the effect.
        second = np.zeros((many + 1, many))
        for at in range(many):  # v is 0 before the first bend, and 0, 0 further back
            second[at : at + 3, at] = [1.0, -2.0, 1.0][: len(second) - at]
        second[many] = 0.0
        self.turns = second[:, :-1]
        self.fixed = second[:, -1] * ahead.mean() + np.eye(many + 1)[many]
        self.outside = sum(np.maximum(ahead - at, 0.0).mean() for at in range(after))
        self.covariance = covariance

    def interval(self, bend: float) -> tuple[float, float]:
        """Return estimate and half-length where trends may bend by so much a year."""
        inside = self.turns.T @ self.covariance
        v = np.linalg.solve(inside @ self.turns, -inside @ self.fixed)
        if bend > 0:
            v = self._shortest(v, bend)
        weights = self.turns @ v + self.fixed
        return float(weights @ self.centre), self._half(v, float(np.abs(v).sum()), bend)[0]

    def breakdown(self) -> float:
        """Return the largest bend whose interval excludes zero; 0 where that of none holds it."""

        def excludes(bend: float) -> bool:
            estimate, half = self.interval(bend)
            return abs(estimate) > half

        if not excludes(0.0):
            return 0.0
        known, beyond = 0.0, abs(float(self.centre[-1])) or 1.0
        while excludes(beyond):
            known, beyond = beyond, 2 * beyond
        while beyond - known > NEAR * beyond:
            middle = (known + beyond) / 2
            known, beyond = (middle, beyond) if excludes(middle) else (known, middle)
        return known

    def _shortest(self, start: Floats, bend: float) -> Floats:
        """Search for v as a part above zero less a part below, so that sizes have no corners."""

        def both(parts: Floats) -> tuple[float, Floats]:
            v = parts[: self.free] - parts[self.free :]
            half, slope, of_size = self._half(v, float(parts.sum()), bend)
            return half / scale, np.concatenate([slope, -slope]) / scale + of_size / scale

        scale = self._half(start, float(np.abs(start).sum()), bend)[0]
        parts = np.concatenate([np.maximum(start, 0.0), np.maximum(-start, 0.0)])
        made = optimize.minimize(
            both, parts, jac=True, method="L-BFGS-B", bounds=[(0.0, None)] * len(parts),
            options={"ftol": 1e-15, "gtol": 1e-12, "maxiter": 2000, "maxcor": 20},
        )  # fmt: skip
        return made.x[: self.free] - made.x[self.free :]

    def _half(self, v: Floats, size: float, bend: float) -> tuple[float, Floats, float]:
        """Return the half-length, its slope in v, and that in the size of v."""
        weights = self.turns @ v + self.fixed
        se = float(np.sqrt(weights @ self.covariance @ weights))
        shift = bend * (size + self.outside) / se
        cut = _folded(shift)
        near, far = np.exp(-((cut - shift) ** 2) / 2), np.exp(-((cut + shift) ** 2) / 2)
        rate = float((near - far) / (near + far))  # of the cut with the shift
        slope = (cut - shift * rate) * (self.turns.T @ self.covariance @ weights) / se
        return se * cut, slope, bend * rate


def _folded(shift: float) -> float:
    """Return c for which a normal number of mean ``shift`` lies within c of 0 in 95 %."""

    def excess(c: float) -> float:
        return float(special.ndtr(c - shift) - special.ndtr(-c - shift)) - 0.95

    ends = shift + float(special.ndtri(0.95)), shift + float(special.ndtri(0.975))
    if excess(ends[0]) >= 0:
        return ends[0]
    return float(optimize.root_scalar(excess, bracket=ends, method="brentq", xtol=1e-14).root)
