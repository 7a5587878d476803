"""Placebo pilots beside every verdict: how far groups of councils that did nothing differ."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.placebo_pool import DRAWS, SEED, Field, field_of
from analytics.evaluation.verdicts import GAP, P_PLACEBO, PLACEBO_HIGH, PLACEBO_LOW
from analytics.methods.placebo import (
    Drawn,
    TooFewToDrawError,
    at_least_as_far,
    draw,
    group_means,
    placebo_interval,
    placebo_p,
)
from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import Outcome
from analytics.selection.selection import Selection
from data.load import Table

Tables = Mapping[str, Table]

_NAMES: Final = (P_PLACEBO.name, PLACEBO_LOW.name, PLACEBO_HIGH.name)


@lru_cache(maxsize=4)
def _drawn(kinds: tuple[int, ...]) -> Drawn:
    """Draw once for every selection with the same councils to draw from."""
    return draw(np.array(kinds, dtype=np.intp), draws=DRAWS, rng=np.random.default_rng(SEED))


def drawn_from(field: Field) -> Drawn:
    """Return the groups drawn from a field, the same for every selection.

    Args:
        field: From ``field_of``.
    """
    return _drawn(tuple(field.kinds.tolist()))


def with_placebo(
    frame: pd.DataFrame,
    family: MeasureFamily,
    tables: Tables,
    selection: Selection,
    *,
    change: bool,
) -> pd.DataFrame:
    """Put placebo p and interval beside verdicts.

    Args:
        frame: Rows of ``analytics.evaluation.verdicts``, one for each core measure of the family
            in its order.
        family: The family of the measures.
        tables: The tables of the family by key.
        selection: What the reader chose.
        change: Whether the rows are about changes; else about levels.

    Returns:
        The same rows; missing where no groups can be drawn.
    """
    outcome = Outcome.CHANGE if change else Outcome.LEVEL
    asked = replace(selection, about=family.subject, outcome=outcome)
    try:
        field = field_of(tables, asked, family.core())
    except NotEstimableError:
        return frame
    drawn = drawn_from(field)
    rows = [
        _row(field, at, drawn, estimate)
        for at, estimate in enumerate(frame[GAP.name].to_numpy(np.float64))
    ]
    return frame.assign(
        **{name: column for name, column in zip(_NAMES, zip(*rows, strict=True), strict=True)}
    )


def _row(field: Field, at: int, drawn: Drawn, estimate: float) -> tuple[float, float, float]:
    if np.isnan(estimate):
        return (np.nan, np.nan, np.nan)
    try:
        means = group_means(field.others[at], drawn, field.expected[at])
    except TooFewToDrawError:
        return (np.nan, np.nan, np.nan)
    low, high = placebo_interval(means, estimate)
    return placebo_p(at_least_as_far(means, estimate), drawn.draws), low, high


def means_of(field: Field, at: int) -> NDArray[np.float64]:
    """Return the mean of every group drawn for one measure.

    Args:
        field: From ``field_of``.
        at: Place of the measure.

    Raises:
        TooFewToDrawError: Too few councils of a kind have figures.
    """
    return group_means(field.others[at], drawn_from(field), field.expected[at])
