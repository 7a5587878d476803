"""Do bands of pilots differ from each other? Every arrangement of their labels is tried."""

from collections.abc import Sequence
from itertools import combinations

import flips
import numpy as np
import pandas as pd
from doubts import compared_on
from families import Family
from figures import Floats, mean
from outcomes import outcomes, yearly
from pack import NotAnsweredError, Pack
from scipy import special
from verdicts import Row

ROUNDING = 1e-12


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
        "smallest_p": (2 if len(first) == len(second) else 1) / many,
        "arrangements": many,
        "before": early[0].mean() - early[1].mean() if early else np.nan,
        "before_p": _pair_p(*early)[0] if early else np.nan,
    }


def _pair_p(first: Floats, second: Floats) -> tuple[float, int]:
    """Return the share of the ways to deal the labels out that are as far apart."""
    every = np.concatenate([first, second])
    total, a, b = every.sum(), len(first), len(second)
    sums = np.array([every[list(one)].sum() for one in combinations(range(a + b), a)])
    apart = np.abs(sums / a - (total - sums) / b)
    near = 4 * (a + b) * ROUNDING * np.abs(every).max()
    return float((apart >= apart[0] - near).mean()), len(apart)


def _arrangements(sizes: Sequence[int]) -> list[list[tuple[int, ...]]]:
    """Return every way to deal members out to groups; the first leaves them as they are."""

    def dealt(left: tuple[int, ...], sizes: Sequence[int]) -> list[list[tuple[int, ...]]]:
        if not sizes:
            return [[]]
        return [
            [chosen, *rest]
            for chosen in combinations(left, sizes[0])
            for rest in dealt(tuple(one for one in left if one not in chosen), sizes[1:])
        ]

    return dealt(tuple(range(sum(sizes))), list(sizes))


def _together(groups: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return p of each pair over all bands' labels, alone and by the widest pair of each."""
    every = np.concatenate(list(groups.values()))
    dealt = _arrangements([len(group) for group in groups.values()])
    means = np.array([[every[list(part)].mean() for part in one] for one in dealt])
    pairs = list(combinations(range(len(groups)), 2))
    sizes = [len(group) for group in groups.values()]
    apart = np.abs(np.stack([means[:, a] - means[:, b] for a, b in pairs]))
    scale = np.array([np.sqrt(1 / sizes[a] + 1 / sizes[b]) for a, b in pairs])[:, None]
    near = 4 * ROUNDING * np.abs(every).max()
    widest = (apart / scale).max(axis=0)
    alone = (apart >= apart[:, :1] - near).mean(axis=1)
    return alone, (widest >= apart[:, :1] / scale - near).mean(axis=1)


def _ordered(groups: dict[str, Floats]) -> dict[str, float]:
    """Return Jonckheere and Terpstra's count of pairs in order, and p over all labels."""
    names = ("ordered_pairs", "all_pairs", "trend_p", "trend_p_found", "trend_arrangements")
    if len(groups) < 3:  # noqa: PLR2004 - a trend needs three
        return dict.fromkeys(names, np.nan)
    every = np.concatenate(list(groups.values()))
    near = 2 * ROUNDING * np.abs(every).max()
    higher = (every[None] - every[:, None] > near) + (
        np.abs(every[None] - every[:, None]) <= near
    ) / 2
    dealt = _arrangements([len(group) for group in groups.values()])
    counted = np.array(
        [
            sum(higher[np.ix_(one[a], one[b])].sum() for a, b in combinations(range(len(one)), 2))
            for one in dealt
        ]
    )
    rising, falling = (counted >= counted[0]).mean(), (counted <= counted[0]).mean()
    pairs = sum(len(a) * len(b) for a, b in combinations(groups.values(), 2))
    p = min(2 * min(rising, falling), 1.0)
    found = (counted[0], pairs, p, min(rising, falling), len(dealt))
    return {name: float(value) for name, value in zip(names, found, strict=True)}
