"""Pilots against councils weighted to run alongside them before the start."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.measure_families import family_of, measure_of
from analytics.evaluation.placebo_pool import placebo_pool
from analytics.evaluation.reasons import FEWEST_PILOTS, few_chosen
from analytics.evaluation.verdict_columns import interval_columns
from analytics.evaluation.verdicts import bounded
from analytics.evaluation.years_before import FOR_SYNTHETIC
from analytics.methods.placebo import at_least_as_far, placebo_interval, placebo_p
from analytics.methods.refusal import NotEstimableError
from analytics.methods.synthetic import Form, Synthetic, placebo_paths, synthetic
from analytics.publication.declaration import Tables
from analytics.selection.choices import YEARS
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.wording import (
    listed,
    only,
    upper_first,
    year_label,
)
from data.schema import Column, ColumnKind, key_text, text
from data.wording import count_words

Floats = NDArray[np.float64]

DRAWS: Final = 500
SEED: Final = 20211201
#: Councils left to weigh when as many as the pilots are drawn from them.
FEWEST_LEFT: Final = 10
AGAINST: Final = "weighted councils"
_NAMED: Final = 3  # councils of largest weight

COLUMNS: Final = (
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    text("year", "Year"),
    text("compared_with", "Compared with"),
    key_text("in_period", "After the start", about="yes or no.", in_table=False),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0,
           about="Pilots with a figure in every year shown."),
    Column(name="pilots", label="Pilots", about="Mean over the pilots compared."),
    Column(name="comparator", label="Weighted councils",
           about="Weighted mean of councils that were no pilots, moved to the pilots' level in the "
           "weighted years before."),
    Column(name="gap", label="Difference"),
    *interval_columns(about="The difference less what placebo groups show in the year."),
    Column(name="year_weight", label="Weight of the year", decimals=3,
           about="Of the years before; they sum to 1."),
    Column(name="effect", label="Estimate", decimals=2,
           about="Mean difference over the years after, the same in every row."),
    *interval_columns("effect", label="Its 95% placebo interval", decimals=2,
                      about="The estimate less the quantiles of placebo groups."),
    Column(name="p_placebo", label="p, placebo", decimals=3,
           about="Placebo groups at least as far out + 1, over all + 1."),
    Column(name="draws", label="Placebo groups", kind=ColumnKind.COUNT, decimals=0),
    Column(name="councils", label="Councils to weigh", kind=ColumnKind.COUNT, decimals=0),
    Column(name="fit", label="Misfit before", decimals=2,
           about="Root mean square difference over the years before."),
    Column(name="control", label="Synthetic control", decimals=2, in_table=False,
           about="The estimate with weights of councils alone, their level not moved."),
    Column(name="plain_did", label="Equal weights", decimals=2, in_table=False,
           about="The estimate with equal weights: difference in differences."),
    text("largest", "Councils of largest weight", about="With their share of all weights."),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Panel:
    """Figures of every year in question, none missing.

    Attributes:
        pilots: Shape (pilots, years).
        others: Shape (councils, years).
        codes: GSS codes of the councils.
        years: Years, those before the start first.
        before: How many are before.
    """

    pilots: Floats
    others: Floats
    codes: tuple[str, ...]
    years: tuple[int, ...]
    before: int


def weighted(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Set the chosen pilots against weighted councils that were no pilots.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; its comparator plays no part.

    Raises:
        NotEstimableError: Too few pilots, councils or years have figures.
    """
    held = _panel(tables, selection)
    found = _made(held, "synthetic-did")
    paths = placebo_paths(
        held.others, len(held.pilots), held.before,
        draws=DRAWS, rng=np.random.default_rng(SEED),
    )  # fmt: skip
    means = paths[:, held.before :].mean(axis=1)
    ends = placebo_interval(means, found.estimate)
    apart = found.treated - found.others
    bands = [placebo_interval(paths[:, at], float(gap)) for at, gap in enumerate(apart)]
    low, high = bounded(np.array(bands)).T
    order = np.argsort(-found.places, kind="stable")[:_NAMED]
    largest = [f"{place_name(held.codes[at])} {found.places[at]:.0%}" for at in order]
    return pd.DataFrame(
        {
            "year_end": held.years,
            "year": [year_label(year, measure_of(selection).day) for year in held.years],
            "compared_with": upper_first(AGAINST),
            "in_period": ["no"] * held.before + ["yes"] * (len(held.years) - held.before),
            "n": len(held.pilots),
            "pilots": found.treated,
            "comparator": found.others,
            "gap": apart,
            "low": low,
            "high": high,
            "year_weight": [*found.years, *[np.nan] * (len(held.years) - held.before)],
            "effect": found.estimate,
            "effect_low": float(bounded(np.array(ends))[0]),
            "effect_high": float(bounded(np.array(ends))[1]),
            "p_placebo": placebo_p(at_least_as_far(means, found.estimate), DRAWS),
            "draws": DRAWS,
            "councils": len(held.codes),
            "fit": found.fit,
            "control": _made(held, "synthetic-control").estimate,
            "plain_did": _made(held, "did").estimate,
            "largest": listed(largest),
        }
    )


