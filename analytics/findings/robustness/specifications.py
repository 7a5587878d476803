"""The specification curve: one question, asked in every way that can be argued for."""

from dataclasses import replace
from itertools import product
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared
from analytics.evaluation.in_question import compared_on
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcomes import at_years, outcomes, scale_of, unit_of
from analytics.evaluation.reasons import FEWEST_PILOTS
from analytics.evaluation.verdict_columns import (
    T_HIGH,
    T_LOW,
    P,
    interval_columns,
)
from analytics.evaluation.verdicts import bounded
from analytics.methods.gap import mean_gap
from analytics.methods.refusal import NotEstimableError
from analytics.methods.signflip import sign_flips, smallest_p
from analytics.programme import count_words
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Average, Comparator, Outcome
from analytics.selection.selection import Selection
from analytics.text.wording import (
    ALPHA,
    listed,
    number,
    pluralise,
    signed,
    significant,
    year_label,
)
from analytics.text.words import Words, technical_line
from data.neighbour_lists import NEIGHBOUR_LISTS, many
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind, hidden_key, key_text, text
from data.sources.source import Kind

COUNTS: Final = (10, 5)
Window = tuple[int, int]  # first and last year

#: List, number of neighbours, whether pilots stay among them, and average.
COMPARATORS: Final = tuple(product(NEIGHBOUR_LISTS, COUNTS, (False, True), Average))


def _since(of: Programme) -> Window:
    """Return the two years after the start."""
    return (of.first_after, of.first_after + 1)


def _across(of: Programme) -> Window:
    """Return the year before the start and the one after it."""
    return (of.last_before, of.first_after)


def _windows(of: Programme, outcome: Outcome) -> tuple[Window, Window]:
    """Return the two windows of an outcome: that of the evaluation, and a short one."""
    return (of.window, _across(of) if outcome.is_change else _since(of))


CURVE_COLUMNS: Final = (
    text("specification", "Specification"),
    key_text("outcome", "Outcome"),
    key_text("model", "List"),
    Column(name="k", label="Neighbours", kind=ColumnKind.COUNT, decimals=0),
    text("pilots_kept", "Other pilots", about="left out or kept."),
    key_text("average", "Average"),
    Column(
        name="years",
        label="Years",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="Of the evaluation, or 2.",
    ),
    text("unit", "Unit"),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="estimate", label="Estimate", decimals=2),
    *interval_columns(decimals=2),
    P,
    key_text("yours", "Chosen now", about="yes for the selection in the bar."),
    key_text(
        "address",
        "Address",
        about="Opens the view that produces exactly this number.",
        in_table=False,
    ),
    hidden_key("scale", about="What the unit measures on."),
    hidden_key("keeps_pilots", about="yes where other pilots stay among the neighbours."),
    T_LOW,
    T_HIGH,
    Column(
        name="smallest_p", label="Smallest p possible", decimals=3, about="With so many pilots."
    ),
)


def every_specification(selection: Selection) -> tuple[Selection, ...]:
    """Return every selection of the curve: the reader's pilots and figures, all else varied.

    Args:
        selection: What the reader chose.
    """
    plain = replace(_unvaried(selection), compare=Comparator.NEIGHBOURS)
    found = list[Selection]()
    for outcome, (model, k, kept, average) in product(Outcome, COMPARATORS):
        for first, last in _windows(selection.programme, outcome):
            one = replace(
                plain, outcome=outcome, model=model, k=k, with_pilots=kept, average=average,
                first=first, last=last,
            )  # fmt: skip
            found.append(one)
    return tuple(found)


def _compared(tables: Tables, selection: Selection) -> Compared:
    """Put the pilots beside every comparator of the curve, each as a series of its own."""
    key, (first, last) = (measure_of(selection).key,), selection.programme.window
    plain = replace(_unvaried(selection), compare=Comparator.NEIGHBOURS, first=first, last=last)
    made = [
        compared_on(
            tables, replace(plain, model=model, k=k, with_pilots=kept, average=average), key
        )
        for model, k, kept, average in COMPARATORS
    ]
    return replace(
        made[0],
        keys=key * len(made),
        own=np.concatenate([one.own for one in made]),
        comparator=np.concatenate([one.comparator for one in made]),
        found=np.concatenate([one.found for one in made]),
    )


def _unvaried(selection: Selection) -> Selection:
    """Return a selection with the defaults of what the curve does not vary."""
    plain = Selection.of(selection.programme)
    return replace(selection, weights=plain.weights, base=plain.base, area="", notices=())


