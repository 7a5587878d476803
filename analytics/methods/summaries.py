"""Two groups compared from what was printed of them: mean, standard deviation and number."""

from dataclasses import dataclass
from math import exp, isfinite, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analytics.methods.checks import check_share

Floats = NDArray[np.float64]

#: Half a unit of the last figure of a mean printed in whole numbers.
HALF_A_UNIT: Final = 0.5
FEWEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A group as printed.

    Attributes:
        mean: Its mean, in points.
        sd: Its standard deviation (n - 1), in points.
        n: How many people.
    """

    mean: float
    sd: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Welch:
    """Welch's t-test of two means.

    Attributes:
        t: Statistic; positive where the second mean is the higher.
        df: Degrees of freedom (Satterthwaite).
        p: Two-sided p.
    """

    t: float
    df: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Standardised:
    """A standardised difference of two means, second minus first.

    Attributes:
        g: Hedges' g, in pooled standard deviations.
        low: Lower end of the interval.
        high: Upper end of the interval.
        least: The smallest g that the rounding of both means allows.
        most: The largest g that it allows.
    """

    g: float
    low: float
    high: float
    least: float
    most: float


def welch(first: Summary, second: Summary) -> Welch:
    """Test two independent means without taking their variances to be alike.

    Args:
        first: The group subtracted.
        second: The other.

    Raises:
        ValueError: A number is not finite, a deviation is negative or both are zero, or a group
            has fewer than two people.

    Source:
        Welch (1947), The generalization of "Student's" problem when several different population
        variances are involved, Biometrika 34.
    """
    _check(first, second)
    parts = [one.sd**2 / one.n for one in (first, second)]
    df = sum(parts) ** 2 / sum(
        part**2 / (one.n - 1) for part, one in zip(parts, (first, second), strict=True)
    )
    t = (second.mean - first.mean) / sqrt(sum(parts))
    return Welch(t=t, df=df, p=2 * float(special.stdtr(df, -abs(t))))


def hedges(
    first: Summary, second: Summary, *, rounding: float = HALF_A_UNIT, confidence: float = 0.95
) -> Standardised:
    """Standardise the difference of two independent means, with what rounding leaves open.

    The deviations are taken as printed; only the means are moved by their rounding.

    Args:
        first: The group subtracted.
        second: The other.
        rounding: How far each mean may be from what was printed, in points, 0 or more.
        confidence: Coverage of the interval, as a proportion between 0 and 1.

    Raises:
        ValueError: As for ``welch``, ``rounding`` is negative, or ``confidence`` is not between 0
            and 1.

    Source:
        Hedges (1981), Distribution theory for Glass's estimator of effect size, Journal of
        Educational Statistics 6, for the exact correction; Borenstein and others (2009),
        Introduction to meta-analysis, equation 4.20 and 4.24, for the variance.
    """
    _check(first, second)
    check_share("confidence", confidence)
    if not rounding >= 0:
        msg = f"found a rounding of {rounding}; expected 0 points or more"
        raise ValueError(msg)
    df = first.n + second.n - 2
    pooled = sqrt(((first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2) / df)
    correction = small_sample(df)
    apart = second.mean - first.mean
    d = apart / pooled
    spread = (first.n + second.n) / (first.n * second.n) + d**2 / (2 * (first.n + second.n))
    reach = float(special.ndtri((1 + confidence) / 2)) * correction * sqrt(spread)
    g = correction * d
    open_to = correction * 2 * rounding / pooled
    return Standardised(g=g, low=g - reach, high=g + reach, least=g - open_to, most=g + open_to)


def small_sample(df: int) -> float:
    """Return Hedges' exact correction for small groups.

    Args:
        df: Degrees of freedom of the deviation, 2 or more.
    """
    log = special.gammaln(df / 2) - special.gammaln((df - 1) / 2)
    return float(exp(log) / sqrt(df / 2))


def _check(*groups: Summary) -> None:
    for one in groups:
        _check_one(one)
    if not any(one.sd for one in groups):
        msg = "found no spread in any group; expected a standard deviation above 0"
        raise ValueError(msg)


def _check_one(group: Summary) -> None:
    if not (isfinite(group.mean) and isfinite(group.sd) and group.sd >= 0):
        msg = (
            f"found mean {group.mean} and standard deviation {group.sd}; expected finite numbers, "
            "the second 0 or more"
        )
        raise ValueError(msg)
    if group.n < FEWEST:
        msg = f"found a group of {group.n}; expected {FEWEST} people or more"
        raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """The change of the same people between two points.

    Attributes:
        change: Mean change, in points, with its t interval.
        low: Lower end.
        high: Upper end.
        g: Hedges' g_av: the change over the average standard deviation of the two points.
        g_low: Lower end.
        g_high: Upper end.
        n: People with both.
    """

    change: float
    low: float
    high: float
    g: float
    g_low: float
    g_high: float
    n: int


def paired_summary(change: Summary, average: float, *, confidence: float = 0.95) -> Paired:
    """Estimate the mean change of people measured twice from what was printed of it.

    The interval of g is that of the mean change on the standardised scale: the deviation it is
    divided by is taken as known.

    Args:
        change: Mean and standard deviation of the change, and how many people have both scores.
        average: Root mean square of the standard deviations of the two points, above 0.
        confidence: Coverage of the intervals, as a proportion between 0 and 1.

    Raises:
        ValueError: As for ``mean_interval``, or ``average`` is not above 0.

    Source:
        Cumming (2012), Understanding the new statistics, chapter 11, and Lakens (2013), Frontiers
        in Psychology 4, for g_av.
    """
    if not average > 0:
        msg = "found no spread at either point; expected a standard deviation above 0"
        raise ValueError(msg)
    low, high = mean_interval(change, confidence=confidence)
    scale = (small_sample(change.n - 1) if change.n > FEWEST else 1.0) / average
    return Paired(
        change=change.mean,
        low=low,
        high=high,
        g=change.mean * scale,
        g_low=low * scale,
        g_high=high * scale,
        n=change.n,
    )


def mean_interval(group: Summary, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the t interval of a mean, from what was printed of a group.

    Args:
        group: Its mean, standard deviation and number.
        confidence: Coverage, as a proportion between 0 and 1.

    Raises:
        ValueError: A number is not finite, the deviation is negative, there are fewer than two
            people, or ``confidence`` is not between 0 and 1.
    """
    check_share("confidence", confidence)
    _check_one(group)
    reach = float(special.stdtrit(group.n - 1, (1 + confidence) / 2)) * group.sd / sqrt(group.n)
    return group.mean - reach, group.mean + reach


def mean_limits(scores: Floats, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the t interval of a mean.

    Args:
        scores: Shape (people,), two or more, none missing.
        confidence: Coverage, as a proportion between 0 and 1.

    Raises:
        ValueError: There are fewer than two scores, one is missing, or ``confidence`` is not
            between 0 and 1.
    """
    check_share("confidence", confidence)
    if len(scores) < FEWEST or not np.isfinite(scores).all():
        msg = f"found {len(scores)} scores; expected {FEWEST} or more, none missing"
        raise ValueError(msg)
    made = Summary(mean=float(scores.mean()), sd=float(scores.std(ddof=1)), n=len(scores))
    return mean_interval(made, confidence=confidence)
