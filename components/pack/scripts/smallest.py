"""The smallest change, the same in every council, that the sign-flip test would see."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from figures import Floats
from numpy.typing import NDArray
from scipy import special

SEED = 20260401
POWER, LEVEL = 0.8, 0.05
FEWEST_SEEN = 6  # councils below which no change gives a p below the level
MOST_ENUMERATED = 12
FLIPS = 2**11
ROUNDING = 1e-12
AT_ONCE = 500  # programmes
HALVINGS = 16


def smallest_change(changes: Floats) -> tuple[float, float, float]:
    """Return the change that the sign-flip test sees in 80 % of programmes, and its interval.

    It is a rise in programmes at even places and a fall in the others, the same in every council.
    Each programme has one change from which on it is seen; theirs are put in order.

    Source:
        Hahn and Meeker (1991), Statistical intervals, section 5.2, for the interval.
    """
    toward = changes * np.where(np.arange(len(changes)) % 2, -1, 1)[:, None]
    rank = int(np.ceil(POWER * len(changes)))
    aside = 1.96 * np.sqrt(len(changes) * POWER * (1 - POWER))
    ranks = [int(np.floor(rank - aside)), rank, int(np.ceil(rank + aside))]
    able = toward[np.isfinite(toward).sum(axis=1) >= FEWEST_SEEN]
    seen_from = _seen_from(able, ranks)
    low, size, high = (
        max(float(seen_from[one - 1]), 0.0) if one <= len(seen_from) else np.inf for one in ranks
    )
    return low, size, high


def _seen_from(toward: Floats, ranks: Sequence[int]) -> Floats:
    """Return from which change on each programme is seen, in order; exact near the ranks."""
    if not len(toward):
        return np.empty(0)
    n = np.isfinite(toward).sum(axis=1)
    spread = np.nanstd(toward, axis=1, ddof=1) / np.sqrt(n)
    guess = np.sort(special.stdtrit(n - 1.0, 1 - LEVEL / 2) * spread - np.nanmean(toward, axis=1))
    at = [min(max(one, 1), len(guess)) - 1 for one in (ranks[0], ranks[-1])]
    low, high = float(guess[at[0]]), float(guess[at[1]])
    step = (high - low) or abs(high) or 1.0
    seen = _sees(toward, np.full(len(toward), low))
    while seen.sum() >= ranks[0]:
        low, step = low - step, 2 * step
        seen = _sees(toward, np.full(len(toward), low))
    beyond = _sees(toward, np.full(len(toward), high))
    while beyond.sum() < min(ranks[-1], len(toward)):
        high, step = high + step, 2 * step
        beyond = _sees(toward, np.full(len(toward), high))
    between = toward[~seen & beyond]
    ends = np.full(len(between), low), np.full(len(between), high)
    for _ in range(HALVINGS):
        middle = (ends[0] + ends[1]) / 2
        found = _sees(between, middle)
        ends = np.where(found, ends[0], middle), np.where(found, middle, ends[1])
    unknown = np.full(int((~beyond).sum()), np.inf)
    return np.concatenate([np.full(int(seen.sum()), low), np.sort(ends[1]), unknown])


def _sees(toward: Floats, shift: Floats) -> NDArray[np.bool_]:
    """Return whether the test sees a change in each programme: p below the level, its way."""
    turns = _signs(toward.shape[1])
    found = np.zeros(len(toward), dtype=bool)
    for at in range(0, len(toward), AT_ONCE):
        moved = np.nan_to_num(toward[at : at + AT_ONCE] + shift[at : at + AT_ONCE, None])
        sums = np.abs(moved @ turns)
        own = moved.sum(axis=1)
        far = (sums >= np.abs(own)[:, None] * (1 - ROUNDING)).mean(axis=1)
        found[at : at + AT_ONCE] = (own > 0) & (far < LEVEL)
    return found


@cache
def _signs(n: int) -> Floats:
    """Return flips of n councils, shape (n, flips): all but mirror images, or so many drawn."""
    if n <= MOST_ENUMERATED:
        return 1.0 - 2.0 * ((np.arange(2 ** (n - 1)) >> np.arange(n)[:, None]) & 1)
    chance = np.random.default_rng((SEED, n))
    turned = chance.integers(0, 2, (n, FLIPS), dtype=np.int8)
    turned[:, 0] = 0
    return 1.0 - 2.0 * turned.astype(np.float64)
