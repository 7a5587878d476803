"""What placebo groups are drawn from: the outcome of every pilot and of every other authority."""

from typing import Final

import pandas as pd

from analytics.evaluation.in_question import outcome_subtitle
from analytics.evaluation.measure_families import TABLES, family_of, unread
from analytics.evaluation.outcomes import unit_of
from analytics.evaluation.placebo_pool import field_of, placebo_method, placebo_notes, placebo_pool
from analytics.evaluation.verdict_columns import KEY, NAME, UNIT
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import GAPS
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise
from analytics.text.words import Words
from data.schema import Column, key_text, text
from data.sources.source import Kind

POOL_COLUMNS: Final = (
    KEY,
    NAME,
    UNIT,
    key_text("role", "Role", about="pilot, or pool: an authority that groups are drawn from."),
    key_text("code", "GSS code", about="Its first three characters are the kind it is drawn as."),
    text("place", "Place"),
    Column(
        name="gap",
        label="Estimate of the place",
        decimals=2,
        about="In the outcome in hand, empty where the place cannot be compared; a group's "
        "estimate is the mean of its places.",
    ),
)


def every_place(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return the outcome of every pilot and of every authority that groups are drawn from.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        NotEstimableError: Too few pilots, or no outsiders to compare with.
    """
    family = family_of(selection).core()
    field = field_of(tables, selection, family)
    chosen = tuple(pilot.code for pilot in selection.chosen)
    outside = placebo_pool(tables, selection)
    return pd.DataFrame(
        [
            {
                "key": measure.key,
                "name": measure.name,
                "unit": unit_of(measure.unit, selection.outcome),
                "role": role,
                "code": code,
                "place": place_name(code),
                "gap": gap,
            }
            for row, measure in enumerate(family)
            for role, codes, gaps in (("pilot", chosen, field.own), ("pool", outside, field.others))
            for code, gap in zip(codes, gaps[row].tolist(), strict=True)
        ],
        columns=[column.name for column in POOL_COLUMNS],
    )


def _words(frame: pd.DataFrame, _selection: Selection) -> Words:
    pool = frame[frame["role"] == "pool"]["code"].nunique()
    councils = pluralise(pool, "council that was no pilot", "councils that were no pilots")
    return Words(
        verdict="What groups of other councils are drawn from",
        plain=(f"The table has {councils}, beside the pilots, on every measure.",),
    )


pool: Final = register(
    Finding(
        key="robustness-pool",
        follows=GAPS | {"about", "outcome"},
        title="What placebo pilots are drawn from, every measure",
        subtitle=outcome_subtitle,
        sources=TABLES,
        unread=unread,
        columns=POOL_COLUMNS,
        analyse=every_place,
        words=_words,
        notes=placebo_notes,
        method=placebo_method,
        kind=Kind.OFFICIAL,
        about="One row per measure and council: the estimate that placebo groups are means of.",
    )
)
