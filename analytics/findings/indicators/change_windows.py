"""Difference in differences: the change of the gap in windows that end in other years."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared
from analytics.evaluation.hidden_values import hidden_bounds
from analytics.evaluation.judging import judged, uncounted
from analytics.evaluation.measure_families import (
    TABLES,
    family_of,
    measure_of,
    nothing_before,
    unread,
)
from analytics.evaluation.placebo_pool import field_of
from analytics.evaluation.placebo_verdicts import among_placebo
from analytics.evaluation.reasons import FEWEST_PILOTS, few_chosen
from analytics.evaluation.verdict_columns import (
    CERTAIN,
    CERTAINTY,
    DETECTABLE,
    HIDDEN,
    HIGH,
    LOW,
    P_ADJUSTED,
    PLACEBO,
    RULED_OUT,
    T_HIGH,
    T_LOW,
    P,
)
from analytics.evaluation.verdicts import bounded
from analytics.findings.measures.since_base import change_method, compared_since
from analytics.findings.measures.window_words import Window, windows_words
from analytics.measures.measure import unit_heading
from analytics.methods.detectable import smallest_detectable
from analytics.methods.equivalence import equivalence
from analytics.methods.flip_interval import flip_intervals
from analytics.methods.gap import mean_gap, pilot_changes
from analytics.methods.refusal import NotEstimableError
from analytics.programme import before, count_words
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import YEARS, Outcome
from analytics.selection.follows import GAPS, MEASURE
from analytics.selection.selection import Selection
from analytics.text.certainty import Certainty
from analytics.text.wording import ALPHA, listed, only, year_label, years_label
from data.programmes.programme import Programme
from data.schema import Column, ColumnKind, hidden_key, text
from data.sources import registry as sources
from data.sources.source import Kind

WINDOW_COLUMNS: Final = (
    text("window", "Window"),
    text("before", "Before"),
    text("after", "After"),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="change", label="Change of the gap"),
    LOW,
    HIGH,
    P,
    Column(name="smallest_p", label="Smallest p this n can give", decimals=3),
    DETECTABLE,
    text("withheld", "Why not answered"),
    hidden_key("window_key", about="Which window."),
    CERTAINTY,
    CERTAIN,
    P_ADJUSTED,
    T_LOW,
    T_HIGH,
    RULED_OUT,
    *PLACEBO,
    *(replace(one, in_table=False) for one in HIDDEN),
)

#: The ends of what hidden figures leave open.
_BOUNDS: Final = ("bound_low", "bound_high")


#: The windows that may reach beyond the evaluators', with their last year.
_LATER: Final = ((Window.COVID, 2020), (Window.LATEST, YEARS[-1]))


def _longer(of: Programme) -> list[tuple[Window, int]]:
    return [(window, year) for window, year in _LATER if year > of.window[1]]


def _windows(of: Programme) -> str:
    longer = _longer(of)
    return f"{count_words(1 + len(longer))} window{'s' if longer else ''}"


def _ends(of: Programme) -> str:
    return listed([one.end_under(of) for one in (Window.SEEN, *dict(_longer(of)))])


def by_window(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Measure the change of the gap in each window, and between the two years before.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; its period plays no part.
    """
    series, family = measure_of(selection), family_of(selection).core()
    tested = tuple(one.key for one in family) if series in family else (series.key,)
    compared = compared_since(tables, selection, tested)
    at = tested.index(series.key)
    held = np.isfinite(compared.own - compared.comparator)[at].any(axis=0)
    last = max((year for year, has in zip(YEARS, held, strict=True) if has), default=YEARS[-1])
    of, base = selection.programme, selection.base.years
    windows = (
        (Window.BEFORE, (of.last_before - 1,), (of.last_before,)),
        (Window.SEEN, base, tuple(range(of.first_after, of.window[1] + 1))),
        *(
            (
                window,
                base,
                tuple(range(of.first_after, (last if window is Window.LATEST else year) + 1)),
            )
            for window, year in _longer(of)
        ),
    )
    rows = [
        {
            "window": window.label_under(of),
            "window_key": window.value,
            "before": years_label(pre[0], pre[-1], series.day),
            "after": years_label(post[0], post[-1], series.day),
            **_with_hidden(
                _with_placebo(
                    _window(compared, pre, post, at=at, selection=selection),
                    tables,
                    selection,
                    () if window is Window.BEFORE else (*pre, *post),
                ),
                tables,
                selection,
                (pre, post),
            ),
        }
        for window, pre, post in windows
        if post  # the latest year of a measure may be before the start
    ]
    frame = pd.DataFrame(rows, columns=[column.name for column in WINDOW_COLUMNS])
    return frame if series in family else uncounted(frame)


