"""Placebo pilots: how often do authorities that did nothing stand as far apart?"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.methods.checks import ROUNDING, check_gaps, check_share

MOST_AT_ONCE: Final = 128  # numbers of a row that NumPy adds up without halving it


class TooFewToDrawError(ValueError):
    """A kind of authority has fewer outsiders than pilots."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Groups of outsiders, drawn as the pilots are made up.

    Attributes:
        order: For each kind of authority, outsiders in random order, shape (draws, outsiders of
            the kind), as places on the axis of outsiders.
        draws: How many groups.
    """

    order: tuple[NDArray[np.signedinteger], ...]
    draws: int

    def of(self, kind: int) -> NDArray[np.signedinteger]:
        """Return the orders of a kind: without anyone, where no outsider is of it.

        Args:
            kind: From 0.
        """
        nobody = np.empty((self.draws, 0), dtype=np.intp)
        return self.order[kind] if kind < len(self.order) else nobody


def draw(kinds: NDArray[np.intp], *, draws: int, rng: np.random.Generator) -> Drawn:
    """Put the outsiders of each kind in random order, again and again.

    Whatever number of a kind is needed, the first that many of an order are a simple random
    sample of it, and the first that many with a figure a simple random sample of those.

    Args:
        kinds: Kind of each outsider, shape (a,), 0 to the number of kinds less one.
        draws: How many orders, at least one.
        rng: Where chance comes from.

    Raises:
        ValueError: There is no outsider, or the number of draws is not positive.
    """
    if not len(kinds) or draws < 1:
        msg = f"{len(kinds)} outsiders and {draws} draws; at least one of each is expected"
        raise ValueError(msg)
    smallest = np.min_scalar_type(-len(kinds))  # there are millions of places to hold
    order = list[NDArray[np.signedinteger]]()
    for kind in range(int(kinds.max()) + 1):
        members = np.flatnonzero(kinds == kind).astype(smallest)
        keys = rng.random((draws, len(members)), dtype=np.float32)
        order.append(members[np.argsort(keys, axis=1, kind="stable")])
    return Drawn(order=tuple(order), draws=draws)


def group_means(
    gaps: NDArray[np.float64], drawn: Drawn, expected: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Average the gaps of each group drawn, for one indicator.

    Args:
        gaps: Gap of each outsider, shape (a,), NaN where missing; those are passed over, and the
            next in the order taken.
        drawn: From ``draw``.
        expected: How many of each kind, shape (kinds,).

    Returns:
        Means, shape (draws,), in the unit of the gaps.

    Raises:
        TooFewToDrawError: A kind has fewer outsiders with a gap than are needed.
        ValueError: No outsider is asked for, or there are kinds of which no number is expected.
    """
    there = ~np.isnan(gaps)
    if len(expected) < len(drawn.order) or not expected.sum():
        msg = (
            f"{expected.tolist()} expected of {len(drawn.order)} kinds; one number each, not all 0"
        )
        raise ValueError(msg)
    each = enumerate(expected.tolist())
    members = np.concatenate([first_of(drawn.of(kind), there, many) for kind, many in each], axis=1)
    return gaps[members].sum(axis=1) / expected.sum()


def first_of(
    order: NDArray[np.signedinteger], there: NDArray[np.bool_], many: int
) -> NDArray[np.intp]:
    """Find the first of each order that have a figure: those of fewer are the first of these.

    Args:
        order: Of ``Drawn``, for one kind.
        there: Which outsiders have a figure, shape (a,).
        many: How many are needed.

    Returns:
        Places on the axis of outsiders, shape (draws, many).

    Raises:
        TooFewToDrawError: Fewer have a figure.
    """
    held = int(there[order[0]].sum()) if order.shape[1] else 0
    if held < many:
        msg = f"{held} outsiders of a kind have a gap; {many} are expected"
        raise TooFewToDrawError(msg)
    first = order[:, :many].astype(np.intp)
    if held == order.shape[1]:
        return first
    short, width = np.flatnonzero(~there[first].all(axis=1)), many
    while len(short):
        # Most find enough a little further on; the last that many more hold enough for all.
        width = min(2 * width + many, many + order.shape[1] - held)
        near = order[short, :width].astype(np.intp)
        present = there[near]
        counted = np.cumsum(present, axis=1, dtype=np.int32)
        enough = counted[:, -1] >= many
        kept = near[present & (counted <= many) & enough[:, None]]
        first[short[enough]] = kept.reshape(-1, many)
        short = short[~enough]
    return first


