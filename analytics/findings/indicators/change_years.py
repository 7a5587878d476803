"""The gap by year, from where it stood before the start: an event study."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.breaks import mark_notes
from analytics.evaluation.comparison import Compared
from analytics.evaluation.measure_families import (
    TABLES,
    family_of,
    measure_of,
    nothing_before,
    unread,
)
from analytics.evaluation.reasons import FEWEST_PILOTS, few_chosen
from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL
from analytics.evaluation.years_before import enough_years_before
from analytics.findings.measures.since_base import (
    STUDY_COLUMNS,
    base_years,
    compared_since,
    from_first_to_last,
    listed_neighbours,
    moved_plainly,
    moved_technically,
    since_subtitle,
    study_method,
    study_rows,
    year_marks,
)
from analytics.methods.averages import mean_of_present
from analytics.methods.event_study import EventStudy, event_study
from analytics.methods.refusal import NotEstimableError
from analytics.programme import earlier
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import YEARS
from analytics.selection.follows import GAPS, MEASURE
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.quantity import with_unit
from analytics.text.wording import (
    fitting,
    only,
    signed,
    significant,
    upper_first,
    years_label,
)
from analytics.text.words import Words, technical_line
from data.schema import Column, text
from data.sources.source import Kind

YEAR_COLUMNS: Final = (
    *STUDY_COLUMNS,
    Column(name="gap", label="Gap", about="Mean over the same pilots, not less the base."),
    Column(
        name="step",
        label="Change from the year before",
        about="Mean over the pilots that have a gap in both years.",
    ),
    text("pilots_missing", "Pilots without a gap"),
    text("neighbours_missing", "Neighbours without a figure"),
    text("marks", "What marks the year"),
)


def by_year(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Follow the gap of the chosen pilots from its base, every year held.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; its period plays no part.

    Raises:
        NotEstimableError: Too few pilots have a gap in the base.
    """
    compared = compared_since(tables, selection, (measure_of(selection).key,))
    gaps = (compared.own - compared.comparator)[0]
    both = np.isfinite(gaps)
    study = event_study(gaps, base=base_years(selection), fewest=FEWEST_PILOTS)
    _refuse(both, study, selection)
    based = both & both[:, base_years(selection)].any(axis=1)[:, None]
    frame = study_rows(study, selection).assign(
        gap=mean_of_present(np.where(based, gaps, np.nan).T),
        step=mean_of_present(np.diff(gaps, axis=1, prepend=np.nan).T),
        pilots_missing=_missing_pilots(based, compared),
        neighbours_missing=_missing_neighbours(tables, selection),
        marks=year_marks(tables, selection),
    )
    return from_first_to_last(frame, study.n > 0)


def _refuse(both: np.ndarray, study: EventStudy, selection: Selection) -> None:
    _, why = few_chosen(selection)
    if why:
        raise NotEstimableError(why)
    if not both[:, base_years(selection)].any():
        raise NotEstimableError(nothing_before(selection))
    if not np.isfinite(study.estimate).any():
        many = int(both[:, base_years(selection)].any(axis=1).sum())
        few = only(many, "pilot", of=len(selection.chosen))
        msg = f"{few} can be compared in the base; {FEWEST_PILOTS} are needed."
        raise NotEstimableError(msg)


def _missing_pilots(based: np.ndarray, compared: Compared) -> list[str]:
    names = [place_name(code) for code in compared.codes]
    return [
        ", ".join(name for name, there in zip(names, year, strict=True) if not there)
        for year in based.T
    ]


def _missing_neighbours(tables: Tables, selection: Selection) -> list[str]:
    codes = listed_neighbours(tables, selection)
    panel = family_of(selection).panel(tables, selection)
    known = [code for code in codes if code in panel.places]
    never = [code for code in codes if code not in panel.places]
    at = [panel.places[code] for code in known]
    there = np.isfinite(panel.comparable((measure_of(selection).key,), YEARS)[0, at])
    return [
        ", ".join(
            place_name(code)
            for code in (*never, *(c for c, has in zip(known, year, strict=True) if not has))
        )
        for year in there.T
    ]


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    after = frame[(frame["year_end"] > selection.programme.last_before) & frame["change"].notna()]
    if not len(after):
        why = "No year after the start can be set against the base."
        return Words(verdict="No year after the start can be compared", plain=(why,))
    seen = int((after["year_end"] <= selection.programme.window[1]).sum())
    places = [*([seen - 1] if 0 < seen < len(after) else []), -1]
    shown = [after.iloc[place] for place in places]
    return Words(
        verdict=_verdict(after, selection),
        plain=tuple(part for row in shown for part in moved_plainly(row, selection)),
        technical=technical_line(
            f"base {selection.base.label}",
            *(moved_technically(row) for row in shown),
            _before(frame, selection),
        ),
    )


def _verdict(after: pd.DataFrame, selection: Selection) -> str:
    """Say in which year after the start a change that is clear of chance is largest, if any is.

    The number of years is not counted, so the measure may have changed, no more.
    """
    name, tested = measure_of(selection).plain, after[after["low"].notna()]
    if not len(tested):
        return TOO_FEW_TO_TELL
    bare = name.subject.removeprefix("the ")
    clear = tested[(tested["low"] > 0) | (tested["high"] < 0)]
    if not len(clear):
        none = "No clear change"
        return fitting(
            f"{none} in {name.subject} in any year after the start",
            f"{none} in {bare} in any year",
            f"{none} in any year: {bare}",
            f"{none} in any year after the start",
        )
    row = clear.iloc[int(clear["change"].abs().to_numpy().argmax())]
    moved = f"may have {'fallen' if row['change'] < 0 else 'risen'}"
    when = f", most in {row['year']}" if len(clear) > 1 else f" in {row['year']}"
    said = f"{moved}{when}"
    return upper_first(fitting(f"{name.subject} {said}", f"{bare} {said}", said))


def _before(frame: pd.DataFrame, selection: Selection) -> str:
    last = frame[(frame["year_end"] == selection.programme.last_before) & frame["step"].notna()]
    if not len(last):
        return "one year before the start, so no earlier trend"
    step = last["step"].iloc[0]
    measure = measure_of(selection)
    of = selection.programme
    alone = "" if enough_years_before(of) else ", one contrast and no trend"
    span = years_label(of.last_before - 1, of.last_before, measure.day)
    return (
        f"{span}, before the start: "
        f"{with_unit(signed(step, significant(step)), measure.unit, measure.scale)}{alone}"
    )


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    thin = [
        f"{year} without {names}"
        for year, names in zip(frame["year"], frame["pilots_missing"], strict=True)
        if names
    ]
    missing = f"Pilots without a gap in a year or in the base: {'; '.join(thin)}." if thin else ""
    return (
        earlier(selection.programme),
        *mark_notes(frame),
        *([missing] if missing else []),
        "The period chosen in the bar plays no part here: every year held is shown.",
        *family_of(selection).notes(frame, selection),
    )


years: Final = register(
    Finding(
        key="change-years",
        follows=GAPS | MEASURE | {"base"},
        title=lambda s: f"{measure_of(s).name}: change of the gap since before the start",
        subtitle=since_subtitle,
        unit=lambda s: measure_of(s).unit,
        measure=measure_of,
        scale=lambda s: measure_of(s).scale,
        sources=TABLES,
        unread=unread,
        columns=YEAR_COLUMNS,
        analyse=by_year,
        words=_words,
        notes=_notes,
        method=study_method,
        kind=Kind.OFFICIAL,
        whole="measure-neighbours",
        about="One measure by year: how far the gap has moved since its base, with interval.",
    )
)
