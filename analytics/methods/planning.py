"""How large a difference must be for the sign-flip test to find it: for planning a study."""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import ROUNDING, check_gaps, check_share
from analytics.methods.detectable import smallest_detectable
from analytics.methods.multiplicity import FEWEST_FOR_T, Adjustment, strengths
from analytics.methods.signflip import sign_matrix

Floats = NDArray[np.float64]

#: Simulated studies behind every power, and the seed they are drawn with.
STUDIES: Final = 2_000
SEED: Final = 20180131
#: Above this number of pilots the sign-flip test is as powerful as the t-test for all purposes.
MOST_SIMULATED: Final = 12
_SIZES: Final = np.arange(0.0, 2.61, 0.1)  # in standard deviations of the gaps

_NEARLY: Final = np.float32(1e-5)


def flip_detectable(
    sd: Floats, n: NDArray[np.int64], level: Floats, *, power: float = 0.8
) -> Floats:
    """The smallest true mean gap that the exact sign-flip test would find with this power.

    Studies of n pilots with normal gaps are simulated, 2,000 for each size of the difference with
    the same draws, and tested by every sign flip; between sizes the power is interpolated. Above
    twelve pilots the t-test's formula is used.

    Args:
        sd: Standard deviation of the gaps, in the unit of the indicator, shape (m,), NaN where
            unknown.
        n: Number of pilots, shape (m,).
        level: Level of each test, as a proportion between 0 and 1, shape (m,); NaN where there is
            none.
        power: Chance of finding it, as a proportion between 0 and 1.

    Returns:
        Differences in the unit of ``sd``, shape (m,). inf where no difference could be found: so
        few pilots cannot give a p as small as the level, or one of 2.6 standard deviations is
        found too rarely. NaN where the standard deviation or the level is unknown.

    Raises:
        ValueError: The shapes differ, or a level or the power is not between 0 and 1.

    Source:
        Cohen (1988), Statistical power analysis for the behavioral sciences, second edition, for
        power; simulation for the sign-flip test is this app's own.
    """
    if not sd.shape == n.shape == level.shape or sd.ndim != 1:
        msg = f"sd {sd.shape}, n {n.shape} and level {level.shape} must be one shape (m,)"
        raise ValueError(msg)
    check_share("power", power)
    for one in level[~np.isnan(level)].tolist():
        check_share("level", one)
    return np.array(
        [
            _detectable(*one, power)
            for one in zip(sd.tolist(), n.tolist(), level.tolist(), strict=True)
        ]
    ).reshape(sd.shape)


def _detectable(sd: float, n: int, level: float, power: float) -> float:
    if np.isnan(sd) or np.isnan(level) or n < 1:
        return np.nan
    if n > MOST_SIMULATED:
        return float(smallest_detectable(sd, n, alpha=level, power=power))
    flips = 2 ** (n - 1)
    # A p is a whole number of flips over all of them; it is found where p is at most the level.
    most = int(np.floor(level * flips + ROUNDING))
    if most < 1:
        return np.inf
    found = (_far(n) <= most).mean(axis=1)
    if found[-1] < power:
        return np.inf
    at = int(np.argmax(found >= power))
    if at == 0:
        return 0.0
    step = (power - found[at - 1]) / (found[at] - found[at - 1])
    return sd * float(_SIZES[at - 1] + step * (_SIZES[at] - _SIZES[at - 1]))


@lru_cache(maxsize=16)
def _far(n: int) -> NDArray[np.int64]:
    """Flips at least as far out as observed, shape (sizes, studies)."""
    # Half the usual precision is enough: draws are continuous, and none is near a tie.
    signs = sign_matrix(n).astype(np.float32)
    drawn = np.random.default_rng(SEED).standard_normal((STUDIES, n), dtype=np.float32)
    counts = np.empty((len(_SIZES), STUDIES), dtype=np.int64)
    for at, size in enumerate(_SIZES.tolist()):
        sums = np.abs((drawn + np.float32(size)) @ signs)
        counts[at] = (sums >= sums[:, :1] - _NEARLY * n).sum(axis=1)
    counts.flags.writeable = False
    return counts


def adjusted_level(gaps: Floats, *, method: Adjustment, alpha: float = 0.05) -> Floats:
    """The level of each single test at which a family of tests keeps to its own.

    Holm, and Benjamini and Hochberg: the level over the number of tests, which the first result
    must pass when it is the only one. Max-T: how often, over joint sign flips, |t| of the
    indicator is beyond what the largest |t| of the family passes in a share ``alpha`` of flips.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.
        method: Holm, Benjamini-Hochberg, max-T, or none.
        alpha: Level of the family, as a proportion between 0 and 1.

    Returns:
        Levels, shape (m,); NaN where the indicator is out of the family.

    Raises:
        ValueError: ``gaps`` has not two dimensions or holds an infinite number, or ``alpha`` is
            not between 0 and 1.

    Source:
        Westfall and Young (1993), Resampling-based multiple testing; Holm (1979).
    """
    check_gaps(gaps)
    check_share("alpha", alpha)
    n = (~np.isnan(gaps)).sum(axis=1)
    inside = n >= (FEWEST_FOR_T if method == "max-t" else 1)
    if method == "none" or not inside.any():
        return np.where(inside, alpha, np.nan)
    if method != "max-t":
        return np.where(inside, alpha / inside.sum(), np.nan)
    levels = np.full(len(gaps), np.nan)
    family = gaps[inside]
    largest = np.sort(np.concatenate([block.max(axis=0) for block in strengths(family)]))
    bar = largest[-max(int(np.floor(alpha * len(largest))), 1)] - ROUNDING
    beyond = sum(np.count_nonzero(block >= bar, axis=1) for block in strengths(family))
    # One flip always reaches the largest; a test that none of its flips carries there gets that.
    levels[inside] = np.clip(beyond / len(largest), 1 / len(largest), alpha)
    return levels
