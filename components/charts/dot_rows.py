"""Dots with intervals in rows that are headed by their own words, so that a phone holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import number, signed
from components.charts.chart import (
    ACCENT,
    ACCENT_2,
    COMPARATOR,
    GRID,
    INK,
    MUTED,
    Figure,
    absent,
    cells,
    error_bars,
    figure,
    key,
    level,
)
from components.charts.keys import keyed
from components.charts.rows import heading
from data.schema import records

ROW: Final = 36
TALL_ROW: Final = 62  # with words above
FRAME: Final = 70
NARROW: Final = 44  # letters on a line that a phone holds
LINE: Final = 18  # pixels of a line of words
COLOURS: Final = (COMPARATOR, ACCENT, ACCENT_2)
SHAPES: Final = ("diamond", "circle", "square")
SIGNS: Final = ("◆", "●", "■")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which columns of a frame are what in a chart.

    Attributes:
        row: Key of each row; rows stand in the order in which their keys come.
        row_words: Words above each row.
        series: Key of what the dots of a row are.
        series_words: The same in words.
        value: Where a dot stands; its interval is from ``low`` to ``high``.
        gone: Rows that are named below the others, for nothing of them is shown.
    """

    row: str
    row_words: str
    series: str
    series_words: str
    value: str
    gone: tuple[str, ...] = ()


def number_words(row: dict[str, object]) -> str:
    """Write how many people a row is of, or that it is hidden.

    Args:
        row: With ``n``.
    """
    return "hidden" if absent(row["n"]) else number(level(row, "n"), 0)


def words_by_key(frame: pd.DataFrame, key: str, words: str) -> dict[str, str]:
    """Return the words of each key, in the order in which keys come.

    Args:
        frame: With both columns.
        key: Column of the keys.
        words: Column of their words.
    """
    first = frame.drop_duplicates(key)
    pairs = zip(first[key].tolist(), first[words].tolist(), strict=True)
    return {str(one): str(said) for one, said in pairs}


def places_of(frame: pd.DataFrame, rows: Rows) -> list[float]:
    """Return where each dot is on the upright axis, where rows are 1 apart.

    Args:
        frame: One row for each dot.
        rows: Which columns are what.
    """
    names, series = ([str(one) for one in dict.fromkeys(frame[of].tolist())]
                     for of in (rows.row, rows.series))  # fmt: skip
    middle = (len(series) - 1) / 2
    return [
        names.index(str(row[rows.row]))
        + 0.12
        + 0.2 * (series.index(str(row[rows.series])) - middle)
        for row in records(frame)
    ]


def draw_rows(
    frame: pd.DataFrame,
    quantity: Quantity,
    rows: Rows,
    *,
    behind: Sequence[Figure],
    axis: Figure,
    more: tuple[str, str, str] | None,
) -> Figure:
    """Draw a dot with its interval for each row of a frame.

    Args:
        frame: One row for each dot.
        quantity: Titles the axis.
        rows: Which columns are what.
        behind: Traces drawn before the dots.
        axis: What differs from the usual level axis.
        more: A further entry of the key: mark, words, colour token of the mark.
    """
    names = list(words_by_key(frame, rows.row, rows.row_words).values())
    series = words_by_key(frame, rows.series, rows.series_words)
    placed = frame.assign(place=places_of(frame, rows))
    traces = [
        _dots(placed[placed[rows.series].astype(str) == one], words, rows, at)
        for at, (one, words) in enumerate(series.items())
    ]
    legend = [
        *((SIGNS[at], one, COLOURS[at]) for at, one in enumerate(series.values())),
        ("─", "95% range", MUTED),
        *([more] if more else []),
    ]
    hidden = [
        {"x": 0, "xref": "paper", "xanchor": "left", "y": row["place"], "showarrow": False,
         "text": f"{row[rows.series_words]}: hidden", "font": {"size": 12, "color": MUTED}}
        for row in records(placed) if absent(row[rows.value])
    ]  # fmt: skip
    words = f"Hidden, of too few people: {', '.join(rows.gone)}." if rows.gone else ""
    below = LINE * len(wrap(words, NARROW))
    below_words = [
        {**words_below(words, len(names) - 0.4), "yanchor": "top"} for _ in rows.gone[:1]
    ]
    return figure(
        [*behind, *traces],
        height=FRAME + ROW * len(names) + below,
        tall=FRAME + 34 + TALL_ROW * len(names) + 2 * below,
        meta={"middle": 0.2},
        margin={"l": 14, "r": 28, "t": 4, "b": 0},
        annotations=[
            key(legend),
            *(heading(name, at - 0.08) for at, name in enumerate(names)),
            *hidden,
            *below_words,
        ],
        xaxis={"title": {"text": quantity.unit}, "showgrid": True, "gridcolor": GRID, **axis},
        yaxis=bare_axis(len(names) + below / ROW),
    )  # fmt: skip


def words_below(words: str, at: float) -> Figure:
    """Return words at the left edge of the plot.

    Args:
        words: Broken into lines that a phone holds.
        at: Where they are on the upright axis.
    """
    return {"x": 0, "xref": "paper", "xanchor": "left", "y": at, "yanchor": "bottom",
            "text": "<br>".join(wrap(words, NARROW)), "align": "left",
            "showarrow": False,
            "font": {"size": 12.5, "color": INK}}  # fmt: skip


def bare_axis(many: float) -> Figure:
    """Return an upright axis of so many rows, 1 apart, first at the top, without any marks.

    Args:
        many: Rows.
    """
    return {"range": [many - 0.45, -0.75], "showticklabels": False, "showgrid": False, "ticks": "",
            "showline": False, "zeroline": False}  # fmt: skip


def _dots(frame: pd.DataFrame, name: str, rows: Rows, at: int) -> Figure:
    colour = COLOURS[at]
    middle, low, high = (cells(frame, column) for column in (rows.value, "low", "high"))
    dots: Figure = {
        "type": "scatter", "mode": "markers", "name": name, "x": middle, "y": cells(frame, "place"),
        "marker": {"size": 10, "color": colour, "symbol": SHAPES[at]},
        "error_x": {
            "type": "data", "symmetric": False, "color": colour, "thickness": 1.8, "width": 0,
            **error_bars(middle, low, high),
        },
        "customdata": [_words(row, rows) for row in records(frame)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    return keyed(dots, [str(one) for one in frame["keys"]]) if "keys" in frame else dots


def _words(row: dict[str, object], rows: Rows) -> str:
    head = f"{row[rows.row_words]}, {row[rows.series_words]}"
    if absent(row[rows.value]):
        return f"{head}: hidden, of too few people"
    middle, low, high = (level(row, column) for column in (rows.value, "low", "high"))
    if rows.value == "share":
        ends = f"{number(low, 0)} to {number(high, 0)}"
        return f"{head}: {number(middle, 0)}% (95% interval {ends}; n = {number_words(row)})"
    ends = f"{signed(low, 2)} to {signed(high, 2)}"
    return f"{head}: {signed(middle, 2)} (95% interval {ends})"
