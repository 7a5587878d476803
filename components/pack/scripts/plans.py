"""What the next programme would see: the smallest change, from programmes drawn without any."""

import costs
import numpy as np
import pandas as pd
from families import Family
from figures import mean
from pack import NotAnsweredError, Pack
from programmes import Design, councils_of, programmes
from smallest import FEWEST_SEEN, smallest_change
from spending import counts
from verdicts import Row

FEWER_DRAWS = 2_000  # behind every size but that of the indicator in question
POINTS = (6, 8, 12, 20, 30, 60)
BESIDE = (1, 3)
MOST_COUNCILS = 60
#: How closely two programs meet the smallest changes, and why no closer.
NEARLY = 1e-3
WHY = (
    "the change from which on a programme is seen is found by halving, and where it is published "
    "sums within a thousandth of a per cent count as equal"
)


def _planned(pack: Pack, key: str, design: Design, size: int, *, asked: bool) -> Row:
    """Return what a programme of so many councils would show of one measure."""
    names = ("smallest_change", "smallest_change_low", "smallest_change_high", "relative", "level",
             "spread", "drawn_from", "programmes", "first_year", "last_year")  # fmt: skip
    row: Row = dict.fromkeys(names, np.nan)
    if size < FEWEST_SEEN:
        return row
    try:
        councils = councils_of(pack, key, design)
    except NotAnsweredError:
        return row
    whole = councils.whole
    drawable = int(np.isfinite(whole).sum())
    if not drawable or drawable < size:
        return row
    draws = int(pack.resolved["placebo"]["draws"]) if asked else FEWER_DRAWS
    faced = councils.faced(np.arange(len(whole)), councils.listed)
    level = float(mean(mean(np.where(np.isfinite(councils.own), faced, np.nan))))
    row |= {"level": level, "spread": float(np.nanstd(whole, ddof=1)), "drawn_from": drawable}
    row |= {"programmes": draws, "first_year": councils.years[0], "last_year": councils.years[-1]}
    low, found, high = smallest_change(programmes(pack, councils, whole, size, draws))
    if np.isfinite(found):
        row |= {"smallest_change": found, "smallest_change_low": low}
        row["smallest_change_high"] = high if np.isfinite(high) else np.nan
        row["relative"] = 100 * found / level if level > 0 else np.nan
    return row


def _chosen(pack: Pack) -> tuple[Design, int]:
    told = pack.parameters
    design = Design(before=int(told["plan-before"]), after=int(told["plan-after"]))
    return design, int(told["plan-councils"])


def _keys(family: Family) -> tuple[str, ...]:
    return family.core if family.key in family.core else (*family.core, family.key)


def _row(design: Design, size: int) -> Row:
    return {"years_before": design.before, "years_after": design.after, "councils": size}


def detectable(pack: Pack, family: Family) -> pd.DataFrame:
    """Plan one programme for every indicator."""
    design, size = _chosen(pack)
    rows = list[Row]()
    for key in _keys(family):
        asked = key == family.key
        planned = _planned(pack, key, design, size, asked=asked)
        rows.append({"key": key, **_row(design, size), **planned})
    return pd.DataFrame(rows)


def curve(pack: Pack, family: Family) -> pd.DataFrame:
    """Plan programmes of more and fewer councils and years, for the indicator in question."""
    chosen, size = _chosen(pack)
    designs = [chosen, *(Design(before=years, after=years) for years in BESIDE)]
    rows = list[Row]()
    for design in dict.fromkeys(designs):
        twice = {2 * size} if design == chosen and 2 * size <= MOST_COUNCILS else set()
        for many in sorted({*POINTS, size, *twice}):
            asked = design == chosen and many == size
            planned = _planned(pack, family.key, design, many, asked=asked)
            rows.append({**_row(design, many), **planned})
    return pd.DataFrame(rows).drop(columns=["level", "spread"])


def changes(pack: Pack, family: Family) -> pd.DataFrame:
    """Return the change of the gap of every council that programmes are drawn from.

    Raises:
        NotAnsweredError: No indicator can be planned.
    """
    design, _ = _chosen(pack)
    parts, refusals = list[pd.DataFrame](), list[NotAnsweredError]()
    for key in _keys(family):
        try:
            councils = councils_of(pack, key, design)
        except NotAnsweredError as refusal:
            refusals.append(refusal)
            continue
        part = pd.DataFrame({"code": councils.codes, "gap_change": councils.whole})
        years = {"first_year": float(councils.years[0]), "last_year": float(councils.years[-1])}
        parts.append(part.assign(key=key, **years))
    if not parts:
        raise refusals[0]
    return pd.concat(parts, ignore_index=True)


def cost(pack: Pack) -> pd.DataFrame:
    """Cost the work for as many councils as are planned, and for one of average size.

    Raises:
        NotAnsweredError: No number of social workers is held.
    """
    design, size = _chosen(pack)
    table = pack.table("authorities")
    today = table.loc[table["last_year"] == table["last_year"].max(), "code"]
    held = [counts(pack).at("sw_fte_num", code) for code in today]
    last = [row[np.isfinite(row)][-1] for row in held if np.isfinite(row).any()]
    if not last:
        msg = "no number of social workers is held"
        raise NotAnsweredError(msg)
    told, workers = pack.resolved["costs"], float(np.mean(last))
    values = {**told, "cost-years": design.after}
    values[costs.PEOPLE] = workers if told[costs.PEOPLE] is None else told[costs.PEOPLE]
    lead, training = costs.lead(values), costs.training(values)
    one = {
        "total": lead + training, "per_year": (lead + training) / design.after, "lead": lead,
        "training": training, "trained": values[costs.PEOPLE], "workers": workers,
    }  # fmt: skip
    return pd.DataFrame(
        [
            {"councils": many, "years": design.after}
            | {name: value * many for name, value in one.items()}
            for many in (size, 1)
        ]
    )
