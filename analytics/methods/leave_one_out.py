"""Leaving each member out in turn: does one of them carry the answer?"""

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import check_gaps


def without_each(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Repeat the gaps of a group, each time with one member missing.

    Args:
        gaps: One gap per pilot, shape (n,), NaN where missing already.

    Returns:
        Shape (n, n): row i is the group without pilot i, ready for any method that takes
        indicators by pilots.

    Raises:
        ValueError: There is not one dimension, or a gap is infinite.

    Source:
        Quenouille (1956), Notes on bias in estimation, Biometrika 43; here to see the range of
        the answers, not to correct a bias.
    """
    if gaps.ndim != 1:
        msg = f"gaps have shape {gaps.shape}; (pilots,) is expected"
        raise ValueError(msg)
    check_gaps(gaps[None, :])
    left = np.tile(gaps, (len(gaps), 1))
    np.fill_diagonal(left, np.nan)
    return left
