"""A million groups of placebo pilots for every core measure: alone, and all measures at once."""

import numpy as np
import pandas as pd
from families import Family
from figures import Floats
from flips import flip_row
from methods import t_interval
from pack import NotAnsweredError, Pack
from placebo import Drawn, far_out, placebo_draws, placebo_p, random_orders
from verdicts import Row

CRITICAL = 1.959964


def many_placebos(pack: Pack, family: Family) -> pd.DataFrame:
    """Count how many of a million groups are at least as far out as the pilots.

    Raises:
        NotAnsweredError: No groups can be drawn.
    """
    drawn = placebo_draws(pack, family.figures, pack.choice, family.core, pack.choice.years)
    draws = int(pack.resolved["placebo"]["many_draws"])
    found = [flip_row(own) for own in drawn.own]
    far, together, is_drawn = _counted(drawn, np.array([one["estimate"] for one in found]), draws)
    rows = list[Row]()
    for at, key in enumerate(family.core):
        t_low, t_high = t_interval(drawn.own[at])
        n = int(np.isfinite(drawn.own[at]).sum())
        row: Row = {"key": key, "n": n, "t_low": t_low, "t_high": t_high, "draws": draws}
        row |= {name: found[at][name] for name in ("estimate", "low", "high")}
        row |= dict.fromkeys(("far", "p_placebo", "error", "p_family"), np.nan)
        if is_drawn[at]:
            p = placebo_p(int(far[at]), draws)
            error = CRITICAL * np.sqrt(p * (1 - p) / draws)
            row |= {"far": far[at], "p_placebo": p, "error": error}
            row["p_family"] = placebo_p(int(together[at]), draws)
        rows.append(row)
    return pd.DataFrame(rows)


def _counted(
    drawn: Drawn, estimates: Floats, draws: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return groups as far out on a measure, those as far out on any, and what can be drawn.

    How far is counted in standard deviations of the first batch of groups.
    """
    told, pack = drawn.pack.resolved["placebo"], drawn.pack
    chance = np.random.default_rng(told["seed"])
    far, together = np.zeros(len(estimates)), np.zeros(len(estimates))
    is_drawn, scale = np.isfinite(estimates), np.ones(len(estimates))
    for done in range(0, draws, int(told["batch"])):
        many = min(int(told["batch"]), draws - done)
        orders = random_orders(pack, drawn.outsiders, many, chance)
        widest = np.zeros(many)
        for at in np.flatnonzero(is_drawn):
            try:
                means = drawn.means(int(at), orders)
            except NotAnsweredError:
                is_drawn[at] = False
                continue
            if not done:
                scale[at] = means.std()
            far[at] += far_out(means, estimates[at])
            widest = np.maximum(widest, np.abs(means) / scale[at])
        for at in np.flatnonzero(is_drawn):
            together[at] += far_out(widest, estimates[at] / scale[at])
    return far, together, is_drawn
