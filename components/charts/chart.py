"""What a chart is: rows in, a figure out as a plain dictionary that the browser dresses.

Colours are written as tokens, ``"@accent"`` for the stylesheet's ``--accent``, so that a figure
weighs little, is the same in every theme, and is never built from Plotly's Python objects (which
cost some thirty times as much to make).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import pandas as pd

from analytics.programme import Programme
from analytics.text.quantity import Quantity
from analytics.text.wording import signed

Cell = str | float | int | bool | None
Figure = dict[str, object]
Chart = Callable[[pd.DataFrame, Quantity], Figure]

ACCENT: Final = "@accent"
ACCENT_2: Final = "@accent-2"
COMPARATOR: Final = "@comparator"
COMPARATOR_SOFT: Final = "@comparator-soft"
INTERVAL: Final = "@interval"
INK: Final = "@chart-ink"
MUTED: Final = "@chart-muted"
GRID: Final = "@chart-grid"
SURFACE: Final = "@chart-surface"  # behind words that a line would cross
BAND_COLOURS: Final = 6  # tokens that the stylesheet has
#: Shapes of the marks of bands, and each as a key writes it; a diamond is what others are.
BAND_SYMBOLS: Final = {"circle": "●", "square": "■", "triangle-up": "▲", "triangle-down": "▼",
                       "cross": "✚", "star": "★"}  # fmt: skip
#: Where an interval is not drawn, because the exact test of so few pilots cannot bound it.
NO_RANGE: Final = "no range: too few pilots to bound it"
#: In the key, beside a mark that others of the chart have a line through.
NO_LINE: Final = f"without a line, {NO_RANGE}"
#: In the row of a measure that is not answered.
SILENT: Final = "no answer"


@lru_cache(maxsize=64)
def band_colours(of: Programme) -> Mapping[str, str]:
    """Return the colour token of each band by its key, and that of the reader's authority.

    Args:
        of: The programme.
    """
    bands = {one.key: f"@band-{1 + at % BAND_COLOURS}" for at, one in enumerate(of.bands)}
    return {**bands, "": ACCENT_2}


@lru_cache(maxsize=64)
def band_symbols(of: Programme) -> Mapping[str, str]:
    """Return the shape of the marks of each band by its key, and of the reader's authority.

    Where there are more bands than colours, no two have both colour and shape in common.

    Args:
        of: The programme.
    """
    shapes = [*BAND_SYMBOLS]
    bands = {
        one.key: shapes[(at + at // BAND_COLOURS) % len(shapes)] for at, one in enumerate(of.bands)
    }
    return {**bands, "": "diamond"}


def band_marks(bands: Iterable[object], of: Programme) -> Figure:
    """Return colour and shape of marks, one for each band in a list.

    Args:
        bands: Keys; empty for the reader's authority.
        of: The programme.
    """
    keys, colours, symbols = [*map(str, bands)], band_colours(of), band_symbols(of)
    return {"color": [colours[one] for one in keys], "symbol": [symbols[one] for one in keys]}


def project_start(of: Programme) -> float:
    """Return where the start of a programme is on an axis of years that end in March."""
    return of.last_before + 0.5


def start_words(of: Programme) -> str:
    """Name the start of a programme, beside its line."""
    return f"project starts, {of.start_short}"


def cells(frame: pd.DataFrame, name: str) -> list[Cell]:
    """Return a column as a list that JSON can hold, missing as None."""
    return [None if absent(cell) else cell for cell in frame[name].tolist()]


def column(rows: Iterable[Mapping[str, object]], name: str) -> list[Cell]:
    """Return a column of rows as a list that JSON can hold, missing as None."""
    found = (row[name] for row in rows)
    return [
        one if isinstance(one, str | int | float) and not absent(one) else None for one in found
    ]


def absent(cell: object) -> bool:
    """Whether a cell is missing: None, or not a number."""
    return cell is None or cell != cell  # noqa: PLR0124 (NaN alone differs from itself)


def short_year(label: str) -> str:
    """Shorten the label of a year for an axis: "15/16" of "2015/16", "Sep 15" of a day of 2015."""
    *day, year = label.split(" ")
    return f"{day[-1][:3]} {year[2:]}" if day else year[2:]


def range_words(low: float, high: float, places: int) -> str:
    """Write an interval as it follows an estimate, or say that there is none.

    Args:
        low: Lower end; missing where so few pilots cannot bound it.
        high: Upper end, alike.
        places: Decimals.
    """
    if absent(low) or absent(high):
        return f" ({NO_RANGE})"
    return f" (95% interval {signed(low, places)} to {signed(high, places)})"


def figure(
    traces: list[Figure],
    *,
    height: int,
    tall: int = 0,
    meta: Figure | None = None,
    **layout: object,
) -> Figure:
    """Put traces and a layout together.

    The browser adds to the margins what keys, titles of axes and names of rows need in the width
    that the chart has: ``margin`` says what else is around the plot.

    Args:
        traces: In drawing order.
        height: In pixels; reserved before the figure arrives.
        tall: The same in a narrow card, where names are above their rows or in two lines; 0 where
            it is no other.
        meta: What the browser may do with it: docs/browser-contract.md.
        layout: What differs from the template in the browser.
    """
    margin = {"l": 48, "r": 16, "t": 8, "b": 40}
    marks = {**(meta or {}), **({"tall": tall} if tall else {})}
    return {
        "data": traces,
        "layout": {
            "height": height, "showlegend": False, "margin": margin,
            **({"meta": marks} if marks else {}), **layout,
        },
    }  # fmt: skip


def key(parts: list[tuple[str, str, str]]) -> Figure:
    """Return the key of a chart; the browser sets it above the plot.

    Args:
        parts: Mark, words, colour token of the mark.
    """
    return {"text": key_words(parts), "showarrow": False}


def padded(values: list[Cell], *, below: float = 0, above: float = 0) -> list[float]:
    """Return the range of an axis that holds values and zero.

    Args:
        values: On the axis; None is passed over.
        below: Room left of the lowest, as a share of the distance.
        above: Room right of the highest, alike.
    """
    held = [float(one) for one in values if isinstance(one, int | float)]
    low, high = min([0.0, *held]), max([0.0, *held])
    wide = (high - low) or 1.0
    return [low - below * wide, high + above * wide]


def error_bars(
    middle: Sequence[object], low: Sequence[object], high: Sequence[object]
) -> dict[str, list[float | None]]:
    """Return how far error bars reach above and below each value; None where an end is absent.

    Args:
        middle: Values, in the unit of the axis.
        low: Lower ends, likewise.
        high: Upper ends, likewise.
    """
    return {"array": _less(high, middle), "arrayminus": _less(middle, low)}


def _less(upper: Sequence[object], lower: Sequence[object]) -> list[float | None]:
    pairs = zip(upper, lower, strict=True)
    return [a - b if isinstance(a, float) and isinstance(b, float) else None for a, b in pairs]


def line_at(x: float, words: str) -> tuple[Figure, Figure]:
    """Return the shape and the annotation of an upright line with words at its head."""
    shape: Figure = {
        "type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
    }  # fmt: skip
    words_at: Figure = {
        "x": x, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "center", "text": words,
        "showarrow": False, "name": "start", "font": {"size": 12, "color": MUTED},
    }  # fmt: skip
    return shape, words_at


def label_at(x: object, y: object, words: str, *, colour: str, **more: object) -> Figure:
    """Return words set directly beside the end of a line; the browser leaves room for them."""
    return {
        "name": "end",
        "x": x, "y": y, "text": words, "showarrow": False, "xanchor": "left", "xshift": 8,
        "font": {"size": 13, "color": colour}, **more,
    }  # fmt: skip


def key_words(parts: list[tuple[str, str, str]]) -> list[str]:
    """Write the entries of a key: mark, words, colour token of the mark.

    They are the text of one annotation; the browser sets them in one line, or on a narrow screen
    in as many as they need.
    """
    return [
        f'<span style="color:{{{colour}}}">{mark}</span> {words}' for mark, words, colour in parts
    ]


def yours_key(bands: Iterable[object]) -> list[tuple[str, str, str]]:
    """Return the entry of a key for the reader's council, where a chart shows it.

    Args:
        bands: Keys of the bands of what is shown; empty for the reader's council.
    """
    return [("◆", "your council", ACCENT_2)] if "" in {*bands} else []


def band_key(bands: list[str], of: Programme, *, mark: str = "") -> list[tuple[str, str, str]]:
    """Return the entries of a key for the bands that a chart shows, in order.

    Args:
        bands: Their keys.
        of: The programme.
        mark: What all of them are drawn as; each has its own shape unless given.
    """
    colours, symbols = band_colours(of), band_symbols(of)
    return [
        (mark or BAND_SYMBOLS[symbols[one.key]], one.legend, colours[one.key])
        for one in of.bands
        if one.key in bands
    ]
