"""What a difference could be, where its sides are known to lie within limits."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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
