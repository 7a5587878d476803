"""The smallest change of every indicator that a programme to come would probably see."""

from math import isnan
from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.placebo_programmes import design_of
from analytics.evaluation.plan_columns import (
    AFTER,
    ASKED,
    BEFORE,
    COUNCILS,
    DRAWN_FROM,
    FIRST,
    LAST,
    LEVEL,
    PROGRAMMES,
    RELATIVE,
    SIMULATION,
    SMALLEST,
    SPREAD,
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
from analytics.evaluation.planned import POWER, measures_of, planned
from analytics.evaluation.verdict_columns import KEY, NAME, SCALE, SHORT, UNIT, WITHHELD
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import PLANNED
from analytics.selection.selection import Selection
from analytics.text.wording import ALPHA, number, upper_first, years_label
from analytics.text.words import Size, Words, technical_line
from data.schema import number_in, records
from data.sources.source import Kind

COLUMNS: Final = (
    NAME, KEY, UNIT, SMALLEST, *SIMULATION, RELATIVE, LEVEL, SPREAD, COUNCILS, BEFORE, AFTER,
    DRAWN_FROM, PROGRAMMES, FIRST, LAST, WITHHELD, SHORT, SCALE, ASKED,
)  # fmt: skip


def detectable_changes(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Plan one programme for every indicator, one row each.

    Args:
        tables: The tables of ``INDICATOR_FAMILY`` by key.
        selection: Holds the design, and names the indicator in question.
    """
    design, rows = design_of(selection), list[dict[str, object]]()
    for one in measures_of(selection):
        asked = one.key == selection.indicator
        found = planned(tables, design, one, councils=selection.plan_councils, in_question=asked)
        rows.append(
            {
                "name": one.name,
                "key": one.key,
                "unit": one.unit,
                "councils": selection.plan_councils,
                "years_before": design.before,
                "years_after": design.after,
                **found.cells,
                "short": one.short_name,
                "scale": one.scale.value,
                "asked": "yes" if asked else "no",
            }
        )
    return pd.DataFrame(rows)


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    row = records(frame[frame["asked"] == "yes"])[0]
    measure, many = INDICATOR_FAMILY.measure(selection), councils_words(selection.plan_councils)
    if row["withheld"]:
        return Words(
            verdict="Nothing can be planned for this indicator with this choice",
            plain=(str(row["withheld"]),),
        )
    size, relative = number_in(row, "smallest_change"), number_in(row, "relative")
    share = "" if isnan(relative) else f" of about {number(relative, 0)}%"
    years = years_label(int(number_in(row, "first_year")), int(number_in(row, "last_year")))
    interval = (number(number_in(row, f"smallest_change_{end}"), 1) for end in ("low", "high"))
    return Words(
        verdict=f"{upper_first(many)} would probably show a change{share}",
        plain=(
            (
                f"For {measure.plain.subject}, a change of {change_words(measure, size)} would be "
                f"seen {OFTEN}."
            ),
            (
                f"That is with {many}, {years_words(design_of(selection))}; smaller changes would "
                "often be missed."
            ),
        ),
        technical=technical_line(
            f"smallest {exact_words(measure, size)}",
            f"simulation interval {' to '.join(interval)}",
            f"sign-flip test at {ALPHA}, power {POWER}",
            f"{number(number_in(row, 'programmes'), 0)} programmes from "
            f"{number(number_in(row, 'drawn_from'), 0)} councils",
            f"SD of changes {number(number_in(row, 'spread'), 1)}",
            f"spread of {years}",
        ),
        size=Size(of=measure.key, value=size, name=measure.plain, is_level=True),
    )


detectable: Final = register(
    Finding(
        key="plan-detectable",
        follows=PLANNED,
        title="Smallest change that would be seen, every indicator",
        subtitle=subtitle,
        unit="% of the usual level",
        sources=INDICATOR_FAMILY.sources,
        columns=COLUMNS,
        analyse=detectable_changes,
        words=_words,
        notes=lambda _, selection: notes(selection),
        method=method,
        kind=Kind.OFFICIAL,
        whole="plan-changes",
        about="One row per indicator: the smallest change a programme to come would probably see.",
        is_change=True,
        pinned=True,
        unanswered=unanswered,
    )
)
