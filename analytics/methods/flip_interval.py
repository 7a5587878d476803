"""The interval that belongs to the sign-flip test: every value the test does not reject."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import ROUNDING, check_gaps, check_share
from analytics.methods.signflip import (
    BLOCK,
    MOST_ENUMERATED,
    by_enumeration,
    flip_count,
    flipped_sums,
    sampled_signs,
)
from analytics.methods.subset_means import nth_smallest_mean

Floats = NDArray[np.float64]

_ORDERED: Final = 2**17  # flips times indicators that are put in order at once
_GONE_THROUGH: Final = 2**22  # and that are gone through at once for the few that are
_NEARLY: Final = 1e-9  # of the largest gap: numbers so near are looked at more closely
_SIDES: Final = (1, -1)  # the lower end is found of the gaps, the upper one of -gaps
_SURELY: Final = 5.0  # standard errors that the guess of a sample is off at most, nearly always


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
    check_gaps(gaps)
    check_share("confidence", confidence)
    low, high = np.full(len(gaps), np.nan), np.full(len(gaps), np.nan)
    for rows, held in by_enumeration(gaps):
        low[rows], high[rows] = _ends(held, confidence)
    return FlipInterval(low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What is known of the gaps of each indicator; every array has shape (m, 1)."""

    many: Floats
    total: Floats
    most: Floats
    least: Floats

    def of(self, row: int) -> "_Held":
        """Return what is known of one indicator."""
        one = slice(row, row + 1)
        return _Held(
            many=self.many[one], total=self.total[one], most=self.most[one], least=self.least[one]
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


def _ends(gaps: Floats, confidence: float) -> tuple[Floats, Floats]:
    n = gaps.shape[1]
    if flip_count(n) > BLOCK and n <= MOST_ENUMERATED:
        return _of_halves(gaps, confidence)
    flips, least = flip_count(n), _least(n, confidence)
    found, at_once = (_of_all, _ORDERED) if flips <= BLOCK else (_of_the_nearest, _GONE_THROUGH)
    low, high = np.full(len(gaps), np.nan), np.full(len(gaps), np.nan)
    some = np.flatnonzero(~np.isnan(gaps).all(axis=1))
    parts = -(-len(some) * flips // at_once)
    for part in np.array_split(some, parts) if parts else ():
        low[part], high[part] = found(gaps[part], least)
    return low, high


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


def _of_all(gaps: Floats, least: int) -> tuple[Floats, Floats]:
    """Find both ends among all flips, which are one block."""
    present = ~np.isnan(gaps)
    # Where every pilot is present in every indicator, one row counts for all.
    counted = (present[:1] if present.all() else present).astype(np.float64)
    (summed,), (net,) = flipped_sums(np.where(present, gaps, 0.0)), flipped_sums(counted)
    low, high = (
        np.partition(one, least)[:, least] for one in _reached(_held(gaps), summed, net, _SIDES)
    )
    return low, -high


def _of_the_nearest(gaps: Floats, least: int) -> tuple[Floats, Floats]:
    """Find both ends among the flips that reach far enough, so that few are put in order.

    A sample of flips says how far that is. The guess decides nothing: an end beyond it is looked
    for among all flips.
    """
    bars = _bars(gaps, (least + 1) / flip_count(gaps.shape[1]))
    ends = np.array([_smallest(side, least) for side in _near(gaps, bars)])
    for side, row in np.argwhere(ends > bars).tolist():
        one = gaps[row : row + 1]
        every = _near(one, np.array([[np.nanmax(one)], [-np.nanmin(one)]]))
        ends[side, row] = _smallest(every[side], least)[0]
    return ends[0], -ends[1]


def _smallest(rows: list[Floats], at: int) -> Floats:
    """Return the number in a place of the order of each row; infinite where there are too few."""
    return np.array([np.partition(row, at)[at] if at < len(row) else np.inf for row in rows])


def _bars(gaps: Floats, share: float) -> Floats:
    """Guess from a sample of flips how far a share of all reach at least, shape (2, m)."""
    signs = sampled_signs(gaps.shape[1]).astype(np.float64)
    present, held = ~np.isnan(gaps), _held(gaps)
    summed, net = np.where(present, gaps, 0.0) @ signs, present.astype(np.float64) @ signs
    of_f = (held.total - summed) / np.maximum(held.many - net, 1)
    of_c = (held.total + summed) / np.maximum(held.many + net, 1)
    flips = signs.shape[1]
    above = share * flips + _SURELY * np.sqrt(share * flips)
    at = min(int(above), flips - 1)
    reached = np.minimum(of_f, of_c), -np.maximum(of_f, of_c)
    return np.array([np.partition(side, at)[:, at] for side in reached])


def _near(gaps: Floats, bars: Floats) -> list[list[Floats]]:
    """Return from which value up flips are as far out, and so for -gaps.

    Args:
        gaps: Shape (m, n).
        bars: Flips that reach no further than this may be left out, shape (2, m).

    Returns:
        Values of ``_reached`` for both, one array for each indicator.
    """
    held = _held(gaps)
    limits = bars + _NEARLY * np.maximum(np.abs(held.most), np.abs(held.least)).T
    # At such a value a flip is as far out where its sum of (gap - value) is, in size, at least
    # the one observed.
    observed = np.array(_SIDES)[:, None] * held.total.T - limits * held.many.T
    kept = [[list[Floats]() for _ in gaps] for _ in _SIDES]
    for row, summed, net in _rows_of_blocks(gaps):
        for side, sign in enumerate(_SIDES):
            left = net * (sign * bars[side, row])
            np.subtract(summed, left, out=left)
            (near,) = (np.abs(left, out=left) >= observed[side, row]).nonzero()
            kept[side][row] += [summed.take(near), net.take(near)]
    return [
        [next(_reached(held.of(row), *_joined(some), (sign,)))[0] for row, some in enumerate(rows)]
        for sign, rows in zip(_SIDES, kept, strict=True)
    ]


def _rows_of_blocks(gaps: Floats) -> Iterator[tuple[int, Floats, Floats]]:
    """Go through the flips of each indicator, block by block.

    Yields:
        Which indicator, its flipped sums, and the pilots not flipped less those flipped.
    """
    patterns, pattern = np.unique(~np.isnan(gaps), axis=0, return_inverse=True)
    both = np.vstack([np.where(np.isnan(gaps), 0.0, gaps), patterns.astype(np.float64)])
    for block in flipped_sums(both):
        summed, nets = np.split(block, [len(gaps)])
        for row, at in enumerate(pattern.tolist()):
            yield row, summed[row], nets[at]


def _joined(some: list[Floats]) -> tuple[Floats, Floats]:
    """Put sums and numbers of pilots together, which were kept in turn; both shape (1, flips)."""
    return np.concatenate(some[::2])[None], np.concatenate(some[1::2])[None]


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
