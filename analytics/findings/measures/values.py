"""One measure for every authority and every year of the period."""

from functools import partial
from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import MeasureFamily
from analytics.publication.finding import Finding, Tables
from analytics.selection.places import authorities, pilots
from analytics.selection.selection import Selection
from data.schema import Column, ColumnKind, key_text, text
from data.sources.source import Kind

VALUE_COLUMNS: Final = (
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    text("region", "Region"),
    text("pilot", "Pilot", about="Band of a pilot; empty for other authorities."),
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    Column(name="value", label="Value"),
    key_text("status", "Status symbol", about="Why a value is missing or qualified."),
)


def every_place(family: MeasureFamily, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return one measure for every authority and every year of the period.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
    """
    panel = family.panel(tables, selection)
    values, symbols = panel.block((family.measure(selection).key,), selection.years)
    known = authorities()
    rows = [
        {
            "code": code,
            "place": known[code].name,
            "region": known[code].region,
            "pilot": pilots()[code].band.key if code in pilots() else "",
            "year_end": year,
            "value": values[0, panel.places[code], at],
            "status": symbols[0, panel.places[code], at],
        }
        for code in known
        for at, year in enumerate(selection.years)
    ]
    return pd.DataFrame(rows, columns=[column.name for column in VALUE_COLUMNS])


def _summary(frame: pd.DataFrame, _selection: Selection) -> str:
    held, missing = int(frame["value"].notna().sum()), int(frame["value"].isna().sum())
    return (
        f"{held:,} values of {frame['code'].nunique()} authorities, abolished ones included; "
        f"{missing:,} are missing or suppressed and carry a symbol that says why."
    )


def values_of(family: MeasureFamily, *, key: str, about: str) -> Finding:
    """Make the finding that holds one measure for every authority.

    Args:
        family: The family of the measure.
        key: Name in addresses.
        about: One line for the list of findings.
    """
    return Finding(
        key=key,
        title=lambda s: f"{family.measure(s).name}: every authority and year of the period",
        subtitle=lambda s: f"{family.measure(s).unit.capitalize()} · {s.period_words}",
        unit=family.unit,
        sources=family.sources,
        columns=VALUE_COLUMNS,
        analyse=partial(every_place, family),
        sentence=_summary,
        notes=family.notes,
        method=lambda s: (
            ("Definition", family.measure(s).definition),
            ("What is estimated", "Nothing: these are the figures themselves."),
            ("Unit", family.measure(s).unit),
            ("Period", s.period_words),
        ),
        kind=Kind.OFFICIAL,
        about=about,
    )
