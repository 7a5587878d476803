"""Findings about the claims of the evaluation's summary: the numbers each is judged on."""

from dataclasses import replace
from itertools import product

import families
import numpy as np
import pandas as pd
from families import Family
from figures import compare
from pack import Choice, NotAnsweredError, Pack
from verdicts import Row, differences, verdict_rows, with_placebo

SPEND = "expenditure-changes"  # how a claim about spending is checked; others are of levels
TAKEN = ("low", "high", "n", "p", "p_adjusted")
T_ENDS = ("t_low", "t_high")
PLACED = ("p_placebo", "placebo_low", "placebo_high")
NOTHING: Row = dict.fromkeys(("gap", *TAKEN, *T_ENDS, *PLACED, "detectable"), np.nan)


def claims(pack: Pack) -> pd.DataFrame:
    """Return the numbers behind every claim, and those of the reader's choice where it differs.

    A claim that no open data bear on has no number but how many people it was about.
    """
    told, judged_on = pack.resolved["claims"], pack.resolved["judged_on"]
    now = {**pack.resolved, "adjust": pack.parameters["adjust"]}
    differs = any(now[name] != value for name, value in judged_on.items())
    given = _numbers(_judged(pack))
    chosen = _numbers(pack) if differs else {}
    people = pack.table("evaluation-sizes").set_index("fact_key")["value"]
    rows = list[Row]()
    for key, claim in told.items():
        mine = given.get(key, NOTHING)
        row: Row = {name: mine[name] for name in (*TAKEN, *T_ENDS, *PLACED, "detectable")}
        if claim["people"] and not claim["check"]:
            row["n"] = float(people[claim["people"]])
        beside = chosen.get(key, NOTHING)
        row |= {f"{name}_chosen": beside[name] for name in (*TAKEN, *PLACED)}
        row |= {"estimate": mine["gap"], "estimate_chosen": beside["gap"]}
        rows.append({"id": key, **row})
    return pd.DataFrame(rows)


def choices(pack: Pack) -> pd.DataFrame:
    """Return the numbers of every claim that is tested, under each list and each average."""
    judged, ways = _judged(pack), list[tuple[str, dict[str, Row]]]()
    indicators, ratios = families.indicators(judged), families.ratios(judged)
    for model, average in product(pack.resolved["neighbour_lists"], ("mean", "median")):
        choice = replace(judged.choice, model=model, average=average)
        levels = _tested(judged, indicators, choice, change=False)
        spend = _tested(judged, ratios, choice, change=True)
        ways.append((model, _by_claim(judged, levels, spend)))
    rows = [
        {
            "id": key,
            "model_key": model,
            "estimate": way[key]["gap"],
            **{name: way[key][name] for name in (*TAKEN, *T_ENDS)},
        }
        for key in ways[0][1]
        for model, way in ways
    ]
    return pd.DataFrame(rows)


def _judged(pack: Pack) -> Pack:
    """Return the pack with the choices that claims are judged on, whatever the reader chose."""
    told = pack.resolved["judged_on"]
    return replace(
        pack,
        resolved={**pack.resolved, **told},
        parameters={**pack.parameters, "adjust": told["adjust"]},
    )


def _numbers(pack: Pack) -> dict[str, Row]:
    """Return the numbers of each tested claim; none where nothing can be compared with."""
    indicators, ratios, choice = families.indicators(pack), families.ratios(pack), pack.choice
    told = pack.resolved["claims"].values()
    read = {one["indicator"] for claim in told for one in claim["readings"]}
    try:
        levels = _tested(pack, indicators, choice, change=False)
        spend = _tested(pack, ratios, choice, change=True)
    except NotAnsweredError:
        return {}
    levels = _placed(pack, indicators, levels[levels["key"].isin(read)], change=False)
    spend = _placed(pack, ratios, _surest(spend), change=True)
    return _by_claim(pack, levels, spend)


def _tested(pack: Pack, family: Family, choice: Choice, *, change: bool) -> pd.DataFrame:
    """Return verdicts on a whole family, tested together."""
    compared = compare(pack, family.figures, choice, family.core, choice.pilots).over(choice.years)
    return verdict_rows(differences(compared, choice, change=change), family.core, choice)


def _placed(pack: Pack, family: Family, rows: pd.DataFrame, *, change: bool) -> pd.DataFrame:
    rows = rows.reset_index(drop=True)
    return with_placebo(pack, family.figures, rows, pack.choice.years, change=change)


def _surest(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the row with the smallest p, adjusted first; no row where none is tested."""
    tested = rows[rows["p"].notna()]
    return tested.sort_values(["p_adjusted", "p"], kind="stable").head(1)


def _by_claim(pack: Pack, levels: pd.DataFrame, spend: pd.DataFrame) -> dict[str, Row]:
    """Return the row that each tested claim is about: its first reading, or the surest ratio."""
    measures = {row["key"]: row for row in _records(levels)}
    lead = [*_records(_surest(spend)), NOTHING][0]
    return {
        key: lead if claim["check"] == SPEND else measures[claim["readings"][0]["indicator"]]
        for key, claim in pack.resolved["claims"].items()
        if claim["check"]
    }


def _records(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): cell for name, cell in row.items()} for row in frame.to_dict("records")]
