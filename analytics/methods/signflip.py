"""Sign-flip test: could the gaps as well have pointed the other way?"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import ROUNDING, check_gaps
from analytics.methods.drawn_flips import FLIPS, count_far, drawn_signs

Floats = NDArray[np.float64]

#: Up to so many pilots every flip is enumerated: about a million, half of them mirror images.
MOST_ENUMERATED: Final = 20
#: Flips that are gone through at once.
BLOCK: Final = 2**12
#: Pilots whose flips one block holds.
IN_A_BLOCK: Final = 13

#: Flips times indicators that are held at once where all flips of an indicator are needed.
FLIPS_AT_ONCE: Final = 2**21

_ROWS_AT_ONCE: Final = 128  # indicators whose halves are held at once


def sign_flips(gaps: Floats) -> Floats:
    """Test whether the gaps of every indicator centre on zero.

    Up to twenty pilots every assignment of signs to the pilots that an indicator has is
    enumerated, so that the p-value has no sampling error; with n pilots it cannot be smaller than
    2 / 2**n. It is the share of flips whose mean is at least as far from zero as the one observed,
    give or take rounding (1e-12 of the largest gap). Above twenty it is the share among 100,000
    flips drawn with a fixed seed, the one observed counted as one of them, so that the test keeps
    its level (Phipson and Smyth); ``simulation_error`` says how near that is to the exact p.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.

    Returns:
        Two-sided p-values, shape (m,); NaN where no pilot is present.

    Raises:
        ValueError: `gaps` has not two dimensions or holds an infinite number.

    Source:
        Fisher (1935), The Design of Experiments, section 21; Dwass (1957), Modified randomization
        tests for nonparametric hypotheses, Annals of Mathematical Statistics 28(1), for drawing
        flips; Phipson and Smyth (2010), Permutation p-values should never be zero, Statistical
        Applications in Genetics and Molecular Biology 9(1).
    """
    check_gaps(gaps)
    p = np.full(len(gaps), np.nan)
    for rows, held in by_enumeration(gaps):
        missing = np.isnan(held)
        filled = np.where(missing, 0.0, held)
        least = np.abs(filled.sum(axis=1)) - rounding_of(held)
        # A flip and its mirror image are as far out. Where the sum is zero, all others are too.
        shares = np.where(least > 0, 2 * upper_shares(filled, least), 1.0)
        p[rows] = np.where(missing.all(axis=1), np.nan, shares)
    return p


def rounding_of(gaps: Floats) -> Floats:
    """How far two sums of the gaps of an indicator may be apart and still count as equal.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.

    Returns:
        1e-12 of the largest gap for each pilot present, shape (m,): means are compared.
    """
    present = ~np.isnan(gaps)
    largest = np.abs(np.where(present, gaps, 0.0)).max(axis=1, initial=0.0)
    return ROUNDING * largest * present.sum(axis=1)


def upper_shares(values: Floats, least: Floats) -> Floats:
    """Find the share of flips whose sum is at least so much.

    Up to twenty pilots no flip is gone through: each is one of the first half of the pilots with
    one of the others, and for each sum of the first half a search in the ordered sums of the
    others says how many of those are enough. A pilot that adds nothing changes no share.

    Args:
        values: One number per pilot, shape (m, n pilots), none missing.
        least: Sum for each row, shape (m,).

    Returns:
        Shares of all flips, mirror images too, shape (m,).

    Source:
        Horowitz and Sahni (1974), Computing partitions with applications to the knapsack problem,
        Journal of the ACM 21(2), for the two halves.
    """
    n = values.shape[1]
    if n > MOST_ENUMERATED:
        # Of a flip and its mirror image one is enough where they are so far out; where no more
        # than a number below zero is asked for, both are, but one where they are further out.
        far = count_far(values, np.where(least > 0, least, np.nextafter(-least, np.inf)))
        return np.where(least > 0, far, 2 * FLIPS - far) / (2 * FLIPS)
    parts = np.array_split(np.arange(len(values)), len(values) // _ROWS_AT_ONCE + 1)
    return np.concatenate([_searched(values[part], least[part]) for part in parts])


def _searched(values: Floats, least: Floats) -> Floats:
    n = values.shape[1]
    first, others = _all_sums(values[:, : n // 2]), _all_sums(values[:, n // 2 :])
    below = [
        ordered.searchsorted(one - sums).sum()
        for ordered, one, sums in zip(np.sort(others), least, np.sort(first), strict=True)
    ]
    return 1 - np.array(below, dtype=np.float64) / 2**n


def _all_sums(values: Floats) -> Floats:
    """Return the sums under every flip of a few pilots, shape (m, 2**n)."""
    sums, n = values @ sign_matrix(values.shape[1]), values.shape[1]
    return np.concatenate([sums, -sums], axis=1)[:, : 2**n]


def simulation_error(p: Floats | float, n: NDArray[np.int64] | int) -> Floats:
    """The standard error that p-values have because flips were drawn and not enumerated.

    Args:
        p: p-values, any shape, NaN where there is none.
        n: Pilots behind each, same shape.

    Returns:
        The root of p (1 - p) / 100,000 above twenty pilots, else 0, same shape; NaN where ``p`` is.

    Source:
        Dwass (1957), Annals of Mathematical Statistics 28(1): the flips drawn that are as far out
        are a binomial number.
    """
    return np.where(np.greater(n, MOST_ENUMERATED), np.sqrt(p * (1 - p) / FLIPS), 0 * p)


def smallest_p(n: int) -> float:
    """The smallest two-sided p-value that n pilots can give.

    Args:
        n: Number of pilots, at least 1.

    Returns:
        2 / 2**n: the observed signs and their mirror image, among all. Above twenty pilots, where
        flips are drawn: one of them all.

    Raises:
        ValueError: There is no pilot.
    """
    if n < 1:
        msg = f"{n} pilots cannot be flipped; at least 1 is expected"
        raise ValueError(msg)
    return 1 / flip_count(n)


def flip_count(n: int) -> int:
    """How many flips of n pilots are gone through, a flip and its mirror image counted as one.

    Args:
        n: Number of pilots.
    """
    return 2 ** max(n - 1, 0) if n <= MOST_ENUMERATED else FLIPS


def by_enumeration(gaps: Floats) -> Iterator[tuple[NDArray[np.intp], Floats]]:
    """Part the indicators whose flips can be enumerated from those whose flips are drawn.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.

    Yields:
        Rows of the indicators, and their gaps. Where there are more than twenty pilots, those of
        an indicator that has twenty or fewer are moved together.
    """
    n = (~np.isnan(gaps)).sum(axis=1)
    if gaps.shape[1] <= MOST_ENUMERATED:
        yield np.arange(len(gaps)), gaps
        return
    few = np.flatnonzero(n <= MOST_ENUMERATED)
    if len(few):
        ordered = np.argsort(np.isnan(gaps[few]), axis=1, kind="stable")
        present = np.take_along_axis(gaps[few], ordered, axis=1)
        yield few, present[:, : int(n[few].max())]
    many = np.flatnonzero(n > MOST_ENUMERATED)
    if len(many):
        yield many, gaps[many]


def flipped_sums(values: Floats) -> Iterator[Floats]:
    """Go through the sums of values under the flips of their pilots, block by block.

    A flip and its mirror image give the same size of sum, so that half of the 2**n flips, those
    that leave the first pilot as it is, give the shares of all.

    Args:
        values: One number per pilot, shape (m, n pilots), none missing.

    Yields:
        Sums, shape (m, flips of the block), of which the first of the first block flips nobody.
        Up to twenty pilots the flips are all there are, each once; above, 100,000 drawn.
    """
    n = values.shape[1]
    if n > MOST_ENUMERATED:
        signs = drawn_signs(n)
        for start in range(0, FLIPS, BLOCK):
            yield values @ signs[:, start : start + BLOCK].astype(np.float64)
    elif n <= IN_A_BLOCK:
        yield values @ sign_matrix(n)
    else:
        # The last twelve pilots are flipped in every way for each flip of those before them.
        last = values[:, -IN_A_BLOCK + 1 :] @ sign_matrix(IN_A_BLOCK)[1:]
        for first in (values[:, : -IN_A_BLOCK + 1] @ sign_matrix(n - IN_A_BLOCK + 1)).T:
            sums = np.empty_like(last)
            for row, one in enumerate(first):  # twice as fast as all rows at once
                np.add(last[row], one, out=sums[row])
            yield sums


@lru_cache(maxsize=IN_A_BLOCK)
def sign_matrix(n: int) -> Floats:
    """Every assignment of signs to a few pilots, up to its mirror image.

    Args:
        n: Number of pilots, 0 to 13.

    Returns:
        Signs of 1 and -1, shape (n, 2**(n - 1)), read-only; the first column flips nobody.

    Raises:
        ValueError: `n` is more than 13.
    """
    if n > IN_A_BLOCK:
        msg = f"{n} pilots have too many sign flips for one matrix; at most {IN_A_BLOCK}"
        raise ValueError(msg)
    flips = np.arange(flip_count(n))
    flipped = flips >> np.arange(n)[::-1, None] & 1
    signs = (1 - 2 * flipped).astype(np.float64)
    signs.flags.writeable = False
    return signs
