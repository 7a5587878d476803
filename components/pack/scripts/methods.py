"""Statistics that readers expect beside the exact tests, each from its textbook formula."""

from functools import cache
from math import exp, lgamma, pi, sqrt

import numpy as np
from figures import Floats
from scipy import optimize, special, stats

ROUNDING = 1e-12
FEWEST_STANDARDISED = 3  # the correction is zero for two


def spread(gaps: Floats) -> float:
    """Return the standard deviation (n - 1) of the gaps that are there; 0 if it is rounding."""
    held = gaps[np.isfinite(gaps)]
    if len(held) < 2:  # noqa: PLR2004 - one value does not vary
        return np.nan
    found = float(held.std(ddof=1))
    return 0.0 if found <= ROUNDING * np.abs(held).max() else found


def t_interval(gaps: Floats, confidence: float = 0.95) -> tuple[float, float]:
    """Return Student's interval of the mean (1908, Biometrika 6(1)), n - 1 degrees of freedom."""
    held = gaps[np.isfinite(gaps)]
    if len(held) < 2:  # noqa: PLR2004 - as above
        return np.nan, np.nan
    reach = (
        float(special.stdtrit(len(held) - 1, (1 + confidence) / 2)) * spread(held) / sqrt(len(held))
    )
    return float(held.mean()) - reach, float(held.mean()) + reach


def t_p(gaps: Floats) -> float:
    """Return the two-sided p of the paired t-test; missing where gaps do not vary."""
    held, sd = gaps[np.isfinite(gaps)], spread(gaps)
    if not sd > 0:
        return np.nan
    t = abs(float(held.mean())) / (sd / sqrt(len(held)))
    return 2 * float(special.stdtr(len(held) - 1, -t))


def wilcoxon_p(gaps: Floats) -> float:
    """Return the exact two-sided p of Wilcoxon's signed ranks, over every choice of signs.

    Gaps of 0 are left out; equal sizes share the mean of their ranks. The chance of each sum of
    ranks is built up one pilot at a time; twice a rank is a whole number, ties and all.

    Source:
        Wilcoxon (1945), Biometrics Bulletin 1(6); Pratt and Gibbons (1981), Concepts of
        nonparametric theory, chapter 3, for ties.
    """
    held = gaps[np.isfinite(gaps)]
    if not len(held) or not np.abs(held).max() > 0:
        return np.nan
    held = np.round(held / np.abs(held).max(), 11)  # equal but for rounding is equal
    held = held[held != 0]
    ranks = np.round(2 * stats.rankdata(np.abs(held))).astype(np.int_)
    chances = np.ones(1)
    for rank in ranks:
        chances = (np.pad(chances, (0, rank)) + np.pad(chances, (rank, 0))) / 2
    apart = np.abs(2 * np.arange(len(chances)) - ranks.sum())
    return float(chances[apart >= abs(2 * ranks[held > 0].sum() - ranks.sum())].sum())


def small_sample(freedom: float) -> float:
    """Return Hedges' exact correction for few values (1981, J. Educational Statistics 6(2))."""
    return exp(lgamma(freedom / 2) - lgamma((freedom - 1) / 2)) / sqrt(freedom / 2)


def standardised(gaps: Floats) -> tuple[float, float, float]:
    """Return mean over standard deviation, corrected, with the interval by the noncentral t.

    The ends are the noncentralities under which a t as high, or as low, has a chance of 2.5 %.

    Source:
        Hedges (1981), for the correction; Cumming and Finch (2001), Educational and Psychological
        Measurement 61(4), for the interval.
    """
    held, sd = gaps[np.isfinite(gaps)], spread(gaps)
    n = len(held)
    if n < FEWEST_STANDARDISED or not sd > 0:
        return np.nan, np.nan, np.nan
    root, d, correction = sqrt(n), float(held.mean()) / sd, small_sample(n - 1)
    low, high = (_noncentrality(root * d, n - 1, chance) for chance in (0.975, 0.025))
    return correction * d, correction * low / root, correction * high / root


def _noncentrality(t: float, freedom: int, chance: float) -> float:
    """Solve P(T <= t) = chance for the noncentrality x of T = (Z + x) / V.

    Z is standard normal and V = chi / sqrt(freedom). For t above 0, T <= t holds wherever Z + x
    is not above 0, and else where V is at least (Z + x) / t: the chance is the upper tail of chi
    squared averaged over Z. A t below 0 is mirrored.
    """
    if t < 0:
        return -_noncentrality(-t, freedom, 1 - chance)

    def over_v(x: float) -> float:
        # A t near 0: the chance of Z <= t V - x, averaged over V.
        v = 7.0 * (_nodes()[0] + 1)
        density = stats.chi.pdf(v * sqrt(freedom), freedom) * sqrt(freedom) * 7.0
        return float((special.ndtr(t * v - x) * density) @ _nodes()[1]) - chance

    def over(x: float) -> float:
        start = max(-x, -10.0)
        # Places are close together at the start, within t of which the tail falls.
        along, shares = (_nodes()[0] + 1) / 2, _nodes()[1]
        z = start + (10.0 - start) * along**3
        tail = special.chdtrc(freedom, freedom * ((z + x) / t) ** 2)
        density = np.exp(-(z**2) / 2) / sqrt(2 * pi)
        step = (10.0 - start) * 3 * along**2 / 2
        return float(special.ndtr(-x) + (tail * density * step) @ shares) - chance

    found = over if t > 1 else over_v
    ends = (-9.0, 9.0 + 4 * t * sqrt(1 + 40 / freedom))
    return float(optimize.root_scalar(found, bracket=ends, xtol=1e-13).root)


@cache
def _nodes() -> tuple[Floats, Floats]:
    """Return where an integral from -1 to 1 is evaluated, and how much each place counts."""
    nodes, weights = np.polynomial.legendre.leggauss(200)
    return nodes, weights


def smallest_detectable(sd: float, n: int, level: float = 0.05, power: float = 0.8) -> float:
    """Return the true mean gap that a two-sided t-test would find with a given power.

    Source:
        Cohen (1988), Statistical power analysis for the behavioral sciences, chapter 2.
    """
    if n < 2 or np.isnan(sd):  # noqa: PLR2004 - one pilot has no spread
        return np.nan
    return sd * _effect(n, level, power)


@cache
def _effect(n: int, level: float, power: float) -> float:
    """Return the detectable mean in standard deviations."""
    critical = float(special.stdtrit(n - 1, 1 - level / 2))

    def short(x: float) -> float:
        # Both tails of a noncentral t are the upper tail of its square, a noncentral F.
        return 1 - float(special.ncfdtr(1, n - 1, x**2, critical**2)) - power

    top = 2.0
    while short(top) < 0:
        top *= 2
    found = optimize.root_scalar(short, bracket=(1e-9, top), xtol=1e-13)
    return float(found.root) / sqrt(n)
