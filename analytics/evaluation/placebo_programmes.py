"""Programmes to come, made of real councils: what each would show without any effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.comparison import compared_with
from analytics.evaluation.panel import Panel
from analytics.evaluation.placebo_pool import DRAWS, placebo_pool
from analytics.methods.averages import mean_of_present
from analytics.methods.gap import comparator, pilot_changes
from analytics.methods.placebo import draw, first_of
from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import Comparator
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise
from data.load import Table
from data.neighbour_lists import NeighbourList
from data.programmes.programme import Programme
from data.sources import registry as sources

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

SEED: Final = 20260402
#: A year counts as held where at least this share of the councils to draw from have a figure.
HELD: Final = 0.5
_PROGRAMMES_AT_ONCE: Final = 1_000
_COMPARATORS_AT_ONCE: Final = 20_000
_NOBODY: Final = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A programme to plan.

    Attributes:
        programme: The one in hand, whose pilots are neither drawn nor compared with.
        compare: What councils are compared with.
        model: Which list of statistical neighbours; it also says who may be drawn.
        k: How many neighbours of the list.
        before: Years before the start.
        after: Years after it.
    """

    programme: Programme
    compare: Comparator
    model: NeighbourList
    k: int
    before: int
    after: int

    @property
    def selection(self) -> Selection:
        """The comparator as a selection that holds no other choice."""
        return Selection(programme=self.programme, compare=self.compare, model=self.model, k=self.k)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Councils:
    """The councils that programmes are drawn from, with their figures of one measure.

    Attributes:
        codes: GSS code of each.
        years: The last years held, in order: as many as the design has.
        before: Which of them are before the start, shape (years,).
        everywhere: Figures of every place of the panel, shape (1, places, years), NaN missing.
        own: Figures of the councils, shape (1, councils, years).
        listed: What each is compared with, as rows of ``everywhere``, shape (councils, listed);
            -1 is an empty place.
        listed_councils: The same as places among the councils; -1 for what is none of them.
        changes: Change in the gap of each, with its whole comparator, shape (councils,); NaN
            where it has none.
        level: Mean of the comparators over councils and years, in the unit of the measure.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    before: NDArray[np.bool_]
    everywhere: Floats
    own: Floats
    listed: Places
    listed_councils: Places
    changes: Floats
    level: float

    @property
    def drawable(self) -> int:
        """How many have a change."""
        return int(np.isfinite(self.changes).sum())


def design_of(selection: Selection) -> Design:
    """Return the design that a selection asks for.

    Args:
        selection: What the reader chose.
    """
    return Design(
        programme=selection.programme,
        compare=selection.compare,
        model=selection.model,
        k=selection.k,
        before=selection.plan_before,
        after=selection.plan_after,
    )


@lru_cache(maxsize=128)
def councils_of(panel: Panel, neighbours: Table, design: Design, key: str) -> Councils:
    """Put every council that may be drawn beside its comparator, for the last years held.

    The pilots of the programme in hand are neither drawn nor compared with.

    Args:
        panel: The figures.
        neighbours: The table of neighbours.
        design: Comparator and years.
        key: The measure.

    Raises:
        NotEstimableError: Other pilots are asked for as the comparator, or too few years are held.
    """
    if design.compare is Comparator.PILOTS:
        msg = (
            "A programme to come has no other pilots to be compared with; compare with similar "
            "councils, regions or England."
        )
        raise NotEstimableError(msg)
    pool = placebo_pool({sources.NEIGHBOURS.key: neighbours}, design.selection)
    others = [compared_with(code, neighbours, design.selection) for code in pool]
    years, everywhere, own = _figures(panel, design, key, pool)
    listed = _as_rows(others, panel.places)
    before = np.arange(len(years)) < design.before
    faced = comparator(everywhere, listed, average="mean").value
    level = mean_of_present(mean_of_present(np.where(np.isfinite(own), faced, np.nan)))
    return Councils(
        codes=pool,
        years=years,
        before=before,
        everywhere=everywhere,
        own=own,
        listed=listed,
        listed_councils=_as_rows(others, {code: at for at, code in enumerate(pool)}),
        changes=pilot_changes(own, faced, pre=before, post=~before)[0],
        level=float(level[0]),
    )


def _figures(
    panel: Panel, design: Design, key: str, pool: tuple[str, ...]
) -> tuple[tuple[int, ...], Floats, Floats]:
    """Return the last years held, the figures of every place in them, and those of the pool."""
    at = np.array([panel.places.get(code, _NOBODY) for code in pool])
    everywhere = panel.comparable((key,), panel.years)
    own = np.where((at >= 0)[None, :, None], everywhere[:, at, :], np.nan)
    years = _last_held(np.isfinite(own[0]).mean(axis=0) >= HELD, panel.years, design)
    kept = [panel.years.index(year) for year in years]
    return years, everywhere[..., kept], own[..., kept]


def _last_held(held: NDArray[np.bool_], years: tuple[int, ...], design: Design) -> tuple[int, ...]:
    """Return the last run of years held, as long as the design.

    Raises:
        NotEstimableError: It is shorter.
    """
    asked = design.before + design.after
    last = len(held) - int(np.argmax(held[::-1])) if held.any() else 0
    first = last
    while first > 0 and held[first - 1]:
        first -= 1
    if last - first < asked:
        msg = (
            f"Figures are held for {pluralise(last - first, 'year')} in a row; this design needs "
            f"{asked}."
        )
        raise NotEstimableError(msg)
    return years[last - asked : last]


def _as_rows(others: list[tuple[str, ...]], places: dict[str, int]) -> Places:
    width = max((len(some) for some in others), default=0)
    rows = np.full((len(others), max(width, 1)), _NOBODY, dtype=np.intp)
    for place, some in enumerate(others):
        rows[place, : len(some)] = [places.get(code, _NOBODY) for code in some]
    return rows


def programme_changes(
    councils: Councils, design: Design, many: int, *, draws: int = DRAWS
) -> Floats:
    """Draw programmes without any effect: the change in the gap of each of their councils.

    Members of a programme are left out of each other's neighbours, and not replaced, as pilots
    are; a published figure of a region or of England stays as it is. The orders in which councils
    are drawn are the same for every measure and every number of them.

    Args:
        councils: From ``councils_of``.
        design: The same.
        many: How many councils a programme has.
        draws: How many programmes: the first of those that are drawn.

    Returns:
        Shape (programmes, many), in the unit of the measure; NaN where so few neighbours are left
        that a council cannot be compared.

    Raises:
        TooFewToDrawError: Fewer councils have a change.
    """
    there = np.isfinite(councils.changes)
    members = first_of(_orders(len(there))[:draws], there, many)
    if design.compare is not Comparator.NEIGHBOURS:
        return councils.changes[members]
    width = councils.listed.shape[1]
    case = np.concatenate([_cases(councils, some) for some in _split(members, _PROGRAMMES_AT_ONCE)])
    changes = np.full(len(there) << width, np.nan)
    occurs = np.zeros(len(changes), dtype=np.bool_)
    occurs[case] = True
    for some in _split(np.flatnonzero(occurs), _COMPARATORS_AT_ONCE):
        changes[some] = _without_members(councils, some)
    return changes[case]


@lru_cache(maxsize=4)
def _orders(councils: int) -> NDArray[np.signedinteger]:
    """Put councils in random order, once for every programme, whatever kind they are of."""
    rng = np.random.default_rng(SEED)
    return draw(np.zeros(councils, dtype=np.intp), draws=DRAWS, rng=rng).of(0)


def _split(places: Places, at_once: int) -> Iterator[Places]:
    return (places[at : at + at_once] for at in range(0, len(places), at_once))


def _cases(councils: Councils, members: Places) -> Places:
    """Number each council of each programme with which of its neighbours are in it too.

    Args:
        councils: Who the members are of.
        members: Shape (programmes, many).

    Returns:
        The council times 2 to the number of neighbours, plus one bit for each; same shape.
    """
    nobody = len(councils.changes)
    inside = np.zeros((len(members), nobody + 1), dtype=np.int16)
    np.put_along_axis(inside, members, 1, axis=1)
    row = np.arange(len(members))[:, None] * (nobody + 1)
    case = members << councils.listed_councils.shape[1]
    for bit, neighbour in enumerate(
        np.where(councils.listed_councils < 0, nobody, councils.listed_councils).T
    ):
        case += inside.ravel().take(row + neighbour[members]).astype(np.intp) << bit
    return case


def _without_members(councils: Councils, case: Places) -> Floats:
    """Return the change in the gap of a council without some of its neighbours, shape (cases,)."""
    width = councils.listed.shape[1]
    council = case >> width
    gone = (case[:, None] >> np.arange(width)) & 1
    left = np.where(gone == 1, _NOBODY, councils.listed[council])
    faced = comparator(councils.everywhere, left, average="mean").value
    own = councils.own[:, council]
    return pilot_changes(own, faced, pre=councils.before, post=~councils.before)[0]
