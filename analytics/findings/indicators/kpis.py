"""Key performance indicators: how far pilots stand from what they are compared with."""

from functools import partial
from typing import Final

import pandas as pd

from analytics.claims.claim import Check
from analytics.claims.registry import CLAIMS
from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.evaluation.verdict_sentences import gap_words, reach_words, verdict_words
from analytics.evaluation.verdicts import (
    COLUMNS,
    FIRST_USED,
    LAST_USED,
    SCALE,
    SPOKEN,
    Reason,
)
from analytics.findings.measures.together import changes as changes_of
from analytics.findings.measures.together import levels
from analytics.measures.indicators.registry import INDICATORS, core
from analytics.methods.multiplicity import expected_by_chance
from analytics.programme import PROGRAMME, after, before, count_words, sides, split
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import Adjustment
from analytics.selection.selection import Selection
from analytics.text.quantity import apart
from analytics.text.wording import (
    ALPHA,
    lower_first,
    number,
    p_words,
    pluralise,
    signed,
    significant,
    year_label,
)
from data.sources import registry as sources
from data.sources.source import Kind

TABLES: Final = (sources.INDICATORS, sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)
LEVEL: Final = "A level difference is not a change: pilots may have stood apart before they began."


def _gaps_say(frame: pd.DataFrame, selection: Selection) -> str:
    words = [verdict_words(frame, selection, thing="indicator")]
    tested = frame[frame["standardised"].notna()]
    if len(tested):
        row = tested.iloc[int(tested["standardised"].abs().to_numpy().argmax())]
        words.append(
            f"The widest standardised gap to {selection.faced} is "
            f"{lower_first(row['spoken'])}: {gap_words(row)}."
        )
    return " ".join([*words, reach_words(frame)]).strip()


def _headline(frame: pd.DataFrame, selection: Selection) -> str:
    tested = frame[frame["p"].notna()]
    if not len(tested):
        return "; ".join(dict.fromkeys(frame["withheld"]))
    after = "" if selection.adjust is Adjustment.NONE else f" after {selection.adjust.label}"
    remaining = tested[tested["p_adjusted"] < ALPHA].sort_values("p")
    if not len(remaining):
        below = int((tested["p"] < ALPHA).sum())
        return (
            f"Of {pluralise(len(tested), 'indicator')}, none has p below {ALPHA}{after}; {below} "
            f"{'has' if below == 1 else 'have'} before adjustment, where "
            f"{number(expected_by_chance(len(tested)), 1)} would be expected by chance."
        )
    first = remaining.iloc[0]
    verb = "has" if len(remaining) == 1 else "have"
    words = gap_words(first)
    lead = "it is" if len(remaining) == 1 else "first among them"
    return (
        f"Of {pluralise(len(tested), 'indicator')}, {len(remaining)} {verb} p below {ALPHA}{after}"
        f": {lead} {lower_first(first['spoken'])}, with a mean gap to {selection.faced} of "
        f"{words}."
    )


def _changes_say(frame: pd.DataFrame, selection: Selection) -> str:
    words = verdict_words(frame, selection, thing="indicator")
    silent = frame[frame["reason"] == Reason.NOTHING_BEFORE]
    if len(silent):
        words += (
            f" {pluralise(len(silent), 'indicator')} cannot be tested for change: no figures "
            "before the pilots started."
        )
    return f"{words} {reach_words(frame)}".strip()


def _level_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (LEVEL, *comparison_notes(selection))


def _change_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (f"{split()}; the project started in {PROGRAMME.start_words}. {sides()}."),
        *comparison_notes(selection),
    )


def _title_gaps(_selection: Selection) -> str:
    return f"How far pilots stand from their comparator on {len(core())} indicators"


def _title_changes(_selection: Selection) -> str:
    return "How the gap changed after the project started"


def words_of(selection: Selection) -> str:
    """Return the selection in words, as a subtitle."""
    return selection.label


