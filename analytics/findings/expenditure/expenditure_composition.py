"""What spend is made of: each category and line as a share of the total."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import compare
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.evaluation.panel import Floats
from analytics.evaluation.spending import share_panel
from analytics.evaluation.verdict_words import than_of, who_of
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
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import OF_SPEND
from analytics.selection.places import ENGLAND
from analytics.selection.selection import Selection
from analytics.text.wording import (
    VERDICT_WORDS,
    listed,
    number,
    pluralise,
    upper_first,
    year_label,
    years_label,
)
from analytics.text.words import Words, technical_line
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
            f"These lines are printed for {years_label(FIRST_YEAR, last)}; choose "
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
    within = {code: line.name for line in categories() for code in line.parts}
    return pd.DataFrame(
        {
            "line": keys,
            "name": [LINES[key].name for key in keys],
            "within": [within.get(key, "") for key in keys],
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


def _composition_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say what most was spent on, and how far that is from what others spent on it."""
    held = frame[frame["pilots"].notna() & frame["comparator"].notna()]
    last = frame["last"].iloc[0]
    if not len(held):
        return Words(
            verdict="No chosen pilot can be compared on these lines",
            plain=(f"No pilot of this choice has figures to compare in {last}.",),
        )
    first, *others = (held.iloc[at] for at in _largest_first(held["pilots"])[:3])
    n = int(held["n"].max())
    return Words(
        verdict=_largest(held, first, selection),
        plain=(_spent_on(first, selection), *(_next(others) if others else ())),
        technical=technical_line(
            f"shares of total gross expenditure, {last}",
            f"mean of {pluralise(n, 'pilot')}, each counted once whatever its size",
            f"in brackets: {than_of(selection)}",
            "not tested",
        ),
    )


def _largest_first(shares: pd.Series) -> list[int]:
    """Return the places of shares, largest first; of equal ones the first first."""
    return np.argsort(-shares.to_numpy(np.float64), kind="stable").tolist()


def _largest(held: pd.DataFrame, first: pd.Series, selection: Selection) -> str:
    """Name the largest part, and whether it is the largest of the others' spending too."""
    most = held["line"].iloc[_largest_first(held["comparator"])[0]] == first["line"]
    others = f"as {than_of(selection)} did" if most else f"unlike {than_of(selection)}"
    said = f"{upper_first(who_of(selection))} spent most on {first['name']}"
    whole = f"{said}, {others}"
    return whole if len(whole.split()) <= VERDICT_WORDS else said


def _spent_on(row: pd.Series, selection: Selection) -> str:
    """Say the share of one line, and how many percentage points apart the others are."""
    own, against = (100 * float(row[side]) for side in ("pilots", "comparator"))
    apart = abs(round(own, 1) - round(against, 1))
    side = "more" if own > against else "less"
    far = f"{number(apart)} percentage points {side} than" if apart else "as much as"
    return (
        f"In {row['last']}, {who_of(selection)} spent {number(own)}% on {row['name']}, {far} "
        f"{than_of(selection)} ({number(against)}%)."
    )


def _next(rows: Sequence[pd.Series]) -> tuple[str, ...]:
    parts = [
        f"{row['name']} with {number(100 * row['pilots'])}% ({number(100 * row['comparator'])}%)"
        for row in rows
    ]
    return (f"Next came {listed(parts)}.",)


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
        follows=OF_SPEND,
        title=title,
        subtitle=lambda s: f"Share of total gross expenditure · {s.label}",
        unit="share of total spend",
        sources=SOURCES,
        columns=COMPOSITION_COLUMNS,
        words=_composition_words,
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
