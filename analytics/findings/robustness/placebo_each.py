"""Placebo pilots on every measure of a family at once, one row a measure."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.in_question import opening, outcome_subtitle
from analytics.evaluation.measure_families import TABLES, family_of, unread
from analytics.evaluation.placebo_pool import (
    ALL_DRAWS,
    DRAWS,
    ESTIMATE,
    FAR,
    HIGH,
    LOW,
    PLACEBO_P,
    Field,
    N,
    far_out,
    few_to_draw,
    field_of,
    placebo_method,
    placebo_notes,
    reason_of,
)
from analytics.evaluation.placebo_verdicts import among, means_of
from analytics.evaluation.verdict_columns import (
    KEY,
    NAME,
    PLACEBO,
    SCALE,
    SHORT,
    SPOKEN,
    T_HIGH,
    T_LOW,
    UNIT,
    P,
)
from analytics.evaluation.verdict_words import interval_words
from analytics.methods.gap import mean_gap
from analytics.methods.placebo import (
    TooFewToDrawError,
    at_least_as_far,
)
from analytics.methods.signflip import sign_flips
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import GAPS
from analytics.selection.selection import Selection
from analytics.text.quantity import with_unit
from analytics.text.wording import ALPHA, naming, p_words, signed, significant
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind, text
from data.sources.source import Kind

ALL_COLUMNS: Final = (
    NAME, KEY, UNIT, N, ESTIMATE, LOW, HIGH,
    Column(name="placebo_mean", label="Placebo groups, mean", decimals=2),
    Column(name="groups_low", in_files="placebo_low", label="Placebo groups, 2.5th percentile",
           decimals=2),
    Column(name="groups_high", in_files="placebo_high", label="Placebo groups, 97.5th percentile",
           decimals=2),
    Column(name="placebo_sd", label="Placebo groups, standard deviation", decimals=2),
    Column(name="outsiders", label="Authorities to draw from", kind=ColumnKind.COUNT, decimals=0),
    FAR, ALL_DRAWS, PLACEBO_P,
    Column(name="p", label="p, sign-flip", decimals=3, about=f"Beside it. {P.about}"),
    SHORT,
    text("withheld", "Why not answered"),
    SCALE,
    SPOKEN,
    T_LOW,
    T_HIGH,
    Column(name="placebo_low", in_files="effect_low", label="95% placebo interval, lower",
           decimals=2, about="The pilots' estimate less the upper 2.5% point of the groups."),
    Column(name="placebo_high", in_files="effect_high", label="95% placebo interval, upper",
           decimals=2, about="The pilots' estimate less the lower 2.5% point of the groups."),
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
    rows = [_placed(field, at, selection) for at in range(len(family))]
    placed = pd.DataFrame(rows, columns=["withheld", *_PLACED])
    return placed.assign(
        **opening(family, mean_gap(field.own), selection),
        outsiders=np.isfinite(field.others).sum(axis=1),
        draws=DRAWS,
        p=sign_flips(field.own),
    )


_PLACED: Final = (
    "placebo_mean", "groups_low", "groups_high", "placebo_sd", "far",
    *(column.name for column in PLACEBO),
)  # fmt: skip


def _placed(field: Field, at: int, selection: Selection) -> dict[str, object]:
    """Place the pilots' mean on one measure among the groups, or say why it cannot be."""
    if why := reason_of(field, at, selection):
        return {"withheld": why}
    try:
        means = means_of(field, at)
    except TooFewToDrawError:
        return {"withheld": few_to_draw(field, at)}
    ordered = np.sort(means)  # what follows parts or orders them: quickly where they are in order
    low, high = np.quantile(ordered, (0.025, 0.975))
    estimate = float(field.mean[at])
    return {
        "withheld": "",
        "placebo_mean": means.mean(),
        "groups_low": low,
        "groups_high": high,
        "placebo_sd": means.std(),
        "far": at_least_as_far(ordered, estimate),
        **among(ordered, estimate),
    }


def _every_words(frame: pd.DataFrame, selection: Selection) -> Words:
    tested = frame[frame["p_placebo"].notna()]
    rare = tested[tested["p_placebo"] < ALPHA].sort_values("p_placebo")
    return Words(
        verdict=far_out(len(rare), len(tested)),
        plain=_every_plain(rare, selection),
        technical=technical_line(
            f"{len(tested)} tested, {len(rare)} with placebo p < {ALPHA} alone",
            "number of tests not counted",
            *(_every_row(row) for _, row in rare.head(1).iterrows()),
        ),
    )


def _every_plain(rare: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    if not len(rare):
        return (
            (
                "On every measure, at least one in 20 groups of councils drawn to be like them "
                "differs as much."
            ),
        )
    measures = family_of(selection).measures
    return (
        naming("Furthest out:", [measures[key].plain.subject for key in rare["key"]]),
        (
            "That compares them with groups of councils drawn to be like them; it does not count "
            "how many measures were looked at."
        ),
    )


def _every_row(row: pd.Series) -> str:
    places = max(significant(row["estimate"]), 1)
    estimate = with_unit(signed(row["estimate"], places), row["unit"], row["scale"])
    return (
        f"{row['short']} {estimate} "
        f"({interval_words(row['low'], row['high'], places)}, n {int(row['n'])}, "
        f"placebo {p_words(row['p_placebo'])}, sign-flip {p_words(row['p'])})"
    )


placebos: Final = register(
    Finding(
        key="robustness-placebos",
        follows=GAPS | {"about", "outcome"},
        title="Pilots among placebo pilots, every measure",
        subtitle=outcome_subtitle,
        unit="standard deviations of placebo groups",
        sources=TABLES,
        unread=unread,
        columns=ALL_COLUMNS,
        analyse=every_placebo,
        words=_every_words,
        notes=placebo_notes,
        method=placebo_method,
        kind=Kind.OFFICIAL,
        whole="robustness-pool",
        about="One row per measure: the pilots' estimate among 10,000 placebo groups.",
    )
)
