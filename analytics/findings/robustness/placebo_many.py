"""A million groups of placebo pilots, all measures at once: slow, and made on request."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.measure_families import TABLES, family_of, unread
from analytics.evaluation.outcomes import scale_of, unit_of
from analytics.evaluation.placebo_pool import (
    ALL_DRAWS,
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
from analytics.evaluation.verdicts import KEY, NAME, SCALE, SPOKEN, UNIT
from analytics.methods.gap import mean_gap
from analytics.methods.placebo import (
    TooFewToDrawError,
    at_least_as_far,
    draw,
    group_means,
    placebo_p,
)
from analytics.publication.finding import Finding, Tables, register
from analytics.publication.progress import report
from analytics.selection.selection import Selection
from analytics.text.quantity import apart
from analytics.text.wording import (
    ALPHA,
    listed,
    lower_first,
    p_words,
    pluralise,
    signed,
    significant,
)
from data.schema import Column, text
from data.sources.source import Kind

LONG_DRAWS: Final = 1_000_000
BATCH: Final = 20_000
LONG_COLUMNS: Final = (
    NAME, KEY, UNIT, N, ESTIMATE, LOW, HIGH, FAR, ALL_DRAWS, PLACEBO_P,
    Column(name="error", label="Error of p by chance", decimals=5,
           about="Half-width of its 95 % interval: what another seed might change."),
    Column(name="p_family", label="p, for all measures", decimals=4,
           about="Groups in which any measure is at least as far out, each in standard "
           "deviations of its placebo groups."),
    text("withheld", "Why not answered"),
    SCALE,
    SPOKEN,
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
    rng = np.random.default_rng(SEED)
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
    found, group = _count(field, LONG_DRAWS), mean_gap(field.own)
    p = np.array([placebo_p(int(one), LONG_DRAWS) for one in found.far])
    both = np.array([placebo_p(int(one), LONG_DRAWS) for one in found.family])
    return pd.DataFrame(
        {
            "name": [one.name for one in family],
            "key": [one.key for one in family],
            "unit": [unit_of(one.unit, selection.outcome) for one in family],
            "n": group.n,
            "estimate": group.estimate,
            "low": group.low,
            "high": group.high,
            "far": np.where(found.drawn, found.far, np.nan),
            "draws": LONG_DRAWS,
            "p_placebo": np.where(found.drawn, p, np.nan),
            "error": np.where(found.drawn, CRITICAL * np.sqrt(p * (1 - p) / LONG_DRAWS), np.nan),
            "p_family": np.where(found.drawn, both, np.nan),
            "withheld": [
                reason_of(field, at)
                or ("" if drawn else "Too few authorities of a kind have figures.")
                for at, drawn in enumerate(found.drawn.tolist())
            ],
            "scale": [scale_of(one.scale, selection.outcome).value for one in family],
            "spoken": [one.said for one in family],
        }
    )


def _many_say(frame: pd.DataFrame, selection: Selection) -> str:
    tested = frame[frame["p_family"].notna()]
    if not len(tested):
        return "; ".join(dict.fromkeys(frame["withheld"][frame["withheld"] != ""]))
    strong = tested[tested["p_family"] < ALPHA].sort_values("p_family")
    draws = f"{int(tested['draws'].iloc[0]):,}"
    many = pluralise(len(tested), family_of(selection).called)
    lead = f"Over {draws} placebo groups and {many} at once, "
    if not len(strong):
        return f"{lead}none is so far out that p for all measures is below {ALPHA}."
    said = [
        f"{lower_first(row['spoken'])} {signed(row['estimate'], places)} "
        f"{apart(row['unit'], row['scale'])} (95 % interval {signed(row['low'], places)} to "
        f"{signed(row['high'], places)}, n = {int(row['n'])}, {p_words(row['p_family'])})"
        for _, row in strong.iterrows()
        for places in (significant(row["estimate"]),)
    ]
    return f"{lead}p for all measures is below {ALPHA} for {listed(said)}."


many: Final = register(
    Finding(
        key="robustness-placebos-long",
        title="A million placebo groups, all measures at once",
        subtitle=lambda s: f"{s.outcome.label} · {s.label}",
        sources=TABLES,
        unread=unread,
        columns=LONG_COLUMNS,
        analyse=many_draws,
        sentence=_many_say,
        notes=placebo_notes,
        method=placebo_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="One row per measure: placebo p of a million draws, alone and for all at once.",
        slow="Not run for this selection yet: a million draws take some seconds. Press “Run”.",
    )
)
