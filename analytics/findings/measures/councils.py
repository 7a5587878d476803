"""The findings about one council on every measure of a family: latest figures, and by year."""

from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd

from analytics.evaluation.measure_families import MeasureFamily, symbol_notes
from analytics.evaluation.method_card import Facts
from analytics.findings.measures.council import (
    council_by_year,
    council_columns,
    council_frame,
    year_columns,
)
from analytics.findings.measures.council_words import council_words
from analytics.publication.finding import Finding
from analytics.selection.choices import Comparator
from analytics.selection.places import authorities, pilots
from analytics.selection.selection import Selection
from analytics.text.wording import pluralise
from analytics.text.words import DOT, Words
from data.sources.source import Kind

Notes = tuple[str, ...]

DASHED: Final = (
    "Dashed lines are of the councils before or after a change of boundaries. They cover other "
    "areas, so they do not continue its line."
)

RANKED: Final = (
    "Rank 1 is the highest figure in England: for most measures that is neither good nor bad."
)


def council_of(
    family: MeasureFamily,
    *,
    key: str,
    follows: frozenset[str],
    decimals: int,
    notes: Notes = (),
    about: str,
) -> Finding:
    """Make the finding of one council on every measure of a family.

    Args:
        family: The family of the measures.
        key: Name in addresses; that of its whole table is ``KEY-years``.
        follows: What its rows and words follow of a selection.
        decimals: Of the values, in tables on screen.
        notes: What must be known of every figure of the family.
        about: One line for the list of findings.
    """
    return Finding(
        key=key,
        follows=follows,
        title=lambda s: f"{_whose(s)}: {family.called}s beside similar councils",
        subtitle=_subtitle,
        sources=family.sources,
        columns=council_columns(decimals),
        analyse=partial(council_frame, family),
        words=partial(council_words, family),
        notes=lambda frame, s: (*_notes(s), *notes, *symbol_notes(frame)),
        method=_method,
        kind=Kind.OFFICIAL,
        whole=f"{key}-years",
        about=about,
        pinned=True,
        of_council=True,
    )


def council_years_of(
    family: MeasureFamily,
    *,
    key: str,
    follows: frozenset[str],
    decimals: int,
    notes: Notes = (),
    about: str,
) -> Finding:
    """Make the finding that follows one council on every measure by year.

    Args:
        family: The family of the measures.
        key: Name in addresses.
        follows: What its rows and words follow of a selection.
        decimals: Of the values, in tables on screen.
        notes: What must be known of every figure of the family.
        about: One line for the list of findings.
    """
    return Finding(
        key=key,
        follows=follows,
        title=lambda s: f"{_whose(s)}: {family.called}s by year",
        subtitle=lambda s: DOT.join(_beside(s).parts_with("every year held")),
        sources=family.sources,
        columns=year_columns(decimals),
        analyse=partial(council_by_year, family),
        words=_year_words,
        notes=lambda frame, s: (*_notes(s), *notes, *symbol_notes(frame)),
        method=_method,
        kind=Kind.OFFICIAL,
        about=about,
        pinned=True,
    )


def _whose(selection: Selection) -> str:
    return authorities()[selection.area].label if selection.area else "Your council"


def _subtitle(selection: Selection) -> str:
    latest = f"latest year with a figure, {selection.period_words}"
    return DOT.join(_beside(selection).parts_with(latest))


def _beside(selection: Selection) -> Selection:
    """Return the selection with the comparator that a council always has: similar councils."""
    return replace(selection, compare=Comparator.NEIGHBOURS)


def _year_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    held = int(frame["value"].notna().sum())
    return Words(
        verdict="Every figure of one council, year by year",
        plain=(f"The table holds {pluralise(held, 'figure')} in {pluralise(len(frame), 'row')}.",),
    )


def _notes(selection: Selection) -> Notes:
    """Say first what a change of boundaries does to the lines, and who is left out of averages."""
    place, said = authorities()[selection.area], list[str]()
    if place.predecessors or place.successors:
        when = "before" if place.predecessors else "after"
        said += [f"{place.changed} {place.name} did not exist {when} then: no figures there."]
        said += [DASHED]
    elif place.changed:
        said.append(place.changed)
    if place.code in pilots(selection.programme):
        said.append(f"{place.name} is a pilot itself, and is left out of the pilots' mean.")
    return (*said, RANKED)


def _method(selection: Selection) -> Facts:
    left = "are kept" if selection.with_pilots else "are left out and not replaced"
    return (
        (
            "What is shown",
            (
                "Published figures of one council. Nothing is estimated, and no test is possible: "
                "one council in one year has no spread of its own to judge a distance by."
            ),
        ),
        (
            "Year",
            "For each measure the latest year of the period in which the council has a figure.",
        ),
        (
            "Similar councils",
            (
                f"The {selection.averaged} of its first "
                f"{pluralise(selection.k, 'statistical neighbour')}, list "
                f"{selection.model.in_use}. Pilots among them {left}. A year needs at least five "
                "with figures, or all of them where fewer are listed; so does their range."
            ),
        ),
        (
            "Range",
            (
                "From the lowest to the highest figure of the similar councils. A council of the "
                "same kind as n others is the lowest or the highest of all with chance 2 / (n + "
                "1), so some figures of any council are outside. That number is the sum of "
                "these chances."
            ),
        ),
        ("Pilots", f"Mean of those with figures in that year: {selection.pilot_words}."),
        (
            "Rank",
            (
                "1 is the highest figure among English authorities with one in that year; equal "
                "figures share the better rank. It is no order of merit: for most measures "
                "neither direction is agreed to be good."
            ),
        ),
        (
            "Missing figures",
            (
                "A suppressed or missing figure is never read as zero. A figure that its publisher "
                "calls partial, or that is on an older population, is shown and not compared."
            ),
        ),
    )
