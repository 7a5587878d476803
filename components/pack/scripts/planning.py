"""Which difference a study of so many pilots would find four times in five."""

from functools import cache

import flips
import methods
import numpy as np
import pandas as pd
from doubts import compared_on
from families import Family
from figures import Compared, Floats, mean
from numpy.typing import NDArray
from outcomes import outcomes
from pack import Pack
from verdicts import Row

LEVEL = 0.05
POWER = 0.8
STUDIES = 2_000  # simulated for each size of the difference
SEED = 20180131
SIZES = np.arange(0.0, 2.61, 0.1)  # in standard deviations of the gaps
MOST_SIMULATED = 12  # pilots: above, the t-test's formula is used
NEARLY = 1e-5  # for each pilot: sums nearer than this count as equal


def detectable(pack: Pack, family: Family) -> pd.DataFrame:
    """Work out for every core measure which difference a study like this would find."""
    choice = pack.choice
    compared = compared_on(pack, family, family.core)
    each = outcomes(compared, choice)
    counts = np.isfinite(each).sum(axis=1)
    held = np.where((counts >= choice.fewest)[:, None], each, np.nan)
    p = np.array([flips.flip_p(gaps) for gaps in held])
    levels = adjusted_level(held, choice.adjust)
    faced = _faced(compared)
    rows = [
        _row(held[at], float(levels[at]), float(faced[at]), is_log=choice.outcome.startswith("log"))
        for at in range(len(held))
    ]
    adjusted = flips.adjusted_p(p, held, choice.adjust)
    return pd.DataFrame(rows).assign(
        key=family.core, n=counts, p=p, p_adjusted=adjusted, level_adjusted=levels
    )


def _faced(compared: Compared) -> Floats:
    """Return the mean level of the comparator, where pilots have figures."""
    return mean(mean(np.where(np.isfinite(compared.own), compared.comparator, np.nan)))


def _row(gaps: Floats, level: float, faced: float, *, is_log: bool) -> Row:
    n, sd = int(np.isfinite(gaps).sum()), methods.spread(gaps)
    found, student = flips.flip_row(gaps), methods.t_interval(gaps)
    least = methods.smallest_detectable(sd, n)
    alone, adjusted = (flip_detectable(sd, n, one) for one in (LEVEL, level))

    def relative(size: float) -> float:
        if is_log:
            return 100 * float(np.expm1(size))
        return 100 * size / faced if faced > 0 else np.nan

    return {
        "estimate": found["estimate"],
        "low": found["low"],
        "high": found["high"],
        "t_low": student[0],
        "t_high": student[1],
        "detectable": least,
        "ratio": abs(found["estimate"]) / least if least > 0 else np.nan,
        "detectable_flip": alone,
        "detectable_adjusted": adjusted,
        "relative": relative(alone),
        "relative_adjusted": relative(adjusted),
    }


def adjusted_level(gaps: Floats, method: str) -> Floats:
    """Return the level of each test at which all of them together keep to 0.05.

    Args:
        gaps: Shape (tests, pilots), NaN where missing.
        method: "max-t", "holm", "bh" or "none".

    Source:
        Holm (1979); Westfall and Young (1993), for the share of joint flips in which |t| of one
        test is beyond what the largest of all passes in 5 % of them.
    """
    n = np.isfinite(gaps).sum(axis=1)
    inside = n >= (2 if method == "max-t" else 1)
    levels = np.where(inside, LEVEL, np.nan)
    if method == "none" or not inside.any():
        return levels
    if method != "max-t":
        return levels / inside.sum()
    sizes = np.stack([flips.t_sizes(row) for row in gaps[inside]])
    largest = np.sort(sizes.max(axis=0))
    bar = largest[-max(2 * int(LEVEL * len(largest) / 2), 2)]  # a flip and its mirror are alike
    beyond = (sizes >= bar - flips.ROUNDING).mean(axis=1)
    levels[inside] = np.clip(beyond, 2 / len(largest), LEVEL)
    return levels


def flip_detectable(sd: float, n: int, level: float) -> float:
    """Return the true mean gap that the sign-flip test would find four times in five.

    Studies with normal gaps are simulated for each size of the difference, and the power between
    two sizes is interpolated; of many pilots the t-test's formula is taken. Missing where so few
    pilots cannot give a p as small as the level, or too few studies of the largest size find it.
    """
    if np.isnan(sd) or np.isnan(level):
        return np.nan
    if n > MOST_SIMULATED:
        return methods.smallest_detectable(sd, n, level)
    most = int(np.floor(level * 2 ** (n - 1) + flips.ROUNDING))
    power = (_as_far(n) <= most).mean(axis=1)
    if most < 1 or power[-1] < POWER:
        return np.nan
    at = int(np.argmax(power >= POWER))
    if not at:
        return 0.0
    step = (POWER - power[at - 1]) / (power[at] - power[at - 1])
    return sd * float(SIZES[at - 1] + step * (SIZES[at] - SIZES[at - 1]))


@cache
def _as_far(n: int) -> NDArray[np.int_]:
    """Return how many flips are as far out as each study, shape (sizes, studies).

    A flip and its mirror image count once.
    """
    turns = flips.signs(n)[: 2 ** (n - 1)].T
    chance = np.random.default_rng(SEED).standard_normal((STUDIES, n), dtype=np.float32)
    made = list[NDArray[np.int_]]()
    for size in SIZES.astype(np.float32):
        sums = np.abs((chance + size).astype(np.float64) @ turns)
        made.append((sums >= sums[:, :1] - NEARLY * n).sum(axis=1))
    return np.stack(made)
