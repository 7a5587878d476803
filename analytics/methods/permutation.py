"""Do groups differ? Every way of dealing out their labels, enumerated."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analytics.methods.checks import ROUNDING

MOST_ARRANGEMENTS = 100_000


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
        arrangements: How many arrangements there are, one number.
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
    """Compare every pair of groups, exactly.

    Args:
        values: One number per member, shape (n,), group after group, none missing.
        sizes: Members of each group, at least two groups of at least one.

    Returns:
        Differences of means with Welch's interval, exact p-values from all arrangements of the
        labels, and p-values that allow for the number of pairs (single-step max of the absolute
        difference over the root of 1/a + 1/b).

    Raises:
        ValueError: The sizes do not add up, a value is missing, or there are too many
            arrangements to enumerate.

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
        smallest_p=_smallest(sizes, first, second),
        arrangements=len(labels),
    )


@lru_cache(maxsize=32)
def arrangements(sizes: tuple[int, ...]) -> NDArray[np.int8]:
    """Every way of dealing group labels to members, the given one first.

    Args:
        sizes: Members of each group.

    Returns:
        Group of each member, shape (arrangements, members), read-only.

    Raises:
        ValueError: There are more arrangements than can be enumerated.
    """
    many, left = 1, sum(sizes)
    for size in sizes:
        many, left = many * comb(left, size), left - size
    if many > MOST_ARRANGEMENTS:
        msg = f"{many} arrangements of {sizes}; at most {MOST_ARRANGEMENTS} are expected"
        raise ValueError(msg)
    dealt = [np.full(sum(sizes), -1, dtype=np.int8)]
    for at, size in enumerate(sizes):
        dealt = [given for one in dealt for given in _given(one, at, size)]
    labels = np.stack(dealt)
    labels.flags.writeable = False
    return labels


def _given(labels: NDArray[np.int8], group: int, size: int) -> list[NDArray[np.int8]]:
    """Deal one group's labels in every way to the members who have none."""
    free = np.flatnonzero(labels < 0)
    found = list[NDArray[np.int8]]()
    for chosen in combinations(free.tolist(), size):
        dealt = labels.copy()
        dealt[list(chosen)] = group
        found.append(dealt)
    return found


def _smallest(
    sizes: tuple[int, ...], first: NDArray[np.intp], second: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Two arrangements can tie as farthest where the groups are alike in size, else one is."""
    n = sum(sizes)
    found = list[float]()
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        ways = comb(n, sizes[a]) * comb(n - sizes[a], sizes[b])
        found.append((2 if sizes[a] == sizes[b] else 1) / ways)
    return np.array(found)


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
