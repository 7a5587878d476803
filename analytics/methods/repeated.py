"""The tests of a family, made again and again with the gaps of a few pilots changed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import get_blas_funcs

from analytics.methods.checks import check_gaps
from analytics.methods.multiplicity import (
    FEWEST_FOR_T,
    Adjustment,
    adjust,
    factors,
    spreads,
    steps_of,
    strengths_of,
)
from analytics.methods.signflip import (
    BLOCK,
    FLIPS,
    IN_A_BLOCK,
    MOST_ENUMERATED,
    counts,
    drawn_signs,
    flip_count,
    rounding_of,
    sign_flips,
    sign_matrix,
)

Floats = NDArray[np.float64]

(_product,) = get_blas_funcs(("gemm",), dtype=np.float64)


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
        for start in range(0, FLIPS, BLOCK):
            yield signs[:, start : start + BLOCK].astype(np.float64)
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
            _add(more, signs[places], to=sums)
            yield table, sums


def _add(values: Floats, signs: Floats, *, to: Floats) -> None:
    """Add the sums of values under flips to others, where they are: no product of NumPy's can.

    Args:
        values: Shape (pilots, m).
        signs: Shape (pilots, flips).
        to: Shape (m, flips), rows one after the other in memory; written over.
    """
    if len(values):
        _product(1.0, signs.T, values, beta=1.0, c=to.T, overwrite_c=True)


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
    """Return ``max_t`` of one row of every table, shape (v,)."""
    values = np.where(np.isnan(gaps), 0.0, gaps)
    largest = np.abs(values).max(axis=(0, 2), initial=0.0)
    unit = np.where(largest > 0, largest, 1.0)[:, None]  # squares cannot overflow
    gaps, values = gaps / unit, values / unit
    n = (~np.isnan(gaps)).sum(axis=2)
    factor = factors(gaps)
    tables = {
        place: _Steps.of(values[place], n[place], factor[place], at=at, since=values[0])
        for place in np.flatnonzero(n[:, at] >= FEWEST_FOR_T).tolist()
    }
    passed = {place: np.zeros(len(one.least), dtype=np.int64) for place, one in tables.items()}
    for signs in _sign_blocks(gaps.shape[2]):
        first, room = values[0] @ signs, np.empty((gaps.shape[1], signs.shape[1]))
        for place, one in tables.items():
            passed[place] += one.passed(first, signs, room)
    adjusted = np.full(len(gaps), np.nan)
    for place, flips in passed.items():
        adjusted[place] = flips.max() / flip_count(gaps.shape[2])
    return adjusted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Steps:
    """How the indicators of a table are stepped through, up to the one in hand.

    Attributes:
        rows: Those in the family: all that are no stronger than the one in hand, in any order, then
            the stronger ones, from the weakest to the strongest.
        least: The bar of the one in hand and of each stronger one, in that order, squared.
        factor: What the sums of the first table are scaled by, shape (rows,); 0 where most pilots
            have other gaps, so that nothing is left of them.
        spread: What allows for other numbers of pilots, shape (rows,).
        places: Pilots whose gaps are not those of the first table; all where most are not.
        added: What they add to its sums, scaled, shape (places, rows).
    """

    rows: list[int]
    least: list[float]
    factor: list[float]
    spread: list[float]
    places: NDArray[np.intp]
    added: Floats

    @classmethod
    def of(
        cls, values: Floats, n: NDArray[np.int64], factor: Floats, *, at: int, since: Floats
    ) -> "_Steps":
        """Order the indicators of a table.

        Args:
            values: One gap per pilot, shape (m, pilots), 0 where missing.
            n: Pilots of each indicator, shape (m,).
            factor: What flipped sums are scaled by, shape (m,).
            at: Row of the one in hand.
            since: The values of the first table.
        """
        family = np.flatnonzero(n >= FEWEST_FOR_T)
        spread = spreads(n[family])
        sums = values[family].sum(axis=1) * factor[family]
        order, least = steps_of(strengths_of(sums[:, None], spread)[:, 0])
        step = int(np.flatnonzero(family[order] == at)[0])
        bars, rows = least[step::-1], family[order[::-1]]
        moved = values - since
        places = np.flatnonzero(moved.any(axis=0))
        shared = 2 * len(places) <= values.shape[1]
        if not shared:
            moved, places = values, np.arange(values.shape[1])
        return cls(
            rows=rows.tolist(),
            least=(bars * np.abs(bars)).tolist(),
            factor=(factor[rows] * shared).tolist(),
            spread=spread[order[::-1]].tolist(),
            places=places,
            added=(moved[rows][:, places] * factor[rows, None]).T,
        )

    def passed(self, first: Floats, signs: Floats, room: Floats) -> NDArray[np.int64]:
        """Count the flips of a block that reach each bar in any indicator not yet passed.

        Args:
            first: Sums of the first table, shape (m, flips).
            signs: The flips, shape (pilots, flips).
            room: To be written over, shape (m, flips).

        Returns:
            Flips, shape (bars,).
        """
        squares = room[: len(self.rows)]
        for row, factor, scaled in zip(self.rows, self.factor, squares, strict=True):
            np.multiply(first[row], factor, out=scaled)
        _add(self.added, signs[self.places], to=squares)
        np.multiply(squares, squares, out=squares)
        for spread, square in zip(self.spread, squares, strict=True):
            if spread != 1:
                np.divide(square, square * ((spread - 1) / spread) + 1 / spread, out=square)
        weaker = len(self.rows) - len(self.least) + 1
        furthest = squares[:weaker].max(axis=0)
        passed = [np.count_nonzero(furthest >= self.least[0])]
        for square, least in zip(squares[weaker:], self.least[1:], strict=True):
            np.maximum(furthest, square, out=furthest)
            passed.append(np.count_nonzero(furthest >= least))
        return np.array(passed, dtype=np.int64)
