"""Difference in differences: the change of the gap in windows that end in other years."""

from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.verdict_sentences import faced
from analytics.evaluation.verdicts import DETECTABLE, FEWEST_PILOTS
from analytics.findings.measures.since_base import NO_BASE, change_method, compared_since
from analytics.measures.measure import unit_apart
from analytics.methods.detectable import smallest_detectable
from analytics.methods.gap import mean_gap, pilot_changes
from analytics.methods.signflip import sign_flips, smallest_p
from analytics.programme import PROGRAMME, before, count_words
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import YEARS
from analytics.selection.selection import LAST_BEFORE, WINDOW, Selection
from analytics.text.wording import (
    ALPHA,
    listed,
    lower_first,
    number,
    p_words,
    pluralise,
    signed,
    significant,
    year_label,
)
from data.schema import Column, ColumnKind, hidden_key, text
from data.sources.source import Kind

WINDOW_COLUMNS: Final = (
    text("window", "Window"),
    text("before", "Before"),
    text("after", "After"),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="change", label="Change of the gap"),
    Column(name="low", label="95% interval, lower", about="Student's t over pilots, n - 1 df."),
    Column(name="high", label="95% interval, upper", about="Student's t over pilots, n - 1 df."),
    Column(name="p", label="p, sign-flip", decimals=3, about="Exact two-sided, unadjusted."),
    Column(name="smallest_p", label="Smallest p this n can give", decimals=3),
    DETECTABLE,
    text("withheld", "Why not answered"),
    hidden_key("window_key", about="Which window."),
)

_SEEN: Final = year_label(WINDOW[1])


class Window(StrEnum):
    """Between which years a change of the gap is measured."""

    BEFORE = "before"
    SEEN = "seen"
    COVID = "before-covid"
    LATEST = "latest"

    @property
    def label(self) -> str:
        """The window as a row is called."""
        return {
            Window.BEFORE: "Before the start",
            Window.SEEN: "What the evaluators saw",
            Window.COVID: "To 2019/20, before COVID-19",
            Window.LATEST: "To the latest year",
        }[self]

    @property
    def end(self) -> str:
        """Where it ends, inside a sentence."""
        return {Window.COVID: "to 2019/20", Window.LATEST: "to the latest year"}.get(
            self, f"to {_SEEN}"
        )


#: The windows that reach beyond the evaluators', with their last year.
_LONGER: Final = tuple(
    (window, year)
    for window, year in ((Window.COVID, 2020), (Window.LATEST, YEARS[-1]))
    if year > WINDOW[1]
)
_WINDOWS: Final = f"{count_words(1 + len(_LONGER))} window{'s' if _LONGER else ''}"
_ENDS: Final = (Window.SEEN.end, *(window.end for window, _year in _LONGER))
_SINCE: Final = f": {PROGRAMME.sentences.since}" if PROGRAMME.sentences.since else ""


