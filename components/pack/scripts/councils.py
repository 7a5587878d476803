"""Findings about one council beside its similar councils, and about the pilots as they are."""

import re
from dataclasses import replace

import flips
import methods
import numpy as np
import pandas as pd
from families import Family
from figures import Floats, compare, mean, neighbours_of
from hidden import hidden_bounds
from pack import EVERY_YEAR, NotAnsweredError, Pack
from verdicts import Row


def _mine(pack: Pack) -> str:
    """Return the code of the council that the pack is about.

    Raises:
        NotAnsweredError: No council is chosen.
    """
    if not pack.area:
        msg = "no council is chosen"
        raise NotAnsweredError(msg)
    return pack.area


def related(pack: Pack, code: str) -> dict[str, str]:
    """Return the councils that one was formed from or replaced by, each with its role.

    The table names them by the Department's numbers, of three digits.
    """
    table = pack.table("authorities").set_index("code", drop=False)
    codes = {
        f"{number:03d}": str(one)
        for number, one in zip(table["dfe_number"], table["code"], strict=True)
    }
    return {
        codes[number]: role
        for role in ("predecessor", "successor")
        for number in re.findall(r"\b\d{3}\b", str(table.loc[code, role]))
        if number in codes
    }


def _pilots(pack: Pack, family: Family, key: str, code: str) -> Floats:
    """Return the figures of the chosen pilots but the council itself, shape (pilots, years)."""
    others = [one for one in pack.choice.pilots if one != code]
    return np.array([family.figures.at(key, one) for one in others]).reshape(-1, len(EVERY_YEAR))


def latest(pack: Pack, family: Family) -> pd.DataFrame:
    """Set one council beside its similar councils, the pilots and England, on every measure."""
    code, choice = _mine(pack), replace(pack.choice, compare="neighbours")
    compared = compare(pack, family.figures, choice, family.core, [code])
    return pd.DataFrame(
        [
            _latest(pack, family, key, compared.own[at, 0], compared.comparator[at, 0])
            for at, key in enumerate(family.core)
        ]
    )


def _latest(pack: Pack, family: Family, key: str, said: Floats, average: Floats) -> Row:
    """Return one measure in the latest year of the period with a figure of the council.

    Args:
        pack: The pack.
        family: The measures.
        key: Which of them.
        said: Figures of the council that may enter a comparison, by year.
        average: The average of its similar councils, by year.
    """
    code, own = _mine(pack), family.published.at(key, _mine(pack))
    inside = [EVERY_YEAR.index(year) for year in pack.choice.years]
    year = next((one for one in reversed(inside) if np.isfinite(own[one])), inside[-1])
    if family.published.marked(key, code, [EVERY_YEAR[year]]):
        return {"key": key, "year_end": EVERY_YEAR[year]}  # hidden, and its row with it
    around, ranked = (
        _held([family.figures.at(key, one)[year] for one in codes])
        for codes in (neighbours_of(pack, code, pack.choice), pack.table("authorities")["code"])
    )
    pilots = _held(_pilots(pack, family, key, code)[:, year])
    known = around if np.isfinite(average[year]) else around[:0]
    return {
        "key": key,
        "year_end": EVERY_YEAR[year],
        "value": own[year],
        "similar": average[year],
        "similar_low": known.min() if len(known) else np.nan,
        "similar_high": known.max() if len(known) else np.nan,
        "n_similar": len(around),
        "pilots": pilots.mean() if len(pilots) else np.nan,
        "n_pilots": len(pilots),
        "rank": 1 + (ranked > said[year]).sum() if np.isfinite(said[year]) else np.nan,
        "ranked": len(ranked),
    }


def _held(values: Floats | list[float]) -> Floats:
    every = np.asarray(values, dtype=np.float64)
    return every[np.isfinite(every)]


def pilots_by_band(pack: Pack, family: Family) -> pd.DataFrame:
    """Average the gap of the pilots of each band."""
    choice = pack.choice
    compared = compare(pack, family.figures, choice, [family.key], choice.pilots).over(choice.years)
    both = np.isfinite(compared.gaps[0])
    each, own, against = (
        mean(np.where(both, part, np.nan))
        for part in (compared.gaps[0], compared.own[0], compared.comparator[0])
    )
    rows = list[Row]()
    for band in dict.fromkeys(pack.bands[code] for code in choice.pilots):
        mine = np.array([pack.bands[code] == band for code in choice.pilots])
        members = tuple(code for code, there in zip(choice.pilots, mine, strict=True) if there)
        level = replace(choice, outcome="level", pilots=members)
        rows.append(
            {
                "band": band,
                **_band(each[mine], choice.fewest),
                "level": float(mean(own[mine])),
                "comparator": float(mean(against[mine])),
                **hidden_bounds(pack, family.figures, level, family.key, choice.years),
            }
        )
    return pd.DataFrame(rows).drop(columns="estimate")


def _band(gaps: Floats, fewest: int) -> Row:
    """Return the mean gap of a band, with interval and test where it has pilots enough."""
    n = int(np.isfinite(gaps).sum())
    tested = gaps if n >= fewest else np.full(len(gaps), np.nan)
    t_low, t_high = methods.t_interval(tested)
    return {
        **flips.flip_row(tested),
        "n": n,
        "gap": float(mean(gaps)),
        "t_low": t_low,
        "t_high": t_high,
        "smallest_p": flips.smallest_p(n) if n >= fewest else np.nan,
    }


def every_year(pack: Pack, family: Family) -> pd.DataFrame:
    """Follow one council on every measure by year, and those it came of or became."""
    code, choice = _mine(pack), replace(pack.choice, compare="neighbours")
    compared = compare(pack, family.figures, choice, family.core, [code])
    rows = list[Row]()
    for at, key in enumerate(family.core):
        pilots = mean(_pilots(pack, family, key, code).T)
        for year, value in enumerate(family.published.at(key, code)):
            mine: Row = {"key": key, "code": code, "role": "yours", "value": value}
            mine |= {"similar": compared.comparator[at, 0, year], "pilots": pilots[year]}
            rows.append({**mine, "year_end": EVERY_YEAR[year]})
        for other, role in related(pack, code).items():
            values = zip(EVERY_YEAR, family.published.at(key, other), strict=True)
            held = ((year, value) for year, value in values if np.isfinite(value))
            named: Row = {"key": key, "code": other, "role": role}
            rows.extend({**named, "year_end": year, "value": value} for year, value in held)
    return pd.DataFrame(rows)


def profile(pack: Pack, family: Family) -> pd.DataFrame:
    """Return children, and rates of need and of plans, at the end of the evaluation."""
    last = int(pack.resolved["programme"]["window"][1])
    children = pack.table("authorities").set_index("code")[f"pop_0_17_mid{last - 1}"]
    at = EVERY_YEAR.index(last)
    return pd.DataFrame(
        [
            {
                "code": code,
                "children": children[code],
                "need": family.figures.at("cin_31mar_rate", code)[at],
                "plans": family.figures.at("cpp_31mar_rate", code)[at],
            }
            for code in pack.choice.pilots
        ]
    )
