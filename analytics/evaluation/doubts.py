"""What else could explain a number: other councils, drift, coming back, hidden figures."""

from typing import Final

import numpy as np

from analytics.evaluation.comparison import compare
from analytics.evaluation.hidden_values import hidden_bounds
from analytics.evaluation.in_question import InQuestion, compared_on
from analytics.evaluation.measure_families import Tables, family_of, measure_of
from analytics.evaluation.outcomes import before_after, yearly
from analytics.evaluation.placebo_pool import field_of, placebo_pool
from analytics.evaluation.placebo_verdicts import among_placebo
from analytics.evaluation.verdict_columns import (
    PLACEBO,
    interval_columns,
)
from analytics.evaluation.verdicts import bounded
from analytics.methods.averages import mean_of_present
from analytics.methods.equivalence import equivalence
from analytics.methods.parallel_trends import parallel_trends
from analytics.methods.refusal import NotEstimableError
from analytics.methods.regression_to_mean import Moves, regression_to_mean
from analytics.selection.choices import Comparator
from analytics.selection.selection import Selection
from data.schema import Column
from data.sources import registry as sources

Numbers = dict[str, float]

_FLIPS: Final = "Of the sign-flip test; empty where so few pilots cannot bound it."
DRIFT: Final = Column(
    name="drift",
    label="Drift before the start",
    about="The largest move of the mean gap from one year before the start to the next, in size.",
    decimals=2,
)
BREAKDOWN: Final = Column(
    name="breakdown",
    label="Drift it would survive",
    about="Breakdown value for parallel trends: how many times the drift before the start, each "
    "year, the sign-flip interval of the change would survive. Changes only.",
    decimals=2,
)
T_BREAKDOWN: Final = Column(
    name="t_breakdown",
    label="Drift it would survive, t",
    about="The same for Student's interval.",
    decimals=2,
)
RETURN_COLUMNS: Final = (
    Column(name="expected_return", label="Expected from the start", decimals=2,
           about="Regression to the mean: the change that councils that were no pilots, as far "
           "out before, would lead to expect. Changes only."),
    Column(name="beyond", label="Beyond what was expected", decimals=2,
           about="Mean over pilots of their change less the one expected."),
    *interval_columns("beyond", label="Its 95% interval", about=_FLIPS, decimals=2),
    *interval_columns("beyond_t", label="Its 95% t interval", decimals=2),
)  # fmt: skip


def small_enough(tables: Tables, selection: Selection, asked: InQuestion) -> Numbers:
    """Say which differences are ruled out, and whether those that would matter are.

    On a scale of logarithms the margin is the logarithm of one and the share chosen.

    Args:
        tables: The tables of the family by key.
        selection: Holds the margin and the outcome.
        asked: The measure in hand.
    """
    share = selection.margin.share
    if selection.outcome.is_log:
        margin = np.array([np.log1p(share)])
    else:
        found = compared_on(tables, selection, (measure_of(selection).key,))
        faced = np.where(np.isfinite(found.own), found.comparator, np.nan)
        level = mean_of_present(mean_of_present(faced))
        margin = np.where(level > 0, level * share, np.nan)
    made = equivalence(asked.own, margin)
    return {
        "ruled_out": float(bounded(made.ruled_out)[0]),
        "margin": float(margin[0]),
        "p_equivalence": float(made.p[0]),
    }


def placebo(tables: Tables, selection: Selection) -> Numbers:
    """Return placebo p and interval of the measure in hand; missing where none can be drawn."""
    try:
        field = field_of(tables, selection, (measure_of(selection),))
    except NotEstimableError:
        return dict.fromkeys([column.name for column in PLACEBO], np.nan)
    return among_placebo(field, 0, float(field.mean[0]))


def drifted(tables: Tables, selection: Selection) -> Numbers:
    """Return how much drift a change would survive; missing for a level."""
    none = dict.fromkeys((DRIFT.name, BREAKDOWN.name, T_BREAKDOWN.name), np.nan)
    if not selection.outcome.is_change:
        return none
    found = compared_on(tables, selection, (measure_of(selection).key,))
    pre, post = before_after(found.years, found.programme)
    made = parallel_trends(yearly(found, selection.outcome), pre=pre, post=post)
    ends = (made.drift, made.breakdown, made.t_breakdown)
    return dict(zip(none, (float(bounded(one)[0]) for one in ends), strict=True))


def beyond_return(tables: Tables, selection: Selection) -> Numbers:
    """Return the change beyond regression to the mean; missing for a level, or without a pool."""
    none = dict.fromkeys([column.name for column in RETURN_COLUMNS], np.nan)
    if not selection.outcome.is_change or selection.compare is Comparator.PILOTS:
        return none
    panel, neighbours = family_of(selection).panel(tables, selection), sources.NEIGHBOURS.key
    codes = tuple(pilot.code for pilot in selection.chosen)

    def moves(places: tuple[str, ...]) -> Moves:
        keys = (measure_of(selection).key,)
        found = compare(panel, tables[neighbours], selection, keys=keys, codes=places)
        pre, post = before_after(found.years, found.programme)
        each = yearly(found, selection.outcome)
        before = mean_of_present(each[..., pre])
        return Moves(before=before, change=mean_of_present(each[..., post]) - before)

    made = regression_to_mean(moves(codes), moves(placebo_pool(tables, selection)))
    ends = (made.expected, made.estimate, made.low, made.high, made.t_low, made.t_high)
    return dict(zip(none, (float(bounded(one)[0]) for one in ends), strict=True))


def hidden(tables: Tables, selection: Selection) -> Numbers:
    """Return what hidden figures leave open, by the names of ``HIDDEN``."""
    codes = tuple(pilot.code for pilot in selection.chosen)
    panel = family_of(selection).panel(tables, selection)
    table = tables[sources.NEIGHBOURS.key]
    return hidden_bounds(panel, table, selection, measure_of(selection).key, codes).numbers
