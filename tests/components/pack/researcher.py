"""Seven published figures worked out from the tables of one pack, as a researcher would.

``python researcher.py everything.zip`` needs NumPy and pandas, and nothing of this project. What it
knows beside the tables is what cards and the list of methods say in words: the years, the list of
neighbours and how many count, the seed of placebo groups, the inputs of the cost card.
"""

import json
import sys
import zipfile
from functools import cache
from math import exp, lgamma, sqrt
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd

Z = NormalDist().inv_cdf(0.975)
YEARS, BEFORE, AFTER = (2013, 2014, 2015, 2016), (2013, 2014), (2015, 2016)
LIST, COUNTED, FEWEST = "pre-2021", 10, 5
SEED, DRAWS, NEVER = 20141101, 10_000, ("E06000053", "E09000001")
KINDS = ("E06", "E08", "E09", "E10")
LEAD, ON_COSTS, DAYS, DAY_COST = 50_000, 0.30, 5, 250
COUNCIL, SHARE_YEAR = "E08000036", 2016


@cache
def opened(pack: Path, name: str) -> pd.DataFrame:
    """Read a table of the pack; only an empty cell is missing."""
    with zipfile.ZipFile(pack) as parts, parts.open(f"tables/{name}.csv") as file:
        return pd.read_csv(
            file, encoding="utf-8-sig", keep_default_na=False, na_values=[""], low_memory=False,
            float_precision="round_trip", dtype={"model": str},
        )  # fmt: skip


class Gaps:
    """How far councils stand from their neighbours on one indicator, by year."""

    def __init__(self, pack: Path, indicator: str) -> None:
        table = opened(pack, "indicators")
        kept = table["preferred"] & ~table["status"].isin(["partial-2014", "older-pop"])
        rows = table[(table["indicator"] == indicator) & kept]
        self.values = rows.pivot(index="code", columns="year_end", values="value")
        self.lists = opened(pack, "neighbours").sort_values("rank")
        self.pilots = opened(pack, "pilots")["code"].tolist()

    def of(self, code, model=LIST, counted=COUNTED, average="mean", *, pilots=False) -> pd.Series:
        """Return own figure less the average of the neighbours, by year."""
        mine = self.lists[(self.lists["model"] == model) & (self.lists["code"] == code)]
        first = mine["neighbour"].head(counted)
        others = [one for one in first if pilots or one not in self.pilots]
        beside = self.values.reindex(others)
        enough = beside.notna().sum() >= min(FEWEST, len(others))
        return self.values.reindex([code]).iloc[0] - beside.agg(average).where(enough)

    def level(self, code, years=YEARS, **options) -> float:
        return self.of(code, **options).reindex(years).mean()

    def change(self, code) -> float:
        gaps = self.of(code)
        return gaps.reindex(AFTER).mean() - gaps.reindex(BEFORE).mean()


def placebo_p(gaps: Gaps) -> float:
    """Return how often groups of councils that were no pilots stand as far out."""
    listed = gaps.lists.loc[gaps.lists["model"] == LIST, "code"].unique()
    pool = sorted(set(listed) - set(gaps.pilots) - set(NEVER))
    own = np.array([gaps.level(code) for code in gaps.pilots])
    outside = np.array([gaps.level(code) for code in pool])
    chance, total, many = np.random.default_rng(SEED), np.zeros(DRAWS), 0
    for kind in KINDS:
        members = np.array([at for at, code in enumerate(pool) if code.startswith(kind)], int)
        if not len(members):
            continue
        order = np.argsort(chance.random((DRAWS, len(members)), dtype=np.float32), kind="stable")
        drawn = outside[members[order]]
        taken = sum(code.startswith(kind) for code in np.array(gaps.pilots)[np.isfinite(own)])
        there = np.isfinite(drawn)
        first = there & (np.cumsum(there, axis=1) <= taken)
        total += np.where(first, np.nan_to_num(drawn), 0).sum(axis=1)
        many += taken
    far = (np.abs(total / many) >= abs(np.nanmean(own)) * (1 - 1e-12)).sum()
    return (far + 1) / (DRAWS + 1)


def cost(pack: Path) -> float:
    """Return the cost of one council: a lead for a year, and training for every social worker."""
    table = opened(pack, "indicators")
    rows = table[table["preferred"] & (table["indicator"] == "sw_fte_num")]
    held = rows[(rows["code"] == COUNCIL) & (rows["year_end"] <= YEARS[-1])].dropna(subset="value")
    workers = held.sort_values("year_end")["value"].iloc[-1]
    return LEAD * (1 + ON_COSTS) + workers * DAYS * DAY_COST


def wilson(pack: Path, count: str, base: str) -> tuple[float, float]:
    """Return the limits of a share in per cent, from its count and base."""
    table = opened(pack, "indicators")
    rows = table[
        table["preferred"] & (table["code"] == COUNCIL) & (table["year_end"] == SHARE_YEAR)
    ]
    value = rows.set_index("indicator")["value"]
    n, share = value[base], value[count] / value[base]
    middle, reach = share + Z**2 / (2 * n), Z * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return tuple(100 * (middle + side * reach) / (1 + Z**2 / n) for side in (-1, 1))


def hedges_g(row: pd.Series) -> float:
    """Return the second mean less the first, in pooled standard deviations, for small samples."""
    n1, n2 = row["t1_n"], row["t2_n"]
    freedom = n1 + n2 - 2
    pooled = sqrt(((n1 - 1) * row["t1_sd"] ** 2 + (n2 - 1) * row["t2_sd"] ** 2) / freedom)
    exact = exp(lgamma(freedom / 2) - lgamma((freedom - 1) / 2)) / sqrt(freedom / 2)
    return exact * (row["t2_mean"] - row["t1_mean"]) / pooled


def figures(pack: Path) -> dict[str, float]:
    """Work the figures out.

    Args:
        pack: ``/data/everything.zip``, as it was downloaded.
    """
    gaps = Gaps(pack, "icpc_rate")
    table = opened(pack, "standardised-measures")
    low, high = wilson(pack, "rereferrals_num", "referrals_num")
    dot = {"model": "2025", "counted": 5, "average": "median", "pilots": True}
    return {
        "gap": float(np.nanmean([gaps.level(code) for code in gaps.pilots])),
        "change": float(np.nanmean([gaps.change(code) for code in gaps.pilots])),
        "placebo_p": placebo_p(gaps),
        "specification": float(np.nanmean([gaps.level(code, **dot) for code in gaps.pilots])),
        "cost": cost(pack),
        "wilson_low": low,
        "wilson_high": high,
        "hedges_g": hedges_g(table[table["t1_mean"].notna()].iloc[0]),
    }


if __name__ == "__main__":
    json.dump(figures(Path(sys.argv[1])), sys.stdout, indent=2)
