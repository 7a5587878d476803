"""Findings about what else could explain the number in question."""

from collections.abc import Sequence
from dataclasses import replace

import flips
import methods
import numpy as np
import pandas as pd
from families import Family
from figures import Compared, Floats, compare, mean, others_of
from hidden import hidden_bounds
from outcomes import outcomes, yearly
from pack import NotAnsweredError, Pack
from placebo import among_groups, outsiders, placebo_draws
from verdicts import Row, family_tests


def compared_on(pack: Pack, family: Family, keys: Sequence[str], without: str = "") -> Compared:
    """Put the chosen pilots beside their comparators, in the years of the period.

    Args:
        pack: The pack.
        family: The measures.
        keys: Which of them.
        without: An authority to leave out of every average.
    """
    choice = pack.choice
    made = compare(pack, family.figures, choice, keys, choice.pilots, without=without)
    return made.over(choice.years)


def _adjusted(pack: Pack, family: Family, each: Floats) -> Row:
    """Test the measure in hand among its family; alone, it has no adjusted p."""
    enough = np.isfinite(each).sum(axis=1) >= pack.choice.fewest
    tests = family_tests(np.where(enough[:, None], each, np.nan), pack.choice)
    at = family.tested.index(family.key)
    row: Row = {name: np.asarray(tests[name])[at] for name in ("p_adjusted", "smallest_adjusted")}
    return row if family.key in family.core else {**row, "p_adjusted": np.nan}


def view(pack: Pack, family: Family) -> pd.DataFrame:
    """Return the number in question with every interval, test and doubt."""
    choice = pack.choice
    compared = compared_on(pack, family, family.tested)
    each = outcomes(compared, choice)
    at = family.tested.index(family.key)
    gaps = each[at]
    n = int(np.isfinite(gaps).sum())
    row: Row = {"n": n, **hidden_bounds(pack, family.figures, choice, family.key, choice.years)}
    if n < choice.fewest:
        return pd.DataFrame([row])
    mine = replace_rows(compared, at)
    t_low, t_high = methods.t_interval(gaps)
    faced = mean(mean(np.where(np.isfinite(mine.own), mine.comparator, np.nan)))[0]
    margin = faced * choice.margin if faced > 0 else np.nan
    if choice.outcome.startswith("log"):
        margin = np.log1p(choice.margin)
    p_equivalence, ruled_out = flips.equivalence(gaps, float(margin))
    row |= {
        **flips.flip_row(gaps),
        **_adjusted(pack, family, each),
        "p_error": float(flips.simulation_error(flips.flip_p(gaps), n)),
        "smallest_p": flips.smallest_p(n),
        "t_low": t_low,
        "t_high": t_high,
        "detectable": methods.smallest_detectable(methods.spread(gaps), n),
        "ruled_out": ruled_out,
        "margin": margin,
        "p_equivalence": p_equivalence,
        **_placebo(pack, family, float(mean(gaps))),
    }
    if choice.outcome.endswith("change"):
        row |= _drift(pack, yearly(mine, choice.outcome)[0])
        if choice.compare != "pilots":
            row |= _returned(pack, family, mine)
    return pd.DataFrame([row])


def replace_rows(compared: Compared, at: int) -> Compared:
    """Keep one series."""
    return replace(
        compared,
        own=compared.own[[at]],
        comparator=compared.comparator[[at]],
        found=compared.found[[at]],
    )


def _placebo(pack: Pack, family: Family, estimate: float) -> Row:
    try:
        drawn = placebo_draws(pack, family.figures, pack.choice, [family.key], pack.choice.years)
    except NotAnsweredError:
        drawn = None
    return dict(among_groups(drawn, 0, estimate))


def _drift(pack: Pack, gaps: Floats) -> Row:
    """Return how many times the drift before the start a change would survive.

    Args:
        pack: Holds the years.
        gaps: Of each pilot in each year, shape (pilots, years).

    Source:
        Rambachan and Roth (2023), A more credible approach to parallel trends, Review of Economic
        Studies 90(5), section 2.4.
    """
    years = np.array(pack.choice.years)
    late = years > pack.choice.before
    before = np.flatnonzero(~late)
    steps = [abs(float(mean(gaps[:, at + 1] - gaps[:, at]))) for at in before[:-1]]
    drift = max((step for step in steps if np.isfinite(step)), default=np.nan)
    moved = mean(gaps[:, late]) - gaps[:, before[-1]]
    since = np.where(np.isfinite(gaps[:, late]), years[late] - years[before[-1]], np.nan)
    reach = drift * float(mean(np.where(np.isfinite(moved), mean(since), np.nan)))
    flip, student = flips.flip_interval(moved), methods.t_interval(moved)
    return {
        "drift": drift,
        "breakdown": _survived(*flip, reach),
        "t_breakdown": _survived(*student, reach),
    }


