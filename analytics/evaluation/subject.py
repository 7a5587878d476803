"""The indicator a selection is about: which it is, what must be said beside it."""

from typing import Final

import pandas as pd

from analytics.measures.indicators.indicator import Indicator
from analytics.measures.indicators.registry import INDICATORS
from analytics.selection.choices import Comparator
from analytics.selection.selection import Selection
from data.symbols import meaning

#: Columns of a finding that hold the publisher's symbols: of one value, or of several years.
SYMBOLS: Final = ("status", "symbols")


def indicator_of(selection: Selection) -> Indicator:
    """Return the indicator the selection names."""
    return INDICATORS[selection.indicator]


def notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Return polarity, breaks and the meaning of every symbol the frame holds.

    Args:
        frame: May hold ``status``, one or more of the publisher's symbols a row.
        selection: Names the indicator.
    """
    indicator = indicator_of(selection)
    said = [f"{indicator.polarity.words}. {indicator.argument}"]
    if indicator.breaks:
        said.append(f"Breaks in the series: {indicator.breaks}")
    return (*said, *symbol_notes(frame))


def symbol_notes(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the meaning of every symbol a frame holds.

    Args:
        frame: May hold ``status`` or ``symbols``, one or more symbols a row.
    """
    marks = [cell for name in SYMBOLS if name in frame for cell in frame[name].tolist()]
    found = sorted({mark for cell in marks for mark in cell.split()})
    return tuple(f"{mark}: {meaning(mark)}." for mark in found)


def faced(selection: Selection) -> str:
    """Name the comparator with its aggregator, inside a sentence."""
    return {
        Comparator.NEIGHBOURS: f"the {selection.averaged} of their neighbours",
        Comparator.REGION: "their regions",
        Comparator.ENGLAND: "England",
        Comparator.PILOTS: f"the {selection.average} of the other pilots",
    }[selection.compare]
