"""Two groups compared by permuting labels within the pair, for many indicators at once."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.methods.averages import mean_of_present
from analytics.methods.checks import ROUNDING, check_gaps
from analytics.methods.permutation import arrangement_error, arrangements, smallest_p


@dataclass(frozen=True, slots=True, kw_only=True)
class PairDifference:
    """How far two groups stand apart; every array has shape (m,).

    Attributes:
        estimate: Mean of the first less mean of the second, in the unit of the indicator; NaN
            where a group has nobody.
        p: Two-sided p-value; NaN likewise.
        simulation_error: Its standard error where arrangements were drawn, 0 where all were gone
            through; NaN likewise.
        smallest_p: The smallest p that groups of these sizes can give: one arrangement of all,
            and its mirror image where the groups are alike in size; NaN likewise.
        arrangements: Ways of dealing out the labels that were gone through; 0 where a group has
            nobody.
    """

    estimate: NDArray[np.float64]
    p: NDArray[np.float64]
    simulation_error: NDArray[np.float64]
    smallest_p: NDArray[np.float64]
    arrangements: NDArray[np.int64]


def pair_permutation(first: NDArray[np.float64], second: NDArray[np.float64]) -> PairDifference:
    """Compare two groups by the arrangements of their own labels.

    Only the members of the pair are dealt out again, so that p is about these two groups; with
    the members of a third among them it would be about all being alike. p is the share of
    arrangements whose means are at least as far apart, give or take rounding (1e-12 of the
    largest value). Above 100,000 arrangements as many are drawn (``arrangements``).

    Args:
        first: Values of one group, shape (m indicators, a members), NaN where missing.
        second: Values of the other, shape (m, b members), NaN where missing. A missing member is
            left out of its indicator.

    Returns:
        Difference, p-value and what these sizes can give, indicator by indicator.

    Raises:
        ValueError: Either has not two dimensions or holds an infinite number, or they differ in
            the number of indicators.

    Source:
        Fisher (1935), The Design of Experiments; Pitman (1937), Significance tests which may be
        applied to samples from any populations, Supplement to the Journal of the Royal
        Statistical Society 4(1).
    """
    check_gaps(first)
    check_gaps(second)
    if len(first) != len(second):
        msg = f"groups have {len(first)} and {len(second)} indicators; as many are expected"
        raise ValueError(msg)
    estimate = mean_of_present(first) - mean_of_present(second)
    p, error, smallest = np.full((3, len(first)), np.nan)
    many = np.zeros(len(first), dtype=np.int64)
    for rows, sizes, values in by_sizes([first, second]):
        in_first = arrangements(sizes) == 0
        # With the total given, the distance between the means is that of the sum of the first
        # from its share of the total, times a constant.
        a, n = sizes[0], sum(sizes)
        apart = np.abs(values @ in_first.T - values.sum(axis=1)[:, None] * a / n)
        nearly = 4 * n * ROUNDING * np.abs(values).max(axis=1)
        p[rows] = (apart >= apart[:, :1] - nearly[:, None]).mean(axis=1)
        error[rows] = arrangement_error(p[rows], sizes)
        smallest[rows] = smallest_p(*sizes)
        many[rows] = len(in_first)
    return PairDifference(
        estimate=estimate, p=p, simulation_error=error, smallest_p=smallest, arrangements=many
    )


def by_sizes(
    groups: list[NDArray[np.float64]],
) -> Iterator[tuple[NDArray[np.intp], tuple[int, ...], NDArray[np.float64]]]:
    """Take the indicators together in which as many members of each group are present.

    Args:
        groups: Values of each group, shape (m indicators, its members), NaN where missing.

    Yields:
        Rows of the indicators, how many members of each group they have, and their values, group
        after group, shape (rows, members), none missing. Indicators for which a group has nobody
        are left out.
    """
    present = np.stack([(~np.isnan(group)).sum(axis=1) for group in groups], axis=1)
    ordered = [np.take_along_axis(g, np.argsort(np.isnan(g), axis=1, kind="stable"), 1)
               for g in groups]  # fmt: skip
    for sizes in np.unique(present[(present > 0).all(axis=1)], axis=0):
        rows = np.flatnonzero((present == sizes).all(axis=1))
        held = [group[rows, :size] for group, size in zip(ordered, sizes.tolist(), strict=True)]
        yield rows, tuple(sizes.tolist()), np.concatenate(held, axis=1)
