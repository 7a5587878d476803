"""What the tests of a selection say of one claim: status, words and figures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import isnan
from typing import Final

import pandas as pd

from analytics.claims.claim import Claim, Reading
from analytics.claims.status import (
    Outcome,
    Status,
    of_difference,
    of_no_change,
    of_readings,
    was_there,
)
from analytics.evaluation.family_words import family_technical, rows_tested
from analytics.evaluation.verdict_columns import PLACEBO
from analytics.evaluation.verdict_words import (
    UNBOUNDED,
    certainty_of,
    certainty_sentence,
    size_of,
    technical_of,
)
from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.quantity import Scale
from analytics.text.wording import (
    counted,
    lower_first,
    pluralise,
    upper_first,
    year_label,
    years_label,
)
from analytics.text.words import technical_line

Figures = dict[str, float]

NUMBERS: Final = (
    "gap", "low", "high", "t_low", "t_high", "n", "p", "p_adjusted", "detectable", "ruled_out",
    *(column.name for column in PLACEBO),
)  # fmt: skip
NOTHING: Final[Mapping[str, float]] = dict.fromkeys(NUMBERS, float("nan"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """What a check gave for one claim.

    Attributes:
        status: What became of it, later studies not yet heard.
        found: Direction, number, range and how sure, in plain words.
        technical: The same for statisticians, in one line.
        key: Key of the measure that the figures are of, or empty.
        measure: Its name, or empty.
        unit: Its unit, or empty.
        scale: What the unit measures on.
        certain: How sure the figures are.
        figures: Columns of ``verdict_columns`` of that measure; NaN where withheld.
        grew: Whether a difference that was claimed became clearly larger after the start.
    """

    status: Status
    found: str
    technical: str
    key: str
    measure: str
    unit: str
    scale: Scale
    certain: Certainty
    figures: Figures
    grew: bool = False


def silent(status: Status, words: str) -> CheckedClaim:
    """Answer without figures.

    Args:
        status: Why there are none.
        words: The same in a sentence.
    """
    return CheckedClaim(
        status=status,
        found=words,
        technical="",
        key="",
        measure="",
        unit="",
        scale=Scale.OTHER,
        certain=Certainty.UNTESTABLE,
        figures=dict(NOTHING),
    )


def _answer(status: Status, found: str, technical: str, row: pd.Series) -> CheckedClaim:
    return CheckedClaim(
        status=status,
        found=found,
        technical=technical,
        key=str(row["key"]),
        measure=str(row["name"]),
        unit=str(row["unit"]),
        scale=Scale(str(row["scale"])),
        certain=certainty_of(row),
        figures={name: float(row[name]) for name in NUMBERS},
    )


def outcome_of(row: pd.Series) -> Outcome:
    """Return what the tests gave for one row.

    Args:
        row: With the columns of ``verdict_columns``.
    """
    return Outcome(
        estimate=float(row["gap"]),
        certain=certainty_of(row),
        n=int(row["n"]),
        p_small=float(row["p_equivalence"]),
    )


def outcomes_of(frame: pd.DataFrame) -> list[Outcome]:
    """Return what the tests gave for each row, in order.

    Args:
        frame: With the columns of ``verdict_columns``.
    """
    columns = (frame[name].tolist() for name in ("gap", "certain", "n", "p_equivalence"))
    return [
        Outcome(estimate=float(gap), certain=Certainty(sure), n=int(n), p_small=float(small))
        for gap, sure, n, small in zip(*columns, strict=True)
    ]


def row_of(frame: pd.DataFrame, key: str) -> pd.Series:
    """Return the row of one measure.

    Args:
        frame: One row per measure.
        key: Of the measure.
    """
    return frame.iloc[frame["key"].tolist().index(key)]


def difference(
    claim: Claim,
    levels: pd.DataFrame,
    before: pd.DataFrame,
    changes: pd.DataFrame,
    *,
    selection: Selection,
) -> CheckedClaim:
    """Check a claim that pilots stand below, or above, their comparator.

    Args:
        claim: From the registry.
        levels: One row per core indicator.
        before: The same for the years before the start.
        changes: The same for the change after it.
        selection: What the rows are made under.
    """
    statuses, words, lines = list[Status](), list[str](), list[str]()
    tails = list[str]()
    keys = [one.key for one in claim.readings]
    for one in claim.readings:
        row, earlier = row_of(levels, one.key), row_of(before, one.key)
        statuses.append(of_difference(outcome_of(row), lower=one.lower, before=outcome_of(earlier)))
        words.append(" ".join(_reading_words(one, row, earlier, selection)))
        if not row["withheld"]:
            tails += [_years(row, selection), _changed(one, row_of(changes, one.key), selection)]
            name = f"{INDICATORS[one.key].short_name}: " if len(keys) > 1 else ""
            lines.append(f"{name}{_reading_technical(one, row, earlier, selection)}")
    given = _answer(
        of_readings(statuses),
        " ".join(one for one in dict.fromkeys([*words, *tails]) if one),
        technical_line(*lines),
        row_of(levels, keys[0]),
    )
    return replace(given, grew=any(_grew(one, changes) for one in claim.readings))


def _grew(reading: Reading, changes: pd.DataFrame) -> bool:
    """Whether pilots moved further in the direction claimed, clear of chance and of the tests."""
    change = outcome_of(row_of(changes, reading.key))
    return of_difference(change, lower=reading.lower) is Status.REPRODUCED


def _reading_words(
    reading: Reading, row: pd.Series, earlier: pd.Series, selection: Selection
) -> list[str]:
    """Say of one measure: how far apart, how sure, and whether that was so before."""
    measure = INDICATORS[reading.key]
    if row["withheld"]:
        return [str(row["withheld"])]
    said = [
        *size_of(row, measure, selection, change=False),
        *([UNBOUNDED] if isnan(row["low"]) else []),
        certainty_sentence(row, measure, change=False),
    ]
    if was_there(outcome_of(earlier), lower=reading.lower):
        size = " ".join(size_of(earlier, measure, selection, change=False))
        said.append(f"Before the project: {lower_first(size)}")
        said.append(f"That was {certainty_of(earlier).label}.")
    return said


def _reading_technical(
    reading: Reading, row: pd.Series, earlier: pd.Series, selection: Selection
) -> str:
    """Write one measure as a statistician reads it, with what was there before."""
    name = INDICATORS[reading.key].plain
    now, then = (
        technical_of(one, adjustment=selection.adjust, name=name) for one in (row, earlier)
    )
    there = was_there(outcome_of(earlier), lower=reading.lower)
    return technical_line(now, f"before the project: {then}" if there else "")


def _changed(reading: Reading, row: pd.Series, selection: Selection) -> str:
    if row["withheld"]:
        return str(row["withheld"])
    sure = certainty_of(row)
    if sure is Certainty.UNTESTABLE:
        return ""
    measure = INDICATORS[reading.key]
    if sure is Certainty.NOT_CLEAR:
        return "No change after the start is clear."
    size = " ".join(size_of(row, measure, selection, change=True))
    return f"{size} {upper_first(sure.label)}."


def _years(row: pd.Series, selection: Selection) -> str:
    """Name the years of a gap where they are not the whole period."""
    first, last = int(row["first_used"]), int(row["last_used"])
    if (first, last) == (selection.first, selection.last):
        return ""
    if first == last:
        return f"Figures are of {year_label(first)}."
    return f"Figures are of {years_label(first, last)}."


def surest(frame: pd.DataFrame) -> str:
    """Return the key of the measure with the smallest p, adjusted first; none tested, no key.

    Args:
        frame: One row per measure.
    """
    tested = frame[frame["p"].notna()]
    ordered = tested.sort_values(["p_adjusted", "p"], kind="stable")
    return str(ordered["key"].iloc[0]) if len(ordered) else ""


def no_change(frame: pd.DataFrame, *, selection: Selection) -> CheckedClaim:
    """Check a claim that spending did not change.

    Args:
        frame: One row per core ratio, of its change.
        selection: What the rows are made under.
    """
    outcomes = outcomes_of(frame)
    status = of_no_change(outcomes)
    held = frame[frame["p"].notna()]
    if not len(held):
        return silent(status, " ".join(dict.fromkeys(frame["withheld"])))
    lead = row_of(frame, surest(frame))
    measure = RATIOS[lead["key"]]
    changed = sum(one.clear for one in outcomes)
    testable = len(rows_tested(held))
    if status in {Status.UNTESTABLE, Status.UNANSWERED}:
        words = [certainty_sentence(lead, measure, change=True)]
    elif changed:
        words = [
            f"{upper_first(counted(changed))} of {counted(testable)} ratios changed clearly.",
            *size_of(lead, measure, selection, change=True),
        ]
    else:
        words = [
            f"No change is clear on {pluralise(testable, 'ratio')}.",
            small_words(sum(one.is_small for one in outcomes), len(outcomes), selection),
        ]
    technical = technical_line(
        family_technical(held, selection),
        f"smallest p, {lower_first(measure.short_name)}: "
        f"{technical_of(lead, adjustment=selection.adjust, name=measure.plain)}",
    )
    return _answer(status, " ".join(words), technical, lead)


def small_words(small: int, of: int, selection: Selection) -> str:
    """Say for how many ratios a change of the margin is ruled out.

    Args:
        small: How many.
        of: How many there are.
        selection: Holds the margin.
    """
    size = f"A change of {selection.margin.value}% or more"
    if not small:
        return f"{size} cannot be ruled out for any of them."
    if small == of:
        return f"{size} is ruled out for all of them."
    return f"{size} is ruled out for {counted(small)} of {counted(of)} only."
