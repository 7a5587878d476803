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
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.publication.withheld import NOTHING
from analytics.selection.choices import YEARS, Vintage
from analytics.selection.places import ENGLAND, authorities, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import in_year, limit_decimals, number, upper_first, year_label
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind
from data.symbols import Symbol

PER: Final = 10_000  # children that rates are of
CHILDREN: Final = "pop_0_17_mid"
FEW: Final = 1_000  # of fewer, 0.0 % as printed is nobody: half a tenth of a per cent is under one

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
        msg = (
            "Choose your authority in the bar above, below the list of pilots: it is drawn by "
            "year, with England beside it."
        )
        raise NotEstimableError(msg)
    indicator = INDICATORS[selection.indicator]
    table = tables[sources.INDICATORS.key]
    panel = indicator_panel(table, selection.vintage)
    (children,), _ = indicator_panel(table, Vintage.PREFERRED).block((CHILDREN,), YEARS)
    frames = [
        _by_year(panel, indicator, code, role=role, children=children[panel.places[code]])
        for code, role in _related(selection.area)
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


def _by_year(
    panel: Panel, indicator: Indicator, code: str, *, role: str, children: Floats
) -> pd.DataFrame:
    values, symbols = panel.block((indicator.key,), YEARS)
    low, high = _limits(panel, indicator, code, children)
    return pd.DataFrame(
        {
            "code": code,
            "place": authorities()[code].label,
            "role": role,
            "year_end": YEARS,
            "year": [year_label(year, indicator.day) for year in YEARS],
            "value": values[0, panel.places[code]],
            "low": low,
            "high": high,
            "england": values[0, panel.places[ENGLAND]],
            "status": symbols[0, panel.places[code]],
        }
    )


def _limits(
    panel: Panel, indicator: Indicator, code: str, children: Floats
) -> tuple[Floats, Floats]:
    """Return 95 % limits by year, in the unit of the indicator; NaN where counts are not held.

    The limits are those of the count, scaled as the published value scales it, so that they hold
    the value whichever population its publisher divided by. Children are those of the middle of
    each year.
    """
    unknown = np.full(len(YEARS), np.nan)
    if not indicator.base:
        return unknown, unknown
    before = np.concatenate([[np.nan], children[:-1]])
    value, count, base = _counted(panel, indicator, code, before)
    sound = np.isfinite(value) & (count >= 0) & (count == np.round(count))
    sound &= (value > 0) == (count > 0)
    if indicator.is_share:
        sound &= (count <= base) & (base == np.round(base))
        limits = share_limits(np.where(sound, count, np.nan), np.where(sound, base, np.nan))
        low, high = 100 * limits.low, 100 * limits.high
    else:
        # No value tells what a count of zero is divided by: the children of the year before.
        per = np.where(count == 0, before / PER, unknown)
        per = np.divide(count, value, out=per, where=sound & (count > 0))
        limits = rate_limits(np.where(sound, count, np.nan), per, per=1)
        low, high = limits.low, limits.high
    holds = (low <= value) & (value <= high)  # a count revised since its share: no limits
    return np.where(holds, low, np.nan), np.where(holds, high, np.nan)


def _counted(panel: Panel, indicator: Indicator, code: str, before: Floats) -> Floats:
    """Return value, count and base by year; a count is zero, too, where the value printed says so.

    A rate printed as zero, even in whole numbers, is nobody of fewer than 10,000 children, and a
    share printed as zero nobody of few. A count its publisher hides stays unknown.
    """
    block, why = panel.block((indicator.key, indicator.count, indicator.base), YEARS)
    found, symbols = block[:, panel.places[code]], why[:, panel.places[code]]
    value, count, base = found
    few = base < FEW if indicator.is_share else before < PER
    zero = (value == 0) & np.isnan(count) & (symbols[1] != Symbol.CONFIDENTIAL.value) & few
    found[1, zero] = 0
    return found


def _area_words(frame: pd.DataFrame, selection: Selection) -> Words:
    indicator, place = INDICATORS[selection.indicator], place_name(selection.area)
    moved = authorities()[selection.area].changed if len(_related(selection.area)) > 1 else ""
    held = frame[frame["value"].notna() & frame["role"].eq("yours")]
    if not len(held):
        return Words(
            verdict=f"{place} has no figures on this indicator",
            plain=(moved,) if moved else (),
        )
    last, name = held.iloc[-1], indicator.plain
    decimals = indicator.decimals
    value = name.level(last["value"], decimals)
    beside = ""
    verdict = f"{place}: {value} in {last['year']}"
    if not np.isnan(last["england"]):
        beside = f", against {name.level(last['england'], decimals)} in England"
        way = "below" if last["value"] < last["england"] else "above"
        verdict = f"{place} was {way} England {in_year(last['year'], indicator.day)}"
    when = in_year(last["year"], indicator.day)
    said = f"{upper_first(name.subject)} {when}: {value}{name.per_words}{beside}."
    return Words(
        verdict=verdict,
        plain=(said, *_range(last, indicator), *((moved,) if moved else ())),
        technical=technical_line(*_limits_words(last, indicator)),
    )


def _range(last: pd.Series, indicator: Indicator) -> tuple[str, ...]:
    if np.isnan(last["low"]):
        return ()
    decimals = limit_decimals(last["high"], indicator.decimals)
    low, high = (indicator.plain.level(last[end], decimals) for end in ("low", "high"))
    return (f"Chance alone could move it between {low} and {high}.",)


def _limits_words(last: pd.Series, indicator: Indicator) -> tuple[str, ...]:
    if np.isnan(last["low"]):
        return ("counts not held, so no limits",)
    decimals = limit_decimals(last["high"], indicator.decimals)
    low, high = (number(last[end], decimals) for end in ("low", "high"))
    return (f"95% limits {low} to {high}",)


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
                "are not held; a zero printed of few is a count of zero."
            ),
        ),
        ("Trend", "No trend is stated on fewer than five comparable years."),
    )


area: Final = register(
    Finding(
        key="area-years",
        follows=frozenset({"vintage", "area", "indicator"}),
        title=lambda s: f"{INDICATORS[s.indicator].name}: your authority by year",
        subtitle=lambda s: (
            f"{INDICATORS[s.indicator].unit.capitalize()} · "
            f"{place_name(s.area) if s.area else 'no authority chosen'}"
        ),
        unit=lambda s: INDICATORS[s.indicator].unit,
        measure=lambda s: INDICATORS[s.indicator],
        sources=(sources.INDICATORS, sources.AUTHORITIES),
        columns=AREA_COLUMNS,
        analyse=area_by_year,
        words=_area_words,
        notes=_area_notes,
        method=_area_method,
        kind=Kind.OFFICIAL,
        whole="indicator-values",
        about="One authority on one indicator by year, with 95% limits where counts are held.",
        unanswered=lambda s: NOTHING if s.area else "Choose your council to see it here",
    )
)
