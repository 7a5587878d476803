"""The official figures that a cost is divided by, each with the year it is of."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

from analytics.evaluation.panel import Panel, indicator_panel
from analytics.evaluation.spending import line_panel
from analytics.selection.choices import YEARS, Vintage
from analytics.text.wording import year_label
from data.load import Table
from data.sources.registry import INDICATORS, SECTION251

Tables = Mapping[str, Table]

WORKERS: Final = "sw_fte_num"
IN_NEED: Final = "cin_31mar_num"
CASELOAD: Final = "sw_caseload"
SAFEGUARDING: Final = "3.3.4"
NAMES: Final = {
    WORKERS: "social workers",
    IN_NEED: "children in need",
    SAFEGUARDING: "safeguarding spend",
    CASELOAD: "caseload",
}


@dataclass(frozen=True, slots=True)
class OfficialFigures:
    """The official figures of a place: the last held up to a year, else the first.

    A count of zero is a figure, and leaves nothing to divide by; a missing one is stepped over.

    Attributes:
        counts: The panel of indicators.
        lines: The panel of lines of spend.
        last: The year.
    """

    counts: Panel
    lines: Panel
    last: int

    @classmethod
    def up_to(cls, last: int, tables: Tables) -> "OfficialFigures":
        """Return the figures up to a year.

        Args:
            last: The year.
            tables: The tables of official figures by key.
        """
        indicators = tables[INDICATORS.key]
        counts = indicator_panel(indicators, Vintage.PREFERRED)
        return cls(counts, line_panel(tables[SECTION251.key], indicators), last)

    def of(self, key: str, code: str) -> tuple[float, str]:
        """Return a figure and its year, NaN and no year where none is held.

        Args:
            key: One of ``NAMES``.
            code: GSS code of the place.
        """
        panel = self.lines if key == SAFEGUARDING else self.counts
        return _nearest(panel, key, code, self.last)


def _nearest(panel: Panel, key: str, code: str, last: int) -> tuple[float, str]:
    (rows,) = panel.figures((key,), YEARS)
    own = rows[panel.places[code]].tolist()
    held = [year for year, value in zip(YEARS, own, strict=True) if isfinite(value)]
    if not held:
        return float("nan"), ""
    year = max((one for one in held if one <= last), default=held[0])
    return own[YEARS.index(year)], _when(key, year)


def _when(key: str, year: int) -> str:
    if key == SAFEGUARDING:
        return year_label(year)
    return f"March {year}" if key == IN_NEED else f"September {year}"
