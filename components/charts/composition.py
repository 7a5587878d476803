"""What spend is made of: a row a line, pilots first and last year, comparator and England."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import number, upper_first
from components.charts.chart import (
    ACCENT,
    COMPARATOR,
    INK,
    MUTED,
    Cell,
    Figure,
    absent,
    cells,
    figure,
    key,
)
from data.schema import number_in, records

ROWS: Final = (30, 22)  # pixels of a row: of few, whose names may have two lines, and of many
FEW: Final = 10
TALL_ROW: Final = 44
FRAME: Final = 70


def shares(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw each line's share of the total, in per cent, widest part first.

    Args:
        frame: Rows of the findings ``expenditure-composition`` and ``expenditure-detail``.
        quantity: Titles the axis.
    """
    rows = frame.sort_values("pilots", ascending=False, na_position="last")
    names = [upper_first(name) for name in rows["name"]]
    said = [_words(row) for row in records(rows)]
    first, last = (_percent(rows, name) for name in ("pilots_first", "pilots"))
    hollow: Figure = {"size": 10, "color": "@chart-surface", "line": {"width": 2, "color": ACCENT}}
    upright: Figure = {"symbol": "line-ns-open", "line": {"width": 2.5}}
    traces = [
        *_joined(first, last, names),
        _dots("England", _percent(rows, "england"), names, said,
              {**upright, "size": 16, "color": MUTED}),
        _dots("Comparator", _percent(rows, "comparator"), names, said,
              {"size": 9, "color": COMPARATOR, "symbol": "diamond"}),
        _dots("Pilots, first year", first, names, said, hollow),
        _dots("Pilots, last year", last, names, said, {"size": 12, "color": ACCENT}),
    ]  # fmt: skip
    start, end = rows["first"].iloc[0], rows["last"].iloc[0]
    one = start == end
    legend = [
        *([] if one else [("○", f"pilots {start}", ACCENT)]),
        ("●", f"pilots {end}", ACCENT),
        ("◆", f"comparator {end}", COMPARATOR),
        ("<b>|</b>", "England", MUTED),
    ]
    return figure(
        traces,
        height=FRAME + ROWS[len(names) > FEW] * len(names),
        tall=FRAME + 2 * FRAME // 5 + TALL_ROW * len(names),
        margin={"l": 0, "r": 20, "t": 6, "b": 0},
        annotations=[key(legend)],
        xaxis={"title": {"text": upper_first(quantity.unit)}, "ticksuffix": "%",
               "showgrid": True, "rangemode": "tozero",
               "gridcolor": "@chart-grid"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.5, -0.5], "showgrid": False, "ticks": "", "showline": False,
               "tickfont": {"color": INK, "size": 12}},
    )  # fmt: skip


def _percent(rows: pd.DataFrame, name: str) -> list[Cell]:
    return [100 * cell if isinstance(cell, float) else None for cell in cells(rows, name)]


def _dots(
    name: str, where: list[Cell], names: list[str], said: list[str], marker: Figure
) -> Figure:
    return {
        "type": "scatter", "mode": "markers", "name": name, "x": where, "y": names,
        "marker": marker, "customdata": said,
    }  # fmt: skip


def _joined(first: list[Cell], last: list[Cell], names: list[str]) -> list[Figure]:
    return [
        {"type": "scatter", "mode": "lines", "x": [start, end], "y": [name] * 2,
         "line": {"width": 3, "color": ACCENT}, "hoverinfo": "skip", "meta": {"silent": True}}
        for start, end, name in zip(first, last, names, strict=True)
        if start is not None and end is not None
    ]  # fmt: skip


def _words(row: dict[str, object]) -> str:
    def share(name: str) -> str:
        found = number_in(row, name)
        return "–" if absent(found) else f"{number(100 * found)}%"

    then = "" if row["first"] == row["last"] else f" ({share('pilots_first')} in {row['first']})"
    return (
        f"{row['name']}, {row['last']}: pilots {share('pilots')}{then}, comparator "
        f"{share('comparator')}, England {share('england')}; n = {number(number_in(row, 'n'), 0)}"
    )
