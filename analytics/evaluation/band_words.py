"""Whether the bands differ from each other, in three layers of words."""

from math import isfinite, isnan

import numpy as np
import pandas as pd

from analytics.evaluation.measure_families import measure_of
from analytics.methods.permutation import arrangement_error
from analytics.selection.selection import Selection
from analytics.text.certainty import TOO_FEW, TOO_MANY_TESTS, Certainty, certainty_words
from analytics.text.wording import (
    ALPHA,
    number,
    p_words,
    signed,
    significant,
    simulated_p_words,
    upper_first,
)
from analytics.text.words import Words, technical_line


def pair_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say whether bands differ: in their order where there are three, else pair by pair.

    Args:
        frame: Rows of the finding ``robustness-bands``.
        selection: What the reader chose.
    """
    row = frame.iloc[0]
    plain = (
        _trend_plain(row, selection) if isfinite(row["trend_p"]) else _pairs_plain(frame, selection)
    )
    return Words(
        verdict=_verdict(frame, selection),
        plain=plain,
        technical=technical_line(
            _trend_technical(row), *(_one_technical(one) for _, one in frame.iterrows())
        ),
    )


def _verdict(frame: pd.DataFrame, selection: Selection) -> str:
    row, than = frame.iloc[0], selection.than
    if isfinite(row["trend_p"]):
        if row["trend_p"] >= ALPHA:
            return f"No clear order of the bands against {than}"
        rising = 2 * row["ordered_pairs"] > row["all_pairs"]
        higher = "higher" if rising else "lower"
        return f"Possibly {higher} in {_later(selection)} bands, against {than}"
    if (frame["smallest_adjusted"] >= ALPHA).all():
        return "Too few pilots to tell the bands apart"
    clear = (frame["p_adjusted"] < ALPHA).any()
    return (
        "The bands may differ from each other" if clear else "No clear difference between the bands"
    )


def _trend_plain(row: pd.Series, selection: Selection) -> tuple[str, ...]:
    sure = Certainty.UNCOUNTED if row["trend_p"] < ALPHA else Certainty.NOT_CLEAR
    return (
        f"{_in_order(row, _later(selection))}.",
        f"{upper_first(certainty_words(sure))}.",
        *_earlier(row),
    )


def _later(selection: Selection) -> str:
    return "later" if selection.programme.group else "more experienced"


def _in_order(row: pd.Series, later: str) -> str:
    """Say in how many pairs of pilots of two bands the order is that of the bands."""
    ordered, every = row["ordered_pairs"], int(row["all_pairs"])
    rising = 2 * ordered >= every
    count = number(ordered if rising else every - ordered, 0 if float(ordered).is_integer() else 1)
    word = "higher" if rising else "lower"
    many = f"all {every}" if count == f"{every}" else f"{count} of {every}"
    return f"In {many} pairs of pilots, the one from the {later} band is {word}"


def _earlier(row: pd.Series) -> tuple[str, ...]:
    if isnan(row["before_trend_p"]):
        return ()
    ordered, every = row["before_ordered_pairs"], int(row["before_all_pairs"])
    rising = 2 * row["ordered_pairs"] >= row["all_pairs"]
    same = ordered if rising else every - ordered
    count = number(same, 0 if float(same).is_integer() else 1)
    end = "more than chance explains" if row["before_trend_p"] < ALPHA else "as chance can explain"
    return (f"Before the project, {count} of {every} pairs were in that order, {end}.",)


def _pairs_plain(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    row = frame.iloc[int(np.argmax(frame["estimate"].abs().to_numpy()))]
    plain = measure_of(selection).plain
    if selection.outcome.is_log:
        size = ""
    else:
        value, per = row["estimate"], plain.per_words
        near = plain.size(value, plain.decimals(value))
        size = f"The bands compared lie {near}{per} apart at most."
    if (frame["smallest_adjusted"] >= ALPHA).all():
        why = TOO_FEW if (frame["smallest_p"] >= ALPHA).all() else TOO_MANY_TESTS
        sure = certainty_words(Certainty.UNTESTABLE, why=why)
    elif (frame["p_adjusted"] < ALPHA).any():
        sure = certainty_words(Certainty.UNCOUNTED)
    else:
        sure = certainty_words(Certainty.NOT_CLEAR)
    return tuple(one for one in (size, f"{upper_first(sure)}.") if one)


def _trend_technical(row: pd.Series) -> str:
    if isnan(row["trend_p"]):
        return ""
    many, before = row["trend_arrangements"], row["before_trend_p"]
    return technical_line(
        f"ordered trend (Jonckheere–Terpstra) {row['ordered_pairs']:g} of {int(row['all_pairs'])}",
        f"two-sided {p_words(row['trend_p'])}",
        "normal approximation"
        if isnan(many)
        else f"in the direction found {round(row['trend_p_found'] * many):,} of {int(many):,} "
        "arrangements",
        ""
        if isnan(before)
        else f"before the start {row['before_ordered_pairs']:g} of "
        f"{int(row['before_all_pairs'])}, {p_words(before)}",
    )


def _of_arrangements(row: pd.Series) -> str:
    """Write p with the arrangements behind it, and how near it is where they were drawn."""
    sizes = (int(row["n_first"]), int(row["n_second"]))
    error = float(arrangement_error(np.array(row["p"]), sizes))
    if error > 0:
        return simulated_p_words(row["p"], error)
    return f"{p_words(row['p'])} of {int(row['arrangements'])}"


def _one_technical(row: pd.Series) -> str:
    places = max(significant(row["estimate"]), 1)
    ends = ""
    if isfinite(row["low"]):
        ends = f"95% CI {signed(row['low'], places)} to {signed(row['high'], places)}, "
    before = ""
    if isfinite(row["before"]):
        before = f", before {signed(row['before'], places)} {p_words(row['before_p'])}"
    return (
        f"{row['pair']} {signed(row['estimate'], places)} ({ends}n {int(row['n_first'])} and "
        f"{int(row['n_second'])}, {_of_arrangements(row)}, Holm "
        f"{p_words(row['p_adjusted']).removeprefix('p = ')}, at least "
        f"{row['smallest_adjusted']:.2g}{before})"
    )
