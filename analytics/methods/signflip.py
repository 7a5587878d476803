"""Exact sign-flip test: could the gaps as well have pointed the other way?"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import ROUNDING, check_gaps

MOST_PILOTS = 20  # about a million flips; beyond it enumeration is no longer quick


def sign_flips(gaps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Test, exactly, whether the gaps of every indicator centre on zero.

    Every assignment of signs to the pilots that an indicator has is enumerated, so the p-value has
    no sampling error; with n pilots it cannot be smaller than 2 / 2**n. It is the share of flips
    whose mean is at least as far from zero as the one observed, give or take rounding (1e-12 of
    the largest gap).

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), n <= 20, NaN where missing.

    Returns:
        Two-sided exact p-values, shape (m,); NaN where no pilot is present.

    Raises:
        ValueError: `gaps` has not two dimensions, holds an infinite number or has more than
            20 pilots.

    Source:
        Fisher (1935), The Design of Experiments, section 21.
    """
    check_gaps(gaps)
    missing = np.isnan(gaps)
    filled = np.where(missing, 0.0, gaps)
    # A missing pilot adds nothing under either sign: every flip of the others is counted
    # equally often, and the share is that of the pilots present.
    sums = np.abs(filled @ sign_matrix(gaps.shape[1]))
    nearly = ROUNDING * np.abs(filled).max(axis=1, initial=0.0)
    # The mean of k pilots is compared with a tolerance, so their sum is with k times as much.
    least = sums[:, :1] - (nearly * (~missing).sum(axis=1))[:, None]
    return np.where(missing.all(axis=1), np.nan, (sums >= least).mean(axis=1))


def smallest_p(n: int) -> float:
    """The smallest two-sided p-value that n pilots can give.

    Args:
        n: Number of pilots, at least 1.

    Returns:
        2 / 2**n: the observed signs and their mirror image, among all.

    Raises:
        ValueError: There is no pilot.
    """
    if n < 1:
        msg = f"{n} pilots cannot be flipped; at least 1 is expected"
        raise ValueError(msg)
    return 2.0 ** (1 - n)


@lru_cache(maxsize=MOST_PILOTS)
def sign_matrix(n: int) -> NDArray[np.float64]:
    """Every assignment of signs to n pilots, up to its mirror image.

    A flip and its mirror image give the same size of mean, so that half of the 2**n flips, those
    that leave the first pilot as it is, give the shares of all.

    Args:
        n: Number of pilots, 0 to 20.

    Returns:
        Signs of 1 and -1, shape (n, 2**(n - 1)), read-only; the first column flips nobody.

    Raises:
        ValueError: `n` is more than 20.
    """
    if n > MOST_PILOTS:
        msg = (
            f"{n} pilots have too many sign flips to enumerate; at most {MOST_PILOTS} are expected"
        )
        raise ValueError(msg)
    flips = np.arange(2 ** max(n - 1, 0))
    flipped = flips >> np.arange(n)[::-1, None] & 1
    signs = 1.0 - 2.0 * flipped
    signs.flags.writeable = False
    return signs
