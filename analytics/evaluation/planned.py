"""A programme to come, planned: the smallest change of a measure that would be seen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.panel import Panel, indicator_panel
from analytics.evaluation.placebo_pool import DRAWS
from analytics.evaluation.placebo_programmes import (
    Design,
    councils_of,
    programme_changes,
)
from analytics.measures.measure import Measure
from analytics.methods.placebo import TooFewToDrawError
from analytics.methods.refusal import NotEstimableError
from analytics.methods.smallest_change import fewest_to_see, smallest_change
from analytics.selection.choices import Vintage
from analytics.selection.selection import Selection
from analytics.text.wording import count_words, pluralise
from data.load import Table
from data.sources import registry as sources

Tables = Mapping[str, Table]

POWER: Final = 0.8
#: Programmes behind every size but that of the indicator in question, which has ``DRAWS``.
FEWER_DRAWS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a programme of so many councils would show of one measure.

    Attributes:
        size: The smallest change that would be seen, in the unit of the measure; NaN where it is
            not answered.
        low: Lower end of the 95 % interval of simulation, same unit.
        high: Upper end, likewise.
        relative: The change in per cent of the level; NaN where that is not above zero.
        level: Mean of the comparators over councils and years.
        spread: Standard deviation between councils of their changes without any effect.
        drawn_from: Councils that may be drawn.
        programmes: How many were drawn.
        first: First of the years that the figures are of; NaN where too few are held.
        last: Last of them, likewise.
        withheld: Why it is not answered, or empty.
    """

    size: float = np.nan
    low: float = np.nan
    high: float = np.nan
    relative: float = np.nan
    level: float = np.nan
    spread: float = np.nan
    drawn_from: float = np.nan
    programmes: float = np.nan
    first: float = np.nan
    last: float = np.nan
    withheld: str = ""

    @property
    def cells(self) -> dict[str, object]:
        """The same as cells of a row, by the names of ``plan_columns``."""
        return {
            "smallest_change": self.size,
            "smallest_change_low": self.low,
            "smallest_change_high": self.high,
            "relative": self.relative,
            "level": self.level,
            "spread": self.spread,
            "drawn_from": self.drawn_from,
            "programmes": self.programmes,
            "first_year": self.first,
            "last_year": self.last,
            "withheld": self.withheld,
        }


def planned(
    tables: Tables, design: Design, measure: Measure, *, councils: int, in_question: bool
) -> Planned:
    """Find the smallest change of a measure that a programme would see four times in five.

    Args:
        tables: The tables of ``INDICATOR_FAMILY`` by key.
        design: Comparator and years.
        measure: An indicator.
        councils: In the programme.
        in_question: Whether as many programmes are drawn as the page promises, or fewer.
    """
    return _planned(
        indicator_panel(tables[sources.INDICATORS.key], Vintage.PREFERRED),
        tables[sources.NEIGHBOURS.key],
        design,
        measure.key,
        councils,
        DRAWS if in_question else FEWER_DRAWS,
    )


@lru_cache(maxsize=8192)
def _planned(
    panel: Panel, neighbours: Table, design: Design, key: str, many: int, draws: int
) -> Planned:
    if many < fewest_to_see():
        least = count_words(fewest_to_see())
        return Planned(
            withheld=f"With fewer than {least} councils no change, however large, could be told "
            "from chance."
        )
    try:
        councils = councils_of(panel, neighbours, design, key)
    except NotEstimableError as refusal:
        return Planned(withheld=str(refusal))
    if not councils.drawable:
        return Planned(withheld="This comparator has no figures of this indicator in these years.")
    try:
        changes = programme_changes(councils, design, many, draws=draws)
    except TooFewToDrawError:
        return Planned(
            withheld=f"Only {pluralise(councils.drawable, 'council')} have these figures: fewer "
            "than would be in the programme."
        )
    found = smallest_change(changes, power=POWER)
    share = 100 / councils.level if councils.level > 0 else np.nan
    known = Planned(
        level=councils.level,
        spread=float(np.nanstd(councils.changes, ddof=1)),
        drawn_from=councils.drawable,
        programmes=draws,
        first=councils.years[0],
        last=councils.years[-1],
    )
    if not np.isfinite(found.size):
        words = (
            "So many councils leave too few others to compare them with: their own neighbours "
            "would be in the programme."
        )
        return replace(known, withheld=words)
    high = found.high if np.isfinite(found.high) else np.nan
    return replace(known, size=found.size, low=found.low, high=high, relative=share * found.size)


def measures_of(selection: Selection) -> tuple[Measure, ...]:
    """Return the indicators that are compared together, and behind them the one in question.

    Args:
        selection: Names the indicator in question.
    """
    core, mine = INDICATOR_FAMILY.core(), INDICATOR_FAMILY.measure(selection)
    return core if mine in core else (*core, mine)
