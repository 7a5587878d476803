"""One measure by year: pilots against their comparator, with the gap and its interval."""

from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import compare
from analytics.evaluation.hidden_values import hidden_levels
from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.reasons import FEWEST_PILOTS
from analytics.evaluation.verdict_columns import HIDDEN, HIGH, LOW
from analytics.evaluation.verdicts import bounded
from analytics.findings.measures.together import outcomes
from analytics.findings.measures.year_words import year_words
from analytics.measures.measure import Measure, unit_heading
from analytics.methods.averages import mean_of_present
from analytics.methods.gap import mean_gap
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.selection.choices import YEARS, Comparator
from analytics.selection.places import ENGLAND
from analytics.selection.selection import Selection
from analytics.text.wording import year_label
from data.schema import Column, ColumnKind, hidden_key, key_text, text
from data.sources.registry import NEIGHBOURS
from data.sources.source import Kind

Floats = NDArray[np.float64]

COMPARED: Final = {
    Comparator.NEIGHBOURS: "Similar councils",
    Comparator.REGION: "Regions",
    Comparator.ENGLAND: "England",
    Comparator.PILOTS: "Other pilots",
}

BY_YEAR_COLUMNS: Final = (
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    text("year", "Year"),
    text("compared_with", "Compared with"),
    key_text("in_period", "In the chosen period", about="yes or no.", in_table=False),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="pilots", label="Pilots", about="Mean over the pilots compared."),
    Column(name="comparator", label="Comparator", about="Mean over the same pilots."),
    Column(name="gap", label="Gap"),
    Column(name="low", label="95% interval of the gap, lower", about=LOW.about),
    Column(name="high", label="95% interval of the gap, upper", about=HIGH.about),
    Column(name="england", label="England"),
    Column(name="t_low", label="95% t interval of the gap, lower"),
    Column(name="t_high", label="95% t interval of the gap, upper"),
    hidden_key("certain", about="How sure the gap over the whole period is, as a key."),
    Column(
        name="level_gap",
        label="level_gap",
        about="The gap over the whole period, as it is tested with the others of its family.",
        hidden=True,
    ),
    Column(
        name="n_same",
        label="Pilots in both end years",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="Pilots compared in the first and in the last year of the period that can be.",
        in_table=False,
    ),
    Column(
        name="gap_same",
        label="Gap of those pilots",
        about="Mean over the pilots compared in both end years of the period.",
        in_table=False,
    ),
    *(replace(one, in_table=False) for one in HIDDEN),
)


