"""Averages that step over what is missing, without NumPy's warning where all of it is."""

import numpy as np
from numpy.typing import NDArray


def mean_of_present(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over the last axis of the numbers that are there.

    Args:
        values: Any shape (..., k), NaN where missing.

    Returns:
        Means, shape (...), in the unit of the values; NaN where nothing is there.
    """
    present = ~np.isnan(values)
    total = np.where(present, values, 0.0).sum(axis=-1)
    return ratio(total, present.sum(axis=-1))


def weighted_mean_of_present(
    values: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Mean over the last axis of the numbers that are there, each counted by its weight.

    Args:
        values: Any shape (..., k), NaN where missing.
        weights: Not negative, any shape that fits that of the values.

    Returns:
        Means, shape (...), in the unit of the values; NaN where nothing is there.
    """
    counted = np.where(np.isnan(values), 0.0, weights)
    total = (np.where(np.isnan(values), 0.0, values) * counted).sum(axis=-1)
    return ratio(total, counted.sum(axis=-1))


def median_of_present(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Median over the last axis of the numbers that are there.

    Args:
        values: Any shape (..., k), k >= 1, NaN where missing.

    Returns:
        Medians, shape (...), in the unit of the values; NaN where nothing is there.
    """
    ordered = np.sort(values, axis=-1)  # NaN last
    count = (~np.isnan(values)).sum(axis=-1, keepdims=True)
    lower = np.take_along_axis(ordered, np.maximum(count - 1, 0) // 2, axis=-1)
    upper = np.take_along_axis(ordered, count // 2, axis=-1)
    return ((lower + upper) / 2)[..., 0]


def ratio(
    over: NDArray[np.float64], under: NDArray[np.float64] | NDArray[np.int64]
) -> NDArray[np.float64]:
    """Divide, where there is something to divide by.

    Args:
        over: What is divided, any shape.
        under: What it is divided by, same shape.

    Returns:
        Ratios, same shape; NaN where `under` is zero, negative or missing.
    """
    return np.divide(over, under, out=np.full(over.shape, np.nan), where=under > 0)
