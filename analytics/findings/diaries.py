"""How social workers spent their hours, by their diaries: each worker counted once."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.methods.summaries import FEWEST, mean_limits
from analytics.publication.finding import Finding, Tables, register
from analytics.records.counts import counts, groups_of
from analytics.records.evidence import must_be_real
from analytics.records.release import hidden_cells
from analytics.records.view import scope
from analytics.records.views import BASE, view_of
from analytics.records.words import HIDDEN, NOTES, STATUS, N, bands_words
from analytics.selection import Selection
from analytics.wording import number
from data.load import Table
from data.records.social_workers import ACTIVITIES, DIRECT_CONTACT
from data.schema import Column, ColumnKind, records, text
from data.simulated_sources import SIMULATED
from data.source import Kind

TABLE: Final = "time_diaries"
SOURCE: Final = SIMULATED[TABLE]
HOURS: Final = "hours a week"
PERCENT: Final = "% of hours"
CONTACT: Final = "direct contact, of all hours"
UNEVEN: Final = "Not every diary week lists this activity: its mean cannot be said."
NO_HOURS: Final = "A worker's diary holds no hours at all: shares cannot be said."

COLUMNS: Final = (
    text("activity", "Activity"),
    text("unit", "Unit"),
    Column(name="mean", label="Mean over workers"),
    Column(name="low", label="95 % interval, low"),
    Column(name="high", label="95 % interval, high"),
    N,
    Column(
        name="weeks", label="Diary weeks", kind=ColumnKind.COUNT, decimals=0, beside=True,
        about="Weeks of all these workers together.",
    ),
    STATUS,
    text("withheld", "Why there is no figure"),
)  # fmt: skip


def hours(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Average each worker's hours over weeks, then over workers of the chosen bands.

    Args:
        tables: Diaries by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    table = tables[SOURCE.key]
    people = counts(table, view_of(TABLE, "hours"), selection.bands)[BASE]
    weekly = _weekly(table, selection)
    workers = weekly.groupby(level="worker").mean()
    uneven = weekly.isna().any()
    rows = [
        (one, HOURS, workers[one].to_numpy(), UNEVEN if uneven[one] else "") for one in ACTIVITIES
    ]
    total = workers.sum(axis=1).to_numpy()
    silent = UNEVEN if bool(uneven.any()) else NO_HOURS if not bool((total > 0).all()) else ""
    contact = workers[list(DIRECT_CONTACT)].sum(axis=1).to_numpy()
    share = np.full(total.shape, np.nan) if silent else 100 * contact / total
    made = [*rows, (CONTACT, PERCENT, share, silent)]
    common = {
        "n": people.n, "weeks": float(len(weekly)), "status": "",
        "cell": people.cell, "base": people.base,
    }  # fmt: skip
    return pd.DataFrame([
        {"activity": name, "unit": unit, "withheld": why, **_mean(found, why), **common}
        for name, unit, found, why in made
    ])  # fmt: skip


def _weekly(table: Table, selection: Selection) -> pd.DataFrame:
    """Hours by worker and week, and activity; missing where a week does not list it."""
    inside = groups_of(table)[scope(tuple(str(band) for band in selection.bands))]
    rows = table.frame[table.frame["pilot"].astype(str).isin(inside)]
    wide = rows.pivot(index=["worker", "week"], columns="activity", values="hours")
    return wide.reindex(columns=list(ACTIVITIES))


def _mean(found: np.ndarray, why: str) -> dict[str, float]:
    if why or len(found) < FEWEST:
        return {"mean": np.nan, "low": np.nan, "high": np.nan}
    low, high = mean_limits(found)
    return {"mean": float(found.mean()), "low": low, "high": high}


def _says(frame: pd.DataFrame, _selection: Selection) -> str:
    contact = frame[frame["unit"] == PERCENT].iloc[0]
    shown = frame[(frame["unit"] == HOURS) & frame["mean"].notna()]
    if not len(shown):
        return f"Hours by activity: {HIDDEN}."
    most = shown.iloc[int(shown["mean"].to_numpy().argmax())]
    said = [_words(row) for row in records(pd.DataFrame([contact, most]))]
    return (
        f"Of {number(most['n'], 0)} social workers with "
        f"{number(most['weeks'], 0)} diary weeks, the mean share of hours in direct contact with "
        f"children, parents and wider family is {said[0]}; the activity with the most hours is "
        f"{most['activity']}, {said[1]}."
    )


def _words(row: dict[str, object]) -> str:
    mean, low, high = (float(str(row[name])) for name in ("mean", "low", "high"))
    if np.isnan(mean):
        return HIDDEN
    unit = " %" if row["unit"] == PERCENT else " hours a week"
    return f"{number(mean)}{unit} (95 % interval {number(low)} to {number(high)})"


week: Final = register(
    Finding(
        key="diaries-hours",
        title=lambda _selection: "How social workers spent their hours",
        subtitle=lambda selection: f"Mean hours a week of each worker. {bands_words(selection)}",
        unit=lambda _selection: "hours a week, mean over workers",
        sources=(SOURCE,),
        columns=COLUMNS,
        analyse=hours,
        sentence=_says,
        notes=lambda _frame, _selection: (
            (
                "Each worker counts once, however many weeks the diary has; the interval is over "
                "workers and takes them to be independent, though those of one pilot may be alike."
            ),
            f"Direct contact is {', '.join(DIRECT_CONTACT)}.",
            *NOTES,
        ),
        method=lambda _selection: (
            (
                "What is estimated",
                (
                    "The mean over workers of each worker's mean weekly hours by activity, and of "
                    "each worker's share of hours in direct contact."
                ),
            ),
            ("Interval", "Student's t over workers, 95 %."),
        ),
        kind=Kind.SIMULATED,
        whole="",
        about="Mean weekly hours by activity and the share in direct contact.",
        hides=lambda tables: hidden_cells(tables[SOURCE.key], TABLE),
    )
)
