"""What every method asks of the numbers it is given."""

import numpy as np
from numpy.typing import NDArray

ROUNDING = 1e-12  # as a share of the largest gap: numbers closer than this count as equal


def check_gaps(gaps: NDArray[np.float64]) -> None:
    """Refuse gaps that are not a table of indicators by pilots.

    Args:
        gaps: Shape (m indicators, n pilots), NaN where a pilot is missing.

    Raises:
        ValueError: There are not two dimensions, or a gap is infinite.
    """
    if gaps.ndim != 2:  # noqa: PLR2004 - indicators by pilots
        msg = f"gaps have shape {gaps.shape}; (indicators, pilots) is expected"
        raise ValueError(msg)
    if np.isinf(gaps).any():
        msg = f"{np.isinf(gaps).sum()} gaps are infinite; finite numbers, or NaN, are expected"
        raise ValueError(msg)


def check_share(name: str, share: float) -> None:
    """Refuse a level of confidence, error or power that is not strictly between 0 and 1.

    Args:
        name: What the share is, as the message will call it.
        share: The number to check.

    Raises:
        ValueError: The share is not between 0 and 1.
    """
    if not 0 < share < 1:
        msg = f"{name} is {share}; a number between 0 and 1 is expected"
        raise ValueError(msg)


def check_amounts(name: str, numbers: NDArray[np.float64]) -> None:
    """Refuse numbers that cannot be amounts.

    Args:
        name: What the numbers are, in the plural, as the message will call them.
        numbers: Any shape, NaN where unknown.

    Raises:
        ValueError: A number is negative or infinite.
    """
    wrong = (numbers < 0) | np.isinf(numbers)
    if wrong.any():
        msg = f"{name} hold {numbers[wrong][0]}; 0 or more, or NaN, is expected"
        raise ValueError(msg)


def check_counts(name: str, numbers: NDArray[np.float64]) -> None:
    """Refuse numbers that cannot count anything.

    Args:
        name: What the numbers are, in the plural, as the message will call them.
        numbers: Any shape, NaN where unknown.

    Raises:
        ValueError: A number is negative, infinite or not whole.
    """
    check_amounts(name, numbers)
    parts = numbers[np.mod(numbers, 1) > 0]
    if parts.size:
        msg = f"{name} hold {parts[0]}; whole numbers are expected"
        raise ValueError(msg)
