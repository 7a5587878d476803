"""Year-on-year jumps in a line of spend: where a return may say more of accounting than of work."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST: Final = 0.5


def jumped(values: Floats) -> NDArray[np.bool_]:
    """Say where a figure moved by more than half from the year before.

    A figure that rises from nothing has jumped; one with no figure the year before has not.

    Args:
        values: Spend, years on the last axis, NaN where missing.

    Returns:
        Same shape; the first year is never a jump.
    """
    before, after = values[..., :-1], values[..., 1:]
    held = np.isfinite(before) & np.isfinite(after)
    moved = np.abs(after - before) > MOST * np.abs(before)
    first = np.zeros((*values.shape[:-1], 1), dtype=np.bool_)
    return np.concatenate([first, held & moved], axis=-1)
