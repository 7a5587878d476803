"""Dots with intervals in rows that are headed by their own words, so that a phone holds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final

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
    error_bars,
    figure,
    key,
)
from components.charts.keys import keyed
from components.charts.rows import heading
from data.schema import number_in

ROW: Final = 36
TALL_ROW: Final = 62  # with words above
FRAME: Final = 70
NARROW: Final = 44  # letters on a line that a phone holds
LINE: Final = 18  # pixels of a line of words
COLOURS: Final = (COMPARATOR, ACCENT, ACCENT_2)
SHAPES: Final = ("diamond", "circle", "square")
SIGNS: Final = ("◆", "●", "■")


Dot = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which cells of a dot are what in a chart.

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


def number_words(row: Dot) -> str:
    """Write how many people a row is of, or that it is hidden.

    Args:
        row: With ``n``.
    """
    return "hidden" if absent(row["n"]) else number(number_in(row, "n"), 0)


def words_by_key(dots: Sequence[Dot], key: str, words: str) -> dict[str, str]:
    """Return the words of each key, in the order in which keys come.

    Args:
        dots: With both cells.
        key: Name of the keys.
        words: Name of their words.
    """
    found: dict[str, str] = {}
    for dot in dots:
        found.setdefault(str(dot[key]), str(dot[words]))
    return found


def places_of(dots: Sequence[Dot], rows: Rows) -> list[float]:
    """Return where each dot is on the upright axis, where rows are 1 apart.

    Args:
        dots: In the order of their rows.
        rows: Which cells are what.
    """
    names, series = (
        list(dict.fromkeys(str(dot[of]) for dot in dots)) for of in (rows.row, rows.series)
    )
    middle = (len(series) - 1) / 2
    return [
        names.index(str(dot[rows.row]))
        + 0.12
        + 0.2 * (series.index(str(dot[rows.series])) - middle)
        for dot in dots
    ]


def draw_rows(
    dots: Sequence[Dot],
    quantity: Quantity,
    rows: Rows,
    *,
    behind: Sequence[Figure],
    axis: Figure,
    more: tuple[str, str, str] | None,
) -> Figure:
    """Draw dots with their intervals.

    Args:
        dots: In the order of their rows.
        quantity: Titles the axis.
        rows: Which cells are what.
        behind: Traces drawn before the dots.
        axis: What differs from the usual level axis.
        more: A further entry of the key: mark, words, colour token of the mark.
    """
    names = list(words_by_key(dots, rows.row, rows.row_words).values())
    series = words_by_key(dots, rows.series, rows.series_words)
    placed = [{**dot, "place": at} for dot, at in zip(dots, places_of(dots, rows), strict=True)]
    traces = [
        _dots([dot for dot in placed if str(dot[rows.series]) == one], words, rows, at)
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
        for row in placed if absent(row[rows.value])
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


def _dots(placed: Sequence[Dot], name: str, rows: Rows, at: int) -> Figure:
    colour = COLOURS[at]
    middle, low, high = (
        [None if absent(dot[cell]) else dot[cell] for dot in placed]
        for cell in (rows.value, "low", "high")
    )
    dots: Figure = {
        "type": "scatter", "mode": "markers", "name": name, "x": middle,
        "y": [dot["place"] for dot in placed],
        "marker": {"size": 10, "color": colour, "symbol": SHAPES[at]},
        "error_x": {
            "type": "data", "symmetric": False, "color": colour, "thickness": 1.8, "width": 0,
            **error_bars(middle, low, high),
        },
        "customdata": [_words(dot, rows) for dot in placed],
    }  # fmt: skip
    keys = [str(dot["keys"]) for dot in placed if "keys" in dot]
    return keyed(dots, keys) if keys else dots


def _words(row: Dot, rows: Rows) -> str:
    head = f"{row[rows.row_words]}, {row[rows.series_words]}"
    if absent(row[rows.value]):
        return f"{head}: hidden, of too few people"
    middle, low, high = (number_in(row, column) for column in (rows.value, "low", "high"))
    if rows.value == "share":
        ends = f"{number(low, 0)} to {number(high, 0)}"
        return f"{head}: {number(middle, 0)}% (95% interval {ends}; n = {number_words(row)})"
    ends = f"{signed(low, 2)} to {signed(high, 2)}"
    return f"{head}: {signed(middle, 2)} (95% interval {ends})"
