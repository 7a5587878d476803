"""One council on every measure of a family: the figures that its page is made of."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.evaluation.comparison import compare, neighbours_of
from analytics.evaluation.measure_families import MeasureFamily
from analytics.evaluation.panel import Floats
from analytics.measures.measure import Measure
from analytics.methods.averages import mean_of_present
from analytics.methods.refusal import NotEstimableError
from analytics.methods.standing import place, rank
from analytics.publication.declaration import Tables
from analytics.selection.choices import YEARS, Comparator
from analytics.selection.places import authorities
from analytics.selection.selection import Selection
from analytics.text.wording import year_label
from data.schema import Column, ColumnKind, hidden_key, key_text, number_in, text
from data.sources.registry import NEIGHBOURS

NONE_CHOSEN: Final = "Choose a council: its page names it, or “area” in an address of data."

#: How a year and its value are written in the hidden columns of series.
SERIES: Final = "year:value, with spaces between."


def council_columns(decimals: int) -> tuple[Column, ...]:
    """Return the columns of one council on every measure.

    Args:
        decimals: Of the values, in tables on screen.
    """

    def value(name: str, label: str, about: str = "") -> Column:
        return Column(name=name, label=label, decimals=decimals, about=about)

    def count(name: str, label: str, about: str) -> Column:
        return Column(name=name, label=label, kind=ColumnKind.COUNT, decimals=0, about=about)

    return (
        key_text("key", "Key", in_table=False),
        text("name", "Measure"),
        text("unit", "Unit"),
        Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR, in_table=False),
        text("year", "Year", about="The latest of the period with a figure of the council."),
        value("value", "This council"),
        value("similar", "Similar councils", "Average of its own statistical neighbours."),
        value("similar_low", "Lowest of them"),
        value("similar_high", "Highest of them"),
        count("n_similar", "Similar councils with a figure", "Behind average and range."),
        value("pilots", "Pilots", "Mean of the pilots chosen, the council itself left out."),
        count("n_pilots", "Pilots with a figure", "Behind that mean."),
        count("rank", "Rank in England", "1 is the highest figure; equal figures share a rank."),
        count("ranked", "Councils ranked", "English authorities with a figure in that year."),
        key_text(
            "position",
            "Position",
            about="below, within or above the range of its similar councils; empty where unknown.",
        ),
        key_text("status", "Status symbol", about="Why a value is missing or qualified."),
        hidden_key("own_years", about=f"The council by year: {SERIES}"),
        hidden_key("similar_years", about=f"The average of its similar councils: {SERIES}"),
        hidden_key("related_years", about=f"Councils before or after it: code:{SERIES}"),
    )


def year_columns(decimals: int) -> tuple[Column, ...]:
    """Return the columns of one council on every measure by year.

    Args:
        decimals: Of the values, in tables on screen.
    """
    return (
        key_text("key", "Key", in_table=False),
        text("name", "Measure"),
        text("unit", "Unit"),
        key_text("code", "GSS code", in_table=False),
        text("place", "Place"),
        key_text("role", "Role", about="yours; or predecessor or successor by boundary changes."),
        Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR, in_table=False),
        text("year", "Year"),
        Column(name="value", label="Value", decimals=decimals),
        Column(name="similar", label="Similar councils", decimals=decimals, beside=True),
        Column(name="pilots", label="Pilots", decimals=decimals, beside=True),
        key_text("status", "Status symbol", about="Why a value is missing or qualified."),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figures:
    """Everything known of one council on the measures of a family, every year.

    Attributes:
        measures: First axis.
        own: As published, shape (measures, years), NaN where missing.
        symbols: The publisher's symbols of those, same shape.
        compared: Those that may enter a comparison, same shape.
        similar: Average of its similar councils, same shape.
        around: Their own figures, shape (measures, similar councils, years).
        pilots: Figures of the chosen pilots but itself, shape (measures, pilots, years).
        everyone: Figures of every English authority, shape (measures, authorities, years).
        related: Published figures by code of those it was formed from or replaced by.
    """

    measures: tuple[Measure, ...]
    own: Floats
    symbols: NDArray[np.str_]
    compared: Floats
    similar: Floats
    around: Floats
    pilots: Floats
    everyone: Floats
    related: dict[str, Floats]


def figures(family: MeasureFamily, tables: Tables, selection: Selection) -> Figures:
    """Collect the figures of the council that the selection names.

    Args:
        family: The family of the measures.
        tables: The tables of the family by key.
        selection: What the reader chose; its comparator is always the similar councils.

    Raises:
        NotEstimableError: No council is chosen.
    """
    if not selection.area:
        raise NotEstimableError(NONE_CHOSEN)
    panel, code = family.panel(tables, selection), selection.area
    asked = replace(selection, compare=Comparator.NEIGHBOURS, first=YEARS[0], last=YEARS[-1])
    keys = tuple(one.key for one in family.core())
    compared = compare(panel, tables[NEIGHBOURS.key], asked, keys=keys, codes=(code,))
    values, symbols = panel.block(keys, YEARS)
    comparable = panel.comparable(keys, YEARS)
    similar = neighbours_of(code, tables[NEIGHBOURS.key], asked)
    others = [pilot.code for pilot in selection.chosen if pilot.code != code]

    def of(codes: list[str]) -> Floats:
        return comparable[:, [panel.places[one] for one in codes if one in panel.places]]

    return Figures(
        measures=family.core(),
        own=values[:, panel.places[code]],
        symbols=symbols[:, panel.places[code]],
        compared=compared.own[:, 0],
        similar=compared.comparator[:, 0],
        around=of(list(similar)),
        pilots=of(others),
        everyone=of(list(authorities())),
        related={other: values[:, panel.places[other]] for other, _ in related(code)},
    )


def related(code: str) -> list[tuple[str, str]]:
    """Return the councils that one was formed from or replaced by, each with its role.

    Args:
        code: GSS code of the council.
    """
    place = authorities()[code]
    before = [(one, "predecessor") for one in place.predecessors]
    return [*before, *((one, "successor") for one in place.successors)]


def council_frame(family: MeasureFamily, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return one row for each measure, of the latest year of the period with a figure.

    Args:
        family: The family of the measures.
        tables: The tables of the family by key.
        selection: What the reader chose.

    Raises:
        NotEstimableError: No council is chosen.
    """
    found = figures(family, tables, selection)
    return pd.DataFrame([_row(found, at, selection) for at in range(len(found.measures))])


