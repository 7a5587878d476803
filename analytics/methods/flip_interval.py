"""The interval that belongs to the sign-flip test: every value the test does not reject."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import ROUNDING, check_gaps, check_share
from analytics.methods.drawn_flips import (
    Near,
    Rough,
    exact_sums,
    near_place,
    rough_table,
    roughness,
    units,
)
from analytics.methods.signflip import (
    BLOCK,
    MOST_ENUMERATED,
    by_enumeration,
    flip_count,
    flipped_sums,
)
from analytics.methods.subset_means import nth_smallest_mean

Floats = NDArray[np.float64]

_ORDERED: Final = 2**17  # flips times indicators that are put in order at once
_DRAWN: Final = 2**22  # and that are held at once where flips are drawn
_SIDES: Final = (1, -1)  # the lower end is found of the gaps, the upper one of -gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipInterval:
    """A confidence interval for each indicator; every array has shape (m,).

    Attributes:
        low: Lower end, in the unit of the indicator; -inf where so few pilots cannot bound it,
            NaN where no pilot is present.
        high: Upper end, likewise; inf where it is not bounded.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]


def flip_interval(gaps: NDArray[np.float64], *, confidence: float = 0.95) -> FlipInterval:
    """Find every mean gap that the two-sided sign-flip test does not reject.

    The interval holds a value where the test of the gaps minus that value gives a p of at least
    1 - confidence; the test rejects only below it. So zero is inside exactly where
    ``sign_flips(gaps) >= 1 - confidence``, ties and rounding included: verdict, p and interval
    cannot disagree. With n pilots p cannot be below 2 / 2**n, and where that is not below
    1 - confidence (n < 6 at 95 %, n < 5 at 90 %) nothing is rejected and the interval has no
    ends.

    How the ends are found: flip the pilots of a subset F and leave those of its complement C.
    The square of the flipped sum of (gap - value) less the square of the sum that was observed is
    4 |F| |C| (value - mean of F) (mean of C - value). So a flip is at least as far out exactly
    where the value lies between the means of F and of C, ends included. Each of those intervals
    holds the mean of all gaps; going away from it p can only fall, and the lower end is the
    smallest value that enough of them reach: an order statistic of min(mean of F, mean of C).
    Up to twenty pilots that is a mean of a subset in one place of the order of all such means,
    which ``nth_smallest_mean`` finds without making them. Above twenty pilots the flips are those
    that ``sign_flips`` draws, so that both still agree.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.
        confidence: Coverage, as a proportion between 0 and 1; for an equivalence test at 5 % it
            is 0.90.

    Returns:
        Both ends for each indicator.

    Raises:
        ValueError: `gaps` has not two dimensions or holds an infinite number, or `confidence` is
            not between 0 and 1.

    Source:
        Canay, Romano and Shaikh (2017), Randomization tests under an approximate symmetry
        assumption, Econometrica 85(3); Hartigan (1969), Using subsample values as typical values,
        Journal of the American Statistical Association 64, for the means of subsets.
    """
    return flip_intervals(gaps, confidences=(confidence,))[0]


