"""Tables of verdicts: one row per indicator or ratio, with its interval, tests and limits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import flips
import methods
import numpy as np
import pandas as pd
from figures import Compared, Figures, Floats, compare, mean
from hidden import hidden_bounds
from pack import Choice, NotAnsweredError, Pack
from placebo import Drawn, among_groups, placebo_draws

Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Differences:
    """What the rows of a table are made of.

    Attributes:
        each: Difference of each pilot, shape (rows, pilots), NaN where missing.
        own: What it is the difference of, same shape.
        against: What that is set against, same shape.
        level: Mean level of the comparator, shape (rows,).
    """

    each: Floats
    own: Floats
    against: Floats
    level: Floats


def level_differences(compared: Compared) -> Differences:
    """Return the gap of each pilot: its mean over the years that have both figures."""
    both = np.isfinite(compared.gaps)
    own, against = (
        mean(np.where(both, part, np.nan)) for part in (compared.own, compared.comparator)
    )
    return Differences(each=mean(compared.gaps), own=own, against=against, level=mean(against))


def change_differences(compared: Compared, choice: Choice) -> Differences:
    """Return the change of each pilot's gap: its mean after the start less its mean before.

    Source:
        Angrist and Pischke (2009), Mostly harmless econometrics, section 5.2.
    """
    both = np.isfinite(compared.gaps)
    after = np.array([year > choice.before for year in compared.years])
    own, against, each = (
        mean(part[..., after]) - mean(part[..., ~after])
        for part in (
            np.where(both, compared.own, np.nan),
            np.where(both, compared.comparator, np.nan),
            compared.gaps,
        )
    )
    there = np.isfinite(each)
    return Differences(
        each=each,
        own=np.where(there, own, np.nan),
        against=np.where(there, against, np.nan),
        level=mean(mean(np.where(both, compared.comparator, np.nan))),
    )


def verdict_rows(found: Differences, keys: Sequence[str], choice: Choice) -> pd.DataFrame:
    """Return every number of a table of verdicts but those of placebo groups.

    A row with fewer pilots than an average needs has no number but how many there are.

    Args:
        found: Differences of the pilots.
        keys: What the rows are about.
        choice: Holds adjustment, margin and the fewest pilots.
    """
    n = np.isfinite(found.each).sum(axis=1)
    answered = n >= choice.fewest
    held = np.where(answered[:, None], found.each, np.nan)
    rows = [
        _row(held[at], float(found.level[at]), choice)
        | {
            "key": key,
            "n": int(n[at]),
            "pilots": float(mean(found.own[at])) if answered[at] else np.nan,
            "comparator": float(mean(found.against[at])) if answered[at] else np.nan,
        }
        for at, key in enumerate(keys)
    ]
    return pd.DataFrame(rows).assign(**family_tests(held, choice))


def _row(gaps: Floats, level: float, choice: Choice) -> Row:
    n = int(np.isfinite(gaps).sum())
    gap = float(mean(gaps))
    low, high = flips.flip_interval(gaps)
    t_low, t_high = methods.t_interval(gaps)
    g, g_low, g_high = methods.standardised(gaps)
    margin = level * choice.margin if level > 0 else np.nan
    p_equivalence, ruled_out = flips.equivalence(gaps, margin)
    share = 100 / level if level > 0 else np.nan
    return {
        "gap": gap,
        "low": low,
        "high": high,
        "t_low": t_low,
        "t_high": t_high,
        "standardised": g,
        "standardised_low": g_low,
        "standardised_high": g_high,
        "t_p": methods.t_p(gaps),
        "wilcoxon_p": methods.wilcoxon_p(gaps),
        "detectable": methods.smallest_detectable(methods.spread(gaps), n),
        "ruled_out": ruled_out,
        "margin": margin if n else np.nan,
        "p_equivalence": p_equivalence,
        "relative": gap * share,
        "relative_low": low * share,
        "relative_high": high * share,
    }


def family_tests(held: Floats, choice: Choice) -> dict[str, Floats]:
    """Return the p-values of rows that are tested together, and what they could be at least.

    Args:
        held: Shape (rows, pilots); a row that is not answered is missing throughout.
        choice: Holds the adjustment.
    """
    n = np.isfinite(held).sum(axis=1)
    p = np.array([flips.flip_p(row) for row in held])
    below, share, many = flips.flips_with_as_many(held)
    return {
        "p": p,
        "p_error": flips.simulation_error(p, n),
        "p_adjusted": flips.adjusted_p(p, held, choice.adjust),
        "smallest_p": np.array([flips.smallest_p(int(one)) for one in n]),
        "smallest_adjusted": flips.smallest_adjusted(n, choice.adjust),
        "joint_below": np.full(len(n), below, dtype=np.float64),
        "joint_p": np.full(len(n), share),
        "joint_flips": np.full(len(n), many, dtype=np.float64),
    }


def differences(compared: Compared, choice: Choice, *, change: bool) -> Differences:
    """Return the differences of levels, or their changes over time."""
    return change_differences(compared, choice) if change else level_differences(compared)


def whole_verdicts(
    pack: Pack, figures: Figures, keys: Sequence[str], years: Sequence[int], *, change: bool
) -> pd.DataFrame:
    """Return every number of a table of verdicts.

    Args:
        pack: The pack.
        figures: Those that may enter a comparison.
        keys: What the rows are about.
        years: Which are compared.
        change: Whether rows are about changes over time; else about levels.
    """
    choice = pack.choice
    compared = compare(pack, figures, choice, keys, choice.pilots).over(years)
    frame = verdict_rows(differences(compared, choice, change=change), keys, choice)
    return with_placebo(pack, figures, frame, years, change=change)


def with_placebo(
    pack: Pack, figures: Figures, frame: pd.DataFrame, years: Sequence[int], *, change: bool
) -> pd.DataFrame:
    """Put beside verdicts where groups of other councils stand, and what hidden figures allow."""
    if not len(frame):
        return frame
    outcome = "change" if change else "level"
    choice = replace(pack.choice, outcome=outcome)
    rows = list[Row]()
    try:
        drawn: Drawn | None = placebo_draws(pack, figures, choice, list(frame["key"]), years)
    except NotAnsweredError:
        drawn = None
    for at, (key, gap) in enumerate(zip(frame["key"], frame["gap"], strict=True)):
        hidden = hidden_bounds(pack, figures, choice, str(key), years)
        if np.isnan(gap):
            hidden |= {"bound_low": np.nan, "bound_high": np.nan}
        rows.append({**hidden, **among_groups(drawn, at, float(gap))})
    return pd.concat([frame, pd.DataFrame(rows, index=frame.index)], axis=1)
