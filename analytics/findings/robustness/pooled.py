"""Bands and pilots with their means drawn together: an extra, never the headline."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import Compared
from analytics.evaluation.in_question import compared_on, outcome_scale, outcome_unit, subtitle
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcomes import (
    before_after,
    estimand,
    outcomes,
    yearly,
)
from analytics.evaluation.verdict_columns import interval_columns
from analytics.methods.partial_pooling import PartialPooling, partial_pooling
from analytics.methods.refusal import NotEstimableError
from analytics.programme import is_divided
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import GAPS, MEASURE
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.wording import number, signed, significant
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind, key_text, text
from data.sources.source import Kind

Floats = NDArray[np.float64]

BAND: Final = "band"
PILOT: Final = "pilot"
MOSTLY: Final = 0.5  # of a figure
POOLED_COLUMNS: Final = (
    key_text("kind", "Of", about="band or pilot."),
    text("name", "Band or pilot"),
    key_text("code", "Key or code", in_table=False),
    Column(name="n", label="Made of", kind=ColumnKind.COUNT, decimals=0,
           about="Pilots of a band with an estimate; years of a pilot."),
    Column(name="own", label="Own estimate", decimals=2),
    Column(name="error", label="Its standard error", decimals=2,
           about="From the spread between pilots of the band, or between years of the pilot."),
    Column(name="kept", label="Share of its own kept", decimals=2,
           about="0: only the common mean counts; 1: only its own estimate does."),
    Column(name="estimate", label="Drawn together", decimals=2),
    *interval_columns(about="Normal.", decimals=2),
    Column(name="mean", label="Common mean", decimals=2, about="Of all bands, or of all pilots."),
    Column(name="between", label="Standard deviation between", decimals=2,
           about="Of the true means, by restricted maximum likelihood. 0 does not show that they "
           "are alike."),
)  # fmt: skip


def pooled_means(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Draw the means of bands, and those of pilots, towards their common mean.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        NotEstimableError: Fewer than two bands, and fewer than two pilots, have an estimate whose
            error is known.
    """
    compared = compared_on(tables, selection, (measure_of(selection).key,))
    each = outcomes(compared, selection.outcome)[0]
    kinds = (_bands(each, selection), _pilots(compared, each, selection))
    rows = [_pooled(rows) for rows in kinds if int(rows["error"].notna().sum()) > 1]
    if not rows:
        msg = "Two bands or two pilots whose error is known are needed to draw them together."
        raise NotEstimableError(msg)
    return pd.concat(rows, ignore_index=True)


def _bands(each: Floats, selection: Selection) -> pd.DataFrame:
    rows = list[dict[str, object]]()
    for band in selection.bands:
        mine = np.array([pilot.band == band for pilot in selection.chosen], dtype=np.bool_)
        held = each[mine & np.isfinite(each)]
        if not len(held):
            continue
        error = float(held.std(ddof=1)) / np.sqrt(len(held)) if len(held) > 1 else np.nan
        named = {"kind": BAND, "name": band.label, "code": band.key, "n": len(held)}
        rows.append({**named, "own": float(held.mean()), "error": error})
    return _known(rows)


def _pilots(compared: Compared, each: Floats, selection: Selection) -> pd.DataFrame:
    """Return each pilot's estimate, and its error from the spread between its years."""
    by_year = yearly(compared, selection.outcome)[0]
    sides = [np.ones(len(compared.years), dtype=np.bool_)]
    if selection.outcome.is_change:
        sides = list(before_after(compared.years, compared.programme))
    rows = list[dict[str, object]]()
    for at, code in enumerate(compared.codes):
        if np.isnan(each[at]):
            continue
        squares, n = 0.0, 0
        for side in sides:
            held = by_year[at, side][np.isfinite(by_year[at, side])]
            squares += float(held.var(ddof=1)) / len(held) if len(held) > 1 else np.nan
            n += len(held)
        named = {"kind": PILOT, "name": place_name(code), "code": code, "n": n}
        rows.append({**named, "own": float(each[at]), "error": np.sqrt(squares)})
    return _known(rows)


