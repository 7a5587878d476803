"""A million groups of placebo pilots, all measures at once: slow, and made on request."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.in_question import opening, outcome_subtitle
from analytics.evaluation.measure_families import TABLES, family_of, unread
from analytics.evaluation.placebo_pool import (
    ALL_DRAWS,
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
from analytics.evaluation.verdict_columns import KEY, NAME, SCALE, SPOKEN, T_HIGH, T_LOW, UNIT
from analytics.evaluation.verdict_words import interval_words
from analytics.methods.gap import mean_gap
from analytics.methods.placebo import (
    TooFewToDrawError,
    at_least_as_far,
    draw,
    group_means,
    placebo_p,
)
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.progress import report
from analytics.publication.registry import register
from analytics.selection.follows import GAPS
from analytics.selection.selection import Selection
from analytics.text.quantity import with_unit
from analytics.text.wording import ALPHA, MOST_NAMED, naming, p_words, signed, significant
from analytics.text.words import Words, technical_line
from data.schema import Column, text
from data.sources.source import Kind

LONG_DRAWS: Final = 1_000_000
BATCH: Final = 20_000
LONG_COLUMNS: Final = (
    NAME, KEY, UNIT, N, ESTIMATE, LOW, HIGH, FAR, ALL_DRAWS, PLACEBO_P,
    Column(name="error", label="Error of p by chance", decimals=5,
           about="Half-width of its 95% interval: what another seed might change."),
    Column(name="p_family", label="p, for all measures", decimals=4,
           about="Groups in which any measure is at least as far out, each in standard "
           "deviations of its placebo groups."),
    text("withheld", "Why not answered"),
    SCALE,
    SPOKEN,
    T_LOW,
    T_HIGH,
)  # fmt: skip

CRITICAL: Final = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Counted:
    """Counts over all draws, by series; each of shape (series,)."""

    far: NDArray[np.int64]
    family: NDArray[np.int64]
    drawn: NDArray[np.bool_]


def _count(field: Field, draws: int) -> _Counted:
    """Count in batches, and say after each how far it is."""
    rng = np.random.default_rng(field.seed)
    series = range(len(field.mean))
    far, family = np.zeros(len(field.mean), np.int64), np.zeros(len(field.mean), np.int64)
    drawn, scale = np.zeros(len(field.mean), np.bool_), np.ones(len(field.mean))
    for done in range(0, draws, BATCH):
        batch = draw(field.kinds, draws=min(BATCH, draws - done), rng=rng)
        widest = np.zeros(batch.draws)
        for at in series:
            if np.isnan(field.mean[at]):
                continue
            try:
                means = group_means(field.others[at], batch, field.expected[at])
            except TooFewToDrawError:
                continue
            if not done:
                drawn[at], scale[at] = True, means.std()
            far[at] += at_least_as_far(means, float(field.mean[at]))
            widest = np.maximum(widest, np.abs(means) / scale[at])
        for at in series:
            family[at] += at_least_as_far(widest, float(field.mean[at]) / scale[at])
        report(min(done + BATCH, draws) / draws)
    return _Counted(far=far, family=family, drawn=drawn)


def many_draws(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Draw a million groups of placebo pilots for every series of the family.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        NotEstimableError: Too few pilots, or no outsiders to compare with.
    """
    family = family_of(selection).core()
    field = field_of(tables, selection, family)
    why = [reason_of(field, at, selection) or few_to_draw(field, at) for at in range(len(family))]
    found, group = _count(field, LONG_DRAWS), mean_gap(field.own)
    p = np.array([placebo_p(int(one), LONG_DRAWS) for one in found.far])
    both = np.array([placebo_p(int(one), LONG_DRAWS) for one in found.family])
    return pd.DataFrame(
        {
            **opening(family, group, selection),
            "far": np.where(found.drawn, found.far, np.nan),
            "draws": LONG_DRAWS,
            "p_placebo": np.where(found.drawn, p, np.nan),
            "error": np.where(found.drawn, CRITICAL * np.sqrt(p * (1 - p) / LONG_DRAWS), np.nan),
            "p_family": np.where(found.drawn, both, np.nan),
            "withheld": why,
        }
    )


def _many_words(frame: pd.DataFrame, selection: Selection) -> Words:
    tested = frame[frame["p_family"].notna()]
    far = tested[tested["p_family"] < ALPHA].sort_values("p_family")
    draws = f"{int(tested['draws'].iloc[0]):,}"
    measures = family_of(selection).measures
    named = [measures[key].plain.subject for key in far["key"]]
    return Words(
        verdict=far_out(len(far), len(tested)),
        plain=(
            (
                f"They are set beside {draws} groups of councils that were no pilots, on all "
                f"{len(tested)} measures at once."
            ),
            *(
                (
                    "Few of them differ as much on any measure at all.",
                    naming("Furthest out:", named),
                )
                if named
                else ("At least one in 20 of them differs as much on one measure or another.",)
            ),
        ),
        technical=technical_line(
            f"{draws} placebo groups, {len(tested)} measures at once",
            *(_row(row) for _, row in far.head(MOST_NAMED).iterrows()),
            "" if len(far) else f"smallest p for all measures {tested['p_family'].min():.3g}",
        ),
    )


def _row(row: pd.Series) -> str:
    places = max(significant(row["estimate"]), 1)
    return (
        f"{row['spoken']} "
        f"{with_unit(signed(row['estimate'], places), row['unit'], row['scale'])} "
        f"({interval_words(row['low'], row['high'], places)}, n {int(row['n'])}, "
        f"{p_words(row['p_family'])} for all)"
    )


many: Final = register(
    Finding(
        key="robustness-placebos-long",
        follows=GAPS | {"about", "outcome"},
        title="A million placebo groups, all measures at once",
        subtitle=outcome_subtitle,
        sources=TABLES,
        unread=unread,
        columns=LONG_COLUMNS,
        analyse=many_draws,
        words=_many_words,
        notes=placebo_notes,
        method=placebo_method,
        kind=Kind.OFFICIAL,
        whole="robustness-pool",
        about="One row per measure: placebo p of a million draws, alone and for all at once.",
        slow="Not run for this selection yet: a million draws take some seconds. Press “Run”.",
    )
)
