"""The number in question: one measure in one form, tested by itself and among its family."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.judging import judged_each, tests_of, uncounted
from analytics.evaluation.measure_families import Tables, family_of, measure_of
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcomes import base_words, estimand, outcomes, scale_of, unit_of
from analytics.evaluation.reasons import ANSWERED, FEWEST_PILOTS, Reason, Why, few_chosen
from analytics.evaluation.verdict_columns import interval_columns
from analytics.evaluation.verdicts import bounded
from analytics.measures.measure import Measure
from analytics.methods.gap import MeanGap
from analytics.methods.signflip import MOST_ENUMERATED
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.quantity import Scale
from analytics.text.wording import only
from analytics.text.words import technical_line
from data.schema import Column, ColumnKind
from data.sources import registry as sources

Floats = NDArray[np.float64]
#: Authorities that pilots are compared with, and the places of those pilots among the chosen.
Serving = Mapping[str, list[int]]

N: Final = Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0)
ESTIMATE: Final = Column(name="estimate", label="Estimate", decimals=2)
_ENDS: Final = "Of the sign-flip test; empty where fewer than six pilots cannot bound it."
LOW, HIGH = interval_columns(about=_ENDS, decimals=2)
SMALLEST_P: Final = Column(name="smallest_p", label="Smallest p this n can give", decimals=3)
DETECTABLE: Final = Column(
    name="detectable",
    label="Smallest detectable",
    decimals=2,
    about="For planning: the true difference that a two-sided t-test at 0.05 would find four "
    "times in five. It says nothing about the difference found.",
    in_table=False,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InQuestion:
    """A measure among those that it is tested with.

    Attributes:
        measures: Those tested together, and behind them the one in hand where it is not of them.
        each: Outcome of each chosen pilot, shape (measures, pilots); NaN where it has none.
        at: Place of the measure in hand.
        tested: How many are tested together.
    """

    measures: tuple[Measure, ...]
    each: Floats
    at: int
    tested: int

    @property
    def own(self) -> Floats:
        """Outcome of each pilot on the measure in hand, shape (1, pilots)."""
        return self.each[self.at][None]

    def without(self, pilot: int) -> "InQuestion":
        """Return the same without one pilot.

        Where flips are drawn without it too, its place is kept: those of all others are then the
        same.

        Args:
            pilot: Its place.
        """
        if self.each.shape[1] <= MOST_ENUMERATED + 1:
            return replace(self, each=np.delete(self.each, pilot, axis=1))
        left = self.each.copy()
        left[:, pilot] = np.nan
        return replace(self, each=left)


def compared_on(
    tables: Tables, selection: Selection, keys: tuple[str, ...], serving: Serving | None = None
) -> Compared:
    """Put the chosen pilots beside their comparators.

    Args:
        tables: The tables of the family by key.
        selection: What the reader chose.
        keys: Measures.
        serving: Behind the pilots, those that each of these authorities serves follow once more,
            it left out of their comparators.
    """
    codes = tuple(pilot.code for pilot in selection.chosen)
    left = [(codes[at], other) for other, places in (serving or {}).items() for at in places]
    return compare(
        family_of(selection).panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=keys,
        codes=(*codes, *(code for code, _ in left)),
        without=("",) * len(codes) + tuple(other for _, other in left),
    )


def in_question(tables: Tables, selection: Selection) -> InQuestion:
    """Make the outcomes of the measure in hand and of all that it is tested with.

    Args:
        tables: The tables of the family by key.
        selection: What the reader chose, the outcome among it.
    """
    return without_each_of(tables, selection, {})[0]


def without_each_of(tables: Tables, selection: Selection, serving: Serving) -> list[InQuestion]:
    """Make them whole, and then without each of some authorities among the comparators.

    Args:
        tables: The tables of the family by key.
        selection: What the reader chose, the outcome among it.
        serving: The authorities, and the places of the chosen pilots that each serves.
    """
    core, mine = family_of(selection).core(), measure_of(selection)
    measures = core if mine in core else (*core, mine)
    keys = tuple(one.key for one in measures)
    found = outcomes(compared_on(tables, selection, keys, serving), selection.outcome)
    whole, at = found[:, : len(selection.chosen)], len(selection.chosen)
    every = [whole]
    for places in serving.values():
        each = whole.copy()
        each[:, places] = found[:, at : at + len(places)]
        every.append(each)
        at += len(places)
    return [
        InQuestion(measures=measures, each=each, at=measures.index(mine), tested=len(core))
        for each in every
    ]


def opening(
    measures: Sequence[Measure], group: MeanGap, selection: Selection
) -> dict[str, NDArray[np.float64] | NDArray[np.int64] | list[str]]:
    """Return what the rows of a family open with: names, units, estimates and their intervals.

    Args:
        measures: One a row.
        group: The pilots' mean outcome on each.
        selection: Holds the outcome.
    """
    return {
        "name": [one.name for one in measures],
        "key": [one.key for one in measures],
        "unit": [unit_of(one.unit, selection.outcome) for one in measures],
        "n": group.n,
        "estimate": group.estimate,
        "low": bounded(group.low),
        "high": bounded(group.high),
        "t_low": group.t_low,
        "t_high": group.t_high,
        "short": [one.short_name for one in measures],
        "scale": [scale_of(one.scale, selection.outcome).value for one in measures],
        "spoken": [one.said for one in measures],
    }


def tested(asked: InQuestion, selection: Selection) -> pd.Series:
    """Test the measure in hand as its family is tested, so that no two pages disagree.

    Args:
        asked: The outcomes.
        selection: Holds the adjustment.

    Returns:
        Columns of ``analytics.evaluation.judging.tests_of`` for the measure in hand. One that is
        not among those tested together has no adjusted p.
    """
    held = _enough(asked)
    if asked.at < asked.tested:
        return pd.DataFrame(tests_of(held[: asked.tested], selection)).iloc[asked.at]
    alone = uncounted(pd.DataFrame(tests_of(held[asked.at :], selection)))
    return alone.assign(p_adjusted=np.nan).iloc[0]


def judged_among(
    every: Sequence[InQuestion], p: Floats, selection: Selection
) -> list[tuple[float, float, Certainty]]:
    """Return of ``tested`` only the adjusted p, the smallest it could be, and how sure that is.

    Args:
        every: The outcomes of one measure, each time with a pilot or a neighbour left out.
        p: Its p-value each time, unadjusted, shape (every,).
        selection: Holds the adjustment.

    Returns:
        One for each, in their order.
    """
    found = list[tuple[float, float, Certainty]]()
    for _, some in groupby(every, key=lambda one: one.each.shape):
        alike = list(some)
        at, whole = alike[0].at, alike[0].tested
        rows = slice(whole) if at < whole else slice(at, None)
        held = np.array([_enough(one)[rows] for one in alike])
        row = at - (rows.start or 0)
        enough = np.isfinite(held[:, row]).any(axis=1)
        alone = np.where(enough, p[len(found) : len(found) + len(alike)], np.nan)
        found += judged_each(held, row, alone, selection)
        if at >= whole:
            found[-len(alike) :] = [_outside(one) for one in found[-len(alike) :]]
    return found


def _outside(judged: tuple[float, float, Certainty]) -> tuple[float, float, Certainty]:
    """Say of a measure that is not of those tested together that their number is not counted."""
    _, smallest, sure = judged
    return np.nan, smallest, Certainty.UNCOUNTED if sure is Certainty.CLEAR else sure


def _enough(asked: InQuestion) -> NDArray[np.float64]:
    """Return the outcomes of the measures that enough pilots have one of."""
    enough = np.isfinite(asked.each).sum(axis=1) >= FEWEST_PILOTS
    return np.where(enough[:, None], asked.each, np.nan)


def too_few(n: int, selection: Selection) -> Why:
    """Say why so few pilots give no answer, or nothing where they do.

    Args:
        n: Pilots that can be compared.
        selection: What the reader chose.
    """
    chosen = len(selection.chosen)
    if n >= FEWEST_PILOTS:
        return ANSWERED
    few = few_chosen(selection)
    if few != ANSWERED:
        return few
    if selection.outcome.is_change and not n:
        words = "No figures before the pilots started, so no change can be measured."
        return Reason.NOTHING_BEFORE, words
    words = f"{only(n, 'pilot', of=chosen)} can be compared; {FEWEST_PILOTS} are needed."
    return Reason.FEW_COMPARED, words


def outcome_unit(selection: Selection) -> str:
    """Return the unit of the measure in hand, in the form of the outcome chosen."""
    return unit_of(measure_of(selection).unit, selection.outcome)


def outcome_scale(selection: Selection) -> Scale:
    """Return what that unit measures on."""
    return scale_of(measure_of(selection).scale, selection.outcome)


def outcome_subtitle(selection: Selection) -> str:
    """Return outcome and selection in words, where the unit is said elsewhere."""
    label = family_of(selection).label(selection)
    return technical_line(selection.outcome.label, _base(selection), label)


def subtitle(selection: Selection) -> str:
    """Return outcome, unit and selection in words."""
    unit, label = outcome_unit(selection), family_of(selection).label(selection)
    return technical_line(selection.outcome.label, unit, _base(selection), label)


def _base(selection: Selection) -> str:
    """Name the years that a change is measured from; a level has none."""
    return base_words(selection) if selection.outcome.is_change else ""


def question_method(selection: Selection) -> Facts:
    """Return the method card of the number in question."""
    return facts(
        selection,
        estimand=estimand(selection),
        unit=outcome_unit(selection),
    )
