"""Estimates and their intervals against a line of no gap, one row each (a forest plot)."""

from math import inf
from typing import Final

import pandas as pd

from analytics.selection.choices import Adjustment
from analytics.text.certainty import SURE, Certainty
from analytics.text.quantity import Quantity, apart
from analytics.text.wording import number, p_words, signed, significant
from components.charts.chart import (
    ACCENT,
    INK,
    MUTED,
    NO_RANGE,
    SILENT,
    Figure,
    absent,
    column,
    error_bars,
    figure,
    key,
    padded,
    range_words,
)
from components.charts.keys import keyed
from data.schema import number_in, records

FRAME: Final = 84
#: Pixels of a row, by how many rows there are at most; of any more, the last.
ROWS: Final = ((10, 24), (14, 17), (0, 16))
TALL_ROW: Final = 28  # holds a name in two lines
SIZES: Final = ((14, 10), (0, 8))  # of marks, alike: lines are seen on both sides of smaller ones
EDGE: Final = 0.03  # room beside the widest interval, as a share of the axis


def relative_gaps(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw one row per indicator, widest gap first; filled where it is clear of chance.

    Rows have units of their own, so each gap is drawn as a share of the comparator's level; its
    words say it in the unit of the row.

    Args:
        frame: Rows of ``analytics.evaluation.verdicts``. A row that is not answered keeps its
            place, with its reason in words. Where so few pilots cannot bound the range of a
            gap, none is drawn.
        quantity: Titles the axis.
    """
    moved = quantity.is_change
    measured = f"{'Change of the gap' if moved else 'Gap'} as share of comparator"
    rows = sorted(records(frame), key=_widest_first)
    names = [_name(row) for row in rows]
    strong = [row["certain"] in SURE for row in rows]
    middle = column(rows, "relative")
    low, high = (
        [
            one if _is_bounded(row) else None
            for one, row in zip(column(rows, name), rows, strict=True)
        ]
        for name in ("relative_low", "relative_high")
    )
    trace: Figure = {
        "type": "scatter", "mode": "markers", "x": middle, "y": names,
        "name": measured,
        "marker": {
            "size": _by_many(len(rows), SIZES),
            "symbol": ["circle" if _is_bounded(row) else "x-thin" for row in rows],
            "color": [ACCENT if one else "@chart-surface" for one in strong],
            "line": {"width": 2, "color": ACCENT},
        },
        "error_x": {
            "type": "data", "symmetric": False, "color": ACCENT, "thickness": 1.6, "width": 0,
            **error_bars(middle, low, high),
        },
        "customdata": [_words(row) for row in rows],
    }  # fmt: skip
    return figure(
        [keyed(trace, [str(row["key"]) for row in rows])],
        height=FRAME + _by_many(len(rows), ROWS) * len(rows),
        tall=FRAME + 34 + TALL_ROW * len(rows),
        meta={"beside": True},
        margin={"l": 0, "r": 12, "t": 18, "b": 0},
        xaxis={"title": {"text": measured}, "ticksuffix": "%",
               "range": padded([*middle, *low, *high], below=EDGE, above=EDGE),
               "zeroline": True, "zerolinecolor": MUTED, "nticks": 5,
               "zerolinewidth": 1.5, "showgrid": True, "gridcolor": "@chart-grid"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.5, -0.5],
               "showgrid": False, "tickfont": {"color": INK, "size": 12},
               "ticks": "", "showline": False},
        annotations=[*_sides(moved=moved), key(_key(rows)), *_silent(rows, names),
                     *_values(rows, names, strong)],
    )  # fmt: skip


def _widest_first(row: dict[str, object]) -> float:
    size = number_in(row, "relative")
    return inf if absent(size) else -abs(size)


def _is_bounded(row: dict[str, object]) -> bool:
    return not (absent(row["low"]) or absent(row["high"]))


def _name(row: dict[str, object]) -> str:
    """Return the name of a row on the axis; that of the one a reader has chosen is bold."""
    return f"<b>{row['short']}</b>" if row.get("chosen") == "yes" else str(row["short"])


def _by_many(many: int, heights: tuple[tuple[int, int], ...]) -> int:
    return next((pixels for most, pixels in heights if many <= most), heights[-1][1])


def _values(rows: list[dict[str, object]], names: list[str], strong: list[bool]) -> list[Figure]:
    """Write the value of each row in a column at the edge, bold where it is clear."""
    written = list[Figure]()
    for name, clear, row in zip(names, strong, rows, strict=True):
        value = number_in(row, "relative")
        if absent(value):
            continue
        end = number_in(row, "relative_high")
        bounded = not absent(end) and _is_bounded(row)
        words = f"<b>{_per_cent(value)}</b>" if clear else _per_cent(value)
        written.append(
            {"name": "edge", "x": end if bounded else value, "y": name, "text": words,
             "showarrow": False, "font": {"size": 12, "color": INK}, "xshift": 3 if bounded else 9}
        )  # fmt: skip
    return written


def _per_cent(value: float) -> str:
    return f"{signed(value, 0)}%"


def _sides(*, moved: bool) -> list[Figure]:
    lower, higher = ("fell", "rose") if moved else ("lower", "higher")
    at = {"name": "side", "xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom",
          "showarrow": False}  # fmt: skip
    font = {"size": 12, "color": MUTED}
    return [
        {**at, "x": 0, "xanchor": "left", "text": f"← pilots {lower}", "font": font},
        {**at, "x": 1, "xanchor": "right", "text": f"pilots {higher} →", "font": font},
    ]


def _key(rows: list[dict[str, object]]) -> list[tuple[str, str, str]]:
    """Name the marks: how sure a filled one is, and why a row has no range."""
    answered = [row for row in rows if not row["withheld"]]
    held = {row["certain"] for row in answered}
    sure = [one for one in SURE if one in held] or [_surest(rows)]
    filled = [("●", one.label, ACCENT) for one in sure]
    hollow = [*filled, ("○", "not clear", ACCENT)]
    if held == {Certainty.UNTESTABLE}:
        hollow = [("○", Certainty.UNTESTABLE.label, ACCENT)]
    bounded = [_is_bounded(row) for row in answered]
    if all(bounded):
        return hollow
    if not any(bounded):
        return [("×", f"{words}, {NO_RANGE}", colour) for _, words, colour in hollow[-1:]]
    return [*hollow, ("×", NO_RANGE, ACCENT)]


def _surest(rows: list[dict[str, object]]) -> Certainty:
    """Return how sure a row could be at best: whether the number of tests is counted."""
    counted = Adjustment.NONE.value not in {row["adjustment"] for row in rows}
    return Certainty.CLEAR if counted else Certainty.UNCOUNTED


def _silent(rows: list[dict[str, object]], names: list[str]) -> list[Figure]:
    return [
        {"name": "edge", "x": 1, "xref": "paper", "y": name, "text": SILENT, "showarrow": False,
         "xanchor": "right", "font": {"size": 12, "color": MUTED}}
        for name, row in zip(names, rows, strict=True)
        if row["withheld"] or absent(row["relative"])
    ]  # fmt: skip


def _words(row: dict[str, object]) -> str:
    gap, low, high, p = (number_in(row, name) for name in ("gap", "low", "high", "p"))
    if row["withheld"]:
        return f"{row['name']}: {row['withheld']}"
    places = significant(gap)
    share = f", {_per_cent(number_in(row, 'relative'))} of the comparator"
    return (
        f"{row['name']}<br>gap {signed(gap, places)} {apart(row['unit'], row['scale'])}"
        f"{range_words(low, high, places)}{'' if absent(row['relative']) else share}<br>"
        f"n = {number(number_in(row, 'n'), 0)}, sign-flip {p_words(p)}; "
        f"{row['certainty']}"
    )
