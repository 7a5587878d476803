"""What spend is made of: each category and line as a share of the total, and the pounds behind."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import compare
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.evaluation.panel import Floats
from analytics.evaluation.spending import line_panel, share_panel
from analytics.measures.ratios.lines import (
    LAST_YEAR_OF_DETAIL,
    LINES,
    QUALITY,
    Line,
    categories,
    leaves,
)
from analytics.measures.ratios.ratio import FIRST_YEAR, LAST_YEAR
from analytics.methods.averages import mean_of_present
from analytics.methods.refusal import NotEstimableError
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.places import ENGLAND, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import listed, number, pluralise, year_label
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

SOURCES: Final = (
    sources.SECTION251,
    sources.INDICATORS,
    sources.NEIGHBOURS,
    sources.AUTHORITIES,
    sources.PILOTS,
)
COMPOSITION_COLUMNS: Final = (
    key_text("line", "Line", about="Line code of the return."),
    text("name", "Spend on"),
    text("within", "Within", about="Category the line belongs to; empty for a category."),
    text("first", "First year"),
    text("last", "Last year"),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="pilots_first", label="Pilots, first year", decimals=3),
    Column(name="pilots", label="Pilots, last year", decimals=3, about="Share of total spend."),
    Column(name="comparator_first", label="Comparator, first year", decimals=3),
    Column(name="comparator", label="Comparator, last year", decimals=3),
    Column(name="england_first", label="England, first year", decimals=3),
    Column(name="england", label="England, last year", decimals=3),
)
LINE_COLUMNS: Final = (
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    key_text("line", "Line"),
    text("name", "Spend on"),
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    Column(name="value", label="Gross expenditure", unit="£ cash", decimals=0),
    key_text("status", "Status symbol", about="Why a value is missing."),
)


def composition(
    lines: Callable[[], Sequence[Line]], last: int, tables: Tables, selection: Selection
) -> pd.DataFrame:
    """Give each line as a share of the total, in the first and last year that can be compared.

    Args:
        lines: The lines that add up to the total.
        last: Last year the lines are printed for.
        tables: The tables of expenditure ratios by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: The period holds no year the lines are printed for.
    """
    first, end = max(selection.first, FIRST_YEAR), min(selection.last, last)
    if first > end:
        msg = (
            f"These lines are printed for {year_label(FIRST_YEAR)} to {year_label(last)}; choose "
            "a period that holds some of those years."
        )
        raise NotEstimableError(msg)
    chosen, keys = replace(selection, first=first, last=end), tuple(line.code for line in lines())
    panel = share_panel(tables[sources.SECTION251.key], tables[sources.INDICATORS.key])
    codes = tuple(pilot.code for pilot in selection.chosen)
    compared = compare(panel, tables[sources.NEIGHBOURS.key], chosen, keys=keys, codes=codes)
    both = np.isfinite(compared.own) & np.isfinite(compared.comparator)
    own, against = (
        _over_places(np.where(both, part, np.nan)) for part in (compared.own, compared.comparator)
    )
    england = panel.comparable(keys, chosen.years)[:, panel.places[ENGLAND]]
    return pd.DataFrame(
        {
            "line": keys,
            "name": [LINES[key].name for key in keys],
            "within": [_within(key) for key in keys],
            "first": year_label(first),
            "last": year_label(end),
            "n": both[:, :, -1].sum(axis=1),
            "pilots_first": own[:, 0],
            "pilots": own[:, -1],
            "comparator_first": against[:, 0],
            "comparator": against[:, -1],
            "england_first": england[:, 0],
            "england": england[:, -1],
        }
    )


def _over_places(values: Floats) -> Floats:
    """Return the mean over pilots, shape (lines, years)."""
    return mean_of_present(values.transpose(0, 2, 1))


def _within(code: str) -> str:
    return next((line.name for line in categories() if code in line.parts), "")


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


def _composition_summary(frame: pd.DataFrame, selection: Selection) -> str:
    held = frame[frame["pilots"].notna() & frame["comparator"].notna()]
    last = frame["last"].iloc[0]
    if not len(held):
        return f"No chosen pilot can be compared on these lines in {last}."
    top = held.sort_values("pilots", ascending=False).head(3)
    parts = [
        f"{row['name']} {number(100 * row['pilots'])} % (against "
        f"{number(100 * row['comparator'])} %)"
        for _, row in top.iterrows()
    ]
    return (
        f"In {last} the largest parts of the pilots' spend were {listed(parts)}; in brackets, "
        f"{selection.faced}. Shares are means over {pluralise(int(held['n'].max()), 'pilot')}, "
        "each counted once whatever its size."
    )


def _lines_say(frame: pd.DataFrame, _selection: Selection) -> str:
    held = int(frame["value"].notna().sum())
    return (
        f"{held:,} figures of {pluralise(frame['code'].nunique(), 'place')}; "
        f"{len(frame) - held:,} are missing, with the reason."
    )


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (QUALITY, *comparison_notes(selection))


def _detail_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        f"Lines of detail end in {year_label(LAST_YEAR_OF_DETAIL)}; categories go on.",
        *_notes(frame, selection),
    )


def _method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="The mean over pilots of each line's share of the pilot's own total (line 5.0.2, "
        "gross, without capital from revenue), beside the same for its comparator.",
        unit="Proportion of total spend.",
        test=False,
    )


def _composed(key: str, title: str, about: str) -> partial[Finding]:
    return partial(
        Finding,
        key=key,
        title=title,
        subtitle=lambda s: f"Share of total gross expenditure · {s.label}",
        unit="share of total spend",
        sources=SOURCES,
        columns=COMPOSITION_COLUMNS,
        sentence=_composition_summary,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="expenditure-lines",
        about=about,
    )


by_category: Final = register(
    _composed(
        "expenditure-composition",
        "What spend is made of, by category",
        "Categories of spend as shares of the total: pilots, comparator and England.",
    )(analyse=partial(composition, categories, LAST_YEAR), notes=_notes)
)

by_line: Final = register(
    _composed(
        "expenditure-detail",
        "What spend is made of, line by line",
        "Lines of spend as shares of the total, to 2018/19: pilots, comparator and England.",
    )(analyse=partial(composition, leaves, LAST_YEAR_OF_DETAIL), notes=_detail_notes)
)

lines: Final = register(
    Finding(
        key="expenditure-lines",
        title="Gross expenditure by line",
        subtitle=lambda s: f"Pounds, cash · {s.pilot_words} · {s.period_words}",
        unit="pounds, cash",
        sources=(sources.SECTION251, sources.INDICATORS, sources.PILOTS),
        columns=LINE_COLUMNS,
        analyse=every_line,
        sentence=_lines_say,
        notes=_notes,
        method=lambda s: (
            ("What is estimated", "Nothing: these are the figures of the return."),
            ("Unit", "Pounds of the year, gross."),
            ("Period", s.period_words),
        ),
        kind=Kind.OFFICIAL,
        about="Pounds by line, place and year, with why a figure is missing.",
    )
)
