"""Means of people of the chosen bands, each with the n of the very people it is a mean of."""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.counts import pilots_of
from analytics.disclosure.crosstab import BASE, Floats, View, coded, rows_of, scope
from analytics.disclosure.means import mean_part
from analytics.disclosure.rules import rounded, rounded_effect
from analytics.methods.refusal import NotEstimableError
from analytics.methods.summaries import FEWEST, Paired, Summary, mean_interval, paired_summary
from analytics.programme import Band
from data.load import Table

ROUNDING: Final = (
    "Rounding",
    (
        "Means and standard deviations are rounded to one decimal before intervals and effect "
        "sizes are worked out from them, and all leave rounded."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Scores of some people, one row each: n and every figure beside it are of these.

    Attributes:
        numbers: Shape (people, columns): one score, or one at each of two points.
        cells: Names of the cells a figure of them shows: their number, and their mean.
        base: Name of the cell of their number.
    """

    numbers: Floats
    cells: str
    base: str

    @property
    def n(self) -> int:
        """How many people."""
        return len(self.numbers)


@lru_cache(maxsize=64)
def held(table: Table, view: View, bands: tuple[Band, ...]) -> Held:
    """Return the scores of the people whom a view counts, of some bands.

    Not yet safe to show: a finding hands the names of cells to the door, which hides.

    Args:
        table: The records.
        view: Of one score, at one point or at both.
        bands: Of the pilots.

    Raises:
        NotEstimableError: No pilot of the records is of these bands.
    """
    group = scope(tuple(band.key for band in bands))
    rows, columns = _people(table, view)
    inside = rows["pilot"].isin(pilots_of(table, group))
    return of_people(view, group, rows.loc[inside, columns].to_numpy(np.float64))


def of_people(view: View, group: str, numbers: Floats, *, measure: str = "") -> Held:
    """Name the cells that a figure of some people shows.

    Args:
        view: What counts them.
        group: Name of the group they are.
        numbers: Shape (people, columns).
        measure: Which of several means of the view it is.
    """
    base = view.cell(group, BASE)
    cells = f"{base}\n{view.cell(group, mean_part(measure))}"
    return Held(numbers=numbers, cells=cells, base=base)


def summary(numbers: Floats) -> Summary:
    """Return mean, standard deviation and n of some people, rounded as they leave.

    Args:
        numbers: One of each person, shape (people,), two or more.

    Raises:
        NotEstimableError: There are fewer than two people.
    """
    if len(numbers) < FEWEST:
        msg = f"A mean of fewer than {FEWEST} people cannot be said."
        raise NotEstimableError(msg)
    return Summary(
        mean=rounded(float(numbers.mean())),
        sd=rounded(float(numbers.std(ddof=1))),
        n=len(numbers),
    )


def limits(group: Summary) -> tuple[float, float]:
    """Return the t interval of a mean, from the mean and the deviation as they leave.

    Args:
        group: From ``summary``.
    """
    low, high = mean_interval(group)
    return rounded(low), rounded(high)


def changed(numbers: Floats) -> Paired | None:
    """Return the paired change of some people, from means and deviations as they leave.

    Args:
        numbers: Scores at the two points, shape (people, 2).

    Returns:
        None where there are fewer than two people or no spread at either point.
    """
    if len(numbers) < FEWEST:
        return None
    first, second = numbers.T
    spread = [rounded(float(one.std(ddof=1))) for one in (first, second)]
    average = sqrt(sum(one**2 for one in spread) / 2)
    if not average:
        return None
    made = paired_summary(summary(second - first), average)
    return Paired(
        change=made.change,
        low=rounded(made.low),
        high=rounded(made.high),
        g=rounded_effect(made.g),
        g_low=rounded_effect(made.g_low),
        g_high=rounded_effect(made.g_high),
        n=made.n,
    )


@lru_cache(maxsize=64)
def _people(table: Table, view: View) -> tuple[pd.DataFrame, list[str]]:
    rows, columns = rows_of(view, coded(table))
    kept = rows.dropna(subset=columns)
    return kept[["pilot", *columns]].astype({"pilot": str}), columns
