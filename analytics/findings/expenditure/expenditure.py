"""Expenditure ratios: how far pilots stand from what they are compared with, and its change."""

from dataclasses import replace
from functools import partial
from math import isfinite
from typing import Final

import pandas as pd

from analytics.claims.claim import Claim, Strand
from analytics.claims.registry import claims_of
from analytics.evaluation.family_words import family_words
from analytics.evaluation.measure_families import RATIO_FAMILY
from analytics.evaluation.method_card import Facts, comparison_notes, facts, unit_of_each
from analytics.evaluation.outcomes import base_words, estimand_of
from analytics.evaluation.verdict_columns import COLUMNS, SHARE_OF_COMPARATOR
from analytics.evaluation.verdict_words import named_technical, size_of
from analytics.findings.measures.together import changes as changes_of
from analytics.findings.measures.together import levels
from analytics.measures.ratios.lines import QUALITY
from analytics.measures.ratios.registry import RATIOS
from analytics.programme import sides, split
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Outcome, Vintage
from analytics.selection.follows import GAPS, JUDGED
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty
from analytics.text.wording import ALPHA, counted, listed, pluralise, upper_first
from analytics.text.words import Words, technical_line
from data.programmes.programme import Programme
from data.sources.source import Kind

#: What a row is called.
THINGS: Final = "ratios"
#: The ratio whose change is given in numbers where no change is clear.
LEAD: Final = "cla_share"
NO_CLEAR_CHANGE: Final = "No clear change in spending patterns"
LEVEL: Final = "A level difference is not a change: pilots may have stood apart before they began."


def _gaps_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say which ratios differ, with the most consistent difference for statisticians."""
    said = family_words(frame, RATIOS, selection, change=False, things=THINGS)
    tested = frame[frame["standardised"].notna()]
    if not len(tested):
        return said
    widest = tested.iloc[int(tested["standardised"].abs().to_numpy().argmax())]
    technical = technical_line(
        said.technical, f"most consistent: {named_technical(widest, RATIOS[widest['key']])}"
    )
    return replace(said, technical=technical)


def _changes_words(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say which ratios changed, and for how many a change that would matter is ruled out.

    A change that is not clear may be there all the same: only a test for equivalence rules it out.
    """
    said = family_words(frame, RATIOS, selection, change=True, things=THINGS)
    answered = frame[frame["withheld"] == ""]
    held = answered["key"][answered["p_equivalence"] < ALPHA].tolist()
    lead = [row for _, row in answered[answered["key"] == LEAD].iterrows()]
    technical = technical_line(
        said.technical,
        _held_technical(len(answered), held, selection),
        *map(_lead_technical, lead),
    )
    ruled_out = _held_sentence(len(answered), len(held), selection)
    if answered["certain"].isin(SURE).any():
        return replace(said, plain=(*said.plain, ruled_out), technical=technical)
    if answered["certain"].eq(Certainty.UNTESTABLE).all():
        return replace(said, plain=(*said.plain, ruled_out), technical=technical)
    sizes = [size_of(row, RATIOS[LEAD], selection, change=True) for row in lead]
    alone = answered["certain"].eq(Certainty.ALONE).any()
    verdict = NO_CLEAR_CHANGE
    if len(held) == len(answered):
        verdict = f"Spending patterns changed by less than {selection.margin.value}%"
    return Words(
        verdict=verdict,
        plain=(ruled_out, *(said.plain if alone else [one for size in sizes for one in size])),
        technical=technical,
    )


def _held_sentence(many: int, held: int, selection: Selection) -> str:
    """Say for how many ratios a change of the margin or more is ruled out."""
    change = f"a change of {selection.margin.value}% or more"
    if not held:
        return f"{upper_first(change)} cannot be ruled out for any of {pluralise(many, 'ratio')}."
    against = f"{upper_first(change)} against {selection.than} is ruled out for"
    if held == many:
        return f"{against} all {pluralise(many, 'ratio')}."
    rest = "the other" if many - held == 1 else "the others"
    return f"{against} {counted(held)} of {counted(many)} ratios; {rest} may have changed more."


def _held_technical(many: int, held: list[str], selection: Selection) -> str:
    named = listed([RATIOS[key].plain.subject for key in held])
    return (
        f"within ±{selection.margin.value}% of the comparator's level (two one-sided sign-flip "
        f"tests at {ALPHA}, each by itself): {len(held)} of {many}, {named}"
    )


def _lead_technical(row: pd.Series) -> str:
    name, largest = RATIOS[LEAD].plain, float(row["ruled_out"])
    said = named_technical(row, RATIOS[LEAD])
    if not isfinite(largest):
        return said
    beyond = name.size(largest, name.decimals(largest))
    return f"{said}, beyond ±{beyond} ruled out (90%)"


def _level_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (QUALITY, LEVEL, *_common_notes(selection))


def _change_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    of = selection.programme
    return (
        QUALITY,
        f"{split(of)}; the project started in {of.start_words}. {sides(of)}.",
        *(f"What the evaluation found, in our words: {claim.statement}" for claim in _claimed(of)),
        (
            "A change that is not clear is not a change ruled out: the table gives, ratio by "
            "ratio, the size beyond which a change is ruled out."
        ),
        *_common_notes(selection),
    )


def _claimed(of: Programme) -> tuple[Claim, ...]:
    """Return what the evaluation said of spending; nothing where the programme has no such."""
    return tuple(claim for claim in claims_of(of).values() if claim.strand is Strand.EXPENDITURE)


def _common_notes(selection: Selection) -> tuple[str, ...]:
    first = selection.vintage is Vintage.FIRST
    vintage = ("Spend has one vintage: the latest return held.",) if first else ()
    return (*comparison_notes(selection), *vintage)


def _gap_method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="The mean over pilots of each pilot's own mean gap: its ratio minus that of its "
        "comparator, averaged over the years in which both exist.",
        unit=unit_of_each("ratio"),
    )


def _change_method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand=estimand_of(Outcome.CHANGE, selection.programme),
        unit=unit_of_each("ratio", change=True),
    )


gaps: Final = register(
    Finding(
        key="expenditure-gaps",
        follows=GAPS | JUDGED,
        title=(f"How far pilots stand from their comparator on {len(RATIO_FAMILY.core())} ratios"),
        unit=SHARE_OF_COMPARATOR,
        sources=RATIO_FAMILY.sources,
        columns=COLUMNS,
        analyse=partial(levels, RATIO_FAMILY),
        words=_gaps_words,
        notes=_level_notes,
        method=_gap_method,
        kind=Kind.OFFICIAL,
        whole="expenditure-every-year",
        about="One row per expenditure ratio: pilots, comparator, gap, interval, tests.",
    )
)

changes: Final = register(
    Finding(
        key="expenditure-changes",
        follows=GAPS | JUDGED,
        title="Did expenditure patterns change? How the gap moved after the start",
        subtitle=lambda s: technical_line(upper_first(base_words(s)), s.label),
        unit=SHARE_OF_COMPARATOR,
        is_change=True,
        sources=RATIO_FAMILY.sources,
        columns=COLUMNS,
        analyse=partial(changes_of, RATIO_FAMILY),
        words=_changes_words,
        notes=_change_notes,
        method=_change_method,
        kind=Kind.OFFICIAL,
        whole="expenditure-every-year",
        about="One row per expenditure ratio: how the gap changed after the project started.",
    )
)
