"""How the indicators of a table are stepped through, flip by flip, for tables that are alike."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import get_blas_funcs

from analytics.methods.drawn_flips import drawn_signs, roughness
from analytics.methods.multiplicity import FEWEST_FOR_T, spreads, steps_of, strengths_of

Floats = NDArray[np.float64]
#: In the usual precision, or in half of it.
Numbers = NDArray[np.float32 | np.float64]

_PRODUCTS: Final = {kind: get_blas_funcs(("gemm",), dtype=kind)[0] for kind in "fd"}
_MOST_UNSURE: Final = 2**12  # flips, once for each bar that they are near


def add_sums(values: Numbers, signs: Numbers, *, to: Numbers) -> None:
    """Add the sums of values under flips to others, where they are: no product of NumPy's can.

    Args:
        values: Shape (pilots, m).
        signs: Shape (pilots, flips).
        to: Shape (m, flips), rows one after the other in memory; written over.
    """
    if len(values):
        _PRODUCTS[to.dtype.char](1.0, signs.T, values, beta=1.0, c=to.T, overwrite_c=True)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steps:
    """The steps through a table, up to the indicator in hand, and the flips that pass them.

    Attributes:
        rows: Those in the family: all that are no stronger than the one in hand, in any order, then
            the stronger ones, from the weakest to the strongest.
        least: The bar of the one in hand and of each stronger one, in that order, squared.
        factor: What the sums of the first table are scaled by, shape (rows,); 0 where most pilots
            have other gaps, so that nothing is left of them.
        spread: What allows for other numbers of pilots, shape (rows,).
        places: Pilots whose gaps are not those of the first table; all where most are not.
        added: What they add to its sums, scaled, shape (places, rows).
        values: All gaps of the table, shape (m, pilots).
        scale: What their sums are scaled by, shape (rows,).
        off: How far off a square near each bar may be where sums are rough, or 0.
        passed: Flips so far that surely reach each bar, shape (bars,).
        unsure: Bars, and flips so far that may reach them.
    """

    rows: list[int]
    least: list[float]
    factor: list[float]
    spread: list[float]
    places: NDArray[np.intp]
    added: Numbers
    values: Floats
    scale: Floats
    off: list[float]
    passed: NDArray[np.int64]
    unsure: list[tuple[int, NDArray[np.intp]]] = field(default_factory=list)

    @classmethod
    def of(
        cls, values: Floats, n: NDArray[np.int64], factor: Floats, *, at: int, first: Floats,
        rough: bool,
    ) -> "Steps":  # fmt: skip
        """Order the indicators of a table.

        Args:
            values: One gap per pilot, shape (m, pilots), 0 where missing.
            n: Pilots of each indicator, shape (m,).
            factor: What flipped sums are scaled by, shape (m,).
            at: Row of the one in hand.
            first: The values of the first table.
            rough: Whether sums are made in half the usual precision.
        """
        family = np.flatnonzero(n >= FEWEST_FOR_T)
        spread = spreads(n[family])
        sums = values[family].sum(axis=1) * factor[family]
        order, least = steps_of(strengths_of(sums[:, None], spread)[:, 0])
        step = int(np.flatnonzero(family[order] == at)[0])
        bars, rows = least[step::-1], family[order[::-1]]
        scale, moved = factor[rows], values - first
        places = np.flatnonzero(moved.any(axis=0))
        shared = 2 * len(places) <= values.shape[1]
        if not shared:
            moved, places = values, np.arange(values.shape[1])
        added = moved[rows][:, places] * scale[:, None]
        sizes = np.abs(first[rows]).sum(axis=1) * scale * shared
        return cls(
            rows=rows.tolist(),
            least=(bars * np.abs(bars)).tolist(),
            factor=(scale * shared).tolist(),
            spread=spread[order[::-1]].tolist(),
            places=places,
            added=added.T.astype(np.float32) if rough else added.T,
            values=values,
            scale=scale,
            off=_off(sizes, added, spread, bars) if rough else [0.0] * len(bars),
            passed=np.zeros(len(bars), dtype=np.int64),
        )

    @property
    def tied(self) -> bool:
        """Whether so many flips are near a bar that the table is sooner tested by itself."""
        return sum(len(some) for _, some in self.unsure) > _MOST_UNSURE

    def count(self, first: Numbers, signs: Numbers, room: Numbers, *, begun: int) -> None:
        """Count the flips of a block that reach each bar in any indicator not yet passed.

        Args:
            first: Sums of the first table, shape (m, flips).
            signs: The flips, shape (pilots, flips).
            room: To be written over, shape (m, flips).
            begun: Flips before this block.
        """
        if self.tied:
            return
        sums = room[: len(self.rows)]
        for row, factor, scaled in zip(self.rows, self.factor, sums, strict=True):
            np.multiply(first[row], factor, out=scaled)
        add_sums(self.added, signs[self.places], to=sums)
        steps = zip(self._furthest(sums), self.least, self.off, strict=True)
        for bar, (furthest, least, off) in enumerate(steps):
            low, high = least - off, least + off
            surely = np.count_nonzero(furthest >= high)
            self.passed[bar] += surely
            if off and np.count_nonzero(furthest >= low) != surely:
                near = np.flatnonzero((furthest >= low) & (furthest < high))
                self.unsure.append((bar, begun + near))

    def total(self) -> NDArray[np.int64]:
        """Return how many flips reach each bar: those that may, looked at again exactly."""
        if not self.unsure:
            return self.passed
        bars = np.repeat([bar for bar, _ in self.unsure], [len(some) for _, some in self.unsure])
        flips = np.concatenate([some for _, some in self.unsure])
        signs = drawn_signs(self.values.shape[1])[:, flips].astype(np.float64)
        sums = self.values[self.rows] @ signs * self.scale[:, None]
        furthest = np.array([one.copy() for one in self._furthest(sums)])
        reached = furthest[bars, np.arange(len(bars))] >= np.array(self.least)[bars]
        return self.passed + np.bincount(bars[reached], minlength=len(self.least))

    def _furthest(self, sums: Numbers) -> Iterator[Numbers]:
        """Go through the squares of ``strengths`` that are compared with each bar, shape (flips,).

        Args:
            sums: Scaled, shape (rows, flips); written over, and so is what is yielded.
        """
        squares = np.multiply(sums, sums, out=sums)
        for spread, square in zip(self.spread, squares, strict=True):
            if spread != 1:
                np.divide(square, square * ((spread - 1) / spread) + 1 / spread, out=square)
        weaker = len(self.rows) - len(self.least) + 1
        furthest = squares[:weaker].max(axis=0)
        yield furthest
        for square in squares[weaker:]:
            yield np.maximum(furthest, square, out=furthest)


def _off(sizes: Floats, added: Floats, spread: Floats, bars: Floats) -> list[float]:
    """Bound how far off the squares of rough sums are that are near each bar.

    What allows for other numbers of pilots stretches squares by the ratio of those numbers at most.

    Args:
        sizes: How large the sums of the first table can be, scaled, shape (rows,).
        added: What is added to each, scaled, shape (rows, places).
        spread: What allows for other numbers of pilots.
        bars: Before they are squared.
    """
    off = roughness(np.column_stack([sizes, added])).max()
    ratio = max(spread.max(), 1 / spread.min())
    return (2 * ratio * off * (np.abs(bars) * np.sqrt(ratio) + off)).tolist()
