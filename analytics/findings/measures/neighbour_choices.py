"""The tests of a family's gaps under each choice of neighbours that is set beside the reader's."""

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import compare
from analytics.evaluation.judging import judged
from analytics.evaluation.measure_families import MeasureFamily, family_of
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.reasons import FEWEST_PILOTS
from analytics.evaluation.verdicts import bounded
from analytics.findings.measures.together import bearing, held_by
from analytics.methods.gap import mean_gap, pilot_gaps
from analytics.publication.declaration import Tables
from analytics.selection.choices import Average, Comparator, Weights
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.wording import some_of, upper_first
from analytics.text.words import DOT
from data.load import Table
from data.neighbour_lists import NEIGHBOUR_LISTS, WITH_CLOSENESS, many
from data.sources import registry as sources

COUNTS: Final = (10, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What the tests of every series gave under one choice; arrays have shape (series,).

    Attributes:
        n: Pilots compared.
        estimate: Mean gap, in the unit of each series.
        low: Lower end of its 95% interval, alike; missing where it is not bounded.
        high: Upper end, alike.
        t_low: Lower end of its 95% t interval, alike.
        t_high: Upper end, alike.
        p: Sign-flip test, unadjusted.
        adjusted: The same, adjusted over the series of this choice.
        certain: How sure each is.
    """

    n: NDArray[np.intp]
    estimate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    t_low: NDArray[np.float64]
    t_high: NDArray[np.float64]
    p: NDArray[np.float64]
    adjusted: NDArray[np.float64]
    certain: list[Certainty]


def choices(selection: Selection) -> tuple[Selection, ...]:
    """Return every choice of neighbours that is set beside the reader's own.

    Args:
        selection: What the reader chose, whatever comparator.
    """
    plain = replace(selection, compare=Comparator.NEIGHBOURS, weights=Weights.EQUAL)
    every = [
        replace(plain, model=model, k=k, average=average, with_pilots=kept)
        for model, k, average, kept in product(NEIGHBOUR_LISTS, COUNTS, Average, (False, True))
    ]
    weighted = [
        replace(one, weights=Weights.CLOSENESS)
        for one in every
        if one.model.closeness
        and one.average is Average.MEAN
        and one.k == COUNTS[0]
        and not one.with_pilots
    ]
    return tuple(sorted((*every, *weighted), key=lambda one: NEIGHBOUR_LISTS.index(one.model)))


def tested_under(
    tables: Tables, selection: Selection, every: tuple[Selection, ...]
) -> tuple[Tested, ...]:
    """Test every series of the family under some choices of neighbours.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
        every: The choices.

    Returns:
        One for each choice, in their order.
    """
    family = family_of(selection)
    keys = tuple(one.key for one in family.core())
    return _tested(family, keys, held_by(family, tables), tuple(bearing(one) for one in every))


@lru_cache(maxsize=16)
def _tested(
    family: MeasureFamily,
    keys: tuple[str, ...],
    tables: tuple[Table, ...],
    every: tuple[Selection, ...],
) -> tuple[Tested, ...]:
    """Test once for every finding of an answer that sets the same choices side by side."""
    by_key = {table.source.key: table for table in tables}
    made = [
        compare(
            family.panel(by_key, one),
            by_key[sources.NEIGHBOURS.key],
            one,
            keys=keys,
            codes=tuple(pilot.code for pilot in one.chosen),
        )
        for one in every
    ]
    gaps = np.concatenate([pilot_gaps(one.own, one.comparator) for one in made])
    present = np.isfinite(gaps).sum(axis=1)
    held = np.where((present >= FEWEST_PILOTS)[:, None], gaps, np.nan)
    group = mean_gap(held)
    tested = list[Tested]()
    for at, one in enumerate(every):
        rows = slice(at * len(keys), (at + 1) * len(keys))
        tests = judged(held[rows], one)
        tested.append(
            Tested(
                n=present[rows],
                estimate=group.estimate[rows],
                low=bounded(group.low[rows]),
                high=bounded(group.high[rows]),
                t_low=group.t_low[rows],
                t_high=group.t_high[rows],
                p=tests.p,
                adjusted=tests.adjusted,
                certain=tests.certain,
            )
        )
    return tuple(tested)


def is_chosen(choice: Selection, selection: Selection) -> bool:
    """Whether a choice of neighbours is the reader's own.

    Args:
        choice: One of ``choices``.
        selection: What the reader chose.
    """
    return choice == replace(selection, compare=Comparator.NEIGHBOURS)


def choice_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say what a reader must know of any table of choices.

    Args:
        _frame: Not used: the notes are the same for every frame.
        selection: What the reader chose.
    """
    notes = [
        "Gap in level over the chosen period; a level difference is not a change.",
        (
            "Columns are not independent tests: they are one question asked in many ways. To "
            "choose the one that suits after seeing all is how false findings are made."
        ),
    ]
    if selection.compare is not Comparator.NEIGHBOURS:
        notes.append("The bar compares with something else; here neighbours are used throughout.")
    if not any(is_chosen(choice, selection) for choice in choices(selection)):
        notes.append("The reader's own options are not among the columns; they are in the bar.")
    return tuple(notes)


def untested_choices(untested: pd.Series, of: int) -> tuple[str, ...]:
    """Say how many choices cannot be tested and so flip no verdict, or nothing where all can.

    Without a full stop.

    Args:
        untested: Such choices of each measure.
        of: All choices.
    """
    least, most = int(untested.min()), int(untested.max())
    if not most:
        return ()
    if least == most:
        return (f"{upper_first(some_of(most, of, 'choice'))} cannot be tested",)
    if most == of:
        return ("For some measures, no choice can be tested",)
    return (f"For some measures, up to {some_of(most, of, 'choice')} cannot be tested",)


def choice_subtitle(selection: Selection) -> str:
    """Name pilots, choices, years and adjustment; the comparator in the bar plays no part.

    Args:
        selection: What the reader chose.
    """
    pilots, _, *rest = selection.parts_with(selection.period_words)
    return DOT.join((pilots, _all(selection), *rest, selection.adjust.label))


def _all(selection: Selection) -> str:
    return f"{len(choices(selection))} choices of statistical neighbours"


def choice_method(selection: Selection) -> Facts:
    """Describe the method of any table of choices, for its card.

    Args:
        selection: What the reader chose.
    """
    common = facts(
        replace(selection, compare=Comparator.NEIGHBOURS),
        estimand="The mean over pilots of each pilot's mean gap over the period, once for every "
        "choice of list, number of neighbours (10 and 5), average, and pilots kept or left out; "
        f"and for the {many(WITH_CLOSENESS)} lists that give closeness, weighted by it.",
        unit="That of each row.",
        comparator=f"Statistical neighbours of each pilot, in {_all(selection)}; what the bar "
        "compares with plays no part.",
    )
    return (*common, ("Family", "Each choice's p-values are adjusted over its own indicators."))
