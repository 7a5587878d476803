"""The claims checked: on what each is judged, what that gives, and what another choice gives."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from analytics.claims.claim import Check, Claim, Strength
from analytics.claims.later import designs_of
from analytics.claims.registry import claims_of
from analytics.claims.status import Status, with_later
from analytics.evaluation.measure_families import INDICATOR_FAMILY, RATIO_FAMILY, MeasureFamily
from analytics.evaluation.placebo_verdicts import with_placebo
from analytics.evaluation.verdict_columns import PLACEBO
from analytics.findings.measures.claim_answers import (
    CheckedClaim,
    difference,
    no_change,
    silent,
    surest,
)
from analytics.findings.measures.together import bearing, changes, levels
from analytics.methods.refusal import NotEstimableError
from analytics.publication.declaration import Tables
from analytics.selection.selection import Selection
from analytics.text.wording import lower_first, pluralise
from data.load import Table
from data.programmes.programme import Programme
from data.sources import registry as sources
from data.sources.source import Source

#: The tables that the checks read.
CHECKED: Final[tuple[Source, ...]] = tuple(
    dict.fromkeys((*INDICATOR_FAMILY.sources, *RATIO_FAMILY.sources))
)
TEST: Final = "exact two-sided sign-flip over pilots"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rows:
    """The rows every claim under a selection is checked on; frames are empty where none can be.

    Attributes:
        selection: The selection, without what does not bear on claims.
        levels: One row per core indicator; placebo p and interval of those that claims read.
        before: The same for the years before the start, tested as a family of their own.
        changes: One row per core indicator, of its change after the start; no placebo.
        spend: One row per core ratio, likewise; placebo p and interval of the surest.
        withheld: Why there are none, or empty.
    """

    selection: Selection
    levels: pd.DataFrame
    before: pd.DataFrame
    changes: pd.DataFrame
    spend: pd.DataFrame
    withheld: str = ""


def pinned(selection: Selection) -> Selection:
    """Return what every claim of a programme is judged on, whatever the reader chose.

    That is what the evaluators saw, compared as they compared it: all pilots, statistical
    neighbours of the default list, the years of the evaluation, max-T.

    Args:
        selection: What the reader chose; names the programme.
    """
    return Selection.of(selection.programme)


def differs(selection: Selection) -> bool:
    """Whether the reader's choice is another than the one that claims are judged on.

    Args:
        selection: What the reader chose.
    """
    return bearing(selection) != pinned(selection)


def judged_on(selection: Selection) -> str:
    """Say on what claims are judged, and what stands beside it, as a subtitle.

    Args:
        selection: What the reader chose.
    """
    beside = f" · beside it your choice: {selection.label}" if differs(selection) else ""
    return f"Judged on {lower_first(pinned(selection).label)}{beside}"


def rows_of(tables: Tables, selection: Selection) -> Rows:
    """Compare pilots on every core indicator and ratio, as the cards of their pages do.

    Args:
        tables: The tables of ``CHECKED`` by key.
        selection: What a claim is judged on.
    """
    return _rows(tuple(tables[one.key] for one in CHECKED), bearing(selection))


@lru_cache(maxsize=32)
def _rows(held: tuple[Table, ...], selection: Selection) -> Rows:
    """Compare once for every finding and reader that asks the same of the same tables."""
    tables = {source.key: table for source, table in zip(CHECKED, held, strict=True)}
    claims = claims_of(selection.programme).values()
    read = frozenset(one.key for claim in claims for one in claim.readings)
    try:
        spend = changes(RATIO_FAMILY, tables, selection, placebo=False)
        now, then = (
            _with_placebo(
                levels(INDICATOR_FAMILY, tables, one, placebo=False),
                read,
                INDICATOR_FAMILY,
                tables,
                one,
                change=False,
            )
            for one in (selection, earlier(selection))
        )
        return Rows(
            selection=selection,
            levels=now,
            before=then,
            changes=changes(INDICATOR_FAMILY, tables, selection, placebo=False),
            spend=_with_placebo(
                spend, {surest(spend)}, RATIO_FAMILY, tables, selection, change=True
            ),
        )
    except NotEstimableError as refusal:
        none = pd.DataFrame()
        return Rows(
            selection=selection,
            levels=none,
            before=none,
            changes=none,
            spend=none,
            withheld=str(refusal),
        )


def _with_placebo(
    frame: pd.DataFrame,
    keys: Collection[str],
    family: MeasureFamily,
    tables: Tables,
    selection: Selection,
    *,
    change: bool,
) -> pd.DataFrame:
    """Put placebo p and interval beside the rows of some measures, alone: each costs time."""
    read = np.array([key in keys for key in frame["key"].tolist()], dtype=np.bool_)
    if not read.any():
        return frame
    beside = with_placebo(frame[read], family, tables, selection, change=change)
    found = {one.name: frame[one.name].to_numpy(np.float64, copy=True) for one in PLACEBO}
    for name, cells in found.items():
        cells[read] = beside[name].to_numpy(np.float64)
    return frame.assign(**found)


def earlier(selection: Selection) -> Selection:
    """Return the same choice for the years before the start.

    Args:
        selection: What a claim is judged on. Where it has no year before the start, the first
            year of the evaluation opens those.
    """
    of = selection.programme
    begins = min(of.window[0], of.last_before)
    first = selection.first if selection.first <= of.last_before else begins
    return replace(selection, first=first, last=min(selection.last, of.last_before))


@lru_cache(maxsize=512)
def check_claim(claim: Claim, rows: Rows) -> CheckedClaim:
    """Check one claim.

    Args:
        claim: From the registry.
        rows: From ``rows_of`` for the selection that it is judged on.
    """
    if claim.check is Check.NONE:
        return silent(Status.UNCHECKABLE, "Nothing can be computed: no open data.")
    if rows.withheld:
        return silent(Status.UNANSWERED, rows.withheld)
    if claim.check is Check.LEVELS:
        return difference(claim, rows.levels, rows.before, rows.changes, selection=rows.selection)
    return no_change(rows.spend, selection=rows.selection)


def settled(claim: Claim, given: CheckedClaim) -> Status:
    """Return the status of a claim once the later studies are heard.

    Args:
        claim: From the registry.
        given: What its check gave.
    """
    return with_later(given.status, contrary=bool(claim.contrary))


def conflict(claim: Claim, status: Status, of: Programme) -> str:
    """Say where a claim meets something that speaks against it, or nothing.

    Args:
        claim: From the registry.
        status: What became of it.
        of: The programme.
    """
    words = list[str]()
    if status in {Status.NOT, Status.CONTRADICTED} and claim.strength is Strength.TESTED:
        words.append("Not borne out by the official figures.")
    heard = (designs_of(of)[one].heard for one in claim.contrary)
    words += [f"A later study says the contrary: {one}." for one in heard]
    return " ".join(words)


def base_words(claim: Claim, tables: Tables, given: CheckedClaim) -> tuple[float, str]:
    """Return the number behind a claim, NaN where none was printed, and the same in words.

    Args:
        claim: From the registry.
        tables: Holds the sizes of the evaluation.
        given: What its check gave.
    """
    n = given.figures["n"]
    if claim.check is not Check.NONE:
        return n, f"{pluralise(int(n), 'pilot')} compared" if n > 0 else "no pilots compared"
    if not claim.base:
        return float("nan"), claim.base_words
    sizes = _sizes(tables[sources.SIZES.key])
    return float(sizes[claim.base]), f"{sizes[claim.base]} {claim.base_words}"


@lru_cache(maxsize=4)
def _sizes(table: Table) -> pd.Series:
    """Return the sizes of the evaluation by the key of what was counted."""
    return table.frame.set_index("fact_key")["value"]
