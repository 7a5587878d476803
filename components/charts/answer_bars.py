"""Ordered answers at two waves as bars that run both ways from a line; the middle stands apart."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import lower_first, number
from components.charts.chart import ACCENT, ACCENT_2, COMPARATOR, INK, MUTED, Figure, absent, key
from components.charts.chart import figure as framed
from components.charts.rows import bare, heading
from data.schema import grouped, number_in

ROW: Final = 92
TALL_ROW: Final = 124  # with words above
FRAME: Final = 52
LEFT: Final = 98
THICK: Final = 0.24
BETWEEN: Final = 6  # per cent of room between the parts of a bar
HATCHED: Final = 26  # as long as the word in it, whatever is hidden
MIDDLE: Final = 2
NAMES: Final = ("lowest answer", "second", "middle", "fourth", "highest answer")
FILLS: Final = ("@accent-2", "@accent-2-soft", "@surface-2", "@accent-soft", "@accent")
EDGES: Final = (ACCENT_2, ACCENT_2, COMPARATOR, ACCENT, ACCENT)
WORDS: Final = ("@on-accent", INK, INK, INK, "@on-accent")

Bar = list[dict[str, object]]


def diverging(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw every answer to every item at both waves; a hidden one is a hatched stretch.

    Args:
        frame: Rows of the finding ``survey-answers``: five answers of each item and wave, lowest
            first.
        quantity: Titles the axis.
    """
    items = [str(one) for one in dict.fromkeys(frame["key"])]
    bars: list[Bar] = grouped(frame, "key", "wave_key")
    firsts = {str(bar[0]["key"]): bar for bar in reversed(bars)}
    places = [_place(items, bar) for bar in bars]
    right = max(_sum(bar, (3, 4)) for bar in bars) + BETWEEN
    hatch = right + max(_size(bar[MIDDLE]) for bar in bars) + BETWEEN
    bases = [_bases(bar, right) for bar in bars]
    traces = [_trace(at, bars, places, [base[at] for base in bases]) for at in range(len(NAMES))]
    gone = [at for at, bar in enumerate(bars) if any(absent(one["share"]) for one in bar)]
    marks = zip(NAMES, ("■", "□", "□", "□", "■"), strict=True)
    keys = [(mark, name, colour) for (name, mark), colour in zip(marks, EDGES, strict=True)]
    return framed(
        [*traces, _hatched([(bars[at], places[at]) for at in gone], hatch)],
        height=FRAME + ROW * len(items),
        tall=FRAME + 34 + TALL_ROW * len(items),
        meta={"middle": 0.295},
        margin={"l": LEFT, "r": 12, "t": 4, "b": 0},
        barmode="overlay",
        uniformtext={"mode": "hide", "minsize": 11},
        annotations=[
            key([*keys, ("▨", "hidden", MUTED)]),
            *(_heading(firsts[item], at - 0.16) for at, item in enumerate(items)),
            *(_label(bar, place) for bar, place in zip(bars, places, strict=True)),
        ],
        shapes=[
            {"type": "line", "x0": 0, "x1": 0, "y0": at - 0.12, "y1": at + 0.39,
             "line": {"color": MUTED, "width": 1.5}}
            for at in range(len(items))
        ],
        xaxis={"title": {"text": f"{quantity.unit}; middle answer apart"}, "showticklabels": False,
               "ticks": "", "showgrid": False, "zeroline": False,
               "range": [-max(1.0, *(_sum(bar, (0, 1)) for bar in bars)) - 1, hatch + HATCHED]},
        yaxis=bare(len(items)),
    )  # fmt: skip


def _place(items: list[str], bar: Bar) -> float:
    return items.index(str(bar[0]["key"])) + (0.0 if bar[0]["wave_key"] == "1" else 0.27)


def _size(row: dict[str, object]) -> float:
    return 0.0 if absent(row["share"]) else number_in(row, "share")


def _sum(bar: Bar, which: tuple[int, ...]) -> float:
    return sum(_size(bar[at]) for at in which)


def _bases(bar: Bar, middle: float) -> list[float]:
    """Return where each answer begins, nearest the middle of the scale nearest the line."""
    lower = -_size(bar[1])
    return [lower - _size(bar[0]), lower, middle, 0.0, _size(bar[3])]


def _trace(at: int, bars: list[Bar], places: list[float], bases: list[float]) -> Figure:
    rows = [bar[at] for bar in bars]
    shown = [index for index, row in enumerate(rows) if not absent(row["share"])]
    return {
        "type": "bar", "orientation": "h", "name": NAMES[at].capitalize(), "width": THICK,
        "x": [_size(rows[index]) for index in shown], "base": [bases[index] for index in shown],
        "y": [places[index] for index in shown],
        "text": [number(_size(rows[index]), 0) for index in shown], "textposition": "inside",
        "insidetextanchor": "middle", "textangle": 0, "textfont": {"color": WORDS[at], "size": 12},
        "marker": {"color": FILLS[at], "line": {"color": EDGES[at], "width": 1}},
        "customdata": [_words(rows[index]) for index in shown],
    }  # fmt: skip


def _hatched(gone: list[tuple[Bar, float]], base: float) -> Figure:
    places = [place for _, place in gone]
    return {
        "type": "bar", "orientation": "h", "name": "Hidden", "width": THICK,
        "x": [HATCHED] * len(places), "base": [base] * len(places), "y": places,
        "marker": {"color": "@chart-surface", "line": {"color": "@suppressed", "width": 1},
                   "pattern": {"shape": "/", "fgcolor": "@suppressed", "size": 8,
                               "solidity": 0.15}},
        "customdata": [_hidden_words(bar) for bar, _ in gone],
    }  # fmt: skip


def _label(bar: Bar, place: float) -> Figure:
    row = bar[0]
    n = "hidden" if absent(row["n"]) else f"n = {number(number_in(row, 'n'), 0)}"
    return {
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": -LEFT, "y": place,
        "text": f"{row['wave']}, {n}", "align": "left", "showarrow": False,
        "font": {"size": 12, "color": MUTED},
    }  # fmt: skip


def _heading(bar: Bar, at: float) -> Figure:
    """Set an item above its bars, with the lowest and the highest of its answers."""
    ends = f"{bar[0]['answer']} … {bar[len(NAMES) - 1]['answer']}"
    return heading(str(bar[0]["name"]), at, second=ends)


def _hidden_words(bar: Bar) -> str:
    row = bar[0]
    answers = ", ".join(f"“{one['answer']}”" for one in bar if absent(one["share"]))
    return f"{row['name']}, {lower_first(str(row['wave']))}, hidden, of too few people: {answers}"


def _words(row: dict[str, object]) -> str:
    share, low, high, n = (number_in(row, name) for name in ("share", "low", "high", "n"))
    return (
        f"{row['name']}, {lower_first(str(row['wave']))}, “{row['answer']}”: {number(share, 0)}% "
        f"(95% interval {number(low, 0)} to {number(high, 0)}; n = {number(n, 0)})"
    )
