"""Means of groups drawn together, the more so the less each says by itself."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analytics.methods.averages import ratio
from analytics.methods.checks import check_share
from analytics.methods.refusal import NotEstimableError

Floats = NDArray[np.float64]

FEWEST_GROUPS = 2
_STEPS = 500
_CLOSE = 1e-10  # of the mean of the squared standard errors


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialPooling:
    """Empirical-Bayes means of groups.

    Attributes:
        between: Variance between the true means of groups (tau squared, restricted maximum
            likelihood), shape (m,), in the squared unit of the indicator; NaN with fewer than two
            groups.
        mean: Mean of all groups, each weighted by how well it is known, shape (m,).
        mean_low: Lower end of its interval, shape (m,).
        mean_high: Upper end, shape (m,).
        own: How much of a group's own estimate is kept, 0 to 1, shape (m, k).
        estimate: Mean of each group after pooling, shape (m, k).
        low: Lower end of its interval, shape (m, k).
        high: Upper end, shape (m, k).
    """

    between: Floats
    mean: Floats
    mean_low: Floats
    mean_high: Floats
    own: Floats
    estimate: Floats
    low: Floats
    high: Floats


def partial_pooling(
    estimates: Floats, variances: Floats, *, confidence: float = 0.95
) -> PartialPooling:
    """Draw the means of groups towards their common mean.

    A group's true mean is taken to be normal around a common mean with variance tau squared, and
    its estimate normal around its true mean with the variance given:

        own = tau^2 / (tau^2 + variance);  pooled = own x estimate + (1 - own) x common mean

    with the variance own x variance + (1 - own)^2 x variance of the common mean. tau squared is
    taken as known once it is estimated, and with three groups it hardly is: intervals are then
    too narrow, and a tau of zero does not mean that groups are alike.

    Args:
        estimates: Estimate of each group, shape (m indicators, k groups), NaN where missing.
        variances: Its squared standard error, same shape, above 0, NaN where missing.
        confidence: Coverage of the intervals, as a proportion between 0 and 1.

    Returns:
        Variance between groups, common mean, and pooled means with intervals; NaN where a group
        is missing, and everywhere with fewer than two groups.

    Raises:
        ValueError: The shapes are not one (m, k), a number is infinite, a variance is not above
            0, or `confidence` is not between 0 and 1.
        NotEstimableError: The variance between groups does not settle.

    Source:
        Raudenbush and Bryk (1985), Empirical Bayes meta-analysis, Journal of Educational
        Statistics 10(2); Efron and Morris (1975), Data analysis using Stein's estimator and its
        generalizations, Journal of the American Statistical Association 70.
    """
    _check(estimates, variances)
    check_share("confidence", confidence)
    present = ~(np.isnan(estimates) | np.isnan(variances))
    present &= present.sum(axis=1, keepdims=True) >= FEWEST_GROUPS
    y, v = np.where(present, estimates, 0.0), np.where(present, variances, 1.0)
    between = _between(y, v, present)
    weights = np.where(present, 1 / (v + between[:, None]), 0.0)
    mean_variance = ratio(np.ones(len(y)), weights.sum(axis=1))
    mean = (weights * y).sum(axis=1) * mean_variance
    own = np.where(present, between[:, None] / (v + between[:, None]), np.nan)
    pooled = own * y + (1 - own) * mean[:, None]
    z = special.ndtri((1 + confidence) / 2)
    reach = z * np.sqrt(own * v + (1 - own) ** 2 * mean_variance[:, None])
    mean_reach = z * np.sqrt(mean_variance)
    return PartialPooling(
        between=np.where(present.any(axis=1), between, np.nan),
        mean=mean,
        mean_low=mean - mean_reach,
        mean_high=mean + mean_reach,
        own=own,
        estimate=pooled,
        low=pooled - reach,
        high=pooled + reach,
    )


def _between(y: Floats, v: Floats, present: NDArray[np.bool_]) -> Floats:
    """Variance between groups by Fisher scoring of the restricted likelihood, 0 or more; (m,).

    Raises:
        NotEstimableError: It does not settle.
    """
    many = np.maximum(present.sum(axis=1), 1)
    scale = (v * present).sum(axis=1) / many
    centre = (y * present).sum(axis=1) / many
    spread = ((y - centre[:, None]) ** 2 * present).sum(axis=1) / np.maximum(many - 1, 1)
    between = np.maximum(spread - scale, 0.0)
    for _ in range(_STEPS):
        moved = np.maximum(between + _step(y, v + between[:, None], present), 0.0)
        # A step that would overshoot to zero goes only a part of the way.
        moved = np.where((moved == 0) & (between > _CLOSE * scale), between / 4, moved)
        still = (np.abs(moved - between) <= _CLOSE * (scale + between)).all()
        between = moved
        if still:
            return np.where(between <= 2 * _CLOSE * scale, 0.0, between)
    msg = f"The variance between groups did not settle in {_STEPS} steps."
    raise NotEstimableError(msg)


def _step(y: Floats, total: Floats, present: NDArray[np.bool_]) -> Floats:
    """(sum (w r)^2 - trace P) / trace PP, where P takes the weighted mean out; shape (m,).

    w is 1 / total variance, and r the residuals from the mean weighted by w.
    """
    w = np.where(present, 1 / total, 0.0)
    one, two, three = ((w**k).sum(axis=1) for k in (1, 2, 3))
    residual = np.where(present, y - ratio((w * y).sum(axis=1), one)[:, None], 0.0)
    score = ((w * residual) ** 2).sum(axis=1) - one + ratio(two, one)
    information = two - 2 * ratio(three, one) + ratio(two, one) ** 2
    return np.nan_to_num(ratio(score, information))


def _check(estimates: Floats, variances: Floats) -> None:
    if estimates.ndim != 2 or estimates.shape != variances.shape:  # noqa: PLR2004
        msg = (
            f"estimates {estimates.shape} and variances {variances.shape} must be one shape "
            "(indicators, groups)"
        )
        raise ValueError(msg)
    if np.isinf(estimates).any() or np.isinf(variances).any() or (variances <= 0).any():
        msg = (
            f"estimates are {estimates.tolist()} with variances {variances.tolist()}; finite "
            "numbers, variances above 0, or NaN, are expected"
        )
        raise ValueError(msg)
