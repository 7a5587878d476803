"""Findings about costs: the assumptions on the card, multiplied out beside official figures."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from figures import Figures
from pack import EVERY_YEAR, NotAnsweredError, Pack
from spending import counts, line_figures
from verdicts import Row

#: Assumptions that the total is made of.
MOVED = ("fte", "annual-cost", "on-costs", "cost-years", "training-people", "training-days",
         "day-cost")  # fmt: skip
#: Where no value is set, the number of social workers stands for it.
PEOPLE = "training-people"
BASES = {"workers": "per_worker", "trained": "per_trained", "children": "per_child", "spend": ""}


def estimate(pack: Pack) -> pd.DataFrame:
    """Cost the work: the reader's authority first, the chosen pilots together, then each."""
    codes = list(pack.choice.pilots)
    each = [_council(pack, code, "pilot") for code in codes]
    together = [_together(each)] if len(each) > 1 else []
    if pack.area and pack.area in codes:
        each.insert(0, each.pop(codes.index(pack.area)))
        return pd.DataFrame([each[0], *together, *each[1:]])
    yours = [_council(pack, pack.area, "yours")] if pack.area else []
    return pd.DataFrame([*yours, *together, *each])


def _latest(pack: Pack, figures: Figures, key: str, code: str) -> float:
    """Return the last figure held up to the end of the period, else the first held."""
    values = figures.at(key, code)
    held = np.flatnonzero(np.isfinite(values))
    if not len(held):
        return np.nan
    before = [at for at in held if EVERY_YEAR[at] <= pack.choice.years[-1]]
    return float(values[before[-1] if before else held[0]])


def _council(pack: Pack, code: str, role: str) -> Row:
    told: Mapping[str, float | None] = pack.resolved["costs"]
    official = _latest(pack, counts(pack), "sw_fte_num", code)
    workers = _set(told, "social-workers", official)
    values = {name: _set(told, name, workers) for name in MOVED}
    caseload = _set(told, "caseload", _latest(pack, counts(pack), "sw_caseload", code))
    row: Row = {
        "code": code,
        "role": role,
        "places": 1,
        "years": values["cost-years"],
        "workers": workers,
        "official_workers": official,
        "trained": values[PEOPLE],
        "children": _latest(pack, counts(pack), "cin_31mar_num", code),
        "spend": _latest(pack, line_figures(pack), "3.3.4", code),
        "caseload": caseload,
        "cases": values["fte"] * caseload,
        "lead": lead(values),
        "training": training(values),
        "total": lead(values) + training(values),
    }
    return row | _shared([row])


def _set(told: Mapping[str, float | None], name: str, official: float) -> float:
    """Return what the reader set, else the official figure."""
    value = told[name]
    return official if value is None else float(value)


def lead(values: Mapping[str, float]) -> float:
    """Return the cost of the people who lead the work, over all years, in pounds."""
    a_year = values["fte"] * values["annual-cost"] * (1 + values["on-costs"] / 100)
    return a_year * values["cost-years"]


def training(values: Mapping[str, float]) -> float:
    """Return the cost of the training, in pounds."""
    return values[PEOPLE] * values["training-days"] * values["day-cost"]


def _shared(rows: list[Row]) -> Row:
    """Divide the totals by each base, both added up over the councils that have both."""
    frame = pd.DataFrame(rows)
    years = float(frame["years"].iloc[0])
    made: Row = {"per_year": float(frame["total"].sum(min_count=1)) / years}
    for base, name in BASES.items():
        both = frame[frame["total"].notna() & (frame[base] > 0)]
        below = float(both[base].sum(min_count=1))
        over = float(both["total"].sum(min_count=1)) / below
        if name:
            made[name] = over
        else:
            made |= {"share": 100 * over / years, "share_of_one_year": 100 * over}
    return made


def _together(rows: list[Row]) -> Row:
    frame = pd.DataFrame(rows)
    costed = frame[frame["total"].notna()]
    bases: Row = {
        name: float(frame.loc[frame["total"].notna() & (frame[name] > 0), name].sum(min_count=1))
        for name in BASES
    }
    return {
        "code": "",
        "role": "together",
        "places": len(costed) or len(frame),
        "years": frame["years"].iloc[0],
        **{name: costed[name].sum(min_count=1) for name in ("lead", "training", "total")},
        **{name: frame[name].sum(min_count=1) for name in ("official_workers", "cases")},
        **bases,
        "caseload": frame["caseload"].mean(),
        **_shared(rows),
    }


def tornado(pack: Pack) -> pd.DataFrame:
    """Move each assumption up and down, the others held, and put the widest effect first.

    Raises:
        NotAnsweredError: No number of social workers is held, and none is set.
    """
    first = estimate(pack).iloc[0]
    told, many = pack.resolved["costs"], int(first["places"])
    workers = float(first["workers"])
    values = {name: _set(told, name, workers) for name in MOVED}
    values["fte"] *= many  # each council has so many people leading, and of people trained
    values[PEOPLE] *= 1 if told[PEOPLE] is None else many
    total = lead(values) + training(values)
    if np.isnan(total):
        msg = "no number of social workers is held, and none is set"
        raise NotAnsweredError(msg)
    swing = float(told["swing"]) / 100
    rows = [_moved(name, values, swing, workers) for name in MOVED]
    frame = pd.DataFrame(rows, index=list(MOVED)).rename_axis("key").reset_index()
    width = (frame["high_total"] - frame["low_total"]).round(2)  # equal to the penny is equal
    rank = width.rank(method="min", ascending=False).astype(int)
    ties = np.where(rank.duplicated(keep=False), "=", "")
    return frame.assign(rank=rank.astype(str) + ties).loc[rank.sort_values(kind="stable").index]


def _moved(name: str, values: dict[str, float], swing: float, workers: float) -> dict[str, float]:
    row = dict[str, float]()
    for end, share in (("low_", 1 - swing), ("", 1.0), ("high_", 1 + swing)):
        moved = {**values, name: values[name] * share}
        total = lead(moved) + training(moved)
        row |= {
            f"{end}value": moved[name],
            f"{end}total": total,
            f"{end}per_worker": total / workers if workers > 0 else np.nan,
        }
    return row
