"""Do the experience bands differ from each other? Pair by pair, and as an ordered trend."""

from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.band_words import pair_words
from analytics.evaluation.comparison import Compared
from analytics.evaluation.in_question import compared_on, outcome_scale, outcome_unit, subtitle
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcomes import (
    before_after,
    estimand,
    outcomes,
    yearly,
)
from analytics.evaluation.verdict_columns import interval_columns
from analytics.methods.averages import mean_of_present
from analytics.methods.multiplicity import holm
from analytics.methods.ordered_trend import OrderedTrend, ordered_trend
from analytics.methods.pair_permutation import pair_permutation
from analytics.methods.permutation import differences
from analytics.methods.refusal import NotEstimableError
from analytics.programme import Band, is_divided
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import Outcome
from analytics.selection.follows import GAPS, MEASURE
from analytics.selection.selection import Selection
from data.schema import Column, ColumnKind, hidden_key, text
from data.sources.source import Kind

Floats = NDArray[np.float64]
Groups = dict[Band, Floats]

FEWEST_IN_BAND: Final = 2
#: Bands that are needed for a trend over them.
FEWEST_FOR_TREND: Final = 3
_SAME: Final = "The same in every row."
PAIR_COLUMNS: Final = (
    text("pair", "Bands"),
    text("first", "First band"),
    text("second", "Second band"),
    Column(name="n_first", label="Pilots, first", kind=ColumnKind.COUNT, decimals=0),
    Column(name="n_second", label="Pilots, second", kind=ColumnKind.COUNT, decimals=0),
    Column(name="mean_first", label="Mean, first", decimals=2),
    Column(name="mean_second", label="Mean, second", decimals=2),
    Column(name="estimate", label="Difference", decimals=2, about="First minus second."),
    *interval_columns(about="Welch's t.", decimals=2),
    Column(name="p", label="p, permutation", decimals=3,
           about="Two-sided, every arrangement of the labels of these two bands."),
    Column(name="p_adjusted", label="p, for the pairs", decimals=3,
           about="The same after Holm over the pairs."),
    Column(name="smallest_p", label="Smallest p these sizes can give", decimals=4),
    Column(name="arrangements", label="Arrangements", kind=ColumnKind.COUNT, decimals=0,
           about="Of the labels of these two bands."),
    hidden_key("first_key", about="Key of the first band."),
    hidden_key("second_key", about="Key of the second band."),
    Column(name="smallest_adjusted", label="Smallest p for the pairs", decimals=3,
           about="The smallest that these sizes can give after Holm."),
    Column(name="p_all", label="p, labels of all bands", decimals=4, in_table=False,
           about="Every arrangement of all bands' labels: about all being alike, not this pair."),
    Column(name="p_all_adjusted", label="The same, widest pair", decimals=4, in_table=False),
    Column(name="before", label="Difference before the start", decimals=2,
           about="The same difference in the years up to the start, as a gap or log ratio."),
    Column(name="before_p", label="p, before the start", decimals=3, about="Within this pair."),
    Column(name="ordered_pairs", label="Pairs of pilots in order", decimals=1,
           about=f"Jonckheere-Terpstra: pairs of pilots of two bands in which the one of the later "
           f"band is higher; ties count half. {_SAME}"),
    Column(name="all_pairs", label="All such pairs", kind=ColumnKind.COUNT, decimals=0,
           about=_SAME),
    Column(name="trend_p", label="p, trend", decimals=4,
           about=f"Two-sided, every arrangement of all labels. {_SAME}"),
    Column(name="trend_p_found", label="p, trend as found", decimals=5,
           about=f"One-sided, in the direction found. {_SAME}"),
    Column(name="trend_arrangements", label="Arrangements, trend", kind=ColumnKind.COUNT,
           decimals=0, about="Missing where there are more than 100,000: p is then the normal "
           f"approximation. {_SAME}"),
    Column(name="before_ordered_pairs", label="Pairs in order before the start", decimals=1,
           about=_SAME),
    Column(name="before_all_pairs", label="All such pairs before", kind=ColumnKind.COUNT,
           decimals=0, about=_SAME),
    Column(name="before_trend_p", label="p, trend before the start", decimals=3, about=_SAME),
)  # fmt: skip


