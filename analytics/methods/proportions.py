"""How far apart the shares of two waves are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.averages import ratio
from analytics.methods.limits import share_limits

WAVES = 2
SEPARATE_METHOD = "Newcombe's hybrid score interval for two separate groups"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with the two ends of its confidence interval; all three of one shape and unit.

    Attributes:
        estimate: The figure; NaN where it is not known.
        low: Lower end, NaN likewise.
        high: Upper end, NaN likewise.
        method: How the interval was found, in words for the reader.
    """

    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    method: str


def share_difference(
    counts: NDArray[np.float64], bases: NDArray[np.float64], *, confidence: float = 0.95
) -> Estimate:
    """The share of the second group less that of the first, the groups being separate people.

    Where some people are in both groups and nobody can say who, the interval is as a rule too
    wide, and the caller should say so.

    Args:
        counts: People who count, shape (..., 2) as (first, second), NaN where unknown.
        bases: People they are counted among, same shape, NaN where unknown.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Differences from -1 to 1, shape (...); NaN where a count or base is unknown or a base is
        zero.

    Raises:
        ValueError: The last axis is not two long, the shapes differ, a number is negative,
            infinite or not whole, a count is more than its base, or `confidence` is not
            between 0 and 1.

    Source:
        Newcombe (1998), Interval estimation for the difference between independent proportions,
        Statistics in Medicine 17, pages 873 to 890, method 10.
    """
    if counts.ndim < 1 or counts.shape[-1] != WAVES:
        msg = f"counts have shape {counts.shape}; (..., 2), first and second group, is expected"
        raise ValueError(msg)
    limits = share_limits(counts, bases, confidence=confidence)
    share = ratio(counts, bases)
    below, above = share - limits.low, limits.high - share
    estimate = share[..., 1] - share[..., 0]
    # Square and add what each share's own interval reaches to either side.
    return Estimate(
        estimate=estimate,
        low=estimate - np.sqrt(below[..., 1] ** 2 + above[..., 0] ** 2),
        high=estimate + np.sqrt(above[..., 1] ** 2 + below[..., 0] ** 2),
        method=SEPARATE_METHOD,
    )
