"""One measure by experience band: the mean gap of each band, with interval and test."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from analytics.evaluation.hidden_values import hidden_levels
from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.method_card import facts
from analytics.evaluation.reasons import FEWEST_PILOTS
from analytics.evaluation.verdict_columns import HIDDEN, HIGH, LOW, T_HIGH, T_LOW
from analytics.evaluation.verdict_words import (
    UNBOUNDED,
    hidden_words,
    interval_words,
)
from analytics.evaluation.verdicts import bounded
from analytics.findings.measures.together import beside
from analytics.measures.measure import Measure, unit_heading
from analytics.methods.averages import mean_of_present
from analytics.methods.gap import mean_gap
from analytics.methods.signflip import sign_flips, smallest_p
from analytics.methods.smallest_change import fewest_to_see
from analytics.programme import band_sizes, is_divided
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.selection.selection import Selection
from analytics.text.quantity import with_unit
from analytics.text.wording import (
    ALPHA,
    fitting,
    in_sentences,
    listed,
    number,
    p_words,
    signed,
    significant,
    upper_first,
)
from analytics.text.words import Words, technical_line
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind, key_text, text
from data.sources.source import Kind


def _band_columns(of: Programme) -> tuple[Column, ...]:
    """Return the columns, which say what bands are called."""
    return (
        key_text("band", "Band"),
        text("name", upper_first(of.band_words)),
        text("places", "Pilots"),
        Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
        Column(name="level", label="Pilots' mean"),
        Column(name="comparator", label="Comparator's mean"),
        Column(name="gap", label="Gap"),
        LOW,
        HIGH,
        Column(name="p", label="p, sign-flip", decimals=3),
        Column(name="smallest_p", label="Smallest p this n can give", decimals=3),
        text("withheld", "Why not answered"),
        T_LOW,
        T_HIGH,
        *(replace(one, in_table=False) for one in HIDDEN),
    )


def band_means(family: MeasureFamily, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Average the gap of the pilots of each band, with its interval and test.

    Args:
        family: The family of the measure.
        tables: The tables of the family by key.
        selection: What the reader chose.
    """
    compared = beside(family, tables, selection)
    gaps = np.where(np.isfinite(compared.comparator), compared.own - compared.comparator, np.nan)[0]
    both = np.isfinite(gaps)
    each = mean_of_present(gaps)
    own = mean_of_present(np.where(both, compared.own[0], np.nan))
    against = mean_of_present(np.where(both, compared.comparator[0], np.nan))
    rows = list[dict[str, object]]()
    for band in selection.bands:
        members = [pilot for pilot in selection.chosen if pilot.band == band]
        if not members:
            continue
        codes = tuple(pilot.code for pilot in members)
        at = [compared.codes.index(code) for code in codes]
        known = [place for place in at if np.isfinite(each[place])]
        names = {"places": listed([pilot.name for pilot in members])}
        about = {"band": band.key, "name": band.label, **names}
        means = {"level": _over(own, known), "comparator": _over(against, known)}
        means |= hidden_levels(family, tables, selection, codes, compared.keys[0])
        rows.append({**about, **means, **_verdict(each[known])})
    return pd.DataFrame(
        rows, columns=[column.name for column in _band_columns(selection.programme)]
    )


def _over(values: np.ndarray, at: list[int]) -> float:
    return float(values[at].mean()) if at else np.nan


def _verdict(gaps: np.ndarray) -> dict[str, object]:
    """Return a band's mean gap, its interval and test, or why they are not given."""
    n = len(gaps)
    if n < FEWEST_PILOTS:
        why = f"Each band needs at least {FEWEST_PILOTS} pilots that can be compared."
        gap = float(gaps.mean()) if n else np.nan
        empty = dict.fromkeys(("low", "high", "t_low", "t_high", "p", "smallest_p"), np.nan)
        return {"n": n, "gap": gap, **empty, "withheld": why}
    group, p = mean_gap(gaps[None, :]), sign_flips(gaps[None, :])
    return {
        "n": n,
        "gap": float(group.estimate[0]),
        "low": float(bounded(group.low)[0]),
        "high": float(bounded(group.high)[0]),
        "t_low": float(group.t_low[0]),
        "t_high": float(group.t_high[0]),
        "p": float(p[0]),
        "smallest_p": smallest_p(n),
        "withheld": "",
    }


