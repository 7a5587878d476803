"""Leave one out: each pilot, and each authority that pilots are compared with."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import neighbours_of
from analytics.evaluation.in_question import (
    InQuestion,
    judged_among,
    outcome_scale,
    outcome_subtitle,
    outcome_unit,
    without_each_of,
)
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcome_words import outcome_size, outcome_verdict
from analytics.evaluation.outcomes import estimand
from analytics.evaluation.reasons import FEWEST_PILOTS
from analytics.evaluation.verdict_columns import (
    CERTAIN,
    P_ADJUSTED,
    P_ERROR,
    SMALLEST_ADJUSTED,
    T_HIGH,
    T_LOW,
    P,
    interval_columns,
)
from analytics.evaluation.verdict_words import flip_words, interval_words
from analytics.evaluation.verdicts import bounded
from analytics.methods.gap import mean_gap
from analytics.methods.leave_one_out import without_each
from analytics.methods.refusal import NotEstimableError
from analytics.methods.signflip import sign_flips, simulation_error, smallest_p
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Adjustment, Comparator
from analytics.selection.follows import GAPS, MEASURE
from analytics.selection.places import place_name
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty, certainty_words
from analytics.text.wording import (
    ALPHA,
    listed,
    only,
    p_words,
    pluralise,
    signed,
    significant,
)
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

WHOLE: Final = "whole"
PILOT: Final = "pilot"
NEIGHBOUR: Final = "neighbour"
MOST_NAMES: Final = 3  # as many as a plain sentence bears

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
    *interval_columns(decimals=2),
    P,
    P_ERROR,
    Column(name="shift", label="Shift", decimals=2, about="Estimate without it less the whole."),
    T_LOW,
    T_HIGH,
    P_ADJUSTED,
    Column(
        name="smallest_p", label="Smallest p possible", decimals=3, about="With so many pilots."
    ),
    SMALLEST_ADJUSTED,
    CERTAIN,
)


def _serving(tables: Tables, selection: Selection) -> dict[str, list[int]]:
    """Say of each neighbour in use which of the chosen pilots it serves."""
    served = dict[str, list[int]]()
    if selection.compare is not Comparator.NEIGHBOURS:
        return served
    for at, pilot in enumerate(selection.chosen):
        for code in neighbours_of(pilot.code, tables[sources.NEIGHBOURS.key], selection):
            served.setdefault(code, []).append(at)
    return served


def without_one(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Estimate again without each pilot, and without each neighbour of any of them.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        NotEstimableError: Too few pilots can be compared to leave one out.
    """
    serving = _serving(tables, selection)
    asked, *others = without_each_of(tables, selection, serving)
    each = asked.own[0]
    n = int(np.isfinite(each).sum())
    if n <= FEWEST_PILOTS:
        msg = (
            f"{only(n, 'pilot')} can be compared; {FEWEST_PILOTS + 1} are needed to leave one out."
        )
        raise NotEstimableError(msg)
    rows = np.vstack([each[None, :], without_each(each), *(one.own for one in others)])
    p = sign_flips(rows)
    every = [asked, *(asked.without(at) for at in range(len(each))), *others]
    frame = _left(selection, serving).assign(**_estimates(rows, p), **_tests(every, p, selection))
    # Without a pilot that has no outcome there is nothing to leave out.
    absent = {
        pilot.code for pilot, one in zip(selection.chosen, each, strict=True) if np.isnan(one)
    }
    kept = frame[~frame["code"].isin(absent) | (frame["role"] != PILOT)]
    order, size = kept["role"].map({WHOLE: 0, PILOT: 1, NEIGHBOUR: 2}), -kept["shift"].abs()
    return kept.iloc[np.lexsort((size, order))]


def _left(selection: Selection, serving: dict[str, list[int]]) -> pd.DataFrame:
    """Return who is left out of each row: nobody, each pilot, each neighbour."""
    chosen, others = selection.chosen, len(serving)
    codes = [pilot.code for pilot in chosen]
    return pd.DataFrame(
        {
            "left_out": ["nobody", *(place_name(code) for code in (*codes, *serving))],
            "code": ["", *codes, *serving],
            "role": [WHOLE, *([PILOT] * len(codes)), *([NEIGHBOUR] * others)],
            "band": ["", *(pilot.band.key for pilot in chosen), *([""] * others)],
            "serves": [np.nan] * (1 + len(codes)) + [len(one) for one in serving.values()],
        }
    )


def _estimates(
    rows: NDArray[np.float64], p: NDArray[np.float64]
) -> dict[str, NDArray[np.float64] | NDArray[np.int64]]:
    group = mean_gap(rows)
    return {
        "n": group.n,
        "estimate": group.estimate,
        "low": bounded(group.low),
        "high": bounded(group.high),
        "t_low": group.t_low,
        "t_high": group.t_high,
        "p": p,
        "p_error": simulation_error(p, group.n),
        "shift": group.estimate - group.estimate[0],
        "smallest_p": np.array([smallest_p(int(n)) if n else np.nan for n in group.n]),
    }


