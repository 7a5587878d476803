"""Do bands of pilots differ from each other? Their labels are dealt out in every way.

Where there are more than 100,000 ways, as many are drawn, the one that was seen among them.
"""

from functools import cache
from itertools import combinations
from math import comb

import flips
import numpy as np
import pandas as pd
from doubts import compared_on
from families import Family
from figures import Floats, mean
from numpy.typing import NDArray
from outcomes import outcomes, yearly
from pack import NotAnsweredError, Pack
from scipy import special
from verdicts import Row

ROUNDING = 1e-12
MOST_DEALT = 100_000
SEED = 19370401


def bands(pack: Pack, family: Family) -> pd.DataFrame:
    """Compare bands pair by pair and in their order, by every arrangement of their labels.

    Raises:
        NotAnsweredError: Fewer than two bands have two pilots.

    Source:
        Fisher (1935), The Design of Experiments; Pitman (1937), Supplement to the Journal of the
        Royal Statistical Society 4(1); Jonckheere (1954), Biometrika 41, for the order.
    """
    choice = pack.choice
    compared = compared_on(pack, family, [family.key])
    groups = _groups(pack, outcomes(compared, choice)[0])
    if len(groups) < 2:  # noqa: PLR2004 - a pair
        msg = "two bands with two pilots each are needed"
        raise NotAnsweredError(msg)
    form = "log" if choice.outcome.startswith("log") else "level"
    early = np.array(choice.years) <= choice.before
    before = _groups(pack, mean(yearly(compared, form)[0][:, early]))
    rows = [_pair(groups, before, a, b) for a, b in combinations(groups, 2)]
    frame = pd.DataFrame(rows)
    frame["p_adjusted"] = flips.holm(frame["p"].to_numpy(np.float64))
    frame["smallest_adjusted"] = flips.holm(frame["smallest_p"].to_numpy(np.float64))
    together = _together(groups)
    frame["p_all"], frame["p_all_adjusted"] = together
    trend, earlier = _ordered(groups), _ordered(before)
    return frame.assign(
        **trend,
        **{f"before_{name}": earlier[name] for name in ("ordered_pairs", "all_pairs", "trend_p")},
    )


def _groups(pack: Pack, each: Floats) -> dict[str, Floats]:
    """Return what the pilots of each band have; bands with fewer than two are left out."""
    found = dict[str, Floats]()
    for band in dict.fromkeys(pack.bands[code] for code in pack.choice.pilots):
        mine = np.array([pack.bands[code] == band for code in pack.choice.pilots])
        held = each[mine & np.isfinite(each)]
        if len(held) > 1:
            found[band] = held
    return found


def _pair(groups: dict[str, Floats], before: dict[str, Floats], a: str, b: str) -> Row:
    first, second = groups[a], groups[b]
    parts = [group.var(ddof=1) / len(group) for group in (first, second)]
    below = sum(part**2 / (len(g) - 1) for part, g in zip(parts, (first, second), strict=True))
    apart = first.mean() - second.mean()
    reach = np.nan
    if below > 0:
        reach = special.stdtrit(sum(parts) ** 2 / below, 0.975) * np.sqrt(sum(parts))
    p, many = _pair_p(first, second)
    early = (before[a], before[b]) if a in before and b in before else None
    return {
        "n_first": len(first),
        "n_second": len(second),
        "mean_first": first.mean(),
        "mean_second": second.mean(),
        "estimate": apart,
        "low": apart - reach,
        "high": apart + reach,
        "p": p,
        "smallest_p": _smallest_p(len(first), len(second)),
        "arrangements": many,
        "before": early[0].mean() - early[1].mean() if early else np.nan,
        "before_p": _pair_p(*early)[0] if early else np.nan,
    }


def _pair_p(first: Floats, second: Floats) -> tuple[float, int]:
    """Return the share of the ways to deal the labels out that are as far apart."""
    every = np.concatenate([first, second])
    a, b = len(first), len(second)
    inside = dealt((a, b)) == 0
    apart = np.abs(inside @ every / a - ~inside @ every / b)
    near = 4 * (a + b) * ROUNDING * np.abs(every).max()
    return float((apart >= apart[0] - near).mean()), len(apart)


def _smallest_p(a: int, b: int) -> float:
    """Return the smallest p: a mirror image is as far apart where both groups are alike in size.

    Where ways are drawn, the one that was seen may be the only one.
    """
    many = ways((a, b))
    return (2 if a == b else 1) / many if many <= MOST_DEALT else 1 / MOST_DEALT


def ways(sizes: tuple[int, ...]) -> int:
    """Return how many ways there are to deal the labels of groups of these sizes out."""
    many, left = 1, sum(sizes)
    for size in sizes:
        many, left = many * comb(left, size), left - size
    return many


