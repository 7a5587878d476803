"""Findings about what else could explain the number in question."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

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
from scipy import optimize, special
from verdicts import Row, family_tests

ROUNDING = 1e-12


def _compared(pack: Pack, family: Family, keys: Sequence[str], without: str = "") -> Compared:
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
    compared = _compared(pack, family, family.tested)
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
    each = outcomes(_compared(pack, family, family.tested), choice)
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
        less = outcomes(_compared(pack, family, family.tested, code), choice)
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
        "shift": found["estimate"] - whole,
        "t_low": t_low,
        "t_high": t_high,
        "smallest_p": flips.smallest_p(n),
        **_adjusted(pack, family, each),
    }


def bands(pack: Pack, family: Family) -> pd.DataFrame:
    """Compare bands pair by pair and in their order, by every arrangement of their labels.

    Raises:
        NotAnsweredError: Fewer than two bands have two pilots.

    Source:
        Fisher (1935), The Design of Experiments; Pitman (1937), Supplement to the Journal of the
        Royal Statistical Society 4(1); Jonckheere (1954), Biometrika 41, for the order.
    """
    choice = pack.choice
    compared = _compared(pack, family, [family.key])
    groups = _groups(pack, outcomes(compared, choice)[0])
    if len(groups) < 2:  # noqa: PLR2004 - a pair
        msg = "two bands with two pilots each are needed"
        raise NotAnsweredError(msg)
    form = "log" if choice.outcome.startswith("log") else "level"
    early = np.array(choice.years) <= choice.before
    before = _groups(pack, mean(yearly(compared, form)[0][:, early]))
    rows = [_pair(groups, before, a, b) for a, b in combinations(groups, 2)]
    frame = pd.DataFrame(rows)
    frame["p_adjusted"] = flips.holm(frame["p"].to_numpy(np.float64))
    frame["smallest_adjusted"] = flips.holm(frame["smallest_p"].to_numpy(np.float64))
    together = _together(groups)
    frame["p_all"], frame["p_all_adjusted"] = together
    trend, earlier = _ordered(groups), _ordered(before)
    return frame.assign(
        **trend,
        **{f"before_{name}": earlier[name] for name in ("ordered_pairs", "all_pairs", "trend_p")},
    )


def _groups(pack: Pack, each: Floats) -> dict[str, Floats]:
    """Return what the pilots of each band have; bands with fewer than two are left out."""
    found = dict[str, Floats]()
    for band in dict.fromkeys(pack.bands[code] for code in pack.choice.pilots):
        mine = np.array([pack.bands[code] == band for code in pack.choice.pilots])
        held = each[mine & np.isfinite(each)]
        if len(held) > 1:
            found[band] = held
    return found


def _pair(groups: dict[str, Floats], before: dict[str, Floats], a: str, b: str) -> Row:
    first, second = groups[a], groups[b]
    parts = [group.var(ddof=1) / len(group) for group in (first, second)]
    below = sum(part**2 / (len(g) - 1) for part, g in zip(parts, (first, second), strict=True))
    apart = first.mean() - second.mean()
    reach = np.nan
    if below > 0:
        reach = special.stdtrit(sum(parts) ** 2 / below, 0.975) * np.sqrt(sum(parts))
    p, many = _pair_p(first, second)
    early = (before[a], before[b]) if a in before and b in before else None
    return {
        "n_first": len(first),
        "n_second": len(second),
        "mean_first": first.mean(),
        "mean_second": second.mean(),
        "estimate": apart,
        "low": apart - reach,
        "high": apart + reach,
        "p": p,
        "smallest_p": (2 if len(first) == len(second) else 1) / many,
        "arrangements": many,
        "before": early[0].mean() - early[1].mean() if early else np.nan,
        "before_p": _pair_p(*early)[0] if early else np.nan,
    }


def _pair_p(first: Floats, second: Floats) -> tuple[float, int]:
    """Return the share of the ways to deal the labels out that are as far apart."""
    every = np.concatenate([first, second])
    total, a, b = every.sum(), len(first), len(second)
    sums = np.array([every[list(one)].sum() for one in combinations(range(a + b), a)])
    apart = np.abs(sums / a - (total - sums) / b)
    near = 4 * (a + b) * ROUNDING * np.abs(every).max()
    return float((apart >= apart[0] - near).mean()), len(apart)


def _arrangements(sizes: Sequence[int]) -> list[list[tuple[int, ...]]]:
    """Return every way to deal members out to groups; the first leaves them as they are."""

    def dealt(left: tuple[int, ...], sizes: Sequence[int]) -> list[list[tuple[int, ...]]]:
        if not sizes:
            return [[]]
        return [
            [chosen, *rest]
            for chosen in combinations(left, sizes[0])
            for rest in dealt(tuple(one for one in left if one not in chosen), sizes[1:])
        ]

    return dealt(tuple(range(sum(sizes))), list(sizes))


def _together(groups: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return p of each pair over all bands' labels, alone and by the widest pair of each."""
    every = np.concatenate(list(groups.values()))
    dealt = _arrangements([len(group) for group in groups.values()])
    means = np.array([[every[list(part)].mean() for part in one] for one in dealt])
    pairs = list(combinations(range(len(groups)), 2))
    sizes = [len(group) for group in groups.values()]
    apart = np.abs(np.stack([means[:, a] - means[:, b] for a, b in pairs]))
    scale = np.array([np.sqrt(1 / sizes[a] + 1 / sizes[b]) for a, b in pairs])[:, None]
    near = 4 * ROUNDING * np.abs(every).max()
    widest = (apart / scale).max(axis=0)
    alone = (apart >= apart[:, :1] - near).mean(axis=1)
    return alone, (widest >= apart[:, :1] / scale - near).mean(axis=1)


def _ordered(groups: dict[str, Floats]) -> dict[str, float]:
    """Return Jonckheere and Terpstra's count of pairs in order, and p over all labels."""
    names = ("ordered_pairs", "all_pairs", "trend_p", "trend_p_found", "trend_arrangements")
    if len(groups) < 3:  # noqa: PLR2004 - a trend needs three
        return dict.fromkeys(names, np.nan)
    every = np.concatenate(list(groups.values()))
    near = 2 * ROUNDING * np.abs(every).max()
    higher = (every[None] - every[:, None] > near) + (
        np.abs(every[None] - every[:, None]) <= near
    ) / 2
    dealt = _arrangements([len(group) for group in groups.values()])
    counted = np.array(
        [
            sum(higher[np.ix_(one[a], one[b])].sum() for a, b in combinations(range(len(one)), 2))
            for one in dealt
        ]
    )
    rising, falling = (counted >= counted[0]).mean(), (counted <= counted[0]).mean()
    pairs = sum(len(a) * len(b) for a, b in combinations(groups.values(), 2))
    p = min(2 * min(rising, falling), 1.0)
    found = (counted[0], pairs, p, min(rising, falling), len(dealt))
    return {name: float(value) for name, value in zip(names, found, strict=True)}


def pooled(pack: Pack, family: Family) -> pd.DataFrame:
    """Draw the means of bands, and those of pilots, towards their common mean.

    Raises:
        NotAnsweredError: Fewer than two bands, and fewer than two pilots, have a known error.

    Source:
        Raudenbush and Bryk (1985), Empirical Bayes meta-analysis, Journal of Educational
        Statistics 10(2), with the variance between groups by restricted maximum likelihood.
    """
    compared = _compared(pack, family, [family.key])
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
