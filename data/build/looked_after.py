"""Rates of looked-after children on one population: counts over rebased mid-year estimates.

The publisher prints these rates as whole numbers: until 2018 on the population estimates of the
time, since then on estimates rebased on the 2021 Census. The counts are printed too, so the rate
on one population is their quotient, and what was printed stays in the table beside it.
"""

from typing import Final

import pandas as pd

from data.symbols import Symbol

#: The three rates, each with the count above its stroke.
COUNTS: Final = {
    "cla_31mar_rate": "cla_31mar_num",
    "cla_start_rate": "cla_start_num",
    "cla_cease_rate": "cla_cease_num",
}
CHILDREN: Final = "pop_0_17_mid"
PER: Final = 10_000

#: Years whose printed rates are on the population estimates of the time, though held as rebased.
AS_PRINTED: Final = {
    "cla_31mar_rate": (2016, 2017, 2018),
    "cla_start_rate": (2018,),
    "cla_cease_rate": (2018,),
}

#: Rates that are on population projections, though held as rebased: their counts are not held.
PROJECTED: Final = "care_applications_rate"

DERIVED: Final = "Derived: count ÷ ONS rebased MYE (mid Y-1)"
REBASED: Final = "rebased-MYE"
PRINTED: Final = "as-published"

_WORDS: Final = ("status", "edition", "basis")
_CELL: Final = ["code", "year_end", "indicator"]


def on_rebased_population(frame: pd.DataFrame) -> pd.DataFrame:
    """Prefer the rate worked out on the rebased population, and keep the printed one beside it.

    A rate is worked out only where its count and the children of the middle of the year before
    are both printed. A hidden count keeps its symbol. Where no rebased population is held, the
    printed rate stays preferred, marked so that it enters no comparison.

    Args:
        frame: Every indicator, one row per place, year, indicator and edition; ``basis`` and
            ``edition`` are categories.

    Returns:
        The same columns; rows in no particular order.
    """
    frame = frame.astype(dict.fromkeys(_WORDS, object))
    frame.loc[frame["indicator"].eq(PROJECTED), "basis"] = PRINTED
    ours = frame["indicator"].isin(list(COUNTS)) & frame["preferred"]
    rates = frame[ours].assign(worked=_worked(frame[ours], frame[frame["preferred"]]))
    printed = rates[rates["edition"] != DERIVED]
    worked = rates[rates["worked"].notna()]
    left = rates[rates["worked"].isna()]
    parts = [
        frame[~ours],
        worked.assign(
            value=worked["worked"], status=None, edition=DERIVED, basis=REBASED, preferred=True
        ),
        _kept(printed[printed["worked"].notna() | _of_its_time(printed)]),
        _marked(left),
    ]
    made = pd.concat([part[frame.columns] for part in parts])
    return made.astype(dict.fromkeys(_WORDS, "category"))


def _worked(rates: pd.DataFrame, held: pd.DataFrame) -> pd.Series:
    """Return count over children, per 10,000; NaN where either is not printed."""
    values = held.set_index(_CELL)["value"]
    code, year = rates["code"], rates["year_end"].astype(int)
    counts = pd.MultiIndex.from_arrays([code, year, rates["indicator"].map(COUNTS)])
    children = pd.MultiIndex.from_arrays([code, year - 1, [CHILDREN] * len(rates)])
    quotient = PER * values.reindex(counts).to_numpy() / values.reindex(children).to_numpy()
    return pd.Series(quotient, index=rates.index)


def _of_its_time(rates: pd.DataFrame) -> pd.Series:
    """Whether each rate is a printed one on the population estimates of its time."""
    known = [
        year in AS_PRINTED[key]
        for key, year in zip(rates["indicator"], rates["year_end"], strict=True)
    ]
    return pd.Series(known, index=rates.index, dtype=bool) & rates["value"].notna()


def _kept(printed: pd.DataFrame) -> pd.DataFrame:
    """Return printed rates as they are kept: no longer preferred, first where of their time."""
    first = _of_its_time(printed)
    basis = printed["basis"].mask(first, PRINTED)
    return printed.assign(preferred=False, first_published=first, basis=basis)


def _marked(left: pd.DataFrame) -> pd.DataFrame:
    """Mark the rates that no rebased population is held for, and leave missing ones as they are."""
    older = left["value"].notna()
    return left.assign(
        status=left["status"].mask(older, Symbol.OLDER_POPULATION.value),
        basis=left["basis"].mask(older, PRINTED),
    )
