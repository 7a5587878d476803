"""The figures behind the indicators' gaps: every pilot, indicator and year."""

from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.method_card import Facts, facts
from analytics.findings.measures.every_year import (
    VALUE_COLUMNS,
    every_year_of,
    pilots_beside,
    rows_compared,
)
from analytics.measures.indicators.registry import core
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import GAPS
from analytics.selection.selection import Selection
from analytics.text.words import Words
from data.sources.source import Kind


def every_value(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return every pilot, core indicator and year behind the gaps.

    Args:
        tables: The tables of the finding by key.
        selection: What the reader chose.
    """
    keys = tuple(indicator.key for indicator in core())
    return pilots_beside(INDICATOR_FAMILY, tables, selection, keys)


def _words(frame: pd.DataFrame, _selection: Selection) -> Words:
    return rows_compared(frame, verdict="The figures behind every gap")


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
        follows=GAPS,
        title="Every pilot's figures and comparators, year by year",
        sources=INDICATOR_FAMILY.sources,
        columns=VALUE_COLUMNS,
        analyse=every_value,
        words=_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        about="One row per indicator, pilot and year: figure, comparator, gap, neighbours found.",
    )
)

every_year: Final = register(
    every_year_of(
        lambda _selection: INDICATOR_FAMILY,
        tables=INDICATOR_FAMILY.sources,
        key="kpis-every-year",
        about="One row per indicator, pilot and year held: figure, comparator and gap.",
    )
)
