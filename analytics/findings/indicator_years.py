"""One indicator by year: pilots against their comparator, with the gap and its interval."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.choices import Comparator
from analytics.comparison import compare
from analytics.method_card import Facts, facts
from analytics.methods.averages import mean_of_present
from analytics.methods.gap import mean_gap
from analytics.panel import indicator_panel
from analytics.places import ENGLAND
from analytics.publication.finding import Finding, Tables, register
from analytics.selection import YEARS, Selection, year_label
from analytics.subject import faced, indicator_of, notes
from analytics.verdicts import FEWEST_PILOTS
from analytics.wording import number, signed, unit_words
from data import sources
from data.schema import Column, ColumnKind, text
from data.source import Kind

TABLES: Final = (sources.INDICATORS, sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)


COMPARED: Final = {
    Comparator.NEIGHBOURS: "Neighbours",
    Comparator.REGION: "Regions",
    Comparator.ENGLAND: "England",
    Comparator.PILOTS: "Other pilots",
}

BY_YEAR_COLUMNS: Final = (
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    text("year", "Year"),
    text("compared_with", "Compared with"),
    text("in_period", "In the chosen period", about="yes or no."),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="pilots", label="Pilots", about="Mean over the pilots compared."),
    Column(name="comparator", label="Comparator", about="Mean over the same pilots."),
    Column(name="gap", label="Gap"),
    Column(name="low", label="95% interval of the gap, lower"),
    Column(name="high", label="95% interval of the gap, upper"),
    Column(name="england", label="England"),
)


def by_year(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Compare pilots with their comparator on one indicator, every year held.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    panel = indicator_panel(tables[sources.INDICATORS.key], selection.vintage)
    compared = compare(
        panel,
        tables[sources.NEIGHBOURS.key],
        replace(selection, first=YEARS[0], last=YEARS[-1]),
        keys=(selection.indicator,),
        codes=tuple(pilot.code for pilot in selection.chosen),
    )
    gaps = (compared.own - compared.comparator)[0].T
    both = np.isfinite(gaps)
    counts = both.sum(axis=1)
    group = mean_gap(np.where(counts[:, None] >= FEWEST_PILOTS, gaps, np.nan))
    england = panel.comparable((selection.indicator,), YEARS)[0, panel.places[ENGLAND]]
    frame = pd.DataFrame(
        {
            "year_end": YEARS,
            "year": [year_label(year) for year in YEARS],
            "compared_with": COMPARED[selection.compare],
            "in_period": ["yes" if year in selection.years else "no" for year in YEARS],
            "n": counts,
            "pilots": mean_of_present(np.where(both, compared.own[0].T, np.nan)),
            "comparator": mean_of_present(np.where(both, compared.comparator[0].T, np.nan)),
            "gap": mean_of_present(gaps),
            "low": group.low,
            "high": group.high,
            "england": england,
        }
    )
    held = np.flatnonzero((counts > 0) | np.isfinite(england))
    return frame.iloc[held[0] : held[-1] + 1] if len(held) else frame.iloc[:0]


def _by_year_says(frame: pd.DataFrame, selection: Selection) -> str:
    indicator = indicator_of(selection)
    inside = frame[(frame["in_period"] == "yes") & frame["gap"].notna()]
    if not len(inside):
        return "No year of the chosen period can be compared; see the table for what is missing."
    first, last = inside.iloc[0], inside.iloc[-1]
    unit = unit_words(indicator.unit)
    who = "the pilots averaged" if len(selection.chosen) > 1 else f"{selection.pilot_words} had"
    words = (
        f"In {last['year']} {who} {number(last['pilots'], indicator.decimals)} and "
        f"{faced(selection)} {number(last['comparator'], indicator.decimals)} "
        f"({indicator.unit}): a gap of {signed(last['gap'], indicator.decimals)} {unit}"
    )
    if not np.isnan(last["low"]):
        low, high = (signed(last[end], indicator.decimals) for end in ("low", "high"))
        words += f" (95 % interval {low} to {high}, n = {int(last['n'])})"
    if first["year_end"] == last["year_end"]:
        return f"{words}."
    before = signed(first["gap"], indicator.decimals)
    return f"{words}; in {first['year']} it was {before}."


def _year_method(selection: Selection) -> Facts:
    definition = ("Definition", indicator_of(selection).definition)
    common = facts(
        selection,
        estimand="In each year, the mean over pilots of the pilot's figure minus its comparator.",
        unit=indicator_of(selection).unit,
        test=False,
    )
    return (definition, *common)


years: Final = register(
    Finding(
        key="indicator-years",
        title=lambda s: f"{indicator_of(s).name}: pilots and their comparator by year",
        subtitle=lambda s: f"{indicator_of(s).unit.capitalize()} · {s.words}",
        unit=lambda s: indicator_of(s).unit,
        sources=TABLES,
        columns=BY_YEAR_COLUMNS,
        analyse=by_year,
        sentence=_by_year_says,
        notes=notes,
        method=_year_method,
        kind=Kind.OFFICIAL,
        whole="indicator-places",
        about="One indicator by year: mean of pilots, of their comparator, gap and interval.",
    )
)