def band_pairs(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Compare the bands pair by pair and in their order, with every arrangement of their labels.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: Fewer than two bands have enough pilots to compare.
    """
    compared = compared_on(tables, selection, (measure_of(selection).key,))
    groups = _groups(outcomes(compared, selection.outcome)[0], selection)
    if len(groups) < len(("first", "second")):
        msg = f"Two bands with {FEWEST_IN_BAND} pilots each are needed to compare bands."
        raise NotEstimableError(msg)
    before = _groups(_before(compared, selection), selection)
    bands, sizes = list(groups), tuple(len(group) for group in groups.values())
    every = differences(np.concatenate(list(groups.values())), sizes)
    pairs = list(combinations(bands, 2))
    within = [_within(groups, *pair) for pair in pairs]
    earlier = [_within(before, *pair) for pair in pairs]
    p, smallest = (np.array([getattr(one, name) for one in within]) for name in ("p", "smallest_p"))
    return pd.DataFrame(
        {
            "pair": [f"{a.short} less {b.short}" for a, b in pairs],
            "first": [a.label for a, _ in pairs],
            "second": [b.label for _, b in pairs],
            "first_key": [a.key for a, _ in pairs],
            "second_key": [b.key for _, b in pairs],
            "n_first": [len(groups[a]) for a, _ in pairs],
            "n_second": [len(groups[b]) for _, b in pairs],
            "mean_first": [groups[a].mean() for a, _ in pairs],
            "mean_second": [groups[b].mean() for _, b in pairs],
            "estimate": every.estimate,
            "low": every.low,
            "high": every.high,
            "p": p,
            "p_adjusted": holm(p),
            "smallest_p": smallest,
            "smallest_adjusted": holm(smallest),
            "arrangements": [one.arrangements for one in within],
            "p_all": every.p,
            "p_all_adjusted": every.p_adjusted,
            "before": [one.estimate for one in earlier],
            "before_p": [one.p for one in earlier],
            **_trend_columns(groups, before),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """A pair of bands; NaN where one has too few pilots."""

    estimate: float = np.nan
    p: float = np.nan
    smallest_p: float = np.nan
    arrangements: int = 0


def _groups(each: Floats, selection: Selection) -> Groups:
    """Return what the pilots of each band have, bands with too few left out."""
    found = Groups()
    for band in selection.bands:
        mine = np.array([pilot.band == band for pilot in selection.chosen])
        held = each[mine & np.isfinite(each)]
        if len(held) >= FEWEST_IN_BAND:
            found[band] = held
    return found


def _before(compared: Compared, selection: Selection) -> Floats:
    """Return each pilot's mean gap, or log ratio, in the years before the start."""
    form = Outcome.LOG if selection.outcome.is_log else Outcome.LEVEL
    pre, _ = before_after(compared.years, compared.programme)
    return mean_of_present(yearly(compared, form)[0][:, pre])


def _within(groups: Groups, first: Band, second: Band) -> _Pair:
    if first not in groups or second not in groups:
        return _Pair()
    found = pair_permutation(groups[first][None], groups[second][None])
    return _Pair(
        estimate=float(found.estimate[0]),
        p=float(found.p[0]),
        smallest_p=float(found.smallest_p[0]),
        arrangements=int(found.arrangements[0]),
    )


def _trend(groups: Groups) -> OrderedTrend | None:
    if len(groups) < FEWEST_FOR_TREND:
        return None
    return ordered_trend([group[None] for group in groups.values()])


def _trend_columns(groups: Groups, before: Groups) -> dict[str, float]:
    now, earlier = _trend(groups), _trend(before)
    return {
        "ordered_pairs": now.statistic[0] if now else np.nan,
        "all_pairs": 2 * now.expected[0] if now else np.nan,
        "trend_p": now.p[0] if now else np.nan,
        "trend_p_found": min(now.p_rising[0], now.p_falling[0]) if now else np.nan,
        "trend_arrangements": now.arrangements[0] if now and now.exact[0] else np.nan,
        "before_ordered_pairs": earlier.statistic[0] if earlier else np.nan,
        "before_all_pairs": 2 * earlier.expected[0] if earlier else np.nan,
        "before_trend_p": earlier.p[0] if earlier else np.nan,
    }


def _pair_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    of = selection.programme
    bands, due = f"{of.experience.bands_are} for experience in {of.experience.at}", "experience"
    if of.group:
        bands, due = f"{of.experience.bands_are}, in the order given", "what the labels say"
    return (
        (
            f"Bands are {bands}. Pilots were not given bands by chance: a difference between bands "
            f"is not an effect of {due}."
        ),
        (
            "Each pair is tested by the labels of its own pilots alone, so that a third band "
            "cannot lend it certainty; so few arrangements cannot give a small p."
        ),
        *family_of(selection).notes(frame, selection),
    )


def _pair_method(selection: Selection) -> Facts:
    common = facts(
        selection,
        estimand=f"Difference of two bands' means. {estimand(selection)}",
        unit=outcome_unit(selection),
        test=False,
    )
    return (
        *common,
        ("Interval", "95%, Welch's t for two groups of unequal spread."),
        (
            "Test of a pair",
            (
                "Exact permutation: every arrangement of the labels over the pilots of the two "
                "bands, two-sided; Holm over the pairs. Above 100,000 arrangements, as many drawn."
            ),
        ),
        (
            "Test of the order",
            (
                "Jonckheere-Terpstra: pairs of pilots of two bands in which the one of the later "
                "band is higher, over every arrangement of all labels (above 100,000, the normal "
                "approximation). Two-sided, for the order was named beforehand and the direction "
                "was not. Beside it the same for the years before the start."
            ),
        ),
        ("Source", "Jonckheere (1954), Biometrika 41; Hollander and Wolfe (1999), section 6.2."),
    )


pairs: Final = register(
    Finding(
        key="robustness-bands",
        follows=GAPS | MEASURE | {"outcome"},
        applies=is_divided,
        title=lambda s: f"{measure_of(s).name}: do the bands differ from each other?",
        subtitle=subtitle,
        unit=outcome_unit,
        measure=measure_of,
        scale=outcome_scale,
        sources=TABLES,
        unread=unread,
        columns=PAIR_COLUMNS,
        analyse=band_pairs,
        words=pair_words,
        notes=_pair_notes,
        method=_pair_method,
        kind=Kind.OFFICIAL,
        whole="measure-neighbours",
        about="One measure: differences between experience bands, and their order, exact tests.",
    )
)
