"""Findings about resources: the social workers that pilots have, and what they carry."""

from functools import cache

import numpy as np
import pandas as pd
from figures import Figures, compare, mean
from pack import Pack
from spending import counts, divided, earlier
from verdicts import Row, level_differences, verdict_rows

WORKERS = "sw_fte_num"
CHILDREN = "pop_0_17_mid"
#: What is divided, by how many, and what it is multiplied by.
RATES = {
    "sw_rate": (WORKERS, CHILDREN, 10_000),
    "assessments_per_sw": ("assessments_num", WORKERS, 1),
    "conferences_per_sw": ("icpc_num", WORKERS, 1),
    "plans_per_sw": ("cpp_start_num", WORKERS, 1),
}


@cache
def resources(pack: Pack) -> Figures:
    """Return every measure of resources for every place and year.

    Children are those of the middle of the year before, as for other rates.
    """
    held = counts(pack)
    known = held.comparable(pack.resolved["symbols_not_compared"])
    made = list[np.ndarray]()
    for key in pack.resolved["resources"]:
        if key not in RATES:
            made.append(known.of(key))
            continue
        above, below, times = RATES[key]
        under = earlier(held.of(below), 1 if below == CHILDREN else 0)
        made.append(divided(times * known.of(above), under))
    values = np.stack(made)
    return Figures(
        values=values,
        symbols=np.full(values.shape, "", dtype="<U12"),
        series={key: at for at, key in enumerate(pack.resolved["resources"])},
        places=held.places,
    )


def gaps(pack: Pack) -> pd.DataFrame:
    """Return verdicts on every measure of resources."""
    figures, choice = resources(pack), pack.choice
    keys = tuple(pack.resolved["resources"])
    compared = compare(pack, figures, choice, keys, choice.pilots).over(choice.years)
    return verdict_rows(level_differences(compared), keys, choice)


def places(pack: Pack) -> pd.DataFrame:
    """Put every pilot's resources, and those of the reader's authority, beside its comparator."""
    figures, choice = resources(pack), pack.choice
    codes = [*choice.pilots, *([pack.area] if pack.area not in {"", *choice.pilots} else [])]
    keys = tuple(pack.resolved["resources"])
    compared = compare(pack, figures, choice, keys, codes).over(choice.years)
    both = np.isfinite(compared.gaps)
    own, against = (
        mean(np.where(both, part, np.nan)) for part in (compared.own, compared.comparator)
    )
    known = counts(pack).comparable(pack.resolved["symbols_not_compared"])
    at = [known.years.index(year) for year in choice.years]
    rows = list[Row]()
    for row, key in enumerate(keys):
        for place, code in enumerate(codes):
            value, other = own[row, place], against[row, place]
            rows.append(
                {
                    "key": key,
                    "code": code,
                    "value": value,
                    "comparator": other,
                    "relative": 100 * (value / other - 1) if other > 0 else np.nan,
                    "workers": float(mean(known.at(WORKERS, code)[at])),
                    "years": int(both[row, place].sum()),
                }
            )
    return pd.DataFrame(rows)