@cache
def dealt(sizes: tuple[int, ...]) -> NDArray[np.int_]:
    """Return ways to deal labels out, the given one first, shape (ways, members).

    Every way up to 100,000; above, as many drawn with NumPy's default generator and this seed.

    Source:
        Dwass (1957), Annals of Mathematical Statistics 28(1), for drawing them.
    """
    if ways(sizes) > MOST_DEALT:
        labels = np.tile(np.repeat(np.arange(len(sizes)), sizes), (MOST_DEALT, 1))
        labels[1:] = np.random.default_rng(SEED).permuted(labels[1:], axis=1)
        return labels

    def rest(left: tuple[int, ...], at: int) -> list[dict[int, int]]:
        if at == len(sizes):
            return [{}]
        return [
            {**dict.fromkeys(chosen, at), **others}
            for chosen in combinations(left, sizes[at])
            for others in rest(tuple(one for one in left if one not in chosen), at + 1)
        ]

    members = range(sum(sizes))
    return np.array([[one[member] for member in members] for one in rest(tuple(members), 0)])


def _together(groups: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return p of each pair over all bands' labels, alone and by the widest pair of each."""
    every = np.concatenate(list(groups.values()))
    sizes = tuple(len(group) for group in groups.values())
    labels = dealt(sizes)
    means = np.array([(labels == at) @ every / size for at, size in enumerate(sizes)])
    pairs = list(combinations(range(len(groups)), 2))
    apart = np.abs(np.stack([means[a] - means[b] for a, b in pairs]))
    scale = np.array([np.sqrt(1 / sizes[a] + 1 / sizes[b]) for a, b in pairs])[:, None]
    near = 4 * ROUNDING * np.abs(every).max()
    widest = (apart / scale).max(axis=0)
    alone = (apart >= apart[:, :1] - near).mean(axis=1)
    return alone, (widest >= apart[:, :1] / scale - near).mean(axis=1)


def _ordered(groups: dict[str, Floats]) -> dict[str, float]:
    """Return Jonckheere and Terpstra's count of pairs in order, and p over all labels.

    Where there are more than 100,000 ways, p is the normal approximation with ties.
    """
    names = ("ordered_pairs", "all_pairs", "trend_p", "trend_p_found", "trend_arrangements")
    if len(groups) < 3:  # noqa: PLR2004 - a trend needs three
        return dict.fromkeys(names, np.nan)
    every = np.concatenate(list(groups.values()))
    sizes = tuple(len(group) for group in groups.values())
    is_drawn = ways(sizes) > MOST_DEALT
    labels = np.repeat(np.arange(len(sizes)), sizes)[None] if is_drawn else dealt(sizes)
    near = 2 * ROUNDING * np.abs(every).max()
    pairs = sum(a * b for a, b in combinations(sizes, 2))
    counted = (pairs + _net(every, labels, near)) / 2
    if is_drawn:
        z = (counted[0] - pairs / 2) / np.sqrt(_variance(every, sizes, near))
        rising, falling = special.ndtr(-z), special.ndtr(z)
    else:
        rising, falling = (counted >= counted[0]).mean(), (counted <= counted[0]).mean()
    found = min(rising, falling)
    many = np.nan if is_drawn else len(labels)
    told = (counted[0], pairs, min(2 * found, 1.0), found, many)
    return {name: float(value) for name, value in zip(names, told, strict=True)}


def _net(every: Floats, labels: NDArray[np.int_], near: float) -> Floats:
    """Return pairs in order less pairs out of order, for each way the labels are dealt."""
    first, second = np.triu_indices(len(every), 1)
    apart = every[second] - every[first]
    higher = np.where(np.abs(apart) <= near, 0.0, np.sign(apart))
    return np.sign(labels[:, second] - labels[:, first]) @ higher


def _variance(every: Floats, sizes: tuple[int, ...], near: float) -> float:
    """Return the variance of the count where the bands are alike, ties and all.

    Source:
        Hollander and Wolfe (1999), Nonparametric statistical methods, second edition, section 6.2.
    """
    ties = np.diff(np.flatnonzero(np.diff(np.sort(every), prepend=-np.inf, append=np.inf) > near))
    n, u, t = float(len(every)), np.array(sizes, dtype=np.float64), ties.astype(np.float64)

    def cubic(counts: Floats | float) -> float:
        return float(np.sum(counts * (counts - 1) * (2 * counts + 5)))

    def twos(counts: Floats) -> float:
        return float(np.sum(counts * (counts - 1)))

    def threes(counts: Floats) -> float:
        return float(np.sum(counts * (counts - 1) * (counts - 2)))

    return (
        (cubic(n) - cubic(u) - cubic(t)) / 72
        + threes(u) * threes(t) / (36 * n * (n - 1) * (n - 2))
        + twos(u) * twos(t) / (8 * n * (n - 1))
    )
