"""Comparing pilots: one indicator before and after, each pilot and each band."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.comparison import Compared, compare
from analytics.method_card import Facts, facts
from analytics.methods.averages import mean_of_present
from analytics.methods.gap import mean_gap
from analytics.methods.refusal import CannotSayError
from analytics.methods.signflip import sign_flips, smallest_p
from analytics.panel import indicator_panel
from analytics.places import Band, pilots, place_name
from analytics.publication.finding import Finding, Tables, register
from analytics.selection import LAST_BEFORE, Selection
from analytics.subject import indicator_of, notes
from analytics.verdicts import FEWEST_PILOTS, before_after
from analytics.wording import counted, listed, number, p_words, signed, unit_words
from data import sources
from data.schema import Column, ColumnKind, text
from data.source import Kind

TABLES: Final = (sources.INDICATORS, sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)

CHANGE_COLUMNS: Final = (
    text("code", "GSS code"),
    text("place", "Place"),
    text("band", "Band"),
    text("role", "Role", about="pilot or yours."),
    Column(name="before", label="Before", about="Mean of the years up to 2013/14."),
    Column(name="after", label="After", about="Mean of the years from 2014/15."),
    Column(name="change", label="Change"),
    Column(name="comparator_before", label="Comparator before"),
    Column(name="comparator_after", label="Comparator after"),
    Column(name="gap_change", label="Change of the gap", about="Pilot's change less comparator's."),
    text("missing", "Why not answered"),
)


def _compared(tables: Tables, selection: Selection) -> Compared:
    codes = [pilot.code for pilot in selection.chosen]
    if selection.area and selection.area not in codes:
        codes.append(selection.area)
    return compare(
        indicator_panel(tables[sources.INDICATORS.key], selection.vintage),
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=(selection.indicator,),
        codes=tuple(codes),
    )


def before_and_after(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Set each pilot's figures before the project beside those after it.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.

    Raises:
        CannotSayError: The period does not reach both sides of November 2014.
    """
    compared = _compared(tables, selection)
    pre, post = before_after(compared.years)
    if not (pre.any() and post.any()):
        msg = "The chosen period holds no years on one side of November 2014; choose a longer one."
        raise CannotSayError(msg)
    own, against = compared.own[0], compared.comparator[0]
    both = np.isfinite(own) & np.isfinite(against)
    # Years without a comparator are left out of both sides, so that the columns add up; a place
    # that has none in any year is shown all the same.
    used = np.where(both | ~both.any(axis=1, keepdims=True), own, np.nan)
    before, after = mean_of_present(used[:, pre]), mean_of_present(used[:, post])
    paired = np.where(both, own - against, np.nan)
    beside = np.where(both, against, np.nan)
    known = pilots()
    return pd.DataFrame(
        {
            "code": compared.codes,
            "place": [place_name(code) for code in compared.codes],
            "band": [known[c].band.value if c in known else "" for c in compared.codes],
            "role": ["pilot" if code in known else "yours" for code in compared.codes],
            "before": before,
            "after": after,
            "change": after - before,
            "comparator_before": mean_of_present(beside[:, pre]),
            "comparator_after": mean_of_present(beside[:, post]),
            "gap_change": mean_of_present(paired[:, post]) - mean_of_present(paired[:, pre]),
            "missing": [_missing(*ends) for ends in zip(before, after, strict=True)],
        }
    )


def _missing(before: float, after: float) -> str:
    if np.isnan(before):
        return "No figures before the project."
    return "No figures after the project started." if np.isnan(after) else ""


def _changes_say(frame: pd.DataFrame, selection: Selection) -> str:
    indicator = indicator_of(selection)
    answered = frame[(frame["role"] == "pilot") & frame["change"].notna()]
    if not len(answered):
        return "No chosen pilot has figures both before and after November 2014."
    fell, rose = int((answered["change"] < 0).sum()), int((answered["change"] > 0).sum())
    unit = unit_words(indicator.unit)
    words = (
        f"Of {counted(len(answered), 'pilot')} with figures on both sides of November 2014, "
        f"{rose} rose and {fell} fell"
    )
    gaps = answered[answered["gap_change"].notna()]
    if len(gaps):
        further = int((gaps["gap_change"] < 0).sum())
        words += f"; {further} of {len(gaps)} fell relative to {selection.faced}"
    yours = frame[(frame["role"] == "yours") & frame["change"].notna()]
    for _, row in yours.iterrows():
        words += f". {row['place']} changed by {signed(row['change'], indicator.decimals)} {unit}"
    return f"{words}."