def _known(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Arrange rows; an error of zero, of years that are all alike, counts as not known."""
    frame = pd.DataFrame(rows, columns=["kind", "name", "code", "n", "own", "error"])
    return frame.assign(error=frame["error"].where(frame["error"] > 0))


def _pooled(rows: pd.DataFrame) -> pd.DataFrame:
    own, error = (rows[name].to_numpy(np.float64) for name in ("own", "error"))
    made: PartialPooling = partial_pooling(own[None], error[None] ** 2)
    return rows.assign(
        kept=made.own[0],
        estimate=made.estimate[0],
        low=made.low[0],
        high=made.high[0],
        mean=made.mean[0],
        between=np.sqrt(made.between[0]),
    )


def _pooled_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    bands = frame[(frame["kind"] == BAND) & frame["estimate"].notna()]
    pilots = frame[(frame["kind"] == PILOT) & frame["estimate"].notna()]
    shown = bands if len(bands) else pilots
    things = "bands" if len(bands) else "pilots"
    kept = float(shown["kept"].mean())
    return Words(
        verdict=_verdict(things, kept),
        plain=(
            "Small groups swing by chance, so each mean is drawn towards that of all.",
            f"On average {number(100 * kept, 0)}% of each one's own figure is kept.",
        ),
        technical=technical_line(
            "empirical Bayes, normal",
            _of(bands, "bands", each=True),
            _of(pilots, "pilots", each=False),
        ),
    )


def _things(selection: Selection) -> str:
    """Say what is drawn together."""
    return "bands and pilots" if is_divided(selection.programme) else "pilots"


def _verdict(things: str, kept: float) -> str:
    if kept >= MOSTLY:
        return f"The {things} keep most of their differences when drawn together"
    if kept > 0:
        return f"Drawn together, the {things} lie closer to each other"
    return f"Drawn together, the {things} cannot be told apart"


def _of(rows: pd.DataFrame, name: str, *, each: bool) -> str:
    """Write how means were drawn together; each one only where there are few."""
    if not len(rows):
        return ""
    row = rows.iloc[0]
    places = max(significant(row["mean"]), 1)
    said = f"{name}: common mean {signed(row['mean'], places)}, SD between "
    said += number(row["between"], places)
    if not each:
        return f"{said}, {number(100 * rows['kept'].mean(), 0)}% of each one's own kept"
    means = [
        f"{one['name']} {signed(one['estimate'], places)} "
        f"({signed(one['low'], places)} to {signed(one['high'], places)})"
        for _, one in rows.iterrows()
    ]
    return f"{said}; {', '.join(means)}"


def _pooled_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            "An extra beside the separate means: where figures of a few places are drawn together "
            "too far, real differences are hidden. How much true means differ is taken as known "
            "once estimated, and so few groups hardly show it: ranges are too narrow."
        ),
        "Years of one pilot go together, so that the errors of pilots are likely too small.",
        *family_of(selection).notes(frame, selection),
    )


def _pooled_method(selection: Selection) -> Facts:
    common = facts(
        selection,
        estimand=f"The true mean of each band and pilot. {estimand(selection)}",
        unit=outcome_unit(selection),
        test=False,
    )
    return (
        *common,
        (
            "Drawing together",
            (
                "Empirical Bayes with normal means: own x estimate + (1 - own) x common mean, "
                "where own is the variance between true means over that and the squared error."
            ),
        ),
        (
            "Source",
            (
                "Raudenbush and Bryk (1985), Journal of Educational Statistics 10(2); Efron and "
                "Morris (1975), Journal of the American Statistical Association 70."
            ),
        ),
    )


pooled: Final = register(
    Finding(
        key="robustness-pooled",
        follows=GAPS | MEASURE | {"outcome"},
        title=lambda s: f"{measure_of(s).name}: {_things(s)} drawn together",
        subtitle=subtitle,
        unit=outcome_unit,
        measure=measure_of,
        scale=outcome_scale,
        sources=TABLES,
        unread=unread,
        columns=POOLED_COLUMNS,
        analyse=pooled_means,
        words=_pooled_words,
        notes=_pooled_notes,
        method=_pooled_method,
        kind=Kind.OFFICIAL,
        whole="measure-neighbours",
        about="One measure: means of bands and of pilots, drawn towards their common mean.",
    )
)
