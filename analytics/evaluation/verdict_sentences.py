"""Verdicts in sentences: what stands out, after which adjustment, and what could at all."""

import numpy as np
import pandas as pd

from analytics.methods.multiplicity import expected_by_chance
from analytics.selection.choices import Adjustment, Comparator
from analytics.selection.selection import Selection
from analytics.text.quantity import apart
from analytics.text.wording import (
    ALPHA,
    listed,
    lower_first,
    number,
    p_words,
    pluralise,
    signed,
    significant,
)


def verdict_words(frame: pd.DataFrame, selection: Selection, *, thing: str) -> str:
    """Say how many rows stand out before and after adjustment, and which remain.

    Args:
        frame: Rows with the columns of ``analytics.evaluation.verdicts``.
        selection: Holds the adjustment.
        thing: What a row is, e.g. "indicator".
    """
    tested = frame[frame["p"].notna()]
    if not len(tested):
        return "; ".join(dict.fromkeys(frame["withheld"])) or "Nothing could be tested."
    below = int((tested["p"] < ALPHA).sum())
    chance = number(expected_by_chance(len(tested)), 1)
    words = (
        f"Of {pluralise(len(tested), thing)} tested, {below} {'has' if below == 1 else 'have'} an "
        f"unadjusted p below {ALPHA}, where about {chance} would be expected by chance"
    )
    if selection.adjust is Adjustment.NONE:
        return f"{words}."
    remaining = tested[tested["p_adjusted"] < ALPHA]
    named = listed([lower_first(name) for name in remaining["spoken"]])
    if not len(remaining):
        return f"{words}; after {selection.adjust.label} none remains below {ALPHA}."
    verb = "remains" if len(remaining) == 1 else "remain"
    return (
        f"{words}; after {selection.adjust.label} {len(remaining)} {verb} below {ALPHA}: {named}."
    )


def reach_words(frame: pd.DataFrame) -> str:
    """Say what p this many pilots can reach at all, where that decides the answer."""
    smallest = frame["smallest_p"].min()
    if np.isnan(smallest) or smallest < ALPHA / 10:
        return ""
    n = int(frame["n"].max())
    cannot = smallest >= ALPHA
    limit = f"With {pluralise(n, 'pilot')} the smallest p this test can reach is {smallest:.3g}"
    return f"{limit}{', so no result can fall below 0.05; read the intervals' if cannot else ''}."


def gap_words(row: pd.Series) -> str:
    """Write one gap with its interval, n and p."""
    decimals = max(significant(row["gap"]), 0)
    unit = apart(row["unit"], row["scale"])
    return (
        f"{signed(row['gap'], decimals)} {unit} (95 % interval {signed(row['low'], decimals)} to "
        f"{signed(row['high'], decimals)}, n = {int(row['n'])}, sign-flip {p_words(row['p'])})"
    )


def faced(selection: Selection, *, one: bool = False) -> str:
    """Name the comparator with its aggregator, inside a sentence.

    Args:
        selection: What the reader chose.
        one: Whether the sentence is about one pilot.
    """
    whose = "its own" if one else "their"
    return {
        Comparator.NEIGHBOURS: f"the {selection.averaged} of {whose} neighbours",
        Comparator.REGION: f"{whose} regions",
        Comparator.ENGLAND: "England",
        Comparator.PILOTS: f"the {selection.average} of the other pilots",
    }[selection.compare]
