"""The simulated time diaries."""

from typing import Final

import numpy as np
import pandas as pd

from data.build.simulation.design import BAND_OF, some, stream
from data.build.simulation.survey import PEOPLE
from data.microdata.social_workers import ACTIVITIES

#: Diaries were kept by some who answered the survey and some who did not.
ALSO_IN_SURVEY: Final = 50
DIARIES_ONLY: Final = 40
SECOND_WEEK: Final = 78

#: Hours a week, in the order of the activities; 40 together. No figure of this was printed.
_HOURS: Final = np.array([3.5, 4.5, 1.0, 9.0, 4.0, 4.0, 3.0, 2.0, 2.5, 1.0, 3.5, 2.0])
_NEVER: Final = {"court work": 0.5, "training": 0.6, "direct contact with wider family": 0.25}


def diaries(survey: pd.DataFrame) -> pd.DataFrame:
    """Return the diaries: one row per social worker, week and activity.

    Args:
        survey: Gives the labels and pilots of those who answered it too.
    """
    rng = stream("diaries")
    known = survey.drop_duplicates("respondent")
    also = some(rng, np.ones(len(known), dtype=bool), ALSO_IN_SURVEY)
    others = rng.permutation(np.resize(list(BAND_OF), DIARIES_ONLY))
    labels = [f"S{number:03d}" for number in range(PEOPLE + 1, PEOPLE + 1 + DIARIES_ONLY)]
    worker = np.array([*known.loc[also, "respondent"], *labels])
    pilot = np.array([*known.loc[also, "pilot"], *others])
    local = dict(zip(BAND_OF, 0.22 * rng.standard_normal((len(BAND_OF), len(_HOURS))), strict=True))
    person = 0.2 * rng.standard_normal((len(worker), len(_HOURS)))
    stayed = some(rng, np.ones(len(worker), dtype=bool), SECOND_WEEK)
    rows: list[pd.DataFrame] = []
    for week, here in ((1, np.ones(len(worker), dtype=bool)), (2, stayed)):
        for place in np.flatnonzero(here):
            spread = local[pilot[place]] + person[place] + 0.25 * rng.standard_normal(len(_HOURS))
            hours = np.rint(4 * _HOURS * np.exp(spread)) / 4
            idle = rng.random(len(_HOURS)) < [_NEVER.get(activity, 0) for activity in ACTIVITIES]
            rows.append(
                pd.DataFrame(
                    {
                        "worker": worker[place],
                        "pilot": pilot[place],
                        "band": BAND_OF[pilot[place]],
                        "week": week,
                        "activity": ACTIVITIES,
                        "hours": np.where(idle, 0, hours),
                    }
                )
            )
    return pd.concat(rows).sort_values(["worker", "week"], kind="stable", ignore_index=True)
