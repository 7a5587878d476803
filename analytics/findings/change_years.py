"""The gap by year, from where it stood before the start: an event study, whole and by band."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.breaks import boundary_changes, mark_notes, marks
from analytics.evaluation.comparison import Compared, compare, neighbours_of
from analytics.evaluation.measure_families import (
    TABLES,
    family_of,
    measure_of,
    nothing_before,
    unread,
)
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.verdict_sentences import faced
from analytics.evaluation.verdicts import FEWEST_PILOTS
from analytics.measures.measure import unit_apart
from analytics.methods.averages import mean_of_present
from analytics.methods.event_study import EventStudy, event_study
from analytics.methods.refusal import NotEstimableError
from analytics.methods.signflip import smallest_p
from analytics.programme import (
    PROGRAMME,
    band_sizes,
    count_words,
    earlier,
    largest_band,
    smallest_band,
)
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import YEARS, Comparator
from analytics.selection.places import place_name
from analytics.selection.selection import LAST_BEFORE, WINDOW, Selection
from analytics.text.wording import (
    ALPHA,
    listed,
    number,
    pluralise,
    signed,
    significant,
    year_label,
    years_label,
)
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
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

_YEAR_COLUMNS: Final = (
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    text("year", "Year"),
    key_text("base", "Base period", about="yes where the year is measured against itself."),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(
        name="change",
        label="Change of the gap since the base",
        about="Mean over pilots of the gap of the year minus the pilot's own mean gap in the base.",
    ),
    Column(name="low", label="95% interval, lower", about="Student's t over pilots, n - 1 df."),
    Column(name="high", label="95% interval, upper", about="Student's t over pilots, n - 1 df."),
)

YEAR_COLUMNS: Final = (
    *_YEAR_COLUMNS,
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

BAND_COLUMNS: Final = (
    key_text("band", "Band"),
    text("name", "Experience band"),
    *_YEAR_COLUMNS,
    Column(
        name="smallest_p",
        label="Smallest p this n can give",
        decimals=3,
        about="2 / 2^n: no sign-flip test of so many pilots can be below it.",
    ),
    text("marks", "What marks the year"),
)


def _compared(tables: Tables, selection: Selection) -> Compared:
    return compare(
        family_of(selection).panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        replace(selection, first=YEARS[0], last=YEARS[-1]),
        keys=(measure_of(selection).key,),
        codes=tuple(pilot.code for pilot in selection.chosen),
    )


def _base(selection: Selection) -> np.ndarray:
    return np.array([year in selection.base.years for year in YEARS], dtype=np.bool_)


def _years(study: EventStudy, selection: Selection) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year_end": YEARS,
            "year": [year_label(year, measure_of(selection).day) for year in YEARS],
            "base": ["yes" if year in selection.base.years else "no" for year in YEARS],
            "n": study.n,
            "change": study.estimate,
            "low": study.low,
            "high": study.high,
        }
    )


def _listed(tables: Tables, selection: Selection) -> tuple[str, ...]:
    """Return every neighbour that a chosen pilot is compared with, each once."""
    if selection.compare is not Comparator.NEIGHBOURS:
        return ()
    table = tables[sources.NEIGHBOURS.key]
    found = [neighbours_of(pilot.code, table, selection) for pilot in selection.chosen]
    return tuple(dict.fromkeys(code for codes in found for code in codes))


def _marks(tables: Tables, selection: Selection) -> list[str]:
    codes = (*_listed(tables, selection), *(pilot.code for pilot in selection.chosen))
    boundaries = boundary_changes(tables[sources.AUTHORITIES.key].frame, codes)
    breaks = measure_of(selection).breaks
    return [marks(year, breaks=breaks, boundaries=boundaries) for year in YEARS]


def _held(frame: pd.DataFrame, shown: np.ndarray) -> pd.DataFrame:
    at = np.flatnonzero(shown)
    return frame.iloc[at[0] : at[-1] + 1]


def by_year(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Follow the gap of the chosen pilots from its base, every year held.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; its period plays no part.

    Raises:
        NotEstimableError: Too few pilots have a gap in the base.
    """
    compared = _compared(tables, selection)
    gaps = (compared.own - compared.comparator)[0]
    both = np.isfinite(gaps)
    study = event_study(gaps, base=_base(selection), fewest=FEWEST_PILOTS)
    _refuse(both, study, selection)
    based = both & both[:, _base(selection)].any(axis=1)[:, None]
    frame = _years(study, selection).assign(
        gap=mean_of_present(np.where(based, gaps, np.nan).T),
        step=mean_of_present(np.diff(gaps, axis=1, prepend=np.nan).T),
        pilots_missing=_missing_pilots(based, compared),
        neighbours_missing=_missing_neighbours(tables, selection),
        marks=_marks(tables, selection),
    )
    return _held(frame, study.n > 0)


def _refuse(both: np.ndarray, study: EventStudy, selection: Selection) -> None:
    chosen = len(selection.chosen)
    if chosen < FEWEST_PILOTS:
        msg = f"An average of {pluralise(chosen, 'pilot')} says too little; {FEWEST_PILOTS} needed."
        raise NotEstimableError(msg)
    if not both[:, _base(selection)].any():
        raise NotEstimableError(nothing_before(selection))
    if not np.isfinite(study.estimate).any():
        many = int(both[:, _base(selection)].any(axis=1).sum())
        msg = f"{many} of the {chosen} pilots have a gap in the base; {FEWEST_PILOTS} are needed."
        raise NotEstimableError(msg)


