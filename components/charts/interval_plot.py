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
    figure,
    key_words,
    level,
    range_words,
)
from data.schema import records

ROW: Final = 23
FRAME: Final = 104
LEFT: Final = 182
#: How sure a filled row is, the surest first.


def standardised_gaps(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw one row per indicator, widest gap first; filled where it is clear of chance.

    Args:
        frame: Rows of ``analytics.evaluation.verdicts``. A row that is not answered keeps its
            place, with its reason in words. Where so few pilots cannot bound the range of the
            gap, none is drawn of the standardised gap either.
        quantity: Titles the axis.
    """
    moved = quantity.is_change
    measured = "Change of the gap" if moved else "Gap"
    order = frame["standardised"].abs().sort_values(ascending=False, na_position="last").index
    rows = frame.loc[order].reset_index(drop=True)
    names = _named(rows)
    strong = [one in SURE for one in cells(rows, "certain")]
    drawn = rows.where(rows[["low", "high"]].notna().all(axis=1))
    middle = cells(rows, "standardised")
    low, high = (cells(drawn, name) for name in ("standardised_low", "standardised_high"))
    trace: Figure = {
        "type": "scatter", "mode": "markers", "x": middle, "y": names,
        "name": "Standardised gap",
        "marker": {
            "size": 10,
            "color": [ACCENT if one else "@chart-surface" for one in strong],
            "line": {"width": 2, "color": ACCENT},
        },
        "error_x": {
            "type": "data", "symmetric": False, "color": ACCENT, "thickness": 1.6, "width": 0,
            "array": _apart(high, middle), "arrayminus": _apart(middle, low),
        },
        "customdata": [_words(row) for row in records(rows)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    return figure(
        [trace],
        height=FRAME + ROW * len(rows),
        margin={"l": LEFT, "r": 20, "t": 44, "b": 48},
        xaxis={"title": {"text": f"{measured} in {quantity.unit}"},
               "rangemode": "tozero", "zeroline": True, "zerolinecolor": MUTED,
               "zerolinewidth": 1.5, "showgrid": True, "gridcolor": "@chart-grid"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "autorange": "reversed", "showgrid": False, "tickfont": {"color": INK, "size": 12.5},
               "ticks": "", "showline": False},
        annotations=[*_sides(rows, moved=moved), *_silent(rows)],
    )  # fmt: skip


def _named(rows: pd.DataFrame) -> list[Cell]:
    """Return the names on the axis; the one a reader has chosen, if any, is bold."""
    chosen = cells(rows, "chosen") if "chosen" in rows else [None] * len(rows)
    pairs = zip(cells(rows, "short"), chosen, strict=True)
    return [f"<b>{name}</b>" if one == "yes" else name for name, one in pairs]


def _apart(upper: list[Cell], lower: list[Cell]) -> list[Cell]:
    pairs = zip(upper, lower, strict=True)
    return [a - b if isinstance(a, float) and isinstance(b, float) else None for a, b in pairs]


def _sides(rows: pd.DataFrame, *, moved: bool) -> list[Figure]:
    lower, higher = ("fell", "rose") if moved else ("lower", "higher")
    at = {"xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    font = {"size": 12, "color": MUTED}
    return [
        {**at, "x": 0, "xanchor": "left", "text": f"← {lower}", "font": font},
        {**at, "x": 1, "xanchor": "right", "text": f"{higher} →", "font": font},
        {
            **at,
            "x": 0,
            "xanchor": "left",
            "align": "left",
            "xshift": -LEFT,
            "font": font,
            "yshift": 16,
            "text": key_words(_key(rows)),
        },
    ]


def _key(rows: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Name the marks: how sure a filled one is, and why a row has no range."""
    answered = rows[rows["withheld"] == ""]
    held = set(answered["certain"])
    sure = [one for one in SURE if one in held] or [_surest(rows)]
    filled = [("●", one.label, ACCENT) for one in sure]
    hollow = [*filled, ("○", "not", ACCENT)]
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


def _silent(rows: pd.DataFrame) -> list[Figure]:
    return [
        {"x": 1, "xref": "paper", "y": name, "text": SILENT, "showarrow": False,
         "xanchor": "right", "font": {"size": 12, "color": MUTED}}
        for name, row in zip(_named(rows), records(rows), strict=True)
        if row["withheld"] or absent(row["standardised"])
    ]  # fmt: skip


def _words(row: dict[str, object]) -> str:
    gap, low, high, p = (level(row, name) for name in ("gap", "low", "high", "p"))
    if row["withheld"]:
        return f"{row['name']}: {row['withheld']}"
    places = significant(gap)
    return (
        f"{row['name']}<br>gap {signed(gap, places)} {apart(row['unit'], row['scale'])}"
        f"{range_words(low, high, places)}<br>"
        f"n = {number(level(row, 'n'), 0)}, sign-flip {p_words(p)}; "
        f"{row['certainty']}"
    )
