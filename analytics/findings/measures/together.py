"""Measures of a family beside their comparators: one, or every core one tested together."""

from dataclasses import replace
from functools import lru_cache
from typing import Final

import pandas as pd

from analytics.claims.status import Outcome
from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.differences import sure_of
from analytics.evaluation.hidden_values import with_hidden
from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.placebo_verdicts import with_placebo
from analytics.evaluation.verdicts import change_rows, gap_rows
from analytics.measures.measure import Measure
from analytics.publication.declaration import Tables
from analytics.selection.selection import Selection
from data.load import Table
from data.sources import registry as sources

#: The options that decide how core measures compare; the others are of other pages.
BEARING: Final = (
    "bands", "only", "compare", "model", "k", "average", "weights", "with_pilots", "first", "last",
    "vintage", "adjust", "margin",
)  # fmt: skip


def bearing(selection: Selection) -> Selection:
    """Return a selection without what does not bear on how core measures compare.

    Args:
        selection: What the reader chose.
    """
    return replace(
        Selection.of(selection.programme), **{name: getattr(selection, name) for name in BEARING}
    )


def levels(
    family: MeasureFamily, tables: Tables, selection: Selection, *, placebo: bool = True
) -> pd.DataFrame:
    """Return one row per core measure: how far pilots stand from their comparator.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
        placebo: Whether placebo p and interval, and hidden figures, are worked out too.
    """
    return _shared(family, tables, selection, change=False, placebo=placebo)


def changes(
    family: MeasureFamily, tables: Tables, selection: Selection, *, placebo: bool = True
) -> pd.DataFrame:
    """Return one row per core measure: how the gap changed after the project started.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
        placebo: Whether placebo p and interval, and hidden figures, are worked out too.
    """
    return _shared(family, tables, selection, change=True, placebo=placebo)


def in_brief(
    family: MeasureFamily, tables: Tables, selection: Selection, *, change: bool
) -> pd.DataFrame:
    """Return one row per core measure, without placebo p and what takes longest to work out.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
        change: Whether the rows are about changes; else about levels.

    Returns:
        The rows of ``levels`` or ``changes`` without the columns ``AT_LENGTH`` of verdicts.
    """
    held, chosen = held_by(family, tables), bearing(selection)
    rows = _rows(family, family.core(), held, chosen, change=change, brief=True)
    return rows.copy(deep=False)


def held_by(family: MeasureFamily, tables: Tables) -> tuple[Table, ...]:
    """Return the tables that a family is compared from, to be remembered by.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
    """
    return tuple(tables[one.key] for one in (*family.figures, sources.NEIGHBOURS))


def _shared(
    family: MeasureFamily, tables: Tables, selection: Selection, *, change: bool, placebo: bool
) -> pd.DataFrame:
    """Return rows that the findings of one answer share; pandas copies what one changes."""
    made, held = _with_placebo if placebo else _rows, held_by(family, tables)
    return made(family, family.core(), held, bearing(selection), change=change).copy(deep=False)


@lru_cache(maxsize=64)
def _rows(
    family: MeasureFamily,
    core: tuple[Measure, ...],
    held: tuple[Table, ...],
    selection: Selection,
    *,
    change: bool,
    brief: bool = False,
) -> pd.DataFrame:
    compared = _compared(family, core, held, selection)
    rows = change_rows if change else gap_rows
    return rows(compared, core, selection, brief=brief)


@lru_cache(maxsize=64)
def _with_placebo(
    family: MeasureFamily,
    core: tuple[Measure, ...],
    held: tuple[Table, ...],
    selection: Selection,
    *,
    change: bool,
) -> pd.DataFrame:
    tables = _by_key(held)
    frame = _rows(family, core, held, selection, change=change)
    frame = with_hidden(frame, family, tables, selection, change=change)
    return with_placebo(frame, family, tables, selection, change=change)


def _by_key(held: tuple[Table, ...]) -> Tables:
    return {table.source.key: table for table in held}


def outcomes(
    family: MeasureFamily, tables: Tables, selection: Selection, *, change: bool
) -> dict[str, Outcome]:
    """Return what the tests gave for each core measure, by its key: how sure, and no interval.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
        change: Whether it is about changes; else about levels.
    """
    chosen, core = bearing(selection), family.core()
    sure = sure_of(_compared(family, core, held_by(family, tables), chosen), chosen, change=change)
    each = zip(sure.estimate.tolist(), sure.certain, sure.n.tolist(), strict=True)
    return {
        one.key: Outcome(estimate=estimate, certain=certain, n=n)
        for one, (estimate, certain, n) in zip(core, each, strict=True)
    }


@lru_cache(maxsize=16)
def _compared(
    family: MeasureFamily,
    core: tuple[Measure, ...],
    held: tuple[Table, ...],
    selection: Selection,
) -> Compared:
    """Set pilots beside their comparators: once for levels and for changes."""
    tables = _by_key(held)
    return compare(
        family.panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=tuple(measure.key for measure in core),
        codes=tuple(pilot.code for pilot in selection.chosen),
    )


def beside(family: MeasureFamily, tables: Tables, selection: Selection) -> Compared:
    """Put the chosen pilots, and the reader's own authority, beside their comparators.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
    """
    codes = [pilot.code for pilot in selection.chosen]
    if selection.area and selection.area not in codes:
        codes.append(selection.area)
    return compare(
        family.panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=(family.measure(selection).key,),
        codes=tuple(codes),
    )