def _change_notes(frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    split = (
        f"Before is up to {LAST_BEFORE - 1}/{LAST_BEFORE % 100}, after is from 2014/15. A change "
        "in a pilot alone says nothing of Signs of Safety: compare it with what its comparator did."
    )
    return (split, *notes(frame, selection))


def _method(selection: Selection) -> Facts:
    definition = ("Definition", indicator_of(selection).definition)
    common = facts(
        selection,
        estimand="Each place's mean over the years from 2014/15 less its mean over the years up to "
        "2013/14, and the same for its comparator.",
        unit=indicator_of(selection).unit,
        test=False,
    )
    return (definition, *common)


changes: Final = register(
    Finding(
        key="pilots-changes",
        title=lambda s: f"{indicator_of(s).name}: before and after, pilot by pilot",
        subtitle=lambda s: f"{indicator_of(s).unit.capitalize()} · {s.words}",
        unit=lambda s: indicator_of(s).unit,
        sources=TABLES,
        columns=CHANGE_COLUMNS,
        analyse=before_and_after,
        sentence=_changes_say,
        notes=_change_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="indicator-values",
        about="One indicator, each pilot before and after November 2014, beside its comparator.",
    )
)

BAND_COLUMNS: Final = (
    text("band", "Band"),
    text("name", "Experience band"),
    text("places", "Pilots"),
    Column(name="n", label="Pilots compared", kind=ColumnKind.COUNT, decimals=0),
    Column(name="level", label="Pilots' mean"),
    Column(name="comparator", label="Comparator's mean"),
    Column(name="gap", label="Gap"),
    Column(name="low", label="95% interval, lower"),
    Column(name="high", label="95% interval, upper"),
    Column(name="p", label="p, sign-flip", decimals=3),
    Column(name="smallest_p", label="Smallest p this n can give", decimals=3),
    text("withheld", "Why not answered"),
)


def band_means(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Average the gap of the pilots of each band, with its interval and test.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    compared = _compared(tables, selection)
    gaps = np.where(np.isfinite(compared.comparator), compared.own - compared.comparator, np.nan)[0]
    both = np.isfinite(gaps)
    each = mean_of_present(gaps)
    own = mean_of_present(np.where(both, compared.own[0], np.nan))
    against = mean_of_present(np.where(both, compared.comparator[0], np.nan))
    rows = list[dict[str, object]]()
    for band in selection.bands:
        members = [pilot for pilot in selection.chosen if pilot.band is band]
        if not members:
            continue
        at = [compared.codes.index(pilot.code) for pilot in members]
        known = [place for place in at if np.isfinite(each[place])]
        names = {"places": listed([pilot.name for pilot in members])}
        about = {"band": band.value, "name": band.words, **names}
        means = {"level": _over(own, known), "comparator": _over(against, known)}
        rows.append({**about, **means, **_verdict(each[known])})
    return pd.DataFrame(rows, columns=[column.name for column in BAND_COLUMNS])


def _over(values: np.ndarray, at: list[int]) -> float:
    return float(values[at].mean()) if at else np.nan


def _verdict(gaps: np.ndarray) -> dict[str, object]:
    """Return a band's mean gap, its interval and test, or why they are not given."""
    n = len(gaps)
    if n < FEWEST_PILOTS:
        why = f"{counted(n, 'pilot')} can be compared; {FEWEST_PILOTS} are needed."
        gap = float(gaps.mean()) if n else np.nan
        empty = dict.fromkeys(("low", "high", "p", "smallest_p"), np.nan)
        return {"n": n, "gap": gap, **empty, "withheld": why}
    group, p = mean_gap(gaps[None, :]), sign_flips(gaps[None, :])
    return {
        "n": n,
        "gap": float(group.estimate[0]),
        "low": float(group.low[0]),
        "high": float(group.high[0]),
        "p": float(p[0]),
        "smallest_p": smallest_p(n),
        "withheld": "",
    }


def _bands_say(frame: pd.DataFrame, selection: Selection) -> str:
    indicator = indicator_of(selection)
    unit = unit_words(indicator.unit)
    said = list[str]()
    for _, row in frame[frame["withheld"] == ""].iterrows():
        low, high = (signed(row[end], indicator.decimals) for end in ("low", "high"))
        said.append(
            f"{Band(row['band']).short} {signed(row['gap'], indicator.decimals)} (95 % interval "
            f"{low} to {high}, n = {int(row['n'])}, {p_words(row['p'])}; the smallest p "
            f"{int(row['n'])} pilots can give is {number(row['smallest_p'], 3)})"
        )
    if not said:
        return f"No band has {FEWEST_PILOTS} pilots that can be compared."
    return f"Mean gap to {selection.faced}, {unit}: {listed(said)}."


bands: Final = register(
    Finding(
        key="pilots-bands",
        title=lambda s: f"{indicator_of(s).name}: mean gap by experience band",
        subtitle=lambda s: f"{indicator_of(s).unit.capitalize()} · {s.words}",
        unit=lambda s: indicator_of(s).unit,
        sources=TABLES,
        columns=BAND_COLUMNS,
        analyse=band_means,
        sentence=_bands_say,
        notes=lambda frame, selection: (
            "Bands of three or four pilots can be described, hardly tested; read the intervals.",
            *notes(frame, selection),
        ),
        method=lambda selection: facts(
            selection,
            estimand="The mean over the pilots of a band of each pilot's mean gap.",
            unit=indicator_of(selection).unit,
        ),
        kind=Kind.OFFICIAL,
        whole="indicator-places",
        about="One indicator: the mean gap of each experience band with interval and test.",
    )
)
