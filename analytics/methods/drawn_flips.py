"""Sign flips that are drawn, where pilots are too many for every flip to be gone through."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Numbers in half the usual precision: enough to say of most flips that they do not matter.
Rough = NDArray[np.float32]
#: Flips, and a place in the order of what belongs to them.
Near = tuple[NDArray[np.intp], int]

#: How many flips are drawn, the one observed among them, and from which seed.
FLIPS: Final = 100_000
SEED: Final = 19350921

_AT_ONCE: Final = 2**12  # flips, so that their sums stay in the processor's cache
_FEW: Final = 2**9  # sums that are sooner added up one by one
_BITS: Final = 64  # of a word drawn: the signs of as many pilots


@lru_cache(maxsize=2)
def drawn_signs(n: int) -> NDArray[np.int8]:
    """Signs drawn for more pilots than are enumerated: one bit each of words of 64 bits.

    The words are drawn pilots by the 64, so that the first 64 have the same signs whatever n.

    Args:
        n: Number of pilots.

    Returns:
        Signs of 1 and -1, shape (n, 100,000), read-only; the first column flips nobody.
    """
    words = np.random.default_rng(SEED).integers(
        0, 2**_BITS - 1, size=(-(-n // _BITS), FLIPS), dtype=np.uint64, endpoint=True
    )
    words[:, 0] = 0  # nobody is flipped in the one observed
    places = np.arange(n)
    shifts = (places % _BITS).astype(np.uint64)
    signs = np.empty((n, FLIPS), dtype=np.int8)
    for place in places.tolist():
        flipped = words[place // _BITS] >> shifts[place] & np.uint64(1)
        signs[place] = 1 - 2 * flipped.astype(np.int8)
    signs.flags.writeable = False
    return signs


def units(values: Floats) -> Floats:
    """Return the largest size in each row, shape (m, 1), and 1 where all are zero.

    Args:
        values: Shape (m, n pilots), none missing.
    """
    largest = np.abs(values).max(axis=1, initial=0.0)[:, None]
    return np.where(largest > 0, largest, 1.0)


def rough_sums(values: Floats) -> Iterator[tuple[slice, Rough]]:
    """Go through the sums of values under the flips, roughly, block by block.

    Args:
        values: One number per pilot, none above 1 in size, shape (m, n pilots).

    Yields:
        Which flips, and their sums, no further off than ``roughness``, shape (m, flips), to be
        written over at will.
    """
    single, signs = values.astype(np.float32), drawn_signs(values.shape[1])
    for start in range(0, FLIPS, _AT_ONCE):
        flips = slice(start, start + _AT_ONCE)
        yield flips, single @ signs[:, flips].astype(np.float32)


def rough_table(values: Floats) -> Rough:
    """Return the sums of ``rough_sums`` under all flips, shape (m, 100,000)."""
    table = np.empty((len(values), FLIPS), dtype=np.float32)
    for flips, sums in rough_sums(values):
        table[:, flips] = sums
    return table


def roughness(values: Floats) -> Floats:
    """Bound how far off ``rough_sums`` are, and a little more, shape (m,).

    Args:
        values: Those of ``rough_sums``, shape (m, n pilots).

    Source:
        Higham (2002), Accuracy and stability of numerical algorithms, second edition, section 3.1:
        a sum of n numbers, in whatever order, is off by n units of rounding of the sum of their
        sizes. Eight more are for numbers and bars that are rounded themselves.
    """
    about = np.finfo(np.float32)
    return (values.shape[1] + 8) * about.eps / 2 * np.abs(values).sum(axis=1) + about.tiny


def exact_sums(values: Floats, rows: NDArray[np.intp], flips: NDArray[np.intp]) -> Floats:
    """Add up rows of values under some of the flips, in the order of the pilots.

    Args:
        values: One number per pilot, shape (m, n pilots), none missing.
        rows: Of ``values``, one for each sum.
        flips: Likewise.

    Returns:
        Sums, shape of ``rows``.
    """
    signs, sums = drawn_signs(values.shape[1]), np.empty(len(rows))
    for start in range(0, len(rows), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        signed = values[rows[part]].T * signs[:, flips[part]]
        sums[part] = np.add.accumulate(signed, axis=0)[-1]
    return sums


def count_far(values: Floats, least: Floats) -> NDArray[np.int64]:
    """Count the flips whose sum is at least so far from zero.

    Sums that are too near to that for ``rough_sums`` are made again, exactly.

    Args:
        values: One number per pilot, shape (m, n pilots), none missing.
        least: Above 0, shape (m,).

    Returns:
        Shape (m,).
    """
    unit = units(values)
    off = roughness(values / unit)[:, None]
    surely, at_most = ((least[:, None] / unit + one).astype(np.float32) for one in (off, -off))
    far = np.zeros(len(values), dtype=np.int64)
    for flips, sums in rough_sums(values / unit):
        sizes = np.abs(sums, out=sums)
        reached = sizes >= at_most
        far += counts(reached)
        rows, places = np.divmod(np.flatnonzero(reached & (sizes < surely)), sizes.shape[1])
        if len(rows) < _FEW:
            exact = exact_sums(values, rows, flips.start + places)
        else:  # many are tied
            signs = drawn_signs(values.shape[1])[:, flips].astype(np.float64)
            exact = (values @ signs)[rows, places]
        short = np.abs(exact) < least[rows]
        far -= np.bincount(rows[short], minlength=len(values))
    return far


def counts(truths: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Count what is true in each row, shape (m, k), faster than NumPy does along an axis."""
    return np.array([np.count_nonzero(row) for row in truths], dtype=np.int64)


def near_place(rough: Rough, place: int, off: float) -> Near:
    """Find the numbers among which that in a place of their order is.

    Args:
        rough: Numbers, roughly, shape (flips,).
        place: Place in the order of the exact numbers, from 0 for the smallest.
        off: How far from the exact one each may be.

    Returns:
        Flips, and the place in the order of their numbers alone; all that are smaller than those
        of these flips roughly are smaller exactly.
    """
    ordered = np.partition(rough, place)
    guess = float(ordered[place])  # no further off than its numbers
    low, high = guess - 2 * off, guess + 2 * off
    (near,) = ((rough >= low) & (rough <= high)).nonzero()
    return near, int(np.count_nonzero(ordered[:place] >= low))