def _words(family: MeasureFamily, frame: pd.DataFrame, selection: Selection) -> Words:
    measure = family.measure(selection)
    answered = frame[frame["withheld"] == ""]
    name, of = measure.plain, selection.programme
    decimals = name.decimals_of(*answered["gap"])
    rows = [row for _, row in answered.iterrows()]
    said = [
        f"{name.short_directed(row['gap'], decimals)} ({of.band(row['band']).short})"
        for row in rows
    ]
    widest = rows[int(answered["gap"].abs().to_numpy().argmax())]
    small = (answered["smallest_p"] >= ALPHA).all()
    said_of = f"{of.band(widest['band']).short}{', but too few pilots to test' if small else ''}"
    leads = ("Widest gap",) if len(answered) > 1 else ("One band can be shown", "One band")
    return Words(
        verdict=fitting(*(f"{lead}: {said_of}" for lead in leads)),
        plain=(
            *in_sentences(f"{upper_first(name.subject)} against {selection.than}", said),
            *((UNBOUNDED,) if answered["low"].isna().all() else ()),
        ),
        technical=technical_line(*(_band_line(row, measure, selection) for row in rows)),
    )


def _band_line(row: pd.Series, measure: Measure, selection: Selection) -> str:
    places = max(significant(row["gap"]), measure.decimals)
    ends = f"{signed(row['t_low'], places)} to {signed(row['t_high'], places)}"
    hidden = f", {said}" if (said := hidden_words(row)) else ""
    return (
        f"{selection.programme.band(row['band']).short} "
        f"{with_unit(signed(row['gap'], places), measure.unit, measure.scale)} "
        f"({interval_words(row['low'], row['high'], places)}, 95% t interval {ends}, n "
        f"{int(row['n'])}, {p_words(row['p'])}, smallest possible {number(row['smallest_p'], 3)}"
        f"{hidden})"
    )


def small_bands(of: Programme) -> tuple[str, ...]:
    """Return what to keep in mind of bands so small that no test of one can be clear of chance.

    Args:
        of: The programme.
    """
    sizes = band_sizes(of, most=fewest_to_see() - 1)
    return (f"Bands of {sizes} can be described, hardly tested.",) if sizes else ()


def bands_of(
    family: MeasureFamily, *, key: str, follows: frozenset[str], whole: str, about: str
) -> Finding:
    """Make the finding that averages one measure's gap by experience band.

    Args:
        family: The family of the measure.
        key: Name in addresses.
        follows: What its rows and words follow of a selection.
        whole: Key of the finding that holds the whole table.
        about: One line for the list of findings.
    """
    return Finding(
        key=key,
        follows=follows,
        applies=is_divided,
        title=lambda s: f"{family.measure(s).name}: mean gap by {s.programme.band_words}",
        subtitle=lambda s: f"{unit_heading(family.measure(s))} · {family.label(s)}",
        unit=family.unit,
        measure=family.measure,
        scale=family.scale,
        sources=family.sources,
        columns=_band_columns,
        analyse=partial(band_means, family),
        words=partial(_words, family),
        notes=lambda frame, selection: (
            *small_bands(selection.programme),
            *family.notes(frame, selection),
        ),
        method=lambda selection: facts(
            selection,
            estimand="The mean over the pilots of a band of each pilot's mean gap.",
            unit=family.measure(selection).unit,
            period=family.period(selection),
        ),
        kind=Kind.OFFICIAL,
        whole=whole,
        about=about,
    )
