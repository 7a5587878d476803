"""For planning: which difference a study of so many pilots would find, with the tests used here."""

from math import isfinite
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import Compared
from analytics.evaluation.in_question import (
    DETECTABLE,
    ESTIMATE,
    HIGH,
    LOW,
    N,
    compared_on,
    opening,
    outcome_subtitle,
    question_method,
    too_few,
)
from analytics.evaluation.measure_families import TABLES, family_of, unread
from analytics.evaluation.method_card import Facts
from analytics.evaluation.outcomes import outcomes
from analytics.evaluation.reasons import FEWEST_PILOTS
from analytics.evaluation.verdict_columns import (
    KEY,
    NAME,
    SCALE,
    SHORT,
    SPOKEN,
    T_HIGH,
    T_LOW,
    UNIT,
    P,
)
from analytics.evaluation.verdicts import bounded
from analytics.methods.averages import mean_of_present
from analytics.methods.detectable import smallest_detectable
from analytics.methods.gap import mean_gap
from analytics.methods.multiplicity import adjust
from analytics.methods.planning import MOST_SIMULATED, STUDIES, adjusted_level, flip_detectable
from analytics.methods.signflip import sign_flips
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Adjustment
from analytics.selection.follows import GAPS
from analytics.selection.selection import Selection
from analytics.text.certainty import NOT_COUNTED
from analytics.text.quantity import with_unit
from analytics.text.wording import ALPHA, MOST_WORDS, lower_first, number, pluralise, significant
from analytics.text.words import Words, technical_line
from data.schema import Column, text
from data.sources.source import Kind

Floats = NDArray[np.float64]

_POWER: Final = "The true difference that would be found four times in five"
FLIP: Final = Column(
    name="detectable_flip",
    label="Would be found",
    decimals=2,
    about=f"{_POWER} by the exact sign-flip test at 0.05, from the spread between these pilots. "
    "Empty where so few pilots cannot reach 0.05.",
)
FLIP_ADJUSTED: Final = Column(
    name="detectable_adjusted",
    label="Would be found, adjusted",
    decimals=2,
    about=f"{_POWER} by the same test at the level that the chosen adjustment leaves to one of "
    "the rows. Empty where so few pilots cannot reach that.",
)
LEVEL: Final = Column(
    name="level_adjusted",
    label="Level of one test",
    decimals=4,
    about="What the adjustment leaves to one test of the family.",
)
RELATIVE: Final = Column(
    name="relative",
    label="Would be found, % of the comparator's level",
    decimals=0,
    about="Empty where the level is not above zero.",
)
RELATIVE_ADJUSTED: Final = Column(
    name="relative_adjusted", label="The same, adjusted", decimals=0, about="Likewise."
)
PLANNING_COLUMNS: Final = (
    NAME, KEY, UNIT, N, ESTIMATE, LOW, HIGH, P,
    Column(name="p_adjusted", label="p, adjusted", decimals=3),
    DETECTABLE,
    Column(name="ratio", label="Observed over detectable", decimals=2, in_table=False,
           about="Size of the estimate over what a t-test would find. No verdict follows from it."),
    SHORT,
    text("withheld", "Why not answered"),
    SCALE,
    SPOKEN,
    FLIP, FLIP_ADJUSTED, LEVEL, RELATIVE, RELATIVE_ADJUSTED, T_LOW, T_HIGH,
)  # fmt: skip


