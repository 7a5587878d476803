"""What a finding about one measure needs to know: which, from where, what to say beside it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import pandas as pd

from analytics.evaluation.chosen import TABLES, panel_of, subject_notes
from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.panel import Panel, indicator_panel
from analytics.evaluation.spending import ratio_panel
from analytics.evaluation.subject import indicator_of, notes, symbol_notes
from analytics.measures.indicators import registry
from analytics.measures.ratios.lines import QUALITY
from analytics.measures.ratios.registry import RATIOS, core
from analytics.publication.finding import Notes, Tables
from analytics.selection.choices import Subject
from analytics.selection.selection import Selection
from analytics.text.quantity import Scale
from data.sources import registry as sources
from data.sources.source import Source


class Measure(Protocol):
    """What an indicator and a ratio have in common."""

    @property
    def key(self) -> str:
        """Name in tables and addresses."""
        ...

    @property
    def name(self) -> str:
        """What it is, in full."""
        ...

    @property
    def short_name(self) -> str:
        """What it is called on an axis."""
        ...

    @property
    def unit(self) -> str:
        """Unit of its values."""
        ...

    @property
    def scale(self) -> Scale:
        """What the unit measures on."""
        ...

    @property
    def spoken(self) -> str:
        """The name without the unit in it; empty where the name holds none."""
        ...

    @property
    def decimals(self) -> int:
        """Decimals shown."""
        ...

    @property
    def definition(self) -> str:
        """Numerator over denominator, and for when."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A kind of measure: indicators, or expenditure ratios.

    Attributes:
        measure: The measure a selection names.
        core: The measures that are compared and tested together, in order.
        panel: Its figures, from the tables of ``sources``.
        sources: The tables that figures and comparisons are made of.
        notes: What must be said beside any of its figures.
    """

    measure: Callable[[Selection], Measure]
    core: Callable[[], Sequence[Measure]]
    panel: Callable[[Tables, Selection], Panel]
    sources: tuple[Source, ...]
    notes: Notes

    def unit(self, selection: Selection) -> str:
        """Return the unit of the measure a selection names."""
        return self.measure(selection).unit

    def scale(self, selection: Selection) -> Scale:
        """Return what that unit measures on."""
        return self.measure(selection).scale


def _ratio_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    ratio = RATIOS[selection.ratio]
    return (ratio.definition, QUALITY, *ratio.remarks, *symbol_notes(frame))


def beside(topic: Topic, tables: Tables, selection: Selection) -> Compared:
    """Put the chosen pilots, and the reader's own authority, beside their comparators.

    Args:
        topic: What kind of measure.
        tables: The tables of the topic by key.
        selection: What the reader chose.
    """
    codes = [pilot.code for pilot in selection.chosen]
    if selection.area and selection.area not in codes:
        codes.append(selection.area)
    return compare(
        topic.panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=(topic.measure(selection).key,),
        codes=tuple(codes),
    )


_BESIDE: Final = (sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)

INDICATOR: Final = Topic(
    measure=indicator_of,
    core=registry.core,
    panel=lambda tables, selection: indicator_panel(
        tables[sources.INDICATORS.key], selection.vintage
    ),
    sources=(sources.INDICATORS, *_BESIDE),
    notes=notes,
)

EITHER: Final = Topic(
    measure=lambda selection: (
        RATIOS[selection.ratio] if selection.about is Subject.RATIO else indicator_of(selection)
    ),
    core=registry.core,
    panel=panel_of,
    sources=TABLES,
    notes=subject_notes,
)

RATIO: Final = Topic(
    measure=lambda selection: RATIOS[selection.ratio],
    core=core,
    panel=lambda tables, _selection: ratio_panel(
        tables[sources.SECTION251.key],
        tables[sources.INDICATORS.key],
        tables[sources.DEFLATOR.key],
    ),
    sources=(sources.SECTION251, sources.INDICATORS, sources.DEFLATOR, *_BESIDE),
    notes=_ratio_notes,
)
