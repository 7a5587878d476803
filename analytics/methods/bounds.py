"""What a mean could be, where some of its values are hidden but known to lie within limits."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.averages import mean_of_present

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The smallest and largest mean that the hidden values allow; every array has shape (...).

    Attributes:
        low: Smallest mean, in the unit of the values; -inf where a hidden value has no least,
            NaN where there is no value at all, known or hidden.
        high: Largest mean, likewise; inf where a hidden value has no most.
        known: Values that are known.
        hidden: Values that are hidden and have limits.
    """

    low: Floats
    high: Floats
    known: NDArray[np.int64]
    hidden: NDArray[np.int64]


def mean_bounds(values: Floats, least: Floats, most: Floats) -> Bounds:
    """Bound a mean by the smallest and largest values that hidden ones can have.

    Nothing is assumed of the hidden values but their limits, so the bounds are the narrowest that
    are certain. They are no confidence interval: they say what suppression leaves open, not what
    chance does. A gap is bounded the same way, by its own smallest and largest possible values
    (see `difference_bounds`).

    Args:
        values: The values, shape (..., n), NaN where hidden or missing.
        least: Smallest possible value of each hidden one, same shape, -inf where there is none;
            NaN where a value is missing for another reason and is left out. Not used where the
            value is known.
        most: Largest possible value, likewise, inf where there is none.

    Returns:
        Bounds of the mean over the last axis.

    Raises:
        ValueError: The shapes differ or have no axis, a value is infinite, a hidden value has one
            limit only, or its least is more than its most.

    Source:
        Horowitz and Manski (2000), Nonparametric analysis of randomized experiments with missing
        covariate and outcome data, Journal of the American Statistical Association 95;
        Manski (1989), Anatomy of the selection problem, Journal of Human Resources 24(3).
    """
    hidden = _hidden(values, least, most)
    return Bounds(
        low=mean_of_present(np.where(hidden, least, values)),
        high=mean_of_present(np.where(hidden, most, values)),
        known=(~np.isnan(values)).sum(axis=-1),
        hidden=hidden.sum(axis=-1),
    )


def difference_bounds(
    first: tuple[Floats, Floats], second: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Bound a difference whose two sides are bounded and free of each other.

    Args:
        first: Smallest and largest possible value, any shape.
        second: The same of what is subtracted, same shape.

    Returns:
        Smallest and largest possible difference; NaN where a side is not known.

    Raises:
        ValueError: The shapes differ, or a least is more than its most.
    """
    shapes = {one.shape for one in (*first, *second)}
    if len(shapes) > 1 or any((low > high).any() for low, high in (first, second)):
        msg = (
            f"limits have shapes {sorted(shapes)}; one shape, and the least at most the most, are "
            "expected"
        )
        raise ValueError(msg)
    return first[0] - second[1], first[1] - second[0]


def _hidden(values: Floats, least: Floats, most: Floats) -> NDArray[np.bool_]:
    if not values.shape == least.shape == most.shape or not values.ndim:
        msg = (
            f"values {values.shape}, least {least.shape} and most {most.shape} must be one shape "
            "(..., n)"
        )
        raise ValueError(msg)
    if np.isinf(values).any():
        msg = f"{np.isinf(values).sum()} values are infinite; finite numbers, or NaN, are expected"
        raise ValueError(msg)
    unknown = np.isnan(values)
    one_sided = unknown & (np.isnan(least) != np.isnan(most))
    crossed = unknown & (least > most)
    if one_sided.any() or crossed.any():
        msg = (
            f"{one_sided.sum()} hidden values have one limit and {crossed.sum()} a least above "
            "their most; both limits in order, or NaN for both, are expected"
        )
        raise ValueError(msg)
    return unknown & ~np.isnan(least)
