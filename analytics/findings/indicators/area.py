"""The reader's own authority on one indicator, year by year, with limits."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.method_card import Facts
from analytics.evaluation.panel import Floats, Panel, indicator_panel
from analytics.measures.indicators.indicator import Indicator
from analytics.measures.indicators.registry import INDICATORS
from analytics.methods.limits import rate_limits, share_limits
from analytics.methods.refusal import NotEstimableError
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import YEARS
from analytics.selection.places import ENGLAND, authorities, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import limit_decimals, number, year_label
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

PER: Final = 10_000  # children that rates are of

AREA_COLUMNS: Final = (
    key_text("code", "GSS code", in_table=False),
    text("place", "Place"),
    key_text("role", "Role", about="yours; or predecessor or successor by a change of boundaries."),
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    text("year", "Year"),
    Column(name="value", label="Value"),
    Column(name="low", label="95% limits, lower", decimals=2),
    Column(name="high", label="95% limits, upper", decimals=2),
    Column(name="england", label="England", beside=True),
    key_text("status", "Status symbol"),
)


def area_by_year(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Follow the reader's own authority on one indicator, with limits where counts are held.

    Args:
        tables: Indicators and authorities by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: No authority is chosen.
    """
    if not selection.area:
        msg = "Choose your authority in the bar above to see it by year."
        raise NotEstimableError(msg)
    indicator = INDICATORS[selection.indicator]
    panel = indicator_panel(tables[sources.INDICATORS.key], selection.vintage)
    frames = [
        _by_year(panel, indicator, code, role=role) for code, role in _related(selection.area)
    ]
    yours = frames[0]
    held = np.flatnonzero(yours[["value", "england"]].notna().any(axis=1))
    if not len(held):
        return yours.iloc[:0]
    others = [one[one["value"].notna()] for one in frames[1:]]
    return pd.concat([yours.iloc[held[0] : held[-1] + 1], *others], ignore_index=True)


def _related(code: str) -> list[tuple[str, str]]:
    """Return an authority, those it was formed from and those that replaced it, with their role."""
    place = authorities()[code]
    before = [(one, "predecessor") for one in place.predecessors]
    return [(code, "yours"), *before, *((one, "successor") for one in place.successors)]


def _by_year(panel: Panel, indicator: Indicator, code: str, *, role: str) -> pd.DataFrame:
    values, symbols = panel.block((indicator.key,), YEARS)
    low, high = _limits(panel, indicator, code)
    return pd.DataFrame(
        {
            "code": code,
            "place": authorities()[code].label,
            "role": role,
            "year_end": YEARS,
            "year": [year_label(year) for year in YEARS],
            "value": values[0, panel.places[code]],
            "low": low,
            "high": high,
            "england": values[0, panel.places[ENGLAND]],
            "status": symbols[0, panel.places[code]],
        }
    )


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
    sound = np.isfinite(value) & (count >= 0) & (count == np.round(count))
    sound &= (value > 0) == (count > 0)
    if indicator.is_share:
        sound &= (count <= base) & (base == np.round(base))
        limits = share_limits(np.where(sound, count, np.nan), np.where(sound, base, np.nan))
        low, high = 100 * limits.low, 100 * limits.high
    else:
        # No value tells what a count of zero is divided by: the children of the year before.
        children = np.concatenate([[np.nan], base[:-1]])
        per = np.where(count == 0, children / PER, unknown)
        per = np.divide(count, value, out=per, where=sound & (count > 0))
        limits = rate_limits(np.where(sound, count, np.nan), per, per=1)
        low, high = limits.low, limits.high
    holds = (low <= value) & (value <= high)  # a count revised since its share: no limits
    return np.where(holds, low, np.nan), np.where(holds, high, np.nan)


def _area_summary(frame: pd.DataFrame, selection: Selection) -> str:
    indicator = INDICATORS[selection.indicator]
    name = place_name(selection.area)
    changed = (
        f" {authorities()[selection.area].changed}" if len(_related(selection.area)) > 1 else ""
    )
    held = frame[frame["value"].notna() & frame["role"].eq("yours")]
    if not len(held):
        return f"{name} has no figures on this indicator.{changed}"
    last = held.iloc[-1]
    words = (
        f"In {last['year']} {name} stood at {number(last['value'], indicator.decimals)} "
        f"({indicator.unit})"
    )
    if not np.isnan(last["low"]):
        decimals = limit_decimals(last["high"], indicator.decimals)
        low, high = (number(last[end], decimals) for end in ("low", "high"))
        words += f", 95 % limits {low} to {high}"
    if not np.isnan(last["england"]):
        words += f"; England {number(last['england'], indicator.decimals)}"
    return f"{words}.{changed}"


def _area_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say first why a line begins or ends with a change of boundaries, and what is dashed."""
    place = authorities()[selection.area]
    said = list[str]()
    if place.predecessors or place.successors:
        when = "before" if place.predecessors else "after"
        said.append(f"{place.changed} {place.name} did not exist {when} then: no figures there.")
    if frame["role"].ne("yours").any():
        said.append(
            "The dashed lines are of the authorities before or after it. They cover other areas, "
            "so they do not continue its line."
        )
    return (*said, *INDICATOR_FAMILY.notes(frame, selection))


def _area_method(selection: Selection) -> Facts:
    kind = (
        "Wilson's limits for a share."
        if INDICATORS[selection.indicator].is_share
        else "Exact Poisson limits where the count is below 10, Byar's otherwise."
    )
    return (
        ("Definition", INDICATORS[selection.indicator].definition),
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
        title=lambda s: f"{INDICATORS[s.indicator].name}: your authority by year",
        subtitle=lambda s: (
            f"{INDICATORS[s.indicator].unit.capitalize()} · "
            f"{place_name(s.area) if s.area else 'no authority chosen'}"
        ),
        unit=lambda s: INDICATORS[s.indicator].unit,
        sources=(sources.INDICATORS, sources.AUTHORITIES),
        columns=AREA_COLUMNS,
        analyse=area_by_year,
        sentence=_area_summary,
        notes=_area_notes,
        method=_area_method,
        kind=Kind.OFFICIAL,
        whole="indicator-values",
        about="One authority on one indicator by year, with 95 % limits where counts are held.",
    )
)
