"""Verdicts in three layers of words: one measure, or all measures of a family together."""

from collections.abc import Mapping, Sequence
from math import isfinite, isnan
from typing import Final

import pandas as pd

from analytics.evaluation.placebo_pool import DRAWS
from analytics.evaluation.verdicts import Reason
from analytics.measures.measure import Named
from analytics.selection.choices import Adjustment, Comparator
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, TOO_FEW, TOO_MANY_TESTS, Certainty, certainty_words
from analytics.text.wording import (
    ALPHA,
    MOST_WORDS,
    fitting,
    listed,
    number,
    p_words,
    signed,
    significant,
    upper_first,
)
from analytics.text.words import Words, technical_line
from data.wording import count_words

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
#: What is said without "may" or "possibly".
#: Most measures that a plain sentence names.
_MOST_NAMED: Final = 3


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
    one = len(selection.chosen) == 1 and selection.compare is Comparator.REGION
    return "its region" if one else selection.than


def certainty_of(row: pd.Series) -> Certainty:
    """Return how sure a row of verdicts is.

    Args:
        row: With the columns of ``analytics.evaluation.verdicts``.
    """
    return Certainty(row["certain"])


def verdict_of(row: pd.Series, measure: Named, selection: Selection, *, change: bool) -> str:
    """Say what was found on one measure, in words a councillor says aloud.

    Args:
        row: With the columns of ``analytics.evaluation.verdicts``.
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
        row: With the columns of ``analytics.evaluation.verdicts``.
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
        row: With the columns of ``analytics.evaluation.verdicts``.
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


def technical_of(row: pd.Series, *, adjustment: Adjustment) -> str:
    """Write one row as a statistician reads it.

    Args:
        row: With the columns of ``analytics.evaluation.verdicts``.
        adjustment: How p is adjusted.
    """
    places = max(significant(row["gap"]), 1)
    counted = adjustment is not Adjustment.NONE and not isnan(row["p_adjusted"])
    adjusted = f"{adjustment.label} {_p(row['p_adjusted'])}" if counted else ""
    return technical_line(
        f"n {int(row['n'])}",
        f"gap {signed(row['gap'], places)}",
        interval_words(row["low"], row["high"], places),
        f"exact {p_words(row['p'])}",
        adjusted,
        reach_words(row),
        placebo_words(row),
        _ruled_out(row, places),
    )


def interval_words(low: float, high: float, places: int) -> str:
    """Write an interval, or say that it is not bounded.

    Args:
        low: Lower end; missing where it is not bounded.
        high: Upper end.
        places: Decimals.
    """
    if isnan(low) or isnan(high):
        return "95% CI not bounded with so few"
    return f"95% CI {signed(low, places)} to {signed(high, places)}"


def reach_words(row: pd.Series) -> str:
    """Say what p can be reached, where that decides the answer.

    Args:
        row: With ``smallest_p`` and ``smallest_adjusted``.
    """
    if row["smallest_p"] >= ALPHA:
        return f"smallest p possible {row['smallest_p']:.3g}"
    if not row["smallest_adjusted"] < ALPHA:
        return f"smallest adjusted p possible {_p(row['smallest_adjusted'])}"
    return ""


def named_technical(row: pd.Series, measure: Named) -> str:
    """Write one row of several as a statistician reads it, with its name and its unit.

    Args:
        row: With the columns of ``analytics.evaluation.verdicts``.
        measure: What the row is about.
    """
    name, value = measure.plain, float(row["gap"])
    decimals = name.decimals(value) + 1
    low, high = float(row["low"]), float(row["high"])
    ends = (
        "95% CI not bounded with so few"
        if isnan(low) or isnan(high)
        else f"95% CI {name.signed(low, decimals)} to {name.signed(high, decimals)}"
    )
    gap = f"{measure.short_name} {name.signed(value, decimals)}{name.suffix}"
    return f"{gap} ({ends}, n {int(row['n'])}, exact {p_words(row['p'])})"


def placebo_words(row: pd.Series) -> str:
    """Write the placebo p and interval of a row, or nothing where there is none."""
    if isnan(row["p_placebo"]):
        return ""
    places = max(significant(row["gap"]), 1)
    ends = f"{signed(row['placebo_low'], places)} to {signed(row['placebo_high'], places)}"
    return f"placebo p {_p(row['p_placebo'])} ({DRAWS:,} groups), interval {ends}"


def _ruled_out(row: pd.Series, places: int) -> str:
    largest = float(row["ruled_out"])
    return f"beyond ±{number(largest, places)} ruled out" if isfinite(largest) else ""


def _p(p: float) -> str:
    """Write a p without the letter."""
    return p_words(p).removeprefix("p = ").removeprefix("p ")


def measure_words(row: pd.Series, measure: Named, selection: Selection, *, change: bool) -> Words:
    """Say what was found on one measure, in three layers.

    Args:
        row: With the columns of ``analytics.evaluation.verdicts``.
        measure: What the row is about.
        selection: What the reader chose.
        change: Whether it is about a change; else about a level.
    """
    if row["withheld"]:
        return Words(verdict=_VERDICTS[Reason(row["reason"])], plain=(row["withheld"],))
    return Words(
        verdict=verdict_of(row, measure, selection, change=change),
        plain=(
            *size_of(row, measure, selection, change=change),
            certainty_sentence(row, measure, change=change),
        ),
        technical=technical_of(row, adjustment=selection.adjust),
    )


def family_words(
    frame: pd.DataFrame,
    measures: Mapping[str, Named],
    selection: Selection,
    *,
    change: bool,
    things: str,
) -> Words:
    """Say what was found on all measures that are tested together, in three layers.

    Args:
        frame: With the columns of ``analytics.evaluation.verdicts``.
        measures: What rows are about, by key.
        selection: What the reader chose.
        change: Whether rows are about changes; else about levels.
        things: What a row is called, in the plural: "measures".
    """
    answered = frame[frame["withheld"] == ""]
    if not len(answered):
        why = " ".join(dict.fromkeys(frame["withheld"]))
        return Words(verdict=TOO_FEW_TO_TELL, plain=(why,))
    technical = family_technical(answered, selection)
    testable = answered[answered["certain"] != Certainty.UNTESTABLE]
    if not len(testable):
        row = answered.iloc[0]
        unbounded = (UNBOUNDED,) if answered["low"].isna().all() else ()
        return Words(
            verdict=TOO_FEW_TO_TELL,
            plain=(
                certainty_sentence(row, measures[row["key"]], change=change),
                *unbounded,
            ),
            technical=technical,
        )
    out = testable[testable["certain"].isin(_outstanding())]
    clear = _ordered(out[out["certain"].isin(SURE)])
    if len(clear):
        return Words(
            verdict=_clear_verdict(
                clear, measures, selection, change=change, of=len(answered), things=things
            ),
            plain=(
                *_clear_plain(clear, measures, selection, change=change),
                *untested_words(answered, things=things),
            ),
            technical=technical,
        )
    doing = "change" if change else "difference"
    against = "against" if change else "from"
    verdict = f"No clear {doing} {against} {selection.than} on {len(testable)} {things}"
    if len(testable) == 1:
        only = testable.iloc[0]
        verdict = verdict_of(only, measures[only["key"]], selection, change=change)
    plain = (
        *_unclear_plain(_ordered(out), measures, selection, change=change),
        *untested_words(answered, things=things),
    )
    return Words(verdict=verdict, plain=plain, technical=technical)


def untested_words(answered: pd.DataFrame, *, things: str) -> tuple[str, ...]:
    """Say how many of several cannot be tested, where others can.

    Args:
        answered: Rows that are answered.
        things: What a row is called, in the plural: "measures".
    """
    many = int((answered["certain"] == Certainty.UNTESTABLE).sum())
    if not 0 < many < len(answered):
        return ()
    count = upper_first(count_words(many))
    return (f"{count} of {len(answered)} {things} cannot be tested with this choice.",)


def _outstanding() -> set[str]:
    return {one.value for one in Certainty if one.stands_out}


def _ordered(frame: pd.DataFrame) -> pd.DataFrame:
    """Put the surest first; where p are equal, the most consistent."""
    size = frame["standardised"].abs()
    return (
        frame.assign(_size=-size.fillna(0))
        .sort_values(["p_adjusted", "p", "_size"], kind="stable")
        .drop(columns="_size")
    )


def _clear_verdict(
    clear: pd.DataFrame,
    measures: Mapping[str, Named],
    selection: Selection,
    *,
    change: bool,
    of: int,
    things: str,
) -> str:
    first = clear.iloc[0]
    if len(clear) == 1:
        return verdict_of(first, measures[first["key"]], selection, change=change)
    many = upper_first(count_words(len(clear)))
    if change:
        return f"{many} of {of} {things} changed clearly against {selection.than}"
    return f"{many} of {of} {things} differ clearly from {selection.than}"


def _clear_plain(
    clear: pd.DataFrame, measures: Mapping[str, Named], selection: Selection, *, change: bool
) -> tuple[str, ...]:
    first, rest = clear.iloc[0], clear.iloc[1:]
    said = [*size_of(first, measures[first["key"]], selection, change=change)]
    if len(rest):
        others = [_moved(row, measures[row["key"]], change=change) for _, row in rest.iterrows()]
        said.append(_named("Also clear", others))
    if first["certain"] == Certainty.UNCOUNTED:
        said.append("The number of tests is not counted.")
    return tuple(said)


def _moved(row: pd.Series, measure: Named, *, change: bool) -> str:
    if not change:
        return measure.plain.contrasted(row["gap"])
    return f"a {'fall' if row['gap'] < 0 else 'rise'} in {measure.plain.subject}"


def _named(lead: str, things: Sequence[str]) -> str:
    """Name as many things as a plain sentence holds, three at most, and count the others."""
    forms = list[str]()
    for many in range(min(_MOST_NAMED, len(things)), 0, -1):
        left = len(things) - many
        more = [f"{count_words(left)} more"] if left else []
        forms.append(f"{lead}: {listed([*things[:many], *more])}.")
    return fitting(*forms, f"{lead}: {count_words(len(things))} measures.", most=MOST_WORDS)


def _unclear_plain(
    alone: pd.DataFrame, measures: Mapping[str, Named], selection: Selection, *, change: bool
) -> tuple[str, ...]:
    """Name what is clear of chance alone, and say how large the first of it is."""
    if not len(alone):
        return (f"No {'change' if change else 'difference'} is distinguishable from chance.",)
    first = alone.iloc[0]
    named = [measures[key].plain.subject for key in alone["key"]]
    return (
        "None is clear of chance once the number of tests is counted.",
        _named("Clear of chance alone", named),
        *size_of(first, measures[first["key"]], selection, change=change),
    )


def family_technical(answered: pd.DataFrame, selection: Selection) -> str:
    """Write a family of tests as a statistician reads it.

    Args:
        answered: Rows that are answered.
        selection: Holds the adjustment.
    """
    first, adjustment = answered.iloc[0], selection.adjust
    least = answered["smallest_p"].min()
    remaining = int((answered["p_adjusted"] < ALPHA).sum())
    counted = adjustment is not Adjustment.NONE
    reach = answered["smallest_adjusted"].min()
    return technical_line(
        f"{len(answered)} tested",
        f"{int(first['joint_below'])} with p < {ALPHA} alone",
        f"as many in {_share(first['joint_p'], int(first['joint_flips']))} joint sign flips"
        if first["joint_below"]
        else "",
        f"{adjustment.label}: {remaining} below {ALPHA}" if counted else "not adjusted",
        f"smallest p possible {_p(least)}" if least >= ALPHA / 10 else "",
        f"smallest adjusted p possible {_p(reach)}" if counted and reach >= ALPHA / 10 else "",
    )


def _share(share: float, flips: int) -> str:
    return f"{round(share * flips):,} of {flips:,}"
