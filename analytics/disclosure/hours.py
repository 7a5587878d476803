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
        weekly: Hours by worker and week, and activity; missing where a week does not list it.
        mean: Hours a week by worker and activity, over the weeks that list it.
    """

    pilots: pd.Series
    weekly: pd.DataFrame
    mean: pd.DataFrame

    def measure(self, name: str) -> pd.Series:
        """Return a measure by worker, without those of whom it cannot be said.

        Args:
            name: One of ``MEASURES``.
        """
        if name != CONTACT:
            return self.mean[name].dropna()
        total = self.mean.sum(axis=1)
        share = 100 * self.mean[list(DIRECT_CONTACT)].sum(axis=1) / total.where(total > 0)
        return share.dropna()


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
    return Hours(pilots=pilots, weekly=weekly, mean=weekly.groupby(level="worker").mean())
