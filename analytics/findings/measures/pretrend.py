"""The gap of a measure before the start: moves, joint test, and what the change survives."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.measure_families import measure_of
from analytics.evaluation.reasons import FEWEST_PILOTS, few_chosen
from analytics.evaluation.verdict_columns import P_ERROR, interval_columns
from analytics.evaluation.verdicts import bounded
from analytics.evaluation.years_before import FOR_TREND
from analytics.findings.measures.since_base import STUDY_COLUMNS, compared_since, year_marks
from analytics.methods.event_study import event_study
from analytics.methods.parallel_trends import parallel_trends
from analytics.methods.pre_trend import PreTrend, pre_trend
from analytics.methods.refusal import NotEstimableError
from analytics.methods.smoothness import (
    FEWEST_SPARE,
    event_coefficients,
    smoothness_breakdown,
    smoothness_interval,
)
from analytics.publication.declaration import Tables
from analytics.selection.choices import YEARS
from analytics.selection.selection import Selection
from analytics.text.wording import year_label
from data.schema import Column, text
from data.wording import count_words

Floats = NDArray[np.float64]

_STRAIGHT: Final = "The change less the straight line of the years before, at no bend."
COLUMNS: Final = (
    *(
        replace(
            one,
            label="Gap less that of the last year before",
            about="Mean over pilots of the gap of the year minus the pilot's gap in the last year "
            "before the start.",
        )
        if one.name == "change"
        else one
        for one in STUDY_COLUMNS
    ),
    text("marks", "What marks the year"),
    Column(
        name="p_year",
        label="p of the year, adjusted",
        decimals=3,
        about="Sign-flip test of a year before, adjusted over all of them by max-T.",
    ),
    Column(
        name="p_joint",
        label="p, all years before",
        decimals=3,
        about="Share of joint sign flips in which the largest |t| of any year before is as large.",
    ),
    P_ERROR,
    Column(name="slope", label="Slope before, a year", decimals=2,
           about="Mean over pilots of the least-squares slope of their gaps before the start."),
    *interval_columns("slope", label="Its 95% interval", about="Of the sign-flip test.", decimals=2,
                      in_table=False),
    Column(name="slope_p", label="p of the slope", decimals=3,
           about="Sign-flip test of the slope."),
    Column(name="effect", label="Change after the start", decimals=2,
           about="Mean over the years after of the period, less the last year before."),
    Column(name="drift", label="Drift before the start", decimals=2,
           about="The largest move of the mean gap from one year before to the next, in size."),
    Column(name="breakdown", label="Drift it would survive", decimals=2,
           about="How many times that drift, each year, the sign-flip interval of the change would "
           "survive (relative magnitudes)."),
    Column(name="straight", label="Change beyond the line before", decimals=2, about=_STRAIGHT),
    *interval_columns("straight", label="Its 95% interval", decimals=2, in_table=False,
                      about="Shortest of fixed length, normal."),
    Column(name="bend", label="Bend it would survive, a year", decimals=2,
           about="The largest change of slope from one year to the next that the interval of the "
           "change would survive (smoothness)."),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Years:
    """Which of the years held are asked about, as places on their axis.

    Attributes:
        before: Before the start, in a row up to the last of them.
        after: After it, within the period.
    """

    before: NDArray[np.intp]
    after: NDArray[np.intp]


def moves_before(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Follow the gap of the chosen pilots to the start, and beyond it in the period.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: Too few pilots are chosen, or too few years before the start have
            figures of enough pilots.
    """
    _, why = few_chosen(selection)
    if why:
        raise NotEstimableError(why)
    compared = compared_since(tables, selection, (measure_of(selection).key,))
    gaps = (compared.own - compared.comparator)[0]
    years = _years(gaps, selection)
    shown = np.concatenate([years.before, years.after])
    base = np.array([YEARS[at] == selection.programme.last_before for at in shown], dtype=np.bool_)
    study = event_study(gaps[:, shown], base=base, fewest=FEWEST_PILOTS)
    tested = pre_trend(gaps[:, years.before], fewest=FEWEST_PILOTS)
    p_years = np.append(tested.p_years, np.full(len(years.after), np.nan))
    return pd.DataFrame(
        {
            "year_end": [YEARS[at] for at in shown],
            "year": [year_label(YEARS[at], measure_of(selection).day) for at in shown],
            "base": np.where(base, "yes", "no"),
            "n": study.n,
            "change": study.estimate,
            "low": bounded(study.low),
            "high": bounded(study.high),
            "marks": [year_marks(tables, selection)[at] for at in shown],
            "p_year": p_years,
            **_tested(tested),
            **_breakdowns(gaps, years),
        }
    )


def _years(gaps: Floats, selection: Selection) -> _Years:
    """Take the years before that follow each other and have figures of enough pilots.

    Raises:
        NotEstimableError: There are too few of them.
    """
    there = np.isfinite(gaps).sum(axis=0) >= FEWEST_PILOTS
    last = selection.programme.last_before
    before = list[int]()
    for at in range(YEARS.index(last), -1, -1):
        if not there[at]:
            break
        before.insert(0, at)
    if len(before) < FOR_TREND:
        found = f"{count_words(len(before))} {'year' if len(before) == 1 else 'years'}"
        msg = (
            f"Enough pilots can be compared in {found} in a row before the start; "
            f"{count_words(FOR_TREND)} are needed to see a trend."
        )
        raise NotEstimableError(msg)
    after = [at for at, year in enumerate(YEARS) if last < year <= selection.last and there[at]]
    return _Years(before=np.array(before), after=np.array(after, dtype=np.intp))


def _tested(found: PreTrend) -> dict[str, float]:
    return {
        "p_joint": found.p,
        "p_error": found.p_error,
        "slope": float(found.slope.estimate[0]),
        "slope_low": float(bounded(found.slope.low)[0]),
        "slope_high": float(bounded(found.slope.high)[0]),
        "slope_p": found.slope_p,
    }


def _breakdowns(gaps: Floats, years: _Years) -> dict[str, float]:
    """Say how far trends may drift, or bend, before the change could be nothing else."""
    names = ("effect", "drift", "breakdown", "straight", "straight_low", "straight_high", "bend")
    found: dict[str, float] = dict.fromkeys(names, np.nan)
    if not len(years.after):
        return found
    sides = (np.isin(np.arange(len(YEARS)), side) for side in (years.before, years.after))
    before, after = sides
    drifted = parallel_trends(gaps[None], pre=before, post=after)
    found |= {
        "effect": float(drifted.estimate[0]),
        "drift": float(drifted.drift[0]),
        "breakdown": float(bounded(drifted.breakdown)[0]),
    }
    whole = np.isfinite(gaps[:, np.concatenate([years.before, years.after])]).all(axis=1)
    follows = (np.diff(np.append(years.before[-1:], years.after)) == 1).all()
    if not follows or whole.sum() < len(years.before) + FEWEST_SPARE:
        return found
    coefficients = event_coefficients(gaps, before=years.before, after=years.after)
    line = smoothness_interval(coefficients, 0.0)
    bend = smoothness_breakdown(coefficients)
    ends = {"straight": line.estimate, "straight_low": line.low, "straight_high": line.high}
    return found | ends | {"bend": bend}
