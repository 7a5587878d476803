"""Places beside what they are compared with: the arrays every gap is made of."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.panel import Panel
from analytics.methods.gap import comparator
from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import Average, Comparator, Weights
from analytics.selection.places import ENGLAND, authorities, pilots
from analytics.selection.selection import Selection
from data.load import Table
from data.neighbour_lists import NeighbourList
from data.programmes.programme import Programme

Floats = NDArray[np.float64]

#: The order is the Department's; the numbers are this project's own, and said to be.
CLOSENESS: Final = {
    "extremely close": 5.0,
    "very close": 4.0,
    "close": 3.0,
    "somewhat close": 2.0,
    "not close": 1.0,
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Compared:
    """Places and their comparators, side by side.

    Attributes:
        keys: Series, first axis.
        codes: GSS codes of the places, second axis.
        years: Years, third axis.
        programme: Whose start divides them.
        own: The places' own values, shape (series, places, years), NaN where missing.
        comparator: What each is compared with, same shape, NaN where it cannot be made.
        found: Authorities with a value behind each comparator, same shape.
        listed: Authorities listed for each place, shape (places,).
    """

    keys: tuple[str, ...]
    codes: tuple[str, ...]
    years: tuple[int, ...]
    programme: Programme
    own: Floats
    comparator: Floats
    found: NDArray[np.intp]
    listed: NDArray[np.intp]


@lru_cache(maxsize=8)
def _lists(table: Table, model: NeighbourList) -> dict[str, tuple[str, ...]]:
    """Return the neighbours of every authority under one model, nearest first."""
    frame = table.frame[table.frame["model"] == model.key].sort_values(["code", "rank"])
    return {str(code): tuple(rows["neighbour"].tolist()) for code, rows in frame.groupby("code")}


@lru_cache(maxsize=8)
def closeness(table: Table, model: NeighbourList) -> dict[tuple[str, str], str]:
    """Return how close neighbours are under one model, in the Department's words.

    Args:
        table: The table of neighbours.
        model: Which list.

    Returns:
        Words in lower case by the codes of an authority and its neighbour; empty for a list
        for which they are not known.
    """
    frame = table.frame[(table.frame["model"] == model.key) & table.frame["closeness"].notna()]
    pairs = zip(frame["code"].astype(str), frame["neighbour"].astype(str), strict=True)
    return dict(zip(pairs, frame["closeness"].astype(str).str.lower(), strict=True))


@lru_cache(maxsize=16)
def _everywhere(panel: Panel, keys: tuple[str, ...], years: tuple[int, ...]) -> Floats:
    """Return the comparable figures of every place: one copy for all choices of neighbours."""
    values = panel.comparable(keys, years)
    values.flags.writeable = False
    return values


@lru_cache(maxsize=32)
def _nearest(
    table: Table, model: NeighbourList, k: int, without: Programme | None
) -> dict[str, tuple[str, ...]]:
    """Return the first k neighbours of every authority, but for the pilots of a programme."""
    left = pilots(without) if without else {}
    return {
        code: tuple(other for other in listed[:k] if other not in left)
        for code, listed in _lists(table, model).items()
    }


def _nearest_under(selection: Selection, neighbours: Table) -> dict[str, tuple[str, ...]]:
    without = None if selection.with_pilots else selection.programme
    return _nearest(neighbours, selection.model, selection.k, without)


def neighbours_of(code: str, neighbours: Table, selection: Selection) -> tuple[str, ...]:
    """Return the neighbours a place is compared with under the selection's options.

    Other pilots among the first k are left out, and not replaced, unless the reader keeps them.

    Args:
        code: GSS code of the place.
        neighbours: The table of neighbours.
        selection: Holds model, k and whether pilots are kept.
    """
    return _nearest_under(selection, neighbours).get(code, ())


def compare(
    panel: Panel,
    neighbours: Table,
    selection: Selection,
    *,
    keys: tuple[str, ...],
    codes: tuple[str, ...],
    without: tuple[str, ...] = (),
) -> Compared:
    """Put places beside their comparators, for the years of the selection.

    Args:
        panel: The figures.
        neighbours: The table of neighbours.
        selection: Holds the comparator, its options and the period.
        keys: Series to compare.
        codes: GSS codes of the places; one can be named again with another left out.
        without: For each place an authority to leave out of its comparator, and not to replace, or
            an empty word; nothing where none is left out anywhere.

    Raises:
        NotEstimableError: Other pilots are asked for, and every pilot is already in the selection.
    """
    everywhere = _everywhere(panel, keys, selection.years)
    others = _listed(codes, neighbours, selection)
    if without:
        others = [
            tuple(other for other in listed if other != left)
            for listed, left in zip(others, without, strict=True)
        ]
    width = max((len(listed) for listed in others), default=0)
    rows = np.full((len(codes), max(width, 1)), -1, dtype=np.intp)
    for place, listed in enumerate(others):
        rows[place, : len(listed)] = [panel.places.get(other, -1) for other in listed]
    single = selection.compare in {Comparator.REGION, Comparator.ENGLAND}
    average = Average.MEAN if single else selection.average
    made = comparator(
        everywhere,
        rows,
        average=average.value,
        weights=_weights(codes, others, neighbours, selection),
    )
    at = [panel.places.get(code, -1) for code in codes]
    own = np.where(np.array(at)[None, :, None] >= 0, everywhere[:, at, :], np.nan)
    return Compared(
        keys=keys,
        codes=codes,
        years=selection.years,
        programme=selection.programme,
        own=own,
        comparator=made.value,
        found=made.count,
        listed=np.array([len(listed) for listed in others], dtype=np.intp),
    )


def _listed(
    codes: tuple[str, ...], neighbours: Table, selection: Selection
) -> list[tuple[str, ...]]:
    """Return what each of many places is compared with."""
    if selection.compare is Comparator.NEIGHBOURS:
        nearest = _nearest_under(selection, neighbours)
        return [nearest.get(code, ()) for code in codes]
    return [compared_with(code, neighbours, selection) for code in codes]


def _weights(
    codes: tuple[str, ...],
    others: list[tuple[str, ...]],
    neighbours: Table,
    selection: Selection,
) -> Floats | None:
    """Return how much each listed neighbour counts, shape (places, listed); None if all alike."""
    if selection.weights is Weights.EQUAL or selection.compare is not Comparator.NEIGHBOURS:
        return None
    known = closeness(neighbours, selection.model)
    width = max((len(listed) for listed in others), default=0)
    weights = np.zeros((len(codes), max(width, 1)))
    for place, (code, listed) in enumerate(zip(codes, others, strict=True)):
        weights[place, : len(listed)] = [CLOSENESS[known[code, other]] for other in listed]
    return weights


def compared_with(code: str, neighbours: Table, selection: Selection) -> tuple[str, ...]:
    """Return what a place is compared with: neighbours, its region, England or other pilots.

    Args:
        code: GSS code of the place.
        neighbours: The table of neighbours.
        selection: Holds the comparator and its options.

    Raises:
        NotEstimableError: Other pilots are asked for, and every pilot is already in the selection.
    """
    match selection.compare:
        case Comparator.NEIGHBOURS:
            return neighbours_of(code, neighbours, selection)
        case Comparator.ENGLAND:
            return (ENGLAND,)
        case Comparator.REGION:
            known = authorities()
            return (known[code].region_code,) if code in known else ()
        case Comparator.PILOTS:
            chosen = {pilot.code for pilot in selection.chosen}
            known = pilots(selection.programme)
            left = tuple(other for other in known if other not in chosen and other != code)
            if not left:
                msg = (
                    "Every pilot is in the selection, so there are no other pilots to compare "
                    "with. Choose a band or some pilots."
                )
                raise NotEstimableError(msg)
            return left
