"""Placebo pilots: authorities that were no pilots, drawn as the pilots are made up."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.outcomes import apart_of, named, scale_of, unit_of
from analytics.evaluation.placebo_pool import (
    ALL_DRAWS,
    DRAWS,
    ESTIMATE,
    FAR,
    HIGH,
    LOW,
    PLACEBO_P,
    SEED,
    Field,
    N,
    field_of,
    placebo_method,
    placebo_notes,
    reason_of,
)
from analytics.evaluation.verdicts import KEY, NAME, SCALE, SHORT, SPOKEN, UNIT
from analytics.methods.gap import mean_gap
from analytics.methods.multiplicity import expected_by_chance
from analytics.methods.placebo import (
    TooFewToDrawError,
    at_least_as_far,
    draw,
    group_means,
    placebo_p,
)
from analytics.methods.refusal import NotEstimableError
from analytics.methods.signflip import sign_flips
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.selection import Selection
from analytics.text.quantity import apart
from analytics.text.wording import (
    ALPHA,
    lower_first,
    number,
    p_words,
    pluralise,
    signed,
    significant,
)
from data.schema import Column, ColumnKind, text
from data.sources.source import Kind

BINS: Final = 41
BIN_COLUMNS: Final = (
    Column(name="low", label="From", decimals=2),
    Column(name="high", label="To", decimals=2),
    Column(name="draws", label="Placebo groups", kind=ColumnKind.COUNT, decimals=0),
    Column(name="observed", label="Pilots' estimate", decimals=2, about="The same in every row."),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="interval_low", label="95% interval, lower", decimals=2, about="Of the pilots."),
    Column(name="interval_high", label="95% interval, upper", decimals=2, about="Of the pilots."),
    Column(name="outsiders", label="Authorities to draw from", kind=ColumnKind.COUNT, decimals=0),
    Column(name="far", label="Groups at least as far out", kind=ColumnKind.COUNT, decimals=0),
    Column(name="all_draws", label="All groups", kind=ColumnKind.COUNT, decimals=0),
    Column(name="p", label="p, placebo", decimals=4, about="(far + 1) / (all + 1)."),
)


def histogram(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Draw placebo pilots for the series in hand, and count where their means fall.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        NotEstimableError: Too few pilots or outsiders, or no outsiders to compare with.
    """
    field = field_of(tables, selection, (measure_of(selection),))
    if reason := reason_of(field, 0):
        raise NotEstimableError(reason)
    drawn = draw(field.kinds, draws=DRAWS, rng=np.random.default_rng(SEED))
    try:
        means = group_means(field.others[0], drawn, field.expected[0])
    except TooFewToDrawError as few:
        msg = "There are too few authorities of a kind with figures to draw placebo pilots from."
        raise NotEstimableError(msg) from few
    observed, far = float(field.mean[0]), at_least_as_far(means, float(field.mean[0]))
    ends = [min(means.min(), observed), max(means.max(), observed)]
    counts, edges = np.histogram(means, bins=BINS, range=(float(ends[0]), float(ends[1])))
    group = mean_gap(field.own)
    return pd.DataFrame(
        {
            "low": edges[:-1],
            "high": edges[1:],
            "draws": counts,
            "observed": observed,
            "n": int(group.n[0]),
            "interval_low": group.low[0],
            "interval_high": group.high[0],
            "outsiders": int(np.isfinite(field.others[0]).sum()),
            "far": far,
            "all_draws": DRAWS,
            "p": placebo_p(far, DRAWS),
        }
    )


def _histogram_summary(frame: pd.DataFrame, selection: Selection) -> str:
    row = frame.iloc[0]
    series = measure_of(selection)
    unit = apart_of(series, selection.outcome)
    places = significant(row["observed"])
    limits = f"{signed(row['interval_low'], places)} to {signed(row['interval_high'], places)}"
    return (
        f"{series.said}: the pilots' {named(selection)} is "
        f"{signed(row['observed'], places)} {unit} (95 % interval {limits}, n = {int(row['n'])}). "
        f"Of {int(row['all_draws']):,} groups of {int(row['n'])} authorities that were no pilots, "
        f"{int(row['far']):,} stand at least as far from nought: placebo {p_words(row['p'])}."
    )


placebo: Final = register(
    Finding(
        key="robustness-placebo",
        title=lambda s: f"{measure_of(s).name}: pilots among placebo pilots",
        subtitle=lambda s: f"{s.outcome.label} · {s.label}",
        unit=lambda s: unit_of(measure_of(s).unit, s.outcome),
        scale=lambda s: scale_of(measure_of(s).scale, s.outcome),
        sources=TABLES,
        unread=unread,
        columns=BIN_COLUMNS,
        analyse=histogram,
        sentence=_histogram_summary,
        notes=placebo_notes,
        method=placebo_method,
        kind=Kind.OFFICIAL,
        whole="robustness-placebos",
        about="One measure: where groups of authorities that were no pilots would stand.",
    )
)

