"""One indicator by place: each pilot beside its own neighbours, and every authority."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.choices import Comparator
from analytics.comparison import compare, neighbours_of
from analytics.method_card import Facts, facts
from analytics.methods.averages import mean_of_present
from analytics.panel import Panel, indicator_panel
from analytics.places import authorities, pilots, place_name
from analytics.publication.finding import Finding, Tables, register
from analytics.selection import Selection
from analytics.subject import faced, indicator_of, notes
from analytics.wording import counted, signed, unit_words
from data import sources
from data.load import Table
from data.schema import Column, ColumnKind, text
from data.source import Kind
from data.symbols import Symbol

TABLES: Final = (sources.INDICATORS, sources.NEIGHBOURS, sources.AUTHORITIES, sources.PILOTS)


PLACE_COLUMNS: Final = (
    text("group", "Compared", about="The pilot (or your authority) the row stands with."),
    text("band", "Band"),
    text("role", "Role", about="pilot, yours, neighbour, region, england or average."),
    text("code", "GSS code"),
    text("place", "Place"),
    Column(name="value", label="Mean over the period"),
    Column(name="gap", label="Gap", about="On the pilot's own row: the mean of its yearly gaps."),
    Column(name="years", label="Years with figures", kind=ColumnKind.COUNT, decimals=0),
    text("symbols", "Symbols", about="The publisher's symbols in the years of the period."),
)


def places_beside(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Put every pilot, and the reader's own authority, beside what it is compared with.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    panel = indicator_panel(tables[sources.INDICATORS.key], selection.vintage)
    shown = _shown(selection)
    compared = compare(
        panel,
        tables[sources.NEIGHBOURS.key],
        selection,
        keys=(selection.indicator,),
        codes=tuple(code for code, _ in shown),
    )
    gaps = (compared.own - compared.comparator)[0]
    both = np.isfinite(gaps)
    gap, own, against = (
        mean_of_present(np.where(both, part, np.nan))
        for part in (gaps, compared.own[0], compared.comparator[0])
    )
    rows = list[dict[str, object]]()
    for at, (code, role) in enumerate(shown):
        single = _single(panel, selection, code)
        level = own[at] if both[at].any() else single["value"]
        group = {"group": place_name(code), "band": _band(code)}
        rows.append({**group, **single, "role": role, "value": level, "gap": gap[at]})
        rows.extend(
            {**group, **_single(panel, selection, other), "role": "neighbour"}
            for other in _listed(code, tables[sources.NEIGHBOURS.key], selection)
        )
        average = {"role": "average", "code": "", "place": _average_name(selection)}
        years = {"value": against[at], "years": int(both[at].sum()), "symbols": ""}
        rows.append({**group, **average, **years})
    return pd.DataFrame(rows, columns=[column.name for column in PLACE_COLUMNS])


def _shown(selection: Selection) -> list[tuple[str, str]]:
    shown = [(pilot.code, "pilot") for pilot in selection.chosen]
    if selection.area and selection.area not in {code for code, _ in shown}:
        shown.append((selection.area, "yours"))
    return shown


def _listed(code: str, neighbours: Table, selection: Selection) -> tuple[str, ...]:
    if selection.compare is not Comparator.NEIGHBOURS:
        return ()
    return neighbours_of(code, neighbours, selection)


def _average_name(selection: Selection) -> str:
    return {
        Comparator.NEIGHBOURS: f"{selection.average.capitalize()} of neighbours",
        Comparator.REGION: "Region",
        Comparator.ENGLAND: "England",
        Comparator.PILOTS: f"{selection.average.capitalize()} of other pilots",
    }[selection.compare]


def _band(code: str) -> str:
    known = pilots()
    return known[code].band.words if code in known else "Your authority"


def _single(panel: Panel, selection: Selection, code: str) -> dict[str, object]:
    values, symbols = panel.block((selection.indicator,), selection.years)
    at = panel.places[code]
    usable = np.where(symbols[0, at] == Symbol.PARTIAL_2014.value, np.nan, values[0, at])
    found = np.isfinite(usable)
    marks = [mark for mark in dict.fromkeys(symbols[0, at].tolist()) if mark]
    return {
        "code": code,
        "place": place_name(code),
        "value": usable[found].mean() if found.any() else np.nan,
        "years": int(found.sum()),
        "symbols": " ".join(marks),
    }


def _places_say(frame: pd.DataFrame, selection: Selection) -> str:
    indicator = indicator_of(selection)
    gaps = frame[frame["role"].eq("pilot") & frame["gap"].notna()]
    if not len(gaps):
        return "No chosen pilot can be compared on this indicator in these years."
    below, above = int((gaps["gap"] < 0).sum()), int((gaps["gap"] > 0).sum())
    size = gaps["gap"].to_numpy()
    low, high = gaps.iloc[int(size.argmin())], gaps.iloc[int(size.argmax())]
    unit = unit_words(indicator.unit)
    words = (
        f"Of {counted(len(gaps), 'pilot')} compared, {below} stood below and {above} above "
        f"{faced(selection).replace('their', 'its own') if len(gaps) == 1 else faced(selection)}"
    )
    if len(gaps) == 1:
        only = signed(low["gap"], indicator.decimals)
        return f"{words}: {low['place']} by {only} {unit}."
    span = (
        f"from {signed(low['gap'], indicator.decimals)} ({low['place']}) to "
        f"{signed(high['gap'], indicator.decimals)} ({high['place']}) {unit}"
    )
    return f"{words}, {span}."


def _places_method(selection: Selection) -> Facts:
    definition = ("Definition", indicator_of(selection).definition)
    common = facts(
        selection,
        estimand="Each pilot's mean over the years of the period, beside the mean of each of its "
        "neighbours and their average over the same years.",
        unit=indicator_of(selection).unit,
        test=False,
    )
    return (definition, *common)


places: Final = register(
    Finding(
        key="indicator-places",
        title=lambda s: f"{indicator_of(s).name}: every pilot beside its own comparator",
        subtitle=lambda s: f"{indicator_of(s).unit.capitalize()}, mean over the period · {s.words}",
        unit=lambda s: indicator_of(s).unit,
        sources=TABLES,
        columns=PLACE_COLUMNS,
        analyse=places_beside,
        sentence=_places_say,
        notes=notes,
        method=_places_method,
        kind=Kind.OFFICIAL,
        whole="indicator-values",
        about="One indicator: each pilot, each of its neighbours and their average.",
    )
)

VALUE_COLUMNS: Final = (
    text("code", "GSS code"),
    text("place", "Place"),
    text("region", "Region"),
    text("pilot", "Pilot", about="Band of a pilot; empty for other authorities."),
    Column(name="year_end", label="Year ending", kind=ColumnKind.YEAR),
    Column(name="value", label="Value"),
    text("status", "Status symbol", about="The publisher's own symbol, where qualified."),
)


def every_place(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Return one indicator for every authority and every year of the period.

    Args:
        tables: The tables of ``TABLES`` by key.
        selection: What the reader chose.
    """
    panel = indicator_panel(tables[sources.INDICATORS.key], selection.vintage)
    values, symbols = panel.block((selection.indicator,), selection.years)
    known = authorities()
    rows = [
        {
            "code": code,
            "place": known[code].name,
            "region": known[code].region,
            "pilot": pilots()[code].band.value if code in pilots() else "",
            "year_end": year,
            "value": values[0, panel.places[code], at],
            "status": symbols[0, panel.places[code], at],
        }
        for code in known
        for at, year in enumerate(selection.years)
    ]
    return pd.DataFrame(rows, columns=[column.name for column in VALUE_COLUMNS])


def _every_says(frame: pd.DataFrame, _selection: Selection) -> str:
    held, missing = int(frame["value"].notna().sum()), int(frame["value"].isna().sum())
    return (
        f"{held:,} values of {frame['code'].nunique()} authorities, abolished ones included; "
        f"{missing:,} are missing or suppressed and carry the publisher's symbol."
    )


values: Final = register(
    Finding(
        key="indicator-values",
        title=lambda s: f"{indicator_of(s).name}: every authority and year of the period",
        subtitle=lambda s: f"{indicator_of(s).unit.capitalize()} · {s.period_words}",
        unit=lambda s: indicator_of(s).unit,
        sources=TABLES,
        columns=VALUE_COLUMNS,
        analyse=every_place,
        sentence=_every_says,
        notes=notes,
        method=_places_method,
        kind=Kind.OFFICIAL,
        whole="",
        about="One indicator for every English authority, with the publisher's symbols.",
    )
)
