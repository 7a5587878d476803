"""Do values rise along ordered groups? The Jonckheere-Terpstra test."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analytics.methods.checks import ROUNDING, check_gaps
from analytics.methods.pair_permutation import by_sizes
from analytics.methods.permutation import MOST_ARRANGEMENTS, arrangements, ways

FEWEST_GROUPS = 2
#: Three members are needed for the terms of ties between three.
_THREE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderedTrend:
    """The Jonckheere-Terpstra test of each indicator; every array has shape (m,).

    Attributes:
        statistic: Pairs of members of two groups in which the one in the later group is higher,
            ties counting half; NaN where a group has nobody.
        expected: Half of all such pairs: its mean if the groups are alike; NaN likewise.
        p_rising: One-sided p: share of arrangements with so high a statistic or a higher one.
        p_falling: One-sided p: with so low a one or a lower one.
        p: Two-sided p: twice the smaller of the two, at most 1. Where the order was named
            beforehand, but not the direction, this is the one to use.
        arrangements: Ways of dealing out the labels that were gone through; 0 where there are
            too many, and where a group has nobody.
        exact: Whether all of them were enumerated; otherwise p is the normal approximation.
    """

    statistic: NDArray[np.float64]
    expected: NDArray[np.float64]
    p_rising: NDArray[np.float64]
    p_falling: NDArray[np.float64]
    p: NDArray[np.float64]
    arrangements: NDArray[np.int64]
    exact: NDArray[np.bool_]


def ordered_trend(groups: list[NDArray[np.float64]]) -> OrderedTrend:
    """Test whether values rise, or fall, along groups whose order was named beforehand.

    Up to 100,000 arrangements of the labels are all enumerated (4,200 for groups of 4, 3 and 3),
    ties and all; beyond, the normal approximation with the variance for ties is used.

    Args:
        groups: Values of each group in their order, each of shape (m indicators, its members),
            NaN where missing. A missing member is left out of its indicator.

    Returns:
        Statistic and p-values of each indicator.

    Raises:
        ValueError: There are fewer than two groups, one has not two dimensions or holds an
            infinite number, or they differ in the number of indicators.

    Source:
        Terpstra (1952), Indagationes Mathematicae 14; Jonckheere (1954), A distribution-free
        k-sample test against ordered alternatives, Biometrika 41; Hollander and Wolfe (1999),
        Nonparametric statistical methods, second edition, section 6.2, for ties and the
        approximation.
    """
    for group in groups:
        check_gaps(group)
    if len(groups) < FEWEST_GROUPS or len({len(group) for group in groups}) > 1:
        msg = (
            f"groups have shapes {[group.shape for group in groups]}; {FEWEST_GROUPS} or more "
            "with as many indicators are expected"
        )
        raise ValueError(msg)
    found = np.full((4, len(groups[0])), np.nan)
    many = np.zeros(len(groups[0]), dtype=np.int64)
    for rows, sizes, values in by_sizes(groups):
        later = _later(sizes)[0]
        net = _order(values) @ later
        found[0, rows] = (net + np.abs(later).sum()) / 2
        found[1, rows] = np.abs(later).sum() / 2
        enumerated = ways(sizes) <= MOST_ARRANGEMENTS
        many[rows] = ways(sizes) if enumerated else 0
        judged = _enumerated if enumerated else _approximated
        found[2, rows], found[3, rows] = judged(values, sizes)
    statistic, expected, rising, falling = found
    return OrderedTrend(
        statistic=statistic,
        expected=expected,
        p_rising=rising,
        p_falling=falling,
        p=np.minimum(2 * np.minimum(rising, falling), 1.0),
        arrangements=many,
        exact=many > 0,
    )


def _order(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """For each pair of members, 1 where the second is higher, -1 where lower, 0 for a tie."""
    first, second = np.triu_indices(values.shape[1], 1)
    apart = values[:, second] - values[:, first]
    nearly = 2 * ROUNDING * np.abs(values).max(axis=1)[:, None]
    return np.where(np.abs(apart) <= nearly, 0.0, np.sign(apart)).astype(np.float32)


@lru_cache(maxsize=8)
def _later(sizes: tuple[int, ...], *, dealt: bool = False) -> NDArray[np.float32]:
    """For each pair of members, 1 where the second is in a later group, -1 in an earlier, else 0.

    One row for the labels as they are, or one for each way of dealing them out.
    """
    as_they_are = np.repeat(np.arange(len(sizes), dtype=np.int8), sizes)
    labels = arrangements(sizes) if dealt else as_they_are[None]
    first, second = np.triu_indices(sum(sizes), 1)
    later = np.sign(labels[:, second] - labels[:, first]).astype(np.float32)
    later.flags.writeable = False
    return later


def _enumerated(
    values: NDArray[np.float64], sizes: tuple[int, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    # Sums of whole numbers, which 32 bits hold exactly.
    net = _order(values) @ _later(sizes, dealt=True).T
    return (net >= net[:, :1]).mean(axis=1), (net <= net[:, :1]).mean(axis=1)


def _approximated(
    values: NDArray[np.float64], sizes: tuple[int, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Upper and lower tail of a normal with the variance for ties, no correction of continuity."""
    net = (_order(values) @ _later(sizes)[0]).astype(np.float64)
    variance = np.array([_variance(row, np.array(sizes, dtype=np.float64)) for row in values])
    # The net count is twice the statistic less its mean. Where all are tied it is 0.
    z = net / (2 * np.sqrt(np.where(variance > 0, variance, 1.0)))
    return special.ndtr(-z), special.ndtr(z)


def _variance(row: NDArray[np.float64], sizes: NDArray[np.float64]) -> float:
    ordered = np.sort(row)
    new = np.diff(ordered, prepend=-np.inf) > 2 * ROUNDING * np.abs(row).max()
    ties = np.bincount(np.cumsum(new) - 1).astype(np.float64)
    n = float(len(row))
    total = _cubic(np.array([n])) - _cubic(sizes) - _cubic(ties)
    threes = _falling(sizes, _THREE) * _falling(ties, _THREE) / (36 * n * (n - 1) * (n - 2))
    twos = _falling(sizes, 2) * _falling(ties, 2) / (8 * n * (n - 1))
    return total / 72 + threes + twos


def _cubic(counts: NDArray[np.float64]) -> float:
    return float((counts * (counts - 1) * (2 * counts + 5)).sum())


def _falling(counts: NDArray[np.float64], terms: int) -> float:
    return float(np.prod([counts - less for less in range(terms)], axis=0).sum())