def by_window(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Measure the change of the gap in each window, and between the two years before.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose; its period plays no part.
    """
    series = measure_of(selection)
    compared = compared_since(tables, selection, (series.key,))
    held = np.isfinite(compared.own - compared.comparator)[0].any(axis=0)
    last = max((year for year, has in zip(YEARS, held, strict=True) if has), default=YEARS[-1])
    base, start = selection.base.years, LAST_BEFORE + 1
    windows = (
        (Window.BEFORE, (LAST_BEFORE - 1,), (LAST_BEFORE,)),
        (Window.SEEN, base, tuple(range(start, WINDOW[1] + 1))),
        *(
            (window, base, tuple(range(start, (last if window is Window.LATEST else year) + 1)))
            for window, year in _LONGER
        ),
    )
    rows = [
        {"window": window.label, "window_key": window.value, "before": _span(pre),
         "after": _span(post), **_window(compared, pre, post, chosen=len(selection.chosen))}
        for window, pre, post in windows
        if post  # the latest year of a measure may be before the start
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[column.name for column in WINDOW_COLUMNS])


def _span(years: tuple[int, ...]) -> str:
    if len(years) == 1:
        return year_label(years[0])
    return f"{year_label(years[0])} to {year_label(years[-1])}"


def _window(
    compared: Compared, before: tuple[int, ...], after: tuple[int, ...], *, chosen: int
) -> dict[str, object]:
    pre = np.array([year in before for year in compared.years], dtype=np.bool_)
    post = np.array([year in after for year in compared.years], dtype=np.bool_)
    changes = pilot_changes(compared.own, compared.comparator, pre=pre, post=post)
    n = int(np.isfinite(changes).sum())
    if n < FEWEST_PILOTS:
        there = np.isfinite(compared.own - compared.comparator)[0]
        empty = dict.fromkeys(("change", "low", "high", "p", "smallest_p", "detectable"), np.nan)
        return {"n": n, **empty, "withheld": _reason(there, pre, post, n=n, chosen=chosen)}
    group = mean_gap(changes)
    return {
        "n": n,
        "change": float(group.estimate[0]),
        "low": float(group.low[0]),
        "high": float(group.high[0]),
        "p": float(sign_flips(changes)[0]),
        "smallest_p": smallest_p(n),
        "detectable": float(smallest_detectable(group.sd, group.n)[0]),
        "withheld": "",
    }


def _reason(there: np.ndarray, pre: np.ndarray, post: np.ndarray, *, n: int, chosen: int) -> str:
    if chosen < FEWEST_PILOTS:
        return (
            f"An average of {pluralise(chosen, 'pilot')} says too little; {FEWEST_PILOTS} needed."
        )
    if not there[:, pre].any():
        return NO_BASE
    if not there[:, post].any():
        return "No figures after, so no change can be measured."
    return f"{n} of the {chosen} pilots can be compared; {FEWEST_PILOTS} are needed."


def _windows_say(frame: pd.DataFrame, selection: Selection) -> str:
    unit = unit_apart(measure_of(selection))
    after = frame[(frame["window_key"] != Window.BEFORE) & (frame["withheld"] == "")]
    if not len(after):
        return " ".join(dict.fromkeys(frame["withheld"][frame["withheld"] != ""]))
    said = "; ".join(_window_words(row) for _, row in after.iterrows())
    words = (
        f"Change of the gap to {faced(selection)} against {selection.base.label}, {unit}: {said}."
    )
    seen = after[after["p"] >= ALPHA]
    if len(seen):
        least = seen.iloc[0]
        words += (
            f" Where p is {ALPHA} or above a change is not detected; in the window "
            f"“{lower_first(least['window'])}” this design could detect "
            f"{number(least['detectable'], significant(least['detectable']))}."
        )
    return words


def _window_words(row: pd.Series) -> str:
    places = significant(row["change"])
    ends = f"{signed(row['low'], places)} to {signed(row['high'], places)}"
    return (
        f"{lower_first(row['window'])} {signed(row['change'], places)} (95 % interval {ends}, "
        f"n = {int(row['n'])}, {p_words(row['p'])})"
    )


def _window_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            "The windows overlap, so their p-values are not independent and are not adjusted; the "
            "first is what the evaluators could see."
        ),
        (
            f"The row before the start sets {before()} against {year_label(LAST_BEFORE - 1)}: what "
            "such a contrast shows when no project can have moved it."
        ),
        (f"Later years hold whatever else pilots and their comparators did{_SINCE}."),
        *family_of(selection).notes(frame, selection),
    )


windows: Final = register(
    Finding(
        key="change-windows",
        title=lambda s: f"{measure_of(s).name}: change of the gap in {_WINDOWS}",
        subtitle=lambda s: (
            f"{measure_of(s).unit.capitalize()} · base {s.base.label} · {s.pilot_words} · "
            f"{s.comparator_words}"
        ),
        unit=lambda s: measure_of(s).unit,
        scale=lambda s: measure_of(s).scale,
        sources=TABLES,
        unread=unread,
        columns=WINDOW_COLUMNS,
        analyse=by_window,
        sentence=_windows_say,
        notes=_window_notes,
        method=change_method,
        kind=Kind.OFFICIAL,
        whole="measure-places",
        about=f"One measure: change of the gap {listed(_ENDS)}.",
    )
)
