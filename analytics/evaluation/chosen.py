"""What a page that asks how sure is about: the series in hand, its family, and their figures.

An indicator or an expenditure ratio, as the selection says. Findings that take these work for any
series of a ``Panel``.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

import pandas as pd

from analytics.evaluation.panel import Panel, indicator_panel
from analytics.evaluation.spending import ratio_panel
from analytics.evaluation.subject import notes as indicator_notes
from analytics.evaluation.subject import symbol_notes
from analytics.evaluation.verdicts import Series
from analytics.measures.indicators import registry as indicators
from analytics.measures.ratios import registry as ratios
from analytics.measures.ratios.lines import QUALITY
from analytics.selection.choices import Subject
from analytics.selection.selection import Selection
from data.load import Table
from data.sources import registry as sources
from data.sources.source import Source

TABLES: Final[tuple[Source, ...]] = (
    sources.INDICATORS,
    sources.SECTION251,
    sources.DEFLATOR,
    sources.NEIGHBOURS,
    sources.AUTHORITIES,
    sources.PILOTS,
)


def unread(selection: Selection) -> tuple[Source, ...]:
    """Return the tables of ``TABLES`` that no figure of the series in hand comes from.

    Args:
        selection: Names the series.
    """
    if selection.about is Subject.INDICATOR:
        return (sources.SECTION251, sources.DEFLATOR)
    return ()


def subject_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Return what must be said beside the series in hand.

    Args:
        frame: May hold symbols.
        selection: Names the series.
    """
    if selection.about is Subject.INDICATOR:
        return indicator_notes(frame, selection)
    ratio = ratios.RATIOS[selection.ratio]
    return (ratio.definition, QUALITY, *ratio.remarks, *symbol_notes(frame))


def panel_of(tables: Mapping[str, Table], selection: Selection) -> Panel:
    """Return the figures that the selection is about.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: Says which subject, and holds the vintage.
    """
    figures = tables[sources.INDICATORS.key]
    if selection.about is Subject.RATIO:
        spend, prices = (tables[one.key] for one in (sources.SECTION251, sources.DEFLATOR))
        return ratio_panel(spend, figures, prices)
    return indicator_panel(figures, selection.vintage)


def series_of(selection: Selection) -> Series:
    """Return the series that the selection names."""
    if selection.about is Subject.RATIO:
        return _ratio(selection.ratio)
    return _indicator(selection.indicator)


def family_of(selection: Selection) -> tuple[Series, ...]:
    """Return the series that are tested together with the one in hand."""
    if selection.about is Subject.RATIO:
        return tuple(_ratio(one.key) for one in ratios.core())
    return tuple(_indicator(one.key) for one in indicators.core())


def breaks_of(selection: Selection) -> str:
    """Return where the series in hand is interrupted or redefined, or nothing."""
    if selection.about is Subject.RATIO:
        return " ".join(ratios.RATIOS[selection.ratio].remarks)
    return indicators.INDICATORS[selection.indicator].breaks


def thing_of(selection: Selection) -> str:
    """Return what one series is called in a sentence."""
    return selection.about.value


def _indicator(key: str) -> Series:
    one = indicators.INDICATORS[key]
    return Series(
        key=one.key,
        name=one.name,
        unit=one.unit,
        short=one.short_name,
        scale=one.scale,
        spoken=one.spoken,
    )


@cache
def _ratio(key: str) -> Series:
    one = ratios.RATIOS[key]
    return Series(
        key=one.key,
        name=one.name,
        unit=one.unit,
        short=one.short_name,
        scale=one.scale,
        spoken=one.spoken,
    )
