"""Do groups differ? Their labels dealt out in every way, or in very many."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analytics.methods.checks import ROUNDING

#: Up to so many arrangements all are enumerated; above, as many are drawn, the one observed among
#: them, from this seed.
MOST_ARRANGEMENTS: Final = 100_000
SEED: Final = 19370401


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """How far groups stand apart, pair by pair; every array has shape (pairs,).

    Attributes:
        first: Place of the first group of the pair.
        second: Place of the second.
        estimate: Mean of the first minus mean of the second, in the unit of the values.
        low: Lower end of the 95 % interval, Welch's t; NaN where a group has fewer than two.
        high: Upper end, likewise.
        p: Share of all arrangements in which the pair is at least as far apart, two-sided.
        p_adjusted: Share in which any pair is, each in units of its own standard error.
        smallest_p: The smallest p that any values could give these group sizes.
        arrangements: How many arrangements were gone through, one number.
    """

    first: NDArray[np.intp]
    second: NDArray[np.intp]
    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    p: NDArray[np.float64]
    p_adjusted: NDArray[np.float64]
    smallest_p: NDArray[np.float64]
    arrangements: int


def differences(values: NDArray[np.float64], sizes: tuple[int, ...]) -> Differences:
    """Compare every pair of groups by arrangements of the labels of all.

    Args:
        values: One number per member, shape (n,), group after group, none missing.
        sizes: Members of each group, at least two groups of at least one.

    Returns:
        Differences of means with Welch's interval, p-values from the ``arrangements`` of the
        labels, and p-values that allow for the number of pairs (single-step max of the absolute
        difference over the root of 1/a + 1/b).

    Raises:
        ValueError: The sizes do not add up, or a value is missing.

    Source:
        Fisher (1935), The Design of Experiments; Pitman (1937), Significance tests which may be
        applied to samples from any populations; Westfall and Young (1993) for the adjustment;
        Welch (1947), The generalization of Student's problem, Biometrika 34, for the interval.
    """
    if sum(sizes) != len(values) or len(sizes) < 2 or min(sizes) < 1 or np.isnan(values).any():  # noqa: PLR2004
        msg = f"groups of {sizes} and {len(values)} values, {np.isnan(values).sum()} missing"
        raise ValueError(msg)
    labels = arrangements(sizes)
    means = np.stack([(labels == at) @ values / size for at, size in enumerate(sizes)])
    first, second = (np.array(one) for one in zip(*combinations(range(len(sizes)), 2), strict=True))
    apart = means[first] - means[second]
    size = np.array(sizes, dtype=np.float64)
    scale = np.sqrt(1 / size[first] + 1 / size[second])[:, None]
    nearly = 4 * ROUNDING * np.abs(values).max()
    far = np.abs(apart) >= np.abs(apart[:, :1]) - nearly
    strength = np.abs(apart) / scale
    widest = strength.max(axis=0)
    low, high = _welch(values, sizes, first, second)
    return Differences(
        first=first,
        second=second,
        estimate=apart[:, 0],
        low=low,
        high=high,
        p=far.mean(axis=1),
        p_adjusted=(widest[None, :] >= strength[:, :1] - nearly).mean(axis=1),
        smallest_p=np.array(
            [smallest_p(a, b, others=sum(sizes) - a - b) for a, b in combinations(sizes, 2)]
        ),
        arrangements=len(labels),
    )


def ways(sizes: tuple[int, ...]) -> int:
    """How many ways there are of dealing group labels to members.

    Args:
        sizes: Members of each group.
    """
    many, left = 1, sum(sizes)
    for size in sizes:
        many, left = many * comb(left, size), left - size
    return many


@lru_cache(maxsize=16)
def arrangements(sizes: tuple[int, ...]) -> NDArray[np.int8]:
    """Ways of dealing group labels to members, the given one first.

    Args:
        sizes: Members of each group, at most 127 groups.

    Returns:
        Group of each member, shape (arrangements, members), read-only. All arrangements, each
        once, where there are 100,000 or fewer; else 100,000 drawn at random with a fixed seed, the
        given one counted as one of them, so that a test keeps its level.

    Source:
        Dwass (1957), Modified randomization tests for nonparametric hypotheses, Annals of
        Mathematical Statistics 28(1), for drawing them; Phipson and Smyth (2010), Permutation
        p-values should never be zero, for counting the one observed.
    """
    if ways(sizes) > MOST_ARRANGEMENTS:
        labels = np.tile(
            np.repeat(np.arange(len(sizes), dtype=np.int8), sizes), (MOST_ARRANGEMENTS, 1)
        )
        rng = np.random.default_rng(SEED)
        rng.permuted(labels[1:], axis=1, out=labels[1:])
    else:
        dealt = [np.full(sum(sizes), -1, dtype=np.int8)]
        for at, size in enumerate(sizes):
            dealt = [given for one in dealt for given in _given(one, at, size)]
        labels = np.stack(dealt)
    labels.flags.writeable = False
    return labels


def arrangement_error(p: NDArray[np.float64], sizes: tuple[int, ...]) -> NDArray[np.float64]:
    """The standard error that p-values have because arrangements were drawn, not enumerated.

    Args:
        p: p-values, any shape.
        sizes: Members of each group.

    Returns:
        The root of p (1 - p) / 100,000 where there are more arrangements than that, else 0.
    """
    return np.sqrt(p * (1 - p) / MOST_ARRANGEMENTS) * (ways(sizes) > MOST_ARRANGEMENTS)


def _given(labels: NDArray[np.int8], group: int, size: int) -> list[NDArray[np.int8]]:
    """Deal one group's labels in every way to the members who have none."""
    free = np.flatnonzero(labels < 0)
    found = list[NDArray[np.int8]]()
    for chosen in combinations(free.tolist(), size):
        dealt = labels.copy()
        dealt[list(chosen)] = group
        found.append(dealt)
    return found


def smallest_p(a: int, b: int, *, others: int = 0) -> float:
    """The smallest two-sided p that the sizes of two groups can give.

    Two arrangements can tie as farthest where the groups are alike in size, else one is. Where
    arrangements are drawn, the one observed may be the only one of them.

    Args:
        a: Members of the first group.
        b: Members of the second.
        others: Members of further groups, whose labels are dealt out with theirs.
    """
    n = a + b + others
    many = comb(n, a) * comb(n - a, b)
    return (2 if a == b else 1) / many if many <= MOST_ARRANGEMENTS else 1 / MOST_ARRANGEMENTS


def _welch(
    values: NDArray[np.float64],
    sizes: tuple[int, ...],
    first: NDArray[np.intp],
    second: NDArray[np.intp],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    groups = np.split(values, np.cumsum(sizes)[:-1])
    mean = np.array([group.mean() for group in groups])
    part = np.array([_of_mean(group) for group in groups])
    freedom_of = np.array([max(len(group) - 1, 1) for group in groups], dtype=np.float64)
    variance = part[first] + part[second]
    spread = part[first] ** 2 / freedom_of[first] + part[second] ** 2 / freedom_of[second]
    known = spread > 0
    freedom = np.divide(variance**2, spread, out=np.full(spread.shape, np.nan), where=known)
    margin = special.stdtrit(freedom, 0.975) * np.sqrt(variance)
    apart = mean[first] - mean[second]
    return apart - margin, apart + margin


def _of_mean(group: NDArray[np.float64]) -> float:
    """Variance of a group's mean; NaN for a group of one."""
    return float(group.var(ddof=1)) / len(group) if len(group) > 1 else np.nan
