"""How far the returns can be trusted: figures that jump, totals that do not add up."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.evaluation.panel import Panel
from analytics.evaluation.spending import line_panel, returned_panel
from analytics.measures.ratios.lines import LAST_YEAR_OF_DETAIL, LINES, QUALITY, TOTAL
from analytics.measures.ratios.registry import RATIOS
from analytics.methods.jumps import jumped
from analytics.methods.refusal import NotEstimableError
from analytics.publication.declaration import Tables
from analytics.publication.finding import Finding
from analytics.publication.registry import register
from analytics.selection.choices import YEARS
from analytics.selection.follows import NOTHING, PILOTS
from analytics.selection.places import ENGLAND, authorities, pilots, place_name
from analytics.selection.selection import Selection
from analytics.text.wording import (
    listed,
    number,
    pluralise,
    upper_first,
    year_label,
    years_label,
)
from analytics.text.words import Words, technical_line
from data.schema import Column, ColumnKind, key_text, text
from data.sources import registry as sources
from data.sources.source import Kind
from data.wording import count_words

#: Most totals that a sentence names.
MOST_NAMED: Final = 3
ROUNDING: Final = 2.5  # pounds: lines are whole pounds, so a sum of seven misses by a pound or two

JUMP_COLUMNS: Final = (
    text("place", "Place"),
    key_text("band", "Band"),
    key_text("line", "Line"),
    text("name", "Spend on"),
    text("year", "Year"),
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    Column(name="before", label="Year before", unit="£ cash", decimals=0),
    Column(name="after", label="This year", unit="£ cash", decimals=0),
    Column(
        name="change", label="Change", unit="%", decimals=0, about="Empty where it was nothing."
    ),
    key_text("code", "GSS code", about="GSS code of the place.", in_table=False),
)
CHECK_COLUMNS: Final = (
    key_text("line", "Total"),
    text("name", "Of"),
    text("years", "Years"),
    Column(name="checked", label="Totals checked", kind=ColumnKind.COUNT, decimals=0),
    Column(name="add_up", label="Add up", kind=ColumnKind.COUNT, decimals=0),
    Column(name="off", label="Do not", kind=ColumnKind.COUNT, decimals=0),
    text("which", "Which do not"),
    Column(name="widest", label="Widest difference", unit="£ cash", decimals=0),
)


def _lines(tables: Tables) -> Panel:
    return line_panel(tables[sources.SECTION251.key], tables[sources.INDICATORS.key])


def jumps(tables: Tables, selection: Selection) -> pd.DataFrame:
    """List where a line of any ratio moved by more than half from one year to the next.

    Args:
        tables: The tables of expenditure ratios by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: No such line of these places jumped in the period.
    """
    panel = _lines(tables)
    codes = [pilot.code for pilot in selection.chosen]
    if selection.area and selection.area not in codes:
        codes.append(selection.area)
    keys = tuple(dict.fromkeys(code for ratio in RATIOS.values() for code in ratio.lines))
    chosen = [panel.places[code] for code in codes]
    values = panel.figures(keys, YEARS)[:, chosen]
    moved = jumped(values).transpose(1, 0, 2)
    years, known = selection.years, pilots(selection.programme)
    rows = [
        {
            "place": place_name(codes[place]),
            "code": codes[place],
            "band": known[codes[place]].band.key if codes[place] in known else "",
            "line": keys[line],
            "name": LINES[keys[line]].name,
            "year": year_label(YEARS[at]),
            "year_end": YEARS[at],
            "before": values[line, place, at - 1],
            "after": values[line, place, at],
        }
        for place, line, at in np.argwhere(moved).tolist()
        if YEARS[at] in years
    ]
    if not rows:
        msg = "No line of these pilots moved by more than half from one year to the next."
        raise NotEstimableError(msg)
    frame = pd.DataFrame(rows)
    before = frame["before"].to_numpy()
    change = np.divide(
        100 * (frame["after"].to_numpy() - before),
        before,
        out=np.full(len(frame), np.nan),
        where=before > 0,
    )
    return frame.assign(change=change)[[column.name for column in JUMP_COLUMNS]]


def _jumps_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say how many figures jumped, and where most of them did."""
    names = dict(zip(frame["code"], frame["place"], strict=True))
    by_place = frame["code"].value_counts()
    return Words(
        verdict=f"{pluralise(len(frame), 'figure')} moved by more than half in a year",
        plain=(
            where_most(by_place.rename(names)),
            "Such a jump may be a change of service, or of where it is booked.",
        ),
        technical=technical_line(
            f"{pluralise(frame['line'].nunique(), 'line')} of those that the ratios are made of",
            pluralise(len(by_place), "place"),
        ),
    )


def where_most(counts: pd.Series) -> str:
    """Say where most of the jumps are; places that have as many are all named, or none is.

    Args:
        counts: Jumps by name of the place, falling; not empty.
    """
    if len(counts) == 1:
        return f"{'It is' if counts.iloc[0] == 1 else 'All are'} in {counts.index[0]}."
    least = counts.iloc[min(MOST_NAMED, len(counts)) - 1]
    most = counts[counts >= least]
    if len(most) > MOST_NAMED + 1:
        most = counts[counts > least]
    if not len(most):
        many = count_words(int((counts == least).sum()))
        return f"{upper_first(many)} councils had {least} each."
    named = listed([f"{place} ({count})" for place, count in most.items()])
    return f"{'They are' if len(most) == len(counts) else 'Most often this was'} in {named}."


