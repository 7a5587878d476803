"""Findings about how sure the number in question is."""

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

import flips
import methods
from families import Family
from figures import Compared, Floats, compare
from outcomes import outcomes
from pack import Choice, NotAnsweredError, Pack
from placebo import Drawn, far_out, placebo_draws, placebo_interval, placebo_p
from verdicts import Row

BINS = 41  # bars of the histogram of placebo groups


def placebo_groups(pack: Pack, family: Family) -> pd.DataFrame:
    """Return the mean of every placebo group for the measure in hand."""
    drawn = _drawn(pack, family)
    means = drawn.means(0)
    return pd.DataFrame({"group": np.arange(1, len(means) + 1), "mean": means})


def placebo_histogram(pack: Pack, family: Family) -> pd.DataFrame:
    """Count where the means of placebo groups fall, with the pilots among them."""
    drawn = _drawn(pack, family)
    means, own = drawn.means(0), drawn.own[0]
    found = flips.flip_row(own)
    t_low, t_high = methods.t_interval(own)
    observed = found["estimate"]
    low, high = min(means.min(), observed), max(means.max(), observed)
    edges = np.linspace(low, high, BINS + 1)
    counted, _ = np.histogram(means, bins=BINS, range=(low, high))
    far = far_out(means, observed)
    effect_low, effect_high = placebo_interval(means, observed)
    return pd.DataFrame(
        {
            "low": edges[:-1],
            "high": edges[1:],
            "draws": counted,
            "observed": observed,
            "n": int(np.isfinite(own).sum()),
            "interval_low": found["low"],
            "interval_high": found["high"],
            "t_low": t_low,
            "t_high": t_high,
            "placebo_low": effect_low,
            "placebo_high": effect_high,
            "outsiders": int(np.isfinite(drawn.others[0]).sum()),
            "far": far,
            "all_draws": len(means),
            "p": placebo_p(far, len(means)),
        }
    )


def _drawn(pack: Pack, family: Family) -> Drawn:
    drawn = placebo_draws(pack, family.figures, pack.choice, [family.key], pack.choice.years)
    if not np.isfinite(drawn.own).any():
        msg = "too few of the chosen pilots can be compared"
        raise NotAnsweredError(msg)
    return drawn


def every_placebo(pack: Pack, family: Family) -> pd.DataFrame:
    """Draw the same placebo pilots for every core measure."""
    drawn = placebo_draws(pack, family.figures, pack.choice, family.core, pack.choice.years)
    rows = list[Row]()
    for at, key in enumerate(family.core):
        own = drawn.own[at]
        found = flips.flip_row(own)
        t_low, t_high = methods.t_interval(own)
        row: Row = {
            "key": key,
            "n": int(np.isfinite(own).sum()),
            **found,
            "t_low": t_low,
            "t_high": t_high,
            "outsiders": int(np.isfinite(drawn.others[at]).sum()),
            "draws": int(pack.resolved["placebo"]["draws"]),
        }
        rows.append(row | _placed(drawn, at, found["estimate"]))
    return pd.DataFrame(rows)


def _placed(drawn: Drawn, at: int, estimate: float) -> Row:
    names = ("placebo_mean", "placebo_low", "placebo_high", "placebo_sd", "far", "p_placebo",
             "effect_low", "effect_high")  # fmt: skip
    none: Row = dict.fromkeys(names, np.nan)
    if np.isnan(estimate):
        return none
    try:
        means = drawn.means(at)
    except NotAnsweredError:
        return none
    far = far_out(means, estimate)
    low, high = np.quantile(means, (0.025, 0.975))
    ends = placebo_interval(means, estimate)
    made = (means.mean(), low, high, means.std(), far, placebo_p(far, len(means)), *ends)
    return dict(zip(names, made, strict=True))


def specifications(pack: Pack, family: Family) -> pd.DataFrame:
    """Estimate the measure in hand in every way that can be argued for.

    Raises:
        NotAnsweredError: Too few pilots can be compared in any of them.

    Source:
        Simonsohn, Simmons and Nelson (2020), Specification curve analysis, Nature Human Behaviour
        4.
    """
    told = pack.resolved["programme"]
    window = tuple(range(told["window"][0], told["window"][1] + 1))
    first = int(told["first_year_after"])
    short = {False: (first, first + 1), True: (int(told["last_year_before"]), first)}
    plain = replace(pack.choice, compare="neighbours", weights="equal")
    models = pack.table("neighbours")["model"].unique()
    made, rows = dict[Choice, Compared](), list[Row]()
    every = product(("level", "log", "change", "log-change"), models, (10, 5), (False, True),
                    ("mean", "median"), (False, True))  # fmt: skip
    for outcome, model, first_k, kept, average, is_short in every:
        one = replace(plain, model=model, first=first_k, pilots_kept=kept, average=average)
        if one not in made:
            made[one] = compare(pack, family.figures, one, [family.key], one.pilots)
        years = short[outcome.endswith("change")] if is_short else window
        each = outcomes(made[one].over(years), replace(one, outcome=outcome))[0]
        row = _specified(each, plain.fewest)
        row |= {"outcome": outcome, "model": model, "k": first_k, "average": average}
        rows.append({**row, "pilots_kept": "kept" if kept else "left out", "years": len(years)})
    frame = pd.DataFrame(rows)
    if frame["estimate"].isna().all():
        msg = "in no way of counting can enough pilots be compared"
        raise NotAnsweredError(msg)
    return frame


def _specified(each: Floats, fewest: int) -> Row:
    n = int(np.isfinite(each).sum())
    held = each if n >= fewest else np.full(len(each), np.nan)
    t_low, t_high = methods.t_interval(held)
    return {
        "n": n,
        **flips.flip_row(held),
        "t_low": t_low,
        "t_high": t_high,
        "smallest_p": flips.smallest_p(n),
    }
