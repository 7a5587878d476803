"""The claims checked: what the reader's own selection gives for each, with its status in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.claims.claim import Check, Claim, Strength
from analytics.claims.later import DESIGNS
from analytics.claims.status import (
    Outcome,
    Status,
    of_difference,
    of_no_change,
    of_readings,
    with_later,
)
from analytics.evaluation.measure_families import INDICATOR_FAMILY, RATIO_FAMILY
from analytics.evaluation.verdict_sentences import gap_words, reach_words
from analytics.findings.measures.together import changes, levels
from analytics.methods.refusal import NotEstimableError
from analytics.publication.finding import Tables
from analytics.selection.choices import Adjustment
from analytics.selection.selection import Selection
from analytics.text.quantity import Scale, apart
from analytics.text.wording import (
    ALPHA,
    lower_first,
    number,
    p_words,
    pluralise,
    significant,
    year_label,
)
from data.sources import registry as sources
from data.sources.source import Source

#: The tables that the checks read.
CHECKED: Final[tuple[Source, ...]] = tuple(
    dict.fromkeys((*INDICATOR_FAMILY.sources, *RATIO_FAMILY.sources))
)
TEST: Final = "exact two-sided sign-flip over pilots"

Figures = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows every claim under a selection is checked on.

    Attributes:
        levels: One row per core indicator; empty where none can be made.
        spend: One row per core ratio, of its change; likewise.
        withheld: Why there are none, or empty.
    """

    levels: pd.DataFrame
    spend: pd.DataFrame
    withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a check gave for one claim.

    Attributes:
        status: What became of it, later studies not yet heard.
        found: Direction, number, interval, n and p in words.
        key: Key of the measure that the figures are of, or empty.
        measure: Its name, or empty.
        unit: Its unit, or empty.
        scale: What the unit measures on.
        figures: Columns of ``analytics.evaluation.verdicts`` of that measure; NaN where withheld.
    """

    status: Status
    found: str
    key: str
    measure: str
    unit: str
    scale: Scale
    figures: Figures


NUMBERS: Final = ("gap", "low", "high", "n", "p", "p_adjusted", "detectable")
NOTHING: Final[Mapping[str, float]] = dict.fromkeys(NUMBERS, float("nan"))


def rows_of(tables: Tables, selection: Selection) -> Rows:
    """Compare pilots on every core indicator and ratio, as the cards of their pages do.

    Args:
        tables: The tables of ``CHECKED`` by key.
        selection: What the reader chose.
    """
    try:
        return Rows(
            levels=levels(INDICATOR_FAMILY, tables, selection),
            spend=changes(RATIO_FAMILY, tables, selection),
        )
    except NotEstimableError as refusal:
        return Rows(levels=pd.DataFrame(), spend=pd.DataFrame(), withheld=str(refusal))


def check_claim(claim: Claim, rows: Rows, selection: Selection) -> Answer:
    """Check one claim.

    Args:
        claim: From the registry.
        rows: From ``rows_of`` for the same selection.
        selection: What the reader chose.
    """
    if claim.check is Check.NONE:
        return _said(Status.UNCHECKABLE, "Nothing can be computed: no open data.")
    if rows.withheld:
        return _said(Status.UNTESTABLE, rows.withheld)
    if claim.check is Check.LEVELS:
        return _difference(claim, rows.levels, selection)
    return _no_change(rows.spend, selection)


def settled(claim: Claim, given: Answer) -> Status:
    """Return the status of a claim once the later studies are heard.

    Args:
        claim: From the registry.
        given: What its check gave.
    """
    return with_later(given.status, contrary=bool(claim.contrary))


def conflict(claim: Claim, status: Status) -> str:
    """Say where a claim meets something that speaks against it, or nothing.

    Args:
        claim: From the registry.
        status: What became of it.
    """
    words = list[str]()
    if status in {Status.NOT, Status.CONTRADICTED} and claim.strength is Strength.TESTED:
        words.append("Not borne out by the official figures under this selection.")
    words += [f"A later study says the contrary: {DESIGNS[one].heard}." for one in claim.contrary]
    return " ".join(words)


def _said(status: Status, words: str) -> Answer:
    return Answer(
        status=status,
        found=words,
        key="",
        measure="",
        unit="",
        scale=Scale.OTHER,
        figures=dict(NOTHING),
    )


def _outcomes(frame: pd.DataFrame) -> list[Outcome]:
    columns = (frame[name].tolist() for name in ("gap", "p", "p_adjusted", "smallest_p"))
    return [
        Outcome(estimate=gap, p=p, p_adjusted=adjusted, smallest_p=smallest)
        for gap, p, adjusted, smallest in zip(*columns, strict=True)
    ]


def _figures(row: pd.Series) -> Figures:
    return {name: float(row[name]) for name in NUMBERS}


def _difference(claim: Claim, frame: pd.DataFrame, selection: Selection) -> Answer:
    keys = frame["key"].tolist()
    read = frame.iloc[[keys.index(one.key) for one in claim.readings]]
    statuses = [
        of_difference(outcome, lower=one.lower)
        for one, outcome in zip(claim.readings, _outcomes(read), strict=True)
    ]
    rows = [read.iloc[at] for at in range(len(read))]
    words = [
        _gap_words(row, selection, wanting=status is not Status.REPRODUCED)
        for row, status in zip(rows, statuses, strict=True)
    ]
    reach = "" if read["p"].isna().all() else reach_words(read[read["p"].notna()])
    return Answer(
        status=of_readings(statuses),
        found=" ".join(one for one in (*words, reach) if one),
        key=str(rows[0]["key"]),
        measure=str(rows[0]["name"]),
        unit=str(rows[0]["unit"]),
        scale=Scale(str(rows[0]["scale"])),
        figures=_figures(rows[0]),
    )


def _gap_words(row: pd.Series, selection: Selection, *, wanting: bool) -> str:
    name = str(row["spoken"])
    if row["withheld"]:
        return f"{name}: {lower_first(row['withheld'])}"
    side = "lower than" if row["gap"] < 0 else "higher than"
    said = f"{name}: {side} {selection.faced}{_years(row, selection)}, {gap_words(row)}"
    return f"{said}{_after(row, selection)}{_could(row, 'a gap') if wanting else ''}."


def _years(row: pd.Series, selection: Selection) -> str:
    """Name the years of a gap where they are not the whole period."""
    first, last = int(row["first_used"]), int(row["last_used"])
    if (first, last) == (selection.first, selection.last):
        return ""
    return f" ({year_label(first)} to {year_label(last)})"


def _after(row: pd.Series, selection: Selection) -> str:
    if selection.adjust is Adjustment.NONE:
        return ""
    return f", {p_words(row['p_adjusted'])} after {selection.adjust.label}"


def _could(row: pd.Series, what: str) -> str:
    if np.isnan(row["detectable"]):
        return ""
    size = number(row["detectable"], significant(row["detectable"]))
    return f"; this design could detect {what} of {size} {apart(row['unit'], row['scale'])}"


def _no_change(frame: pd.DataFrame, selection: Selection) -> Answer:
    tested = frame[frame["p"].notna()]
    if not len(tested):
        return _said(Status.UNTESTABLE, " ".join(dict.fromkeys(frame["withheld"])))
    status = of_no_change(_outcomes(tested))
    lead = tested.sort_values("p", kind="stable").iloc[0]
    after = "" if selection.adjust is Adjustment.NONE else f" after {selection.adjust.label}"
    below = int((tested["p_adjusted"] < ALPHA).sum())
    head = {
        Status.REPRODUCED: f"No change detected in {pluralise(len(tested), 'ratio')}: none has p "
        f"below {ALPHA}{after}.",
        Status.NOT: f"{pluralise(below, 'ratio')} of {len(tested)} changed with p below {ALPHA}"
        f"{after}.",
    }.get(status, "")
    words = (
        f"Smallest p, {lower_first(lead['name'])}: the gap changed by {gap_words(lead)}"
        f"{_after(lead, selection)}{_could(lead, 'a change')}."
    )
    return Answer(
        status=status,
        found=" ".join(one for one in (head, words, reach_words(tested)) if one),
        key=str(lead["key"]),
        measure=str(lead["name"]),
        unit=str(lead["unit"]),
        scale=Scale(str(lead["scale"])),
        figures=_figures(lead),
    )


def base_words(claim: Claim, tables: Tables, given: Answer) -> tuple[float, str]:
    """Return the number behind a claim, NaN where none was printed, and the same in words.

    Args:
        claim: From the registry.
        tables: Holds the sizes of the evaluation.
        given: What its check gave.
    """
    n = given.figures["n"]
    if claim.check is not Check.NONE:
        return n, "no pilots compared" if np.isnan(n) else f"{pluralise(int(n), 'pilot')} compared"
    sizes = tables[sources.SIZES.key].frame.set_index("fact")["value"]
    if not claim.base:
        return float("nan"), claim.base_words
    return float(sizes[claim.base]), f"{sizes[claim.base]} {claim.base_words}"
