"""One measure by year: pilots against their comparator, with the gap and its interval."""

from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import compare
from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.verdict_sentences import faced
from analytics.evaluation.verdicts import FEWEST_PILOTS
from analytics.measures.measure import unit_apart
from analytics.methods.averages import mean_of_present
from analytics.methods.gap import mean_gap
from analytics.publication.finding import Finding, Tables
from analytics.selection.choices import YEARS, Comparator, Vintage
from analytics.selection.places import ENGLAND
from analytics.selection.selection import Selection
from analytics.text.wording import number, signed, year_label
from data.schema import Column, ColumnKind, key_text, text
from data.sources.registry import NEIGHBOURS
from data.sources.source import Kind

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
    key_text("in_period", "In the chosen period", about="yes or no.", in_table=False),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="pilots", label="Pilots", about="Mean over the pilots compared."),
    Column(name="comparator", label="Comparator", about="Mean over the same pilots."),
    Column(name="gap", label="Gap"),
    Column(name="low", label="95% interval of the gap, lower"),
    Column(name="high", label="95% interval of the gap, upper"),
    Column(name="england", label="England"),
)


def by_year(family: MeasureFamily, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Compare pilots with their comparator on one measure, every year held.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
    """
    panel = family.panel(tables, selection)
    key = family.measure(selection).key
    compared = compare(
        panel,
        tables[NEIGHBOURS.key],
        replace(selection, first=YEARS[0], last=YEARS[-1]),
        keys=(key,),
        codes=tuple(pilot.code for pilot in selection.chosen),
    )
    gaps = (compared.own - compared.comparator)[0].T
    both = np.isfinite(gaps)
    counts = both.sum(axis=1)
    group = mean_gap(np.where(counts[:, None] >= FEWEST_PILOTS, gaps, np.nan))
    england = panel.comparable((key,), YEARS)[0, panel.places[ENGLAND]]
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


def _summary(family: MeasureFamily, frame: pd.DataFrame, selection: Selection) -> str:
    if not len(frame):
        vintage = " as first published" if selection.vintage is Vintage.FIRST else ""
        return f"No figure of this measure is held{vintage}, of England or of a chosen pilot."
    measure = family.measure(selection)
    inside = frame[(frame["in_period"] == "yes") & frame["gap"].notna()]
    if not len(inside):
        return "No year of the chosen period can be compared; see the table for what is missing."
    first, last = inside.iloc[0], inside.iloc[-1]
    unit = unit_apart(measure)
    who = "the pilots averaged" if len(selection.chosen) > 1 else f"{selection.pilot_words} had"
    words = (
        f"In {last['year']} {who} {number(last['pilots'], measure.decimals)} and "
        f"{faced(selection)} {number(last['comparator'], measure.decimals)} "
        f"({measure.unit}): a gap of {signed(last['gap'], measure.decimals)} {unit}"
    )
    if not np.isnan(last["low"]):
        low, high = (signed(last[end], measure.decimals) for end in ("low", "high"))
        words += f" (95 % interval {low} to {high}, n = {int(last['n'])})"
    if first["year_end"] == last["year_end"]:
        return f"{words}."
    before = signed(first["gap"], measure.decimals)
    return f"{words}; in {first['year']} it was {before}."


def _method(family: MeasureFamily, selection: Selection) -> Facts:
    measure = family.measure(selection)
    common = facts(
        selection,
        estimand="In each year, the mean over pilots of the pilot's figure minus its comparator.",
        unit=measure.unit,
        test=False,
    )
    return (("Definition", measure.definition), *common)


def years_of(family: MeasureFamily, *, key: str, whole: str, about: str) -> Finding:
    """Make the finding that follows one measure by year.

    Args:
        family: The family of the measure.
        key: Name in addresses.
        whole: Key of the finding that holds the whole table.
        about: One line for the list of findings.
    """
    return Finding(
        key=key,
        title=lambda s: f"{family.measure(s).name}: pilots and their comparator by year",
        subtitle=lambda s: f"{family.measure(s).unit.capitalize()} · {s.label}",
        unit=family.unit,
        scale=family.scale,
        sources=family.sources,
        columns=BY_YEAR_COLUMNS,
        analyse=partial(by_year, family),
        sentence=partial(_summary, family),
        notes=family.notes,
        method=partial(_method, family),
        kind=Kind.OFFICIAL,
        whole=whole,
        about=about,
    )
