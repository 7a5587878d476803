"""Findings about the lists of statistical neighbours, and what depends on which is used."""

from dataclasses import replace
from itertools import product

import flips
import methods
import numpy as np
import pandas as pd
from answers import LEVEL, how_sure
from families import Family
from figures import Floats, compare, mean, neighbours_of
from pack import Choice, Pack
from verdicts import Row

FIRST = (10, 5)  # how many neighbours are tried


def lists(pack: Pack) -> pd.DataFrame:
    """Set each pilot's neighbours in every list side by side."""
    models, rows = pack.resolved["neighbour_lists"], list[Row]()
    for code in pack.choice.pilots:
        held = {model: _ranks(pack, code, model) for model in models}
        for other in dict.fromkeys(one for ranks in held.values() for one in ranks):
            ranks = {_column(model): held[model].get(other, np.nan) for model in models}
            many = sum(other in one for one in held.values())
            rows.append({"neighbour_code": other, "code": code, **ranks, "lists": many})
    frame = pd.DataFrame(rows)
    shared = frame.groupby("neighbour_code")["code"].transform("nunique")
    return frame.assign(shared_by=shared)


def survival(pack: Pack) -> pd.DataFrame:
    """Count which of each pilot's first neighbours the later lists still hold."""
    oldest, *later = pack.resolved["neighbour_lists"]
    rows = list[Row]()
    for code in pack.choice.pilots:
        first = set(_ranks(pack, code, oldest))
        in_later = {model: set(_ranks(pack, code, model)) & first for model in later}
        times = {one: sum(one in held for held in in_later.values()) for one in first}
        alone = {one for one, many in times.items() if many == 1 < len(later)}
        rows.append(
            {
                "code": code,
                "named": len(first),
                "in_all": sum(many == len(later) for many in times.values()),
                **{f"in_{model}": len(held & alone) for model, held in in_later.items()},
                "in_neither": sum(not many for many in times.values()),
                "pilots_among": len(first & set(pack.bands)),
            }
        )
    return pd.DataFrame(rows)


def _column(model: str) -> str:
    return f"rank_{model.replace('-', '_')}"


def _ranks(pack: Pack, code: str, model: str) -> dict[str, int]:
    """Return the places of the first neighbours in one list, pilots kept."""
    choice = replace(pack.choice, model=model, pilots_kept=True)
    return {one: at for at, one in enumerate(neighbours_of(pack, code, choice), start=1)}


def verdicts(pack: Pack, family: Family) -> pd.DataFrame:
    """Test every core measure under every choice of neighbours."""
    made = pd.concat([_tested(pack, family, one) for one in _choices(pack)], ignore_index=True)
    return made.drop(columns=["smallest_p", "smallest_adjusted", "certain"])


def flipped(pack: Pack, family: Family) -> pd.DataFrame:
    """Count under how many choices of neighbours each measure is lower, and below 0.05."""
    every = [_tested(pack, family, one) for one in _choices(pack)]
    rows = list[Row]()
    for at, key in enumerate(family.core):
        gap, p, adjusted = (
            np.array([frame[name].iloc[at] for frame in every], dtype=np.float64)
            for name in ("gap", "p", "p_adjusted")
        )
        held = gap[np.isfinite(gap)]
        rows.append(
            {
                "key": key,
                "choices": len(every),
                "lower": int((held < 0).sum()),
                "below": int((p < LEVEL).sum()),
                "below_adjusted": int((adjusted < LEVEL).sum()),
                "least": held.min() if len(held) else np.nan,
                "most": held.max() if len(held) else np.nan,
                "untested": sum(frame["certain"].iloc[at] == "untestable" for frame in every),
            }
        )
    return pd.DataFrame(rows)


def _choices(pack: Pack) -> list[Choice]:
    """Return every choice of neighbours, list by list, those weighted by closeness last."""
    plain = replace(pack.choice, compare="neighbours", weights="equal")
    table = pack.table("neighbours")
    known = set(table.loc[table["closeness"].notna(), "model"])
    made = list[Choice]()
    for model in pack.resolved["neighbour_lists"]:
        made += [
            replace(plain, model=model, first=first, average=average, pilots_kept=kept)
            for first, average, kept in product(FIRST, ("mean", "median"), (False, True))
        ]
        if model in known:
            weighted = replace(plain, model=model, first=FIRST[0], weights="closeness")
            made.append(replace(weighted, average="mean", pilots_kept=False))
    return made


def _tested(pack: Pack, family: Family, choice: Choice) -> pd.DataFrame:
    compared = compare(pack, family.figures, choice, family.core, choice.pilots)
    each = mean(compared.over(choice.years).gaps)
    n = np.isfinite(each).sum(axis=1)
    held = np.where((n >= choice.fewest)[:, None], each, np.nan)
    rows = [_row(gaps) for gaps in held]
    frame = pd.DataFrame(rows).rename(columns={"estimate": "gap"})
    p = frame["p"].to_numpy(np.float64)
    tested = np.isfinite(held).sum(axis=1)
    frame = frame.assign(
        key=family.core,
        n=n,
        k=choice.first,
        p_adjusted=flips.adjusted_p(p, held, choice.adjust),
        smallest_p=[flips.smallest_p(int(one)) for one in tested],
        smallest_adjusted=flips.smallest_adjusted(tested, choice.adjust),
    )
    return frame.assign(certain=[how_sure(row, choice.adjust) for _, row in frame.iterrows()])


def _row(gaps: Floats) -> Row:
    t_low, t_high = methods.t_interval(gaps)
    return {**flips.flip_row(gaps), "t_low": t_low, "t_high": t_high}
