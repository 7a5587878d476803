"""How far pilots stand from their statistical neighbours, and how far that has moved."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analytics.methods.averages import (
    mean_of_present,
    median_of_present,
    ratio,
    weighted_mean_of_present,
)
from analytics.methods.checks import ROUNDING, check_gaps, check_share
from analytics.methods.flip_interval import FlipInterval, flip_interval

Average = Literal["mean", "median"]

FEWEST_NEIGHBOURS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparator:
    """What the neighbours of each pilot average.

    Attributes:
        value: Average of the neighbours, shape (m indicators, n pilots, y years), in the unit of
            the indicator; NaN where too few neighbours have a value.
        count: Neighbours with a value, same shape.
        expected: Neighbours listed, shape (n,).
    """

    value: NDArray[np.float64]
    count: NDArray[np.int64]
    expected: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanGap:
    """The average of the pilots' gaps, indicator by indicator; every array has shape (m,).

    Attributes:
        estimate: Mean gap, in the unit of the indicator; NaN where no pilot has one.
        low: Lower end of the interval that belongs to the sign-flip test, same unit; -inf where
            so few pilots cannot bound it (fewer than six at 95 %).
        high: Upper end, likewise; inf where it is not bounded.
        t_low: Lower end of Student's interval, same unit; NaN with fewer than two pilots.
        t_high: Upper end, likewise.
        sd: Standard deviation of the gaps between pilots (n - 1), same unit; NaN likewise.
        n: Pilots with a gap.
        standardised: Mean over standard deviation, times Hedges' exact correction; without
            unit. NaN where the gaps do not vary and with fewer than three pilots: the
            correction is zero for two.
        t_p: Two-sided p-value of the paired t-test; NaN where the gaps do not vary.
    """

    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    t_low: NDArray[np.float64]
    t_high: NDArray[np.float64]
    sd: NDArray[np.float64]
    n: NDArray[np.int64]
    standardised: NDArray[np.float64]
    t_p: NDArray[np.float64]


def comparator(
    values: NDArray[np.float64],
    listed: NDArray[np.int64],
    *,
    average: Average,
    fewest: int = FEWEST_NEIGHBOURS,
    weights: NDArray[np.float64] | None = None,
) -> Comparator:
    """Average the neighbours of each pilot, where enough of them have a value.

    Args:
        values: Indicators of every authority, shape (m indicators, a authorities, y years), in
            the unit of each indicator, NaN where missing.
        listed: Neighbours of each pilot, shape (n pilots, k places), as rows of the authority
            axis; -1 is an empty place.
        average: Mean or median of the neighbours.
        fewest: Neighbours that must have a value; where fewer are listed, all of them must.
        weights: How much each listed neighbour counts in the mean, shape of `listed`; None where
            all count alike.

    Returns:
        The average, how many neighbours it rests on, and how many were listed.

    Raises:
        ValueError: A shape is wrong, there is no place, a row is outside the authority axis or
            listed twice for one pilot, `fewest` is less than one, or the weights do not fit, are
            negative or belong to a median.

    Source:
        Benton, Chamberlain, Wilson and Teeman (2007), The development of the children's
        services statistical neighbour benchmarking model, NFER. That five neighbours must have
        a value is this app's own rule.
    """
    _check_listed(values, listed)
    if fewest < 1:
        msg = f"fewest is {fewest}; at least one neighbour is expected"
        raise ValueError(msg)
    if weights is not None:
        _check_weights(weights, listed, average)
    indicators, authorities, years = values.shape
    # One authority more, without values, stands where -1 points: the last row.
    padded = np.full((indicators, years, authorities + 1), np.nan)
    padded[:, :, :-1] = values.transpose(0, 2, 1)
    neighbours = padded.take(listed, axis=2)
    count = (~np.isnan(neighbours)).sum(axis=3)
    expected = (listed >= 0).sum(axis=1)
    enough = count >= np.clip(expected, 1, fewest)
    if weights is None:
        averaged = median_of_present if average == "median" else mean_of_present
        value = np.where(enough, averaged(neighbours), np.nan)
    else:
        value = np.where(enough, weighted_mean_of_present(neighbours, weights), np.nan)
    return Comparator(
        value=value.transpose(0, 2, 1), count=count.transpose(0, 2, 1), expected=expected
    )


def pilot_gaps(pilots: NDArray[np.float64], comparator: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each pilot's gap: itself minus its neighbours, averaged over the years that have both.

    Args:
        pilots: Indicators of the pilots, shape (m indicators, n pilots, y years), NaN = missing.
        comparator: Average of each pilot's neighbours, same shape and unit.

    Returns:
        Gaps, shape (m, n), in the unit of the indicator; NaN where no year has both.

    Raises:
        ValueError: The shapes differ or have not three dimensions.
    """
    return mean_of_present(_yearly_gaps(pilots, comparator))


