"""Findings that bring the tests of all indicators together."""

from dataclasses import replace

import numpy as np
import pandas as pd
from families import Family
from figures import compare, mean
from measures import by_year
from pack import EVERY_YEAR, Pack
from verdicts import Row, differences, verdict_rows, with_placebo

COVID = 2020  # the last year before the pandemic
LEVEL = 0.05
CHANGED = ("gap", "low", "high", "p", "p_adjusted", "standardised")


def tested(pack: Pack, family: Family, years: tuple[int, ...], *, change: bool) -> pd.DataFrame:
    """Return verdicts on all core measures, with how sure each is, in ``certain``."""
    choice = pack.choice
    compared = compare(pack, family.figures, choice, family.core, choice.pilots).over(years)
    frame = verdict_rows(differences(compared, choice, change=change), family.core, choice)
    return frame.assign(
        certain=[how_sure(row, choice.adjust) for _, row in frame.iterrows()],
        last_used=[
            max(
                (year for at, year in enumerate(years) if np.isfinite(gaps[:, at]).any()),
                default=np.nan,
            )
            for gaps in compared.gaps
        ],
    )


def how_sure(row: pd.Series, adjust: str) -> str:
    """Say how sure a row is; what cannot fall below 0.05 cannot be tested, whatever its p."""
    names = ("p", "p_adjusted", "smallest_p", "smallest_adjusted")
    p, adjusted, smallest, smallest_adjusted = (float(row[name]) for name in names)
    if np.isnan(p) or smallest >= LEVEL:
        return "untestable"
    if adjust == "none":
        return "clear" if p < LEVEL else "not clear"
    if not smallest_adjusted < LEVEL:
        return "untestable"
    if p >= LEVEL:
        return "not clear"
    return "clear" if adjusted < LEVEL else "alone"


def answer(pack: Pack, family: Family) -> pd.DataFrame:
    """Answer five questions: what differed, before, changed, lasted, and what is ruled out."""
    choice = pack.choice
    level = tested(pack, family, choice.years, change=False)
    change = tested(pack, family, choice.years, change=True)
    differed, changed = _clear(level), _clear(change)
    parts = {
        "differed": with_placebo(pack, family.figures, differed, choice.years, change=False),
        "before": pd.DataFrame(),
        "changed": with_placebo(pack, family.figures, changed, choice.years, change=True),
        "lasted": _lasted(pack, family, changed),
        "ruled-out": _ruled_out(pack, family, [*differed["key"], *pack.resolved["named"]], change),
    }
    early = tuple(year for year in choice.years if year <= choice.before)
    if early and len(differed):
        every = tested(pack, family, early, change=False).set_index("key", drop=False)
        found = every.loc[list(differed["key"])].reset_index(drop=True)
        parts["before"] = with_placebo(pack, family.figures, found, early, change=False)
    frames = [_ranked(part) if len(part) else _none() for part in parts.values()]
    return pd.concat(frames, ignore_index=True)[list(TAKEN)]


TAKEN = ("key", "n", "gap", "low", "high", "p", "p_adjusted", "ruled_out", "p_placebo",
         "placebo_low", "placebo_high", "rank")  # fmt: skip


def _clear(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are clear of chance, the surest first."""
    clear = frame[frame["certain"] == "clear"]
    return clear.sort_values(["p_adjusted", "p"], kind="stable").reset_index(drop=True)


def _ranked(frame: pd.DataFrame) -> pd.DataFrame:
    return frame if "rank" in frame else frame.assign(rank=np.arange(1, len(frame) + 1))


def _none() -> pd.DataFrame:
    return pd.DataFrame([{**dict.fromkeys(TAKEN, np.nan), "key": "", "rank": 0}])


def _lasted(pack: Pack, family: Family, changed: pd.DataFrame) -> pd.DataFrame:
    """Follow each clear change to the last year before the pandemic and to the latest year."""
    years, rows = pack.choice.years, list[Row]()
    seen = dict.fromkeys(changed["key"], years[-1])
    for end in [year for year in (COVID, EVERY_YEAR[-1]) if year > years[-1]] if seen else []:
        longer = tuple(range(years[0], end + 1))
        every = tested(pack, family, longer, change=True).set_index("key", drop=False)
        named = every.loc[list(seen)].reset_index(drop=True)
        found = with_placebo(pack, family.figures, named, longer, change=True)
        for rank, (_, row) in enumerate(found.iterrows(), start=1):
            if row["last_used"] > seen[row["key"]]:
                seen[row["key"]] = int(row["last_used"])
                rows.append({**{name: row[name] for name in TAKEN[:-1]}, "rank": rank})
    return pd.DataFrame(rows)


def _ruled_out(pack: Pack, family: Family, named: list[str], change: pd.DataFrame) -> pd.DataFrame:
    """Return the changes that are not clear, of measures that differ or that the summary names."""
    asked = [key for key in dict.fromkeys(named) if key in set(change["key"])]
    found = change.set_index("key", drop=False).loc[asked].reset_index(drop=True)
    kept = found[(found["certain"] == "not clear") & found["ruled_out"].notna()]
    years = pack.choice.years
    return with_placebo(pack, family.figures, kept.reset_index(drop=True), years, change=True)


def clearest_by_year(pack: Pack, family: Family) -> pd.DataFrame:
    """Follow by year the measure whose change, or else whose difference, is the surest."""
    key = next((key for key in pack.resolved["named"] if key in family.core), family.core[0])
    for change in (True, False):
        frame = tested(pack, family, pack.choice.years, change=change)
        known = frame[frame["certain"] != "untestable"]
        if len(known):
            key = str(known.sort_values(["p_adjusted", "p"], kind="stable")["key"].iloc[0])
            break
    frame = by_year(pack, replace(family, key=key))
    yours = dict(zip(EVERY_YEAR, family.figures.at(key, pack.area), strict=True))
    return frame.assign(key=key, yours=[yours[year] for year in frame["year_end"]])


def overview(pack: Pack, family: Family) -> pd.DataFrame:
    """Return difference and change of every core measure, with each pilot and each year."""
    choice = pack.choice
    whole = compare(pack, family.figures, choice, family.core, choice.pilots)
    level = tested(pack, family, choice.years, change=False)
    change = tested(pack, family, choice.years, change=True)
    each = dict(zip(choice.pilots, mean(whole.over(choice.years).gaps).T, strict=True))
    by_year_gap = mean(np.moveaxis(whole.gaps, 1, 2)).T
    names = ("key", "n", "comparator", "relative", *CHANGED)
    frame = level[list(names)].assign(
        **{f"change_{name}": change[name] for name in CHANGED},
        **{f"gap_{code.lower()}": each.get(code, np.nan) for code in pack.bands},
        **{f"gap_{year}": row for year, row in zip(EVERY_YEAR, by_year_gap, strict=True)},
    )
    order = frame.assign(size=-frame["standardised"].abs())
    at = order.sort_values(["p_adjusted", "p", "size"]).index
    return frame.loc[at]
