"""Ordered answers of two waves: which wave answers higher."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.methods.averages import ratio
from analytics.methods.checks import check_counts, check_share

SEED = 20170707
DRAWS = 2000
FEWEST_CLUSTERS = 2
FEWEST_ANSWERS = 2
CLUSTERED_METHOD = "percentile bootstrap, drawing whole pilots"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusteredDelta:
    """Cliff's delta of each item, with an interval that draws pilots rather than people.

    Attributes:
        estimate: Delta of all pilots' answers together, shape (...), from -1 to 1; above zero
            the second wave answers higher. NaN where a wave has no answers.
        low: Lower end of the interval, NaN likewise, and where fewer than two pilots answered.
        high: Upper end, likewise.
        first: Answers in the first wave, shape (...).
        second: Answers in the second wave, shape (...).
        pilots: Pilots with an answer in either wave, shape (...).
        draws: Draws on which the interval rests: those in which both waves have answers.
        method: How the interval was found, in words for the reader.
    """

    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    pilots: NDArray[np.int64]
    draws: NDArray[np.int64]
    method: str


def clustered_delta(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
    confidence: float = 0.95,
) -> ClusteredDelta:
    """Cliff's delta of each item, its interval drawn pilot by pilot.

    People of one pilot answer alike, so whole pilots are drawn, with their answers of both
    waves, as often as there are pilots; the interval runs between percentiles of the deltas of
    the draws. All items share the draws, so that one pilot's luck is the same in each. With ten
    pilots or fewer such an interval is as a rule somewhat too narrow.

    Args:
        first: People giving each answer in the first wave, shape (..., c pilots, k answers),
            from the lowest answer to the highest; all k NaN where a pilot was not asked, which
            counts as no answers.
        second: The same of the second wave, same shape, pilots in the same order.
        draws: How many times pilots are drawn, at least 1.
        seed: Seed of the draws.
        confidence: Coverage, as a proportion between 0 and 1.

    Returns:
        Delta, interval, answers, pilots and draws of each item, shape (...).

    Raises:
        ValueError: The shapes differ, there is no axis of pilots, no pilot, or fewer than two
            answers to choose from, a pilot's answers are known in part, a number cannot be a
            count, `draws` is less than one or `confidence` is not between 0 and 1.

    Source:
        Cliff (1993), Psychological Bulletin 114(3); Davison and Hinkley (1997), Bootstrap
        methods and their application, sections 3.8 and 5.3, for drawing whole clusters and for
        percentiles; Cameron, Gelbach and Miller (2008), Bootstrap-based improvements for
        inference with clustered errors, Review of Economics and Statistics 90(3), for what few
        clusters do.
    """
    check_share("confidence", confidence)
    _check_waves(first, second)
    if first.ndim < 2 or not first.shape[-2]:  # noqa: PLR2004 - pilots by answers
        msg = f"answers have shape {first.shape}; (..., pilots, answers) is expected"
        raise ValueError(msg)
    if draws < 1:
        msg = f"draws is {draws}; at least 1 is expected"
        raise ValueError(msg)
    # Answers first, shape (k, ..., pilots): numbers of one answer are added up side by side.
    given = [np.moveaxis(_asked(wave), -1, 0) for wave in (first, second)]
    together = [wave.sum(axis=-1) for wave in given]
    present = ((given[0] + given[1]).sum(axis=0) > 0).sum(axis=-1)
    weights = _pilot_weights(first.shape[-2], draws, seed)
    # Answers of every draw, shape (k, ..., draws): how often each pilot was drawn, times its own.
    drawn = np.sort(_delta(*(wave @ weights for wave in given)), axis=-1)
    usable = (~np.isnan(drawn)).sum(axis=-1)
    tail = (1 - confidence) / 2
    known = present >= FEWEST_CLUSTERS
    return ClusteredDelta(
        estimate=_delta(*together),
        low=np.where(known, _quantile(drawn, usable, tail), np.nan),
        high=np.where(known, _quantile(drawn, usable, 1 - tail), np.nan),
        first=together[0].sum(axis=0).astype(np.int64),
        second=together[1].sum(axis=0).astype(np.int64),
        pilots=present,
        draws=usable,
        method=CLUSTERED_METHOD,
    )


def _asked(wave: NDArray[np.float64]) -> NDArray[np.float64]:
    unknown = np.isnan(wave)
    part = unknown.any(axis=-1) & ~unknown.all(axis=-1)
    if part.any():
        msg = f"{part.sum()} pilots have some answers missing; all k, or none, are expected"
        raise ValueError(msg)
    return np.where(unknown, 0.0, wave)


@lru_cache(maxsize=8)
def _pilot_weights(pilots: int, draws: int, seed: int) -> NDArray[np.float64]:
    """How often each pilot is drawn, shape (pilots, draws): the same for all items and bands."""
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(pilots, np.full(pilots, 1 / pilots), size=draws).T.astype(float)
    drawn.flags.writeable = False
    return drawn


def _delta(first: NDArray[np.float64], second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Pairs in which the second is higher, less those in which it is lower, over all pairs.

    Args:
        first: People of the first wave by answer, shape (k, ...).
        second: Of the second wave, likewise.
    """
    below = np.cumsum(first, axis=0)
    total = below[-1]
    # For each answer: people of the first wave below it, less those above it.
    ahead = 2 * below - first - total
    return ratio((second * ahead).sum(axis=0), total * second.sum(axis=0))


def _quantile(
    ordered: NDArray[np.float64], usable: NDArray[np.int64], share: float
) -> NDArray[np.float64]:
    """Linear quantile over the last axis of what is not missing; the missing are sorted last."""
    place = np.maximum(usable - 1, 0) * share
    under = np.floor(place).astype(np.int64)
    over = np.minimum(under + 1, np.maximum(usable - 1, 0))
    low = np.take_along_axis(ordered, under[..., None], axis=-1)[..., 0]
    high = np.take_along_axis(ordered, over[..., None], axis=-1)[..., 0]
    return low + (place - under) * (high - low)


def _check_answers(name: str, answers: NDArray[np.float64]) -> None:
    if answers.ndim < 1 or answers.shape[-1] < FEWEST_ANSWERS:
        msg = f"{name} have shape {answers.shape}; (..., k) with two answers or more is expected"
        raise ValueError(msg)
    check_counts(name, answers)


def _check_waves(first: NDArray[np.float64], second: NDArray[np.float64]) -> None:
    if first.shape != second.shape:
        msg = f"first {first.shape} and second {second.shape} wave must be one shape"
        raise ValueError(msg)
    _check_answers("first answers", first)
    _check_answers("second answers", second)