def pilot_changes(
    pilots: NDArray[np.float64],
    comparator: NDArray[np.float64],
    *,
    pre: NDArray[np.bool_],
    post: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """Each pilot's change in gap: its mean gap after, minus its mean gap before.

    Args:
        pilots: Indicators of the pilots, shape (m indicators, n pilots, y years), NaN = missing.
        comparator: Average of each pilot's neighbours, same shape and unit.
        pre: Which years are before, shape (y,).
        post: Which years are after, shape (y,).

    Returns:
        Changes, shape (m, n), in the unit of the indicator; NaN where either side has no year
        with both figures.

    Raises:
        ValueError: The shapes differ, `pre` and `post` are not one truth per year, or a year is
            in both.

    Source:
        Angrist and Pischke (2009), Mostly harmless econometrics, section 5.2.
    """
    gaps = _yearly_gaps(pilots, comparator)
    for name, years in (("pre", pre), ("post", post)):
        if years.shape != gaps.shape[2:] or years.dtype != np.bool_:
            msg = f"{name} is {years.dtype} {years.shape}; bool {gaps.shape[2:]} is expected"
            raise ValueError(msg)
    if (pre & post).any():
        msg = f"{(pre & post).sum()} years are both before and after; each may be one of them"
        raise ValueError(msg)
    return mean_of_present(gaps[:, :, post]) - mean_of_present(gaps[:, :, pre])


def mean_gap(
    gaps: NDArray[np.float64], *, confidence: float = 0.95, interval: FlipInterval | None = None
) -> MeanGap:
    """Average the pilots' gaps, with the interval of its test, and what readers expect beside it.

    The interval holds every value that the exact sign-flip test does not reject, so that test
    and interval never disagree. Beside it is Student's, with n - 1 degrees of freedom. A spread
    too small to be more than rounding counts as none.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.
        confidence: Coverage of the interval, as a proportion between 0 and 1.
        interval: Its ``flip_interval``, where that is made already.

    Returns:
        Mean gap, interval, spread, standardised gap and p-value of each indicator.

    Raises:
        ValueError: `gaps` has not two dimensions or holds an infinite number, or `confidence`
            is not between 0 and 1.

    Source:
        Canay, Romano and Shaikh (2017), Randomization tests under an approximate symmetry
        assumption, Econometrica 85(3), for the interval; Student (1908), The probable error of a
        mean, Biometrika 6(1); Hedges (1981), Distribution theory for Glass's estimator of effect
        size, Journal of Educational Statistics 6(2), for the correction.
    """
    check_gaps(gaps)
    check_share("confidence", confidence)
    present = ~np.isnan(gaps)
    n = present.sum(axis=1)
    freedom = np.where(n > 1, n - 1.0, np.nan)
    estimate = mean_of_present(gaps)
    squares = np.where(present, gaps - estimate[:, None], 0.0) ** 2
    sd = np.sqrt(squares.sum(axis=1) / freedom)
    largest = np.abs(np.where(present, gaps, 0.0)).max(axis=1, initial=0.0)
    sd = np.where(sd <= ROUNDING * largest, 0.0, sd)
    standard_error = sd / np.sqrt(freedom + 1)
    margin = special.stdtrit(freedom, (1 + confidence) / 2) * standard_error
    t = ratio(estimate, standard_error)
    tested = interval or flip_interval(gaps, confidence=confidence)
    return MeanGap(
        estimate=estimate,
        low=tested.low,
        high=tested.high,
        t_low=estimate - margin,
        t_high=estimate + margin,
        sd=sd,
        n=n,
        standardised=ratio(estimate, sd) * _hedges_correction(n),
        t_p=2 * special.stdtr(freedom, -np.abs(t)),
    )


def _check_listed(values: NDArray[np.float64], listed: NDArray[np.int64]) -> None:
    if values.ndim != 3 or listed.ndim != 2:  # noqa: PLR2004 - the axes named in the message
        msg = (
            f"values {values.shape} and listed {listed.shape}: "
            "(indicators, authorities, years) and (pilots, places) are expected"
        )
        raise ValueError(msg)
    if listed.shape[1] < 1:
        msg = "listed has no places; at least one, which may be empty (-1), is expected"
        raise ValueError(msg)
    authorities = values.shape[1]
    if ((listed < -1) | (listed >= authorities)).any():
        msg = (
            f"neighbours run from {listed.min()} to {listed.max()}; "
            f"0 to {authorities - 1}, or -1 for an empty place, are expected"
        )
        raise ValueError(msg)
    ordered = np.sort(listed, axis=1)
    twice = ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] >= 0)).any(axis=1)
    if twice.any():
        msg = f"pilots in rows {np.flatnonzero(twice).tolist()} list a neighbour twice; once is due"
        raise ValueError(msg)


def _check_weights(
    weights: NDArray[np.float64], listed: NDArray[np.int64], average: Average
) -> None:
    if average != "mean":
        msg = f"weights were given for a {average}; only a mean is weighted"
        raise ValueError(msg)
    if weights.shape != listed.shape or not (weights >= 0).all():
        msg = (
            f"weights have shape {weights.shape}, least {weights.min()}; {listed.shape}, 0 or more"
        )
        raise ValueError(msg)


def _yearly_gaps(
    pilots: NDArray[np.float64], comparator: NDArray[np.float64]
) -> NDArray[np.float64]:
    if pilots.shape != comparator.shape or pilots.ndim != 3:  # noqa: PLR2004
        msg = (
            f"pilots {pilots.shape} and comparator {comparator.shape} "
            "must be one shape (indicators, pilots, years)"
        )
        raise ValueError(msg)
    return pilots - comparator


def _hedges_correction(n: NDArray[np.int64]) -> NDArray[np.float64]:
    """Hedges' J, exact: what makes the standardised mean of n unbiased; NaN below three."""
    half = np.where(n > 2, (n - 1) / 2, np.nan)  # noqa: PLR2004 - J is zero for n = 2
    return np.exp(special.gammaln(half) - special.gammaln(half - 0.5)) / np.sqrt(half)
