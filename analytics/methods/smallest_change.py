"""The smallest change, the same in every council, that the sign-flip test would see."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

from analytics.methods.checks import check_gaps, check_share
from analytics.methods.signflip import sign_matrix, smallest_p

Floats = NDArray[np.float64]

#: Up to this number of councils every flip is counted; above it, as many flips are drawn.
MOST_ENUMERATED: Final = 12
#: Flips up to their mirror image; the observed one is among them.
MOST_FLIPS: Final = 2 ** (MOST_ENUMERATED - 1)
SEED: Final = 20260401

# A sum of random signs passes x standard deviations at most this many times as often as a normal.
_TAIL: Final = 1 / (4 * special.ndtr(-np.sqrt(2)))
_NEARLY: Final = np.float32(1e-5)
_AT_ONCE: Final = 128  # programmes, so that their flips stay in the processor's cache
_HALVINGS: Final = 11
_BESIDE: Final = 0.015  # how far beside the power asked for the search begins


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallestChange:
    """How large a change must be to be seen with the power asked for.

    Attributes:
        size: In the unit of the changes, not below zero; inf where no size is enough.
        low: Lower end of the 95 % interval for how many programmes were drawn, same unit.
        high: Upper end, likewise; inf where it has none.
    """

    size: float
    low: float
    high: float


def fewest_to_see(alpha: float = 0.05) -> int:
    """How many councils the test needs before any change, however large, gives a p below alpha.

    Args:
        alpha: Level of the test, as a proportion between 0 and 1.

    Raises:
        ValueError: ``alpha`` is not between 0 and 1.
    """
    check_share("alpha", alpha)
    n = 1
    while smallest_p(n) >= alpha:
        n += 1
    return n


def smallest_change(changes: Floats, *, power: float = 0.8, alpha: float = 0.05) -> SmallestChange:
    """Find the change that the sign-flip test would see in a share ``power`` of programmes.

    A change is the same in every council of a programme: a rise in programmes at even places, a
    fall in the others, so that what is found is of neither direction. It is seen where the
    two-sided test gives a p below ``alpha`` and the mean points its way. Each programme has one
    critical change, from which on it is seen: the end of the interval that belongs to its test
    (``flip_interval``). What is asked for is their quantile. Programmes far from it are counted as
    seen or not at two sizes either side of it; the critical changes of those between are halved in.

    Up to 12 councils every flip counts. Above, 2,047 drawn with a fixed seed and the observed one
    stand in for all. A programme whose mean is so far out that its p is below ``alpha`` whatever
    its spread is not flipped.

    Args:
        changes: Change in each council of each programme without any effect, shape (programmes,
            councils), NaN where a council has none.
        power: Chance of seeing the change, as a proportion between 0 and 1.
        alpha: Level of the test, likewise.

    Returns:
        The change, with the order statistics that bound it at 95 % for the number of programmes.

    Raises:
        ValueError: ``changes`` has not two dimensions, holds an infinite number or no programme,
            or a proportion is not between 0 and 1.

    Source:
        Cohen (1988), Statistical power analysis for the behavioral sciences, second edition, for
        power; Hahn and Meeker (1991), Statistical intervals, section 5.2, for the interval of a
        quantile; Bentkus and Dzindzalieta (2015), A tight Gaussian bound for weighted sums of
        Rademacher random variables, Bernoulli 21(2), for what is not flipped.
    """
    check_gaps(changes)
    check_share("power", power)
    if not len(changes):
        msg = f"changes have shape {changes.shape}; at least one programme is expected"
        raise ValueError(msg)
    test = _Test(alpha=alpha, councils=changes.shape[1])
    toward = changes.copy()
    toward[1::2] *= -1
    # Below this many councils no change is seen in a programme, however large.
    able = toward[(~np.isnan(toward)).sum(axis=1) >= fewest_to_see(alpha)]
    rank = int(np.ceil(power * len(changes)))
    aside = 1.96 * np.sqrt(len(changes) * power * (1 - power))
    ranks = [int(np.floor(rank - aside)), rank, int(np.ceil(rank + aside))]
    critical = _ranked(able, [max(one, 1) for one in ranks], test, power)
    low, size, high = (max(one, 0.0) for one in critical)
    return SmallestChange(size=size, low=low, high=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """The test of programmes of so many councils.

    Attributes:
        alpha: Its level.
        councils: In a programme.
    """

    alpha: float
    councils: int

    def sees(self, toward: Floats, shift: float | Floats) -> NDArray[np.bool_]:
        """Whether a change is seen in each programme, shape (programmes,).

        Args:
            toward: Changes without it, in its direction, shape (programmes, councils).
            shift: The change: one for all programmes, or one for each.
        """
        moved = toward + np.reshape(shift, (-1, 1))
        moved[np.isnan(moved)] = 0.0
        total, squares = moved.sum(axis=1), (moved**2).sum(axis=1)
        sure = -special.ndtri(self.alpha / 2 / _TAIL)
        seen = (total > 0) & (total > sure * np.sqrt(squares))
        for part in _parts(np.flatnonzero((total > 0) & ~seen)):
            seen[part] = self._far(moved[part]) < self.alpha
        return seen

    def _far(self, moved: Floats) -> Floats:
        """The p of each programme: the share of flips at least as far out as observed."""
        # Half the usual precision is enough: after a shift no flip ties with the observed one.
        values = moved.astype(np.float32)
        signs = _signs(self.councils)
        sums = np.abs(values @ signs)
        least = np.abs(values.sum(axis=1, keepdims=True)) * (1 - _NEARLY)
        return np.count_nonzero(sums >= least, axis=1) / signs.shape[1]


def _parts(places: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    return [places[at : at + _AT_ONCE] for at in range(0, len(places), _AT_ONCE)]


@lru_cache(maxsize=64)
def _signs(n: int) -> NDArray[np.float32]:
    """Flips of n councils, the observed one first, shape (n, flips)."""
    if n <= MOST_ENUMERATED:
        signs = sign_matrix(n).astype(np.float32)
    else:
        drawn = np.random.default_rng((SEED, n)).integers(0, 2, (n, MOST_FLIPS), dtype=np.int8)
        drawn[:, 0] = 0
        signs = 1 - 2 * drawn.astype(np.float32)
    signs.flags.writeable = False
    return signs


def _ranked(toward: Floats, ranks: list[int], test: _Test, power: float) -> list[float]:
    """Return the critical changes of these ranks, in rising order; inf beyond the last."""
    if len(toward) < ranks[0]:
        return [np.inf] * len(ranks)
    last = min(ranks[-1], len(toward))
    guess = _student(toward, test.alpha)
    low, high = (float(np.quantile(guess, at)) for at in _around(power))
    step = max(high - low, float(np.nanmax(np.abs(toward))) * 1e-6, np.finfo(np.float64).tiny)
    seen = test.sees(toward, low)
    while seen.sum() >= ranks[0]:
        low, high, step = low - step, low, 2 * step
        seen[seen] = test.sees(toward[seen], low)
    left = np.flatnonzero(~seen)
    beyond = test.sees(toward[left], high)
    while seen.sum() + beyond.sum() < last:
        high, step = high + step, 2 * step
        beyond[~beyond] = test.sees(toward[left[~beyond]], high)
    between = np.sort(_halved(toward[left[beyond]], low, high, test))
    before = int(seen.sum())
    return [float(between[rank - before - 1]) if rank <= len(toward) else np.inf for rank in ranks]


def _around(power: float) -> tuple[float, float]:
    return max(power - _BESIDE, 0.0), min(power + _BESIDE, 1.0)


def _student(toward: Floats, alpha: float) -> Floats:
    """From which change on Student's test would see it: where the search begins."""
    n = (~np.isnan(toward)).sum(axis=1)
    spread = np.nanstd(toward, axis=1, ddof=1) / np.sqrt(n)
    return special.stdtrit(n - 1.0, 1 - alpha / 2) * spread - np.nanmean(toward, axis=1)


def _halved(toward: Floats, low: float, high: float, test: _Test) -> Floats:
    """Return the critical change of each programme, not seen at ``low`` and seen at ``high``."""
    ends = np.full(len(toward), low), np.full(len(toward), high)
    for _ in range(_HALVINGS):
        middle = (ends[0] + ends[1]) / 2
        seen = test.sees(toward, middle)
        ends = np.where(seen, ends[0], middle), np.where(seen, middle, ends[1])
    return ends[1]
