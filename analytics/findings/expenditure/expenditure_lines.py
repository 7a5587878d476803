"""The pounds behind every share and ratio: gross expenditure by line, place and year."""

from typing import Final

import pandas as pd

from analytics.evaluation.method_card import comparison_notes
from analytics.evaluation.spending import line_panel
from analytics.measures.ratios.lines import (
    LINES,
    QUALITY,
)
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import OF_SPEND
from analytics.selection.places import ENGLAND, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise
from analytics.text.words import Words
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

#: A part of the figures smaller than one in so many is said to be small.
MANY: Final = 20
LINE_COLUMNS: Final = (
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    key_text("line", "Line"),
    text("name", "Spend on"),
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    Column(name="value", label="Gross expenditure", unit="£ cash", decimals=0),
    key_text("status", "Status symbol", about="Why a value is missing."),
)


def every_line(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return the pounds on every line, for the chosen pilots, the reader's authority and England.

    Args:
        tables: The tables of expenditure ratios by key.
        selection: What the reader chose.
    """
    panel = line_panel(tables[sources.SECTION251.key], tables[sources.INDICATORS.key])
    shown = dict.fromkeys([pilot.code for pilot in selection.chosen])
    places = [*shown, *([selection.area] if selection.area not in {"", *shown} else []), ENGLAND]
    values, symbols = panel.block(tuple(LINES), selection.years)
    return pd.DataFrame(
        [
            {
                "code": code,
                "place": "England" if code == ENGLAND else place_name(code),
                "line": line.code,
                "name": line.name,
                "year_end": year,
                "value": values[row, panel.places[code], at],
                "status": symbols[row, panel.places[code], at],
            }
            for code in places
            for row, line in enumerate(LINES.values())
            for at, year in enumerate(selection.years)
        ],
        columns=[column.name for column in LINE_COLUMNS],
    )


def _lines_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say how many figures are held, and how many are missing."""
    held, places = int(frame["value"].notna().sum()), frame["code"].nunique()
    missing = len(frame) - held
    if not missing:
        verdict = "No figure of spending is missing"
    elif missing < len(frame) / MANY:
        verdict = "Nearly every figure of spending is held"
    else:
        verdict = f"{round(100 * missing / len(frame))}% of the figures of spending are missing"
    figures = pluralise(held, "figure") if held else "no figure"
    of = pluralise(places, "place")
    lacking = pluralise(missing, "is", "are") if missing else "none is"
    reason = ", each with a reason" if missing else ""
    return Words(
        verdict=verdict if held else "No figure of spending is held",
        plain=(f"The table holds {figures} of {of}; {lacking} missing{reason}.",),
        technical="gross expenditure, £ of the year, by line of Section 251",
    )


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (QUALITY, *comparison_notes(selection))


lines: Final = register(
    Finding(
        key="expenditure-lines",
        follows=OF_SPEND | {"area"},
        title="Gross expenditure by line",
        subtitle=lambda s: f"£, cash · {s.pilot_words} · {s.period_words}",
        unit="pounds, cash",
        sources=(sources.SECTION251, sources.INDICATORS, sources.PILOTS),
        columns=LINE_COLUMNS,
        analyse=every_line,
        words=_lines_words,
        notes=_notes,
        method=lambda s: (
            ("What is estimated", "Nothing: these are the figures of the return."),
            ("Unit", "£ of the year, gross."),
            ("Period", s.period_words),
        ),
        kind=Kind.OFFICIAL,
        about="Pounds by line, place and year, with why a figure is missing.",
    )
)