def flip_intervals(
    gaps: NDArray[np.float64], *, confidences: tuple[float, ...]
) -> list[FlipInterval]:
    """Find ``flip_interval`` at several levels: the flips are gone through once for all.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.
        confidences: Coverage of each, as a proportion between 0 and 1.

    Returns:
        One for each, in their order.

    Raises:
        ValueError: As ``flip_interval`` does.
    """
    check_gaps(gaps)
    for confidence in confidences:
        check_share("confidence", confidence)
    ends = np.full((len(confidences), 2, len(gaps)), np.nan)
    for rows, held in by_enumeration(gaps):
        ends[:, :, rows] = _ends(held, confidences)
    return [FlipInterval(low=low, high=high) for low, high in ends]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What is known of the gaps of each indicator; every array has shape (m, 1)."""

    many: Floats
    total: Floats
    most: Floats
    least: Floats

    def of(self, rows: NDArray[np.intp]) -> "_Held":
        """Return what is known of some indicators."""
        return _Held(
            many=self.many[rows],
            total=self.total[rows],
            most=self.most[rows],
            least=self.least[rows],
        )


def _held(gaps: Floats) -> _Held:
    present = ~np.isnan(gaps)
    return _Held(
        many=present.sum(axis=1, dtype=np.float64)[:, None],
        total=np.where(present, gaps, 0.0).sum(axis=1)[:, None],
        # Of the gaps less a mean of some of them, the largest is that of an outermost one.
        most=np.where(present, gaps, -np.inf).max(axis=1, initial=-np.inf)[:, None],
        least=np.where(present, gaps, np.inf).min(axis=1, initial=np.inf)[:, None],
    )


def _ends(gaps: Floats, confidences: tuple[float, ...]) -> Floats:
    """Find both ends at each level, shape (levels, 2, m)."""
    n = gaps.shape[1]
    if flip_count(n) > BLOCK and n <= MOST_ENUMERATED:
        return np.array([_of_halves(gaps, confidence) for confidence in confidences])
    flips, leasts = flip_count(n), [_least(n, confidence) for confidence in confidences]
    found, at_once = (_of_all, _ORDERED) if flips <= BLOCK else (_of_drawn, _DRAWN)
    ends = np.full((len(leasts), 2, len(gaps)), np.nan)
    some = np.flatnonzero(~np.isnan(gaps).all(axis=1))
    parts = -(-len(some) * flips // at_once)
    for part in np.array_split(some, parts) if parts else ():
        ends[:, :, part] = found(gaps[part], leasts)
    return ends


def _least(n: int, confidence: float) -> int:
    """Return how many flips of n pilots may reach less far than the end of the interval.

    p is counted / flips, and the value is inside where that is at least 1 - confidence. A product
    that is whole but for rounding, as 5 % of 100,000 is, counts as whole.
    """
    return int(np.ceil((1 - confidence) * flip_count(n) * (1 - ROUNDING))) - 1


def _of_halves(gaps: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Find both ends as means of subsets, without going through the flips."""
    held = [row[~np.isnan(row)] for row in gaps]
    low, high = (np.array([_lower_end(side * row, confidence) for row in held]) for side in (1, -1))
    return low, 0.0 - high


def _lower_end(gaps: Floats, confidence: float) -> float:
    """Find the lower end for the gaps of the pilots that are present, shape (n,)."""
    n = len(gaps)
    if not n:
        return np.nan
    least = _least(n, confidence)
    if not least:
        return -np.inf  # the flip of nobody is enough
    found = nth_smallest_mean(gaps, least - 1)
    furthest = max(gaps.max() - found.mean, found.mean - gaps.min())
    return found.mean - ROUNDING * n * furthest / (2 * found.size)


def _of_all(gaps: Floats, leasts: list[int]) -> Floats:
    """Find both ends among all flips, which are one block."""
    present = ~np.isnan(gaps)
    # Where every pilot is present in every indicator, one row counts for all.
    counted = (present[:1] if present.all() else present).astype(np.float64)
    (summed,), (net,) = flipped_sums(np.where(present, gaps, 0.0)), flipped_sums(counted)
    lower, upper = _reached(_held(gaps), summed, net, _SIDES)
    return np.array(
        [(np.partition(lower, at)[:, at], -np.partition(upper, at)[:, at]) for at in leasts]
    )


def _of_drawn(gaps: Floats, leasts: list[int]) -> Floats:
    """Find both ends among flips that are drawn: exactly only those that may be in their place."""
    near = _near_the_ends(gaps, leasts)
    return np.array(
        [
            [sign * _exactly(gaps, [one[level][side] for one in near], sign)
             for side, sign in enumerate(_SIDES)]
            for level in range(len(leasts))
        ]
    )  # fmt: skip


def _exactly(gaps: Floats, near: list[Near], sign: int) -> Floats:
    """Return the number in its place among flips of each indicator, on one side, shape (m,)."""
    many, half = [len(flips) for flips, _ in near], len(gaps) // 2
    if half and sum(many) > _ORDERED:  # of gaps that are all alike every flip is near
        parts = _exactly(gaps[:half], near[:half], sign), _exactly(gaps[half:], near[half:], sign)
        return np.concatenate(parts)
    rows, flips = np.repeat(np.arange(len(gaps)), many), np.concatenate([one for one, _ in near])
    present = ~np.isnan(gaps)
    summed = exact_sums(np.where(present, gaps, 0.0), rows, flips)
    net = exact_sums(present.astype(np.float64), rows, flips)
    (reached,) = _reached(_held(gaps).of(rows), summed[:, None], net[:, None], (sign,))
    each = np.split(reached[:, 0], np.cumsum(many)[:-1])
    return np.array([np.partition(one, at)[at] for one, (_, at) in zip(each, near, strict=True)])