def checks(tables: Tables, _selection: Selection) -> pd.DataFrame:
    """Check, for every place and year held, that the parts of each total add up to it.

    Args:
        tables: The tables of expenditure ratios by key.
        _selection: Plays no part: every total is checked.
    """
    panel = returned_panel(tables[sources.SECTION251.key], tables[sources.INDICATORS.key])
    detailed = range(YEARS[0], LAST_YEAR_OF_DETAIL + 1)
    since = range(LAST_YEAR_OF_DETAIL + 1, YEARS[-1] + 1)
    rows = [
        _check(panel, code, years)
        for code, line in LINES.items()
        if line.parts
        for years in ((detailed, since) if code == TOTAL else (detailed,))
    ]
    return pd.DataFrame(rows, columns=[column.name for column in CHECK_COLUMNS])


def _check(panel: Panel, code: str, years: range) -> dict[str, object]:
    (total,) = panel.figures((code,), tuple(years))
    # A line that did not exist yet (management of children's centres, 2012/13) adds nothing.
    parts = panel.figures(LINES[code].parts, tuple(years))
    held = np.isfinite(total) & np.isfinite(parts).any(axis=0)
    off = np.where(held, np.nansum(parts, axis=0) - total, 0.0)
    wrong = np.abs(off) > ROUNDING
    places = list(panel.places)
    which = [
        f"{_place(places[place])} {year_label(years[year])}" for place, year in np.argwhere(wrong)
    ]
    held_years = [years[year] for year in np.flatnonzero(held.any(axis=0))]
    return {
        "line": code,
        "name": LINES[code].name,
        "years": years_label(held_years[0], held_years[-1]),
        "checked": int(held.sum()),
        "add_up": int((held & ~wrong).sum()),
        "off": int(wrong.sum()),
        "which": "; ".join(which),
        "widest": off.ravel()[int(np.abs(off).argmax())] if wrong.any() else 0.0,
    }


def _place(code: str) -> str:
    if code == ENGLAND:
        return "England"
    regions = {one.region_code: one.region for one in authorities().values()}
    return regions.get(code, place_name(code))


def _checks_words(frame: pd.DataFrame, _selection: Selection) -> Words:
    """Say how many totals are the sum of their parts, and which are not."""
    checked, off = int(frame["checked"].sum()), int(frame["off"].sum())
    technical = technical_line(
        f"{checked - off:,} of {checked:,} totals within £2 of the sum of their parts",
        *(f"line {row['line']}: {row['which']}" for _, row in frame[frame["off"] > 0].iterrows()),
    )
    if not off:
        return Words(verdict=f"All {checked:,} totals add up", technical=technical)
    wrong = frame[frame["off"] > 0]
    which = [one for row in wrong["which"] for one in row.split("; ")]
    named = (
        listed(which) if len(which) <= MOST_NAMED else f"{listed(which[:MOST_NAMED])} and others"
    )
    widest = number(float(wrong["widest"].abs().max()), 0)
    return Words(
        verdict=f"All but {count_words(off)} of {checked:,} totals add up",
        plain=(f"The parts do not add up for {named}, by up to £{widest}.",),
        technical=technical,
    )


jumped_lines: Final = register(
    Finding(
        key="expenditure-jumps",
        follows=PILOTS | {"years", "area"},
        title="Where a figure jumps: lines that moved by more than half in a year",
        subtitle=lambda s: (
            f"Lines that the ratios are made of · {s.pilot_words} · {s.period_words}"
        ),
        unit="lines that jumped",
        sources=(sources.SECTION251, sources.INDICATORS, sources.PILOTS),
        columns=JUMP_COLUMNS,
        analyse=jumps,
        words=_jumps_words,
        notes=(QUALITY,),
        method=(
            ("Rule", "A line of spend that rose or fell by more than half of the year before."),
            ("Lines", "Those that enter any ratio, gross, in pounds of the year."),
        ),
        kind=Kind.OFFICIAL,
        whole="expenditure-lines",
        about="Lines of spend of the pilots that moved by more than half in a year.",
    )
)

adding_up: Final = register(
    Finding(
        key="expenditure-checks",
        follows=NOTHING,
        title="Whether parts add up to their totals",
        subtitle="Every authority, region and year held",
        unit="totals",
        sources=(sources.SECTION251, sources.INDICATORS),
        columns=CHECK_COLUMNS,
        analyse=checks,
        words=_checks_words,
        notes=(QUALITY,),
        method=(
            ("Rule", "The sum of a total's parts is within £2 of it; lines are whole pounds."),
            ("Figures", "Gross expenditure of every authority, region and England."),
        ),
        kind=Kind.OFFICIAL,
        whole="expenditure-lines",
        about="Whether lines of spend add up to their totals, for every place and year.",
    )
)
