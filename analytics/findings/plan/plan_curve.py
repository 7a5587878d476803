"""How the smallest change that would be seen falls with the number of councils and of years."""

from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.placebo_programmes import Design, design_of
from analytics.evaluation.plan_columns import (
    AFTER,
    ASKED,
    BEFORE,
    COUNCILS,
    DRAWN_FROM,
    FIRST,
    LAST,
    PROGRAMMES,
    RELATIVE,
    SIMULATION,
    SMALLEST,
)
from analytics.evaluation.plan_words import (
    OFTEN,
    change_words,
    councils_words,
    exact_words,
    method,
    notes,
    subtitle,
    unanswered,
    years_words,
)
from analytics.evaluation.planned import POWER, planned
from analytics.evaluation.verdict_columns import WITHHELD
from analytics.measures.measure import Measure
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.assumptions import PLAN_COUNCILS
from analytics.selection.follows import PLANNED
from analytics.selection.selection import Selection
from analytics.text.wording import ALPHA, number, upper_first
from analytics.text.words import Words, technical_line
from data.schema import text
from data.sources.source import Kind

#: Where a curve has points, beside the number of councils chosen and twice as many.
POINTS: Final = (6, 8, 12, 20, 30, 60)
#: Years on either side of the start of the designs that are beside the one chosen.
BESIDE: Final = (1, 3)
COLUMNS: Final = (
    text("design", "Design"), BEFORE, AFTER, COUNCILS, SMALLEST, *SIMULATION, RELATIVE,
    DRAWN_FROM, PROGRAMMES, FIRST, LAST, WITHHELD, ASKED,
)  # fmt: skip


def designs_of(selection: Selection) -> tuple[Design, ...]:
    """Return the designs that are drawn: the one chosen first, then others of equal sides.

    Args:
        selection: Holds the design.
    """
    chosen = design_of(selection)
    beside = (replace(chosen, before=years, after=years) for years in BESIDE)
    return tuple(dict.fromkeys((chosen, *beside)))


def curve_rows(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Plan programmes of more and fewer councils, one row a design and number.

    Args:
        tables: The tables of ``INDICATOR_FAMILY`` by key.
        selection: Holds the design, and names the indicator.
    """
    measure, rows = INDICATOR_FAMILY.measure(selection), list[dict[str, object]]()
    chosen, many = design_of(selection), selection.plan_councils
    twice = [2 * many] if 2 * many <= PLAN_COUNCILS[1] else []
    for design in designs_of(selection):
        more = twice if design == chosen else []
        for councils in sorted({*POINTS, many, *more}):
            asked = design == chosen and councils == many
            found = planned(tables, design, measure, councils=councils, in_question=asked)
            rows.append(
                {
                    "design": years_words(design),
                    "years_before": design.before,
                    "years_after": design.after,
                    "councils": councils,
                    **found.cells,
                    "asked": "yes" if asked else "no",
                }
            )
    return pd.DataFrame(rows)


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    measure = INDICATOR_FAMILY.measure(selection)
    known = frame[frame["withheld"] == ""]
    chosen = design_of(selection)
    own = known[known["years_before"].eq(chosen.before) & known["years_after"].eq(chosen.after)]
    if not len(own):
        reason = frame["withheld"].iloc[0]
        return Words(verdict="This design cannot be planned here", plain=(str(reason),))
    few, most = own.iloc[0], own.iloc[-1]
    return Words(
        verdict=_verdict(few, most),
        plain=(
            _more_councils(own, measure, selection.plan_councils),
            *_other_years(known, measure, selection),
        ),
        technical=technical_line(
            *(
                f"{_count(row)} councils {exact_words(measure, row['smallest_change'])}"
                for row in (few, most)
            ),
            f"sign-flip test at {ALPHA}, power {POWER}",
            f"at least {number(own['programmes'].min(), 0)} programmes a point",
        ),
    )


def _count(row: pd.Series) -> str:
    return number(float(row["councils"]), 0)


def _verdict(few: pd.Series, most: pd.Series) -> str:
    least, largest = (number(row["relative"], 0) for row in (few, most))
    return (
        f"{upper_first(councils_words(int(few['councils'])))} would show a {least}% change, "
        f"{councils_words(int(most['councils']))} {largest}%"
    )


def _more_councils(own: pd.DataFrame, measure: Measure, many: int) -> str:
    """Say what twice as many councils would show, or the most that are planned here."""
    twice = own[own["councils"] == 2 * many]
    if len(twice):
        size = change_words(measure, twice["smallest_change"].iloc[0])
        return (
            f"With {councils_words(2 * many)}, twice as many, a change of {size} would be seen "
            f"{OFTEN}."
        )
    row = own.iloc[-1]
    size = change_words(measure, row["smallest_change"])
    return f"With {councils_words(int(row['councils']))}, a change of {size} would be seen {OFTEN}."


def _other_years(known: pd.DataFrame, measure: Measure, selection: Selection) -> tuple[str, ...]:
    """Say what the same councils would show with other years: the design that would show most."""
    same = known[known["councils"] == selection.plan_councils]
    others = same[same["design"] != years_words(design_of(selection))]
    if not len(others):
        return ()
    best = others.sort_values("smallest_change").iloc[0]
    size = change_words(measure, best["smallest_change"])
    return (f"The same councils with {best['design']} would show a change of {size}.",)


curve: Final = register(
    Finding(
        key="plan-curve",
        follows=PLANNED,
        title="Smallest change, by number of councils",
        subtitle=lambda s: technical_line(INDICATOR_FAMILY.measure(s).name, subtitle(s)),
        unit=INDICATOR_FAMILY.unit,
        scale=INDICATOR_FAMILY.scale,
        sources=INDICATOR_FAMILY.sources,
        columns=COLUMNS,
        analyse=curve_rows,
        words=_words,
        notes=lambda _, selection: notes(selection),
        method=method,
        kind=Kind.OFFICIAL,
        whole="plan-changes",
        about="One row per years and number of councils: the smallest change probably seen.",
        is_change=True,
        pinned=True,
        unanswered=unanswered,
        measure=INDICATOR_FAMILY.measure,
    )
)