def _window(
    compared: Compared,
    before: tuple[int, ...],
    after: tuple[int, ...],
    *,
    at: int,
    selection: Selection,
) -> dict[str, object]:
    """Measure the change in one window, tested together with all others of the family."""
    pre = np.array([year in before for year in compared.years], dtype=np.bool_)
    post = np.array([year in after for year in compared.years], dtype=np.bool_)
    changes = pilot_changes(compared.own, compared.comparator, pre=pre, post=post)
    enough = np.isfinite(changes).sum(axis=1) >= FEWEST_PILOTS
    held = np.where(enough[:, None], changes, np.nan)
    n = int(np.isfinite(changes[at]).sum())
    if not enough[at]:
        there = np.isfinite(compared.own - compared.comparator)[at]
        why = _reason(there, pre, post, n=n, selection=selection)
        empty = {one.name: np.nan for one in WINDOW_COLUMNS if one.kind is ColumnKind.NUMBER}
        return {**empty, "n": n, "withheld": why, "certain": Certainty.UNTESTABLE.value,
                "certainty": Certainty.UNTESTABLE.label}  # fmt: skip
    mine, tests = held[at][None], judged(held, selection)
    both = flip_intervals(mine, confidences=(1 - ALPHA, 1 - 2 * ALPHA))
    group = mean_gap(mine, interval=both[0])
    ruled_out = equivalence(mine, np.array([np.nan]), interval=both[1]).ruled_out
    return {
        "n": n,
        "change": float(group.estimate[0]),
        "low": float(bounded(group.low)[0]),
        "high": float(bounded(group.high)[0]),
        "t_low": float(group.t_low[0]),
        "t_high": float(group.t_high[0]),
        "p": tests.p[at],
        "p_adjusted": tests.adjusted[at],
        "smallest_p": tests.smallest[at],
        "certain": tests.certain[at].value,
        "certainty": tests.certain[at].label,
        "detectable": float(smallest_detectable(group.sd, group.n)[0]),
        "ruled_out": float(bounded(ruled_out)[0]),
        "withheld": "",
    }


def _with_placebo(
    row: dict[str, object], tables: Tables, selection: Selection, years: tuple[int, ...]
) -> dict[str, object]:
    """Put placebo p and interval beside a change between years; no years, none."""
    none = dict.fromkeys([column.name for column in PLACEBO], np.nan)
    if row["withheld"] or not years:
        return row | none
    asked = replace(selection, outcome=Outcome.CHANGE)
    try:
        field = field_of(tables, asked, (measure_of(selection),), years)
    except NotEstimableError:
        return row | none
    return row | among_placebo(field, 0, float(field.mean[0]))


def _with_hidden(
    row: dict[str, object],
    tables: Tables,
    selection: Selection,
    periods: tuple[tuple[int, ...], ...],
) -> dict[str, object]:
    """Put what hidden figures leave open beside a change from one period to another."""
    found = hidden_bounds(
        family_of(selection).panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        replace(selection, outcome=Outcome.CHANGE),
        measure_of(selection).key,
        tuple(pilot.code for pilot in selection.chosen),
        periods,
    ).numbers
    silent = dict.fromkeys(_BOUNDS, np.nan) if row["withheld"] else {}
    return row | found | silent


def _reason(
    there: np.ndarray, pre: np.ndarray, post: np.ndarray, *, n: int, selection: Selection
) -> str:
    _, why = few_chosen(selection)
    if why:
        return why
    if not there[:, pre].any():
        return nothing_before(selection)
    if not there[:, post].any():
        vintage = family_of(selection).vintage_words(selection)
        return f"No figures{vintage} after, so no change can be measured."
    few = only(n, "pilot", of=len(selection.chosen))
    return f"{few} can be compared; {FEWEST_PILOTS} are needed."


def _window_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    of = selection.programme
    since = f": {of.sentences.since}" if of.sentences.since else ""
    seen = " The first is what the evaluators could see." if of.evaluation.is_published else ""
    return (
        (
            "How sure a window is counts the other measures tested in it, not the other windows, "
            f"which overlap.{seen}"
        ),
        (
            f"The row before the start sets {before(of)} against {year_label(of.last_before - 1)}: "
            "what such a contrast shows when no project can have moved it."
        ),
        (f"Later years hold whatever else pilots and their comparators did{since}."),
        *family_of(selection).notes(frame, selection),
    )


windows: Final = register(
    Finding(
        key="change-windows",
        follows=GAPS | MEASURE | {"adjust", "base"},
        title=lambda s: f"{measure_of(s).name}: change of the gap in {_windows(s.programme)}",
        subtitle=lambda s: (
            f"{unit_heading(measure_of(s))} · base {s.base.label} · {s.pilot_words} · "
            f"{s.comparator_words}"
        ),
        unit=lambda s: measure_of(s).unit,
        measure=measure_of,
        scale=lambda s: measure_of(s).scale,
        sources=TABLES,
        unread=unread,
        columns=WINDOW_COLUMNS,
        analyse=by_window,
        words=windows_words,
        notes=_window_notes,
        method=change_method,
        kind=Kind.OFFICIAL,
        whole="measure-neighbours",
        about=lambda of: f"One measure: change of the gap {_ends(of)}.",
    )
)