def _gap_method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="The mean over pilots of each pilot's own mean gap: its figure minus its "
        "comparator, averaged over the years in which both exist.",
        unit="That of each indicator; the chart divides by the standard deviation of the pilots' "
        "gaps (Hedges' correction) so that indicators share one axis.",
    )


def _change_method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand="The mean over pilots of the change in the pilot's gap: its mean gap from "
        f"{after()} minus its mean gap up to {before()} (difference in differences).",
        unit="That of each indicator.",
    )


gaps: Final = register(
    Finding(
        key="kpis-gaps",
        title=_title_gaps,
        subtitle=words_of,
        unit="standard deviations of the pilots' gaps",
        sources=TABLES,
        columns=COLUMNS,
        analyse=partial(levels, INDICATOR_FAMILY),
        sentence=_gaps_say,
        notes=_level_notes,
        method=_gap_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="One row per indicator: pilots, comparator, gap, interval, tests.",
        headline=_headline,
    )
)

changes: Final = register(
    Finding(
        key="kpis-changes",
        title=_title_changes,
        subtitle=words_of,
        unit="standard deviations of the pilots' changes",
        is_change=True,
        sources=TABLES,
        columns=COLUMNS,
        analyse=partial(changes_of, INDICATOR_FAMILY),
        sentence=_changes_say,
        notes=_change_notes,
        method=_change_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="One row per indicator: how the gap changed after the project started.",
    )
)

#: A claim on levels may have two readings, so that there are more rows than claims.
_CLAIMS: Final = sum(claim.check is Check.LEVELS for claim in CLAIMS.values())
_CLAIMED: Final = f"{count_words(_CLAIMS)} finding{'' if _CLAIMS == 1 else 's'}"
NAMED_COLUMNS: Final = (
    COLUMNS[0], COLUMNS[1], COLUMNS[2], COLUMNS[3], *COLUMNS[6:11], COLUMNS[12], COLUMNS[13],
    SCALE, SPOKEN, FIRST_USED, LAST_USED,
)  # fmt: skip


def compare_named(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Recompute the indicators that the evaluation's summary names.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    frame = levels(INDICATOR_FAMILY, tables, selection)
    return frame[frame["key"].isin(PROGRAMME.evaluation.named)]


def _named_say(frame: pd.DataFrame, selection: Selection) -> str:
    answered = frame[frame["withheld"] == ""]
    if not len(answered):
        return "; ".join(dict.fromkeys(frame["withheld"]))
    parts = [_named_words(row, selection) for _, row in answered.iterrows()]
    return f"Mean gap to {selection.faced}, 95 % interval in brackets: {'; '.join(parts)}. {LEVEL}"


def _named_words(row: pd.Series, selection: Selection) -> str:
    indicator = INDICATORS[row["key"]]
    decimals = significant(row["gap"])
    unit = apart(indicator.unit, indicator.scale)
    first, last = int(row["first_used"]), int(row["last_used"])
    whole = (first, last) == (selection.first, selection.last)
    years = "" if whole else f"{year_label(first)} to {year_label(last)}, "
    ends = f"{signed(row['low'], decimals)} to {signed(row['high'], decimals)}"
    return (
        f"{lower_first(row['spoken'])} {signed(row['gap'], decimals)} {unit} "
        f"({ends}; {years}n = {int(row['n'])}, {p_words(row['p'])})"
    )


named: Final = register(
    Finding(
        key="kpis-named",
        title="The findings the evaluation's summary names, recomputed",
        subtitle=words_of,
        unit="standard deviations of the pilots' gaps",
        sources=(*TABLES, sources.KPI_RESULTS),
        columns=NAMED_COLUMNS,
        analyse=compare_named,
        sentence=_named_say,
        notes=_level_notes,
        method=_gap_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about=f"The summary's {_CLAIMED} on indicators, recomputed on official figures.",
    )
)
