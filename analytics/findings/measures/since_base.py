"""The gap of a measure since a base before the start: what the findings of its change share."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.breaks import boundary_changes, marks
from analytics.evaluation.comparison import Compared, compare, neighbours_of
from analytics.evaluation.measure_families import family_of, measure_of
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.verdict_columns import HIGH, LOW
from analytics.evaluation.verdict_words import interval_words
from analytics.evaluation.verdicts import bounded
from analytics.measures.measure import unit_heading
from analytics.methods.event_study import EventStudy
from analytics.publication.declaration import Tables
from analytics.selection.choices import YEARS, Comparator
from analytics.selection.selection import Selection
from analytics.text.wording import signed, significant, year_label
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources

STUDY_COLUMNS: Final = (
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    text("year", "Year"),
    key_text("base", "Base period", about="yes where the year is measured against itself."),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(
        name="change",
        label="Change of the gap since the base",
        about="Mean over pilots of the gap of the year minus the pilot's own mean gap in the base.",
    ),
    LOW,
    HIGH,
)


def compared_since(tables: Tables, selection: Selection, keys: tuple[str, ...]) -> Compared:
    """Compare the chosen pilots on some measures in every year held, whatever the period.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
        keys: Of the measures.
    """
    return compare(
        family_of(selection).panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        replace(selection, first=YEARS[0], last=YEARS[-1]),
        keys=keys,
        codes=tuple(pilot.code for pilot in selection.chosen),
    )


def base_years(selection: Selection) -> np.ndarray:
    """Say of every year held whether it is in the base; shape (years,).

    Args:
        selection: What the reader chose.
    """
    return np.array([year in selection.base.years for year in YEARS], dtype=np.bool_)


def study_rows(study: EventStudy, selection: Selection) -> pd.DataFrame:
    """Return an event study as ``STUDY_COLUMNS``, one row for every year held.

    Args:
        study: Over every year held, in the unit of the measure.
        selection: What the reader chose.
    """
    return pd.DataFrame(
        {
            "year_end": YEARS,
            "year": [year_label(year, measure_of(selection).day) for year in YEARS],
            "base": ["yes" if year in selection.base.years else "no" for year in YEARS],
            "n": study.n,
            "change": study.estimate,
            "low": bounded(study.low),
            "high": bounded(study.high),
        }
    )


def listed_neighbours(tables: Tables, selection: Selection) -> tuple[str, ...]:
    """Return every neighbour that a chosen pilot is compared with, each once.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    if selection.compare is not Comparator.NEIGHBOURS:
        return ()
    table = tables[sources.NEIGHBOURS.key]
    found = [neighbours_of(pilot.code, table, selection) for pilot in selection.chosen]
    return tuple(dict.fromkeys(code for codes in found for code in codes))


def year_marks(tables: Tables, selection: Selection) -> list[str]:
    """Say of every year held what marks it: breaks of the measure, and boundaries that moved.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    codes = (*listed_neighbours(tables, selection), *(pilot.code for pilot in selection.chosen))
    boundaries = boundary_changes(tables[sources.AUTHORITIES.key], codes)
    breaks = measure_of(selection).breaks
    return [marks(year, breaks=breaks, boundaries=boundaries) for year in YEARS]


def from_first_to_last(frame: pd.DataFrame, shown: np.ndarray) -> pd.DataFrame:
    """Leave out the years before the first and after the last that is shown.

    Args:
        frame: One row for every year held.
        shown: Whether the year of a row is shown, shape (years,); true for one at least.
    """
    at = np.flatnonzero(shown)
    return frame.iloc[at[0] : at[-1] + 1]


def moved_plainly(row: pd.Series, selection: Selection) -> tuple[str, ...]:
    """Say how far the gap has moved by the year of a row, in plain sentences.

    Args:
        row: Of ``STUDY_COLUMNS``, with a change.
        selection: What the reader chose.
    """
    return measure_of(selection).plain.moved(
        row["change"], row["low"], row["high"], against=selection.than, since=f"By {row['year']}"
    )


def moved_technically(row: pd.Series) -> str:
    """Write how far the gap has moved by the year of a row, for a statistician.

    Args:
        row: Of ``STUDY_COLUMNS``, with a change.
    """
    places = max(significant(row["change"]), 1)
    ends = interval_words(row["low"], row["high"], places)
    return f"by {row['year']} {signed(row['change'], places)} ({ends}, n {int(row['n'])})"


def since_subtitle(selection: Selection) -> str:
    """Return unit, base, pilots and comparator.

    Args:
        selection: What the reader chose.
    """
    return (
        f"{unit_heading(measure_of(selection))} · base {selection.base.label} · "
        f"{selection.pilot_words} · {selection.comparator_words}"
    )


def study_method(selection: Selection) -> Facts:
    """Describe the event study, for the method card.

    Args:
        selection: What the reader chose.
    """
    common = facts(
        selection,
        estimand=f"In each year, the mean over pilots of the pilot's gap minus its own mean gap in "
        f"{selection.base.label}. A pilot without a gap in the base is left out of every year.",
        unit=measure_of(selection).unit,
        test=False,
    )
    interval = (
        "Interval",
        (
            "95% in each year: every value that the exact sign-flip test does not reject; no ends "
            "with fewer than six pilots."
        ),
    )
    return (*common, ("Base period", selection.base.label), interval)


def change_method(selection: Selection) -> Facts:
    """Describe the difference in differences, for the method card.

    Args:
        selection: What the reader chose.
    """
    common = facts(
        selection,
        estimand="The mean over pilots of the change in the pilot's gap: its mean gap after the "
        f"start minus its mean gap in {selection.base.label} (difference in differences).",
        unit="That of each row.",
    )
    return (*common, ("Base period", selection.base.label))