def curve(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Estimate the series in hand under every specification.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: Too few pilots can be compared under any.
    """
    every, compared = every_specification(selection), _compared(tables, selection)
    each = np.array(
        [
            [
                outcomes(at_years(compared, range(first, last + 1)), outcome)
                for first, last in _windows(selection.programme, outcome)
            ]
            for outcome in Outcome
        ]
    )  # outcomes, windows, comparators, pilots
    each = each.transpose(0, 2, 1, 3).reshape(len(every), -1)
    n = np.isfinite(each).sum(axis=1)
    each = np.where((n >= FEWEST_PILOTS)[:, None], each, np.nan)
    if not np.isfinite(each).any():
        msg = f"In no way of counting can {FEWEST_PILOTS} chosen pilots be compared."
        raise NotEstimableError(msg)
    group, p = mean_gap(each), sign_flips(each)
    mine, unit, scale = (
        _unvaried(selection),
        measure_of(selection).unit,
        measure_of(selection).scale,
    )
    frame = pd.DataFrame(
        {
            "specification": [_options(one) for one in every],
            "outcome": [one.outcome.value for one in every],
            "model": [one.model.key for one in every],
            "k": [one.k for one in every],
            "pilots_kept": ["kept" if one.with_pilots else "left out" for one in every],
            "keeps_pilots": ["yes" if one.with_pilots else "no" for one in every],
            "average": [one.average.value for one in every],
            "years": [len(one.years) for one in every],
            "unit": [unit_of(unit, one.outcome) for one in every],
            "scale": [scale_of(scale, one.outcome).value for one in every],
            "n": n,
            "estimate": group.estimate,
            "low": bounded(group.low),
            "high": bounded(group.high),
            "t_low": group.t_low,
            "t_high": group.t_high,
            "smallest_p": [smallest_p(int(one)) if one else np.nan for one in n],
            "p": p,
            "yours": ["yes" if one == mine else "no" for one in every],
            "address": [f"/robustness{one.to_query()}" for one in every],
        }
    )
    order = frame["outcome"].map({one.value: at for at, one in enumerate(Outcome)})
    return frame.assign(order=order).sort_values(["order", "estimate"]).drop(columns="order")


def _options(one: Selection) -> str:
    left = "pilots kept" if one.with_pilots else "pilots left out"
    return (
        f"{one.outcome.label}, {one.model.listed}, {one.k} neighbours, {one.average}, {left}, "
        f"{one.period_words}"
    )


def _curve_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    answered = frame[frame["estimate"].notna()]
    below = int((answered["estimate"] < 0).sum())
    lower = 2 * below >= len(answered)
    same = below if lower else len(answered) - below
    words = "lower, or moved down" if lower else "higher, or moved up"
    silent = len(frame) - len(answered)
    every = f"All {len(answered)}" if same == len(answered) else f"{same} of {len(answered)}"
    return Words(
        verdict=f"{every} ways of counting agree: pilots {words}",
        plain=(
            (
                f"Against similar councils, {_share(same, len(answered))} of the ways that can be "
                "argued for agree on the direction."
            ),
            _reached(answered),
        ),
        technical=technical_line(
            *(_part(answered[answered["outcome"] == one.value], one) for one in Outcome),
            f"{pluralise(silent, 'specification')} not answered" if silent else "",
            "unadjusted, not independent",
        ),
    )


def _testable(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose pilots are enough for a p below 0.05."""
    return rows[rows["smallest_p"] < ALPHA]


def _reached(answered: pd.DataFrame) -> str:
    said = list[str]()
    changes = answered["outcome"].map(lambda one: Outcome(one).is_change)
    for rows, what in ((answered[~changes], "level"), (answered[changes], "change")):
        tested = _testable(rows)
        if len(tested):
            far = int((tested["p"] < ALPHA).sum())
            said.append(f"{_share(far, len(tested))} of those on the {what}")
    if not said:
        return "So few pilots cannot be told from chance in any of them."
    return f"Taken one by one, {listed(said)} are clear of chance alone."


def _share(part: int, whole: int) -> str:
    return f"{number(100 * part / whole, 0)}%"


def _part(rows: pd.DataFrame, outcome: Outcome) -> str:
    if not len(rows):
        return ""
    name, tested = outcome.label.lower(), _testable(rows)
    low, high = (signed(end, significant(end)) for end in (rows["estimate"].min(),
                                                           rows["estimate"].max()))  # fmt: skip
    if not len(tested):
        least = rows["smallest_p"].min()
        return f"{name}: {low} to {high}, {len(rows)} answered, smallest p possible {least:.3g}"
    below = int((tested["p"] < ALPHA).sum())
    return f"{name}: {low} to {high}, {below} of {len(tested)} with p < {ALPHA}"


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    of = selection.programme
    notes = [
        "Each dot opens the view that produces exactly its number.",
        (
            "Specifications share most of their data; they are not independent tests, and a "
            "share of "
            "them is not a p-value."
        ),
        (
            f"Two years: {_both(_since(of))} for level and log ratio; {_both(_across(of))} for "
            "changes."
        ),
    ]
    if not (frame["yours"] == "yes").any():
        notes.append("The selection in the bar is not among the specifications.")
    return (*notes, *family_of(selection).notes(frame, selection))


def _both(years: Window) -> str:
    return listed([year_label(year) for year in years])


def _method(selection: Selection) -> Facts:
    first, last = selection.programme.window
    common = facts(
        replace(selection, compare=Comparator.NEIGHBOURS),
        estimand="The mean over pilots of level gap, log ratio or the change of either, for each "
        f"of {many()} lists, 10 and 5 neighbours, other pilots left out and kept, mean and median, "
        f"{count_words(last - first + 1)} years and two.",
        unit="That of the indicator; for log ratios, natural logarithms.",
        comparator="Statistical neighbours of each pilot, in each of these ways; what the bar "
        "compares with plays no part.",
    )
    source = "Simonsohn, Simmons and Nelson (2020), Specification curve analysis."
    return (*common, ("Source", source))


specifications: Final = register(
    Finding(
        key="robustness-specifications",
        title=lambda s: f"{measure_of(s).name}: specification curve",
        subtitle=lambda s: (
            f"{pluralise(2 * len(Outcome) * len(COMPARATORS), 'specification')} · {s.pilot_words}"
        ),
        own_comparator=True,
        unit=lambda s: measure_of(s).unit,
        measure=measure_of,
        scale=lambda s: measure_of(s).scale,
        sources=TABLES,
        unread=unread,
        columns=CURVE_COLUMNS,
        analyse=curve,
        words=_curve_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="measure-neighbours",
        about="One measure: its estimate under every specification, each with its address.",
    )
)
