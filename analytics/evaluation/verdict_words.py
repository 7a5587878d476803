"""Verdicts in three layers of words: one measure, or all measures of a family together."""

from math import isfinite, isnan
from typing import Final

import pandas as pd

from analytics.evaluation.placebo_pool import DRAWS
from analytics.evaluation.reasons import Reason
from analytics.measures.measure import Named
from analytics.methods.signflip import simulation_error
from analytics.selection.choices import Adjustment, Comparator
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, TOO_FEW, TOO_MANY_TESTS, Certainty, certainty_words
from analytics.text.naming import PlainName
from analytics.text.wording import (
    ALPHA,
    MOST_WORDS,
    fitting,
    flip_p_words,
    lower_first,
    p_words,
    pluralise,
    signed,
    significant,
    upper_first,
)
from analytics.text.words import Size, Words, technical_line

#: Of numbers that are written without a unit.
BARE: Final = PlainName(what="")
#: How a sentence on a change opens.
SINCE: Final = "After the start"
#: The verdict where nothing can be tested with so few pilots.
TOO_FEW_TO_TELL: Final = "Too few pilots to tell"
#: Beside a difference whose range cannot be bounded.
UNBOUNDED: Final = "The range cannot be bounded with so few pilots."
#: The verdict of a row that is not answered, by its reason.
_VERDICTS: Final = {
    Reason.FEW_CHOSEN: TOO_FEW_TO_TELL,
    Reason.FEW_COMPARED: TOO_FEW_TO_TELL,
    Reason.ONE_SIDE: "No years on one side of the start",
    Reason.NOTHING_BEFORE: "No figures from before the project",
    Reason.NOTHING_AFTER: "No figures from after the start",
}


def who_of(selection: Selection) -> str:
    """Return who is compared, as the subject of a sentence: "the pilots", or one by its name.

    Args:
        selection: What the reader chose.
    """
    chosen = selection.chosen
    return chosen[0].name if len(chosen) == 1 else selection.who


def than_of(selection: Selection) -> str:
    """Return what they are compared with: "their regions", "its region" of one pilot.

    Args:
        selection: What the reader chose.
    """
    return than_each(selection) if len(selection.chosen) == 1 else selection.than


def certainty_of(row: pd.Series) -> Certainty:
    """Return how sure a row of verdicts is.

    Args:
        row: With the columns of ``verdict_columns``.
    """
    return Certainty(row["certain"])


def than_each(selection: Selection) -> str:
    """Return what each single pilot is compared with: "its region", "similar councils".

    Args:
        selection: What the reader chose.
    """
    return "its region" if selection.compare is Comparator.REGION else selection.than


def verdict_of(row: pd.Series, measure: Named, selection: Selection, *, change: bool) -> str:
    """Say what was found on one measure, in words a councillor says aloud.

    Args:
        row: With the columns of ``verdict_columns``.
        measure: What the row is about.
        selection: What the reader chose.
        change: Whether it is about a change; else about a level.
    """
    name, than, sure = measure.plain, selection.than, certainty_of(row)
    if sure is Certainty.UNTESTABLE:
        return TOO_FEW_TO_TELL
    bare = name.subject.removeprefix("the ")
    if sure is Certainty.NOT_CLEAR:
        kind = "change" if change else "difference"
        none = f"No clear {kind}"
        return fitting(f"{none} in {name.subject}", f"{none} in {bare}", f"{none}: {bare}")
    clear = sure in SURE
    if change:
        fell = row["gap"] < 0
        moved = (
            ("fell" if fell else "rose") if clear else f"may have {'fallen' if fell else 'risen'}"
        )
        whole = f"{name.subject} {moved} against {than}"
        return upper_first(fitting(whole, f"{bare} {moved} against {than}", f"{bare} {moved}"))
    said = name.contrasted(row["gap"])
    if not clear:
        return fitting(f"Possibly {said} than {than}", f"Possibly {said}")
    short = said.removeprefix("a ")
    return upper_first(fitting(f"{said} than {than}", f"{short} than {than}", short))


def size_of(
    row: pd.Series, measure: Named, selection: Selection, *, change: bool
) -> tuple[str, ...]:
    """Say how large a difference or change is, with its range, in plain sentences.

    Args:
        row: With the columns of ``verdict_columns``.
        measure: What the row is about.
        selection: What the reader chose.
        change: Whether it is about a change; else about a level.
    """
    value, low, high = float(row["gap"]), float(row["low"]), float(row["high"])
    if change:
        return measure.plain.moved(value, low, high, against=selection.than, since=SINCE)
    return measure.plain.apart(value, low, high, who=selection.who, than=selection.than)


def certainty_sentence(row: pd.Series, measure: Named, *, change: bool) -> str:
    """Say how sure a row is, as a sentence of the closed set.

    Args:
        row: With the columns of ``verdict_columns``.
        measure: What the row is about.
        change: Whether it is about a change; else about a level.
    """
    sure, name = certainty_of(row), measure.plain
    largest = float(row["ruled_out"])
    ruled_out = ""
    if isfinite(largest):
        per = f" {name.per}" if name.per else ""
        ruled_out = f"{name.size(largest, name.decimals(largest))}{per}"
    why = TOO_MANY_TESTS if row["smallest_p"] < ALPHA else TOO_FEW
    what = "changes" if change else "differences"
    said = certainty_words(sure, ruled_out=ruled_out, why=why, what=what)
    return f"{upper_first(said)}."


def with_certainty(size: tuple[str, ...], sure: str) -> tuple[str, ...]:
    """Say how large something is and how sure, in two sentences where they are not too long.

    Args:
        size: One sentence, or one and its range in another.
        sure: How sure, as a sentence.
    """
    *first, last = size
    joined = f"{last.removesuffix('.')}: {lower_first(sure)}"
    if not first or len(joined.split()) > MOST_WORDS:
        return (*size, sure)
    return (*first, joined)


