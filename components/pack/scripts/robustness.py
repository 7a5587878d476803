"""Findings about how sure the number in question is."""

from dataclasses import replace
from itertools import product

import flips
import methods
import numpy as np
import pandas as pd
from families import Family
from figures import Floats, compare, mean
from outcomes import outcomes
from pack import NotAnsweredError, Pack
from placebo import Drawn, far_out, placebo_draws, placebo_interval, placebo_p
from verdicts import Row

OUTCOMES = ("level", "log", "change", "log-change")
AVERAGES = ("mean", "median")
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
    observed = float(mean(own))
    ends = (float(min(means.min(), observed)), float(max(means.max(), observed)))
    counted, _ = np.histogram(means, bins=BINS, range=ends)
    edges = np.linspace(*ends, BINS + 1)
    bars = pd.DataFrame({"low": edges[:-1], "high": edges[1:], "draws": counted})
    return bars.assign(observed=observed, **_pilots(own), **_among(drawn, means, observed))


def _pilots(own: Floats) -> dict[str, float]:
    found, student = flips.flip_row(own), methods.t_interval(own)
    return {
        "n": int(np.isfinite(own).sum()),
        "interval_low": found["low"],
        "interval_high": found["high"],
        "t_low": student[0],
        "t_high": student[1],
    }


def _among(drawn: Drawn, means: Floats, observed: float) -> dict[str, float]:
    far, effect = far_out(means, observed), placebo_interval(means, observed)
    return {
        "placebo_low": effect[0],
        "placebo_high": effect[1],
        "outsiders": int(np.isfinite(drawn.others[0]).sum()),
        "far": far,
        "all_draws": len(means),
        "p": placebo_p(far, len(means)),
    }


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
    plain = replace(pack.choice, compare="neighbours", weights="equal")
    models = [str(one) for one in pack.table("neighbours")["model"].unique()]
    rows = list[Row]()
    for model, first, kept, average in product(models, (10, 5), (False, True), AVERAGES):
        one = replace(plain, model=model, first=first, pilots_kept=kept, average=average)
        compared = compare(pack, family.figures, one, [family.key], one.pilots)
        spelled: Row = {"model": model, "k": first, "average": average}
        spelled["pilots_kept"] = "kept" if kept else "left out"
        for outcome in OUTCOMES:
            for years in _spans(pack, outcome):
                each = outcomes(compared.over(years), replace(one, outcome=outcome))[0]
                row = _specified(each, one.fewest)
                rows.append({**row, **spelled, "outcome": outcome, "years": len(years)})
    frame = pd.DataFrame(rows)
    if frame["estimate"].isna().all():
        msg = "in no way of counting can enough pilots be compared"
        raise NotAnsweredError(msg)
    return frame


def _spans(pack: Pack, outcome: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the evaluators' years, and two: after the start, or for a change on either side."""
    told = pack.resolved["programme"]
    window, first = told["window"], int(told["first_year_after"])
    across = (int(told["last_year_before"]), first)
    short = across if outcome.endswith("change") else (first, first + 1)
    return tuple(range(window[0], window[1] + 1)), short


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
