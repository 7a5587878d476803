"""What hidden figures could make of a gap: its smallest and largest possible values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import compare
from analytics.evaluation.measure_families import MeasureFamily, Tables
from analytics.evaluation.outcomes import at_years, before_after
from analytics.evaluation.panel import Panel
from analytics.evaluation.verdict_columns import HIDDEN, KEY, WITHHELD
from analytics.methods.averages import mean_of_present
from analytics.methods.bounds import difference_bounds
from analytics.selection.choices import Outcome
from analytics.selection.selection import Selection
from data.load import Table
from data.sources import registry as sources
from data.symbols import Symbol

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

#: The publisher hides counts of one to this many children. None counts as possible too.
MOST_HIDDEN: Final = 5
#: Indicators that are a small part of a count, by key, with that count. Of others a hidden figure
#: may be near either end, and nothing useful is known.
BASES: Final[Mapping[str, str]] = {
    "cpp_open_dur_pct_2yplus": "cpp_31mar_num",
    "cpp_ended_dur_pct_2yplus": "cpp_end_num",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HiddenBounds:
    """What hidden figures leave open.

    Attributes:
        hidden: Yearly figures of the pilots that the publisher hid in the period.
        asked: Pilots times years: how many yearly figures there would be.
        low: Smallest possible mean over pilots, in the unit of the indicator; NaN where nothing
            is hidden, or hidden figures have no useful limits.
        high: Largest possible, likewise.
    """

    hidden: int
    asked: int
    low: float
    high: float

    @property
    def numbers(self) -> dict[str, float]:
        """The same by the names of the columns ``HIDDEN``."""
        values = (self.hidden, self.asked, self.low, self.high)
        return dict(zip((column.name for column in HIDDEN), values, strict=True))


def hidden_bounds(
    panel: Panel,
    neighbours: Table,
    selection: Selection,
    key: str,
    codes: tuple[str, ...],
    periods: tuple[tuple[int, ...], ...] = (),
) -> HiddenBounds:
    """Bound the pilots' mean gap, or its change, over all values that hidden figures can have.

    Each hidden figure of a pilot or of an authority it is compared with is taken to be 0 to 5
    children of the published count that it is a part of. A figure may also be hidden so that
    another cannot be worked out; it can then be larger, and these bounds do not hold.

    Args:
        panel: The figures, their symbols and the counts.
        neighbours: The table of neighbours.
        selection: Holds comparator, period and outcome.
        key: The indicator.
        codes: GSS codes of the pilots.
        periods: Years that are compared, in order: the base of a change and what follows it, or
            all in one, which the start divides; those of the selection unless given.

    Source:
        Horowitz and Manski (2000), Nonparametric analysis of randomized experiments with missing
        covariate and outcome data, Journal of the American Statistical Association 95.
    """
    used = tuple(year for period in periods for year in period) or selection.years
    at = [panel.places[code] for code in codes if code in panel.places]
    hidden = panel.count_of(Symbol.CONFIDENTIAL, key, at, used)
    asked = len(at) * len(used)
    if not hidden or key not in BASES or selection.outcome.is_log:
        return HiddenBounds(hidden=hidden, asked=asked, low=np.nan, high=np.nan)
    whole = replace(selection, first=used[0], last=used[-1])
    least, most = (
        at_years(compare(filled, neighbours, whole, keys=(key,), codes=codes), used)
        for filled in _filled(panel, key)
    )
    yearly = difference_bounds(
        (least.own[0], most.own[0]), (least.comparator[0], most.comparator[0])
    )
    _, after = before_after(used, selection.programme)
    post = np.isin(used, periods[1]) if len(periods) > 1 else after
    low, high = _over_years(yearly, post, selection.outcome)
    return HiddenBounds(
        hidden=hidden,
        asked=asked,
        low=float(mean_of_present(low)),
        high=float(mean_of_present(high)),
    )


def hidden_levels(
    family: MeasureFamily,
    tables: Tables,
    selection: Selection,
    codes: tuple[str, ...],
    key: str,
) -> dict[str, float]:
    """Return what hidden figures of a measure leave open of its level.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose; its outcome plays no part.
        codes: GSS codes of the pilots.
        key: The measure.

    Returns:
        By the names of the columns ``HIDDEN``.
    """
    return hidden_bounds(
        family.panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        replace(selection, outcome=Outcome.LEVEL),
        key,
        codes,
    ).numbers


def with_hidden(
    frame: pd.DataFrame,
    family: MeasureFamily,
    tables: Tables,
    selection: Selection,
    *,
    change: bool,
    years: tuple[int, ...] = (),
) -> pd.DataFrame:
    """Put beside verdicts how many figures are hidden, and what they leave open.

    Args:
        frame: Rows of verdicts, with the keys of their measures.
        family: The family of the measures.
        tables: The tables of the family by key.
        selection: What the reader chose.
        change: Whether the rows are about changes; else about levels.
        years: Which the rows are about, in order; those of the selection unless given.
    """
    asked = replace(selection, outcome=Outcome.CHANGE if change else Outcome.LEVEL)
    panel, neighbours = family.panel(tables, selection), tables[sources.NEIGHBOURS.key]
    codes = tuple(pilot.code for pilot in selection.chosen)
    rows = [
        hidden_bounds(panel, neighbours, asked, key, codes, (years,)).numbers
        for key in frame[KEY.name].tolist()
    ]
    found = {column.name: [row[column.name] for row in rows] for column in HIDDEN}
    silent = (frame[WITHHELD.name] != "").to_numpy()
    for end in ("bound_low", "bound_high"):
        found[end] = np.where(silent, np.nan, found[end]).tolist()
    return frame.assign(**found)


def _over_years(yearly: Pair, post: NDArray[np.bool_], outcome: Outcome) -> Pair:
    """Bound each pilot's mean over the years, or its change to some, shape (pilots,)."""
    if outcome is not Outcome.CHANGE:
        return mean_of_present(yearly[0]), mean_of_present(yearly[1])
    low, high = yearly
    pre = ~post
    later = mean_of_present(low[:, post]), mean_of_present(high[:, post])
    earlier = mean_of_present(low[:, pre]), mean_of_present(high[:, pre])
    return difference_bounds(later, earlier)


@lru_cache(maxsize=8)
def _filled(panel: Panel, key: str) -> tuple[Panel, Panel]:
    """Put the smallest and the largest possible value in place of each hidden one."""
    values, symbols = panel.block((key,), panel.years)
    base, _ = panel.block((BASES[key],), panel.years)
    known = (symbols == Symbol.CONFIDENTIAL.value) & (base > 0)
    count = np.where(known, base, 1.0)
    most = 100 * np.minimum(MOST_HIDDEN, count) / count
    shown = np.where(known, "", symbols)

    def with_values(filled: Floats) -> Panel:
        return Panel.of(filled, shown, series={key: 0}, places=panel.places, years=panel.years)

    return with_values(np.where(known, 0.0, values)), with_values(np.where(known, most, values))
