"""The smallest difference that a comparison of this many pilots could be expected to find."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, special

from analytics.methods.checks import check_share

FEWEST_PILOTS = 2


def smallest_detectable(
    sd: NDArray[np.float64] | float,
    n: NDArray[np.int64] | int,
    *,
    alpha: float = 0.05,
    power: float = 0.8,
) -> NDArray[np.float64]:
    """The smallest true mean gap that a two-sided t-test would find with this power.

    Args:
        sd: Standard deviation of the gaps, in the unit of the indicator, any shape, NaN where
            unknown.
        n: Number of pilots, same shape, or one number for all.
        alpha: Level of the test, as a proportion between 0 and 1.
        power: Chance of finding it, as a proportion above `alpha` and below 1.

    Returns:
        Differences, in the unit and shape of `sd` (() for a single number, which float() takes);
        NaN where the standard deviation is unknown or there are fewer than two pilots.

    Raises:
        ValueError: The shapes do not fit, a standard deviation is negative or infinite, a number
            of pilots is negative, or `alpha` and `power` are not as above.

    Source:
        Cohen (1988), Statistical power analysis for the behavioral sciences, second edition,
        chapter 2; Johnson, Kotz and Balakrishnan (1995), Continuous univariate distributions
        volume 2, chapters 30 and 31, for the noncentral F and t.
    """
    check_share("alpha", alpha)
    check_share("power", power)
    if power <= alpha:
        msg = f"power {power} is reached by chance at level {alpha}; a power above it is expected"
        raise ValueError(msg)
    spread = np.asarray(sd, dtype=np.float64)
    pilots = np.asarray(n)
    if pilots.shape not in {(), spread.shape}:
        msg = f"sd {spread.shape} and n {pilots.shape} must be one shape, or n one number"
        raise ValueError(msg)
    if ((spread < 0) | np.isinf(spread)).any() or (pilots < 0).any():
        msg = f"sd is {spread} and n is {pilots}; 0 or more (sd: or NaN) is expected of both"
        raise ValueError(msg)
    kinds, kind = np.unique(pilots, return_inverse=True)
    effects = np.array([_effect(int(each), alpha, power) for each in kinds])
    return spread * effects[kind].reshape(pilots.shape)


@lru_cache(maxsize=256)
def _effect(n: int, alpha: float, power: float) -> float:
    """The detectable mean, in standard deviations; NaN below two pilots."""
    if n < FEWEST_PILOTS:
        return np.nan
    freedom = n - 1
    critical = float(special.stdtrit(freedom, 1 - alpha / 2))

    def shortfall(noncentrality: float) -> float:
        # The square of a noncentral t is a noncentral F, and both tails of t are one of F.
        # SciPy's nctdtr will not do: in 1.17.1 its far lower tail comes out as NaN here and there.
        return power - 1 + float(special.ncfdtr(1, freedom, noncentrality**2, critical**2))

    highest = 1.0
    while shortfall(highest) > 0:
        highest *= 2
    found = optimize.root_scalar(shortfall, bracket=(0.0, highest), method="brentq", xtol=1e-12)
    return float(found.root) / np.sqrt(n)