def technical_of(row: pd.Series, *, adjustment: Adjustment, name: PlainName = BARE) -> str:
    """Write one row as a statistician reads it.

    Args:
        row: With the columns of ``verdict_columns``.
        adjustment: How p is adjusted.
        name: How its measure is said, for its unit; none for numbers without one.
    """
    places = max(significant(row["gap"] * name.times), 1)
    counted = adjustment is not Adjustment.NONE and not isnan(row["p_adjusted"])
    adjusted = f"{adjustment.label} {bare_p(row['p_adjusted'])}" if counted else ""
    return technical_line(
        f"n {int(row['n'])}",
        f"gap {name.signed(row['gap'], places)}{name.suffix}",
        interval_words(row["low"], row["high"], places, name),
        flip_words(row),
        adjusted,
        reach_words(row),
        placebo_words(row, name=name),
        _ruled_out(row, places, name),
        hidden_words(row),
    )


def flip_words(row: pd.Series) -> str:
    """Write the p-value of the sign-flip test of a row with how exact it is.

    Args:
        row: With ``p``, and ``n``, the pilots compared.
    """
    return flip_p_words(row["p"], float(simulation_error(row["p"], row["n"])))


def hidden_words(row: pd.Series) -> str:
    """Say how many yearly figures are hidden and what they leave open, or nothing.

    Args:
        row: With the columns of ``HIDDEN``, missing where nobody looked.
    """
    if not row["n_suppressed"] > 0:
        return ""
    many = pluralise(int(row["pilot_years"]), "pilot-year")
    said = f"{int(row['n_suppressed'])} of {many} hidden"
    if isnan(row["bound_low"]):
        return f"{said}, not bounded"
    return f"{said}, bounds {signed(row['bound_low'], 2)} to {signed(row['bound_high'], 2)}"


def interval_words(low: float, high: float, places: int, name: PlainName = BARE) -> str:
    """Write an interval, or say that it is not bounded.

    Args:
        low: Lower end; missing where it is not bounded.
        high: Upper end.
        places: Decimals.
        name: As for ``technical_of``.
    """
    if isnan(low) or isnan(high):
        return "95% CI not bounded with so few"
    return f"95% CI {name.signed(low, places)} to {name.signed(high, places)}"


def reach_words(row: pd.Series) -> str:
    """Say what p can be reached, where that decides the answer.

    Args:
        row: With ``smallest_p`` and ``smallest_adjusted``.
    """
    if row["smallest_p"] >= ALPHA:
        return f"smallest p possible {row['smallest_p']:.3g}"
    if not row["smallest_adjusted"] < ALPHA:
        return f"smallest adjusted p possible {bare_p(row['smallest_adjusted'])}"
    return ""


def named_technical(row: pd.Series, measure: Named) -> str:
    """Write one row of several as a statistician reads it, with its name and its unit.

    Args:
        row: With the columns of ``verdict_columns``.
        measure: What the row is about.
    """
    name, value = measure.plain, float(row["gap"])
    decimals = name.decimals(value) + 1
    ends = interval_words(row["low"], row["high"], decimals, name)
    gap = f"{measure.short_name} {name.signed(value, decimals)}{name.suffix}"
    return f"{gap} ({ends}, n {int(row['n'])}, {flip_words(row)})"


def placebo_words(row: pd.Series, value: str = "gap", *, name: PlainName = BARE) -> str:
    """Write the placebo p and interval of a row, or nothing where there is none.

    Args:
        row: With the columns of ``PLACEBO``.
        value: Name of the column of the estimate.
        name: As for ``technical_of``.
    """
    if isnan(row["p_placebo"]):
        return ""
    places = max(significant(row[value] * name.times), 1)
    ends = " to ".join(name.signed(row[f"placebo_{end}"], places) for end in ("low", "high"))
    return f"placebo p {bare_p(row['p_placebo'])} ({DRAWS:,} groups), interval {ends}"


def _ruled_out(row: pd.Series, places: int, name: PlainName) -> str:
    largest = float(row["ruled_out"])
    said = f"beyond ±{name.size(largest, places)} ruled out (90%)"
    return said if isfinite(largest) else ""


def bare_p(p: float) -> str:
    """Write a p without the letter.

    Args:
        p: From 0 to 1.
    """
    return p_words(p).removeprefix("p = ").removeprefix("p ")


def measure_words(row: pd.Series, measure: Named, selection: Selection, *, change: bool) -> Words:
    """Say what was found on one measure, in three layers.

    Args:
        row: With the columns of ``verdict_columns``.
        measure: What the row is about.
        selection: What the reader chose.
        change: Whether it is about a change; else about a level.
    """
    if row["withheld"]:
        return Words(verdict=_VERDICTS[Reason(row["reason"])], plain=(row["withheld"],))
    return Words(
        verdict=verdict_of(row, measure, selection, change=change),
        plain=with_certainty(
            size_of(row, measure, selection, change=change),
            certainty_sentence(row, measure, change=change),
        ),
        technical=technical_of(row, adjustment=selection.adjust, name=measure.plain),
        size=size_in(row, measure, "change" if change else "level"),
    )


def size_in(row: pd.Series, measure: Named, form: str) -> Size:
    """Return the estimate of a row as the one number that words are about.

    Args:
        row: With ``gap``.
        measure: What the row is about.
        form: What of the measure it is, as a key: its level, its change, or another outcome.
    """
    return Size(of=f"{measure.key} {form}", value=float(row["gap"]), name=measure.plain)
