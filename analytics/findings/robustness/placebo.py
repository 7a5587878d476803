"""Placebo pilots: authorities that were no pilots, drawn as the pilots are made up."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.in_question import outcome_scale, outcome_subtitle, outcome_unit
from analytics.evaluation.measure_families import TABLES, measure_of, unread
from analytics.evaluation.outcome_words import outcome_size
from analytics.evaluation.placebo_pool import (
    DRAWS,
    Field,
    few_to_draw,
    field_of,
    placebo_method,
    placebo_notes,
    reason_of,
)
from analytics.evaluation.placebo_verdicts import means_of
from analytics.evaluation.placebo_words import how_many, share_of_groups
from analytics.evaluation.verdict_columns import interval_columns
from analytics.evaluation.verdict_words import interval_words
from analytics.evaluation.verdicts import bounded
from analytics.methods.gap import mean_gap
from analytics.methods.placebo import (
    TooFewToDrawError,
    at_least_as_far,
    placebo_interval,
    placebo_p,
)
from analytics.methods.refusal import NotEstimableError
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import GAPS, MEASURE
from analytics.selection.selection import Selection
from analytics.text.certainty import NOT_COUNTED
from analytics.text.wording import ALPHA, p_words, signed, significant, upper_first
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind
from data.sources.source import Kind

BINS: Final = 41
BIN_COLUMNS: Final = (
    Column(name="low", label="From", decimals=2),
    Column(name="high", label="To", decimals=2),
    Column(name="draws", label="Placebo groups", kind=ColumnKind.COUNT, decimals=0),
    Column(name="observed", label="Pilots' estimate", decimals=2, about="The same in every row."),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    *interval_columns("interval", about="Of the pilots.", decimals=2),
    Column(name="outsiders", label="Authorities to draw from", kind=ColumnKind.COUNT, decimals=0),
    Column(name="far", label="Groups at least as far out", kind=ColumnKind.COUNT, decimals=0),
    Column(name="all_draws", label="All groups", kind=ColumnKind.COUNT, decimals=0),
    Column(name="p", label="p, placebo", decimals=4, about="(far + 1) / (all + 1)."),
    *interval_columns("t", label="95% t interval", about="Of the pilots.", decimals=2),
    Column(name="placebo_low", label="95% placebo interval, lower", decimals=2,
           about="The pilots' estimate less the upper 2.5% point of the groups."),
    Column(name="placebo_high", label="95% placebo interval, upper", decimals=2,
           about="The pilots' estimate less the lower 2.5% point of the groups."),
)  # fmt: skip


def histogram(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Draw placebo pilots for the series in hand, and count where their means fall.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        NotEstimableError: Too few pilots or outsiders, or no outsiders to compare with.
    """
    field, means = _drawn(tables, selection)
    observed, far = float(field.mean[0]), at_least_as_far(means, float(field.mean[0]))
    ends = [min(means.min(), observed), max(means.max(), observed)]
    counts, edges = np.histogram(means, bins=BINS, range=(float(ends[0]), float(ends[1])))
    group, (low, high) = mean_gap(field.own), placebo_interval(means, observed)
    return pd.DataFrame(
        {
            "low": edges[:-1],
            "high": edges[1:],
            "draws": counts,
            "observed": observed,
            "n": int(group.n[0]),
            "interval_low": bounded(group.low)[0],
            "interval_high": bounded(group.high)[0],
            "t_low": group.t_low[0],
            "t_high": group.t_high[0],
            "placebo_low": low,
            "placebo_high": high,
            "outsiders": int(np.isfinite(field.others[0]).sum()),
            "far": far,
            "all_draws": DRAWS,
            "p": placebo_p(far, DRAWS),
        }
    )


def _drawn(tables: Tables, selection: Selection) -> tuple[Field, NDArray[np.float64]]:
    """Return the field of the measure in hand, and the mean of every group drawn.

    Raises:
        NotEstimableError: Too few pilots or outsiders, or no outsiders to compare with.
    """
    field = field_of(tables, selection, (measure_of(selection),))
    if reason := reason_of(field, 0, selection):
        raise NotEstimableError(reason)
    try:
        return field, means_of(field, 0)
    except TooFewToDrawError as few:
        raise NotEstimableError(few_to_draw(field, 0)) from few


