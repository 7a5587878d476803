"""Wilcoxon's signed-rank test, exact."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import ROUNDING, check_gaps

_PAIRS: Final = 2**18  # of pilots, that are set beside each other at once


def signed_rank(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Test whether the gaps of each indicator centre on zero, by Wilcoxon's signed ranks.

    Gaps of zero are left out, as Wilcoxon did; equal sizes share the mean of their ranks. The
    chances are those of the ranks in hand, built up one pilot at a time, so that the p-value is
    exact with ties as well as without.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.

    Returns:
        Two-sided p-values, shape (m,); NaN where no pilot has a gap other than zero.

    Raises:
        ValueError: `gaps` has not two dimensions, or holds an infinite number.

    Source:
        Wilcoxon (1945), Individual comparisons by ranking methods, Biometrics Bulletin 1(6);
        Pratt and Gibbons (1981), Concepts of nonparametric theory, chapter 3, for the exact
        distribution with ties.
    """
    check_gaps(gaps)
    # Every pilot is set beside every other: so many rows at once that few are held.
    parts = -(-len(gaps) * max(gaps.shape[1], 1) ** 2 // _PAIRS)
    found = [_p(part) for part in np.array_split(gaps, max(parts, 1))]
    return np.concatenate(found)


def _p(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    ranks = _doubled_ranks(gaps)
    total = ranks.sum(axis=1)
    positive = np.where(gaps > 0, ranks, 0).sum(axis=1)
    # Without ties, as many pilots have the same ranks: their chances are worked out once.
    kinds, kind = np.unique(np.sort(ranks, axis=1), axis=0, return_inverse=True)
    chances = _chances(kinds)[kind]
    distance = np.abs(2 * np.arange(chances.shape[1]) - total[:, None])
    observed = np.abs(2 * positive - total)
    p = np.where(distance >= observed[:, None], chances, 0.0).sum(axis=1)
    return np.where(total > 0, np.minimum(p, 1.0), np.nan)


def _doubled_ranks(gaps: NDArray[np.float64]) -> NDArray[np.int64]:
    """Twice the rank of the size of each gap, a whole number even for ties; 0 if left out."""
    sizes = np.abs(np.where(np.isnan(gaps), 0.0, gaps))
    nearly = ROUNDING * sizes.max(axis=1, initial=0.0)[:, None]
    counted = sizes > nearly
    apart = sizes[:, None, :] - sizes[:, :, None]
    others = counted[:, None, :]
    smaller = (others & (apart < -nearly[:, :, None])).sum(axis=2)
    equal = (others & (np.abs(apart) <= nearly[:, :, None])).sum(axis=2)
    return np.where(counted, 2 * smaller + equal + 1, 0)


def _chances(ranks: NDArray[np.int64]) -> NDArray[np.float64]:
    """Chance of each sum of positive ranks from 0 up, every rank being positive half the time."""
    chances = np.zeros((len(ranks), int(ranks.sum(axis=1).max(initial=0)) + 1))
    chances[:, 0] = 1.0
    for row, each in zip(chances, ranks.tolist(), strict=True):
        sums = 1  # that are possible so far
        for rank in each:
            before = row[:sums].copy()
            sums += rank
            row[rank:sums] += before
            row[:sums] /= 2
    return chances
