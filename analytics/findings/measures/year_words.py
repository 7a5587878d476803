"""What one measure by year says: its last year, how far apart it is, and how far it was."""

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.verdict_words import hidden_words, size_in, than_of, verdict_of, who_of
from analytics.measures.measure import Measure
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.wording import in_year, upper_first
from analytics.text.words import Words, technical_line


def year_words(family: MeasureFamily, frame: pd.DataFrame, selection: Selection) -> Words:
    """Say the last year of the period, how far apart it is, and how far the first was.

    Args:
        family: The family of the measure.
        frame: With the columns of a measure by year.
        selection: What the reader chose.
    """
    if not len(frame):
        vintage = family.vintage_words(selection)
        return Words(
            verdict="No figure of this measure is held",
            plain=(f"There is no figure of England or of the chosen pilots{vintage}.",),
        )
    inside = frame[(frame["in_period"] == "yes") & frame["gap"].notna()]
    if not len(inside):
        return Words(
            verdict="No year of this period can be compared",
            plain=("The table says what is missing.",),
        )
    measure, last = family.measure(selection), inside.iloc[-1]
    plain = [_year(last, measure, selection), _distance(last, measure), *_ends(inside, measure)]
    return Words(
        verdict=_verdict(last, measure, selection),
        plain=tuple(plain),
        technical=_technical(last, measure),
        size=size_in(last, measure, "year"),
    )


def _verdict(last: pd.Series, measure: Measure, selection: Selection) -> str:
    """Judge by the family over the whole period; one or two pilots are no group to be judged."""
    if last["certain"]:
        judged = last.copy()
        judged["gap"] = last["level_gap"]
        return verdict_of(judged, measure, selection, change=False)
    side = "as much as" if not last["gap"] else "above" if last["gap"] > 0 else "below"
    when = in_year(last["year"], measure.day)
    return f"{upper_first(who_of(selection))}: {side} {than_of(selection)} {when}"


def _year(row: pd.Series, measure: Measure, selection: Selection) -> str:
    own, against = float(row["pilots"]), float(row["comparator"])
    said = measure.plain.beside(
        own, against, measure.decimals, who=who_of(selection), than=than_of(selection)
    )
    return f"{upper_first(in_year(row['year'], measure.day))}, {said}."


def _distance(row: pd.Series, measure: Measure) -> str:
    name, gap = measure.plain, float(row["gap"])
    low, high = float(row["low"]), float(row["high"])
    decimals = _decimals(row, measure)
    ends = name.between(low, high, decimals)
    return f"That is {name.directed(gap, decimals)}{f' ({ends})' if ends else ''}."


def _decimals(row: pd.Series, measure: Measure) -> int:
    return measure.plain.shown(*(float(row[name]) for name in ("gap", "low", "high")))


def _ends(inside: pd.DataFrame, measure: Measure) -> tuple[str, ...]:
    """Compare the gap of the same pilots at both ends of the period.

    The last year is written as finely as in the sentence before.
    """
    first, last = inside.iloc[0], inside.iloc[-1]
    if first["year_end"] == last["year_end"] or not last["n_same"]:
        return ()
    name = measure.plain
    gaps = float(first["gap_same"]), float(last["gap_same"])
    decimals = max(name.decimals_of(*gaps), _decimals(last, measure))
    then, now = (name.directed(gap, decimals) for gap in gaps)
    some, same = last["n_same"] < max(first["n"], last["n"]), int(last["n_same"])
    among = "In the one pilot" if same == 1 else f"Among the {same} pilots"
    whose = f"{among} with figures of both, it" if some else "It"
    start, end = (in_year(row["year"], measure.day) for row in (first, last))
    return (f"{whose} was {then} {start} and {now} {end}.",)


def _technical(row: pd.Series, measure: Measure) -> str:
    name, gap, low, high = measure.plain, *(float(row[key]) for key in ("gap", "low", "high"))
    decimals = name.decimals(gap) + 1
    ends = f"95% CI {name.signed(low, decimals)} to {name.signed(high, decimals)}"
    return technical_line(
        f"{row['year']}: gap {name.signed(gap, decimals)}{name.suffix}",
        "95% CI not bounded with so few" if np.isnan(low) else ends,
        f"n {int(row['n'])}",
        f"whole period: {Certainty(row['certain']).label}" if row["certain"] else "",
        f"over it, {hidden}" if (hidden := hidden_words(row)) else "",
    )
