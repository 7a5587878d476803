"""Findings about how the gap moved since before the start."""

from collections.abc import Sequence
from dataclasses import replace

import flips
import methods
import numpy as np
import pandas as pd
from families import Family
from figures import Compared, Floats, compare, mean
from hidden import hidden_bounds
from pack import EVERY_YEAR, NotAnsweredError, Pack
from placebo import among_groups, placebo_draws
from scipy import stats
from verdicts import (
    Row,
    change_differences,
    family_tests,
    verdict_rows,
    whole_verdicts,
    with_placebo,
)

COVID = 2020  # the last year before the pandemic


def change_verdict(pack: Pack, family: Family) -> pd.DataFrame:
    """Return verdicts on the change of every core measure, and where the one in hand stands.

    Raises:
        NotAnsweredError: The period has no year after the start.
    """
    choice = pack.choice
    later = tuple(year for year in choice.years if year > choice.before)
    if not later:
        msg = "the period has no year after the start"
        raise NotAnsweredError(msg)
    years = (*choice.base, *later)
    frame = whole_verdicts(pack, family.figures, family.core, years, change=True)
    frame["place"] = stats.rankdata(frame["p"], "min", nan_policy="omit")
    if family.key not in family.core:
        keys = (family.key,)
        compared = compare(pack, family.figures, choice, keys, choice.pilots).over(years)
        alone = verdict_rows(change_differences(compared, choice), keys, choice)
        alone = with_placebo(pack, family.figures, alone, years, change=True)
        frame = pd.concat([alone.assign(p_adjusted=np.nan, place=np.nan), frame])
    return frame.assign(chosen=np.where(frame["key"] == family.key, "yes", "no"))


def windows(pack: Pack, family: Family) -> pd.DataFrame:
    """Measure the change of the gap in windows that end in other years.

    The first sets the last year before the start against the one before it: what such a contrast
    shows when no project can have moved it. Each is tested with the other measures.
    """
    choice = pack.choice
    at = family.tested.index(family.key)
    compared = compare(pack, family.figures, choice, family.tested, choice.pilots)
    held = np.flatnonzero(np.isfinite(compared.gaps[at]).any(axis=0))
    latest = EVERY_YEAR[held[-1]] if len(held) else EVERY_YEAR[-1]
    seen = int(pack.resolved["programme"]["window"][1])
    ends = [seen, *([COVID] if seen < COVID else []), *([latest] if seen < EVERY_YEAR[-1] else [])]
    spans = [((choice.before - 1,), (choice.before,))]
    spans += [(choice.base, tuple(range(choice.before + 1, end + 1))) for end in ends]
    rows = [
        _window(pack, family, compared.over((*pre, *post)), pre, post)
        for pre, post in spans
        if post
    ]
    return pd.DataFrame(rows)


def _window(
    pack: Pack, family: Family, compared: Compared, pre: Sequence[int], post: Sequence[int]
) -> Row:
    choice = replace(pack.choice, outcome="change", before=pre[-1])
    at = family.tested.index(family.key)
    changes = change_differences(compared, choice).each
    n = np.isfinite(changes).sum(axis=1)
    held = np.where((n >= choice.fewest)[:, None], changes, np.nan)
    gaps = held[at]
    tests = family_tests(held, choice)
    estimate = flips.flip_row(gaps)
    t_low, t_high = methods.t_interval(gaps)
    row: Row = {
        "n": int(n[at]),
        "change": estimate["estimate"],
        "low": estimate["low"],
        "high": estimate["high"],
        "t_low": t_low,
        "t_high": t_high,
        "p": estimate["p"],
        "detectable": methods.smallest_detectable(methods.spread(gaps), int(n[at])),
        "ruled_out": flips.equivalence(gaps, np.nan)[1],
        **{name: np.asarray(tests[name])[at] for name in ("p_adjusted", "smallest_p")},
        **hidden_bounds(pack, family.figures, choice, family.key, (*pre, *post), post),
    }
    if np.isnan(estimate["estimate"]):
        row |= {"bound_low": np.nan, "bound_high": np.nan}
    return row | _placebo(pack, family, (*pre, *post), estimate["estimate"])


