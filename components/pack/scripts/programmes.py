"""Programmes to come, made of real councils: what each would show without any effect."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from figures import Figures, Floats, indicator_figures, mean, others_of
from numpy.typing import NDArray
from pack import EVERY_YEAR, Choice, NotAnsweredError, Pack
from placebo import outsiders

Places = NDArray[np.intp]

SEED = 20260402
HELD = 0.5  # share of councils with a figure that makes a year count
FEWEST_NEIGHBOURS = 5
AT_ONCE = 500  # programmes


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Years on either side of the start of a programme to come."""

    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Councils:
    """The councils that programmes are drawn from, with their figures of one measure.

    Attributes:
        codes: Of each.
        years: As many as the design has, the last held.
        before: How many of them are before the start.
        own: Shape (councils, years).
        neighbours: Figures of what each is compared with, shape (councils, listed, years).
        listed: Which of these places are taken, shape (councils, listed).
        among: What stands there, as a place among the councils; -1 for none of them.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    before: int
    own: Floats
    neighbours: Floats
    listed: NDArray[np.bool_]
    among: Places

    def faced(self, at: Places, left: NDArray[np.bool_]) -> Floats:
        """Return the mean of the neighbours that are left to councils, where enough have a figure.

        Args:
            at: Councils, any shape.
            left: Which of the listed are left, the same shape and one axis more.
        """
        values = np.where(left[..., None], self.neighbours[at], np.nan)
        there = np.isfinite(values).sum(axis=-2)
        enough = there >= np.clip(left.sum(axis=-1), 1, FEWEST_NEIGHBOURS)[..., None]
        return np.where(enough, mean(np.moveaxis(values, -2, -1)), np.nan)

    def changes(self, at: Places, left: NDArray[np.bool_]) -> Floats:
        """Return the change of the gap of councils, the same shape as ``at``."""
        gaps = self.own[at] - self.faced(at, left)
        return mean(gaps[..., self.before :]) - mean(gaps[..., : self.before])

    @property
    def whole(self) -> Floats:
        """The change of every council with all that it is compared with."""
        return self.changes(np.arange(len(self.codes)), self.listed)


def _pinned(pack: Pack) -> Choice:
    """Return the comparator of plans: nothing of it but who, which list and how many bears."""
    return replace(pack.choice, pilots_kept=False, average="mean", weights="equal")


def _figures(pack: Pack) -> Figures:
    left_out = pack.resolved["symbols_not_compared"]
    return indicator_figures(pack, column="preferred").comparable(left_out)


def councils_of(pack: Pack, key: str, design: Design) -> Councils:
    """Put every council that may be drawn beside its comparator, for the last years held.

    Raises:
        NotAnsweredError: Other pilots are the comparator, or too few years in a row are held.
    """
    choice, figures = _pinned(pack), _figures(pack)
    if choice.compare == "pilots":
        msg = "a programme to come has no other pilots to be compared with"
        raise NotAnsweredError(msg)
    codes = outsiders(pack, choice)
    own = np.stack([figures.at(key, code) for code in codes])
    at = _last_held(np.isfinite(own).mean(axis=0) >= HELD, design.before + design.after)
    others = [others_of(pack, code, choice) for code in codes]
    width = max(map(len, others))
    neighbours = np.full((len(codes), width, len(at)), np.nan)
    listed, among = np.zeros((len(codes), width), dtype=bool), np.full((len(codes), width), -1)
    for row, some in enumerate(others):
        for place, other in enumerate(some):
            neighbours[row, place] = figures.at(key, other)[at]
            listed[row, place] = other in figures.places
            among[row, place] = codes.index(other) if other in codes else -1
    return Councils(
        codes=codes,
        years=tuple(EVERY_YEAR[one] for one in at),
        before=design.before,
        own=own[:, at],
        neighbours=neighbours,
        listed=listed,
        among=among,
    )


def _last_held(held: NDArray[np.bool_], asked: int) -> list[int]:
    """Return the last years held in a row, as many as are asked for.

    Raises:
        NotAnsweredError: There are fewer.
    """
    last = max((at + 1 for at in range(len(held)) if held[at]), default=0)
    first = last
    while first > 0 and held[first - 1]:
        first -= 1
    if last - first < asked:
        msg = f"figures are held for {last - first} years in a row, {asked} are needed"
        raise NotAnsweredError(msg)
    return list(range(last - asked, last))


@cache
def _orders(pack: Pack, many: int) -> Places:
    """Put councils in random order, once for every programme, as NumPy's generator does."""
    draws = int(pack.resolved["placebo"]["draws"])
    keys = np.random.default_rng(SEED).random((draws, many), dtype=np.float32)
    return np.argsort(keys, axis=1, kind="stable")


def programmes(pack: Pack, councils: Councils, whole: Floats, size: int, draws: int) -> Floats:
    """Draw programmes: the change of each council of each, without any effect.

    The first councils of a random order that have a change are in it. Members are left out of each
    other's neighbours, and not replaced.

    Args:
        pack: Says how many are drawn at most, and what councils are compared with.
        councils: Who is drawn.
        whole: Their changes with the whole comparator.
        size: Councils in a programme.
        draws: The first so many programmes.
    """
    order = _orders(pack, len(whole))[:draws]
    present = np.isfinite(whole)[order]
    first = present & (np.cumsum(present, axis=1) <= size)
    members = order[first].reshape(draws, size)
    if pack.choice.compare != "neighbours":
        return whole[members]
    parts = list[Floats]()
    for some in np.array_split(members, range(AT_ONCE, draws, AT_ONCE)):
        inside = np.zeros((len(some), len(whole) + 1), dtype=bool)  # the last place is nobody's
        np.put_along_axis(inside, some, values=True, axis=1)
        gone = inside[np.arange(len(some))[:, None, None], councils.among[some]]
        parts.append(councils.changes(some, councils.listed[some] & ~gone))
    return np.concatenate(parts)
