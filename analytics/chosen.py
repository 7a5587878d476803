"""What a page that asks how sure is about: the series in hand, its family, and their figures.

Findings that take these three work for any series of a ``Panel``.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from analytics.indicators.registry import INDICATORS, core
from analytics.panel import Panel, indicator_panel
from analytics.selection import Selection
from analytics.subject import notes as indicator_notes
from analytics.verdicts import Series
from data import sources
from data.load import Table
from data.source import Source

TABLES: Final[tuple[Source, ...]] = (
    sources.INDICATORS,
    sources.NEIGHBOURS,
    sources.AUTHORITIES,
    sources.PILOTS,
)

subject_notes = indicator_notes


def panel_of(tables: Mapping[str, Table], selection: Selection) -> Panel:
    """Return the figures that the selection is about.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: Holds the vintage.
    """
    return indicator_panel(tables[sources.INDICATORS.key], selection.vintage)


def series_of(selection: Selection) -> Series:
    """Return the series that the selection names."""
    return _series(selection.indicator)


def family_of(_selection: Selection) -> tuple[Series, ...]:
    """Return the series that are tested together with the one in hand."""
    return _core()


def breaks_of(selection: Selection) -> str:
    """Return where the series in hand is interrupted or redefined, or nothing."""
    return INDICATORS[selection.indicator].breaks


@cache
def _core() -> tuple[Series, ...]:
    return tuple(_series(one.key) for one in core())


def _series(key: str) -> Series:
    one = INDICATORS[key]
    return Series(key=one.key, name=one.name, unit=one.unit, short=one.short_name)
