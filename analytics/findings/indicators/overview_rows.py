"""Every indicator in one row: difference, change, how sure each is, pilot by pilot and by year."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.comparison import Compared, compare
from analytics.evaluation.family_words import compared_words, rows_tested
from analytics.evaluation.measure_families import INDICATOR_FAMILY
from analytics.evaluation.method_card import Facts, comparison_notes, facts
from analytics.evaluation.outcomes import at_years
from analytics.evaluation.verdict_columns import (
    CERTAIN,
    CERTAINTY,
    COMPARATOR,
    GAP,
    HIGH,
    KEY,
    LOW,
    NAME,
    P_ADJUSTED,
    RELATIVE,
    SHORT,
    STANDARDISED,
    UNIT,
    WITHHELD,
    N,
    P,
)
from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL
from analytics.findings.measures.together import in_brief
from analytics.measures.indicators.registry import INDICATORS, core
from analytics.methods.averages import mean_of_present
from analytics.methods.gap import pilot_gaps
from analytics.programme import after, before
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import YEARS, Adjustment
from analytics.selection.follows import GAPS
from analytics.selection.selection import Selection
from analytics.text.certainty import SURE, Certainty
from analytics.text.wording import listed, pluralise, some_of, upper_first, year_label
from analytics.text.words import Words, technical_line
from data.programmes.programme import Programme
from data.schema import Column, hidden_key, text
from data.sources import registry as sources
from data.sources.source import Kind
from data.wording import count_words


def of_pilot(code: str) -> str:
    """Return the column of a pilot's gap, by its GSS code."""
    return f"gap_{code.lower()}"


def of_year(year: int) -> str:
    """Return the column of the gap in a year."""
    return f"gap_{year}"


_CHANGED: Final = (GAP, LOW, HIGH, P, P_ADJUSTED, STANDARDISED)
_OF_LEVEL: Final = (
    KEY, NAME, SHORT, UNIT, N, COMPARATOR, GAP, RELATIVE, LOW, HIGH, P, P_ADJUSTED, STANDARDISED,
    CERTAINTY, WITHHELD, CERTAIN,
)  # fmt: skip
_OF_CHANGE: Final = {one.name: f"change_{one.name}" for one in _CHANGED}
_FIRST: Final = (
    KEY,
    NAME,
    SHORT,
    UNIT,
    N,
    COMPARATOR,
    GAP,
    RELATIVE,
    text("level_words", "Difference, in words"),
    *(replace(one, in_table=False) for one in (LOW, HIGH, P, P_ADJUSTED, STANDARDISED, CERTAINTY)),
    Column(name="change_gap", label="Change of the gap"),
    text("change_words", "Change, in words"),
    *(
        Column(
            name=_OF_CHANGE[one.name],
            label=f"Change: {one.label}",
            decimals=one.decimals,
            in_table=False,
        )
        for one in _CHANGED[1:]
    ),
    text("change_certainty", "Change: how sure", in_table=False),
    replace(WITHHELD, in_table=False),
)
_LAST: Final = (
    *(
        Column(name=of_year(year), label=f"Gap, {year_label(year)}", in_table=False)
        for year in YEARS
    ),
    CERTAIN,
    hidden_key("change_certain", about="How sure the change is, as a key."),
)


def _columns(of: Programme) -> tuple[Column, ...]:
    """Return the columns, of which each pilot of the programme has one."""
    pilots = (
        Column(name=of_pilot(one.code), label=f"Gap, {one.name}", in_table=False)
        for one in of.pilots
    )
    return (*_FIRST, *pilots, *_LAST)


