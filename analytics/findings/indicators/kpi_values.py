"""The figures behind the indicators' gaps: every pilot, indicator and year."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import compare
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.panel import indicator_panel
from analytics.evaluation.verdict_columns import KEY, NAME, UNIT
from analytics.measures.indicators.registry import INDICATORS, core
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise
from analytics.text.words import Words
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

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
    ),
    Column(
        name="listed", label="Authorities listed", kind=ColumnKind.COUNT, decimals=0, beside=True
    ),
    key_text("status", "Status symbol", about="The publisher's own symbol, where qualified."),
)


def every_value(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return every pilot, core indicator and year behind the gaps.

    Args:
        tables: The tables of the finding by key.
        selection: What the reader chose.
    """
    panel = indicator_panel(tables[sources.INDICATORS.key], selection.vintage)
    compared = compare(
        panel,
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=tuple(indicator.key for indicator in core()),
        codes=tuple(pilot.code for pilot in selection.chosen),
    )
    _, symbols = panel.block(compared.keys, compared.years)
    at = [panel.places[code] for code in compared.codes]
    shape = compared.own.shape
    key_at, code_at, year_at = (axis.ravel() for axis in np.indices(shape))
    bands = [pilot.band.key for pilot in selection.chosen]
    about = [INDICATORS[key] for key in compared.keys]
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


def _words(frame: pd.DataFrame, _selection: Selection) -> Words:
    found = int(frame["gap"].notna().sum())
    many = pluralise(len(frame), "row of a pilot and a year", "rows of a pilot and a year")
    return Words(
        verdict="The figures behind every gap",
        plain=(f"Of {many}, {found or 'none'} can be compared.",),
    )


def _notes(_frame: pd.DataFrame, _selection: Selection) -> tuple[str, ...]:
    return ("A row without a gap has a missing figure or too few neighbours with figures.",)


def _method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="Nothing: these are the figures that the gaps are made of.",
        unit="That of each indicator.",
        test=False,
    )


values: Final = register(
    Finding(
        key="kpis-values",
        title="Every pilot's figures and comparators, year by year",
        sources=(sources.INDICATORS, sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS),
        columns=VALUE_COLUMNS,
        analyse=every_value,
        words=_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        about="One row per indicator, pilot and year: figure, comparator, gap, neighbours found.",
    )
)