def _row(found: Figures, at: int, selection: Selection) -> dict[str, object]:
    measure = found.measures[at]
    inside = [YEARS.index(year) for year in selection.years]
    held = [year for year in inside if np.isfinite(found.own[at, year])]
    year = held[-1] if held else inside[-1]
    said = found.compared[at, year]
    around, pilots = found.around[at, :, year], found.pilots[at, :, year]
    # A range is shown where an average is: of fewer councils it would say little.
    known = np.where(np.isfinite(found.similar[at, year]), around, np.nan)
    standing = place(said, known)
    ranked = rank(said, found.everyone[at, :, year])
    return {
        "key": measure.key,
        "name": measure.name,
        "unit": measure.unit,
        "year_end": YEARS[year],
        "year": year_label(YEARS[year], measure.day),
        "value": found.own[at, year],
        "similar": found.similar[at, year],
        "similar_low": standing.low,
        "similar_high": standing.high,
        "n_similar": int(np.isfinite(around).sum()),
        "pilots": float(mean_of_present(pilots)),
        "n_pilots": int(np.isfinite(pilots).sum()),
        "rank": ranked.rank,
        "ranked": ranked.of,
        "position": standing.place.value,
        "status": str(found.symbols[at, year]),
        "own_years": _series(found.own[at]),
        "similar_years": _series(found.similar[at]),
        "related_years": " ".join(
            f"{code}:{pair}"
            for code, values in found.related.items()
            for pair in _series(values[at]).split()
        ),
    }


def _series(values: Floats) -> str:
    """Write a series as the hidden columns hold it: years with figures, eight digits a figure."""
    pairs = zip(YEARS, values.tolist(), strict=True)
    return " ".join(f"{year}:{value:.8g}" for year, value in pairs if np.isfinite(value))


def council_by_year(family: MeasureFamily, tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return one row for each measure and year, and for those the council came of or became.

    Args:
        family: The family of the measures.
        tables: The tables of the family by key.
        selection: What the reader chose; every year held is returned.

    Raises:
        NotEstimableError: No council is chosen.
    """
    found = figures(family, tables, selection)
    roles = dict(related(selection.area))
    pilots = mean_of_present(found.pilots.transpose(0, 2, 1))
    rows = list[dict[str, object]]()
    for at, measure in enumerate(found.measures):
        own = _yearly(measure, selection.area, "yours", found.own[at])
        for year, row in enumerate(own):
            row["similar"], row["pilots"] = found.similar[at, year], pilots[at, year]
            row["status"] = str(found.symbols[at, year])
        rows += own
        for code, values in found.related.items():
            others = _yearly(measure, code, roles[code], values[at])
            rows += [row for row in others if np.isfinite(number_in(row, "value"))]
    return pd.DataFrame(rows)


def _yearly(measure: Measure, code: str, role: str, values: Floats) -> list[dict[str, object]]:
    return [
        {
            "key": measure.key,
            "name": measure.name,
            "unit": measure.unit,
            "code": code,
            "place": authorities()[code].label,
            "role": role,
            "year_end": year,
            "year": year_label(year, measure.day),
            "value": value,
            "similar": np.nan,
            "pilots": np.nan,
            "status": "",
        }
        for year, value in zip(YEARS, values.tolist(), strict=True)
    ]
