"""Placebo pilots: authorities that were no pilots, drawn as the pilots are made up."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.choices import Comparator
from analytics.chosen import TABLES, family_of, panel_of, series_of, subject_notes
from analytics.comparison import compare
from analytics.method_card import Facts, facts
from analytics.methods.gap import mean_gap
from analytics.methods.multiplicity import expected_by_chance
from analytics.methods.placebo import (
    SEED,
    TooFewToDrawError,
    at_least_as_far,
    draw,
    group_means,
    kinds_wanted,
    placebo_p,
)
from analytics.methods.refusal import CannotSayError
from analytics.methods.signflip import sign_flips
from analytics.outcomes import estimand, named, outcomes, unit_of
from analytics.places import pilots
from analytics.progress import report
from analytics.publication.finding import Finding, Tables, register
from analytics.selection import Selection
from analytics.verdict_words import short_of
from analytics.verdicts import FEWEST_PILOTS, KEY, NAME, SHORT, UNIT, Series
from analytics.wording import (
    ALPHA,
    counted,
    listed,
    lower_first,
    number,
    p_words,
    signed,
    significant,
    unit_words,
)
from data import sources
from data.schema import Column, ColumnKind, text
from data.source import Kind

DRAWS: Final = 10_000
LONG_DRAWS: Final = 1_000_000
BATCH: Final = 20_000
BINS: Final = 41
KINDS: Final = {
    "E06": ("unitary authority", "unitary authorities"),
    "E08": ("metropolitan district", "metropolitan districts"),
    "E09": ("London borough", "London boroughs"),
    "E10": ("county", "counties"),
}
KIND_CODES: Final = tuple(KINDS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Field:
    """Pilots and outsiders, ready for drawing.

    Attributes:
        own: Outcome of each chosen pilot, shape (series, pilots).
        others: Outcome of each outsider, shape (series, outsiders).
        kinds: Kind of each outsider, shape (outsiders,).
        wanted: Pilots with an outcome, by kind, shape (series, kinds).
        mean: The pilots' mean, shape (series,); NaN where too few have an outcome.
    """

    own: NDArray[np.float64]
    others: NDArray[np.float64]
    kinds: NDArray[np.intp]
    wanted: NDArray[np.intp]
    mean: NDArray[np.float64]


def _kinds(codes: tuple[str, ...]) -> NDArray[np.intp]:
    return np.array([KIND_CODES.index(code[:3]) for code in codes], dtype=np.intp)


def outsiders(tables: Tables, selection: Selection) -> tuple[str, ...]:
    """Return the authorities that were no pilots and have neighbours in the chosen list.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: Holds the list.
    """
    frame = tables[sources.NEIGHBOURS.key].frame
    listed_in = frame[frame["model"] == selection.model.value]["code"].astype(str).unique()
    return tuple(sorted(code for code in listed_in if code not in pilots()))


def _field(tables: Tables, selection: Selection, series: tuple[Series, ...]) -> _Field:
    if selection.compare is Comparator.PILOTS:
        msg = (
            "Authorities that were no pilots cannot be set against the other pilots; compare with "
            "statistical neighbours, regions or England."
        )
        raise CannotSayError(msg)
    if len(selection.chosen) < FEWEST_PILOTS:
        chosen = counted(len(selection.chosen), "pilot")
        msg = f"An average of {chosen} says too little; {FEWEST_PILOTS} needed."
        raise CannotSayError(msg)
    keys = tuple(one.key for one in series)
    panel, neighbours = panel_of(tables, selection), tables[sources.NEIGHBOURS.key]
    codes = tuple(pilot.code for pilot in selection.chosen)
    outside = outsiders(tables, selection)
    own, others = (
        outcomes(compare(panel, neighbours, selection, keys=keys, codes=one), selection.outcome)
        for one in (codes, outside)
    )
    held = np.where((np.isfinite(own).sum(axis=1) >= FEWEST_PILOTS)[:, None], own, np.nan)
    return _Field(
        own=held,
        others=others,
        kinds=_kinds(outside),
        wanted=kinds_wanted(held, _kinds(codes), len(KINDS)),
        mean=mean_gap(held).estimate,
    )


def _reason(field: _Field, at: int) -> str:
    if np.isfinite(field.mean[at]):
        return ""
    if not np.isfinite(field.others[at]).any():
        return "No figures on one side of the start, so no change can be measured."
    return f"Fewer than {FEWEST_PILOTS} of the chosen pilots can be compared."


BIN_COLUMNS: Final = (
    Column(name="low", label="From", decimals=2),
    Column(name="high", label="To", decimals=2),
    Column(name="draws", label="Placebo groups", kind=ColumnKind.COUNT, decimals=0),
    Column(name="observed", label="Pilots' estimate", decimals=2, about="The same in every row."),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="interval_low", label="95% interval, lower", decimals=2, about="Of the pilots."),
    Column(name="interval_high", label="95% interval, upper", decimals=2, about="Of the pilots."),
    Column(name="outsiders", label="Authorities to draw from", kind=ColumnKind.COUNT, decimals=0),
    Column(name="far", label="Groups at least as far out", kind=ColumnKind.COUNT, decimals=0),
    Column(name="all_draws", label="All groups", kind=ColumnKind.COUNT, decimals=0),
    Column(name="p", label="p, placebo", decimals=4, about="(far + 1) / (all + 1)."),
)


def histogram(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Draw placebo pilots for the series in hand, and count where their means fall.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        CannotSayError: Too few pilots or outsiders, or no outsiders to compare with.
    """
    field = _field(tables, selection, (series_of(selection),))
    if reason := _reason(field, 0):
        raise CannotSayError(reason)
    drawn = draw(field.kinds, draws=DRAWS, rng=np.random.default_rng(SEED))
    try:
        means = group_means(field.others[0], drawn, field.wanted[0])
    except TooFewToDrawError as few:
        msg = "There are too few authorities of a kind with figures to draw placebo pilots from."
        raise CannotSayError(msg) from few
    observed, far = float(field.mean[0]), at_least_as_far(means, float(field.mean[0]))
    ends = [min(means.min(), observed), max(means.max(), observed)]
    counts, edges = np.histogram(means, bins=BINS, range=(float(ends[0]), float(ends[1])))
    group = mean_gap(field.own)
    return pd.DataFrame(
        {
            "low": edges[:-1],
            "high": edges[1:],
            "draws": counts,
            "observed": observed,
            "n": int(group.n[0]),
            "interval_low": group.low[0],
            "interval_high": group.high[0],
            "outsiders": int(np.isfinite(field.others[0]).sum()),
            "far": far,
            "all_draws": DRAWS,
            "p": placebo_p(far, DRAWS),
        }
    )


