"""Authorities that were no pilots: the field that placebo pilots are drawn from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.measure_families import family_of, measure_of
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcomes import at_years, estimand, outcomes, unit_of
from analytics.evaluation.panel import Panel
from analytics.evaluation.reasons import FEWEST_PILOTS, few_chosen
from analytics.evaluation.verdict_columns import interval_columns
from analytics.measures.measure import Measure
from analytics.methods.averages import mean_of_present
from analytics.methods.placebo import kinds_expected
from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import Comparator, Outcome
from analytics.selection.places import pilots
from analytics.selection.selection import Selection
from analytics.text.wording import listed, pluralise, some_of
from data.load import Table
from data.neighbour_lists import NeighbourList
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind
from data.sources import registry as sources

Tables = Mapping[str, Table]

DRAWS: Final = 10_000
KINDS: Final = {
    "E06": ("unitary authority", "unitary authorities"),
    "E08": ("metropolitan district", "metropolitan districts"),
    "E09": ("London borough", "London boroughs"),
    "E10": ("county", "counties"),
}
KIND_CODES: Final = tuple(KINDS)
#: The options that decide how far outsiders stand from their comparators.
BEARING: Final = ("compare", "model", "k", "average", "weights", "with_pilots", "outcome")
#: Councils with so few children that one figure of theirs can outweigh all others: not drawn.
TINY: Final = {"E06000053": "Isles of Scilly", "E09000001": "City of London"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """Pilots and outsiders, ready for drawing.

    Attributes:
        own: Outcome of each chosen pilot, shape (series, pilots).
        others: Outcome of each outsider, shape (series, outsiders).
        kinds: Kind of each outsider, shape (outsiders,).
        expected: Pilots with an outcome, by kind, shape (series, kinds).
        mean: The pilots' mean, shape (series,); NaN where too few have an outcome.
        seed: Of the draws.
    """

    own: NDArray[np.float64]
    others: NDArray[np.float64]
    kinds: NDArray[np.intp]
    expected: NDArray[np.intp]
    mean: NDArray[np.float64]
    seed: int


def seed_of(of: Programme) -> int:
    """Return the seed of the draws: the day the programme started, in digits.

    Args:
        of: The programme.
    """
    return int(f"{of.start:%Y%m%d}")


def _kinds(codes: tuple[str, ...]) -> NDArray[np.intp]:
    return np.array([KIND_CODES.index(code[:3]) for code in codes], dtype=np.intp)


def placebo_pool(tables: Tables, selection: Selection) -> tuple[str, ...]:
    """Return the authorities that were no pilots and have neighbours in the chosen list.

    City of London and Isles of Scilly are left out: so few children live there that their rates
    swing too far to stand for places like the pilots.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: Holds the list.
    """
    return _pool(tables[sources.NEIGHBOURS.key], selection.model, selection.programme)


@lru_cache(maxsize=8)
def _pool(table: Table, model: NeighbourList, of: Programme) -> tuple[str, ...]:
    frame = table.frame
    listed_in = frame[frame["model"] == model.key]["code"].astype(str).unique()
    known = pilots(of)
    return tuple(sorted(code for code in listed_in if code not in known and code not in TINY))


def field_of(
    tables: Tables,
    selection: Selection,
    series: tuple[Measure, ...],
    years: tuple[int, ...] = (),
) -> Field:
    """Set pilots and outsiders against their comparators, ready for drawing.

    Args:
        tables: The tables of the finding by key.
        selection: What the reader chose, the outcome among it.
        series: What each row is about.
        years: Which are compared, in order; those of the selection unless given.

    Raises:
        NotEstimableError: Too few pilots are chosen, or outsiders have no such comparator.
    """
    if selection.compare is Comparator.PILOTS:
        msg = (
            "Authorities that were no pilots cannot be set against the other pilots; compare with "
            "similar councils, regions or England."
        )
        raise NotEstimableError(msg)
    _, why = few_chosen(selection)
    if why:
        raise NotEstimableError(why)
    keys = tuple(one.key for one in series)
    panel = family_of(selection).panel(tables, selection)
    neighbours = tables[sources.NEIGHBOURS.key]
    codes = tuple(pilot.code for pilot in selection.chosen)
    outside = placebo_pool(tables, selection)
    used = years or selection.years
    whole = _bearing(selection, used)
    compared = compare(panel, neighbours, whole, keys=keys, codes=codes)
    own = outcomes(at_years(compared, used), whole.outcome)
    others = _of_others(panel, neighbours, whole, keys, outside, used)
    held = np.where((np.isfinite(own).sum(axis=1) >= FEWEST_PILOTS)[:, None], own, np.nan)
    return Field(
        own=held,
        others=others,
        kinds=_kinds(outside),
        expected=kinds_expected(held, _kinds(codes), len(KINDS)),
        mean=mean_of_present(held),
        seed=seed_of(selection.programme),
    )


def _bearing(selection: Selection, used: tuple[int, ...]) -> Selection:
    """Return a selection with nothing but what bears on how far councils stand apart.

    Which pilots are chosen does not: other pilots are never the comparator here.
    """
    named = {name: getattr(selection, name) for name in BEARING}
    return replace(Selection.of(selection.programme), **named, first=used[0], last=used[-1])


@lru_cache(maxsize=64)
def _of_others(
    panel: Panel,
    neighbours: Table,
    whole: Selection,
    keys: tuple[str, ...],
    codes: tuple[str, ...],
    used: tuple[int, ...],
) -> NDArray[np.float64]:
    """Return what every outsider's outcome is: the same for all choices of pilots."""
    level = replace(whole, outcome=Outcome.LEVEL)
    compared = _compared(panel, neighbours, level, keys, codes)
    found = outcomes(at_years(compared, used), whole.outcome)
    found.flags.writeable = False
    return found


