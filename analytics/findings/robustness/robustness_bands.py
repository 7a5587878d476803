"""Do the experience bands differ from each other? Every arrangement of their labels."""

from itertools import combinations
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.measure_families import TABLES, family_of, measure_of, unread
from analytics.evaluation.method_card import Facts, facts
from analytics.evaluation.outcomes import apart_of, estimand, named, outcomes, scale_of, unit_of
from analytics.methods.permutation import differences
from analytics.methods.refusal import NotEstimableError
from analytics.programme import PROGRAMME, Band
from analytics.publication.finding import Finding, Tables, register
from analytics.selection.selection import Selection
from analytics.text.wording import (
    ALPHA,
    p_words,
    signed,
    significant,
)
from data.schema import Column, ColumnKind, hidden_key, text
from data.sources import registry as sources
from data.sources.source import Kind


def _compared(tables: Tables, selection: Selection, keys: tuple[str, ...]) -> Compared:
    return compare(
        family_of(selection).panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=keys,
        codes=tuple(pilot.code for pilot in selection.chosen),
    )


def _subtitle(selection: Selection) -> str:
    unit = unit_of(measure_of(selection).unit, selection.outcome)
    return f"{selection.outcome.label} · {unit} · {selection.label}"


PAIR_COLUMNS: Final = (
    text("pair", "Bands"),
    text("first", "First band"),
    text("second", "Second band"),
    Column(name="n_first", label="Pilots, first", kind=ColumnKind.COUNT, decimals=0),
    Column(name="n_second", label="Pilots, second", kind=ColumnKind.COUNT, decimals=0),
    Column(name="mean_first", label="Mean, first", decimals=2),
    Column(name="mean_second", label="Mean, second", decimals=2),
    Column(name="estimate", label="Difference", decimals=2, about="First minus second."),
    Column(name="low", label="95% interval, lower", decimals=2, about="Welch's t."),
    Column(name="high", label="95% interval, upper", decimals=2, about="Welch's t."),
    Column(name="p", label="p, permutation", decimals=3, about="Two-sided, every arrangement."),
    Column(name="p_adjusted", label="p, for the pairs", decimals=3,
           about="Allows for the number of pairs: the widest pair of each arrangement."),
    Column(name="smallest_p", label="Smallest p these sizes can give", decimals=4),
    Column(name="arrangements", label="Arrangements", kind=ColumnKind.COUNT, decimals=0),
    hidden_key("first_key", about="The first band."),
    hidden_key("second_key", about="The second band."),
)  # fmt: skip

FEWEST_IN_BAND: Final = 2


def band_pairs(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Compare the bands pair by pair, with every arrangement of their labels.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: Fewer than two bands have enough pilots to compare.
    """
    series = measure_of(selection)
    each = outcomes(_compared(tables, selection, (series.key,)), selection.outcome)[0]
    groups = dict[Band, np.ndarray]()
    for band in selection.bands:
        mine = np.array([pilot.band == band for pilot in selection.chosen])
        held = each[mine & np.isfinite(each)]
        if len(held) >= FEWEST_IN_BAND:
            groups[band] = held
    if len(groups) < len(("first", "second")):
        msg = f"Two bands with {FEWEST_IN_BAND} pilots each are needed to compare bands."
        raise NotEstimableError(msg)
    bands = list(groups)
    sizes = tuple(len(group) for group in groups.values())
    found = differences(np.concatenate(list(groups.values())), sizes)
    return pd.DataFrame(
        {
            "pair": [f"{a.short} less {b.short}" for a, b in combinations(bands, 2)],
            "first": [bands[at].label for at in found.first],
            "second": [bands[at].label for at in found.second],
            "first_key": [bands[at].key for at in found.first],
            "second_key": [bands[at].key for at in found.second],
            "n_first": [sizes[at] for at in found.first],
            "n_second": [sizes[at] for at in found.second],
            "mean_first": [groups[bands[at]].mean() for at in found.first],
            "mean_second": [groups[bands[at]].mean() for at in found.second],
            "estimate": found.estimate,
            "low": found.low,
            "high": found.high,
            "p": found.p,
            "p_adjusted": found.p_adjusted,
            "smallest_p": found.smallest_p,
            "arrangements": found.arrangements,
        }
    )


def _pairs_say(frame: pd.DataFrame, selection: Selection) -> str:
    unit = apart_of(measure_of(selection), selection.outcome)
    said = list[str]()
    for _, row in frame.iterrows():
        places = significant(row["estimate"])
        limits = f"{signed(row['low'], places)} to {signed(row['high'], places)}"
        said.append(
            f"{row['pair']} {signed(row['estimate'], places)} (95 % interval {limits}, "
            f"n = {int(row['n_first'])} and {int(row['n_second'])}, permutation "
            f"{p_words(row['p'])}, for all pairs {p_words(row['p_adjusted'])})"
        )
    many = f"{int(frame['arrangements'].iloc[0]):,}"
    end = "" if (frame["p_adjusted"] < ALPHA).any() else " A difference between bands is not "
    end = f"{end}detected; the intervals say what remains possible." if end else ""
    return (
        f"Difference of the {named(selection)} between bands, {unit}, over all {many} arrangements "
        f"of the labels: {'; '.join(said)}.{end}"
    )


def _pair_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        (
            f"Bands are {PROGRAMME.experience.bands_are} for experience in "
            f"{PROGRAMME.experience.at}. Pilots were not "
            "dealt to "
            "bands by chance: a difference between bands is not an effect of experience."
        ),
        *family_of(selection).notes(frame, selection),
    )


def _pair_method(selection: Selection) -> Facts:
    common = facts(
        selection,
        estimand=f"Difference of two bands' means. {estimand(selection)}",
        unit=unit_of(measure_of(selection).unit, selection.outcome),
        test=False,
    )
    return (
        *common,
        ("Interval", "95 %, Welch's t for two groups of unequal spread."),
        (
            "Test",
            (
                "Exact permutation: every arrangement of the labels over the pilots, two-sided. "
                "The "
                "p-value for all pairs compares each with the widest pair of every arrangement."
            ),
        ),
    )


pairs: Final = register(
    Finding(
        key="robustness-bands",
        title=lambda s: f"{measure_of(s).name}: do the bands differ from each other?",
        subtitle=_subtitle,
        unit=lambda s: unit_of(measure_of(s).unit, s.outcome),
        scale=lambda s: scale_of(measure_of(s).scale, s.outcome),
        sources=TABLES,
        unread=unread,
        columns=PAIR_COLUMNS,
        analyse=band_pairs,
        sentence=_pairs_say,
        notes=_pair_notes,
        method=_pair_method,
        kind=Kind.OFFICIAL,
        whole="measure-places",
        about="One measure: differences between experience bands, exact permutation test.",
    )
)
