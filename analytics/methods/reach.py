"""What a family of tests could show at all, and how unusual as many small p-values are."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import check_gaps, check_share
from analytics.methods.drawn_flips import (
    FLIPS,
    exact_sums,
    near_place,
    rough_table,
    roughness,
    units,
)
from analytics.methods.multiplicity import (
    FEWEST_FOR_T,
    Adjustment,
    benjamini_hochberg,
    holm,
)
from analytics.methods.signflip import (
    FLIPS_AT_ONCE,
    MOST_ENUMERATED,
    flip_count,
    flipped_sums,
    rounding_of,
    sign_flips,
    smallest_p,
)

_ROWS_AT_ONCE: Final = 255  # that a byte can count


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The smallest adjusted p that is possible for each indicator; every array has shape (m,).

    Attributes:
        smallest: Where every indicator of the family is at the smallest p that its pilots can
            give. No figures can give less: an adjusted p never falls when another p rises. NaN
            where the indicator is out of the family.
        alone: Where only this one is, and all others have p = 1; NaN likewise.
    """

    smallest: NDArray[np.float64]
    alone: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class JointFlips:
    """How many indicators are below a level, and how often flips give as many.

    Attributes:
        tested: Indicators with a pilot.
        below: Those of them whose unadjusted p is below the level.
        expected: How many are on average over all flips, if nothing is there.
        share: Flips, as a proportion of all, in which at least as many are below it; every flip
            turns a pilot round in all its indicators at once.
        flips: How many flips there are.
    """

    tested: int
    below: int
    expected: float
    share: float
    flips: int


def reach(n: NDArray[np.int64], *, method: Adjustment) -> Reach:
    """Find the smallest adjusted p-values that numbers of pilots and a family can give.

    One test of n pilots cannot go below s = 2 / 2**n, or, above twenty pilots, where flips are
    drawn, below one flip of them all. Over a family of m with n pilots each:

    - none: s.
    - Holm: m s, at most 1, whether the others are at their smallest or not; the smallest of all
      is multiplied by m.
    - Benjamini-Hochberg: s where all m are at their smallest (m s over the rank m); m s where
      this one alone is.
    - max-T by joint flips: s. The observed signs and their mirror image always give as large a
      |t| as was observed, and it is possible that no other flip does.

    Numbers of pilots may differ: each indicator then has its own s, and all are adjusted
    together.

    Args:
        n: Pilots of each indicator, shape (m,); an indicator with none (with max-T: with fewer
            than two) is out of the family.
        method: Holm, Benjamini-Hochberg, max-T, or none.

    Returns:
        Smallest adjusted p-values. Where the smallest is not below the level of the test, the
        choice cannot show anything for that indicator.

    Raises:
        ValueError: `n` has not one dimension, or a number of pilots is negative.

    Source:
        Holm (1979), Scandinavian Journal of Statistics 6(2); Benjamini and Hochberg (1995),
        Journal of the Royal Statistical Society B 57(1); Westfall and Young (1993),
        Resampling-based multiple testing. That adjusted p-values are monotone in each p follows
        from their definitions.
    """
    if n.ndim != 1 or (n < 0).any():
        msg = f"numbers of pilots are {n.tolist()}; one of 0 or more for each indicator is expected"
        raise ValueError(msg)
    inside = n >= (FEWEST_FOR_T if method == "max-t" else 1)
    single = np.array([smallest_p(int(one)) if one else np.nan for one in n], dtype=np.float64)
    single = np.where(inside, single, np.nan)
    times = np.minimum(single * inside.sum(), 1.0)
    if method == "holm":
        return Reach(smallest=holm(single), alone=times)
    if method == "bh":
        return Reach(smallest=benjamini_hochberg(single), alone=times)
    return Reach(smallest=single, alone=single)


def joint_flip_count(gaps: NDArray[np.float64], *, alpha: float = 0.05) -> JointFlips:
    """Count the indicators with p below a level, and the joint flips that give at least as many.

    Because a pilot is turned round in all its indicators at once, indicators that go together
    stay together; the share says how unusual so many small p-values are, where the number
    expected says only how many there are on average. The p of each flip is that of ``sign_flips``
    for the flipped gaps.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.
        alpha: Level of each test, as a proportion between 0 and 1.

    Returns:
        The count and the share.

    Raises:
        ValueError: `gaps` has not two dimensions or holds an infinite number, or `alpha` is not
            between 0 and 1.

    Source:
        Westfall and Young (1993), Resampling-based multiple testing, for joint resampling; the
        count of small p-values as the statistic is the higher criticism of Tukey, as in Donoho
        and Jin (2004), Annals of Statistics 32(3), at one level.
    """
    check_gaps(gaps)
    check_share("alpha", alpha)
    flips = flip_count(gaps.shape[1])
    below = np.zeros(flips, dtype=np.int32)
    tested = gaps[~np.isnan(gaps).all(axis=1)]
    # p of a flip is below alpha where fewer than this many flips are as far out.
    least = int(np.ceil(alpha * flips)) - 1
    parts = max(-(-len(tested) * flips // FLIPS_AT_ONCE), -(-len(tested) // _ROWS_AT_ONCE))
    for part in np.array_split(tested, parts) if parts else ():
        below += _far_out(part, least)
    exact = gaps.shape[1] <= MOST_ENUMERATED
    # Where flips are drawn, an indicator of few pilots has its exact p in the count that is seen.
    alike = exact or ((~np.isnan(tested)).sum(axis=1) > MOST_ENUMERATED).all()
    seen = int(below[0]) if alike else int((sign_flips(tested) < alpha).sum())
    return JointFlips(
        tested=len(tested),
        below=seen,
        expected=float(below.mean()),
        share=float((below >= seen).mean()),
        flips=2 * flips if exact and gaps.shape[1] else flips,
    )


def _far_out(gaps: NDArray[np.float64], least: int) -> NDArray[np.uint8]:
    """Count for each flip the indicators that no more than so many flips move further out.

    Args:
        gaps: One gap per pilot, shape (m, n pilots), at most 255 rows.
        least: Flips.

    Returns:
        Shape (flips,).
    """
    values, near = np.where(np.isnan(gaps), 0.0, gaps), rounding_of(gaps)
    if gaps.shape[1] > MOST_ENUMERATED:
        return _far_out_of_drawn(values, near, least)
    sizes = np.concatenate([np.abs(sums) for sums in flipped_sums(values)], axis=1)
    last = sizes.shape[1] - 1 - least
    bars = np.partition(sizes, last, axis=1)[:, last] + near
    return (sizes > bars[:, None]).sum(axis=0, dtype=np.uint8)


def _far_out_of_drawn(
    values: NDArray[np.float64], near: NDArray[np.float64], least: int
) -> NDArray[np.uint8]:
    """Return the same where flips are drawn: exactly only those that may be at the bar."""
    unit, found = units(values), np.zeros(FLIPS, dtype=np.uint8)
    rough = rough_table(values / unit)
    for row, off in enumerate(roughness(values / unit).tolist()):
        inward = -np.abs(rough[row])
        places, at = near_place(inward, least, off)
        sizes = np.abs(exact_sums(values, np.full(len(places), row), places))
        last = len(places) - 1 - at
        found += inward < inward[places].min()
        found[places] += sizes > np.partition(sizes, last)[last] + near[row]
    return found