def every_indicator(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return one row per core indicator, the surest difference first.

    Args:
        tables: The tables of the indicators by key.
        selection: What the reader chose.
    """
    family = INDICATOR_FAMILY
    whole = compare(
        family.panel(tables, selection),
        tables[sources.NEIGHBOURS.key],
        replace(selection, first=YEARS[0], last=YEARS[-1]),
        keys=tuple(one.key for one in core()),
        codes=tuple(pilot.code for pilot in selection.chosen),
    )
    inside = at_years(whole, selection.years)
    level, change = (in_brief(family, tables, selection, change=one) for one in (False, True))
    each = dict(zip(inside.codes, pilot_gaps(inside.own, inside.comparator).T, strict=True))
    keys, certain, gaps = (level[name].tolist() for name in ("key", "certain", "gap"))
    moved = zip(change["certain"].tolist(), change["gap"].tolist(), strict=True)
    frame = pd.DataFrame(
        {
            **{column.name: level[column.name].array for column in _OF_LEVEL},
            "level_words": list(map(_level, keys, certain, gaps)),
            "change_words": [_change(*one) for one in moved],
            "change_certain": change["certain"].array,
            "change_certainty": change["certainty"].array,
            **{new: change[old].array for old, new in _OF_CHANGE.items()},
            **{
                of_pilot(one.code): each.get(one.code, np.nan) for one in selection.programme.pilots
            },
            **_by_year(whole),
        }
    )
    adjusted, p, size = (
        frame[name].to_numpy(np.float64) for name in ("p_adjusted", "p", "standardised")
    )
    return frame.iloc[np.lexsort((-np.abs(size), p, adjusted))]


def _by_year(compared: Compared) -> dict[str, np.ndarray]:
    """Average the gaps of the pilots in every year, by column."""
    gaps = mean_of_present(np.moveaxis(compared.own - compared.comparator, 1, 2))
    return {of_year(year): gaps[:, at] for at, year in enumerate(compared.years)}


def _level(key: str, certain: str, gap: float) -> str:
    """Say in few words whether pilots differ; "clearly" is said of what is clear alone."""
    towards = "" if np.isnan(gap) else INDICATORS[key].plain.contrast.towards(gap)
    return _said(
        Certainty(certain), f"clearly {towards}", f"perhaps {towards}", "no clear difference"
    )


def _change(certain: str, gap: float) -> str:
    clear, perhaps = (
        ("fell clearly", "perhaps fell") if gap < 0 else ("rose clearly", "perhaps rose")
    )
    return _said(Certainty(certain), clear, perhaps, "no clear change")


def _said(sure: Certainty, clear: str, perhaps: str, neither: str) -> str:
    return {
        Certainty.CLEAR: clear,
        Certainty.UNCOUNTED: clear,
        Certainty.ALONE: perhaps,
        Certainty.NOT_CLEAR: neither,
        Certainty.UNTESTABLE: "cannot be tested",
    }[sure]


def _words(frame: pd.DataFrame, selection: Selection) -> Words:
    tested, moved = (len(rows_tested(frame, name)) for name in ("certain", "change_certain"))
    compared, followed = (int(frame[name].notna().sum()) for name in ("gap", "change_gap"))
    differ, changed = (
        sum(one in SURE for one in frame[name].tolist()) for name in ("certain", "change_certain")
    )
    if not (tested or moved):
        verdict = TOO_FEW_TO_TELL
    else:
        verb = "differs" if differ == 1 else "differ"
        first = (
            f"{_count(differ)} of {pluralise(tested, 'measure')} tested {verb} clearly"
            if tested
            else "No difference can be told"
        )
        second = f"{_count(changed).lower()} of {moved} changed clearly"
        verdict = f"{first}, {second if moved else 'no change can be told'}"
    return Words(
        verdict=verdict,
        plain=(
            f"Each row sets the pilots beside {selection.than}.",
            "A difference may have been there before the project; only a change can be its effect.",
            *_untested(frame),
        ),
        technical=technical_line(
            compared_words(compared, tested, "differences"),
            compared_words(followed, moved, "changes"),
            f"{int((frame['p'] < 0.05).sum())} and {int((frame['change_p'] < 0.05).sum())} with "  # noqa: PLR2004 (as named)
            "p < 0.05 alone",
            "not adjusted"
            if selection.adjust is Adjustment.NONE
            else f"adjusted by {selection.adjust.label}: {differ} and {changed}",
        ),
    )


def _untested(frame: pd.DataFrame) -> tuple[str, ...]:
    """Say how many differences and changes have too few pilots, where others can be tested."""
    many = len(frame)
    each = {
        "difference": many - len(rows_tested(frame)),
        "change": many - len(rows_tested(frame, "change_certain")),
    }
    # That none of them can be tested is said in the verdict.
    some = [some_of(count, many, thing) for thing, count in each.items() if 0 < count < many]
    return (f"Too few pilots have the figures to test {listed(some)}.",) if some else ()


def _count(many: int) -> str:
    return upper_first(count_words(many)) if many else "None"


def _method(selection: Selection) -> Facts:
    of = selection.programme
    return facts(
        selection,
        estimand="The difference: the mean over pilots of each pilot's mean gap over the years of "
        f"the period. Its change: the mean gap from {after(of)} on minus the mean gap up to "
        f"{before(of)}. By year: the mean gap of the pilots that can be compared in that year.",
        unit="That of each indicator; the gap as a share of the comparator in %.",
    )


def _notes(_frame: pd.DataFrame, selection: Selection) -> tuple[str, ...]:
    return (
        "Dots and lines have a scale for each row: sizes of different rows cannot be compared.",
        *comparison_notes(selection),
    )


rows: Final = register(
    Finding(
        key="overview-rows",
        follows=GAPS | {"adjust"},
        title=f"Every indicator: {len(core())} in one table",
        unit="that of each indicator",
        sources=INDICATOR_FAMILY.sources,
        columns=_columns,
        analyse=every_indicator,
        words=_words,
        notes=_notes,
        method=_method,
        kind=Kind.OFFICIAL,
        whole="kpis-every-year",
        about="One row per indicator: difference and change in words, by pilot and by year.",
    )
)
