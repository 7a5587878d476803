"""Spend per child, per child in need and per looked-after child, in cash and in real terms."""

from enum import StrEnum
from math import isfinite
from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import RATIO_FAMILY
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL, than_of, verdict_of, who_of
from analytics.findings.measures.years import BY_YEAR_COLUMNS, each_by_year
from analytics.measures.ratios.lines import QUALITY
from analytics.measures.ratios.ratio import Ratio, Spend
from analytics.measures.ratios.registry import RATIOS
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import OF_SPEND
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.wording import MINUS, number, ranged
from analytics.text.words import Words, technical_line
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
    ratios = {ratio.key: (ratio, spend) for ratio, spend in per_head()}
    frame = each_by_year(
        RATIO_FAMILY, tables, selection, tuple(ratio for ratio, _ in ratios.values())
    )
    about = [ratios[key] for key in frame["key"]]
    prices = [Prices.REAL if ratio.real else Prices.CASH for ratio, _ in about]
    return frame.assign(
        name=[spend.name for _, spend in about],
        unit=[spend.unit for _, spend in about],
        prices=[one.label for one in prices],
        spend_key=[spend.key for _, spend in about],
        prices_key=[one.value for one in prices],
    )


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say what was spent per child in the last year held, and how sure the difference is."""
    inside = frame[
        frame["in_period"].eq("yes") & frame["gap"].notna() & frame["prices_key"].eq(Prices.CASH)
    ]
    if not len(inside):
        return Words(
            verdict="No year of this period can be compared",
            plain=("The table says what is missing.",),
        )
    last_at = {key: at for at, key in enumerate(inside["key"])}
    lasts = [inside.iloc[at] for at in last_at.values()]
    return Words(
        verdict=_verdict(lasts[0], selection),
        plain=tuple(_spent(row, selection) for row in lasts),
        technical=technical_line(*(_technical(row) for row in lasts)),
    )


def _verdict(row: pd.Series, selection: Selection) -> str:
    """Judge by the family of ratios; one pilot is no group, so its figures are set side by side."""
    if row["certain"]:
        judged = row.copy()
        judged["gap"] = row["level_gap"]
        return verdict_of(judged, RATIOS[row["key"]], selection, change=False)
    if len(selection.chosen) > 1:
        return TOO_FEW_TO_TELL
    measure = RATIOS[row["key"]].plain
    return f"{who_of(selection)}: {measure.contrasted(row['gap'])} than {than_of(selection)}"


def _spent(row: pd.Series, selection: Selection) -> str:
    """Say what was spent on each child in one year: "the pilots spent £706 …"."""
    what = RATIOS[row["key"]].plain.what.removeprefix("spending ")
    own, against = (f"£{number(row[side], 0)}" for side in ("pilots", "comparator"))
    return (
        f"In {row['year']}, {who_of(selection)} spent {own} {what}, {than_of(selection)} "
        f"{against}{_range(row)}."
    )


def _range(row: pd.Series) -> str:
    """Write how far apart they may be, in pounds: " (£29 to £175 less)"; empty if unbounded."""
    low, high = float(row["low"]), float(row["high"])
    if not (isfinite(low) and isfinite(high)):
        return ""
    less, more = (f"£{number(abs(end), 0)}" for end in (low, high))
    if low < 0 < high:
        return f" (between {less} less and {more} more)"
    near, far = (less, more) if low >= 0 else (more, less)
    return f" ({ranged(near, far, 'less' if low < 0 else 'more')})"


def _technical(row: pd.Series) -> str:
    name = RATIOS[row["key"]].short_name
    gap = f"{name} {row['year']}: gap {_pounds(row['gap'])}"
    if not isfinite(row["low"]):
        return f"{gap} (95% CI not bounded with so few, n {int(row['n'])})"
    ends = f"95% CI {_pounds(row['low'])} to {_pounds(row['high'])}"
    whole = ""
    if row["certain"]:
        whole = f"; whole period {_pounds(row['level_gap'])}, {Certainty(row['certain']).label}"
    return f"{gap} ({ends}, n {int(row['n'])}{whole})"


def _pounds(value: float) -> str:
    sign = MINUS if value < 0 else "+"
    return f"{sign}£{number(abs(value), 0)}"


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
            unit="£ per child.",
            test=False,
        ),
    )


spend: Final = register(
    Finding(
        key="expenditure-per-child",
        follows=OF_SPEND | {"adjust"},
        title="Spend per child, per child in need and per looked-after child",
        subtitle=lambda s: f"£, cash and 2018/19 prices · {s.label}",
        unit="£",
        sources=RATIO_FAMILY.sources,
        columns=COLUMNS,
        analyse=spend_per_child,
        words=_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="expenditure-bases",
        about="Spend per child, per child in need and per looked-after child by year.",
    )
)
