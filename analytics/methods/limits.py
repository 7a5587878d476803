"""Confidence limits of a rate or a share, from its counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analytics.methods.checks import check_amounts, check_counts, check_share

EXACT_BELOW = 10
RATE_METHOD = "exact Poisson below a count of 10, Byar's approximation from 10"
SHARE_METHOD = "Wilson's score interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The two ends of a confidence interval.

    Attributes:
        low: Lower ends, in the unit of what was estimated; NaN where it is not known.
        high: Upper ends, same shape and unit.
        method: How they were found, in words for the reader.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    method: str


def rate_limits(
    count: NDArray[np.float64] | float,
    population: NDArray[np.float64] | float,
    *,
    per: float = 10_000,
    confidence: float = 0.95,
) -> Limits:
    """Limits of a rate: how far chance alone could move a count of this size.

    Args:
        count: Events counted, any shape, NaN where unknown.
        population: Children they are counted among, same shape, NaN where unknown.
        per: Children the rate is expressed per.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Limits per `per` children, in the shape of `count` (() for single numbers); NaN where
        either is unknown or the population is zero.

    Raises:
        ValueError: The shapes differ, a count is negative, infinite or not whole, a population
            is negative or infinite, `per` is not above 0, or `confidence` is not between 0
            and 1.

    Source:
        Eayres (2008), Commonly used public health statistics and their confidence intervals,
        APHO Technical Briefing 3; Garwood (1936), Fiducial limits for the Poisson distribution,
        Biometrika 28, for the exact limits; Breslow and Day (1987), Statistical methods in
        cancer research volume II, page 69, for Byar's approximation.
    """
    check_share("confidence", confidence)
    if not per > 0:
        msg = f"per is {per}; a number of children above 0 is expected"
        raise ValueError(msg)
    counted, children = _checked(count, population)
    known = ~np.isnan(counted) & (children > 0)
    events = np.where(known, counted, 0.0)
    scale = per / np.where(known, children, np.nan)
    tail = (1 - confidence) / 2
    exact = events < EXACT_BELOW
    low = np.where(exact, _exact_low(events, tail), _byar(np.maximum(events, 1), tail, -1))
    high = np.where(exact, special.gammainccinv(events + 1, tail), _byar(events + 1, tail, 1))
    return Limits(low=low * scale, high=high * scale, method=RATE_METHOD)


def share_limits(
    count: NDArray[np.float64] | float,
    base: NDArray[np.float64] | float,
    *,
    confidence: float = 0.95,
) -> Limits:
    """Limits of a share: how far chance alone could move it in a group of this size.

    Args:
        count: Those who count, any shape, NaN where unknown.
        base: Those they are counted among, same shape, NaN where unknown.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Limits as proportions from 0 to 1, in the shape of `count` (() for single numbers); NaN
        where either is unknown or the base is zero.

    Raises:
        ValueError: The shapes differ, a number is negative, infinite or not whole, a count is
            more than its base, or `confidence` is not between 0 and 1.

    Source:
        Wilson (1927), Probable inference, the law of succession, and statistical inference,
        Journal of the American Statistical Association 22; Newcombe (1998), Two-sided
        confidence intervals for the single proportion, Statistics in Medicine 17, method 3.
    """
    check_share("confidence", confidence)
    counted, bases = _checked(count, base)
    check_counts("bases", bases)
    if (counted > bases).any():
        msg = f"{(counted > bases).sum()} counts are more than their base; at most all is expected"
        raise ValueError(msg)
    known = ~np.isnan(counted) & (bases > 0)
    n = np.where(known, bases, np.nan)
    z = special.ndtri((1 + confidence) / 2)
    centre = counted + z**2 / 2
    reach = z * np.sqrt(counted * (n - counted) / n + z**2 / 4)
    low = np.where(counted == 0, 0 * n, (centre - reach) / (n + z**2))
    high = np.where(counted == n, 1.0, (centre + reach) / (n + z**2))
    return Limits(low=low, high=high, method=SHARE_METHOD)


def _checked(
    count: NDArray[np.float64] | float, base: NDArray[np.float64] | float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    counted = np.asarray(count, dtype=np.float64)
    bases = np.asarray(base, dtype=np.float64)
    if counted.shape != bases.shape:
        msg = f"counts {counted.shape} and what they are among {bases.shape} must be one shape"
        raise ValueError(msg)
    check_amounts("populations or bases", bases)
    check_counts("counts", counted)
    return counted, bases


def _exact_low(events: NDArray[np.float64], tail: float) -> NDArray[np.float64]:
    """The Poisson mean under which so many events, or more, have the chance `tail`."""
    return np.where(events > 0, special.gammaincinv(np.maximum(events, 1), tail), 0.0)


def _byar(events: NDArray[np.float64], tail: float, side: int) -> NDArray[np.float64]:
    z = special.ndtri(1 - tail)
    return events * (1 - 1 / (9 * events) + side * z / (3 * np.sqrt(events))) ** 3
