"""Printed means of two interviews compared, from mean, standard deviation and number alone."""

from math import sqrt

import numpy as np
import pandas as pd
from methods import small_sample
from pack import Pack
from scipy import special

EMPTY = ("g", "low", "high", "least", "most", "t", "df", "p")
ROUNDED = 0.5  # how far a mean printed in whole numbers may be from the mean itself


def measures(pack: Pack) -> pd.DataFrame:
    """Compare the printed means of both interviews, as if they were of different parents."""
    table = pack.table("standardised-measures")
    return pd.DataFrame([_printed(row) for _, row in table.iterrows()])


def _printed(row: pd.Series) -> dict[str, float]:
    names = [f"{at}_{name}" for at in ("t1", "t2") for name in ("mean", "sd", "percentage", "n")]
    printed = {name: float(row[name]) for name in names}
    if row["reported"] != "yes" or np.isnan(printed["t1_mean"]):
        return {**printed, **dict.fromkeys(EMPTY, np.nan)}
    first, second = (
        [printed[f"{at}_{name}"] for name in ("mean", "sd", "n")] for at in ("t1", "t2")
    )
    return {**printed, **hedges(*first, *second), **welch(*first, *second)}


def hedges(m1: float, s1: float, n1: float, m2: float, s2: float, n2: float) -> dict[str, float]:
    """Return Hedges' g of the second mean less the first, its interval, and what rounding allows.

    Source:
        Hedges (1981), Journal of Educational Statistics 6; Borenstein and others (2009),
        Introduction to meta-analysis, equations 4.20 and 4.24.
    """
    freedom = n1 + n2 - 2
    pooled = sqrt(((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / freedom)
    j, d = small_sample(freedom), (m2 - m1) / pooled
    error = j * sqrt(1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2)))
    reach, rounding = float(special.ndtri(0.975)) * error, j * 2 * ROUNDED / pooled
    g = j * d
    return {
        "g": g,
        "low": g - reach,
        "high": g + reach,
        "least": g - rounding,
        "most": g + rounding,
    }


def welch(m1: float, s1: float, n1: float, m2: float, s2: float, n2: float) -> dict[str, float]:
    """Return Welch's t of the second mean less the first (1947, Biometrika 34)."""
    v1, v2 = s1**2 / n1, s2**2 / n2
    freedom = (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    t = (m2 - m1) / sqrt(v1 + v2)
    return {"t": t, "df": freedom, "p": 2 * float(special.stdtr(freedom, -abs(t)))}
