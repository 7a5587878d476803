"""Section 251 spend as arrays: pounds by line, and the ratios made of them."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.panel import (
    UNQUALIFIED,
    Floats,
    Panel,
    indicator_panel,
    panel,
    say_boundaries,
)
from analytics.measures.ratios.lines import LAST_YEAR_OF_DETAIL, LINES, TOTAL
from analytics.measures.ratios.ratio import Head, Ratio
from analytics.measures.ratios.registry import RATIOS
from analytics.methods.jumps import jumped
from analytics.selection.choices import YEARS, Vintage
from data.load import Table
from data.symbols import Symbol

Symbols = NDArray[np.str_]


@lru_cache(maxsize=4)
def returned_panel(section251: Table, indicators: Table) -> Panel:
    """Arrange gross expenditure as it was returned: line by place by year, in pounds of the year.

    Args:
        section251: One row per place, year, line and edition.
        indicators: Names the places.

    Returns:
        Every value returned, negative ones included.
    """
    frame = section251.frame
    codes = indicators.frame["code"].astype(str).unique()
    chosen = frame[frame["preferred"] & frame["line_code"].isin(list(LINES))]
    return panel(chosen, series="line_code", codes=codes, value="gross")


@lru_cache(maxsize=4)
def line_panel(section251: Table, indicators: Table) -> Panel:
    """Arrange gross expenditure for use: what cannot be used is missing, with its reason.

    A negative figure is missing, as ``negative``; a line that the return no longer prints, as
    ``no-line``; an authority that did not exist in the year, as ``not-then``.

    Args:
        section251: One row per place, year, line and edition.
        indicators: Names the places.
    """
    made = returned_panel(section251, indicators)
    values, symbols = made.block(tuple(made.series), made.years)
    symbols[values < 0] = Symbol.NEGATIVE.value
    values[values < 0] = np.nan
    _say_why(made, values, symbols)
    return Panel.of(values, symbols, series=made.series, places=made.places, years=made.years)


def _say_why(made: Panel, values: Floats, symbols: Symbols) -> None:
    missing = np.isnan(values) & (symbols == Symbol.NOT_PUBLISHED.value)
    years = np.array(made.years)
    for code, at in made.series.items():
        ended = LINES[code].detail & (years > LAST_YEAR_OF_DETAIL)
        symbols[at][missing[at] & ended[None, :]] = Symbol.NO_LINE.value
    say_boundaries(values, symbols, places=made.places, years=made.years)


@lru_cache(maxsize=4)
def ratio_panel(section251: Table, indicators: Table, deflator: Table) -> Panel:
    """Work every ratio of the registry out, for every place and year.

    A missing part makes the ratio missing, with the part's reason; a zero below the stroke makes
    it missing as ``zero``. No value is ever infinite. One that stands on a line that moved by more
    than half from the year before is marked ``jump``.

    Args:
        section251: One row per place, year, line and edition.
        indicators: Holds the counts of children.
        deflator: GDP deflator by year, 2018/19 = 100.
    """
    lines = line_panel(section251, indicators)
    counts = indicator_panel(indicators, Vintage.PREFERRED)
    prices = _prices(deflator)
    made = [_worked(ratio, lines, counts, prices) for ratio in RATIOS.values()]
    return Panel.of(
        np.stack([values for values, _ in made]),
        np.stack([symbols for _, symbols in made]),
        series={key: at for at, key in enumerate(RATIOS)},
        places=lines.places,
        years=lines.years,
    )


def _prices(deflator: Table) -> Floats:
    """Return what turns pounds of each year into pounds of 2018/19; NaN where not published."""
    known = dict(
        zip(deflator.frame["year_end"].tolist(), deflator.frame["deflator"].tolist(), strict=True)
    )
    return np.array([100 / known[year] if year in known else np.nan for year in YEARS])


def parts_of(
    ratio: Ratio, section251: Table, indicators: Table, deflator: Table
) -> tuple[Floats, Floats, Floats]:
    """Return what a ratio is made of, for every place and year.

    Args:
        ratio: From the registry.
        section251: One row per place, year, line and edition.
        indicators: Holds the counts of children.
        deflator: GDP deflator by year, 2018/19 = 100.

    Returns:
        Pounds of the year above the stroke and what is below it, both of shape (places, years),
        and what turns pounds of each year into those of 2018/19, of shape (years,).
    """
    lines = line_panel(section251, indicators)
    if ratio.per:
        below, _ = _heads(indicator_panel(indicators, Vintage.PREFERRED), ratio.per)
    else:
        below, _ = _sum(lines, ratio.denominator)
    return _sum(lines, ratio.numerator)[0], below, _prices(deflator)


def _worked(ratio: Ratio, lines: Panel, counts: Panel, prices: Floats) -> tuple[Floats, Symbols]:
    above, why_above = _sum(lines, ratio.numerator)
    if ratio.per:
        below, why_below = _heads(counts, ratio.per)
    else:
        below, why_below = _sum(lines, ratio.denominator)
    if ratio.real:
        above = above * prices[None, :]
    symbols = np.where(why_above != UNQUALIFIED, why_above, why_below)
    zero = (below == 0) & (symbols == UNQUALIFIED)
    symbols = np.where(zero, Symbol.ZERO.value, symbols)
    sound = np.isfinite(above) & np.isfinite(below) & (below > 0)
    symbols = np.where(
        ~sound & (symbols == UNQUALIFIED), Symbol.NO_LINE.value, symbols
    )  # years without a deflator
    values = np.divide(above, below, out=np.full(above.shape, np.nan), where=sound)
    moved = jumped(lines.block(ratio.lines, YEARS)[0]).any(axis=0)
    return values, np.where(sound, np.where(moved, Symbol.JUMP.value, UNQUALIFIED), symbols)


def _sum(lines: Panel, codes: tuple[str, ...]) -> tuple[Floats, Symbols]:
    """Add lines up; the first missing one makes the sum missing, with its reason."""
    values, symbols = lines.block(codes, YEARS)
    why = np.full(values.shape[1:], UNQUALIFIED, dtype=symbols.dtype)
    for at in range(len(codes)):
        missing = np.isnan(values[at]) & (why == UNQUALIFIED)
        why[missing] = symbols[at][missing]
    return values.sum(axis=0), why


def _heads(counts: Panel, per: Head) -> tuple[Floats, Symbols]:
    """Return the children spend is divided by, in the year of the spend."""
    values, symbols = counts.block((per.series,), YEARS)
    value, why = values[0], symbols[0]
    if per.lag:
        value = np.roll(value, per.lag, axis=1)
        why = np.roll(why, per.lag, axis=1)
        value[:, : per.lag], why[:, : per.lag] = np.nan, Symbol.NOT_PUBLISHED.value
    return value, np.where(np.isnan(value), why, UNQUALIFIED)


@lru_cache(maxsize=4)
def share_panel(section251: Table, indicators: Table) -> Panel:
    """Work out every line as a share of the total of its place and year.

    Args:
        section251: One row per place, year, line and edition.
        indicators: Names the places.

    Returns:
        Series by line code, as proportions of line 5.0.2; missing where either is.
    """
    lines = line_panel(section251, indicators)
    pounds, why = lines.block(tuple(lines.series), lines.years)
    total = pounds[lines.series[TOTAL]]
    sound = np.isfinite(pounds) & (total > 0)
    values = np.divide(pounds, total, out=np.full(pounds.shape, np.nan), where=sound)
    symbols = np.where(np.isfinite(pounds) & ~sound, Symbol.ZERO.value, why)
    return Panel.of(values, symbols, series=lines.series, places=lines.places, years=lines.years)
