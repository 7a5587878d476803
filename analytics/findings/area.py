"""The reader's own authority on one indicator, year by year, with limits."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.indicators.indicator import Indicator
from analytics.method_card import Facts
from analytics.methods.limits import rate_limits, share_limits
from analytics.methods.refusal import CannotSayError
from analytics.panel import Floats, Panel, indicator_panel
from analytics.places import ENGLAND, place_name
from analytics.publication.finding import Finding, Tables, register
from analytics.selection import YEARS, Selection, year_label
from analytics.subject import indicator_of, notes
from analytics.wording import number
from data import sources
from data.schema import Column, ColumnKind, text
from data.source import Kind

AREA_COLUMNS: Final = (
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    text("year", "Year"),
    Column(name="value", label="Your authority"),
    Column(name="low", label="95% limits, lower"),
    Column(name="high", label="95% limits, upper"),
    Column(name="england", label="England", beside=True),
    text("status", "Status symbol"),
)


def area_by_year(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Follow the reader's own authority on one indicator, with limits where counts are held.

    Args:
        tables: Indicators and authorities by key.
        selection: What the reader chose.

    Raises:
        CannotSayError: No authority is chosen.
    """
    if not selection.area:
        msg = "Choose your authority in the bar above to see it by year."
        raise CannotSayError(msg)
    indicator = indicator_of(selection)
    panel = indicator_panel(tables[sources.INDICATORS.key], selection.vintage)
    at = panel.places[selection.area]
    values, symbols = panel.block((indicator.key,), YEARS)
    low, high = _limits(panel, indicator, selection.area)
    frame = pd.DataFrame(
        {
            "year_end": YEARS,
            "year": [year_label(year) for year in YEARS],
            "value": values[0, at],
            "low": low,
            "high": high,
            "england": values[0, panel.places[ENGLAND]],
            "status": symbols[0, at],
        }
    )
    held = np.flatnonzero(frame[["value", "england"]].notna().any(axis=1))
    return frame.iloc[held[0] : held[-1] + 1] if len(held) else frame.iloc[:0]


def _limits(panel: Panel, indicator: Indicator, code: str) -> tuple[Floats, Floats]:
    """Return 95 % limits by year, in the unit of the indicator; NaN where counts are not held.

    The limits are those of the count, scaled as the published value scales it, so that they hold
    the value whichever population its publisher divided by.
    """
    unknown = np.full(len(YEARS), np.nan)
    if not indicator.count or not indicator.base:
        return unknown, unknown
    block, _ = panel.block((indicator.key, indicator.count, indicator.base), YEARS)
    value, count, base = block[:, panel.places[code], :]
    sound = np.isfinite(value) & (count > 0) & (count == np.round(count)) & (value > 0)
    if indicator.is_share:
        sound &= (count <= base) & (base == np.round(base))
        limits = share_limits(np.where(sound, count, np.nan), np.where(sound, base, np.nan))
        low, high = 100 * limits.low, 100 * limits.high
    else:
        per = np.divide(count, value, out=unknown.copy(), where=sound)
        limits = rate_limits(np.where(sound, count, np.nan), per, per=1)
        low, high = limits.low, limits.high
    holds = (low <= value) & (value <= high)  # a count revised since its share: no limits
    return np.where(holds, low, np.nan), np.where(holds, high, np.nan)


def _area_says(frame: pd.DataFrame, selection: Selection) -> str:
    indicator = indicator_of(selection)
    name = place_name(selection.area)
    held = frame[frame["value"].notna()]
    if not len(held):
        return f"{name} has no figures on this indicator."
    last = held.iloc[-1]
    words = (
        f"In {last['year']} {name} stood at {number(last['value'], indicator.decimals)} "
        f"({indicator.unit})"
    )
    if not np.isnan(last["low"]):
        low, high = (number(last[end], indicator.decimals) for end in ("low", "high"))
        words += f", 95 % limits {low} to {high}"
    if not np.isnan(last["england"]):
        words += f"; England {number(last['england'], indicator.decimals)}"
    return f"{words}."


def _area_method(selection: Selection) -> Facts:
    kind = (
        "Wilson's limits for a share."
        if indicator_of(selection).is_share
        else "Exact Poisson limits where the count is below 10, Byar's otherwise."
    )
    return (
        ("Definition", indicator_of(selection).definition),
        (
            "Limits",
            (
                f"{kind} They show how far the figure could move by chance in a year with the same "
                "underlying rate; they do not cover recording practice. Not drawn where the counts "
                "are not held."
            ),
        ),
        ("Trend", "No trend is stated on fewer than five comparable years."),
    )


area: Final = register(
    Finding(
        key="area-years",
        title=lambda s: f"{indicator_of(s).name}: your authority by year",
        subtitle=lambda s: (
            f"{indicator_of(s).unit.capitalize()} · "
            f"{place_name(s.area) if s.area else 'no authority chosen'}"
        ),
        unit=lambda s: indicator_of(s).unit,
        sources=(sources.INDICATORS, sources.AUTHORITIES),
        columns=AREA_COLUMNS,
        analyse=area_by_year,
        sentence=_area_says,
        notes=notes,
        method=_area_method,
        kind=Kind.OFFICIAL,
        whole="indicator-values",
        about="One authority on one indicator by year, with 95 % limits where counts are held.",
    )
)