def _missing_pilots(based: np.ndarray, compared: Compared) -> list[str]:
    names = [place_name(code) for code in compared.codes]
    return [
        ", ".join(name for name, there in zip(names, year, strict=True) if not there)
        for year in based.T
    ]


def _missing_neighbours(tables: Tables, selection: Selection) -> list[str]:
    codes = _listed(tables, selection)
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


def _says(frame: pd.DataFrame, selection: Selection) -> str:
    series = measure_of(selection)
    unit = unit_apart(series)
    after = frame[(frame["year_end"] > LAST_BEFORE) & frame["change"].notna()]
    if not len(after):
        return "No year after the start can be set against the base."
    seen = after[after["year_end"] <= WINDOW[1]].tail(1)
    said = [_moved(row) for _, row in pd.concat([seen, after.tail(1)]).drop_duplicates().iterrows()]
    words = (
        f"Against {selection.base.label} the pilots' gap to {faced(selection)} has moved, "
        f"{unit}: {listed(said)}."
    )
    return f"{words} {_before(frame, selection)}"


def _moved(row: pd.Series) -> str:
    places = significant(row["change"])
    ends = f"{signed(row['low'], places)} to {signed(row['high'], places)}"
    return (
        f"{signed(row['change'], places)} by {row['year']} (95 % interval {ends}, "
        f"n = {int(row['n'])})"
    )


def _before(frame: pd.DataFrame, selection: Selection) -> str:
    last = frame[(frame["year_end"] == LAST_BEFORE) & frame["step"].notna()]
    if not len(last):
        return "Before the start there is one year only, so nothing is known of an earlier trend."
    step = last["step"].iloc[0]
    measure = measure_of(selection)
    unit = unit_apart(measure)
    return (
        f"From {years_label(LAST_BEFORE - 1, LAST_BEFORE, measure.day)}, before the start, it "
        f"moved by {signed(step, significant(step))} {unit}; two points cannot show a trend."
    )


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    thin = [
        f"{row['year']} without {row['pilots_missing']}"
        for _, row in frame.iterrows()
        if row["pilots_missing"]
    ]
    missing = f"Pilots without a gap in a year or in the base: {'; '.join(thin)}." if thin else ""
    return (
        earlier(),
        *mark_notes(frame),
        *([missing] if missing else []),
        "The period chosen in the bar plays no part here: every year held is shown.",
        *family_of(selection).notes(frame, selection),
    )


def _method(selection: Selection) -> Facts:
    common = facts(
        selection,
        estimand=f"In each year, the mean over pilots of the pilot's gap minus its own mean gap in "
        f"{selection.base.label}. A pilot without a gap in the base is left out of every year.",
        unit=measure_of(selection).unit,
        test=False,
    )
    interval = ("Interval", "95 %, Student's t over pilots, n - 1 degrees of freedom, each year.")
    return (*common, ("Base period", selection.base.label), interval)


def _subtitle(selection: Selection) -> str:
    return (
        f"{measure_of(selection).unit.capitalize()} · base {selection.base.label} · "
        f"{selection.pilot_words} · {selection.comparator_words}"
    )


years: Final = register(
    Finding(
        key="change-years",
        title=lambda s: f"{measure_of(s).name}: change of the gap since before the start",
        subtitle=_subtitle,
        unit=lambda s: measure_of(s).unit,
        scale=lambda s: measure_of(s).scale,
        sources=TABLES,
        unread=unread,
        columns=YEAR_COLUMNS,
        analyse=by_year,
        sentence=_says,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="measure-places",
        about="One measure by year: how far the gap has moved since its base, with interval.",
    )
)


def by_band(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Follow the gap of each band's pilots from its base.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: No band has enough pilots with a gap in the base.
    """
    compared = _compared(tables, selection)
    gaps = (compared.own - compared.comparator)[0]
    if not np.isfinite(gaps[:, _base(selection)]).any():
        raise NotEstimableError(nothing_before(selection))
    words = _marks(tables, selection)
    parts = list[pd.DataFrame]()
    for band in selection.bands:
        at = [place for place, pilot in enumerate(selection.chosen) if pilot.band == band]
        study = event_study(gaps[at], base=_base(selection), fewest=FEWEST_PILOTS)
        if np.isfinite(study.estimate).any():
            rows = _years(study, selection).assign(
                band=band.key,
                name=band.label,
                smallest_p=[smallest_p(int(n)) if n else np.nan for n in study.n],
                marks=words,
            )
            parts.append(_held(rows, np.isfinite(study.estimate)))
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
            said.append(f"{short} {_moved(held.iloc[-1])}, smallest p {limit}")
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
        subtitle=_subtitle,
        unit=lambda s: measure_of(s).unit,
        scale=lambda s: measure_of(s).scale,
        sources=TABLES,
        unread=unread,
        columns=BAND_COLUMNS,
        analyse=by_band,
        sentence=_bands_say,
        notes=_band_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="measure-places",
        about="One measure by band and year: how far the gap has moved since its base.",
    )
)
