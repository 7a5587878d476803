"""Difference in differences: the indicator in hand among all, and its windows."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.measure_families import (
    TABLES,
    family_of,
    measure_of,
    nothing_before,
    unread,
)
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcomes import NO_SIDE, at_years
from analytics.evaluation.verdict_sentences import faced, gap_words, reach_words, verdict_words
from analytics.evaluation.verdicts import COLUMNS, DETECTABLE, FEWEST_PILOTS, change_rows
from analytics.measures.measure import Measure, unit_apart
from analytics.methods.detectable import smallest_detectable
from analytics.methods.gap import mean_gap, pilot_changes
from analytics.methods.refusal import NotEstimableError
from analytics.methods.signflip import sign_flips, smallest_p
from analytics.programme import PROGRAMME, before, count_words, years_before
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.choices import YEARS, Adjustment
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
    years_label,
)
from data.schema import Column, ColumnKind, hidden_key, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind

VERDICT_COLUMNS: Final = (
    *COLUMNS,
    Column(
        name="place",
        label="Place by p",
        kind=ColumnKind.COUNT,
        decimals=0,
        about="Place among the rows tested together, smallest unadjusted p first.",
    ),
    key_text("chosen", "Chosen", about="yes for the indicator in hand."),
)


def _compared(tables: Tables, selection: Selection, keys: tuple[str, ...]) -> Compared:
    return compare(
        family_of(selection).panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        replace(selection, first=YEARS[0], last=YEARS[-1]),
        keys=keys,
        codes=tuple(pilot.code for pilot in selection.chosen),
    )


def place_among_all(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Measure the change of every series of the family, and say where the one in hand stands.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose: its base is before, its years from the start after.

    Raises:
        NotEstimableError: The period has no year after the start.
    """
    after = tuple(year for year in selection.years if year > LAST_BEFORE)
    if not after:
        raise NotEstimableError(NO_SIDE)
    used, family = (*selection.base.years, *after), family_of(selection).core()
    keys = tuple(one.key for one in family)
    frame = _changes(_compared(tables, selection, keys), used, family, selection)
    frame["place"] = frame["p"].rank(method="min")
    chosen = measure_of(selection)
    if chosen.key not in keys:
        alone = _compared(tables, selection, (chosen.key,))
        row = _changes(alone, used, (chosen,), selection)
        row["p_adjusted"], row["place"] = np.nan, np.nan
        frame = pd.concat([row, frame], ignore_index=True)
    return frame.assign(chosen=np.where(frame["key"] == chosen.key, "yes", "no"))


def _changes(
    compared: Compared,
    years: tuple[int, ...],
    series: Sequence[Measure],
    selection: Selection,
) -> pd.DataFrame:
    kept = at_years(compared, years)
    return change_rows(kept, series, selection)


def _chosen_row(frame: pd.DataFrame) -> pd.Series:
    return frame[frame["chosen"] == "yes"].iloc[0]


def _headline(frame: pd.DataFrame, selection: Selection) -> str:
    row = _chosen_row(frame)
    if row["withheld"]:
        return f"{row['spoken']}: {row['withheld']}"
    places = significant(row["gap"])
    return (
        f"{row['spoken']}: against {selection.base.label} the gap to {selection.faced} has "
        f"moved by {gap_words(row)}. This design could detect a change of "
        f"{number(row['detectable'], places)}."
    )


def _verdict_says(frame: pd.DataFrame, selection: Selection) -> str:
    row, family = _chosen_row(frame), frame[frame["place"].notna()]
    words = _headline(frame, selection)
    if not row["withheld"] and np.isnan(row["place"]):
        words += " It is not among those tested together."
    elif not row["withheld"]:
        words += (
            f" By unadjusted p it is number {int(row['place'])} of {len(family)} tested"
            f"{_adjusted(row, selection)}."
        )
    tested = verdict_words(frame[frame["place"].notna() | frame["p"].isna()], selection,
                           thing=family_of(selection).called)  # fmt: skip
    return " ".join([words, tested, reach_words(family)]).strip()


def _adjusted(row: pd.Series, selection: Selection) -> str:
    if selection.adjust is Adjustment.NONE:
        return ""
    return f"; after {selection.adjust.label} {p_words(row['p_adjusted'])}"


def _verdict_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            f"Before is {selection.base.label}; after is every year of the chosen period from "
            f"{year_label(LAST_BEFORE + 1)}. The project started in {PROGRAMME.start_words}."
        ),
        (
            "A change of the gap rests on the gap having been about to stay as it was: "
            f"{years_before()} before the start cannot show whether it was."
        ),
        *family_of(selection).notes(frame, selection),
    )


def _method(selection: Selection) -> Facts:
    common = facts(
        selection,
        estimand="The mean over pilots of the change in the pilot's gap: its mean gap after the "
        f"start minus its mean gap in {selection.base.label} (difference in differences).",
        unit="That of each row.",
    )
    return (*common, ("Base period", selection.base.label), ("Smallest detectable", _POWER))


_POWER: Final = (
    "The true change that a two-sided t-test at 0.05 would find four times in five, from the "
    "spread between these pilots (noncentral t)."
)

verdict: Final = register(
    Finding(
        key="change-verdict",
        title=lambda s: f"{measure_of(s).name}: its change among all",
        subtitle=lambda s: f"Base {s.base.label} · {family_of(s).label(s)}",
        unit="standard deviations of the pilots' changes",
        is_change=True,
        sources=TABLES,
        unread=unread,
        columns=VERDICT_COLUMNS,
        analyse=place_among_all,
        sentence=_verdict_says,
        notes=_verdict_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="One row per measure: change since the base, tests, smallest detectable, place.",
        headline=_headline,
    )
)

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
    compared = _compared(tables, selection, (series.key,))
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
        {"window": window.label, "window_key": window.value,
         "before": years_label(pre[0], pre[-1], series.day),
         "after": years_label(post[0], post[-1], series.day),
         **_window(compared, pre, post, selection)}
        for window, pre, post in windows
        if post  # the latest year of a measure may be before the start
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[column.name for column in WINDOW_COLUMNS])


def _window(
    compared: Compared, before: tuple[int, ...], after: tuple[int, ...], selection: Selection
) -> dict[str, object]:
    pre = np.array([year in before for year in compared.years], dtype=np.bool_)
    post = np.array([year in after for year in compared.years], dtype=np.bool_)
    changes = pilot_changes(compared.own, compared.comparator, pre=pre, post=post)
    n = int(np.isfinite(changes).sum())
    if n < FEWEST_PILOTS:
        there = np.isfinite(compared.own - compared.comparator)[0]
        empty = dict.fromkeys(("change", "low", "high", "p", "smallest_p", "detectable"), np.nan)
        return {"n": n, **empty, "withheld": _reason(there, pre, post, n=n, selection=selection)}
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


def _reason(
    there: np.ndarray, pre: np.ndarray, post: np.ndarray, *, n: int, selection: Selection
) -> str:
    chosen = len(selection.chosen)
    if chosen < FEWEST_PILOTS:
        return (
            f"An average of {pluralise(chosen, 'pilot')} says too little; {FEWEST_PILOTS} needed."
        )
    if not there[:, pre].any():
        return nothing_before(selection)
    if not there[:, post].any():
        vintage = family_of(selection).vintage_words(selection)
        return f"No figures{vintage} after, so no change can be measured."
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
        method=_method,
        kind=Kind.OFFICIAL,
        whole="measure-places",
        about=f"One measure: change of the gap {listed(_ENDS)}.",
    )
)
