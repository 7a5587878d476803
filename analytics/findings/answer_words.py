"""The answer in words: what changed first, whether it lasted, what was there before."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import isnan
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL, certainty_of, interval_words
from analytics.findings.answer_spending import spending_words
from analytics.measures.indicators.registry import INDICATORS
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty
from analytics.text.wording import (
    counted,
    fitting,
    none_of,
    p_words,
    signed,
    significant,
    upper_first,
    year_label,
)
from analytics.text.words import Words, technical_line
from data.wording import count_words

#: Both, where there are more all.
_PAIR: Final = 2


class Step(StrEnum):
    """What is asked, in this order."""

    DIFFERED = "differed"
    BEFORE = "before"
    CHANGED = "changed"
    LASTED = "lasted"
    RULED_OUT = "ruled-out"

    @property
    def label(self) -> str:
        """The question."""
        return {
            Step.DIFFERED: "What differed over the period?",
            Step.BEFORE: "What was there before?",
            Step.CHANGED: "What changed after the start?",
            Step.LASTED: "What lasted?",
            Step.RULED_OUT: "What is ruled out?",
        }[self]


class Lasting(StrEnum):
    """Whether the surest change was there later, large on a tile."""

    YES = "Yes"
    LESS = "Less surely"
    NOT_CLEARLY = "Not clearly"
    TURNED = "No"
    UNTESTED = "Cannot be tested"


def how_it_lasted(changed: pd.Series, latest: pd.Series) -> Lasting:
    """Say whether a change was there later, by its test over the later years alone.

    A later change that is not clear may be there all the same: only one that is clear the other
    way says that the first did not last.

    Args:
        changed: Row of the change.
        latest: The same over all years to a later one.
    """
    sure, kept = Certainty(latest["certain"]), latest["gap"] * changed["gap"] > 0
    if sure is Certainty.UNTESTABLE:
        return Lasting.UNTESTED
    if sure in SURE:
        return Lasting.YES if kept else Lasting.TURNED
    return Lasting.LESS if kept and sure is Certainty.ALONE else Lasting.NOT_CLEARLY


def answer_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say the answer in three layers.

    Args:
        frame: Rows of the finding ``answer``.
        selection: What the reader chose.
    """
    by_step = rows_by_step(frame)
    measured = (Step.DIFFERED, Step.CHANGED, Step.LASTED)
    spending = spending_words(frame["spending"].iloc[0], selection)
    return Words(
        verdict=_verdict(by_step, selection, spending),
        plain=_plain(by_step, selection, spending),
        technical=technical_line(*(_technical(step, by_step[step]) for step in measured)),
    )


def rows_by_step(frame: pd.DataFrame) -> dict[Step, list[pd.Series]]:
    """Return the rows of each step in their order.

    Args:
        frame: Rows of the finding ``answer``.
    """
    rows = [row for _, row in frame.iterrows()]
    return {step: [row for row in rows if row["step"] == step] for step in Step}


def _verdict(
    by_step: Mapping[Step, Sequence[pd.Series]], selection: Selection, spending: str
) -> str:
    """Say what became of the indicators, as what the sentence is about."""
    differed, changed = by_step[Step.DIFFERED], by_step[Step.CHANGED]
    if changed[0]["key"]:
        return _changed_verdict(changed[0], by_step[Step.LASTED], selection)
    untold = changed[0]["certain"] == Certainty.UNTESTABLE
    if differed[0]["key"]:
        rest = "; changes cannot be tested" if untold else ", but none changed clearly"
        many = counted(len(differed))
        on = f"{many} indicator{'' if len(differed) == 1 else 's'}"
        return f"{upper_first(selection.who)} differed on {on}{rest}"
    if differed[0]["certain"] == Certainty.UNTESTABLE:
        return f"{TOO_FEW_TO_TELL} about the indicators" if spending else TOO_FEW_TO_TELL
    if untold:
        return f"No clear difference in the indicators from {selection.than}"
    return f"No clear difference or change in {selection.who}' indicators"


