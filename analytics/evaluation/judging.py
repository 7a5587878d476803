"""How sure rows of differences are: tested by themselves and together, and judged."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.verdict_columns import (
    CERTAIN,
    CERTAINTY,
    JOINT_BELOW,
    JOINT_FLIPS,
    JOINT_P,
    P_ADJUSTED,
    P_ERROR,
    SMALLEST_ADJUSTED,
    SMALLEST_P,
    P,
)
from analytics.methods.multiplicity import adjust
from analytics.methods.reach import joint_flip_count, reach
from analytics.methods.repeated import adjust_each
from analytics.methods.signflip import sign_flips, simulation_error, smallest_p
from analytics.selection.choices import Adjustment
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty, Judged

Floats = NDArray[np.float64]


def uncounted(frame: pd.DataFrame) -> pd.DataFrame:
    """Say of rows outside any family of tests that the number of tests is not counted.

    Args:
        frame: With ``certain`` and ``certainty``.
    """
    clear, alone = frame[CERTAIN.name] == Certainty.CLEAR, Certainty.UNCOUNTED
    return frame.assign(
        certain=frame[CERTAIN.name].mask(clear, alone.value),
        certainty=frame[CERTAINTY.name].mask(clear, alone.label),
    )


def tests_of(held: Floats, selection: Selection) -> dict[str, object]:
    """Test every row, by itself and together, and say how sure each is.

    Args:
        held: Difference of each pilot, shape (rows, pilots); NaN where missing or not answered.
        selection: Holds the adjustment.

    Returns:
        Columns by name: p-values, what they could be at least, how sure each row is, and how many
        joint sign flips give as many small p-values.
    """
    return {**judged(held, selection).columns, **joint_of(held)}


def joint_of(held: Floats) -> dict[str, object]:
    """Return how many joint sign flips give as many small p-values, as columns by name.

    Args:
        held: Difference of each pilot, shape (rows, pilots); NaN where missing or not answered.
    """
    joint = joint_flip_count(held)
    return {
        JOINT_BELOW.name: joint.below,
        JOINT_P.name: joint.share,
        JOINT_FLIPS.name: joint.flips,
    }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tests:
    """What the tests of some rows gave; every array has shape (rows,).

    Attributes:
        p: Sign-flip test, unadjusted; NaN where there is nothing to test.
        p_error: Its standard error by simulation; 0 where every flip was enumerated.
        adjusted: The same, adjusted over the rows.
        smallest: The smallest p that the pilots of the row could give.
        smallest_adjusted: The same, adjusted.
        certain: How sure each row is.
    """

    p: Floats
    p_error: Floats
    adjusted: Floats
    smallest: list[float]
    smallest_adjusted: Floats
    certain: list[Certainty]

    @property
    def columns(self) -> dict[str, object]:
        """The same as columns by name."""
        return {
            P.name: self.p,
            P_ERROR.name: self.p_error,
            P_ADJUSTED.name: self.adjusted,
            SMALLEST_P.name: self.smallest,
            SMALLEST_ADJUSTED.name: self.smallest_adjusted,
            CERTAINTY.name: [one.label for one in self.certain],
            CERTAIN.name: [one.value for one in self.certain],
        }


def judged(held: Floats, selection: Selection) -> Tests:
    """Test every row, and say how sure each is.

    Args:
        held: Difference of each pilot, shape (rows, pilots); NaN where missing or not answered.
        selection: Holds the adjustment.
    """
    return _judged(held.tobytes(), held.shape[1], selection.adjust)


@lru_cache(maxsize=64)
def _judged(differences: bytes, pilots: int, adjustment: Adjustment) -> Tests:
    """Test the same differences once for all findings that say how sure they are."""
    held = np.frombuffer(differences).reshape(-1, pilots)
    p = sign_flips(held)
    adjusted = adjust(p, held, method=adjustment.value)
    n = np.isfinite(held).sum(axis=1)
    possible = reach(n, method=adjustment.value).smallest
    alone = [smallest_p(int(one)) if one else np.nan for one in n]
    sure = [
        _certainty(*one, adjustment)
        for one in zip(p.tolist(), adjusted.tolist(), alone, possible.tolist(), strict=True)
    ]
    return Tests(
        p=p,
        p_error=simulation_error(p, n),
        adjusted=adjusted,
        smallest=alone,
        smallest_adjusted=possible,
        certain=sure,
    )


def judged_each(
    tables: Floats, at: int, p: Floats, selection: Selection
) -> list[tuple[float, float, Certainty]]:
    """Test one row among its table, in each of several tables that differ in few pilots.

    Args:
        tables: Difference of each pilot, shape (tables, rows, pilots); NaN where missing or not
            answered.
        at: The row.
        p: Its p-values, unadjusted, shape (tables,).
        selection: Holds the adjustment.

    Returns:
        Of each table what ``judged`` says of the row: adjusted p, the smallest it could be, and
        how sure that is.
    """
    method = selection.adjust.value
    adjusted = adjust_each(tables, at, p, method=method)
    found = list[tuple[float, float, Certainty]]()
    for table, each, among in zip(tables, p.tolist(), adjusted.tolist(), strict=True):
        n = np.isfinite(table).sum(axis=1)
        alone = smallest_p(int(n[at])) if n[at] else np.nan
        possible = float(reach(n, method=method).smallest[at])
        found.append((among, possible, _certainty(each, among, alone, possible, selection.adjust)))
    return found


def _certainty(
    p: float, adjusted: float, alone: float, possible: float, adjustment: Adjustment
) -> Certainty:
    return Judged(
        p=p,
        p_adjusted=adjusted,
        smallest_p=alone,
        smallest_adjusted=possible,
        counted=adjustment is not Adjustment.NONE,
    ).certainty