def _survived(low: float, high: float, reach: float) -> float:
    """Return the end nearer to zero over what one time the drift widens the interval by."""
    if np.isnan(low):
        return np.nan
    nearer = max(low, -high, 0.0)
    if reach == 0:
        return np.nan if nearer else 0.0
    return nearer / reach


def _returned(pack: Pack, family: Family, mine: Compared) -> Row:
    """Return the change beyond what regression to the mean leads to expect.

    Source:
        Barnett, van der Pols and Dobson (2005), International Journal of Epidemiology 34(1); Daw
        and Hatfield (2018), Health Services Research 53(6).
    """
    choice = pack.choice
    outside = compare(pack, family.figures, choice, [family.key], outsiders(pack, choice))
    x, y = _moves(pack, outside.over(choice.years))
    own_x, own_y = _moves(pack, mine)
    both = np.isfinite(x) & np.isfinite(y)
    names = ("expected_return", "beyond", "beyond_low", "beyond_high", "beyond_t_low",
             "beyond_t_high")  # fmt: skip
    if both.sum() < 3 or np.ptp(x[both]) == 0:  # noqa: PLR2004 - a line through two says nothing
        return dict.fromkeys(names, np.nan)
    slope, level = np.polynomial.polynomial.polyfit(x[both], y[both], 1)[::-1]
    expected = level + slope * own_x
    left = own_y - expected
    found = (
        mean(np.where(np.isfinite(left), expected, np.nan)),
        mean(left),
        *flips.flip_interval(left),
        *methods.t_interval(left),
    )
    return {name: float(value) for name, value in zip(names, found, strict=True)}


def _moves(pack: Pack, compared: Compared) -> tuple[Floats, Floats]:
    """Return the mean before the start and the change from it, shape (places,)."""
    each = yearly(compared, pack.choice.outcome)[0]
    late = np.array(pack.choice.years) > pack.choice.before
    return mean(each[:, ~late]), mean(each[:, late]) - mean(each[:, ~late])


def without_one(pack: Pack, family: Family) -> pd.DataFrame:
    """Estimate again without each pilot, and without each neighbour of any of them.

    Raises:
        NotAnsweredError: Too few pilots can be compared to leave one out.
    """
    choice = pack.choice
    at = family.tested.index(family.key)
    each = outcomes(compared_on(pack, family, family.tested), choice)
    if np.isfinite(each[at]).sum() <= choice.fewest:
        msg = "too few pilots can be compared to leave one out"
        raise NotAnsweredError(msg)
    serves = dict[str, int]()
    for code in choice.pilots if choice.compare == "neighbours" else ():
        for other in others_of(pack, code, choice):
            serves[other] = serves.get(other, 0) + 1
    whole = float(mean(each[at]))
    rows = [_left_out(pack, family, each, {"code": "", "role": "whole"}, whole)]
    for place, code in enumerate(choice.pilots):
        if np.isfinite(each[at, place]):
            kept = each.copy()
            kept[:, place] = np.nan
            rows.append(_left_out(pack, family, kept, {"code": code, "role": "pilot"}, whole))
    for code, many in serves.items():
        less = outcomes(compared_on(pack, family, family.tested, code), choice)
        named: Row = {"code": code, "role": "neighbour", "serves": many}
        rows.append(_left_out(pack, family, less, named, whole))
    return pd.DataFrame(rows)


def _left_out(pack: Pack, family: Family, each: Floats, named: Row, whole: float) -> Row:
    gaps = each[family.tested.index(family.key)]
    n = int(np.isfinite(gaps).sum())
    found = flips.flip_row(gaps)
    t_low, t_high = methods.t_interval(gaps)
    return {
        **named,
        **found,
        "n": n,
        "p_error": float(flips.simulation_error(found["p"], n)),
        "shift": found["estimate"] - whole,
        "t_low": t_low,
        "t_high": t_high,
        "smallest_p": flips.smallest_p(n),
        **_adjusted(pack, family, each),
    }
