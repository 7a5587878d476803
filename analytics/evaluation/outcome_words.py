"""An outcome in plain words, whatever its form: differences, changes, and both in per cent."""

from collections.abc import Sequence
from math import exp, isfinite, isnan
from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import measure_of
from analytics.evaluation.verdict_words import (
    SINCE,
    certainty_of,
    certainty_sentence,
    size_of,
    technical_of,
    verdict_of,
)
from analytics.measures.measure import Named
from analytics.selection.choices import Outcome
from analytics.selection.selection import Selection
from analytics.text.certainty import TOO_FEW, TOO_MANY_TESTS, certainty_words
from analytics.text.wording import ALPHA, number, ranged, upper_first
from analytics.text.words import technical_line

_LEVEL: Final = "0%"
_DOWN_UP: Final = ("down", "up")
_BELOW_ABOVE: Final = ("below", "above")


def per_cent(log: float) -> float:
    """Return a difference of logarithms in per cent: −0.105 is −10%.

    Args:
        log: A log ratio, or its change.
    """
    return 100 * (exp(log) - 1)


def outcome_verdict(row: pd.Series, selection: Selection) -> str:
    """Say what was found on the measure in hand, in words a councillor says aloud.

    Args:
        row: With the columns of ``verdict_columns`` that words are made of.
        selection: What the reader chose, the outcome among it.
    """
    return verdict_of(row, measure_of(selection), selection, change=selection.outcome.is_change)


def outcome_size(row: pd.Series, selection: Selection) -> tuple[str, ...]:
    """Say how large it is, with its range, in plain sentences.

    Args:
        row: With ``gap``, ``low`` and ``high``.
        selection: What the reader chose, the outcome among it.
    """
    measure, outcome = measure_of(selection), selection.outcome
    if not outcome.is_log:
        return size_of(row, measure, selection, change=outcome.is_change)
    if outcome is Outcome.LOG:
        return (_relative_level(row, selection),)
    return relative_move(row, measure, against=selection.than)


def relative_move(row: pd.Series, measure: Named, *, against: str) -> tuple[str, ...]:
    """Say a change of a log ratio in per cent, with its range.

    Args:
        row: With ``gap``, ``low`` and ``high``.
        measure: What it is about.
        against: What with: "similar councils".
    """
    verb = "fell" if row["gap"] < 0 else "rose"
    size = f"{number(abs(per_cent(row['gap'])), 0)}%"
    moved = "neither rose nor fell" if size == _LEVEL else f"{verb} by about {size}"
    said = f"{SINCE}, {measure.plain.subject} {moved} against {against}"
    ends = _ends(row["low"], row["high"], _DOWN_UP)
    return (f"{said}.", f"That is {ends}.") if ends else (f"{said}.",)


def _relative_level(row: pd.Series, selection: Selection) -> str:
    size = f"{number(abs(per_cent(row['gap'])), 0)}%"
    word = _BELOW_ABOVE[0 if row["gap"] < 0 else 1]
    apart = "level with" if size == _LEVEL else f"about {size} {word}"
    said = f"{upper_first(selection.who)} were {apart} {selection.than}"
    ends = _ends(row["low"], row["high"], _BELOW_ABOVE)
    return f"{said} ({ends})." if ends else f"{said}."


def _ends(low: float, high: float, words: Sequence[str]) -> str:
    """Write a range in per cent, or nothing where it is not bounded."""
    if isnan(low) or isnan(high):
        return ""
    ends = [abs(per_cent(end)) for end in (low, high)]
    # More decimals where an end would be shown as none.
    places = next((few for few in (0, 1) if all(round(end, few) for end in ends)), 2)
    first, last = (f"{number(end, places)}%" for end in ends)
    if low < 0 < high:
        return f"between {first} {words[0]} and {last} {words[1]}"
    near, far = (last, first) if high <= 0 else (first, last)
    return ranged(near, far, words[0 if high <= 0 else 1])


def outcome_certainty(row: pd.Series, selection: Selection) -> str:
    """Say how sure it is, as a sentence of the closed set.

    Args:
        row: With the columns of ``verdict_columns`` that words are made of.
        selection: What the reader chose, the outcome among it.
    """
    outcome = selection.outcome
    if not outcome.is_log:
        return certainty_sentence(row, measure_of(selection), change=outcome.is_change)
    largest = float(row["ruled_out"])
    why = TOO_MANY_TESTS if row["smallest_p"] < ALPHA else TOO_FEW
    said = certainty_words(
        certainty_of(row),
        ruled_out=f"{number(per_cent(largest), 0)}%" if isfinite(largest) else "",
        why=why,
        what="changes" if outcome.is_change else "differences",
    )
    return f"{upper_first(said)}."


def outcome_technical(row: pd.Series, selection: Selection) -> str:
    """Write it as a statistician reads it.

    Args:
        row: With the columns of ``verdict_columns`` that words are made of.
        selection: Holds the adjustment and the outcome.
    """
    unit = "in log units" if selection.outcome.is_log else ""
    return technical_line(unit, technical_of(row, adjustment=selection.adjust))
