"""Pilots beside their comparators on every core measure of a family, in every year held."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import compare
from analytics.evaluation.measure_families import MeasureFamily, symbol_notes
from analytics.evaluation.verdict_columns import KEY, NAME, UNIT
from analytics.findings.measures.behind import EVERY_YEAR, IN_PERIOD, FamilyChoice, made_of
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.selection.choices import YEARS
from analytics.selection.follows import GAPS, MEASURE
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise
from analytics.text.words import DOT, Words
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind, Source

VALUE_COLUMNS: Final = (
    KEY,
    NAME,
    UNIT,
    key_text("code", "GSS code", in_table=False),
    text("place", "Pilot"),
    key_text("band", "Band"),
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    Column(name="value", label="Pilot's figure"),
    Column(name="comparator", label="Comparator", beside=True),
    Column(name="gap", label="Gap"),
    Column(
        name="found",
        label="Authorities with figures",
        kind=ColumnKind.COUNT,
        decimals=0,
        beside=True,
        about="Authorities with a figure for the measure and year.",
    ),
    Column(
        name="listed", label="Authorities listed", kind=ColumnKind.COUNT, decimals=0, beside=True
    ),
    key_text("status", "Status symbol", about="The publisher's own symbol, where qualified."),
)


def pilots_beside(
    family: MeasureFamily, tables: Tables, selection: Selection, keys: tuple[str, ...]
) -> pd.DataFrame:
    """Return every chosen pilot, measure and year of the period beside its comparator.

    Args:
        family: The family of the measures.
        tables: The tables of the family by key.
        selection: What the reader chose.
        keys: Of the measures.

    Raises:
        NotEstimableError: Other pilots are asked for, and every pilot is already in the selection.
    """
    panel = family.panel(tables, selection)
    compared = compare(
        panel,
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=keys,
        codes=tuple(pilot.code for pilot in selection.chosen),
    )
    _, symbols = panel.block(compared.keys, compared.years)
    at = [panel.places[code] for code in compared.codes]
    key_at, code_at, year_at = (axis.ravel() for axis in np.indices(compared.own.shape))
    bands = [pilot.band.key for pilot in selection.chosen]
    about = [family.measures[key] for key in compared.keys]
    return pd.DataFrame(
        {
            "key": [about[i].key for i in key_at],
            "name": [about[i].name for i in key_at],
            "unit": [about[i].unit for i in key_at],
            "code": [compared.codes[i] for i in code_at],
            "place": [place_name(compared.codes[i]) for i in code_at],
            "band": [bands[i] for i in code_at],
            "year_end": [compared.years[i] for i in year_at],
            "value": compared.own.ravel(),
            "comparator": compared.comparator.ravel(),
            "gap": (compared.own - compared.comparator).ravel(),
            "found": compared.found.ravel(),
            "listed": compared.listed[code_at],
            "status": symbols[:, at, :].ravel(),
        }
    )


def every_year_of(
    choose: FamilyChoice,
    *,
    tables: tuple[Source, ...],
    key: str,
    about: str,
    and_in_hand: bool = False,
    unread: tuple[Source, ...] | Callable[[Selection], tuple[Source, ...]] = (),
) -> Finding:
    """Make the finding that holds pilots and comparators on every core measure and year.

    Args:
        choose: Returns the family of the measures under a selection.
        tables: The tables that any such family is made of.
        key: Name in addresses.
        about: One line for the list of findings.
        and_in_hand: Whether the measure in hand is in it though it is not a core one.
        unread: Which of the tables nothing comes from under a selection.
    """

    def analyse(loaded: Tables, selection: Selection) -> pd.DataFrame:
        family = choose(selection)
        keys = [one.key for one in family.core()]
        if and_in_hand:
            keys.append(family.measure(selection).key)
        whole = replace(selection, first=YEARS[0], last=YEARS[-1])
        frame = pilots_beside(family, loaded, whole, tuple(dict.fromkeys(keys)))
        chosen = frame["year_end"].isin(selection.years)
        return frame.assign(in_period=np.where(chosen, "yes", "no"))

    return Finding(
        key=key,
        follows=GAPS | MEASURE,
        title=lambda s: f"Pilots and their comparators on every {choose(s).called}, every year",
        subtitle=lambda s: DOT.join(s.parts_with(EVERY_YEAR)),
        sources=tables,
        unread=unread,
        columns=(*VALUE_COLUMNS, IN_PERIOD),
        analyse=analyse,
        words=_words,
        notes=lambda frame, s: (*_shared_notes(choose(s)), *symbol_notes(frame)),
        method=made_of("That of each row"),
        kind=Kind.OFFICIAL,
        about=about,
    )


def _shared_notes(family: MeasureFamily) -> tuple[str, ...]:
    """Return what must be known of the figures of every core measure."""
    first, *others = (one.notes for one in family.core())
    return tuple(note for note in first if all(note in notes for notes in others))


def _words(frame: pd.DataFrame, _selection: Selection) -> Words:
    return rows_compared(frame, verdict="The figures behind every gap, in every year")


def rows_compared(frame: pd.DataFrame, *, verdict: str) -> Words:
    """Say of how many rows of a pilot and a year the gap is known.

    Args:
        frame: With a column ``gap``.
        verdict: What stands over it.
    """
    found = int(frame["gap"].notna().sum())
    many = pluralise(len(frame), "row of a pilot and a year", "rows of a pilot and a year")
    return Words(
        verdict=verdict,
        plain=(f"Of {many}, {f'{found:,}' if found else 'none'} can be compared.",),
    )
