"""Whether a share rises or falls along ordered groups."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The Cochran-Armitage test of a trend in shares.

    Attributes:
        slope: Change of the share for one step of the scores, as a proportion (least squares,
            groups weighted by their size).
        z: Statistic; positive where the share rises with the scores.
        p: Two-sided p.
    """

    slope: float
    z: float
    p: float


def cochran_armitage(count: Floats, base: Floats, scores: Floats) -> Trend:
    """Test whether a share changes in a line along ordered groups.

    With two groups this is the chi-squared test without correction.

    Args:
        count: Those who count in each group, shape (groups,), whole numbers.
        base: Those they are counted among, same shape, 1 or more.
        scores: Place of each group on the line, same shape, not all the same.

    Raises:
        ValueError: Shapes differ, there are fewer than two groups, a count is not a whole number
            from 0 to its base, everybody or nobody counts, or the scores are all the same.

    Source:
        Armitage (1955), Tests for linear trends in proportions and frequencies, Biometrics 11.
    """
    _check(count, base, scores)
    total = base.sum()
    share = count.sum() / total
    apart = scores - (base * scores).sum() / total
    lean = float((apart * count).sum())
    width = float((base * apart**2).sum())
    z = lean / sqrt(share * (1 - share) * width)
    return Trend(slope=lean / width, z=z, p=2 * float(special.ndtr(-abs(z))))


def _check(count: Floats, base: Floats, scores: Floats) -> None:
    if count.ndim != 1 or not count.shape == base.shape == scores.shape or len(count) < 2:  # noqa: PLR2004 (a line needs two)
        msg = (
            f"found counts {count.shape}, bases {base.shape} and scores {scores.shape}; expected "
            "one shape, of two groups or more"
        )
        raise ValueError(msg)
    whole = (count >= 0) & (count <= base) & (np.mod(count, 1) == 0) & (np.mod(base, 1) == 0)
    if not (whole & (base >= 1)).all():
        msg = f"found counts {count} among {base}; expected whole numbers from 0 to each base"
        raise ValueError(msg)
    if count.sum() in {0, base.sum()}:
        msg = (
            f"found {count.sum():g} of {base.sum():g}; expected some who count and some who do not"
        )
        raise ValueError(msg)
    if not np.ptp(scores) > 0:
        msg = f"found scores {scores}; expected at least two different ones"
        raise ValueError(msg)
