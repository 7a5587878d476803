"""Spend per child, per child in need and per looked-after child, in cash and in real terms."""

from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import RATIO_FAMILY
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.findings.measures.years import BY_YEAR_COLUMNS, by_year
from analytics.measures.ratios.lines import QUALITY
from analytics.measures.ratios.ratio import Ratio, Spend
from analytics.measures.ratios.registry import RATIOS
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.selection import Selection
from analytics.text.wording import lower_first, number, signed
from data.schema import hidden_key, key_text, text
from data.sources.source import Kind

COLUMNS: Final = (
    key_text("key", "Key", in_table=False),
    text("name", "Spend"),
    text("unit", "Unit"),
    text("prices", "Prices", about="cash, or 2018/19 by the GDP deflator, which ends there."),
    *(column for column in BY_YEAR_COLUMNS),
    hidden_key("spend_key", about="Which spend, whatever the prices."),
    hidden_key("prices_key", about="In which prices."),
)


class Prices(StrEnum):
    """In which prices spend is."""

    CASH = "cash"
    REAL = "real"

    @property
    def label(self) -> str:
        """The prices as a cell says them."""
        return {Prices.CASH: "cash", Prices.REAL: "2018/19"}[self]


def per_head() -> tuple[tuple[Ratio, Spend], ...]:
    """Return the ratios that are spend per child, each with what it is whatever the prices."""
    return tuple((ratio, ratio.spend) for ratio in RATIOS.values() if ratio.spend)


def spend_per_child(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Follow every spend per child by year, pilots beside their comparator.

    Args:
        tables: The tables of expenditure ratios by key.
        selection: What the reader chose.
    """
    frames = [
        by_year(RATIO_FAMILY, tables, replace(selection, ratio=ratio.key)).assign(
            key=ratio.key,
            name=spend.name,
            unit=spend.unit,
            prices=prices.label,
            spend_key=spend.key,
            prices_key=prices.value,
        )
        for ratio, spend in per_head()
        for prices in (Prices.REAL if ratio.real else Prices.CASH,)
    ]
    return pd.concat(frames, ignore_index=True)[[column.name for column in COLUMNS]]


def _summary(frame: pd.DataFrame, selection: Selection) -> str:
    inside = frame[
        frame["in_period"].eq("yes") & frame["gap"].notna() & frame["prices_key"].eq(Prices.CASH)
    ]
    if not len(inside):
        return "No year of the chosen period can be compared; see the table for what is missing."
    lasts = inside.groupby("key", sort=False).tail(1)
    parts = [_one(row) for _, row in lasts.iterrows()]
    return f"In the last year of the period held, against {selection.faced}: {'; '.join(parts)}."


def _one(row: pd.Series) -> str:
    ends = ""
    if not np.isnan(row["low"]):
        ends = (
            f", gap {signed(row['gap'], 0)}, 95 % interval {signed(row['low'], 0)} to "
            f"{signed(row['high'], 0)}, n = {int(row['n'])}"
        )
    return (
        f"{lower_first(row['name'])} £{number(row['pilots'], 0)} against "
        f"£{number(row['comparator'], 0)} ({row['year']}{ends})"
    )


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        QUALITY,
        (
            "Pounds compare less well than ratios: returns differ in what they hold. Children in "
            "need are counted after assessment practice, which changed in these years."
        ),
        (
            "Prices of 2018/19 by the GDP deflator; none is held for later years, so real terms "
            "end there."
        ),
        *comparison_notes(selection),
    )


def _method(selection: Selection) -> Facts:
    return (
        *((ratio.name, ratio.definition) for ratio, _ in per_head() if not ratio.real),
        *facts(
            selection,
            estimand="In each year, the mean over pilots of the pilot's spend per child, and the "
            "same for its comparator.",
            unit="Pounds per child.",
            test=False,
        ),
    )


spend: Final = register(
    Finding(
        key="expenditure-per-child",
        title="Spend per child, per child in need and per looked-after child",
        subtitle=lambda s: f"Pounds, cash and 2018/19 prices · {s.label}",
        unit="pounds",
        sources=RATIO_FAMILY.sources,
        columns=COLUMNS,
        analyse=spend_per_child,
        sentence=_summary,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="expenditure-lines",
        about="Spend per child, per child in need and per looked-after child by year.",
    )
)