def _histogram_words(frame: pd.DataFrame, selection: Selection) -> Words:
    row = frame.iloc[0]
    far, every = int(row["far"]), int(row["all_draws"])
    places = max(significant(row["observed"]), 1)
    ends = f"{signed(row['placebo_low'], places)} to {signed(row['placebo_high'], places)}"
    size = pd.Series(
        {"gap": row["observed"], "low": row["interval_low"], "high": row["interval_high"]}
    )
    return Words(
        verdict=_how_rare(row["p"], far, every, who=selection.who),
        plain=(
            *outcome_size(size, selection),
            (
                f"Of {every:,} groups of other councils, drawn to be like them, "
                f"{share_of_groups(far, every)} differed as much."
            ),
            *([NOT_COUNTED] if row["p"] < ALPHA else []),
        ),
        technical=technical_line(
            f"n {int(row['n'])}",
            f"estimate {signed(row['observed'], places)}",
            interval_words(row["interval_low"], row["interval_high"], places),
            f"placebo {p_words(row['p'])}",
            f"placebo interval {ends}",
            f"{int(row['outsiders'])} councils to draw from",
        ),
    )


def _how_rare(p: float, far: int, every: int, *, who: str) -> str:
    """Say how many other groups differ as much, in words a councillor says aloud."""
    said = f"{how_many(p, far, every)} groups of other councils differ as much"
    return f"Possibly unusual: {said}" if p < ALPHA else upper_first(f"{said} as {who}")


placebo: Final = register(
    Finding(
        key="robustness-placebo",
        follows=GAPS | MEASURE | {"outcome"},
        title=lambda s: f"{measure_of(s).name}: pilots among placebo pilots",
        subtitle=outcome_subtitle,
        unit=outcome_unit,
        measure=measure_of,
        scale=outcome_scale,
        sources=TABLES,
        unread=unread,
        columns=BIN_COLUMNS,
        analyse=histogram,
        words=_histogram_words,
        notes=placebo_notes,
        method=placebo_method,
        kind=Kind.OFFICIAL,
        whole="robustness-placebo-groups",
        about="One measure: where groups of authorities that were no pilots would stand.",
    )
)

GROUP_COLUMNS: Final = (
    Column(name="group", label="Group", kind=ColumnKind.COUNT, decimals=0,
           about="In the order drawn: the same number is the same draw for every measure."),
    Column(name="mean", label="Mean of the group", decimals=3,
           about="Mean over the councils of the group, in the unit of the estimate."),
)  # fmt: skip


def every_group(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return the mean of every placebo group, for whoever would test with them.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        NotEstimableError: Too few pilots or outsiders, or no outsiders to compare with.
    """
    _, means = _drawn(tables, selection)
    return pd.DataFrame({"group": np.arange(1, len(means) + 1), "mean": means})


def _group_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    means = frame["mean"]
    low, middle, high = (float(means.quantile(at)) for at in (0.025, 0.5, 0.975))
    places = max(significant(max(abs(low), abs(high))), 1)
    return Words(
        verdict=f"{len(frame):,} groups of councils that were no pilots",
        plain=("Each row is one group of councils, drawn to be like the pilots.",),
        technical=technical_line(
            f"median {signed(middle, places)}",
            f"2.5% and 97.5% points {signed(low, places)} and {signed(high, places)}",
        ),
    )


placebo_groups: Final = register(
    Finding(
        key="robustness-placebo-groups",
        follows=GAPS | MEASURE | {"outcome"},
        title=lambda s: f"{measure_of(s).name}: the mean of every placebo group",
        subtitle=outcome_subtitle,
        unit=outcome_unit,
        measure=measure_of,
        scale=outcome_scale,
        sources=TABLES,
        unread=unread,
        columns=GROUP_COLUMNS,
        analyse=every_group,
        words=_group_words,
        notes=placebo_notes,
        method=placebo_method,
        kind=Kind.OFFICIAL,
        about="One measure: the mean of each of 10,000 placebo groups, one a row.",
    )
)
