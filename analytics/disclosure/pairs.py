"""Shares of two waves that hold partly the same people, and what may be told of who is in both.

How many answered both, item by item, tells how many answered one alone, and with the answers of
each wave what those few said. So two numbers are told for a whole table, and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.disclosure.counts import Count
from analytics.disclosure.crosstabs import AGREEING
from analytics.disclosure.rules import DECIMALS, LEAST_BASE
from analytics.disclosure.shares import people_and_bases, separate
from analytics.methods.overlap import overlap_difference, phi
from analytics.methods.proportions import Estimate
from data.load import Table
from data.microdata.tables import RECORD_TABLES
from data.schema import Column, hidden_key, number_in

#: Fewest items over which the two numbers are averaged.
LEAST_ITEMS: Final = 5

OVERLAP_COLUMNS: Final = (
    Column(
        name="overlap",
        label="Part of the people in both",
        decimals=DECIMALS,
        about=(
            "People who answered both over the geometric mean of those who answered each: mean "
            "over all items, of the band with the smallest, rounded down. One number for the "
            "table, whatever the choice of bands; missing where none is used."
        ),
    ),
    Column(
        name="together",
        label="Correlation of two answers of one person",
        decimals=DECIMALS,
        about=(
            f"Mean over all items, {LEAST_ITEMS} or more, of everybody in both, rounded down. One "
            "number for the table; missing where none is used."
        ),
    ),
    hidden_key("joined", about="yes where the interval counts that some people are in both."),
)
OVERLAP: Final = (
    "Interval of a difference",
    (
        "95% hybrid score interval for two partly overlapping groups: Wilson's limits of both "
        "shares joined by the correlation of the shares, which is that of two answers of one "
        "person times the part of the people who are in both (Newcombe 1998; Zou and Donner 2008; "
        "Derrick and others 2015). Both are one number for all items and bands, rounded down to "
        "one decimal, so that they tell of no few people and the interval is rather too wide than "
        "too narrow. Where nobody can be joined, or too few, it is Newcombe's interval for two "
        "separate groups, which is as a rule too wide."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How far two waves of a table hold the same people: one for the whole table.

    Attributes:
        share: People in both over the geometric mean of those in each, rounded down; NaN where it
            is not known.
        together: Correlation of two answers of one person, rounded down; NaN likewise.
    """

    share: float
    together: float

    @property
    def is_known(self) -> bool:
        """Whether an interval can count it."""
        return not (np.isnan(self.share) or np.isnan(self.together))

    @property
    def correlation(self) -> float:
        """Of the two shares; where answers go against each other, as if everybody were in both."""
        return self.together * (self.share if self.together > 0 else 1.0)

    @property
    def columns(self) -> dict[str, object]:
        """What ``OVERLAP_COLUMNS`` hold of it."""
        if not self.is_known:
            return no_overlap()
        return {"overlap": self.share, "together": self.together, "joined": "yes"}


def no_overlap() -> dict[str, object]:
    """Return what ``OVERLAP_COLUMNS`` hold of a row that counts no overlap."""
    return {"overlap": np.nan, "together": np.nan, "joined": "no"}


def apart(pairs: Sequence[Sequence[Count]], overlap: Overlap) -> Estimate:
    """Compare the shares of two waves, with regard to how many people are in both.

    Args:
        pairs: Of each comparison, a cell and its base at each of the two waves.
        overlap: How far the waves hold the same people.

    Returns:
        Differences and their ends, shape (comparisons,).
    """
    if not overlap.is_known:
        return separate(pairs)
    return overlap_difference(*people_and_bases(pairs), overlap.correlation)


@lru_cache(maxsize=16)
def overlap_of(table: Table, items: tuple[str, ...]) -> Overlap:
    """Return how far the two waves of a table hold the same people.

    Args:
        table: The records.
        items: Those asked at both waves.
    """
    joint = {item: _answers(table, item) for item in items}
    together = [
        float(phi(_agreeing(one))) for one in joint.values() if one["both"].sum() >= LEAST_BASE
    ]
    bands = table.frame["band"].astype(str).unique()
    shares = [[_share(one[one["band"] == band]) for one in joint.values()] for band in bands]
    return Overlap(
        share=float(np.min([_mean_down(one) for one in shares])) if shares else np.nan,
        together=_mean_down(together),
    )


def _mean_down(numbers: Sequence[float]) -> float:
    """Return a mean rounded down; NaN where too few of the numbers are known."""
    known = [one for one in numbers if not np.isnan(one)]
    if len(known) < LEAST_ITEMS:
        return np.nan
    scale = 10**DECIMALS
    return float(np.floor(scale * np.mean(known) + 1e-9) / scale)


def _answers(table: Table, item: str) -> pd.DataFrame:
    """Return who agrees with an item at each of two points: a row a person, with the band."""
    records = RECORD_TABLES[table.source.key]
    upper = AGREEING[records.field(item).allowed]
    given = table.frame.dropna(subset=[item]).drop_duplicates([records.person, records.point])
    wide = given.assign(agrees=given[item].isin(upper)).pivot(
        index=records.person, columns=records.point, values="agrees"
    )
    wide = wide.reindex(columns=[1, 2])
    bands = given.drop_duplicates(records.person).set_index(records.person)["band"].astype(str)
    return pd.DataFrame(
        {
            "band": bands.reindex(wide.index),
            "first": wide[1].eq(other=True),
            "second": wide[2].eq(other=True),
            "in_first": wide[1].notna(),
            "in_second": wide[2].notna(),
            "both": wide.notna().all(axis=1),
        }
    )


def _agreeing(answers: pd.DataFrame) -> NDArray[np.float64]:
    """Count those in both by whether they agree at the first point and the second, (2, 2)."""
    seen = answers[answers["both"]]
    counts = [
        [(seen["first"].eq(one) & seen["second"].eq(other)).sum() for other in (True, False)]
        for one in (True, False)
    ]
    return np.array(counts, dtype=np.float64)


def _share(answers: pd.DataFrame) -> float:
    first, second = (int(answers[name].sum()) for name in ("in_first", "in_second"))
    return float(answers["both"].sum() / np.sqrt(first * second)) if first and second else np.nan


def overlap_words(row: Mapping[str, object]) -> str:
    """Say how far the two waves hold the same people, for a technical line; empty if not counted.

    Args:
        row: With ``OVERLAP_COLUMNS``, of a frame that has been through the door.
    """
    share, together = (number_in(row, name) for name in ("overlap", "together"))
    if np.isnan(share):
        return "waves as if of different people"
    return f"{share:.1f} of people in both, r {together:.1f}, both rounded down"
