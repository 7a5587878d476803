"""The indicator a selection is about: which it is, what must be said beside it."""

import pandas as pd

from analytics.choices import Comparator
from analytics.indicators.indicator import Indicator
from analytics.indicators.registry import INDICATORS
from analytics.selection import Selection
from data.symbols import meaning


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
    if "status" in frame:
        found = sorted({mark for cell in frame["status"].tolist() for mark in cell.split()})
        said.extend(f"{mark}: {meaning(mark)}." for mark in found)
    return tuple(said)


def faced(selection: Selection) -> str:
    """Name the comparator with its aggregator, inside a sentence."""
    return {
        Comparator.NEIGHBOURS: f"the {selection.average} of their neighbours",
        Comparator.REGION: "their regions",
        Comparator.ENGLAND: "England",
        Comparator.PILOTS: f"the {selection.average} of the other pilots",
    }[selection.compare]
