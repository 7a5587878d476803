"""Official figures with the default selection, for the methods whose results are known there."""

from dataclasses import replace

import numpy as np
import pytest

from analytics.evaluation.comparison import compare
from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.outcomes import outcomes, yearly
from analytics.evaluation.placebo_pool import placebo_pool
from analytics.selection.choices import Outcome
from analytics.selection.places import pilots
from analytics.selection.selection import HOME, Selection
from data.load import load
from data.sources.registry import NEIGHBOURS

CORE = tuple(one.key for one in INDICATOR_FAMILY.core())
#: City of London and Isles of Scilly: too few children for a rate.
TINY = ("E09000001", "E06000053")


class Official:
    """Gaps and changes of the pilots, and of the authorities that were none."""

    def __init__(self) -> None:
        self.tables = {one.key: load(one) for one in INDICATOR_FAMILY.sources}
        self.selection = Selection()
        self.codes = tuple(pilot.code for pilot in self.selection.chosen)
        self.bands = tuple(pilots(HOME)[code].band.key for code in self.codes)
        outside = placebo_pool(self.tables, self.selection)
        self.pool = tuple(code for code in outside if code not in TINY)

    def _compared(self, keys, codes, selection):
        panel = INDICATOR_FAMILY.panel(self.tables, selection)
        table = self.tables[NEIGHBOURS.key]
        return compare(panel, table, selection, keys=keys, codes=codes or self.codes)

    def levels(self, *keys: str) -> np.ndarray:
        """Mean gaps, shape (keys, pilots)."""
        return outcomes(self._compared(keys, None, self.selection), Outcome.LEVEL)

    def changes(self, *keys: str) -> np.ndarray:
        """Changes of the gap, shape (keys, pilots)."""
        selection = replace(self.selection, outcome=Outcome.CHANGE)
        return outcomes(self._compared(keys, None, selection), Outcome.CHANGE)

    def yearly(self, key: str, codes: tuple[str, ...] | None = None) -> np.ndarray:
        """Gaps in 2013 to 2016, shape (places, 4)."""
        compared = self._compared((key,), codes, self.selection)
        assert compared.years == (2013, 2014, 2015, 2016)
        return yearly(compared, Outcome.LEVEL)[0]


@pytest.fixture(scope="session")
def official() -> Official:
    return Official()


@pytest.fixture(scope="session")
def core() -> tuple[str, ...]:
    return CORE
