"""Shares of people in the cells of a view, as rows that a finding hands to the door."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from analytics.disclosure.counts import Count
from analytics.disclosure.words import HIDDEN
from analytics.methods.limits import share_limits
from analytics.methods.proportions import share_difference
from analytics.text.wording import number, signed
from data.schema import Column


def share_row(count: Count, **labels: str) -> dict[str, object]:
    """Return a row with a share in per cent, Wilson's interval, and the cells it shows.

    Args:
        count: A cell and its base; nobody at all in the base makes an empty row.
        labels: What the row is called by, in columns of their own.
    """
    return share_rows([(count, labels)])[0]


def share_rows(
    counted: Sequence[tuple[Count, Mapping[str, str]]],
) -> list[dict[str, object]]:
    """Return the ``share_row`` of many cells, whose intervals are worked out together.

    Args:
        counted: Cells with their bases, each with what its row is called by.
    """
    people, bases = (
        np.array([getattr(one, name) for one, _ in counted], dtype=np.float64)
        for name in ("people", "n")
    )
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


def change_row(first: Count, second: Count, **labels: str) -> dict[str, object]:
    """Return a row with the second share less the first, Newcombe's interval, and both cells.

    Args:
        first: A cell and its base.
        second: Another, of other people; people in both make the interval too wide as a rule.
        labels: What the row is called by, in columns of their own.
    """
    people, bases = (
        np.array([getattr(one, name) for one in (first, second)], dtype=np.float64)
        for name in ("people", "n")
    )
    made = share_difference(people, bases)
    return {
        **labels,
        **dict.fromkeys(_LEVELS, np.nan),
        "n": bases.sum(),
        "status": "",
        "change": 100 * float(made.estimate),
        "change_low": 100 * float(made.low),
        "change_high": 100 * float(made.high),
        "cell": f"{first.cell}\n{second.cell}",
        "base": f"{first.base}\n{second.base}",
    }


def percent_range(row: Mapping[str, object]) -> str:
    """Write a share with its range in everyday words: "78% (between 72% and 83%)".

    Args:
        row: Of a frame that has been through the door; it says so where the share is hidden.
    """
    share, low, high = (float(str(row[name])) for name in ("share", "low", "high"))
    if np.isnan(share):
        return HIDDEN
    return f"{number(share, 0)}% (between {number(low, 0)}% and {number(high, 0)}%)"


def share_technical(row: Mapping[str, object]) -> str:
    """Write a share as a statistician reads it: "78.2% (95% CI 72.1 to 83.4, n 220)".

    Args:
        row: Of a frame that has been through the door; it says so where the share is hidden.
    """
    share, low, high, n = (float(str(row[name])) for name in ("share", "low", "high", "n"))
    if np.isnan(share):
        return HIDDEN
    return f"{number(share)}% (95% CI {number(low)} to {number(high)}, n {number(n, 0)})"


def change_technical(row: Mapping[str, object]) -> str:
    """Write a difference of shares as a statistician reads it: "+7.1 (95% CI +1.2 to +13.0)".

    Args:
        row: Of a frame that has been through the door; it says so where the difference is hidden.
    """
    change, low, high = (float(str(row[one.name])) for one in APART)
    if np.isnan(change):
        return HIDDEN
    return f"{signed(change)} (95% CI {signed(low)} to {signed(high)})"
