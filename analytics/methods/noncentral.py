"""The standardised mean gap, with the interval that belongs to it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analytics.methods.averages import mean_of_present
from analytics.methods.checks import ROUNDING, check_gaps, check_share
from analytics.methods.summaries import small_sample

Floats = NDArray[np.float64]

FEWEST_PILOTS = 3  # Hedges' correction is zero for two

#: Above this |t| SciPy's inverse grows slow, and an integral is solved from the start instead.
_FAR = 20.0
#: SciPy 1.17's inverse is right to six digits: it is a start, and so many steps along the slope,
#: taken from two noncentralities so far apart, follow.
_STEPS = 3
_APART = 1e-4
_PLACES, _SHARES = np.polynomial.legendre.leggauss(300)
_TAIL = 12.0  # standard deviations from its mean, beyond which chi is hardly ever
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(80)
_HALVINGS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardisedMean:
    """Mean over standard deviation, without unit; every array has shape (m,).

    Attributes:
        estimate: Mean over standard deviation (n - 1) times Hedges' exact correction; NaN where
            the gaps do not vary and with fewer than three pilots.
        low: Lower end of the interval, times the same correction; NaN likewise.
        high: Upper end, likewise.
    """

    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


def standardised_mean(gaps: NDArray[np.float64], *, confidence: float = 0.95) -> StandardisedMean:
    """Standardise the mean gap, and say how far the true standardised mean may be from it.

    For normal gaps t = mean / (sd / sqrt(n)) has a noncentral t distribution whose noncentrality
    is sqrt(n) times the true standardised mean. The ends are the noncentralities under which t
    would be so high, or so low, with half of the error each; they are divided by sqrt(n) and
    corrected as the estimate is. Zero is inside exactly where Student's t-test does not reject
    it, which may differ from what sign flips say. It ranks consistency, not size.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.
        confidence: Coverage of the interval, as a proportion between 0 and 1.

    Returns:
        Estimate and interval of each indicator.

    Raises:
        ValueError: `gaps` has not two dimensions or holds an infinite number, or `confidence`
            is not between 0 and 1.

    Source:
        Cumming and Finch (2001), A primer on the understanding, use, and calculation of
        confidence intervals that are based on central and noncentral distributions, Educational
        and Psychological Measurement 61(4); Hedges (1981), Distribution theory for Glass's
        estimator of effect size, Journal of Educational Statistics 6(2), for the correction.
    """
    check_gaps(gaps)
    check_share("confidence", confidence)
    present = ~np.isnan(gaps)
    n = present.sum(axis=1)
    mean = mean_of_present(gaps)
    squares = (np.where(present, gaps - mean[:, None], 0.0) ** 2).sum(axis=1)
    sd = np.sqrt(squares / np.where(n > 1, n - 1.0, np.nan))
    largest = np.abs(np.where(present, gaps, 0.0)).max(axis=1, initial=0.0)
    held = np.flatnonzero((n >= FEWEST_PILOTS) & (sd > ROUNDING * largest))
    root = np.sqrt(n[held])
    d = mean[held] / sd[held]
    correction = np.array([small_sample(int(k) - 1) for k in n[held]])
    found = np.full((3, len(gaps)), np.nan)
    found[0, held] = correction * d
    for row, share in ((1, (1 + confidence) / 2), (2, (1 - confidence) / 2)):
        ends = noncentrality(root * d, n[held] - 1.0, share)
        found[row, held] = correction * ends / root
    return StandardisedMean(estimate=found[0], low=found[1], high=found[2])


def noncentrality(
    t: NDArray[np.float64], freedom: NDArray[np.float64], share: float
) -> NDArray[np.float64]:
    """Find the noncentrality under which a noncentral t is at most so high with a given chance.

    Args:
        t: Observed, shape (m,), finite.
        freedom: Degrees of freedom, 2 or more, same shape.
        share: The chance, as a proportion between 0 and 1; a higher one gives a lower
            noncentrality.

    Returns:
        Noncentralities, shape (m,).

    Raises:
        ValueError: A t is not finite, degrees of freedom are fewer than 2, or the share is not
            between 0 and 1.

    Source:
        Johnson, Kotz and Balakrishnan (1995), Continuous univariate distributions volume 2,
        chapter 31.
    """
    check_share("share", share)
    if not (np.isfinite(t).all() and (freedom >= FEWEST_PILOTS - 1).all()):
        msg = f"t is {t} with {freedom} degrees of freedom; finite numbers, and 2 or more, expected"
        raise ValueError(msg)
    far = np.abs(t) > _FAR
    found = np.zeros(t.shape)
    found[~far] = _polished(t[~far], freedom[~far], share)
    # Mirrored, t is positive: P(T <= -t) under -x is P(T >= t) under x.
    shares = np.where(t > 0, share, 1 - share)[far]
    found[far] = np.sign(t[far]) * _solved(np.abs(t[far]), freedom[far], shares)
    return found


def _polished(t: NDArray[np.float64], freedom: NDArray[np.float64], share: float) -> Floats:
    """Solve P(T <= t) = share from where SciPy's inverse is, along the slope there."""
    # Mirrored, t is not negative: P(T <= -t) under -x is P(T >= t) under x.
    shares, size = np.where(t < 0, 1 - share, share), np.abs(t)
    x = np.where(t < 0, -1, 1) * special.nctdtrinc(freedom, share, t)
    near = x + np.where(shares > 1 / 2, _APART, -_APART)  # towards 1/2, where it is steeper
    spread = _spread(freedom)
    slope = (_chance(near, size, spread) - _chance(x, size, spread)) / (near - x)
    for _ in range(_STEPS):
        x = x - (_chance(x, size, spread) - shares) / slope
    return np.where(t < 0, -x, x)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spread:
    """Where V = chi / sqrt(freedom) is looked at, for m of them.

    Attributes:
        widest: Its largest place, shape (m,).
        v: Places, shape (m, places).
        density: Of V there, same shape.
    """

    widest: Floats
    v: Floats
    density: Floats


