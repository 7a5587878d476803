"""The interval that belongs to the sign-flip test: every value the test does not reject."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import ROUNDING, check_gaps, check_share
from analytics.methods.signflip import sign_matrix

#: Flips times indicators that are held at once; more are worked through in parts.
_AT_ONCE = 2**21


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
    """Find every mean gap that the exact two-sided sign-flip test does not reject.

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

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), n <= 20, NaN where missing.
        confidence: Coverage, as a proportion between 0 and 1; for an equivalence test at 5 % it
            is 0.90.

    Returns:
        Both ends for each indicator.

    Raises:
        ValueError: `gaps` has not two dimensions, holds an infinite number or has more than
            20 pilots, or `confidence` is not between 0 and 1.

    Source:
        Canay, Romano and Shaikh (2017), Randomization tests under an approximate symmetry
        assumption, Econometrica 85(3); Hartigan (1969), Using subsample values as typical values,
        Journal of the American Statistical Association 64, for the means of subsets.
    """
    check_gaps(gaps)
    check_share("confidence", confidence)
    return interval_over(gaps, sign_matrix(gaps.shape[1]), confidence=confidence)


def interval_over(
    gaps: NDArray[np.float64], signs: NDArray[np.float64], *, confidence: float
) -> FlipInterval:
    """Find the interval over given flips: all of them, or a sample that holds the one observed.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.
        signs: Flips of 1 and -1, shape (n, flips), the observed one (nobody flipped) among them.
            A flip and its mirror image are one and the same here.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Both ends for each indicator.

    Raises:
        ValueError: The flips are not of these pilots, or do not hold the one observed.
    """
    if signs.ndim != 2 or len(signs) != gaps.shape[1] or not (signs > 0).all(axis=0).any():  # noqa: PLR2004
        msg = (
            f"flips have shape {signs.shape}; ({gaps.shape[1]}, flips) is expected, with one that "
            "flips nobody"
        )
        raise ValueError(msg)
    flips = signs.shape[1]
    # p is counted / flips, and the value is inside where that is at least 1 - confidence.
    least = int(np.ceil((1 - confidence) * flips)) - 1
    low, high = np.full(len(gaps), np.nan), np.full(len(gaps), np.nan)
    some = np.flatnonzero(~np.isnan(gaps).all(axis=1))
    for part in (
        np.array_split(some, max(1, -(-len(some) * flips // _AT_ONCE))) if len(some) else ()
    ):
        for end, sign, values in zip((low, high), (1, -1), _from(gaps[part], signs), strict=True):
            values.partition(least, axis=1)
            end[part] = sign * values[:, least]
    return FlipInterval(low=low, high=high)


def _from(
    gaps: NDArray[np.float64], signs: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """From which value up each flip is at least as far out, shape (m, flips), and so for -gaps.

    A flip of nobody or of everybody always is. ``sign_flips`` compares sums with a tolerance of
    ROUNDING times the largest gap for each pilot present; near the mean of a subset of k the
    difference of the sums is 2k times the distance from that mean, so that the tolerance moves
    the end by its 2k-th part.
    """
    present = ~np.isnan(gaps)
    many = present.sum(axis=1, dtype=np.float64)[:, None]
    filled = np.where(present, gaps, 0.0)
    total = filled.sum(axis=1)[:, None]
    summed = filled @ signs  # over C, less over F
    in_f = (many - present.astype(np.float64) @ signs) / 2
    in_c = many - in_f
    of_f = (total - summed) / (2 * np.maximum(in_f, 1))
    of_c = (total + summed) / (2 * np.maximum(in_c, 1))
    always = (in_f == 0) | (in_c == 0)
    # Of the gaps less a mean of some of them, the largest is that of one of the two outermost.
    most = np.where(present, gaps, -np.inf).max(axis=1, initial=-np.inf)[:, None]
    least = np.where(present, gaps, np.inf).min(axis=1, initial=np.inf)[:, None]

    def smaller(
        of_f: NDArray[np.float64],
        of_c: NDArray[np.float64],
        most: NDArray[np.float64],
        least: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        lower = np.minimum(of_f, of_c)
        k = np.maximum(np.where(of_f <= of_c, in_f, in_c), 1)
        lower -= ROUNDING * many * np.maximum(most - lower, lower - least) / (2 * k)
        lower[always] = -np.inf
        return lower

    return smaller(of_f, of_c, most, least), smaller(-of_f, -of_c, -least, -most)
