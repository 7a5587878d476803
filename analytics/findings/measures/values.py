"""One measure for every authority and every year of the period."""

from functools import partial
from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import MeasureFamily
from analytics.measures.measure import unit_heading
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.selection.places import authorities, pilots
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise, year_label
from analytics.text.words import Words
from data.schema import Column, ColumnKind, key_text, text
from data.sources.source import Kind

VALUE_COLUMNS: Final = (
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    text("region", "Region"),
    text("pilot", "Pilot", about="Band of a pilot; empty for other authorities."),
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    text("year", "Year"),
    Column(name="value", label="Value"),
    key_text("status", "Status symbol", about="Why a value is missing or qualified."),
    key_text("band", "Band", about="The same as pilot, named as in other files.", in_table=False),
)


def every_place(family: MeasureFamily, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return one measure for every authority and every year of the period.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
    """
    panel, measure = family.panel(tables, selection), family.measure(selection)
    values, symbols = panel.block((measure.key,), selection.years)
    known = authorities()
    bands = {one.code: one.band.key for one in pilots(selection.programme).values()}
    rows = [
        {
            "code": code,
            "place": known[code].name,
            "region": known[code].region,
            "pilot": bands.get(code, ""),
            "band": bands.get(code, ""),
            "year_end": year,
            "year": year_label(year, measure.day),
            "value": values[0, panel.places[code], at],
            "status": symbols[0, panel.places[code], at],
        }
        for code in known
        for at, year in enumerate(selection.years)
    ]
    return pd.DataFrame(rows, columns=[column.name for column in VALUE_COLUMNS])


def _words(frame: pd.DataFrame, _selection: Selection) -> Words:
    held, missing = int(frame["value"].notna().sum()), int(frame["value"].isna().sum())
    figures = pluralise(held, "figure") if held else "no figure"
    councils = pluralise(frame["code"].nunique(), "council")
    lacking = pluralise(missing, "is", "are") if missing else "none is"
    symbol = ", each with a symbol that says why" if missing else ""
    return Words(
        verdict="Figures of every council, year by year",
        plain=(
            f"The table has {councils}, abolished ones included.",
            f"It holds {figures}; {lacking} missing{symbol}.",
        ),
    )


def values_of(family: MeasureFamily, *, key: str, follows: frozenset[str], about: str) -> Finding:
    """Make the finding that holds one measure for every authority.

    Args:
        family: The family of the measure.
        key: Name in addresses.
        follows: What its rows and words follow of a selection.
        about: One line for the list of findings.
    """
    return Finding(
        key=key,
        follows=follows,
        title=lambda s: f"{family.measure(s).name}: every authority and year of the period",
        subtitle=lambda s: f"{unit_heading(family.measure(s))} · {family.period(s)}",
        unit=family.unit,
        measure=family.measure,
        sources=family.sources,
        columns=VALUE_COLUMNS,
        analyse=partial(every_place, family),
        words=_words,
        notes=family.notes,
        method=lambda s: (
            ("Definition", family.measure(s).definition),
            ("What is estimated", "Nothing: these are the figures themselves."),
            ("Unit", family.measure(s).unit),
            ("Period", family.period(s)),
        ),
        kind=Kind.OFFICIAL,
        about=about,
    )
