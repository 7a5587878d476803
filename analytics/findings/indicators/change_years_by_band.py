"""The gap of each experience band by year, from where it stood before the start."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.breaks import mark_notes
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.verdicts import FEWEST_PILOTS
from analytics.findings.measures.since_base import (
    NO_BASE,
    STUDY_COLUMNS,
    base_years,
    compared_since,
    from_first_to_last,
    moved_words,
    since_subtitle,
    study_method,
    study_rows,
    year_marks,
)
from analytics.measures.measure import unit_apart
from analytics.methods.event_study import event_study
from analytics.methods.refusal import NotEstimableError
from analytics.methods.signflip import smallest_p
from analytics.programme import (
    PROGRAMME,
    band_sizes,
    count_words,
    largest_band,
    smallest_band,
)
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.selection import LAST_BEFORE, Selection
from analytics.text.wording import (
    ALPHA,
    number,
)
from data.schema import Column, key_text, text
from data.sources.source import Kind

#: What may be said where every band is so small that no test of it can come out.
_NO_TEST: Final = (
    f" A band of {band_sizes()} cannot reach p below {ALPHA} in this test; read the intervals."
    if smallest_p(largest_band()) >= ALPHA
    else " Read the intervals."
)
_FEW: Final = max(smallest_band(), FEWEST_PILOTS)
_WIDE: Final = (
    (
        (
            f"An interval from {count_words(_FEW)} pilots is wide because it must be: "
            f"{count_words(_FEW - 1)} degrees of freedom."
        ),
    )
    if smallest_p(_FEW) >= ALPHA
    else ()
)

BAND_COLUMNS: Final = (
    key_text("band", "Band"),
    text("name", "Experience band"),
    *STUDY_COLUMNS,
    Column(
        name="smallest_p",
        label="Smallest p this n can give",
        decimals=3,
        about="2 / 2^n: no sign-flip test of so many pilots can be below it.",
    ),
    text("marks", "What marks the year"),
)


def by_band(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Follow the gap of each band's pilots from its base.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: No band has enough pilots with a gap in the base.
    """
    compared = compared_since(tables, selection, (measure_of(selection).key,))
    gaps = (compared.own - compared.comparator)[0]
    if not np.isfinite(gaps[:, base_years(selection)]).any():
        raise NotEstimableError(NO_BASE)
    words = year_marks(tables, selection)
    parts = list[pd.DataFrame]()
    for band in selection.bands:
        at = [place for place, pilot in enumerate(selection.chosen) if pilot.band == band]
        study = event_study(gaps[at], base=base_years(selection), fewest=FEWEST_PILOTS)
        if np.isfinite(study.estimate).any():
            rows = study_rows(study, selection).assign(
                band=band.key,
                name=band.label,
                smallest_p=[smallest_p(int(n)) if n else np.nan for n in study.n],
                marks=words,
            )
            parts.append(from_first_to_last(rows, np.isfinite(study.estimate)))
    if not parts:
        msg = f"No band has {FEWEST_PILOTS} chosen pilots with a gap in the base."
        raise NotEstimableError(msg)
    return pd.concat(parts, ignore_index=True)


def _bands_say(frame: pd.DataFrame, selection: Selection) -> str:
    unit = unit_apart(measure_of(selection))
    said = list[str]()
    for band, rows in frame.groupby("band", sort=False):
        held = rows[(rows["year_end"] > LAST_BEFORE) & rows["change"].notna()]
        if len(held):
            limit = number(held.iloc[-1]["smallest_p"], 3)
            short = PROGRAMME.band(str(band)).short
            said.append(f"{short} {moved_words(held.iloc[-1])}, smallest p {limit}")
    if not said:
        return "No year after the start can be set against the base in any band."
    return f"Against {selection.base.label} the gap has moved, {unit}: {'; '.join(said)}.{_NO_TEST}"


def _band_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        *_WIDE,
        *mark_notes(frame),
        *family_of(selection).notes(frame, selection),
    )


bands: Final = register(
    Finding(
        key="change-bands",
        title=lambda s: f"{measure_of(s).name}: change of the gap by experience band",
        subtitle=since_subtitle,
        unit=lambda s: measure_of(s).unit,
        scale=lambda s: measure_of(s).scale,
        sources=TABLES,
        unread=unread,
        columns=BAND_COLUMNS,
        analyse=by_band,
        sentence=_bands_say,
        notes=_band_notes,
        method=study_method,
        kind=Kind.OFFICIAL,
        whole="measure-places",
        about="One measure by band and year: how far the gap has moved since its base.",
    )
)
