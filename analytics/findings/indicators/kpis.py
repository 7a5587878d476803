"""Key performance indicators: how far pilots stand from what they are compared with."""

from functools import partial
from typing import Final

import pandas as pd

from analytics.claims.claim import Check
from analytics.claims.registry import claims_of
from analytics.evaluation.family_words import family_words, untested_words
from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.method_card import Facts, comparison_notes, facts, unit_of_each
from analytics.evaluation.outcomes import base_words, estimand_of
from analytics.evaluation.placebo_verdicts import with_placebo
from analytics.evaluation.verdict_columns import (
    ADJUSTMENT,
    CERTAIN,
    CERTAINTY,
    COLUMNS,
    FIRST_USED,
    GAP,
    HIGH,
    KEY,
    LAST_USED,
    LOW,
    NAME,
    P_ADJUSTED,
    P_PLACEBO,
    RULED_OUT,
    SCALE,
    SHARE_OF_COMPARATOR,
    SMALLEST_P,
    SPOKEN,
    STANDARDISED,
    T_HIGH,
    T_LOW,
    UNIT,
    WITHHELD,
    YEARS_USED,
    N,
    P,
)
from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL, interval_words, size_of
from analytics.findings.measures.together import changes as changes_of
from analytics.findings.measures.together import in_brief, levels
from analytics.measures.indicators.registry import INDICATORS, core
from analytics.programme import count_words, sides, split
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Outcome
from analytics.selection.follows import GAPS, JUDGED
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty
from analytics.text.wording import counted, none_of, p_words, signed, significant, upper_first
from analytics.text.words import Words, technical_line
from data.programmes.programme import Programme
from data.sources import registry as sources
from data.sources.source import Kind

TABLES: Final = (sources.INDICATORS, sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)
#: What a row is called.
THINGS: Final = "measures"
LEVEL: Final = "A level difference is not a change: pilots may have stood apart before they began."


def _gaps_say(frame: pd.DataFrame, selection: Selection) -> Words:
    return family_words(frame, INDICATORS, selection, change=False, things=THINGS)


def _changes_say(frame: pd.DataFrame, selection: Selection) -> Words:
    return family_words(frame, INDICATORS, selection, change=True, things=THINGS)


def _level_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (LEVEL, *comparison_notes(selection))


def _change_notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    of = selection.programme
    return (
        f"{split(of)}; the project started in {of.start_words}. {sides(of)}.",
        (
            "Before is every year of the chosen period up to the start. The page of one measure "
            "takes the base that is chosen there, which may be fewer years."
        ),
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
        estimand=estimand_of(Outcome.LEVEL, selection.programme),
        unit=unit_of_each("indicator"),
    )


def _change_method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand=estimand_of(Outcome.CHANGE, selection.programme),
        unit=unit_of_each("indicator", change=True),
    )


gaps: Final = register(
    Finding(
        key="kpis-gaps",
        follows=GAPS | JUDGED,
        title=_title_gaps,
        subtitle=words_of,
        unit=SHARE_OF_COMPARATOR,
        sources=TABLES,
        columns=COLUMNS,
        analyse=partial(levels, INDICATOR_FAMILY),
        words=_gaps_say,
        notes=_level_notes,
        method=_gap_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="One row per indicator: pilots, comparator, gap, interval, tests.",
    )
)

changes: Final = register(
    Finding(
        key="kpis-changes",
        follows=GAPS | JUDGED,
        title=_title_changes,
        subtitle=lambda s: technical_line(upper_first(base_words(s)), words_of(s)),
        unit=SHARE_OF_COMPARATOR,
        is_change=True,
        sources=TABLES,
        columns=COLUMNS,
        analyse=partial(changes_of, INDICATOR_FAMILY),
        words=_changes_say,
        notes=_change_notes,
        method=_change_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="One row per indicator: how the gap changed after the project started.",
    )
)

#: A claim on levels may have two readings, so that there are more rows than claims.
NAMED_COLUMNS: Final = (
    KEY, NAME, UNIT, N, GAP, LOW, HIGH, P, P_ADJUSTED, ADJUSTMENT, WITHHELD, YEARS_USED,
    STANDARDISED, SCALE, SPOKEN, FIRST_USED, LAST_USED, CERTAINTY, T_LOW, T_HIGH, P_PLACEBO,
    RULED_OUT, SMALLEST_P, CERTAIN,
)  # fmt: skip


def compare_named(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Recompute the indicators that the evaluation's summary names.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    frame = in_brief(INDICATOR_FAMILY, tables, selection, change=False)
    named = frame[frame["key"].isin(selection.programme.evaluation.named)]
    return with_placebo(named, INDICATOR_FAMILY, tables, selection, change=False)


def _named_say(frame: pd.DataFrame, selection: Selection) -> Words:
    """Say how many of the named findings have the direction reported, and how sure each is."""
    answered = frame[frame["withheld"] == ""]
    rows = [row for _, row in answered.iterrows()]
    if not rows:
        return Words(verdict=TOO_FEW_TO_TELL, plain=tuple(dict.fromkeys(frame["withheld"])))
    clear = [row for row in rows if row["certain"] in SURE]
    testable = [row for row in rows if row["certain"] != Certainty.UNTESTABLE]
    many = upper_first(counted(len(clear))) if clear else none_of(len(rows))
    verb = "is" if len(clear) <= 1 else "are"
    said = f"{many} of {counted(len(rows))} findings named {verb} clear"
    return Words(
        verdict=said if testable else TOO_FEW_TO_TELL,
        plain=(
            *(
                sentence
                for row in (clear or rows)[:2]
                for sentence in size_of(row, INDICATORS[row["key"]], selection, change=False)
            ),
            *untested_words(answered, things="findings"),
        ),
        technical=technical_line(*map(_named_words, rows)),
    )


def _named_words(row: pd.Series) -> str:
    indicator = INDICATORS[row["key"]]
    places = max(significant(row["gap"]), 1)
    ends = interval_words(row["low"], row["high"], places)
    gap = f"{indicator.short_name} {signed(row['gap'], places)}"
    return f"{gap} ({ends}, n {int(row['n'])}, {p_words(row['p'])})"


def _named_about(of: Programme) -> str:
    claims = sum(claim.check is Check.LEVELS for claim in claims_of(of).values())
    many = f"{count_words(claims)} finding{'' if claims == 1 else 's'}"
    return f"The summary's {many} on indicators, recomputed on official figures."


def _named_method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand=estimand_of(Outcome.LEVEL, selection.programme),
        unit="That of each indicator.",
    )


named: Final = register(
    Finding(
        key="kpis-named",
        follows=GAPS | {"adjust"},
        title="The findings the evaluation's summary names, recomputed",
        subtitle=words_of,
        sources=(*TABLES, sources.KPI_RESULTS),
        columns=NAMED_COLUMNS,
        analyse=compare_named,
        words=_named_say,
        notes=_level_notes,
        method=_named_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about=_named_about,
    )
)
