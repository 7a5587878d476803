"""Spend per child by year: a panel for each kind of child, pilots and comparator, two prices."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import number, signed
from components.charts.chart import (
    ACCENT,
    COMPARATOR,
    INK,
    MUTED,
    Figure,
    absent,
    column,
    figure,
    key,
    project_start,
    short_year,
    start_words,
)
from components.charts.keys import keyed
from data.schema import number_in, records

PANEL: Final = 128
GAP: Final = 0.1
CASH: Final = "cash"
REAL: Final = "real"

Row = dict[str, object]


def per_child(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw pounds per child by year, one panel below the other, each on its own scale.

    Args:
        frame: Rows of the finding ``expenditure-per-child``.
        quantity: Names the programme; each panel names its own unit.
    """
    spends = dict[object, list[Row]]()
    for row in records(frame):
        spends.setdefault(row["spend_key"], []).append(row)
    height = (1 - GAP * (len(spends) - 1)) / len(spends)
    traces, annotations, shapes = list[Figure](), list[Figure](), list[Figure]()
    axes = dict[str, Figure]()
    for at, rows in enumerate(spends.values()):
        top = 1 - at * (height + GAP)
        axis = "y" if at == 0 else f"y{at + 1}"
        traces.extend(_lines(rows, axis))
        annotations.append(_title(str(rows[0]["name"]), str(rows[0]["unit"]), top))
        shapes.append(_start(project_start(quantity.programme), top, height))
        axes[axis.replace("y", "yaxis")] = {
            "domain": [max(top - height, 0), top], "rangemode": "tozero", "nticks": 4,
            "tickprefix": "£", "separatethousands": True,
        }  # fmt: skip
    years = sorted({int(year) for year in frame["year_end"]})
    labels = dict(zip(frame["year_end"].tolist(), frame["year"].tolist(), strict=True))
    ticks = [short_year(str(labels[year])) for year in years]
    legend = [
        ("●", "pilots", ACCENT), ("◆", "comparator", COMPARATOR), ("- -", "2018/19 prices", INK),
        ("┆", start_words(quantity.programme), MUTED),
    ]  # fmt: skip
    annotations.append(key(legend))
    return figure(
        traces,
        height=66 + PANEL * len(spends),
        tall=100 + PANEL * len(spends),
        margin={"l": 56, "r": 16, "t": 22, "b": 24},
        annotations=annotations,
        shapes=shapes,
        xaxis={"range": [years[0] - 0.5, years[-1] + 0.5], "tickvals": years, "tickangle": 0,
               "ticktext": ticks, "showgrid": False,
               "anchor": "y" if len(spends) == 1 else f"y{len(spends)}"},
        **axes,
    )  # fmt: skip


def _lines(rows: list[Row], axis: str) -> list[Figure]:
    drawn = list[Figure]()
    for prices in (REAL, CASH):
        part = [row for row in rows if row["prices_key"] == prices]
        cash = prices == CASH
        said = [_words(row) for row in part]
        for side, name, colour, symbol in (
            ("comparator", "Comparator", COMPARATOR, "diamond"),
            ("pilots", "Pilots", ACCENT, "circle"),
        ):
            line = _line(part, side, colour, cash=cash, axis=axis)
            line["marker"] = {"size": 6, "color": colour, "symbol": symbol}
            words = "cash" if cash else "2018/19"
            named = {**line, "name": f"{name}, {words}", "customdata": said}
            drawn.append(keyed(named, str(part[0]["key"]) if part else ""))
    return drawn


def _line(rows: list[Row], name: str, colour: str, *, cash: bool, axis: str) -> Figure:
    return {
        "type": "scatter", "mode": "lines+markers" if cash else "lines",
        "x": column(rows, "year_end"), "y": column(rows, name), "yaxis": axis,
        "line": {"color": colour, "width": 2.5 if cash else 1.75,
                 "dash": "solid" if cash else "dash"},
    }  # fmt: skip


def _title(name: str, unit: str, top: float) -> Figure:
    words = f"<b>{name}</b>"
    return {
        "x": 0, "xref": "paper", "xanchor": "left", "y": top, "yref": "paper", "yanchor": "bottom",
        "text": words, "showarrow": False, "xshift": -56, "yshift": 2, "hovertext": unit,
        "font": {"size": 13, "color": INK},
    }  # fmt: skip


def _start(at: float, top: float, height: float) -> Figure:
    return {
        "type": "line", "x0": at, "x1": at, "y0": max(top - height, 0),
        "y1": top, "yref": "paper", "layer": "below",
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
    }  # fmt: skip


def _words(row: Row) -> str:
    pilots, against, gap = (number_in(row, name) for name in ("pilots", "comparator", "gap"))
    prices = "cash" if row["prices_key"] == CASH else "2018/19 prices"
    head = f"{row['name']}, {row['year']}, {prices}"
    if absent(gap):
        return f"{head}: cannot be compared"
    return (
        f"{head}: pilots £{number(pilots, 0)}, {row['compared_with']} £{number(against, 0)}, gap "
        f"{signed(gap, 0)}, n = {number(number_in(row, 'n'), 0)}"
    )