def _tests(
    every: list[InQuestion], p: NDArray[np.float64], selection: Selection
) -> dict[str, list[float] | list[str]]:
    """Test each row among its family, as every page does."""
    judged = judged_among(every, p, selection)
    return {
        P_ADJUSTED.name: [adjusted for adjusted, _, _ in judged],
        SMALLEST_ADJUSTED.name: [smallest for _, smallest, _ in judged],
        CERTAIN.name: [sure.value for _, _, sure in judged],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Crossings:
    """What leaving one out changes.

    Attributes:
        places: Rows without which the result is clear of chance where it was not, or the reverse.
        out_of_reach: Pilots without which no result at all could be clear: their number decides,
            not the place.
    """

    places: pd.DataFrame
    out_of_reach: pd.DataFrame


def _crossings(frame: pd.DataFrame) -> _Crossings:
    """Compare whether each row is clear of chance, and of the number of tests, with the whole."""
    clear = frame["certain"].isin(SURE)
    whole, others = bool(clear.iloc[0]), frame["role"] != WHOLE
    reached = frame["certain"] != Certainty.UNTESTABLE
    lost = others & ~reached & bool(reached.iloc[0])
    return _Crossings(places=frame[others & (clear != whole) & ~lost], out_of_reach=frame[lost])


def _leave_words(frame: pd.DataFrame, selection: Selection) -> Words:
    whole, crossed = frame.iloc[0].rename({"estimate": "gap"}), _crossings(frame)
    untestable = whole["certain"] == Certainty.UNTESTABLE
    return Words(
        verdict=outcome_verdict(whole, selection) if untestable else _verdict(crossed),
        plain=(
            *outcome_size(whole, selection),
            *_range_words(frame, selection),
            *([] if untestable else _reach_words(crossed, selection)),
        ),
        technical=_technical(frame, selection, crossed),
    )


def _verdict(crossed: _Crossings) -> str:
    if not len(crossed.places):
        return "No single council decides the answer"
    if len(crossed.places) == 1:
        return f"Leaving out {crossed.places['left_out'].iloc[0]} changes the answer"
    return f"Leaving out any of {len(crossed.places)} councils changes the answer"


def _range_words(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    """Say between which values the estimate lies without any one place."""
    others = frame[(frame["role"] != WHOLE) & frame["estimate"].notna()]
    if not len(others):
        return ()
    most = others.iloc[int(np.argmax(others["shift"].abs().to_numpy()))]
    same = (np.sign(others["estimate"]) == np.sign(frame["estimate"].iloc[0])).all()
    kind = "change" if selection.outcome.is_change else "difference"
    turned = "keeps its direction" if same else "can lose its direction"
    return (f"Leaving out any one council, the {kind} {turned}; {most['left_out']} moves it most.",)


def _reach_words(crossed: _Crossings, selection: Selection) -> tuple[str, ...]:
    said = list[str]()
    if len(crossed.places) == 1:
        row = crossed.places.iloc[0]
        said.append(
            f"Without {row['left_out']} it is {certainty_words(Certainty(row['certain']))}."
        )
    elif 1 < len(crossed.places) <= MOST_NAMES:
        said.append(f"They are {listed(crossed.places['left_out'].tolist())}.")
    if len(crossed.out_of_reach):
        counted = selection.adjust is not Adjustment.NONE
        for_so = " for so many tests" if counted else ""
        said.append(
            f"With one pilot fewer there are too few{for_so}: that is their number, not the place."
        )
    return tuple(said)


def _technical(frame: pd.DataFrame, selection: Selection, crossed: _Crossings) -> str:
    whole = frame.iloc[0]
    places = max(significant(whole["estimate"]), 1)
    counted = selection.adjust is not Adjustment.NONE and np.isfinite(whole["p_adjusted"])
    name = selection.adjust.label
    reach = crossed.out_of_reach
    alone = frame[(frame["p"] < ALPHA) != (whole["p"] < ALPHA)]
    many = len(alone[alone["smallest_p"] < ALPHA])
    return technical_line(
        f"n {int(whole['n'])}",
        f"estimate {signed(whole['estimate'], places)}",
        interval_words(whole["low"], whole["high"], places),
        flip_words(whole),
        f"{name} {p_words(whole['p_adjusted']).removeprefix('p = ')}" if counted else "",
        *(
            _range(frame[frame["role"] == role], places, one)
            for role, one in ((PILOT, "any one pilot"), (NEIGHBOUR, "any one similar council"))
        ),
        f"{pluralise(len(crossed.places), 'moves', 'move')} the answer",
        f"{pluralise(many, 'moves', 'move')} p alone across {ALPHA}",
        f"without one pilot the smallest p possible is {_least(reach, counted=counted):.3g}"
        if len(reach)
        else "",
    )


def _least(rows: pd.DataFrame, *, counted: bool) -> float:
    return float(rows["smallest_adjusted" if counted else "smallest_p"].max())


def _range(rows: pd.DataFrame, places: int, one: str) -> str:
    if not len(rows):
        return ""
    low, high = (signed(end, places) for end in (rows["estimate"].min(), rows["estimate"].max()))
    return f"without {one} {low} to {high}, most moved by {rows['left_out'].iloc[0]}"


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        "A neighbour left out is not replaced; a year that then has too few neighbours is missing.",
        (
            "Each row is tested among its family as the whole is. Where one pilot fewer leaves too "
            "few for any result to be clear, that is said and not put down to the place."
        ),
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
        unit=outcome_unit(selection),
    )


leave_one_out: Final = register(
    Finding(
        key="robustness-without",
        follows=GAPS | MEASURE | {"adjust", "outcome"},
        title=lambda s: f"{measure_of(s).name}: leaving one authority out",
        subtitle=outcome_subtitle,
        unit=outcome_unit,
        measure=measure_of,
        scale=outcome_scale,
        sources=TABLES,
        unread=unread,
        columns=COLUMNS,
        analyse=without_one,
        words=_leave_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="measure-neighbours",
        about="One measure: the estimate without each pilot and each neighbour.",
    )
)