def _made(held: _Panel, form: Form) -> Synthetic:
    return synthetic(held.pilots, held.others, held.before, form=form)


def _panel(tables: Tables, selection: Selection) -> _Panel:
    """Take the years up to the last of the period, and who has a figure in each of them.

    Raises:
        NotEstimableError: There are too few pilots, councils or years.
    """
    _, why = few_chosen(selection)
    if why:
        raise NotEstimableError(why)
    panel = family_of(selection).panel(tables, selection)
    values = panel.comparable((measure_of(selection).key,), YEARS)[0]
    codes = tuple(one for one in placebo_pool(tables, selection) if one in panel.places)
    chosen = [one.code for one in selection.chosen if one.code in panel.places]
    pilots, others = (values[[panel.places[one] for one in some]] for some in (chosen, codes))
    before, after = _sides(pilots, selection)
    pilots, others = pilots[:, [*before, *after]], others[:, [*before, *after]]
    pilots, whole = pilots[np.isfinite(pilots).all(axis=1)], np.isfinite(others).all(axis=1)
    if len(pilots) < FEWEST_PILOTS:
        few = only(len(pilots), "pilot", of=len(selection.chosen))
        msg = f"{few} can be followed through every year; {FEWEST_PILOTS} are needed."
        raise NotEstimableError(msg)
    if whole.sum() < len(pilots) + FEWEST_LEFT:
        msg = (
            f"{whole.sum()} councils that were no pilots have figures in every year; "
            f"{len(pilots) + FEWEST_LEFT} are needed."
        )
        raise NotEstimableError(msg)
    return _Panel(
        pilots=pilots,
        others=others[whole],
        codes=tuple(code for code, has in zip(codes, whole, strict=True) if has),
        years=tuple(YEARS[at] for at in (*before, *after)),
        before=len(before),
    )


def _sides(pilots: Floats, selection: Selection) -> tuple[list[int], list[int]]:
    """Return the places of the years before the start and after it that have figures.

    Raises:
        NotEstimableError: There are too few of either.
    """
    last = selection.programme.last_before
    held = set(np.flatnonzero(np.isfinite(pilots).any(axis=0)).tolist())
    before = [at for at, year in enumerate(YEARS) if year <= last and at in held]
    after = [at for at, year in enumerate(YEARS) if last < year <= selection.last and at in held]
    if len(before) < FOR_SYNTHETIC:
        msg = (
            f"Of the years before the start, {count_words(len(before))} have figures; "
            f"{count_words(FOR_SYNTHETIC)} are needed to weigh councils by."
        )
        raise NotEstimableError(msg)
    if not after:
        msg = "The chosen period holds no year after the start with figures."
        raise NotEstimableError(msg)
    return before, after
