"""Is a gap too small to matter? Two one-sided sign-flip tests at a margin."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import check_gaps, check_share
from analytics.methods.flip_interval import FlipInterval, flip_interval
from analytics.methods.signflip import by_enumeration, rounding_of, upper_shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalence:
    """Whether differences of a margin or more are ruled out; every array has shape (m,).

    Attributes:
        p: The larger p of the two one-sided tests; NaN where there is no pilot or no margin.
        low: Lower end of the interval of 1 - 2 alpha, in the unit of the indicator.
        high: Upper end, likewise.
        ruled_out: Differences larger than this in size, either way, are ruled out at the level
            alpha, same unit; inf where so few pilots rule nothing out, NaN where there is none.
    """

    p: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    ruled_out: NDArray[np.float64]


def equivalence(
    gaps: NDArray[np.float64],
    margin: NDArray[np.float64],
    *,
    alpha: float = 0.05,
    interval: FlipInterval | None = None,
) -> Equivalence:
    """Test whether the mean gap is smaller in size than a margin, by sign flips.

    Two null hypotheses are tested, each by one-sided sign flips: that the mean gap
    is the margin or more (the gaps less the margin should then not be so low), and that it is
    minus the margin or less. Both must be rejected, so the larger p counts, and two tests
    need no adjustment. A one-sided p is half the two-sided one on its side, so that p is
    below alpha exactly where the interval of 1 - 2 alpha (90 % for 5 %) lies strictly between
    minus the margin and the margin. With fewer than five pilots a one-sided p cannot be below
    5 %: 1 / 2**4 = 0.0625.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.
        margin: The smallest difference that would matter, above 0, shape (m,), in the unit of
            each indicator; NaN where there is none.
        alpha: Level of each one-sided test, as a proportion between 0 and a half.
        interval: The ``flip_interval`` of 1 - 2 alpha, where that is made already.

    Returns:
        p, interval, and the difference that is ruled out, which needs no margin.

    Raises:
        ValueError: `gaps` has not two dimensions or holds an infinite number, the margins do not
            fit or are not above 0 and finite, or `alpha` is not between 0 and a half.

    Source:
        Schuirmann (1987), A comparison of the two one-sided tests procedure and the power
        approach for assessing the equivalence of average bioavailability, Journal of
        Pharmacokinetics and Biopharmaceutics 15(6); Lakens (2017), Equivalence tests, Social
        Psychological and Personality Science 8(4). Sign flips instead of t are this app's
        own choice, so that p and interval are those of its other tests.
    """
    check_gaps(gaps)
    check_share("twice alpha", 2 * alpha)
    if margin.shape != gaps.shape[:1] or (margin <= 0).any() or np.isinf(margin).any():
        msg = (
            f"margins are {margin.tolist()}; one above 0, finite or NaN, for each of "
            f"{len(gaps)} indicators is expected"
        )
        raise ValueError(msg)
    interval = interval or flip_interval(gaps, confidence=1 - 2 * alpha)
    low_enough, high_enough = margin[:, None] - gaps, gaps + margin[:, None]
    p = one_sided(np.concatenate([low_enough, high_enough])).reshape(2, -1)
    return Equivalence(
        p=p.max(axis=0),
        low=interval.low,
        high=interval.high,
        ruled_out=np.maximum(np.abs(interval.low), np.abs(interval.high)),
    )


def one_sided(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Test by sign flips whether the mean gap is above zero.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.

    Returns:
        Share of the flips of ``sign_flips`` whose mean is at least as high as the one observed,
        give or take its rounding, shape (m,); NaN where no pilot is present.

    Raises:
        ValueError: `gaps` has not two dimensions or holds an infinite number.

    Source:
        Fisher (1935), The Design of Experiments, section 21.
    """
    check_gaps(gaps)
    p = np.full(len(gaps), np.nan)
    for rows, held in by_enumeration(gaps):
        missing = np.isnan(held)
        filled = np.where(missing, 0.0, held)
        shares = upper_shares(filled, filled.sum(axis=1) - rounding_of(held))
        p[rows] = np.where(missing.all(axis=1), np.nan, shares)
    return p
