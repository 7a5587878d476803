"""How far chance alone could move one council's figure, by year."""

import numpy as np
import pandas as pd
from councils import related
from families import Family
from figures import indicator_figures
from pack import EVERY_YEAR, NotAnsweredError, Pack
from scipy import special
from spending import counts

EXACT_BELOW = 10  # counts under this have exact limits, others Byar's
FEW = 1_000  # a share printed as 0.0 of fewer is nobody
CHILDREN = "pop_0_17_mid"
PER = 10_000  # children that rates are of
Z = float(special.ndtri(0.975))
TAIL = 0.025


def rate_limits(count: float) -> tuple[float, float]:
    """Return 95 % limits of a count.

    Source:
        Garwood (1936), Biometrika 28, for the exact limits of a Poisson count; Breslow and Day
        (1987), Statistical methods in cancer research volume II, for Byar's approximation.
    """
    if count < EXACT_BELOW:
        low = float(special.chdtri(2 * count, 1 - TAIL)) / 2 if count else 0.0
        return low, float(special.chdtri(2 * count + 2, TAIL)) / 2
    return _byar(count, -Z), _byar(count + 1, Z)


def _byar(count: float, z: float) -> float:
    return count * (1 - 1 / (9 * count) + z / (3 * np.sqrt(count))) ** 3


def share_limits(count: float, base: float) -> tuple[float, float]:
    """Return Wilson's 95 % limits of a share (1927, J. American Statistical Association 22)."""
    share = count / base
    middle = share + Z**2 / (2 * base)
    reach = Z * np.sqrt(share * (1 - share) / base + Z**2 / (4 * base**2))
    below = 1 + Z**2 / base
    low = 0.0 if count == 0 else (middle - reach) / below
    return low, 1.0 if count == base else (middle + reach) / below


def by_year(pack: Pack, family: Family) -> pd.DataFrame:
    """Follow one authority on one indicator, with the limits of its own counts.

    Raises:
        NotAnsweredError: No authority is chosen.
    """
    if not pack.area:
        msg = "no authority is chosen"
        raise NotAnsweredError(msg)
    england = family.published.at(family.key, pack.resolved["england"])
    frames = [_series(pack, family, pack.area, "yours", england)]
    held = np.flatnonzero(frames[0][["value", "england"]].notna().any(axis=1))
    if not len(held):
        return frames[0].iloc[:0]
    frames[0] = frames[0].iloc[held[0] : held[-1] + 1]
    for code, role in related(pack, pack.area).items():
        other = _series(pack, family, code, role, england)
        frames.append(other[other["value"].notna()])
    return pd.concat(frames)


def _series(pack: Pack, family: Family, code: str, role: str, england: np.ndarray) -> pd.DataFrame:
    low, high = _ends(pack, family, code)
    return pd.DataFrame(
        {
            "code": code,
            "role": role,
            "year_end": EVERY_YEAR,
            "value": family.published.at(family.key, code),
            "low": low,
            "high": high,
            "england": england,
        }
    )


def _ends(pack: Pack, family: Family, code: str) -> np.ndarray:
    """Return both limits by year, shape (2, years); missing without a count.

    A count is none, too, where the figure printed is 0 and can be of nobody else. The children
    that a rate is of are those of the year before.
    """
    told = pack.resolved["indicators"][family.key]
    made = np.full((2, len(EVERY_YEAR)), np.nan)
    if not told["base"]:
        return made
    names = [family.key, told["count"], told["base"]]
    figures = indicator_figures(pack, names)
    value, count, base = (figures.at(name, code) for name in names)
    children = np.concatenate([[np.nan], counts(pack).at(CHILDREN, code)[:-1]])
    is_share = told["base"] != CHILDREN
    few = base < FEW if is_share else children < PER
    hidden = np.array([bool(figures.marked(names[1], code, [year])) for year in EVERY_YEAR])
    count = np.where((value == 0) & np.isnan(count) & ~hidden & few, 0.0, count)
    below = base if is_share else children / PER
    for at in range(len(EVERY_YEAR)):
        made[:, at] = _limits(value[at], count[at], below[at], is_share=is_share)
    return made


def _limits(value: float, count: float, below: float, *, is_share: bool) -> tuple[float, float]:
    """Return limits in the unit of the indicator; missing where count and value do not fit.

    The limits of a rate are those of its count, scaled as the published rate scales it.
    """
    none = (np.nan, np.nan)
    if np.isnan(value) or not count >= 0 or count != round(count) or (value > 0) != (count > 0):
        return none
    if is_share:
        if not (count <= below and below == round(below) and below > 0):
            return none
        low, high = (100 * end for end in share_limits(count, below))
    else:
        scale = value / count if count else 1 / below
        if not np.isfinite(scale):
            return none
        low, high = (scale * end for end in rate_limits(count))
    return (low, high) if low <= value <= high else none
