"""The families of measures: indicators and expenditure ratios, each with its figures and its page.

``family_of`` is the one place that asks which family a selection is about.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from analytics.evaluation.panel import Panel, indicator_panel
from analytics.evaluation.spending import ratio_panel
from analytics.measures.indicators.registry import INDICATORS, indicator_of
from analytics.measures.measure import Measure
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.choices import Subject, Vintage
from analytics.selection.parameter import Page
from analytics.selection.selection import Selection
from analytics.text.quantity import Scale
from analytics.text.wording import years_label
from data.load import Table
from data.programmes.programme import Programme
from data.sources import registry as sources
from data.sources.source import Source
from data.symbols import meaning

Tables = Mapping[str, Table]

#: Columns of a finding that hold the publisher's symbols: of one value, or of several years.
SYMBOLS: Final = ("status", "symbols")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeasureFamily:
    """Measures of one kind, which are compared and tested together.

    Attributes:
        subject: How an address names the family, on pages that take any.
        called: What one measure of it is called inside a sentence.
        measures: Every measure by its key, in order.
        beside: Returns one by its key, with what a programme's own summary says of it.
        parameter: Name of the parameter that names one measure.
        page: The page that shows one measure.
        key_in: Returns the key of the measure that a selection names.
        panel: Returns the figures, from the tables of ``figures``.
        figures: The tables that its figures are made of.
    """

    subject: Subject
    called: str
    measures: Mapping[str, Measure]
    beside: Callable[[str, Programme], Measure]
    parameter: str
    page: Page
    key_in: Callable[[Selection], str]
    panel: Callable[[Tables, Selection], Panel]
    figures: tuple[Source, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The tables that figures and comparisons are made of."""
        return (*self.figures, *_COMPARED)

    def measure(self, selection: Selection) -> Measure:
        """Return the measure of this family that the selection names."""
        return self.measures[self.key_in(selection)]

    def unit(self, selection: Selection) -> str:
        """Return the unit of the measure that the selection names."""
        return self.measure(selection).unit

    def scale(self, selection: Selection) -> Scale:
        """Return what that unit measures on."""
        return self.measure(selection).scale

    def period(self, selection: Selection) -> str:
        """Return the first to the last year of the period, with the day its figures are of."""
        return years_label(selection.first, selection.last, self.measure(selection).day)

    def label(self, selection: Selection) -> str:
        """Return the selection in words, for captions of figures of the measure it names."""
        return selection.label_with(self.period(selection))

    def core(self) -> tuple[Measure, ...]:
        """Return the measures that are compared and tested together, in order."""
        return tuple(one for one in self.measures.values() if one.core)

    def vintage_words(self, selection: Selection) -> str:
        """Say after "figures" that only those first published count, or nothing.

        Args:
            selection: Holds the vintage, which ratios have none of.
        """
        first = self.subject is Subject.INDICATOR and selection.vintage is Vintage.FIRST
        return " as first published" if first else ""

    def notes(self, frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
        """Return what must be said beside the figures of the measure in hand.

        Args:
            frame: May hold ``status`` or ``symbols``, one or more symbols a row.
            selection: Names the measure.
        """
        measure = self.beside(self.key_in(selection), selection.programme)
        return (*measure.notes, *symbol_notes(frame))


def symbol_notes(frame: pd.DataFrame) -> tuple[str, ...]:
    """Return the meaning of every symbol a frame holds.

    Args:
        frame: May hold ``status`` or ``symbols``, one or more symbols a row.
    """
    marks = [cell for name in SYMBOLS if name in frame for cell in frame[name].tolist()]
    found = sorted({mark for cell in marks for mark in cell.split()})
    return tuple(f"{mark}: {meaning(mark)}." for mark in found)


def _indicator_panel(tables: Tables, selection: Selection) -> Panel:
    return indicator_panel(tables[sources.INDICATORS.key], selection.vintage)


def _ratio_panel(tables: Tables, _selection: Selection) -> Panel:
    spend, counts, prices = (tables[one.key] for one in RATIO_FAMILY.figures)
    return ratio_panel(spend, counts, prices)


_COMPARED: Final = (sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)

INDICATOR_FAMILY: Final = MeasureFamily(
    subject=Subject.INDICATOR,
    called="indicator",
    measures=INDICATORS,
    beside=indicator_of,
    parameter="indicator",
    page=Page.INDICATOR,
    key_in=lambda selection: selection.indicator,
    panel=_indicator_panel,
    figures=(sources.INDICATORS,),
)

RATIO_FAMILY: Final = MeasureFamily(
    subject=Subject.RATIO,
    called="ratio",
    measures=RATIOS,
    beside=lambda key, _: RATIOS[key],
    parameter="ratio",
    page=Page.EXPENDITURE,
    key_in=lambda selection: selection.ratio,
    panel=_ratio_panel,
    figures=(sources.SECTION251, sources.INDICATORS, sources.DEFLATOR),
)

FAMILIES: Final = {one.subject: one for one in (INDICATOR_FAMILY, RATIO_FAMILY)}

#: The tables that findings about a measure of any family are made of.
TABLES: Final[tuple[Source, ...]] = tuple(
    dict.fromkeys((*INDICATOR_FAMILY.figures, *RATIO_FAMILY.figures, *_COMPARED))
)


def family_of(selection: Selection) -> MeasureFamily:
    """Return the family that the selection is about."""
    return FAMILIES[selection.about]


def nothing_before(selection: Selection) -> str:
    """Say that no change of the measure in hand can be measured, for want of a start.

    Args:
        selection: Names the measure and the vintage.
    """
    vintage = family_of(selection).vintage_words(selection)
    return f"No figures{vintage} before the pilots started, so no change can be measured."


def measure_of(selection: Selection) -> Measure:
    """Return the measure that the selection is about."""
    return family_of(selection).measure(selection)


def unread(selection: Selection) -> tuple[Source, ...]:
    """Return the tables of ``TABLES`` that no figure of the measure in hand comes from.

    Args:
        selection: Names the measure.
    """
    read = family_of(selection).sources
    return tuple(one for one in TABLES if one not in read)
