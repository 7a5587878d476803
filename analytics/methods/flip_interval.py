"""The interval that belongs to the sign-flip test: every value the test does not reject."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import ROUNDING, check_gaps, check_share
from analytics.methods.signflip import (
    BLOCK,
    FLIPS_AT_ONCE,
    by_enumeration,
    flip_count,
    flipped_sums,
)

Floats = NDArray[np.float64]


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
    Above twenty pilots the flips are those that ``sign_flips`` draws, so that both still agree.

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


def _ends(gaps: NDArray[np.float64], confidence: float) -> tuple[NDArray[np.float64], ...]:
    flips = flip_count(gaps.shape[1])
    # p is counted / flips, and the value is inside where that is at least 1 - confidence.
    # A product that is whole but for rounding, as 5 % of 100,000 is, counts as whole.
    least = int(np.ceil((1 - confidence) * flips * (1 - ROUNDING))) - 1
    low, high = np.full(len(gaps), np.nan), np.full(len(gaps), np.nan)
    some = np.flatnonzero(~np.isnan(gaps).all(axis=1))
    parts = -(-len(some) * flips // FLIPS_AT_ONCE)
    for part in np.array_split(some, parts) if parts else ():
        ends = np.empty((2, len(part), flips))
        for start, step, lower, upper in _from(gaps[part]):
            ends[0, step, start : start + lower.shape[1]] = lower
            ends[1, step, start : start + lower.shape[1]] = upper
        ends.partition(least, axis=2)
        low[part], high[part] = ends[0, :, least], -ends[1, :, least]
    return low, high


def _from(gaps: Floats) -> Iterator[tuple[int, slice, Floats, Floats]]:
    """Say from which value up each flip is at least as far out, and so for -gaps.

    Yields:
        Where a block of flips begins, rows, and both arrays for them, shape (rows, block): few
        enough numbers at once for a processor's own memory.
    """
    present = ~np.isnan(gaps)
    filled = np.where(present, gaps, 0.0)
    held = _Held(
        many=present.sum(axis=1, dtype=np.float64)[:, None],
        total=filled.sum(axis=1)[:, None],
        # Of the gaps less a mean of some of them, the largest is that of an outermost one.
        most=np.where(present, gaps, -np.inf).max(axis=1, initial=-np.inf)[:, None],
        least=np.where(present, gaps, np.inf).min(axis=1, initial=np.inf)[:, None],
    )
    # Where every pilot is present in every indicator, one row counts for all.
    counted = present[:1] if present.all() else present
    both = zip(flipped_sums(filled), flipped_sums(counted.astype(np.float64)), strict=True)
    start = 0
    for summed, net in both:
        rows = max(1, BLOCK // summed.shape[1])
        for first in range(0, len(gaps), rows):
            step = slice(first, first + rows)
            pilots = net[step] if len(net) == len(gaps) else net
            yield start, step, *_reached(held.of(step), summed[step], pilots)
        start += summed.shape[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """What is known of the gaps of each indicator; every array has shape (m, 1)."""

    many: Floats
    total: Floats
    most: Floats
    least: Floats

    def of(self, rows: slice) -> "_Held":
        return _Held(
            many=self.many[rows],
            total=self.total[rows],
            most=self.most[rows],
            least=self.least[rows],
        )


def _reached(held: _Held, summed: Floats, net: Floats) -> tuple[Floats, Floats]:
    """From which value up each flip is at least as far out, shape (m, flips), and so for -gaps.

    A flip of nobody or of everybody always is. ``sign_flips`` compares sums with a tolerance of
    ROUNDING times the largest gap for each pilot present; near the mean of a subset of k the
    difference of the sums is 2k times the distance from that mean, so that the tolerance moves
    the end by its 2k-th part.

    Args:
        held: Of the indicators.
        summed: Sum over the pilots not flipped, less that over those flipped.
        net: Their numbers likewise, or one row for all.
    """
    in_f = (held.many - net) / 2
    in_c = held.many - in_f
    of_f = (held.total - summed) / (2 * np.maximum(in_f, 1))
    of_c = (held.total + summed) / (2 * np.maximum(in_c, 1))
    always = (in_f == 0) | (in_c == 0)

    def smaller(of_f: Floats, of_c: Floats, most: Floats, least: Floats) -> Floats:
        lower = np.minimum(of_f, of_c)
        k = np.maximum(np.where(of_f <= of_c, in_f, in_c), 1)
        lower -= ROUNDING * held.many * np.maximum(most - lower, lower - least) / (2 * k)
        lower[np.broadcast_to(always, lower.shape)] = -np.inf
        return lower

    return (
        smaller(of_f, of_c, held.most, held.least),
        smaller(-of_f, -of_c, -held.least, -held.most),
    )