def detectable(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Work out for every measure which difference a study like this would find.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.
    """
    family = family_of(selection).core()
    found = compared_on(tables, selection, tuple(one.key for one in family))
    each = outcomes(found, selection.outcome)
    counts = np.isfinite(each).sum(axis=1)
    held = np.where((counts >= FEWEST_PILOTS)[:, None], each, np.nan)
    group, p = mean_gap(held), sign_flips(held)
    least = smallest_detectable(group.sd, group.n)
    levels = adjusted_level(held, method=selection.adjust.value)
    alone, adjusted = (
        flip_detectable(group.sd, group.n, level) for level in (np.full(len(held), ALPHA), levels)
    )
    size = np.abs(group.estimate)
    return pd.DataFrame(
        {
            **opening(family, group, selection),
            "n": counts,
            "p": p,
            "p_adjusted": adjust(p, held, method=selection.adjust.value),
            "detectable": least,
            "ratio": np.divide(size, least, out=np.full(len(size), np.nan), where=least > 0),
            "withheld": [too_few(int(n), selection)[1] for n in counts],
            "detectable_flip": bounded(alone),
            "detectable_adjusted": bounded(adjusted),
            "level_adjusted": levels,
            "relative": bounded(_relative(alone, found, selection)),
            "relative_adjusted": bounded(_relative(adjusted, found, selection)),
        }
    )


def _relative(size: Floats, found: Compared, selection: Selection) -> Floats:
    """Return sizes in per cent of the comparator's level; NaN where that is not above zero."""
    if selection.outcome.is_log:
        return 100 * np.expm1(size)
    faced = np.where(np.isfinite(found.own), found.comparator, np.nan)
    level = mean_of_present(mean_of_present(faced))
    return 100 * size / np.where(level > 0, level, np.nan)


def _planning_words(frame: pd.DataFrame, selection: Selection) -> Words:
    answered = frame[frame["withheld"] == ""]
    n, few = int(answered["n"].max()), answered[answered["relative"].notna()]
    technical = technical_line(
        f"n {n}" if int(answered["n"].min()) == n else f"n {int(answered['n'].min())} to {n}",
        f"sign-flip test at {ALPHA}, power 0.8",
        _level(answered, selection),
        f"{STUDIES:,} simulated studies" if n <= MOST_SIMULATED else "",
        *(_row(row) for _, row in few.sort_values("relative").iloc[[0, -1]].iterrows()),
    ) if len(few) else f"n {n} · sign-flip test: smallest p possible {2 / 2**n:.3g}"  # fmt: skip
    if not len(few):
        return Words(
            verdict=f"A study of {pluralise(n, 'pilot')} would be too small",
            plain=(
                "With so few pilots, the test used here could tell nothing from chance.",
                "Comparing pilots with groups of other councils is another test.",
            ),
            technical=technical,
        )
    kind = "changes" if selection.outcome.is_change else "differences"
    typical = number(float(few["relative"].median()), 0)
    return Words(
        verdict=f"A study this size would find {kind} of about {typical}%",
        plain=(
            *_range(few, selection),
            _counted(few, selection),
        ),
        technical=technical,
    )


def _range(few: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    ends = few.sort_values("relative")
    low, high = (number(float(ends["relative"].iloc[at]), 0) for at in (0, -1))
    if len(ends) == 1 or low == high:
        return (f"It would find {low}% of the usual level four times in five.",)
    measures = family_of(selection).measures
    least, most = (measures[ends["key"].iloc[at]].plain.subject for at in (0, -1))
    said = f"Four times in five it would find {low}% of the usual level for {least}"
    whole = f"{said}, and {high}% for {most}."
    if len(whole.split()) <= MOST_WORDS:
        return (whole,)
    return f"{said}.", f"For {most} it would find {high}%."


def _counted(few: pd.DataFrame, selection: Selection) -> str:
    if selection.adjust is Adjustment.NONE:
        return NOT_COUNTED
    if few["relative_adjusted"].isna().all():
        return "Once the number of tests is counted, so few pilots could show nothing."
    typical = float(few["relative_adjusted"].fillna(np.inf).median())
    if not isfinite(typical):
        return "Once the number of tests is counted, most measures could show nothing."
    return f"Once the number of tests is counted, about {number(typical, 0)}% would be needed."


def _level(answered: pd.DataFrame, selection: Selection) -> str:
    if selection.adjust is Adjustment.NONE:
        return "not adjusted"
    levels = answered["level_adjusted"].dropna()
    if not len(levels):
        return ""
    low, high = levels.min(), levels.max()
    said = f"{low:.2g}" if f"{low:.2g}" == f"{high:.2g}" else f"{low:.2g} to {high:.2g}"
    return f"after {selection.adjust.label} at {said}"


def _row(row: pd.Series) -> str:
    places = max(significant(row["detectable_flip"]), 1)
    size = with_unit(number(row["detectable_flip"], places), row["unit"], row["scale"])
    after = float(row["detectable_adjusted"])
    adjusted = f", adjusted {number(after, places)}" if isfinite(after) else ""
    return f"{row['short']} {size}{adjusted}"


def _planning_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            "What would be found: the true difference that the exact sign-flip test would find "
            "four times in five, by simulation from the spread observed between these pilots. It "
            "is for a study to come, and no verdict on figures already seen (Hoenig and Heisey, "
            "2001); for those read what their range rules out."
        ),
        (
            "The chart shows each in per cent of the comparator's level, so that measures share "
            "an axis; in the measure's own unit they are in the table."
        ),
        *([] if selection.outcome.is_change else ["A level difference is not a change."]),
    )


def _planning_method(selection: Selection) -> Facts:
    adjusted = {
        Adjustment.NONE: "None.",
        Adjustment.HOLM: "0.05 over the number of rows, which the first to pass must be below.",
        Adjustment.BH: "0.05 over the number of rows, which one that passes alone must be below.",
        Adjustment.MAX_T: "How often, over joint sign flips, |t| of the row is beyond what the "
        "largest |t| of all rows passes in 5% of flips.",
    }[selection.adjust]
    return (
        *question_method(selection),
        ("Power", f"{STUDIES:,} simulated studies with normal gaps, power 0.8, seeded."),
        ("Level of one test", adjusted),
    )


detectables: Final = register(
    Finding(
        key="robustness-detectable",
        follows=GAPS | {"about", "adjust", "outcome"},
        title=lambda s: f"For planning: {lower_first(s.outcome.label)}, every measure",
        subtitle=outcome_subtitle,
        unit="% of the comparator's level",
        sources=TABLES,
        unread=unread,
        columns=PLANNING_COLUMNS,
        analyse=detectable,
        words=_planning_words,
        notes=_planning_notes,
        method=_planning_method,
        kind=Kind.OFFICIAL,
        whole="measures-every-year",
        about="One row per measure: which difference a study of so many pilots would find.",
    )
)
