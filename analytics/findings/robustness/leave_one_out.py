"""Leave one out: each pilot, and each authority that pilots are compared with."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import Compared, compare, neighbours_of
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcomes import apart_of, estimand, named, outcomes, scale_of, unit_of
from analytics.evaluation.verdicts import FEWEST_PILOTS
from analytics.methods.gap import mean_gap
from analytics.methods.leave_one_out import without_each
from analytics.methods.refusal import NotEstimableError
from analytics.methods.signflip import sign_flips
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import Comparator
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.wording import ALPHA, p_words, pluralise, signed, significant
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

WHOLE: Final = "whole"
PILOT: Final = "pilot"
NEIGHBOUR: Final = "neighbour"
MOST_NAMES: Final = 6  # as many as a sentence bears

COLUMNS: Final = (
    text("left_out", "Left out"),
    key_text("code", "GSS code", in_table=False),
    key_text("role", "Role", about="whole, pilot or neighbour."),
    key_text("band", "Band"),
    Column(
        name="serves",
        label="Pilots compared with it",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="Chosen pilots whose neighbour it is.",
    ),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="estimate", label="Estimate without it", decimals=2),
    Column(name="low", label="95% interval, lower", decimals=2),
    Column(name="high", label="95% interval, upper", decimals=2),
    Column(name="p", label="p, sign-flip", decimals=3, about="Exact two-sided, unadjusted."),
    Column(name="shift", label="Shift", decimals=2, about="Estimate without it less the whole."),
)


def _compared(tables: Tables, selection: Selection, without: str = "") -> Compared:
    return compare(
        family_of(selection).panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=(measure_of(selection).key,),
        codes=tuple(pilot.code for pilot in selection.chosen),
        without=without,
    )


def _serving(tables: Tables, selection: Selection) -> dict[str, int]:
    """Count for how many chosen pilots each neighbour in use serves."""
    counts = dict[str, int]()
    if selection.compare is not Comparator.NEIGHBOURS:
        return counts
    for pilot in selection.chosen:
        for code in neighbours_of(pilot.code, tables[sources.NEIGHBOURS.key], selection):
            counts[code] = counts.get(code, 0) + 1
    return counts


def without_one(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Estimate again without each pilot, and without each neighbour of any of them.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        NotEstimableError: Too few pilots can be compared to leave one out.
    """
    each = outcomes(_compared(tables, selection), selection.outcome)[0]
    n = int(np.isfinite(each).sum())
    if n <= FEWEST_PILOTS:
        msg = (
            f"{pluralise(n, 'pilot')} can be compared; {FEWEST_PILOTS + 1} are needed to leave one "
            "out."
        )
        raise NotEstimableError(msg)
    serving = _serving(tables, selection)
    neighbours = [
        outcomes(_compared(tables, selection, code), selection.outcome) for code in serving
    ]
    rows = np.vstack([each[None, :], without_each(each), *neighbours])
    frame = _left(selection, serving).assign(**_estimates(rows))
    # Without a pilot that has no outcome there is nothing to leave out.
    absent = {
        pilot.code for pilot, one in zip(selection.chosen, each, strict=True) if np.isnan(one)
    }
    kept = frame[~frame["code"].isin(absent) | (frame["role"] != PILOT)]
    order, size = kept["role"].map({WHOLE: 0, PILOT: 1, NEIGHBOUR: 2}), -kept["shift"].abs()
    return kept.iloc[np.lexsort((size, order))]


def _left(selection: Selection, serving: dict[str, int]) -> pd.DataFrame:
    """Return who is left out of each row: nobody, each pilot, each neighbour."""
    chosen, others = selection.chosen, len(serving)
    codes = [pilot.code for pilot in chosen]
    return pd.DataFrame(
        {
            "left_out": ["nobody", *(place_name(code) for code in (*codes, *serving))],
            "code": ["", *codes, *serving],
            "role": [WHOLE, *([PILOT] * len(codes)), *([NEIGHBOUR] * others)],
            "band": ["", *(pilot.band.key for pilot in chosen), *([""] * others)],
            "serves": [np.nan] * (1 + len(codes)) + list(serving.values()),
        }
    )


def _estimates(rows: NDArray[np.float64]) -> dict[str, NDArray[np.float64] | NDArray[np.int64]]:
    group = mean_gap(rows)
    return {
        "n": group.n,
        "estimate": group.estimate,
        "low": group.low,
        "high": group.high,
        "p": sign_flips(rows),
        "shift": group.estimate - group.estimate[0],
    }


def _summary(frame: pd.DataFrame, selection: Selection) -> str:
    whole = frame.iloc[0]
    unit = apart_of(measure_of(selection), selection.outcome)
    places = significant(whole["estimate"])
    words = (
        f"{measure_of(selection).said}: the {named(selection)} is "
        f"{signed(whole['estimate'], places)} {unit} (95 % interval "
        f"{signed(whole['low'], places)} to {signed(whole['high'], places)}, n = "
        f"{int(whole['n'])}, "
        f"{p_words(whole['p'])})"
    )
    parts = [
        _range(frame[frame["role"] == role], places, one)
        for role, one in ((PILOT, "any one pilot"), (NEIGHBOUR, "any one neighbour"))
    ]
    said = [part for part in parts if part]
    crossing = frame[(frame["p"] < ALPHA) != (whole["p"] < ALPHA)]
    end = (
        f" Leaving out {', '.join(crossing['left_out'])} moves p across {ALPHA}."
        if 0 < len(crossing) <= MOST_NAMES
        else f" Leaving out any of {len(crossing)} authorities moves p across {ALPHA}."
        if len(crossing)
        else f" Leaving out any single one does not move p across {ALPHA}."
    )
    return f"{words}; {'; '.join(said)}.{end}"


def _range(rows: pd.DataFrame, places: int, one: str) -> str:
    if not len(rows):
        return ""
    low, high = (signed(end, places) for end in (rows["estimate"].min(), rows["estimate"].max()))
    return f"without {one} between {low} and {high}, most moved by {rows['left_out'].iloc[0]}"


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        "A neighbour left out is not replaced; a year that then has too few neighbours is missing.",
        (
            "The chart shows every pilot and the neighbours that move the estimate most; all "
            "are in "
            "the table."
        ),
        *family_of(selection).notes(frame, selection),
    )


def _method(selection: Selection) -> Facts:
    return facts(
        selection,
        estimand=f"{estimand(selection)} Once without each pilot, once without each neighbour.",
        unit=unit_of(measure_of(selection).unit, selection.outcome),
    )


leave_one_out: Final = register(
    Finding(
        key="robustness-without",
        title=lambda s: f"{measure_of(s).name}: leaving one authority out",
        subtitle=lambda s: f"{s.outcome.label} · {s.label}",
        unit=lambda s: unit_of(measure_of(s).unit, s.outcome),
        scale=lambda s: scale_of(measure_of(s).scale, s.outcome),
        sources=TABLES,
        unread=unread,
        columns=COLUMNS,
        analyse=without_one,
        sentence=_summary,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="measure-places",
        about="One measure: the estimate without each pilot and each neighbour.",
    )
)
