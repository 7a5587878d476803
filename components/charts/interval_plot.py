"""Estimates and their intervals against a line of no gap, one row each (a forest plot)."""

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
    NO_LINE,
    NO_RANGE,
    SILENT,
    Cell,
    Figure,
    absent,
    cells,
    error_bars,
    figure,
    key,
    level,
    padded,
    range_words,
)
from components.charts.keys import keyed, keys_of
from data.schema import records

FRAME: Final = 84
#: Pixels of a row, by how many rows there are at most; of any more, the last.
ROWS: Final = ((10, 24), (14, 17), (0, 16))
TALL_ROWS: Final = ((14, 28), (0, 28))  # hold names in two lines
FEW: Final = 13  # rows of which each has its value
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
    order = frame["relative"].abs().sort_values(ascending=False, na_position="last").index
    rows = frame.loc[order].reset_index(drop=True)
    names = _named(rows)
    strong = [one in SURE for one in cells(rows, "certain")]
    each = records(rows)
    ends = ["relative_low", "relative_high"]
    drawn = rows[ends].where(rows["low"].notna() & rows["high"].notna())
    middle = cells(rows, "relative")
    low, high = (cells(drawn, name) for name in ends)
    trace: Figure = {
        "type": "scatter", "mode": "markers", "x": middle, "y": names,
        "name": measured,
        "marker": {
            "size": 10,
            "color": [ACCENT if one else "@chart-surface" for one in strong],
            "line": {"width": 2, "color": ACCENT},
        },
        "error_x": {
            "type": "data", "symmetric": False, "color": ACCENT, "thickness": 1.6, "width": 0,
            **error_bars(middle, low, high),
        },
        "customdata": [_words(row) for row in each],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    return figure(
        [keyed(trace, keys_of(rows, "key"))],
        height=FRAME + _row(len(rows), ROWS) * len(rows),
        tall=FRAME + 34 + _row(len(rows), TALL_ROWS) * len(rows),
        margin={"l": 0, "r": 12, "t": 18, "b": 0},
        xaxis={"title": {"text": measured}, "ticksuffix": "%",
               "range": padded([*middle, *low, *high], below=EDGE, above=EDGE),
               "zeroline": True, "zerolinecolor": MUTED, "nticks": 5,
               "zerolinewidth": 1.5, "showgrid": True, "gridcolor": "@chart-grid"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.5, -0.5],
               "showgrid": False, "tickfont": {"color": INK, "size": 12},
               "ticks": "", "showline": False},
        annotations=[*_sides(moved=moved), key(_key(rows)), *_silent(each, names),
                     *_values(each, names, strong)],
    )  # fmt: skip


def _named(rows: pd.DataFrame) -> list[Cell]:
    """Return the names on the axis; the one a reader has chosen, if any, is bold."""
    chosen = cells(rows, "chosen") if "chosen" in rows else [None] * len(rows)
    pairs = zip(cells(rows, "short"), chosen, strict=True)
    return [f"<b>{name}</b>" if one == "yes" else name for name, one in pairs]


def _row(many: int, heights: tuple[tuple[int, int], ...]) -> int:
    return next((pixels for most, pixels in heights if many <= most), heights[-1][1])


def _values(rows: list[dict[str, object]], names: list[Cell], strong: list[bool]) -> list[Figure]:
    """Write the value of each row, of many rows of those that are clear, on the side of zero."""
    written = list[Figure]()
    for name, clear, row in zip(names, strong, rows, strict=True):
        value = level(row, "relative")
        if absent(value) or not (clear or len(rows) <= FEW):
            continue
        lower = value < 0
        end = level(row, "relative_low" if lower else "relative_high")
        bounded = not (absent(end) or absent(row["low"]) or absent(row["high"]))
        written.append(
            {"name": "value", "x": end if bounded else value, "y": name, "text": _per_cent(value),
             "showarrow": False,
             "xanchor": "right" if lower else "left", "font": {"size": 12, "color": INK},
             "xshift": (-1 if lower else 1) * (3 if bounded else 9)}
        )  # fmt: skip
    return written


def _per_cent(value: float) -> str:
    return f"{signed(value, 0)}%"


def _sides(*, moved: bool) -> list[Figure]:
    lower, higher = ("fell", "rose") if moved else ("lower", "higher")
    at = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    font = {"size": 12, "color": MUTED}
    return [
        {**at, "x": 0, "xanchor": "left", "text": f"← pilots {lower}", "font": font},
        {**at, "x": 1, "xanchor": "right", "text": f"pilots {higher} →", "font": font},
    ]


def _key(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Name the marks: how sure a filled one is, and why a row has no range."""
    answered = rows[rows["withheld"] == ""]
    held = set(answered["certain"])
    sure = [one for one in SURE if one in held] or [_surest(rows)]
    filled = [("●", one.label, ACCENT) for one in sure]
    hollow = [*filled, ("○", "not clear", ACCENT)]
    if held == {Certainty.UNTESTABLE}:
        hollow = [("○", Certainty.UNTESTABLE.label, ACCENT)]
    unbounded = answered[["low", "high"]].isna().any(axis=1)
    if not unbounded.any():
        return hollow
    return [*hollow, ("○", NO_RANGE if unbounded.all() else NO_LINE, ACCENT)]


def _surest(rows: pd.DataFrame) -> Certainty:
    """Return how sure a row could be at best: whether the number of tests is counted."""
    counted = Adjustment.NONE.value not in set(rows["adjustment"])
    return Certainty.CLEAR if counted else Certainty.UNCOUNTED


def _silent(rows: list[dict[str, object]], names: list[Cell]) -> list[Figure]:
    return [
        {"x": 1, "xref": "paper", "y": name, "text": SILENT, "showarrow": False,
         "xanchor": "right", "font": {"size": 12, "color": MUTED}}
        for name, row in zip(names, rows, strict=True)
        if row["withheld"] or absent(row["relative"])
    ]  # fmt: skip


def _words(row: dict[str, object]) -> str:
    gap, low, high, p = (level(row, name) for name in ("gap", "low", "high", "p"))
    if row["withheld"]:
        return f"{row['name']}: {row['withheld']}"
    places = significant(gap)
    share = f", {_per_cent(level(row, 'relative'))} of the comparator"
    return (
        f"{row['name']}<br>gap {signed(gap, places)} {apart(row['unit'], row['scale'])}"
        f"{range_words(low, high, places)}{'' if absent(row['relative']) else share}<br>"
        f"n = {number(level(row, 'n'), 0)}, sign-flip {p_words(p)}; "
        f"{row['certainty']}"
    )
