"""The measure in hand among all: how far its gap has changed since before the start."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared
from analytics.evaluation.family_words import family_technical
from analytics.evaluation.hidden_values import with_hidden
from analytics.evaluation.judging import uncounted
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.outcomes import at_years, no_side_words
from analytics.evaluation.placebo_verdicts import with_placebo
from analytics.evaluation.verdict_columns import COLUMNS, SHARE_OF_COMPARATOR
from analytics.evaluation.verdict_words import measure_words
from analytics.evaluation.verdicts import change_rows
from analytics.evaluation.years_before import enough_years_before
from analytics.findings.measures.since_base import change_method, compared_since
from analytics.measures.measure import Measure
from analytics.methods.refusal import NotEstimableError
from analytics.programme import years_before
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import GAPS, JUDGED, MEASURE
from analytics.selection.selection import Selection
from analytics.text.wording import year_label
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind, key_text
from data.sources.source import Kind

VERDICT_COLUMNS: Final = (
    *COLUMNS,
    Column(
        name="place",
        label="Place by p",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="Place among the rows tested together, smallest unadjusted p first.",
    ),
    key_text("chosen", "Chosen", about="yes for the indicator in hand."),
)


def place_among_all(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Measure the change of every series of the family, and say where the one in hand stands.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose: its base is before, its years from the start after.

    Raises:
        NotEstimableError: The period has no year after the start.
    """
    after = tuple(year for year in selection.years if year > selection.programme.last_before)
    if not after:
        raise NotEstimableError(no_side_words(selection.programme))
    used, family = (*selection.base.years, *after), family_of(selection).core()
    keys = tuple(one.key for one in family)
    frame = _changes(compared_since(tables, selection, keys), used, family, selection)
    frame["place"] = frame["p"].rank(method="min")
    chosen = measure_of(selection)
    if chosen.key not in keys:
        alone = compared_since(tables, selection, (chosen.key,))
        row = _changes(alone, used, (chosen,), selection)
        row["p_adjusted"], row["place"] = np.nan, np.nan
        row = uncounted(row)
        frame = pd.concat([row, frame], ignore_index=True)
    frame = with_hidden(frame, family_of(selection), tables, selection, change=True, years=used)
    frame = with_placebo(frame, family_of(selection), tables, selection, change=True, years=used)
    return frame.assign(chosen=np.where(frame["key"] == chosen.key, "yes", "no"))


def _changes(
    compared: Compared,
    years: tuple[int, ...],
    series: Sequence[Measure],
    selection: Selection,
) -> pd.DataFrame:
    kept = at_years(compared, years)
    return change_rows(kept, series, selection)


def _chosen_row(frame: pd.DataFrame) -> pd.Series:
    return frame.iloc[frame["chosen"].tolist().index("yes")]


def _verdict_words(frame: pd.DataFrame, selection: Selection) -> Words:
    row, family = _chosen_row(frame), frame[frame["place"].notna()]
    said = measure_words(row, measure_of(selection), selection, change=True)
    if row["withheld"]:
        return said
    place = ""
    if np.isfinite(row["place"]):
        place = f"number {int(row['place'])} of {len(family)} by p"
    return replace(
        said,
        technical=technical_line(
            said.technical,
            place or "not among those tested together",
            family_technical(family[family["withheld"] == ""], selection) if place else "",
        ),
    )


def _verdict_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    of = selection.programme
    unknown = "" if enough_years_before(of) else (
        f": {years_before(of)} before the start cannot show whether it was"
    )  # fmt: skip
    return (
        (
            f"Before is {selection.base.label}; after is every year of the chosen period from "
            f"{year_label(of.first_after)}. The project started in {of.start_words}. Pages of all "
            "measures take every year of the period before the start, which may be more."
        ),
        f"A change of the gap rests on the gap having been about to stay as it was{unknown}.",
        *family_of(selection).notes(frame, selection),
    )


verdict: Final = register(
    Finding(
        key="change-verdict",
        follows=GAPS | JUDGED | MEASURE | {"base"},
        title=lambda s: f"{measure_of(s).name}: its change among all",
        subtitle=lambda s: f"Base {s.base.label} · {family_of(s).label(s)}",
        unit=SHARE_OF_COMPARATOR,
        is_change=True,
        sources=TABLES,
        unread=unread,
        columns=VERDICT_COLUMNS,
        analyse=place_among_all,
        words=_verdict_words,
        notes=_verdict_notes,
        method=change_method,
        kind=Kind.OFFICIAL,
        whole="measures-every-year",
        about="One row per measure: change since the base, tests, what is ruled out, place.",
    )
)
