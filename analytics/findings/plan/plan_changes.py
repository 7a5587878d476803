"""How much each council's gap changed without any programme: the spread that plans rest on."""

from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.placebo_programmes import councils_of, design_of
from analytics.evaluation.plan_words import method, notes, subtitle, years_words
from analytics.evaluation.planned import measures_of
from analytics.evaluation.verdict_columns import KEY, NAME, UNIT
from analytics.methods.refusal import NotEstimableError
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import PLANNED
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.wording import number
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

COLUMNS: Final = (
    NAME,
    KEY,
    UNIT,
    key_text("code", "GSS code"),
    text("place", "Place"),
    Column(
        name="gap_change",
        label="Change of the gap",
        decimals=2,
        about="Mean gap of the years after less mean gap of the years before, with its whole "
        "comparator; empty where the council cannot be compared.",
    ),
    Column(
        name="first_year", label="First year", kind=ColumnKind.YEAR, about="First of the years."
    ),
    Column(name="last_year", label="Last year", kind=ColumnKind.YEAR, about="Last of the years."),
)


def changes_of_councils(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return the change in the gap of every council that programmes are drawn from.

    Args:
        tables: The tables of ``INDICATOR_FAMILY`` by key.
        selection: Holds the design, and names the indicator in question.

    Raises:
        NotEstimableError: No indicator can be planned; the reason is that of the first.
    """
    pinned = design_of(selection).selection
    panel = INDICATOR_FAMILY.panel(tables, pinned)
    parts, refusals = list[pd.DataFrame](), list[NotEstimableError]()
    for one in measures_of(selection):
        try:
            councils = councils_of(
                panel, tables[sources.NEIGHBOURS.key], design_of(selection), one.key
            )
        except NotEstimableError as refusal:
            refusals.append(refusal)
            continue
        parts.append(
            pd.DataFrame(
                {
                    "name": one.name,
                    "key": one.key,
                    "unit": one.unit,
                    "code": councils.codes,
                    "place": [place_name(code) for code in councils.codes],
                    "gap_change": councils.changes,
                    "first_year": float(councils.years[0]),
                    "last_year": float(councils.years[-1]),
                }
            )
        )
    if not parts:
        raise refusals[0]
    return pd.concat(parts, ignore_index=True)


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    own = frame[frame["key"] == selection.indicator]["gap_change"].dropna()
    measure = INDICATOR_FAMILY.measure(selection)
    if not len(own):
        return Words(
            verdict="Changes of councils without any programme",
            plain=("This indicator has too few figures for this design.",),
        )
    places = measure.plain.decimals(float(own.std()))
    half = measure.plain.size(float(own.abs().median()), places)
    return Words(
        verdict="Without any programme, councils change by themselves",
        plain=(
            (
                f"For {measure.plain.subject}, half of councils moved by more than {half} against "
                f"{selection.than}."
            ),
        ),
        technical=technical_line(
            f"{len(own)} councils",
            f"SD {number(float(own.std()), 1)}",
            years_words(design_of(selection)),
        ),
    )


changes: Final = register(
    Finding(
        key="plan-changes",
        follows=PLANNED,
        title="Changes of councils without any programme",
        subtitle=subtitle,
        sources=INDICATOR_FAMILY.sources,
        columns=COLUMNS,
        analyse=changes_of_councils,
        words=_words,
        notes=lambda _, selection: notes(selection),
        method=method,
        kind=Kind.OFFICIAL,
        about="Every council that programmes are drawn from, with its change per indicator.",
        is_change=True,
        pinned=True,
    )
)
