"""The smallest means among all subsets of some numbers, without going through the subsets."""

from dataclasses import dataclass, replace
from math import inf, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import special

Floats = NDArray[np.float64]

#: Subsets between two values that are few enough to be listed and put in order.
_LISTED: Final = 2_000
_GUESSES: Final = 8  # after so many, the interval that is left is halved
_APART: Final = 1e-14  # as a share of the largest number: nothing lies between values so near


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsetMean:
    """The mean of a subset.

    Attributes:
        mean: In the unit of the numbers.
        size: How many numbers the subset has.
    """

    mean: float
    size: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Half:
    """Every subset of half of the numbers: its sum and its size, shape (subsets,)."""

    sums: Floats
    sizes: Floats

    def less(self, value: float) -> Floats:
        """Return the sums of each number less ``value``."""
        return self.sums - value * self.sizes


def nth_smallest_mean(numbers: Floats, place: int) -> SubsetMean:
    """Find the mean in a place of the order of the means of all subsets.

    The mean of a subset is at most v where its numbers less v have no positive sum. A subset is
    one of the first half of the numbers with one of the others, so that a search in the ordered
    sums of the others counts the subsets whose mean is at most v: 2**(n/2) searches in place of
    2**n sums. Values of v are tried until few subsets are left between two of them, and those
    are listed.

    Args:
        numbers: Shape (n,), two at least, none missing.
        place: From 0, among the subsets that are neither empty nor whole: in the lower half of
            their order.

    Returns:
        Its mean, and its size: half of n where the means of many subsets are equal.

    Source:
        Horowitz and Sahni (1974), Computing partitions with applications to the knapsack problem,
        Journal of the ACM 21(2), for the two halves.
    """
    centre = float(numbers.mean())
    moved = numbers - centre
    first, others = (_half(part) for part in np.array_split(moved, 2))
    bracket = _bracket(first, others, moved, place)
    if bracket.is_one_value:
        return SubsetMean(mean=centre + bracket.high, size=len(numbers) // 2)
    means, sizes = _between(first, others, bracket)
    at = np.argpartition(means, place - bracket.below)[place - bracket.below]
    return SubsetMean(mean=centre + float(means[at]), size=int(sizes[at]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bracket:
    """Two values, of which the first has too few subsets up to it, and the second enough.

    Attributes:
        low: The first.
        high: The second.
        below: Subsets with a mean of at most the first.
        is_one_value: Whether they differ by rounding alone.
    """

    low: float
    high: float
    below: int
    is_one_value: bool


def _half(numbers: Floats) -> _Half:
    sums, sizes = np.zeros(1), np.zeros(1)
    for number in numbers:
        sums = np.concatenate([sums, sums + number])
        sizes = np.concatenate([sizes, sizes + 1])
    return _Half(sums=sums, sizes=sizes)


def _count(first: _Half, others: _Half, value: float) -> int:
    """Count the subsets, but for the empty one, with a mean of at most so much."""
    ordered = np.sort(others.less(value))
    return int(ordered.searchsorted(-first.less(value), side="right").sum()) - 1


def _bracket(first: _Half, others: _Half, moved: Floats, place: int) -> _Bracket:
    """Narrow down where the mean lies."""
    largest, curve = float(np.abs(moved).max()) or 1.0, _Curve.of(moved)
    low, below = float(moved.min()) - largest, 0
    high, up_to = largest, 2 ** len(moved)
    tried = 0
    while up_to - below > _LISTED and high - low > _APART * largest:
        # The side that has more subsets to spare is moved, to beside the place.
        aside = _LISTED / 4 if up_to - place > place - below else -_LISTED / 4
        value = curve.value_of(place + aside) if tried < _GUESSES else low
        if not low < value < high:
            value = (low + high) / 2
        count = _count(first, others, value)
        if count <= place:
            low, below = value, count
        else:
            high, up_to = value, count
        curve = curve.through(value, count)
        tried += 1
    alike = high - low <= _APART * largest
    return _Bracket(low=low, high=high, below=below, is_one_value=alike)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Curve:
    """About how many subsets have a mean of at most v: nearly normal in z.

    z is n v / sqrt(sum of squares + n v**2): the sum of the numbers less v over a subset drawn at
    random has that many standard deviations between its mean and zero.

    Attributes:
        n: Numbers.
        squares: Their sum of squares; their mean is zero.
        off: How far z was from that of the last count.
    """

    n: int
    squares: float
    off: float = 0.0

    @classmethod
    def of(cls, moved: Floats) -> "_Curve":
        return cls(n=len(moved), squares=float(moved @ moved))

    def value_of(self, count: float) -> float:
        """Return where so many subsets are likely to be below; far off where nothing is."""
        share = min(max(count, 0.5) / 2**self.n, 0.5)
        z = float(special.ndtri(share)) - self.off
        spare = self.n**2 - self.n * z**2
        return z * sqrt(self.squares / spare) if spare > 0 else -inf

    def through(self, value: float, count: int) -> "_Curve":
        """Return the curve moved to what was counted at a value."""
        spread = sqrt(self.squares + self.n * value**2)
        z = self.n * value / spread if spread else 0.0
        counted = float(special.ndtri((count + 0.5) / (2**self.n + 1)))
        return replace(self, off=counted - z)


def _between(first: _Half, others: _Half, bracket: _Bracket) -> tuple[Floats, Floats]:
    """List the means, and sizes, of the subsets between two values."""
    n = first.sizes[-1] + others.sizes[-1]
    ones, twos = first.less(bracket.high), others.less(bracket.high)
    order = np.argsort(twos)
    ordered = twos[order]
    # From one value to the other no sum moves by more than n times their distance.
    width = (bracket.high - bracket.low) * n * (1 + 1e-9) + _APART * np.abs(ordered).max()
    start = ordered.searchsorted(-ones - width)
    many = ordered.searchsorted(-ones, side="right") - start
    one = np.repeat(np.arange(len(ones)), many)
    place = np.arange(len(one)) - np.repeat(np.cumsum(many) - many, many)
    two = order[np.repeat(start, many) + place]
    sizes = first.sizes[one] + others.sizes[two]
    above = others.less(bracket.low)[two] > -first.less(bracket.low)[one]
    kept = above & (sizes > 0)
    return (first.sums[one] + others.sums[two])[kept] / sizes[kept], sizes[kept]
