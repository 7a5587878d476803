"""Findings about measures: all of a family, or one by place and by year."""

from dataclasses import replace

import flips
import methods
import numpy as np
import pandas as pd
from families import Family
from figures import Compared, compare, mean, neighbours_of
from hidden import hidden_bounds
from pack import EVERY_YEAR, NotAnsweredError, Pack
from verdicts import Row, whole_verdicts


def verdicts(pack: Pack, family: Family, *, change: bool) -> pd.DataFrame:
    """Return a table of verdicts on the core measures of a family."""
    years = pack.choice.years
    return whole_verdicts(pack, family.figures, family.core, years, change=change)


def named_verdicts(pack: Pack, family: Family) -> pd.DataFrame:
    """Return verdicts on the indicators that the evaluation's summary names."""
    frame = verdicts(pack, family, change=False)
    kept = [name for name in pack.rows if name in frame]
    return frame.loc[frame["key"].isin(pack.resolved["named"]), kept]


def core_values(pack: Pack, family: Family) -> pd.DataFrame:
    """Return figure, comparator and gap of every pilot, core measure and year."""
    choice = pack.choice
    compared = compare(pack, family.figures, choice, family.core, choice.pilots).over(choice.years)
    rows = list[Row]()
    for at in np.ndindex(compared.own.shape):
        key, place, year = at
        rows.append(
            {
                "key": family.core[key],
                "code": choice.pilots[place],
                "year_end": choice.years[year],
                "value": compared.own[at],
                "comparator": compared.comparator[at],
                "gap": compared.gaps[at],
                "found": compared.found[at],
                "listed": compared.listed[place],
            }
        )
    return pd.DataFrame(rows)


def every_place(pack: Pack, family: Family) -> pd.DataFrame:
    """Return one measure for every authority and year, as published."""
    codes = pack.table("authorities")["code"]
    return pd.DataFrame(
        [
            {"code": code, "year_end": year, "value": value}
            for code in codes
            for year, value in zip(EVERY_YEAR, family.published.at(family.key, code), strict=True)
            if year in pack.choice.years
        ]
    )


def by_place(pack: Pack, family: Family) -> pd.DataFrame:
    """Set every pilot, and the reader's authority, beside its neighbours and their average."""
    choice, key = pack.choice, family.key
    codes = [*choice.pilots, *([pack.area] if pack.area not in {"", *choice.pilots} else [])]
    compared = compare(pack, family.figures, choice, [key], codes).over(choice.years)
    at = [EVERY_YEAR.index(year) for year in choice.years]
    rows = list[Row]()
    for place, code in enumerate(codes):
        gaps = compared.gaps[0, place]
        both = np.isfinite(gaps)
        mine = _alone(family, code, at)
        if both.any():
            mine["value"] = compared.own[0, place][both].mean()
        role = "pilot" if code in pack.bands else "yours"
        rows.append({**mine, "role": role, "gap": float(mean(gaps))})
        listed = neighbours_of(pack, code, choice) if choice.compare == "neighbours" else ()
        rows.extend({**_alone(family, one, at), "role": "neighbour"} for one in listed)
        against = float(mean(np.where(both, compared.comparator[0, place], np.nan)))
        rows.append({"role": "average", "code": "", "value": against, "years": int(both.sum())})
    return pd.DataFrame(rows)


def _alone(family: Family, code: str, years: list[int]) -> Row:
    values = family.figures.at(family.key, code)[years]
    return {"code": code, "value": float(mean(values)), "years": int(np.isfinite(values).sum())}


def by_year(pack: Pack, family: Family) -> pd.DataFrame:
    """Compare pilots on one measure in every year held, each year by itself."""
    choice, key = pack.choice, family.key
    compared = compare(pack, family.figures, choice, [key], choice.pilots)
    england = family.figures.at(key, pack.resolved["england"])
    found = [_year(compared, at, choice.fewest) for at in range(len(EVERY_YEAR))]
    held = [at for at, row in enumerate(found) if row["n"] or np.isfinite(england[at])]
    if not held:
        return pd.DataFrame(columns=["year_end"])
    level = replace(choice, outcome="level")
    hidden = hidden_bounds(pack, family.figures, level, key, choice.years)
    same = _same_pilots(compared, choice.years)
    rows = [
        {
            "year_end": EVERY_YEAR[at],
            "in_period": "yes" if EVERY_YEAR[at] in choice.years else "no",
            **found[at],
            "england": england[at],
            "n_same": int(same.sum()),
            "gap_same": float(mean(np.where(same, compared.gaps[0, :, at], np.nan))),
            **hidden,
        }
        for at in range(held[0], held[-1] + 1)
    ]
    return pd.DataFrame(rows)


def _year(compared: Compared, at: int, fewest: int) -> Row:
    gaps = compared.gaps[0, :, at]
    both = np.isfinite(gaps)
    tested = gaps if both.sum() >= fewest else np.full(gaps.shape, np.nan)
    low, high = flips.flip_interval(tested)
    t_low, t_high = methods.t_interval(tested)
    return {
        "n": int(both.sum()),
        "pilots": float(mean(np.where(both, compared.own[0, :, at], np.nan))),
        "comparator": float(mean(np.where(both, compared.comparator[0, :, at], np.nan))),
        "gap": float(mean(gaps)),
        "low": low,
        "high": high,
        "t_low": t_low,
        "t_high": t_high,
    }


def _same_pilots(compared: Compared, years: tuple[int, ...]) -> np.ndarray:
    """Say which pilots can be compared in the first and the last year that any can be."""
    both = np.isfinite(compared.over(years).gaps[0])
    held = np.flatnonzero(both.any(axis=0))
    if not len(held):
        return np.zeros(len(both), dtype=bool)
    return both[:, held[0]] & both[:, held[-1]]


def each_pilot_changed(pack: Pack, family: Family) -> pd.DataFrame:
    """Return each pilot before and after the start, beside its comparator.

    Raises:
        NotAnsweredError: The years are all on one side of the start.
    """
    choice = pack.choice
    codes = [*choice.pilots, *([pack.area] if pack.area not in {"", *choice.pilots} else [])]
    compared = compare(pack, family.figures, choice, [family.key], codes).over(choice.years)
    late = np.array([year > choice.before for year in choice.years])
    if late.all() or not late.any():
        msg = "the years are all on one side of the start"
        raise NotAnsweredError(msg)
    rows = list[Row]()
    for place, code in enumerate(codes):
        own, against = compared.own[0, place], compared.comparator[0, place]
        both = np.isfinite(own - against)
        if both.any():  # years without a comparator are left out of both sides
            own = np.where(both, own, np.nan)
        against = np.where(both, against, np.nan)
        gaps = np.where(both, own - against, np.nan)
        rows.append(
            {
                "code": code,
                "before": float(mean(own[~late])),
                "after": float(mean(own[late])),
                "change": float(mean(own[late]) - mean(own[~late])),
                "comparator_before": float(mean(against[~late])),
                "comparator_after": float(mean(against[late])),
                "gap_change": float(mean(gaps[late]) - mean(gaps[~late])),
            }
        )
    return pd.DataFrame(rows)