def column_sums(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add up each of many short columns, to the last bit as NumPy adds up a row.

    It adds rows one by one, which takes four times as long: eight numbers at a time, then what
    is left. Above 128 it halves them first.

    Args:
        numbers: Shape (few, many).

    Returns:
        Shape (many,).

    Source:
        Higham (1993), The accuracy of floating point summation, SIAM Journal on Scientific
        Computing 14(4).
    """
    few = len(numbers)
    if few > MOST_AT_ONCE:
        return np.ascontiguousarray(numbers.T).sum(axis=1)
    in_eights = few - few % 8
    total = np.zeros(numbers.shape[1])
    if in_eights:
        a, b, c, d, e, f, g, h = numbers[:in_eights].reshape(-1, 8, numbers.shape[1]).sum(axis=0)
        total = ((a + b) + (c + d)) + ((e + f) + (g + h))
    for left in numbers[in_eights:]:
        total = total + left
    return total


def at_least_as_far(means: NDArray[np.float64], observed: float) -> int:
    """Count the groups whose mean is at least as far from zero as the one observed.

    Args:
        means: Of the groups drawn, shape (draws,).
        observed: The pilots' mean gap, same unit.
    """
    return int((np.abs(means) >= abs(observed) * (1 - ROUNDING)).sum())


def placebo_p(far: int, draws: int) -> float:
    """The p-value of a count of draws: the pilots are counted as one draw more.

    The share itself would be zero where no draw is as far, which no finite number of draws can
    show; with the one added the test keeps its level exactly.

    Args:
        far: Draws at least as far out.
        draws: All draws.

    Returns:
        (far + 1) / (draws + 1).

    Raises:
        ValueError: There is no draw, or more are far than there are.

    Source:
        Davison and Hinkley (1997), Bootstrap methods and their application, section 4.2; Phipson
        and Smyth (2010), Permutation p-values should never be zero, Statistical Applications in
        Genetics and Molecular Biology 9(1).
    """
    if draws < 1 or not 0 <= far <= draws:
        msg = f"{far} of {draws} draws; 0 or more of at least one are expected"
        raise ValueError(msg)
    return (far + 1) / (draws + 1)


def placebo_interval(
    means: NDArray[np.float64], observed: float, *, confidence: float = 0.95
) -> tuple[float, float]:
    """The effects that placebo groups do not contradict: the observed mean less their quantiles.

    An effect is rejected where the observed mean less that effect is so far to one side of the
    means drawn that the p of that tail is below half of the error. The pilots are counted as one
    draw more, as in ``placebo_p``, so that the quantiles are order statistics: of B means in
    order, the k-th from either end, where k is the largest whole number below
    (B + 1) (1 - confidence) / 2. ``placebo_p`` counts both tails by distance from zero, and may
    differ where the means drawn lie to one side.

    Args:
        means: Of the groups drawn, shape (draws,), in the unit of the gaps.
        observed: The pilots' mean gap, same unit.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Lower and upper end; -inf and inf where there are so few draws that none can be left out.

    Raises:
        ValueError: There is no draw, a mean is missing, or `confidence` is not between 0 and 1.

    Source:
        Conley and Taber (2011), Inference with "difference in differences" with a small number of
        policy changes, Review of Economics and Statistics 93(1).
    """
    check_share("confidence", confidence)
    if means.ndim != 1 or not len(means) or np.isnan(means).any():
        msg = (
            f"means have shape {means.shape}, {np.isnan(means).sum()} missing; (draws,), at least "
            "one and none missing, is expected"
        )
        raise ValueError(msg)
    # What is whole but for rounding, as 1,000 x 0.025 is, counts as whole.
    k = int(np.ceil((len(means) + 1) * (1 - confidence) / 2 - ROUNDING * len(means))) - 1
    if k < 1:
        return -np.inf, np.inf
    ordered = np.sort(means)  # quicker than to part them at both places
    return float(observed - ordered[-k]), float(observed - ordered[k - 1])


def kinds_expected(
    gaps: NDArray[np.float64], kinds: NDArray[np.intp], count: int
) -> NDArray[np.intp]:
    """How many pilots of each kind have a gap, indicator by indicator.

    Args:
        gaps: One gap per pilot, shape (m indicators, n pilots), NaN where missing.
        kinds: Kind of each pilot, shape (n,).
        count: How many kinds there are.

    Returns:
        Shape (m, count).

    Raises:
        ValueError: `gaps` has not two dimensions or holds an infinite number.
    """
    check_gaps(gaps)
    member = kinds[:, None] == np.arange(count)
    return (~np.isnan(gaps)).astype(np.intp) @ member.astype(np.intp)
