"""Difference in differences: the change of the gap in windows that end in other years."""

from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared
from analytics.evaluation.family_words import untested_words
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
    HIGH,
    LOW,
    P_ADJUSTED,
    PLACEBO,
    RULED_OUT,
    T_HIGH,
    T_LOW,
)
from analytics.evaluation.verdict_words import (
    TOO_FEW_TO_TELL,
    interval_words,
    placebo_words,
    size_in,
)
from analytics.evaluation.verdicts import bounded, tests_of, uncounted
from analytics.findings.measures.since_base import change_method, compared_since
from analytics.methods.detectable import smallest_detectable
from analytics.methods.equivalence import equivalence
from analytics.methods.gap import mean_gap, pilot_changes
from analytics.methods.refusal import NotEstimableError
from analytics.programme import PROGRAMME, before, count_words
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import YEARS, Outcome
from analytics.selection.selection import LAST_BEFORE, WINDOW, Selection
from analytics.text.certainty import SURE, Certainty
from analytics.text.naming import PlainName
from analytics.text.wording import (
    fitting,
    listed,
    lower_first,
    only,
    p_words,
    signed,
    significant,
    upper_first,
    year_label,
    years_label,
)
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind, hidden_key, text
from data.sources.source import Kind

WINDOW_COLUMNS: Final = (
    text("window", "Window"),
    text("before", "Before"),
    text("after", "After"),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="change", label="Change of the gap"),
    LOW,
    HIGH,
    Column(name="p", label="p, sign-flip", decimals=3, about="Exact two-sided, unadjusted."),
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
    series, family = measure_of(selection), family_of(selection).core()
    tested = tuple(one.key for one in family) if series in family else (series.key,)
    compared = compared_since(tables, selection, tested)
    at = tested.index(series.key)
    held = np.isfinite(compared.own - compared.comparator)[at].any(axis=0)
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
        {
            "window": window.label,
            "window_key": window.value,
            "before": years_label(pre[0], pre[-1], series.day),
            "after": years_label(post[0], post[-1], series.day),
            **_with_placebo(
                _window(compared, pre, post, at=at, selection=selection),
                tables,
                selection,
                () if window is Window.BEFORE else (*pre, *post),
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
    group, tests = mean_gap(held[at][None]), tests_of(held, selection)
    ruled_out = equivalence(held[at][None], np.array([np.nan])).ruled_out
    return {
        "n": n,
        "change": float(group.estimate[0]),
        "low": float(bounded(group.low)[0]),
        "high": float(bounded(group.high)[0]),
        "t_low": float(group.t_low[0]),
        "t_high": float(group.t_high[0]),
        **{name: np.asarray(tests[name])[at] for name in _TESTED},
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


_TESTED: Final = ("p", "p_adjusted", "smallest_p", "certain", "certainty")


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


def _windows_words(frame: pd.DataFrame, selection: Selection) -> Words:
    after = frame[(frame["window_key"] != Window.BEFORE) & (frame["withheld"] == "")]
    if not len(after):
        why = " ".join(dict.fromkeys(frame["withheld"][frame["withheld"] != ""]))
        return Words(verdict=TOO_FEW_TO_TELL, plain=(why,))
    name = measure_of(selection).plain
    seen, last = after.iloc[0], after.iloc[-1]
    shown = [seen] if len(after) == 1 else [seen, last]
    return Words(
        verdict=_in_windows(after, name),
        plain=(
            *(
                sentence
                for row in shown
                for sentence in name.moved(
                    row["change"],
                    row["low"],
                    row["high"],
                    against=selection.than,
                    since=f"Over {row['after']}",
                )
            ),
            *untested_words(after, things="periods"),
        ),
        technical=technical_line(
            f"base {selection.base.label}", *(_window_words(row) for _, row in after.iterrows())
        ),
        size=size_in(
            seen.rename({"change": "gap"}), measure_of(selection), f"change {seen['window_key']}"
        ),
    )


def _in_windows(after: pd.DataFrame, name: PlainName) -> str:
    """Say in which windows the gap moved, in words a councillor says aloud."""
    sure = [Certainty(one) for one in after["certain"]]
    if all(one is Certainty.UNTESTABLE for one in sure):
        return TOO_FEW_TO_TELL
    clear = [one in SURE for one in sure]
    if not any(clear):
        return fitting(
            f"No clear change in {name.subject} over any period", "No clear change over any period"
        )
    first = after[clear].iloc[0]
    verb, noun = ("fell", "fall") if first["change"] < 0 else ("rose", "rise")
    rest = " over every period" if all(clear) else ", but not over every period"
    return upper_first(fitting(f"{name.subject} {verb}{rest}", f"a clear {noun}{rest}"))


def _window_words(row: pd.Series) -> str:
    places = max(significant(row["change"]), 1)
    ends = interval_words(row["low"], row["high"], places)
    return (
        f"{lower_first(row['window'])} {signed(row['change'], places)} ({ends}, n {int(row['n'])}, "
        f"{', '.join(part for part in (p_words(row['p']), placebo_words(row, 'change')) if part)})"
    )


def _window_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            "How sure a window is counts the other measures tested in it, not the other windows, "
            "which overlap. The first is what the evaluators could see."
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
        words=_windows_words,
        notes=_window_notes,
        method=change_method,
        kind=Kind.OFFICIAL,
        whole="measure-places",
        about=f"One measure: change of the gap {listed(_ENDS)}.",
    )
)
