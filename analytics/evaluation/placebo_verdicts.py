"""Placebo pilots beside every verdict: how far groups of councils that did nothing differ."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.placebo_pool import DRAWS, Field, field_of
from analytics.evaluation.verdict_columns import GAP, KEY, PLACEBO
from analytics.methods.placebo import (
    Drawn,
    TooFewToDrawError,
    at_least_as_far,
    column_sums,
    draw,
    first_of,
    placebo_interval,
    placebo_p,
)
from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import Outcome
from analytics.selection.selection import Selection
from data.load import Table

Tables = Mapping[str, Table]

#: Pilots of a kind are drawn for in such numbers: the first of more are those of fewer.
SHARED: Final = 4

_NAMES: Final = tuple(column.name for column in PLACEBO)


@lru_cache(maxsize=4)
def _drawn(kinds: tuple[int, ...], seed: int) -> Drawn:
    """Draw once for every selection with the same councils to draw from."""
    return draw(np.array(kinds, dtype=np.intp), draws=DRAWS, rng=np.random.default_rng(seed))


@lru_cache(maxsize=96)
def _first(
    kinds: tuple[int, ...], there: bytes, kind: int, many: int, seed: int
) -> NDArray[np.int16]:
    """Find the first of one kind in each group, for all choices of up to so many pilots of it."""
    order = _drawn(kinds, seed).of(kind)
    found = first_of(order, np.frombuffer(there, dtype=np.bool_), many).T
    return found.astype(np.int16, order="C")


@lru_cache(maxsize=16)
def _groups(
    kinds: tuple[int, ...], there: bytes, expected: tuple[int, ...], seed: int
) -> NDArray[np.intp]:
    """Find who is in each group: the same for all figures that the same councils have.

    Returns:
        Places on the axis of outsiders, shape (pilots, draws).

    Raises:
        TooFewToDrawError: A kind has fewer outsiders with a figure than are needed.
    """
    member, present = np.array(kinds), np.frombuffer(there, dtype=np.bool_)
    # Held in full size: taken from two bytes each, they would take five times as long.
    found = np.empty((sum(expected), DRAWS), dtype=np.intp)
    begin = 0
    for kind, many in enumerate(expected):
        if many:
            of_kind = present & (member == kind)
            enough = max(many, min(-(-many // SHARED) * SHARED, int(of_kind.sum())))
            drawn = _first(kinds, of_kind.tobytes(), kind, enough, seed)
            found[begin : begin + many] = drawn[:many]
            begin += many
    return found


def with_placebo(
    frame: pd.DataFrame,
    family: MeasureFamily,
    tables: Tables,
    selection: Selection,
    *,
    change: bool,
    years: tuple[int, ...] = (),
) -> pd.DataFrame:
    """Put placebo p and interval beside verdicts.

    Args:
        frame: Rows of ``analytics.evaluation.verdicts``, with the keys of their measures.
        family: The family of the measures.
        tables: The tables of the family by key.
        selection: What the reader chose.
        change: Whether the rows are about changes; else about levels.
        years: Which the rows are about, in order; those of the selection unless given.

    Returns:
        The same rows; missing where no groups can be drawn.
    """
    if not len(frame):
        return frame
    outcome = Outcome.CHANGE if change else Outcome.LEVEL
    asked = replace(selection, about=family.subject, outcome=outcome)
    series = tuple(family.measures[key] for key in frame[KEY.name])
    try:
        field = field_of(tables, asked, series, years)
    except NotEstimableError:
        return frame
    rows = [
        among_placebo(field, at, estimate)
        for at, estimate in enumerate(frame[GAP.name].to_numpy(np.float64))
    ]
    return frame.assign(**{name: [row[name] for row in rows] for name in _NAMES})


def among_placebo(field: Field, at: int, estimate: float) -> dict[str, float]:
    """Return placebo p and interval of one estimate by the names of ``PLACEBO``.

    Args:
        field: From ``field_of``.
        at: Place of the measure.
        estimate: The pilots' mean; NaN where it is not given.

    Returns:
        Missing where there is no estimate, or no groups can be drawn.
    """
    if np.isnan(estimate):
        return dict.fromkeys(_NAMES, np.nan)
    gaps, expected = field.others[at].tobytes(), tuple(field.expected[at].tolist())
    found = _among(gaps, tuple(field.kinds.tolist()), expected, field.seed, float(estimate))
    return dict(zip(_NAMES, found, strict=True))


@lru_cache(maxsize=1024)
def _among(
    gaps: bytes, kinds: tuple[int, ...], expected: tuple[int, ...], seed: int, estimate: float
) -> tuple[float, ...]:
    """Place an estimate among groups: once for all findings that show it, whatever is adjusted."""
    try:
        means = _means(np.frombuffer(gaps), kinds, expected, seed)
    except TooFewToDrawError:
        return (np.nan,) * len(_NAMES)
    return tuple(among(means, estimate).values())


def among(means: NDArray[np.float64], estimate: float) -> dict[str, float]:
    """Return placebo p and interval of an estimate among groups, by the names of ``PLACEBO``.

    Args:
        means: Of every group drawn, shape (draws,).
        estimate: The pilots' mean.
    """
    low, high = placebo_interval(means, estimate)
    p = placebo_p(at_least_as_far(means, estimate), len(means))
    return dict(zip(_NAMES, (p, low, high), strict=True))


def means_of(field: Field, at: int) -> NDArray[np.float64]:
    """Return the mean of every group drawn for one measure.

    Args:
        field: From ``field_of``.
        at: Place of the measure.

    Raises:
        TooFewToDrawError: Too few councils of a kind have figures.
    """
    expected = tuple(field.expected[at].tolist())
    return _means(field.others[at], tuple(field.kinds.tolist()), expected, field.seed)


def _means(
    gaps: NDArray[np.float64], kinds: tuple[int, ...], expected: tuple[int, ...], seed: int
) -> NDArray[np.float64]:
    chosen = _groups(kinds, (~np.isnan(gaps)).tobytes(), expected, seed)
    # "clip" looks at each once: all are places of councils.
    return column_sums(gaps.take(chosen, mode="clip")) / len(chosen)