def _near_the_ends(gaps: Floats, leasts: list[int]) -> list[list[tuple[Near, ...]]]:
    """Find the flips among which the ends are: for each indicator, level and side."""
    present, held = ~np.isnan(gaps), _held(gaps)
    centred = np.where(present, gaps - held.total / held.many, 0.0)
    unit = units(centred)
    patterns, pattern = np.unique(present, axis=0, return_inverse=True)
    rough = rough_table(np.vstack([centred / unit, patterns]))
    # A mean is of one pilot or more. What is exact is so but for the rounding of such sums.
    noise = np.finfo(np.float64).eps * held.many * np.nansum(np.abs(gaps), axis=1, keepdims=True)
    off = (roughness(centred / unit) / 2 + (noise / unit)[:, 0]).tolist()
    found = dict[int, list[tuple[Near, ...]]]()
    for kind, net in enumerate(rough[len(gaps) :]):
        rows = np.flatnonzero(pattern == kind).tolist()
        for row, sides in zip(rows, _roughly_reached(rough, rows, net), strict=True):
            found[row] = [tuple(near_place(one, at, off[row]) for one in sides) for at in leasts]
    return [found[row] for row in range(len(gaps))]


def _roughly_reached(summed: Rough, rows: list[int], net: Rough) -> Iterator[tuple[Rough, Rough]]:
    """From how far below the mean up each flip is as far out, and above it down.

    From the mean of all, that of F is as far away as the flipped sum of the gaps less the mean is
    over twice the pilots of F; that of C likewise, the other way.

    Args:
        summed: Flipped sums of gaps less their mean, shape (m, flips).
        rows: Indicators that have the same pilots.
        net: Those not flipped less those flipped, shape (flips,); the first flip is of nobody.

    Yields:
        For each row, below and above, as what is smallest reaches furthest.
    """
    many = float(net[0])
    of_f, of_c = -1 / np.maximum(many - net, 1), 1 / np.maximum(many + net, 1)
    (always,) = (np.abs(net) == many).nonzero()
    for row in rows:
        f, c = summed[row] * of_f, summed[row] * of_c
        below, above = np.minimum(f, c), -np.maximum(f, c)
        below[always] = above[always] = -np.inf
        yield below, above


def _reached(held: _Held, summed: Floats, net: Floats, sides: tuple[int, ...]) -> Iterator[Floats]:
    """From which value up each flip is at least as far out.

    A flip of nobody or of everybody always is. ``sign_flips`` compares sums with a tolerance of
    ROUNDING times the largest gap for each pilot present; near the mean of a subset of k the
    difference of the sums is 2k times the distance from that mean, so that the tolerance moves
    the end by its 2k-th part.

    Args:
        held: Of the indicators.
        summed: Sum over the pilots not flipped, less that over those flipped.
        net: Their numbers likewise, or one row for all.
        sides: 1 for the gaps, -1 for -gaps.

    Yields:
        For each side, shape (m, flips).
    """
    in_f = (held.many - net) / 2
    in_c = held.many - in_f
    of_f = (held.total - summed) / (2 * np.maximum(in_f, 1))
    of_c = (held.total + summed) / (2 * np.maximum(in_c, 1))
    always = (in_f == 0) | (in_c == 0)
    for side in sides:
        f_first = side * of_f <= side * of_c
        lower = side * np.where(f_first, of_f, of_c)
        k = np.maximum(np.where(f_first, in_f, in_c), 1)
        most, least = (held.most, held.least) if side > 0 else (-held.least, -held.most)
        lower -= ROUNDING * held.many * np.maximum(most - lower, lower - least) / (2 * k)
        np.copyto(lower, -np.inf, where=always)
        yield lower
