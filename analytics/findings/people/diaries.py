"""How social workers spent their hours, by their diaries: each worker counted once."""

from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from analytics.disclosure.counts import pilots_of
from analytics.disclosure.crosstab import scope
from analytics.disclosure.crosstabs import view_of
from analytics.disclosure.hours import CONTACT, MEASURES, worker_hours
from analytics.disclosure.release import hides, must_be_real
from analytics.disclosure.scores import ROUNDING, limits, of_people, summary
from analytics.disclosure.words import HIDDEN, NOTES, STATUS, WHY_HIDDEN, N, bands_words
from analytics.methods.summaries import FEWEST
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.follows import RECORDS
from analytics.selection.selection import Selection
from analytics.text.wording import number
from analytics.text.words import Words, technical_line
from data.microdata.social_workers import ACTIVITIES, DIRECT_CONTACT
from data.schema import Column, ColumnKind, hidden_key, number_in, records, text
from data.sources.simulated import SIMULATED
from data.sources.source import Kind

Row = dict[str, object]

TABLE: Final = "time_diaries"
SOURCE: Final = SIMULATED[TABLE]


class Measure(StrEnum):
    """What is averaged over workers."""

    HOURS = "hours"
    SHARE = "share"

    @property
    def unit(self) -> str:
        """Its unit."""
        return {Measure.HOURS: "hours a week", Measure.SHARE: "% of hours"}[self]


UNEVEN: Final = "Not every diary week lists this activity: its mean cannot be said."
NO_HOURS: Final = "A worker's diary holds no hours at all: shares cannot be said."

COLUMNS: Final = (
    text("activity", "Activity"),
    text("unit", "Unit"),
    Column(name="mean", label="Mean over workers"),
    Column(name="low", label="95% interval, low"),
    Column(name="high", label="95% interval, high"),
    N,
    Column(
        name="weeks", label="Diary weeks", kind=ColumnKind.COUNT, decimals=0, beside=True,
        about="Weeks of all these workers together.",
    ),
    STATUS,
    text("withheld", "Why there is no figure"),
    hidden_key("measure", about="Hours of an activity, or the share that is direct contact."),
    hidden_key("contact", about="yes where it is direct contact."),
)  # fmt: skip


def hours(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Average each worker's hours over weeks, then over workers of the chosen bands.

    Args:
        tables: Diaries by key.
        selection: Which bands.
    """
    must_be_real(tables, selection)
    table = tables[SOURCE.key]
    group = scope(tuple(band.key for band in selection.bands))
    made = worker_hours(table)
    inside = made.pilots.isin(pilots_of(table, group)).to_numpy()
    weeks = float(made.weeks.to_numpy()[inside].sum())
    uneven = made.uneven[inside].any().to_dict()
    measures = made.measures.to_numpy(np.float64)[inside]  # shape (workers, measures)
    rows = list[dict[str, object]]()
    for name, held in zip(MEASURES, measures.T, strict=True):
        activities = ACTIVITIES if name == CONTACT else (name,)
        why = UNEVEN if any(uneven[one] for one in activities) else ""
        why = why or (NO_HOURS if bool(np.isnan(held).any()) else "")
        measure = Measure.SHARE if name == CONTACT else Measure.HOURS
        people = of_people(view_of(TABLE, "hours"), group, held[:, None], measure=name)
        rows.append({
            "activity": name, "unit": measure.unit, "withheld": why, "measure": measure.value,
            "contact": "yes" if name == CONTACT or name in DIRECT_CONTACT else "no",
            **_mean(held, why), "n": float(people.n), "weeks": weeks, "status": "",
            "cell": people.cells, "base": people.base,
        })  # fmt: skip
    return pd.DataFrame(rows)


def _mean(held: np.ndarray, why: str) -> dict[str, float]:
    if why or len(held) < FEWEST:
        return {"mean": np.nan, "low": np.nan, "high": np.nan}
    made = summary(held)
    low, high = limits(made)
    return {"mean": made.mean, "low": low, "high": high}


def _hours_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say what share of their hours workers spend with families, and what takes most of them."""
    rows = records(frame)
    contact = next(row for row in rows if row["measure"] == Measure.SHARE)
    hourly = (row for row in rows if row["measure"] == Measure.HOURS)
    shown = [row for row in hourly if not np.isnan(number_in(row, "mean"))]
    if not shown:
        return Words(
            verdict="Hours of social workers are hidden to protect them",
            plain=(WHY_HIDDEN,),
        )
    most = max(shown, key=lambda row: number_in(row, "mean"))
    hours_said = f"Most time went on {most['activity']}: {_average(most)} hours a week."
    technical = technical_line(
        f"n {number(number_in(most, 'n'), 0)} social workers, "
        f"{number(number_in(most, 'weeks'), 0)} diary weeks",
        f"direct contact {_interval(contact)}",
        f"{most['activity']} {_interval(most)}",
    )
    share = number_in(contact, "mean")
    if np.isnan(share):
        return Words(
            verdict="Time with families is not shown with this choice",
            plain=(hours_said,),
            technical=technical,
        )
    return Words(
        verdict=f"{number(share, 0)}% of social workers' hours were spent with families",
        plain=(
            (
                f"On average they spent {_average(contact, unit='%')} of their hours in direct "
                "contact with children, parents and wider family."
            ),
            hours_said,
        ),
        technical=technical,
    )


def _average(row: Row, unit: str = "") -> str:
    mean, low, high = (f"{number(number_in(row, name))}{unit}" for name in ("mean", "low", "high"))
    return f"{mean} (between {low} and {high})"


def _interval(row: Row) -> str:
    mean, low, high = (number_in(row, name) for name in ("mean", "low", "high"))
    if np.isnan(mean):
        return HIDDEN
    unit = "%" if row["measure"] == Measure.SHARE else " hours a week"
    return f"mean {number(mean)}{unit} (95% CI {number(low)} to {number(high)})"


week: Final = register(
    Finding(
        key="diaries-hours",
        follows=RECORDS,
        title="How social workers spent their hours",
        subtitle=lambda selection: f"Mean hours a week of each worker. {bands_words(selection)}",
        unit="hours a week, mean over workers",
        sources=(SOURCE,),
        columns=COLUMNS,
        analyse=hours,
        words=_hours_words,
        notes=(
            (
                "Each worker counts once, however many weeks the diary has; the interval is over "
                "workers and takes them to be independent, though those of one pilot may be alike."
            ),
            f"Direct contact is {', '.join(DIRECT_CONTACT)}.",
            *NOTES,
        ),
        method=(
            (
                "What is estimated",
                (
                    "The mean over workers of each worker's mean weekly hours by activity, and of "
                    "each worker's share of hours in direct contact."
                ),
            ),
            ("Interval", "Student's t over workers, 95%."),
            ROUNDING,
        ),
        kind=Kind.SIMULATED,
        about="Mean weekly hours by activity and the share in direct contact.",
        hides=hides(TABLE),
    )
)