def _histogram_says(frame: pd.DataFrame, selection: Selection) -> str:
    row = frame.iloc[0]
    series = series_of(selection)
    unit = unit_words(unit_of(series.unit, selection.outcome))
    places = significant(row["observed"])
    limits = f"{signed(row['interval_low'], places)} to {signed(row['interval_high'], places)}"
    return (
        f"{short_of(series.name)}: the pilots' {named(selection)} is "
        f"{signed(row['observed'], places)} {unit} (95 % interval {limits}, n = {int(row['n'])}). "
        f"Of {int(row['all_draws']):,} groups of {int(row['n'])} authorities that were no pilots, "
        f"{int(row['far']):,} stand at least as far from nought: placebo {p_words(row['p'])}."
    )


def _notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    made = dict.fromkeys(pilot.code[:3] for pilot in selection.chosen)
    count = [
        counted(sum(one.code.startswith(kind) for one in selection.chosen), *KINDS[kind])
        for kind in made
    ]
    return (
        (
            f"Each group is drawn as the chosen pilots are made up: {listed(count)}. There are few "
            "counties, so the groups overlap."
        ),
        (
            "Each placebo pilot is set against its own comparator under the same options; other "
            "members of its group may be among its neighbours."
        ),
        (
            "The pilots count as one draw more: p is (groups at least as far + 1) over (groups "
            "+ 1), "
            "so that it is never nought and keeps its level (Phipson and Smyth, 2010)."
        ),
        (
            "Those pilots volunteered or were chosen; a placebo group was not. A small p says the "
            "pilots stand apart, not why."
        ),
        *(subject_notes(frame, selection) if "observed" in frame else ()),
    )


