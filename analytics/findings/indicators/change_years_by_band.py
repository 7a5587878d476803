"""The gap of each experience band by year, from where it stood before the start."""

from math import isnan
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.breaks import mark_notes
from analytics.evaluation.measure_families import (
    TABLES,
    family_of,
    measure_of,
    nothing_before,
    unread,
)
from analytics.evaluation.reasons import FEWEST_PILOTS
from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL, UNBOUNDED
from analytics.findings.measures.bands import small_bands
from analytics.findings.measures.since_base import (
    STUDY_COLUMNS,
    base_years,
    compared_since,
    from_first_to_last,
    moved_technically,
    since_subtitle,
    study_method,
    study_rows,
    year_marks,
)
from analytics.methods.event_study import event_study
from analytics.methods.refusal import NotEstimableError
from analytics.methods.signflip import smallest_p
from analytics.programme import is_divided
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import GAPS, MEASURE
from analytics.selection.selection import Selection
from analytics.text.wording import ALPHA, in_sentences, number, upper_first
from analytics.text.words import Words, technical_line
from data.programmes.programme import Programme
from data.schema import Column, key_text, text
from data.sources.source import Kind


def _band_columns(of: Programme) -> tuple[Column, ...]:
    """Return the columns, which say what bands are called."""
    return (
        key_text("band", "Band"),
        text("name", upper_first(of.band_words)),
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
        raise NotEstimableError(nothing_before(selection))
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


def _bands_words(frame: pd.DataFrame, selection: Selection) -> Words:
    held = frame[(frame["year_end"] > selection.programme.last_before) & frame["change"].notna()]
    if not len(held):
        why = "No year after the start can be set against the base in any band."
        return Words(verdict="No year after the start can be compared", plain=(why,))
    last_at = {band: at for at, band in enumerate(held["band"])}
    last = [held.iloc[at] for at in last_at.values()]
    name = measure_of(selection).plain
    decimals = name.decimals_of(*(row["change"] for row in last))
    moved = [
        f"{name.short_directed(row['change'], decimals, words=('down', 'up'))} "
        f"({selection.programme.band(row['band']).short})"
        for row in last
    ]
    small = all(row["smallest_p"] >= ALPHA for row in last)
    return Words(
        verdict=(
            TOO_FEW_TO_TELL
            if small
            else "Bands moved by different amounts"
            if len(last) > 1
            else "One band can be shown"
        ),
        plain=(
            *in_sentences(f"By {last[-1]['year']}, {name.subject} against {selection.than}", moved),
            *((UNBOUNDED,) if all(isnan(row["low"]) for row in last) else ()),
        ),
        technical=technical_line(
            f"base {selection.base.label}",
            *(
                f"{selection.programme.band(row['band']).short} {moved_technically(row)}, "
                f"smallest p possible {number(row['smallest_p'], 3)}"
                for row in last
            ),
        ),
    )


def _band_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        *small_bands(selection.programme),
        *mark_notes(frame),
        *family_of(selection).notes(frame, selection),
    )


bands: Final = register(
    Finding(
        key="change-bands",
        follows=GAPS | MEASURE | {"base"},
        applies=is_divided,
        title=lambda s: f"{measure_of(s).name}: change of the gap by {s.programme.band_words}",
        subtitle=since_subtitle,
        unit=lambda s: measure_of(s).unit,
        measure=measure_of,
        scale=lambda s: measure_of(s).scale,
        sources=TABLES,
        unread=unread,
        columns=_band_columns,
        analyse=by_band,
        words=_bands_words,
        notes=_band_notes,
        method=study_method,
        kind=Kind.OFFICIAL,
        whole="measure-neighbours",
        about="One measure by band and year: how far the gap has moved since its base.",
    )
)
