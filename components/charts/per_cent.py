"""Shares of spend as readers say them: in per cent, and their differences in percentage points."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd
from pandas.api.types import is_numeric_dtype

from analytics.text.quantity import Quantity, Scale

UNIT: Final = "% of total spend"
#: Columns of frames that are in the unit of the measure.
IN_UNIT: Final = frozenset((
    "value", "pilots", "comparator", "england", "gap", "low", "high", "t_low", "t_high",
    "level_gap", "gap_same", "before", "after", "change", "comparator_before", "comparator_after",
    "gap_change", "detectable", "ruled_out", "margin", "placebo_low", "placebo_high",
    "bound_low", "bound_high", "estimate", "shift", "observed", "interval_low", "interval_high",
    "mean_first", "mean_second", "own", "error", "mean", "between", "expected_return", "beyond",
    "beyond_low", "beyond_high", "beyond_t_low", "beyond_t_high", "placebo_mean", "placebo_sd",
    "groups_low", "groups_high", "detectable_flip", "detectable_adjusted", "step", "drift",
))  # fmt: skip
OF_ROW: Final = ("unit", "scale")


def in_per_cent(frame: pd.DataFrame, quantity: Quantity) -> tuple[pd.DataFrame, Quantity]:
    """Return what screens show: shares of spend in per cent, everything else as it is.

    Files keep the share in pounds per £1.

    Args:
        frame: Rows of a finding. Where they have units of their own, those that are shares change.
        quantity: What its main values are.
    """
    whole = quantity.scale is Scale.SHARE
    drawn = replace(quantity, unit=UNIT, scale=Scale.PERCENT) if whole else quantity
    rows = frame["scale"].eq(Scale.SHARE.value) if {*OF_ROW} <= {*frame} else None
    if rows is None and not whole:
        return frame, drawn
    if rows is not None and not rows.any():
        return frame, drawn
    chosen = np.ones(len(frame), dtype=np.bool_) if rows is None else rows.to_numpy()
    words = {} if rows is None else dict(zip(OF_ROW, (UNIT, Scale.PERCENT.value), strict=True))
    factor = np.where(chosen, 100.0, 1.0)
    made = {
        name: cells.where(~chosen, words[name]).array
        if name in words
        else factor * cells.to_numpy(np.float64)
        if name in IN_UNIT and is_numeric_dtype(cells)
        else cells.array
        for name, cells in frame.items()
    }
    return pd.DataFrame(made, index=frame.index), drawn