ALL_COLUMNS: Final = (
    NAME, KEY, UNIT, N, ESTIMATE, LOW, HIGH,
    Column(name="placebo_mean", label="Placebo groups, mean", decimals=2),
    Column(name="placebo_low", label="Placebo groups, 2.5th percentile", decimals=2),
    Column(name="placebo_high", label="Placebo groups, 97.5th percentile", decimals=2),
    Column(name="placebo_sd", label="Placebo groups, standard deviation", decimals=2),
    Column(name="outsiders", label="Authorities to draw from", kind=ColumnKind.COUNT, decimals=0),
    FAR, ALL_DRAWS, PLACEBO_P,
    Column(name="p", label="p, sign-flip", decimals=3, about="Exact two-sided, beside it."),
    SHORT,
    text("withheld", "Why not answered"),
    SCALE,
    SPOKEN,
)  # fmt: skip


def every_placebo(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Draw the same placebo pilots for every series of the family.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        NotEstimableError: Too few pilots, or no outsiders to compare with.
    """
    family = family_of(selection).core()
    field = field_of(tables, selection, family)
    drawn = draw(field.kinds, draws=DRAWS, rng=np.random.default_rng(SEED))
    group, p = mean_gap(field.own), sign_flips(field.own)
    rows = list[dict[str, object]]()
    for at, one in enumerate(family):
        row: dict[str, object] = {
            "name": one.name,
            "key": one.key,
            "unit": unit_of(one.unit, selection.outcome),
            "n": group.n[at],
            "estimate": group.estimate[at],
            "low": group.low[at],
            "high": group.high[at],
            "outsiders": int(np.isfinite(field.others[at]).sum()),
            "draws": DRAWS,
            "p": p[at],
            "short": one.short_name,
            "withheld": reason_of(field, at),
            "scale": scale_of(one.scale, selection.outcome).value,
            "spoken": one.said,
        }
        if not row["withheld"]:
            try:
                row |= _placed(group_means(field.others[at], drawn, field.expected[at]), field, at)
            except TooFewToDrawError:
                row["withheld"] = "Too few authorities of a kind have figures to draw from."
        rows.append(row)
    return pd.DataFrame(rows, columns=[column.name for column in ALL_COLUMNS])


def _placed(means: NDArray[np.float64], field: Field, at: int) -> dict[str, object]:
    far = at_least_as_far(means, float(field.mean[at]))
    low, high = np.quantile(means, (0.025, 0.975))
    return {
        "placebo_mean": means.mean(),
        "placebo_low": low,
        "placebo_high": high,
        "placebo_sd": means.std(),
        "far": far,
        "p_placebo": placebo_p(far, DRAWS),
    }


def _every_summary(frame: pd.DataFrame, selection: Selection) -> str:
    tested = frame[frame["p_placebo"].notna()]
    if not len(tested):
        return "; ".join(dict.fromkeys(frame["withheld"][frame["withheld"] != ""]))
    below = tested[tested["p_placebo"] < ALPHA].sort_values("p_placebo")
    chance = number(expected_by_chance(len(tested)), 1)
    words = (
        f"Of {pluralise(len(tested), family_of(selection).called)}, {len(below)} "
        f"{'has' if len(below) == 1 else 'have'} a placebo p below {ALPHA}, where about {chance} "
        "would be expected by chance"
    )
    if not len(below):
        return f"{words}."
    row = below.iloc[0]
    places, unit = significant(row["estimate"]), apart(row["unit"], row["scale"])
    limits = f"{signed(row['low'], places)} to {signed(row['high'], places)}"
    return (
        f"{words}. Furthest out is {lower_first(row['spoken'])}: "
        f"{signed(row['estimate'], places)} {unit} (95 % interval {limits}, n = {int(row['n'])}, "
        f"placebo {p_words(row['p_placebo'])}, sign-flip {p_words(row['p'])})."
    )


placebos: Final = register(
    Finding(
        key="robustness-placebos",
        title="Pilots among placebo pilots, every measure",
        subtitle=lambda s: f"{s.outcome.label} · {s.label}",
        unit="standard deviations of placebo groups",
        sources=TABLES,
        unread=unread,
        columns=ALL_COLUMNS,
        analyse=every_placebo,
        sentence=_every_summary,
        notes=placebo_notes,
        method=placebo_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="One row per measure: the pilots' estimate among 10,000 placebo groups.",
    )
)