def _spread(freedom: Floats) -> _Spread:
    """Return where V is looked at; pilots are few, so that most rows are the same."""
    each, at = np.unique(freedom, return_inverse=True)
    found = _spread_of(tuple(each.tolist()))
    return _Spread(widest=found.widest[at], v=found.v[at], density=found.density[at])


@lru_cache(maxsize=16)
def _spread_of(each: tuple[float, ...]) -> _Spread:
    freedom = np.array(each)
    half = freedom[:, None] / 2
    widest = 1 + _TAIL / np.sqrt(2 * freedom[:, None])
    v = widest * (_PLACES + 1) / 2
    log = half * np.log(half) - special.gammaln(half) + (2 * half - 1) * np.log(v) - half * v**2
    return _Spread(widest=widest[:, 0], v=v, density=np.exp(log))


def _chance(x: Floats, t: Floats, spread: _Spread) -> Floats:
    """Return P(T <= t) for the noncentrality x; both have shape (m,).

    T is (Z + x) / V for a standard normal Z: the chance is that of Z <= t V - x, averaged over V.
    """
    chances = special.ndtr(t[:, None] * spread.v - x[:, None])
    return spread.widest * ((chances * spread.density) @ _SHARES)


def _solved(
    t: NDArray[np.float64], freedom: NDArray[np.float64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Solve P(T <= t) = share for the noncentrality by halving; t is positive.

    T <= t where a standard normal plus the noncentrality is at most t times chi / sqrt(freedom),
    so that the chance is the mean over that normal of the upper tail of chi squared.
    """
    low, high = np.full(t.shape, -_FAR), 4 * t * np.sqrt(1 + 40 / freedom)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        needed = np.maximum(_NODES + middle[:, None], 0.0) / t[:, None]
        tails = special.chdtrc(freedom[:, None], freedom[:, None] * needed**2)
        chance = tails @ _WEIGHTS / _WEIGHTS.sum()
        low, high = np.where(chance > share, middle, low), np.where(chance > share, high, middle)
    return (low + high) / 2
