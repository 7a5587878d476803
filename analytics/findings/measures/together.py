"""Measures of a family beside their comparators: one, or every core one tested together."""

import pandas as pd

from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.hidden_values import with_hidden
from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.placebo_verdicts import with_placebo
from analytics.evaluation.verdicts import change_rows, gap_rows
from analytics.publication.finding import Tables
from analytics.selection.selection import Selection
from data.sources import registry as sources


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
    frame = gap_rows(_compared(family, tables, selection), family.core(), selection)
    if not placebo:
        return frame
    frame = with_hidden(frame, family, tables, selection, change=False)
    return with_placebo(frame, family, tables, selection, change=False)


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
    frame = change_rows(_compared(family, tables, selection), family.core(), selection)
    if not placebo:
        return frame
    frame = with_hidden(frame, family, tables, selection, change=True)
    return with_placebo(frame, family, tables, selection, change=True)


def _compared(family: MeasureFamily, tables: Tables, selection: Selection) -> Compared:
    return compare(
        family.panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=tuple(measure.key for measure in family.core()),
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
