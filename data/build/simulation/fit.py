"""Whole scores moved point by point until their means and standard deviations are as printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

#: How close to a printed figure counts as met, inside the half unit that rounding allows.
MEAN_WITHIN: Final = 0.42
SD_WITHIN: Final = 0.042
SHARE_WITHIN: Final = 0.0042
MOST_STEPS: Final = 400_000


class NotReachedError(RuntimeError):
    """The printed figures were not reached in the steps allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the scores of some people must give.

    Attributes:
        parts: Columns added up to the score meant.
        people: Rows meant, shape (n,).
        mean: Mean as printed, in whole points.
        sd: Standard deviation as printed, to one decimal.
        share: Share of people below ``cut``, to two decimals, or None where none was printed.
        cut: See ``share``.
    """

    parts: tuple[int, ...]
    people: NDArray[np.bool_]
    mean: float
    sd: float
    share: float | None = None
    cut: float = 0


@dataclass(slots=True)
class _Tally:
    """Sum, sum of squares and number below the cut, kept while scores move."""

    target: Target
    people: int
    total: float
    squares: float
    below: int

    def moved(self, score: float, step: int) -> "_Tally":
        """Return the tally after one person's score has gone from ``score`` up by ``step``."""
        cut = self.target.cut
        return _Tally(
            self.target,
            self.people,
            self.total + step,
            self.squares + step * (2 * score + step),
            self.below + int(score + step < cut) - int(score < cut),
        )

    @property
    def miss(self) -> float:
        """How far the tally is from its target; zero where it is met."""
        mean = self.total / self.people
        sd = sqrt((self.squares - self.total * mean) / (self.people - 1))
        out = max(0.0, abs(mean - self.target.mean) - MEAN_WITHIN)
        out += max(0.0, abs(sd - self.target.sd) - SD_WITHIN)
        if self.target.share is not None:
            gap = abs(self.below / self.people - self.target.share) - SHARE_WITHIN
            out += 10 * max(0.0, gap)
        return out


def fitted(
    scores: NDArray[np.int64],
    limits: Sequence[tuple[int, int]],
    targets: Sequence[Target],
    rng: Generator,
) -> NDArray[np.int64]:
    """Move whole scores by single points, or exchange them, until every target is met.

    Args:
        scores: First guess, one column per part, shape (n, parts).
        limits: Least and largest score of each part.
        targets: What must hold, of parts or of their sums.
        rng: Source of randomness.

    Returns:
        Scores that meet every target, within the limits, shape (n, parts).

    Raises:
        NotReachedError: They were not met in the steps allowed.
    """
    out = scores.copy()
    low, high = np.array(limits).T
    tallies = [_tally(out, target) for target in targets]
    for _ in range(MOST_STEPS):
        if not any(tally.miss for tally in tallies):
            return out
        part = int(rng.integers(out.shape[1]))
        one, two = (int(row) for row in rng.integers(len(out), size=2))
        if rng.random() < 0.5:  # noqa: PLR2004 (an even chance)
            steps = {one: 1 if rng.random() < 0.5 else -1}  # noqa: PLR2004
        else:
            apart = int(out[two, part] - out[one, part])
            steps = {one: apart, two: -apart}  # an exchange keeps the part and moves the sum
        inside = all(low[part] <= out[row, part] + by <= high[part] for row, by in steps.items())
        if inside and _closer(out, tallies, part, steps):
            for row, by in steps.items():
                out[row, part] += by
    missed = [f"{tally.target.mean:g}, {tally.target.sd:g}" for tally in tallies if tally.miss]
    msg = f"found no whole scores with mean and standard deviation {'; '.join(missed)}"
    raise NotReachedError(msg)


def _tally(scores: NDArray[np.int64], target: Target) -> _Tally:
    sums = scores[target.people][:, list(target.parts)].sum(axis=1)
    below = int((sums < target.cut).sum())
    return _Tally(target, len(sums), float(sums.sum()), float((sums**2).sum()), below)


def _closer(
    scores: NDArray[np.int64], tallies: list[_Tally], part: int, steps: dict[int, int]
) -> bool:
    """Take steps in the tallies if they bring them closer to their target."""
    after = dict[int, _Tally]()
    gain = 0.0
    for place, tally in enumerate(tallies):
        if part not in tally.target.parts:
            continue
        new = tally
        for row, step in steps.items():
            if tally.target.people[row]:
                score = float(scores[row, list(tally.target.parts)].sum())
                new = new.moved(score, step)
        gain += tally.miss - new.miss
        after[place] = new
    if gain <= 0:
        return False
    for place, tally in after.items():
        tallies[place] = tally
    return True
