"""Where one figure is among others: its rank, and whether it is inside their range."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray


class Place(StrEnum):
    """Where a figure is against the range of others."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A figure against the range of others.

    Attributes:
        place: Where it is; on an end of the range it is within.
        low: Lowest of the others, in the unit of the figure; NaN where none is known.
        high: Highest of the others.
    """

    place: Place
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """A figure in the order of all.

    Attributes:
        rank: 1 for the highest; NaN where the figure is missing.
        of: How many figures were ranked.
    """

    rank: float
    of: int


def place(value: float, others: NDArray[np.float64]) -> Standing:
    """Say whether a figure is inside the range of others.

    Args:
        value: The figure; NaN where missing.
        others: Figures of others in the same unit, shape (n,), NaN where missing.

    Returns:
        Its place, and the range.
    """
    known = others[np.isfinite(others)]
    if not len(known):
        return Standing(place=Place.UNKNOWN, low=np.nan, high=np.nan)
    low, high = float(known.min()), float(known.max())
    if np.isnan(value):
        return Standing(place=Place.UNKNOWN, low=low, high=high)
    where = Place.BELOW if value < low else Place.ABOVE if value > high else Place.WITHIN
    return Standing(place=where, low=low, high=high)


def rank(value: float, everyone: NDArray[np.float64]) -> Rank:
    """Rank a figure among all, the highest first.

    Args:
        value: The figure, one of ``everyone``; NaN where missing.
        everyone: Every figure, shape (n,), NaN where missing.

    Returns:
        Its rank, shared by equal figures, and how many were ranked.
    """
    known = everyone[np.isfinite(everyone)]
    if np.isnan(value):
        return Rank(rank=np.nan, of=len(known))
    return Rank(rank=1 + int((known > value).sum()), of=len(known))


def expected_outside(sizes: NDArray[np.float64]) -> float:
    """Return how many figures of one more council of the same kind are outside the ranges.

    Args:
        sizes: How many others each range is of, shape (m,), each at least 1.

    Returns:
        The expected number, 0 to m: the sum of 2 / (n + 1). It holds however the figures hang
        together, for expectations add up.

    Source:
        By exchangeability: each of n + 1 figures is as likely to be the lowest as any other, and
        to be the highest; ties make it fewer. Wilks (1941), Determination of sample sizes for
        setting tolerance limits, Annals of Mathematical Statistics 12.
    """
    # Of two figures, each is the lowest or the highest: with n = 1 the sum is 1.
    return float((2 / (sizes + 1)).sum())