def by_year(family: MeasureFamily, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Compare pilots with their comparator on the measure in hand, every year held.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
    """
    return each_by_year(family, tables, selection, (family.measure(selection),))


def each_by_year(
    family: MeasureFamily, tables: Tables, selection: Selection, measures: tuple[Measure, ...]
) -> pd.DataFrame:
    """Compare pilots with their comparator on some measures, every year held.

    Args:
        family: The family of the measures.
        tables: The tables of the family by key.
        selection: What the reader chose.
        measures: In the order of the rows.

    Returns:
        ``BY_YEAR_COLUMNS`` and the ``key`` of the measure, one row for each measure and year.
    """
    panel, keys = family.panel(tables, selection), tuple(one.key for one in measures)
    compared = compare(
        panel,
        tables[NEIGHBOURS.key],
        replace(selection, first=YEARS[0], last=YEARS[-1]),
        keys=keys,
        codes=tuple(pilot.code for pilot in selection.chosen),
    )
    # Shapes (measures, years, pilots).
    own, against = (part.transpose(0, 2, 1) for part in (compared.own, compared.comparator))
    gaps = (compared.own - compared.comparator).transpose(0, 2, 1)
    both = np.isfinite(gaps)
    counts = both.sum(axis=2)
    enough = np.where(counts[..., None] >= FEWEST_PILOTS, gaps, np.nan)
    # Laid out in memory as one measure alone is, so that sums are the same to the last bit.
    group = mean_gap(enough.transpose(2, 0, 1).reshape(gaps.shape[2], -1).T)
    england = panel.comparable(keys, YEARS)[:, panel.places[ENGLAND]]
    frame = pd.DataFrame(
        {
            "key": [key for key in keys for _ in YEARS],
            "year_end": YEARS * len(keys),
            "year": [year_label(year, one.day) for one in measures for year in YEARS],
            "compared_with": COMPARED[selection.compare],
            "in_period": np.where(_in_period(selection), "yes", "no").tolist() * len(keys),
            "n": counts.ravel(),
            "pilots": mean_of_present(np.where(both, own, np.nan)).ravel(),
            "comparator": mean_of_present(np.where(both, against, np.nan)).ravel(),
            "gap": mean_of_present(gaps).ravel(),
            "low": bounded(group.low),
            "high": bounded(group.high),
            "england": england.ravel(),
            "t_low": group.t_low,
            "t_high": group.t_high,
            **_judged(family, tables, selection, keys),
            **_same_pilots(gaps, selection),
            **_hidden(family, tables, selection, keys),
        }
    )
    return frame[_from_first_to_last((counts > 0) | np.isfinite(england)).ravel()]


def _in_period(selection: Selection) -> NDArray[np.bool_]:
    """Say of every year held whether it is in the chosen period, shape (years,)."""
    years = np.array(YEARS)
    return (selection.first <= years) & (years <= selection.last)


def _from_first_to_last(held: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say of each year whether it is the first with a figure, the last, or between them.

    Args:
        held: Whether there is a figure, shape (measures, years).
    """
    since = np.logical_or.accumulate(held, axis=1)
    until = np.logical_or.accumulate(held[:, ::-1], axis=1)[:, ::-1]
    return since & until


def _judged(
    family: MeasureFamily, tables: Tables, selection: Selection, keys: tuple[str, ...]
) -> dict[str, object]:
    """Return how sure the family is of each measure; nothing where it is not tested with it."""
    known = {
        key: (one.certain.value, one.estimate)
        for key, one in outcomes(family, tables, selection, change=False).items()
        if not np.isnan(one.estimate)
    }
    found = [known.get(key, ("", np.nan)) for key in keys for _ in YEARS]
    return {
        "certain": [certain for certain, _ in found],
        "level_gap": [gap for _, gap in found],
    }


def _same_pilots(gaps: Floats, selection: Selection) -> dict[str, object]:
    """Average the gaps of the pilots that can be compared at both ends of the period.

    Args:
        gaps: Shape (measures, years, pilots).
        selection: Holds the period.
    """
    both = np.isfinite(gaps)
    chosen = _in_period(selection)
    same = np.zeros((len(gaps), 1, gaps.shape[2]), dtype=np.bool_)
    for at, each in enumerate(both):
        ends = np.flatnonzero(chosen & each.any(axis=1))
        if len(ends):
            same[at, 0] = each[ends[0]] & each[ends[-1]]
    return {
        "n_same": same.sum(axis=2).repeat(len(YEARS)),
        "gap_same": mean_of_present(np.where(same, gaps, np.nan)).ravel(),
    }


def _hidden(
    family: MeasureFamily, tables: Tables, selection: Selection, keys: tuple[str, ...]
) -> dict[str, object]:
    """Return what hidden figures leave open of the level of each measure."""
    codes = tuple(pilot.code for pilot in selection.chosen)
    found = [hidden_levels(family, tables, selection, codes, key) for key in keys]
    return {one.name: [row[one.name] for row in found for _ in YEARS] for one in HIDDEN}


def _method(family: MeasureFamily, selection: Selection) -> Facts:
    measure = family.measure(selection)
    common = facts(
        selection,
        estimand="In each year, the mean over pilots of the pilot's figure minus its comparator.",
        unit=measure.unit,
        test=False,
        period=family.period(selection),
    )
    return (("Definition", measure.definition), *common)


def years_of(
    family: MeasureFamily, *, key: str, follows: frozenset[str], whole: str, about: str
) -> Finding:
    """Make the finding that follows one measure by year.

    Args:
        family: The family of the measure.
        key: Name in addresses.
        follows: What its rows and words follow of a selection.
        whole: Key of the finding that holds the whole table.
        about: One line for the list of findings.
    """
    return Finding(
        key=key,
        follows=follows,
        title=lambda s: f"{family.measure(s).name}: pilots and their comparator by year",
        subtitle=lambda s: f"{unit_heading(family.measure(s))} · {family.label(s)}",
        unit=family.unit,
        measure=family.measure,
        scale=family.scale,
        sources=family.sources,
        columns=BY_YEAR_COLUMNS,
        analyse=partial(by_year, family),
        words=partial(year_words, family),
        notes=family.notes,
        method=partial(_method, family),
        kind=Kind.OFFICIAL,
        whole=whole,
        about=about,
    )
