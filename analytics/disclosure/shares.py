"""Shares of people in the cells of a view, as rows that a finding hands to the door."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from analytics.disclosure.counts import Count
from analytics.disclosure.crosstab import Floats
from analytics.disclosure.words import HIDDEN
from analytics.methods.limits import share_limits
from analytics.methods.proportions import Estimate, share_difference
from analytics.text.wording import number, signed
from data.schema import Column, number_in

Labels = Mapping[str, str]


def share_rows(counted: Sequence[tuple[Count, Labels]]) -> list[dict[str, object]]:
    """Return rows with a share in per cent, Wilson's interval, and the cells they show.

    Args:
        counted: Of each row a cell with its base, and what the row is called by, in columns of
            their own; nobody at all in the base makes an empty row.
    """
    people = np.array([one.people for one, _ in counted], dtype=np.float64)
    bases = np.array([one.n for one, _ in counted], dtype=np.float64)
    limits = share_limits(people, bases)
    return [
        {
            **labels,
            "people": one.people if one.n > 0 else np.nan,
            "share": 100 * one.people / one.n if one.n > 0 else np.nan,
            "low": 100 * low,
            "high": 100 * high,
            "n": one.n,
            "status": "",
            "cell": one.cell,
            "base": one.base,
        }
        for (one, labels), low, high in zip(
            counted, limits.low.tolist(), limits.high.tolist(), strict=True
        )
    ]


#: How far apart two shares are, beside the shares themselves.
APART: Final = (
    Column(name="change", label="Difference", unit="percentage points"),
    Column(name="change_low", label="95% interval of difference, low", unit="percentage points"),
    Column(name="change_high", label="95% interval of difference, high", unit="percentage points"),
)
NEWCOMBE: Final = (
    "Interval of a difference",
    "Newcombe's hybrid score interval for two separate groups, 95%.",
)
_LEVELS: Final = ("people", "share", "low", "high")


def no_change() -> dict[str, object]:
    """Return the empty difference of a row that shows one share."""
    return dict.fromkeys((one.name for one in APART), np.nan)


def change_rows(
    pairs: Sequence[tuple[Sequence[Count], Labels]], made: Estimate
) -> list[dict[str, object]]:
    """Return rows with the second share less the first, its interval, and both cells.

    Args:
        pairs: Of each row two cells with their bases, and what the row is called by, in columns of
            their own.
        made: How far apart the two shares of each row are, shape (rows,).
    """
    ends = zip(made.estimate.tolist(), made.low.tolist(), made.high.tolist(), strict=True)
    return [
        {
            **labels,
            **dict.fromkeys(_LEVELS, np.nan),
            "n": first.n + second.n,
            "status": "",
            "change": 100 * estimate,
            "change_low": 100 * low,
            "change_high": 100 * high,
            "cell": f"{first.cell}\n{second.cell}",
            "base": f"{first.base}\n{second.base}",
        }
        for ((first, second), labels), (estimate, low, high) in zip(pairs, ends, strict=True)
    ]


def separate(pairs: Sequence[Sequence[Count]]) -> Estimate:
    """Compare two shares by Newcombe's interval for separate groups.

    Args:
        pairs: Of each comparison two cells with their bases, of different people; people in both
            make the interval too wide as a rule.

    Returns:
        Differences and their ends, shape (comparisons,).
    """
    return share_difference(*people_and_bases(pairs))


def people_and_bases(pairs: Sequence[Sequence[Count]]) -> tuple[Floats, Floats]:
    """Return the people of some cells, and of their bases, each of shape (comparisons, 2)."""
    people = [[one.people for one in pair] for pair in pairs]
    bases = [[one.n for one in pair] for pair in pairs]
    return np.array(people, dtype=np.float64), np.array(bases, dtype=np.float64)


def percent_range(row: Mapping[str, object]) -> str:
    """Write a share with its range in everyday words: "78% (between 72% and 83%)".

    Args:
        row: Of a frame that has been through the door; it says so where the share is hidden.
    """
    share, low, high = (number_in(row, name) for name in ("share", "low", "high"))
    if np.isnan(share):
        return HIDDEN
    return f"{number(share, 0)}% (between {number(low, 0)}% and {number(high, 0)}%)"


def share_technical(row: Mapping[str, object]) -> str:
    """Write a share as a statistician reads it: "78.2% (95% CI 72.1 to 83.4, n 220)".

    Args:
        row: Of a frame that has been through the door; it says so where the share is hidden.
    """
    share, low, high, n = (number_in(row, name) for name in ("share", "low", "high", "n"))
    if np.isnan(share):
        return HIDDEN
    return f"{number(share)}% (95% CI {number(low)} to {number(high)}, n {number(n, 0)})"


def change_technical(row: Mapping[str, object]) -> str:
    """Write a difference of shares as a statistician reads it: "+7.1 (95% CI +1.2 to +13.0)".

    Args:
        row: Of a frame that has been through the door; it says so where the difference is hidden.
    """
    change, low, high = (number_in(row, one.name) for one in APART)
    if np.isnan(change):
        return HIDDEN
    return f"{signed(change)} (95% CI {signed(low)} to {signed(high)})"