def _placebo(pack: Pack, family: Family, years: Sequence[int], estimate: float) -> Row:
    """Return where placebo groups stand; the contrast before the start is set against none."""
    choice = replace(pack.choice, outcome="change")
    drawn = None
    if years[-1] > choice.before:
        try:
            drawn = placebo_draws(pack, family.figures, choice, [family.key], years)
        except NotAnsweredError:
            drawn = None
    return dict(among_groups(drawn, 0, estimate))


def event_study(pack: Pack, family: Family) -> pd.DataFrame:
    """Follow the gap year by year from where each pilot's own gap stood in the base.

    Raises:
        NotAnsweredError: Too few pilots have a gap in the base.

    Source:
        Jacobson, LaLonde and Sullivan (1993), American Economic Review 83(4), for the design.
    """
    choice = pack.choice
    gaps = compare(pack, family.figures, choice, [family.key], choice.pilots).gaps[0]
    study = since_base(gaps, choice.base, choice.fewest)
    if len(choice.pilots) < choice.fewest or study["change"].isna().all():
        msg = "too few pilots can be compared in the base"
        raise NotAnsweredError(msg)
    based = np.isfinite(gaps[:, _at(choice.base)]).any(axis=1)
    steps = np.diff(gaps, axis=1, prepend=np.nan)
    study["gap"] = mean(gaps[based].T)
    study["step"] = mean(steps.T)
    return _trimmed(study, study["n"] > 0)


def event_study_by_band(pack: Pack, family: Family) -> pd.DataFrame:
    """Follow the gap of each band's pilots from its base.

    Raises:
        NotAnsweredError: No band has enough pilots with a gap in the base.
    """
    choice, parts = pack.choice, list[pd.DataFrame]()
    gaps = compare(pack, family.figures, choice, [family.key], choice.pilots).gaps[0]
    for band in dict.fromkeys(pack.bands[code] for code in choice.pilots):
        mine = [at for at, code in enumerate(choice.pilots) if pack.bands[code] == band]
        study = since_base(gaps[mine], choice.base, choice.fewest)
        study["band"] = band
        study["smallest_p"] = [flips.smallest_p(int(n)) for n in study["n"]]
        if study["change"].notna().any():
            parts.append(_trimmed(study, study["change"].notna()))
    if not parts:
        msg = "no band has enough pilots with a gap in the base"
        raise NotAnsweredError(msg)
    return pd.concat(parts)


def since_base(gaps: Floats, base: Sequence[int], fewest: int) -> pd.DataFrame:
    """Return estimate, interval and number of pilots of every year held.

    A year that is itself the whole base is at zero for every pilot, and has no interval.
    """
    moved = gaps - mean(gaps[:, _at(base)])[:, None]
    rows = list[Row]()
    for at, year in enumerate(EVERY_YEAR):
        n = int(np.isfinite(moved[:, at]).sum())
        each = moved[:, at] if n >= fewest else np.full(len(moved), np.nan)
        found = flips.flip_row(each)
        flat = year in base and methods.spread(each) == 0
        ends = (np.nan, np.nan) if flat else (found["low"], found["high"])
        rows.append(
            {
                "year_end": year,
                "base": "yes" if year in base else "no",
                "n": n,
                "change": found["estimate"],
                "low": ends[0],
                "high": ends[1],
            }
        )
    return pd.DataFrame(rows)


def _at(years: Sequence[int]) -> list[int]:
    return [EVERY_YEAR.index(year) for year in years]


def _trimmed(frame: pd.DataFrame, shown: pd.Series) -> pd.DataFrame:
    """Leave out the years before the first and after the last that is shown."""
    at = np.flatnonzero(shown)
    return frame.iloc[at[0] : at[-1] + 1] if len(at) else frame.iloc[:0]