def _changed_verdict(row: pd.Series, lasted: Sequence[pd.Series], selection: Selection) -> str:
    """Say of the surest change whether it lasted."""
    name = INDICATORS[row["key"]].plain
    verb, noun = ("fell", "fall") if row["gap"] < 0 else ("rose", "rise")
    said, short = f"{name.subject} {verb}", f"a clear {noun}"
    later = [one for one in lasted if one["key"] == row["key"] and not isnan(one["gap"])]
    how = [how_it_lasted(row, one) for one in later]
    if not how or how[-1] is Lasting.UNTESTED:
        against = f" against {selection.than}"
        return upper_first(fitting(f"{said}{against}", said, f"{short}{against}"))
    last = year_label(int(later[-1]["last_used"]))
    # A change that stayed clear for some of the later years is not called unclear in all.
    when = f"to {last}" if Lasting.YES in how else "in later years"
    rest = {
        Lasting.YES: f", and it lasted to {last}",
        Lasting.LESS: ", but less surely later",
        Lasting.NOT_CLEARLY: f"; no longer clearly {when}",
        Lasting.TURNED: ", but it did not last",
    }[how[-1]]
    return upper_first(fitting(f"{said}{rest}", f"{short}{rest}"))


def _plain(
    by_step: Mapping[Step, Sequence[pd.Series]], selection: Selection, spending: str
) -> tuple[str, ...]:
    differed, changed, lasted = (
        by_step[step] for step in (Step.DIFFERED, Step.CHANGED, Step.LASTED)
    )
    first = changed[0]
    said = [first["says"]]
    if first["key"]:
        said += [one["says"] for one in lasted if one["key"] == first["key"]][-1:]
    elif differed[0]["key"]:
        said.insert(0, differed[0]["says"])
    said += [one for one in (there_before(by_step, selection), spending) if one]
    return tuple(dict.fromkeys(said))


def there_before(by_step: Mapping[Step, Sequence[pd.Series]], selection: Selection) -> str:
    """Say how many of the clear differences were there before the project.

    Args:
        by_step: From ``rows_by_step``.
        selection: What the reader chose.

    Returns:
        A sentence, or "" where nothing differs or no year before the project is chosen.
    """
    clear = [row for row in by_step[Step.DIFFERED] if row["key"]]
    if not clear or selection.first > selection.programme.last_before:
        return ""
    return _there_before(clear, by_step[Step.BEFORE])


def _there_before(differed: Sequence[pd.Series], before: Sequence[pd.Series]) -> str:
    """Count the differences that were there before the project, in the same direction.

    A difference counts as there if it is clear of chance alone. That is easier to meet than the
    rule for the difference now, on purpose: a caveat that waits for the number of tests would
    make what was there before look new.
    """
    by_key, many = {row["key"]: row for row in before}, len(differed)
    earlier = [by_key[row["key"]] for row in differed]
    there = sum(map(_was_there, earlier, differed))
    untold = sum(certainty_of(row) is Certainty.UNTESTABLE for row in earlier)
    if untold == many:
        those = "the one clear difference was" if many == 1 else "the clear differences were"
        return f"Too few figures to tell whether {those} there before the project."
    if many == 1:
        was = "was already there" if there else "was not clear"
        return f"The one clear difference {was} before the project, judged by chance alone."
    verb = "has" if untold == 1 else "have"
    rest = f"; {count_words(untold)} {verb} too few figures to tell" if untold else ""
    if not there:
        differences = f"{none_of(many)} of the {count_words(many)} differences"
        return f"{differences} was clear before the project, judged by chance alone{rest}."
    every = "Both" if many == _PAIR else f"All {count_words(many)}"
    which = (
        every if there == many else upper_first(f"{count_words(there)} of the {count_words(many)}")
    )
    verb = "was" if there == 1 else "were"
    return (
        f"{which} clear differences {verb} already there before the project, judged by chance "
        f"alone{rest}."
    )


def _was_there(earlier: pd.Series, row: pd.Series) -> bool:
    return certainty_of(earlier).stands_out and np.sign(earlier["gap"]) == np.sign(row["gap"])


def _technical(step: Step, rows: Sequence[pd.Series]) -> str:
    """Write the rows of a question for a statistician, the years once where they are the same."""
    by_years: dict[str, list[str]] = {}
    for row in rows:
        if row["key"] and not isnan(row["gap"]):
            by_years.setdefault(row["years"], []).append(_row_words(row))
    return technical_line(
        *(f"{step.value} {years}: {'; '.join(each)}" for years, each in by_years.items())
    )


def _row_words(row: pd.Series) -> str:
    places = max(significant(row["gap"]), 1)
    ends = interval_words(row["low"], row["high"], places)
    placebo = "" if isnan(row["p_placebo"]) else f", placebo {p_words(row['p_placebo'])}"
    return (
        f"{INDICATORS[row['key']].short_name} "
        f"{signed(row['gap'], places)} ({ends}, n {int(row['n'])}, {p_words(row['p'])}{placebo})"
    )
