"""Hours of social workers by their diaries: what a mean adds up, one number a worker."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pandas as pd

from analytics.disclosure.crosstab import rows_of
from analytics.disclosure.crosstabs import view_of
from data.load import Table
from data.microdata.social_workers import ACTIVITIES, DIRECT_CONTACT

#: The share of all hours that is direct contact, beside the hours of each activity.
CONTACT: Final = "direct contact, of all hours"
MEASURES: Final = (*ACTIVITIES, CONTACT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hours:
    """Hours of each worker who is counted.

    Attributes:
        pilots: Pilot by worker, each worker in one.
        weeks: Weeks of each worker's diary, by worker as all others.
        uneven: Whether a week of a worker does not list an activity, by worker and activity.
        measures: ``MEASURES`` by worker: hours a week by activity, over the weeks that list it, and
            the share in direct contact; missing where it cannot be said.
    """

    pilots: pd.Series
    weeks: pd.Series
    uneven: pd.DataFrame
    measures: pd.DataFrame

    def measure(self, name: str) -> pd.Series:
        """Return a measure by worker, without those of whom it cannot be said.

        Args:
            name: One of ``MEASURES``.
        """
        return self.measures[name].dropna()


@lru_cache(maxsize=4)
def worker_hours(table: Table) -> Hours:
    """Return the hours of the workers whom ``counted`` counts, in the pilots it counts them in.

    Args:
        table: The diaries.
    """
    view = view_of("time_diaries", "hours")
    rows, _ = rows_of(view, table.frame)
    pilots = rows.set_index(view.person)["pilot"].astype(str).sort_index()
    kept = table.frame[["worker", "week", "activity", "hours"]]
    weekly = kept.pivot(index=["worker", "week"], columns="activity", values="hours")
    weekly = weekly.reindex(columns=list(ACTIVITIES))
    mean = weekly.groupby(level="worker").mean()
    total = mean.sum(axis=1)
    contact = 100 * mean[list(DIRECT_CONTACT)].sum(axis=1) / total.where(total > 0)
    workers = pilots.index
    return Hours(
        pilots=pilots,
        weeks=weekly.groupby(level="worker").size().reindex(workers),
        uneven=weekly.isna().groupby(level="worker").any().reindex(workers),
        measures=mean.assign(**{CONTACT: contact}).reindex(workers),
    )
