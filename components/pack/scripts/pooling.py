"""Means of bands and of pilots drawn towards their common mean."""

import numpy as np
import pandas as pd
from doubts import compared_on
from families import Family
from figures import Compared, Floats
from outcomes import outcomes, yearly
from pack import NotAnsweredError, Pack
from scipy import optimize, special
from verdicts import Row


def pooled(pack: Pack, family: Family) -> pd.DataFrame:
    """Draw the means of bands, and those of pilots, towards their common mean.

    Raises:
        NotAnsweredError: Fewer than two bands, and fewer than two pilots, have a known error.

    Source:
        Raudenbush and Bryk (1985), Empirical Bayes meta-analysis, Journal of Educational
        Statistics 10(2), with the variance between groups by restricted maximum likelihood.
    """
    compared = compared_on(pack, family, [family.key])
    each = outcomes(compared, pack.choice)[0]
    kinds = (_band_means(pack, each), _pilot_means(pack, compared, each))
    held = [rows for rows in kinds if sum(float(str(row["error"])) > 0 for row in rows) > 1]
    if not held:
        msg = "two bands or two pilots whose error is known are needed"
        raise NotAnsweredError(msg)
    return pd.DataFrame([row for rows in held for row in _drawn(rows)])


def _band_means(pack: Pack, each: Floats) -> list[Row]:
    rows = list[Row]()
    for band in dict.fromkeys(pack.bands[code] for code in pack.choice.pilots):
        mine = np.array([pack.bands[code] == band for code in pack.choice.pilots])
        held = each[mine & np.isfinite(each)]
        if len(held):
            error = held.std(ddof=1) / np.sqrt(len(held)) if len(held) > 1 else np.nan
            rows.append({"code": band, "n": len(held), "own": held.mean(), "error": error})
    return rows


def _pilot_means(pack: Pack, compared: Compared, each: Floats) -> list[Row]:
    """Return each pilot's estimate, and its error from the spread between its years."""
    choice = pack.choice
    values = yearly(compared, choice.outcome)[0]
    late = np.array(choice.years) > choice.before
    sides = [late, ~late] if choice.outcome.endswith("change") else [late | ~late]
    rows = list[Row]()
    for code, own, mine in zip(choice.pilots, each, values, strict=True):
        if np.isnan(own):
            continue
        parts = [mine[side][np.isfinite(mine[side])] for side in sides]
        squares = [part.var(ddof=1) / len(part) if len(part) > 1 else np.nan for part in parts]
        n = sum(len(part) for part in parts)
        rows.append({"code": code, "n": n, "own": own, "error": np.sqrt(sum(squares))})
    return rows


def _drawn(rows: list[Row]) -> list[Row]:
    """Draw means together; one whose error is not known stays by itself."""
    own, error = (np.array([row[name] for row in rows], dtype=float) for name in ("own", "error"))
    error = np.where(error > 0, error, np.nan)
    known = np.isfinite(error)
    y, v = own[known], error[known] ** 2
    between = _between(y, v)
    weight = 1 / (v + between)
    centre, centre_variance = (weight * y).sum() / weight.sum(), 1 / weight.sum()
    z = float(special.ndtri(0.975))
    made = list[Row]()
    for row, mine, deviation in zip(rows, own, error, strict=True):
        kept = between / (deviation**2 + between)
        estimate = kept * mine + (1 - kept) * centre
        reach = z * np.sqrt(kept * deviation**2 + (1 - kept) ** 2 * centre_variance)
        made.append(
            {
                **row,
                "error": deviation,
                "kept": kept,
                "estimate": estimate,
                "low": estimate - reach,
                "high": estimate + reach,
                "mean": centre,
                "between": np.sqrt(between),
            }
        )
    return made


def _between(y: Floats, v: Floats) -> float:
    """Return the variance between groups where the slope of the restricted likelihood is 0."""

    def slope(between: float) -> float:
        w = 1 / (v + between)
        left = w * (y - (w * y).sum() / w.sum())
        return float((left**2).sum() - w.sum() + (w**2).sum() / w.sum())

    top = max(float(y.var(ddof=1)) * 4, 1e-300)
    if slope(0.0) <= 0:
        return 0.0
    while slope(top) > 0:
        top *= 2
    found = optimize.root_scalar(slope, bracket=(0.0, top), xtol=1e-300, rtol=1e-14)
    return float(found.root)
