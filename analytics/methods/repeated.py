"""The tests of a family, made again and again with the gaps of a few pilots changed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import check_gaps
from analytics.methods.multiplicity import (
    FEWEST_FOR_T,
    Adjustment,
    adjust,
    in_family,
    max_t,
    observed_strengths,
    scales,
    steps_of,
    steps_passed,
    strengths_of,
)
from analytics.methods.signflip import (
    BLOCK,
    FLIPS,
    MOST_ENUMERATED,
    counts,
    drawn_signs,
    rounding_of,
    sign_flips,
)

Floats = NDArray[np.float64]


def adjust_each(gaps: Floats, at: int, *, method: Adjustment) -> tuple[Floats, Floats]:
    """Test one indicator among its family, in each of several tables of gaps.

    Each number is that of ``sign_flips`` and ``adjust`` for the table alone. Where flips are
    drawn, the sums of the first table are made once: those of another are what its changed pilots
    add to them.

    Args:
        gaps: Tables, shape (v, m indicators, n pilots), NaN where missing.
        at: Row of the indicator.
        method: Holm, Benjamini-Hochberg, max-t, or none.

    Returns:
        p-values of the indicator, unadjusted and adjusted over its table, both shape (v,).

    Raises:
        ValueError: `gaps` has not three dimensions or holds an infinite number.
    """
    if gaps.ndim != 3:  # noqa: PLR2004 - the axes named in the message
        msg = f"gaps have shape {gaps.shape}; (tables, indicators, pilots) is expected"
        raise ValueError(msg)
    v, m, n = gaps.shape
    rows = gaps.reshape(v * m, n)
    check_gaps(rows)
    alone = sign_flips(gaps[:, at])
    if method == "none":
        return alone, alone
    if method == "max-t":
        drawn = n > MOST_ENUMERATED
        return alone, (_max_t_each(gaps) if drawn else np.array([*map(max_t, gaps)]))[:, at]
    p = (sign_flips(rows) if n <= MOST_ENUMERATED else _drawn_p(gaps)).reshape(v, m)
    adjusted = [adjust(one, table, method=method)[at] for one, table in zip(p, gaps, strict=True)]
    return alone, np.array(adjusted)


def _sums_of_each(values: Floats) -> Iterator[tuple[int, Floats]]:
    """Go through the sums of tables of values under flips that are drawn, block by block.

    Args:
        values: Shape (v, m, n pilots), none missing.

    Yields:
        Which table, and its sums, shape (m, flips of the block), to be written over at will.
    """
    signs = drawn_signs(values.shape[2])
    moved = values - values[0]
    changed = [np.flatnonzero(one.any(axis=0)) for one in moved]
    added = [one[:, places] for one, places in zip(moved, changed, strict=True)]
    for start in range(0, FLIPS, BLOCK):
        flips = signs[:, start : start + BLOCK].astype(np.float64)
        first = values[0] @ flips
        for table, (more, places) in enumerate(zip(added, changed, strict=True)):
            sums = more @ flips[places]
            sums += first
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


def _max_t_each(gaps: Floats) -> Floats:
    """Return ``max_t`` of every table, shape (v, m), where flips are drawn."""
    largest = np.abs(np.where(np.isnan(gaps), 0.0, gaps)).max(axis=(0, 2), initial=0.0)
    held = gaps / np.where(largest > 0, largest, 1.0)[:, None]  # squares cannot overflow
    values = np.where(np.isnan(held), 0.0, held)
    tables = [_Table.of(one) for one in held]
    passed = [np.zeros(len(table.rows), dtype=np.int64) for table in tables]
    for at, sums in _sums_of_each(values):
        passed[at] += tables[at].passed(sums)
    adjusted = np.full(gaps.shape[:2], np.nan)
    for at, table in enumerate(tables):
        adjusted[at, table.rows] = np.maximum.accumulate(passed[at] / FLIPS)
    return adjusted


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Table:
    """How the indicators of a table are stepped through.

    Attributes:
        rows: Those in the family, the strongest first.
        least: The bar of each step, shape (rows,).
        factor: What flipped sums are scaled by, shape (m, 1).
        spread: What allows for other numbers of pilots, shape (m,).
    """

    rows: NDArray[np.intp]
    least: Floats
    factor: Floats
    spread: Floats

    @classmethod
    def of(cls, gaps: Floats) -> "_Table":
        family = np.flatnonzero(in_family(gaps, FEWEST_FOR_T))
        factor, spread = (np.full(len(gaps), 1.0) for _ in range(2))
        rows, least = family, np.empty(0)
        if len(family):
            factor[family], spread[family] = scales(gaps[family])
            order, least = steps_of(observed_strengths(gaps[family]))
            rows = family[order]
        return cls(
            rows=rows,
            least=least,
            factor=factor[:, None],
            spread=spread,
        )

    def passed(self, sums: Floats) -> NDArray[np.int64]:
        """Count the flips of a block that reach each step's bar, shape (rows,)."""
        strength = strengths_of(np.multiply(sums, self.factor, out=sums), self.spread)
        return steps_passed([strength[row] for row in self.rows.tolist()], self.least)
