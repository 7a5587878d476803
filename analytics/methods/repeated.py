"""The tests of a family, made again and again with the gaps of a few pilots changed."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import check_gaps
from analytics.methods.drawn_flips import FLIPS, counts, drawn_signs
from analytics.methods.multiplicity import (
    FEWEST_FOR_T,
    Adjustment,
    adjust,
    factors,
    max_t,
)
from analytics.methods.signflip import (
    IN_A_BLOCK,
    MOST_ENUMERATED,
    flip_count,
    rounding_of,
    sign_flips,
    sign_matrix,
)
from analytics.methods.step_down import Steps, add_sums

Floats = NDArray[np.float64]
_DRAWN_AT_ONCE: Final = 2**13  # flips, so that the sums of a table stay in the processor's cache


def adjust_each(gaps: Floats, at: int, p: Floats, *, method: Adjustment) -> Floats:
    """Adjust the p-value of one indicator over its family, in each of several tables of gaps.

    Each number is that of ``sign_flips`` and ``adjust`` for the table alone. Where flips are
    drawn, the sums of the first table are made once: those of another are what its changed pilots
    add to them.

    Args:
        gaps: Tables, shape (v, m indicators, n pilots), NaN where missing.
        at: Row of the indicator.
        p: Its p-values, unadjusted, shape (v,).
        method: Holm, Benjamini-Hochberg, max-t, or none.

    Returns:
        Its p-values, adjusted over its table, shape (v,).

    Raises:
        ValueError: `gaps` has not three dimensions or holds an infinite number.
    """
    if gaps.ndim != 3:  # noqa: PLR2004 - the axes named in the message
        msg = f"gaps have shape {gaps.shape}; (tables, indicators, pilots) is expected"
        raise ValueError(msg)
    v, m, n = gaps.shape
    rows = gaps.reshape(v * m, n)
    check_gaps(rows)
    if method == "none":
        return p
    if method == "max-t":
        return _max_t_each(gaps, at)
    every = (sign_flips(rows) if n <= MOST_ENUMERATED else _drawn_p(gaps)).reshape(v, m)
    adjusted = [adjust(q, table, method=method)[at] for q, table in zip(every, gaps, strict=True)]
    return np.array(adjusted)


def _sign_blocks(n: int) -> Iterator[Floats]:
    """Go through the flips of ``flipped_sums`` themselves, block by block.

    Args:
        n: Number of pilots.

    Yields:
        Signs of 1 and -1, shape (n, flips of the block), to be read before the next is asked for.
    """
    if n > MOST_ENUMERATED:
        signs = drawn_signs(n)
        for start in range(0, FLIPS, _DRAWN_AT_ONCE):
            yield signs[:, start : start + _DRAWN_AT_ONCE].astype(np.float64)
    elif n <= IN_A_BLOCK:
        yield sign_matrix(n)
    else:
        last = sign_matrix(IN_A_BLOCK)[1:]
        for first in sign_matrix(n - IN_A_BLOCK + 1).T:
            yield np.vstack([np.repeat(first[:, None], last.shape[1], axis=1), last])


def _sums_of_each(values: Floats) -> Iterator[tuple[int, Floats]]:
    """Go through the sums of tables of values under flips that are drawn, block by block.

    Args:
        values: Shape (v, m, n pilots), none missing.

    Yields:
        Which table, and its sums, shape (m, flips of the block), to be written over at will.
    """
    moved = values - values[0]
    changed = [np.flatnonzero(one.any(axis=0)) for one in moved]
    added = [one[:, places].T for one, places in zip(moved, changed, strict=True)]
    for signs in _sign_blocks(values.shape[2]):
        first = values[0] @ signs
        for table, (more, places) in enumerate(zip(added, changed, strict=True)):
            sums = first.copy()
            add_sums(more, signs[places], to=sums)
            yield table, sums


def _drawn_p(gaps: Floats) -> Floats:
    """Return ``sign_flips`` of every row of every table, shape (v * m,), where flips are drawn."""
    v, m, n = gaps.shape
    rows = gaps.reshape(v * m, n)
    filled = np.where(np.isnan(rows), 0.0, rows)
    least = (np.abs(filled.sum(axis=1)) - rounding_of(rows)).reshape(v, m, 1)
    far = np.zeros((v, m), dtype=np.int64)
    for table, sums in _sums_of_each(filled.reshape(v, m, n)):
        far[table] += counts(np.abs(sums, out=sums) >= least[table])
    p = (far / FLIPS).ravel()
    few = (~np.isnan(rows)).sum(axis=1) <= MOST_ENUMERATED  # enumerated all the same
    p[few] = sign_flips(rows[few])
    return p


def _max_t_each(gaps: Floats, at: int) -> Floats:
    """Return ``max_t`` of one row of every table, shape (v,).

    Where flips are drawn, sums are made in half the usual precision; flips that are too near to a
    bar for it are looked at again.
    """
    values = np.where(np.isnan(gaps), 0.0, gaps)
    largest = np.abs(values).max(axis=(0, 2), initial=0.0)
    unit = np.where(largest > 0, largest, 1.0)[:, None]  # squares cannot overflow
    gaps, values = gaps / unit, values / unit
    n, rough = (~np.isnan(gaps)).sum(axis=2), gaps.shape[2] > MOST_ENUMERATED
    factor = factors(gaps)
    tables = {
        place: Steps.of(values[place], n[place], factor[place], at=at, first=values[0], rough=rough)
        for place in np.flatnonzero(n[:, at] >= FEWEST_FOR_T).tolist()
    }
    begun = 0
    for signs in _sign_blocks(gaps.shape[2]):
        block = values[0] @ signs, signs
        first, turned = (one.astype(np.float32) for one in block) if rough else block
        room = np.empty_like(first)
        for one in tables.values():
            one.count(first, turned, room, begun=begun)
        begun += signs.shape[1]
    adjusted = np.full(len(gaps), np.nan)
    for place, one in tables.items():
        if one.tied:
            adjusted[place] = max_t(gaps[place])[at]
        else:
            adjusted[place] = one.total().max() / flip_count(gaps.shape[2])
    return adjusted