def _method(selection: Selection) -> Facts:
    common = facts(
        selection,
        estimand=estimand(selection),
        unit=unit_of(series_of(selection).unit, selection.outcome),
        test=False,
    )
    kinds = ", ".join(f"{many} ({code})" for code, (_, many) in KINDS.items())
    return (
        *common,
        (
            "Test",
            (
                f"Placebo pilots: {DRAWS:,} groups drawn without replacement from the "
                "authorities that "
                f"were no pilots, by kind ({kinds}); two-sided, distance from nought."
            ),
        ),
        ("Seed", f"{SEED}, numpy.random.default_rng; the order of draws is the same for all."),
        ("Source", "Davison and Hinkley (1997), section 4.2; Phipson and Smyth (2010)."),
    )


placebo: Final = register(
    Finding(
        key="robustness-placebo",
        title=lambda s: f"{series_of(s).name}: pilots among placebo pilots",
        subtitle=lambda s: f"{s.outcome.words} · {s.words}",
        unit=lambda s: unit_of(series_of(s).unit, s.outcome),
        sources=TABLES,
        columns=BIN_COLUMNS,
        analyse=histogram,
        sentence=_histogram_says,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="robustness-placebos",
        about="One indicator: where groups of authorities that were no pilots would stand.",
    )
)

_N: Final = Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0)
_ESTIMATE: Final = Column(name="estimate", label="Pilots' estimate", decimals=2)
_LOW: Final = Column(name="low", label="95% interval, lower", decimals=2)
_HIGH: Final = Column(name="high", label="95% interval, upper", decimals=2)
_FAR: Final = Column(
    name="far", label="Groups at least as far out", kind=ColumnKind.COUNT, decimals=0
)
_DRAWS: Final = Column(name="draws", label="All groups", kind=ColumnKind.COUNT, decimals=0)
_PLACEBO_P: Final = Column(name="p_placebo", label="p, placebo", decimals=4)

ALL_COLUMNS: Final = (
    NAME, KEY, UNIT, _N, _ESTIMATE, _LOW, _HIGH,
    Column(name="placebo_mean", label="Placebo groups, mean", decimals=2),
    Column(name="placebo_low", label="Placebo groups, 2.5th percentile", decimals=2),
    Column(name="placebo_high", label="Placebo groups, 97.5th percentile", decimals=2),
    Column(name="placebo_sd", label="Placebo groups, standard deviation", decimals=2),
    Column(name="outsiders", label="Authorities to draw from", kind=ColumnKind.COUNT, decimals=0),
    _FAR, _DRAWS, _PLACEBO_P,
    Column(name="p", label="p, sign-flip", decimals=3, about="Exact two-sided, beside it."),
    SHORT,
    text("withheld", "Why not answered"),
)  # fmt: skip


