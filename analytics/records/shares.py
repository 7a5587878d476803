"""Shares of people in the cells of a view, as rows that a finding hands to the door."""

from collections.abc import Mapping

import numpy as np

from analytics.methods.limits import share_limits
from analytics.records.counts import Count
from analytics.records.words import HIDDEN
from analytics.wording import number


def share_row(count: Count, **labels: str) -> dict[str, object]:
    """Return a row with a share in per cent, Wilson's interval, and the cells it shows.

    Args:
        count: A cell and its base; nobody at all in the base makes an empty row.
        labels: What the row is called by, in columns of their own.
    """
    limits = share_limits(np.float64(count.people), np.float64(count.n))
    known = count.n > 0
    return {
        **labels,
        "people": count.people if known else np.nan,
        "share": 100 * count.people / count.n if known else np.nan,
        "low": 100 * float(limits.low),
        "high": 100 * float(limits.high),
        "n": count.n,
        "status": "",
        "cell": count.cell,
        "base": count.base,
    }


def share_words(row: Mapping[str, object]) -> str:
    """Write a share with its interval and n; say so where it is hidden.

    Args:
        row: Of a frame that has been through the door.
    """
    share, low, high, n = (float(str(row[name])) for name in ("share", "low", "high", "n"))
    if np.isnan(share):
        return HIDDEN
    ends = f"{number(low, 0)} to {number(high, 0)}"
    return f"{number(share, 0)} % ({ends}; n = {number(n, 0)})"