@lru_cache(maxsize=4)
def _compared(
    panel: Panel,
    neighbours: Table,
    whole: Selection,
    keys: tuple[str, ...],
    codes: tuple[str, ...],
) -> Compared:
    """Set outsiders against their comparators: once for levels and for changes."""
    return compare(panel, neighbours, whole, keys=keys, codes=codes)


def reason_of(field: Field, at: int, selection: Selection) -> str:
    """Say why a row cannot be answered, or nothing.

    Args:
        field: From ``field_of``.
        at: Place of the row.
        selection: Names the family and the vintage.
    """
    if np.isfinite(field.mean[at]):
        return ""
    if not np.isfinite(field.others[at]).any():
        vintage = family_of(selection).vintage_words(selection)
        return f"No figures{vintage} on one side of the start, so no change can be measured."
    return f"Fewer than {FEWEST_PILOTS} of the chosen pilots can be compared."


def few_to_draw(field: Field, at: int) -> str:
    """Say which kind of authority leaves too few to draw groups from, or nothing.

    Args:
        field: From ``field_of``.
        at: Place of the row.
    """
    there = np.bincount(field.kinds[np.isfinite(field.others[at])], minlength=len(KIND_CODES))
    each = zip(KIND_CODES, field.expected[at].tolist(), there.tolist(), strict=True)
    for kind, inside, outside in each:
        if outside < inside:
            many = (
                f"{pluralise(inside, *KINDS[kind])} {'is a pilot' if inside == 1 else 'are pilots'}"
            )
            left = f"only {outside}" if outside else "none"
            return (
                f"No groups like the pilots can be drawn: {many}, and {left} with figures "
                f"{'is' if outside <= 1 else 'are'} left outside."
            )
    return ""


def far_out(rare: int, tested: int) -> str:
    """Say on how many measures pilots differ more than nearly all groups of other councils.

    Args:
        rare: Measures on which they do.
        tested: All that could be compared.
    """
    if not rare:
        return "On no measure do pilots differ more than nearly all others"
    many = some_of(rare, tested, "measure")
    return f"On {many}, pilots differ more than nearly all others"


N: Final = Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0)
ESTIMATE: Final = Column(name="estimate", label="Pilots' estimate", decimals=2)
LOW, HIGH = interval_columns(decimals=2)
FAR: Final = Column(
    name="far", label="Groups at least as far out", kind=ColumnKind.COUNT, decimals=0
)
ALL_DRAWS: Final = Column(name="draws", label="All groups", kind=ColumnKind.COUNT, decimals=0)
PLACEBO_P: Final = Column(name="p_placebo", label="p, placebo", decimals=4)


def placebo_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Return what must be known beside any drawing of placebo pilots."""
    made = dict.fromkeys(pilot.code[:3] for pilot in selection.chosen)
    count = [
        pluralise(sum(one.code.startswith(kind) for one in selection.chosen), *KINDS[kind])
        for kind in made
    ]
    return (
        (
            f"Each group is drawn as the chosen pilots are made up: {listed(count)}. Councils of a "
            "kind are few, so the groups overlap."
        ),
        (
            f"{listed(list(TINY.values()))} are not drawn: with so few children their figures "
            "swing too far."
        ),
        (
            "Each placebo pilot is set against its own comparator under the same options; other "
            "members of its group may be among its neighbours."
        ),
        (
            "The pilots count as one draw more: p is (groups at least as far + 1) over (groups "
            "+ 1), "
            "so that it is never 0 and keeps its level (Phipson and Smyth, 2010)."
        ),
        (
            "Those pilots volunteered or were chosen; a placebo group was not. A small p says the "
            "pilots stand apart, not why."
        ),
        *(family_of(selection).notes(frame, selection) if "observed" in frame else ()),
    )


def placebo_method(selection: Selection) -> Facts:
    """Return the method card of placebo pilots."""
    common = facts(
        selection,
        estimand=estimand(selection),
        unit=unit_of(measure_of(selection).unit, selection.outcome),
        test=False,
    )
    seed = seed_of(selection.programme)
    kinds = ", ".join(f"{many} ({code})" for code, (_, many) in KINDS.items())
    return (
        *common,
        (
            "Test",
            (
                f"Placebo pilots: {DRAWS:,} groups drawn without replacement from the "
                "authorities that "
                f"were no pilots, by kind ({kinds}); two-sided, distance from zero."
            ),
        ),
        ("Seed", f"{seed}, numpy.random.default_rng; the order of draws is the same for all."),
        ("Source", "Davison and Hinkley (1997), section 4.2; Phipson and Smyth (2010)."),
    )