def every_placebo(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Draw the same placebo pilots for every series of the family.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        CannotSayError: Too few pilots, or no outsiders to compare with.
    """
    family = family_of(selection)
    field = _field(tables, selection, family)
    drawn = draw(field.kinds, draws=DRAWS, rng=np.random.default_rng(SEED))
    group, p = mean_gap(field.own), sign_flips(field.own)
    rows = list[dict[str, object]]()
    for at, one in enumerate(family):
        row: dict[str, object] = {
            "name": one.name,
            "key": one.key,
            "unit": unit_of(one.unit, selection.outcome),
            "n": group.n[at],
            "estimate": group.estimate[at],
            "low": group.low[at],
            "high": group.high[at],
            "outsiders": int(np.isfinite(field.others[at]).sum()),
            "draws": DRAWS,
            "p": p[at],
            "short": one.short,
            "withheld": _reason(field, at),
        }
        if not row["withheld"]:
            try:
                row |= _placed(group_means(field.others[at], drawn, field.wanted[at]), field, at)
            except TooFewToDrawError:
                row["withheld"] = "Too few authorities of a kind have figures to draw from."
        rows.append(row)
    return pd.DataFrame(rows, columns=[column.name for column in ALL_COLUMNS])


def _placed(means: NDArray[np.float64], field: _Field, at: int) -> dict[str, object]:
    far = at_least_as_far(means, float(field.mean[at]))
    low, high = np.quantile(means, (0.025, 0.975))
    return {
        "placebo_mean": means.mean(),
        "placebo_low": low,
        "placebo_high": high,
        "placebo_sd": means.std(),
        "far": far,
        "p_placebo": placebo_p(far, DRAWS),
    }


def _every_says(frame: pd.DataFrame, _selection: Selection) -> str:
    tested = frame[frame["p_placebo"].notna()]
    if not len(tested):
        return "; ".join(dict.fromkeys(frame["withheld"][frame["withheld"] != ""]))
    below = tested[tested["p_placebo"] < ALPHA].sort_values("p_placebo")
    chance = number(expected_by_chance(len(tested)), 1)
    words = (
        f"Of {counted(len(tested), 'indicator')}, {len(below)} "
        f"{'has' if len(below) == 1 else 'have'} a placebo p below {ALPHA}, where about {chance} "
        "would be expected by chance"
    )
    if not len(below):
        return f"{words}."
    row = below.iloc[0]
    places, unit = significant(row["estimate"]), unit_words(row["unit"])
    limits = f"{signed(row['low'], places)} to {signed(row['high'], places)}"
    return (
        f"{words}. Furthest out is {lower_first(short_of(row['name']))}: "
        f"{signed(row['estimate'], places)} {unit} (95 % interval {limits}, n = {int(row['n'])}, "
        f"placebo {p_words(row['p_placebo'])}, sign-flip {p_words(row['p'])})."
    )


placebos: Final = register(
    Finding(
        key="robustness-placebos",
        title=lambda _selection: "Pilots among placebo pilots, every indicator",
        subtitle=lambda s: f"{s.outcome.words} · {s.words}",
        unit=lambda _selection: "standard deviations of placebo groups",
        sources=TABLES,
        columns=ALL_COLUMNS,
        analyse=every_placebo,
        sentence=_every_says,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="One row per indicator: the pilots' estimate among 10,000 placebo groups.",
    )
)

LONG_COLUMNS: Final = (
    NAME, KEY, UNIT, _N, _ESTIMATE, _LOW, _HIGH, _FAR, _DRAWS, _PLACEBO_P,
    Column(name="error", label="Error of p by chance", decimals=5,
           about="Half-width of its 95 % interval: what another seed might change."),
    Column(name="p_family", label="p, for all indicators", decimals=4,
           about="Groups in which any indicator is at least as far out, each in standard "
           "deviations of its placebo groups."),
    text("withheld", "Why not answered"),
)  # fmt: skip

CRITICAL: Final = 1.959964


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Counted:
    """Counts over all draws, by series; each of shape (series,)."""

    far: NDArray[np.int64]
    family: NDArray[np.int64]
    drawn: NDArray[np.bool_]


def _count(field: _Field, draws: int) -> _Counted:
    """Count in batches, and say after each how far it is."""
    rng = np.random.default_rng(SEED)
    series = range(len(field.mean))
    far, family = np.zeros(len(field.mean), np.int64), np.zeros(len(field.mean), np.int64)
    drawn, scale = np.zeros(len(field.mean), np.bool_), np.ones(len(field.mean))
    for done in range(0, draws, BATCH):
        batch = draw(field.kinds, draws=min(BATCH, draws - done), rng=rng)
        widest = np.zeros(batch.draws)
        for at in series:
            if np.isnan(field.mean[at]):
                continue
            try:
                means = group_means(field.others[at], batch, field.wanted[at])
            except TooFewToDrawError:
                continue
            if not done:
                drawn[at], scale[at] = True, means.std()
            far[at] += at_least_as_far(means, float(field.mean[at]))
            widest = np.maximum(widest, np.abs(means) / scale[at])
        for at in series:
            family[at] += at_least_as_far(widest, float(field.mean[at]) / scale[at])
        report(min(done + BATCH, draws) / draws)
    return _Counted(far=far, family=family, drawn=drawn)


def many_draws(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Draw a million groups of placebo pilots for every series of the family.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose, the outcome among it.

    Raises:
        CannotSayError: Too few pilots, or no outsiders to compare with.
    """
    family = family_of(selection)
    field = _field(tables, selection, family)
    found, group = _count(field, LONG_DRAWS), mean_gap(field.own)
    p = np.array([placebo_p(int(one), LONG_DRAWS) for one in found.far])
    both = np.array([placebo_p(int(one), LONG_DRAWS) for one in found.family])
    return pd.DataFrame(
        {
            "name": [one.name for one in family],
            "key": [one.key for one in family],
            "unit": [unit_of(one.unit, selection.outcome) for one in family],
            "n": group.n,
            "estimate": group.estimate,
            "low": group.low,
            "high": group.high,
            "far": np.where(found.drawn, found.far, np.nan),
            "draws": LONG_DRAWS,
            "p_placebo": np.where(found.drawn, p, np.nan),
            "error": np.where(found.drawn, CRITICAL * np.sqrt(p * (1 - p) / LONG_DRAWS), np.nan),
            "p_family": np.where(found.drawn, both, np.nan),
            "withheld": [
                _reason(field, at)
                or ("" if drawn else "Too few authorities of a kind have figures.")
                for at, drawn in enumerate(found.drawn.tolist())
            ],
        }
    )


def _many_say(frame: pd.DataFrame, _selection: Selection) -> str:
    tested = frame[frame["p_family"].notna()]
    if not len(tested):
        return "; ".join(dict.fromkeys(frame["withheld"][frame["withheld"] != ""]))
    strong = tested[tested["p_family"] < ALPHA].sort_values("p_family")
    draws = f"{int(tested['draws'].iloc[0]):,}"
    lead = f"Over {draws} placebo groups and {counted(len(tested), 'indicator')} at once, "
    if not len(strong):
        return f"{lead}none is so far out that p for all indicators is below {ALPHA}."
    said = [
        f"{lower_first(short_of(row['name']))} {signed(row['estimate'], places)} "
        f"{unit_words(row['unit'])} (95 % interval {signed(row['low'], places)} to "
        f"{signed(row['high'], places)}, n = {int(row['n'])}, {p_words(row['p_family'])})"
        for _, row in strong.iterrows()
        for places in (significant(row["estimate"]),)
    ]
    return f"{lead}p for all indicators is below {ALPHA} for {listed(said)}."


many: Final = register(
    Finding(
        key="robustness-placebos-long",
        title=lambda _selection: "A million placebo groups, all indicators at once",
        subtitle=lambda s: f"{s.outcome.words} · {s.words}",
        unit=lambda _selection: "",
        sources=TABLES,
        columns=LONG_COLUMNS,
        analyse=many_draws,
        sentence=_many_say,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="kpis-values",
        about="One row per indicator: placebo p of a million draws, alone and for all at once.",
        slow="Not run for this selection yet: a million draws take some seconds. Press “Run”.",
    )
)
