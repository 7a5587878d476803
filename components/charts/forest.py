"""Estimates with intervals, one row each, about a line at zero."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from analytics.text.wording import signed, significant
from components.charts.chart import INK, MUTED, Cell, Figure, cells, figure, padded
from components.charts.keys import keyed

ROW: Final = 36
FRAME: Final = 72
FEW: Final = 8  # rows that have room for their values
NEAR: Final = 0.08  # of the axis: a value so near to zero would have its line through it


def forest(
    frame: pd.DataFrame,
    *,
    names: Sequence[str],
    title: str,
    height: int = 0,
    tall: int = 0,
    layout: Figure | None = None,
) -> Figure:
    """Draw one dot and interval a row, first row on top.

    Args:
        frame: Has ``estimate``, ``low``, ``high``, ``said`` (what the point says) and ``colour``
            (its token); ``keys`` where rows are about something that can be marked, and ``symbol``
            where their dots differ in shape.
        names: Name of each row, unique.
        title: Title of the axis.
        height: In pixels; as the rows need where left out. Few rows have their values at the dots.
        tall: The same in a narrow card; 0 where it is no other.
        layout: What differs from the usual: ``margin``, ``annotations``, ``shapes``.
    """
    middle, low, high = (cells(frame, name) for name in ("estimate", "low", "high"))
    few = len(frame) <= FEW
    tokens = [str(token) for token in frame["colour"]]
    reach = padded([*middle, *low, *high], below=0.1, above=0.1)
    dots: Figure = {
        "type": "scatter", "mode": "markers+text" if few else "markers", "name": title,
        "x": middle, "y": list(names), "text": [_value(one) if few else "" for one in middle],
        "textposition": [_beside_zero(one, reach) for one in middle],
        "textfont": {"size": 12, "color": INK}, "cliponaxis": False,
        "marker": {"size": 11, "color": tokens,
                   "symbol": cells(frame, "symbol") if "symbol" in frame else "circle"},
        "customdata": cells(frame, "said"),
    }  # fmt: skip
    bars = _bars(low, high, list(names), tokens)
    drawn = [*bars.values(), dots]
    if "keys" in frame:
        keys = [str(one) for one in frame["keys"]]
        drawn = [*(keyed(bar, keys[at]) for at, bar in bars.items()), keyed(dots, keys)]
    return figure(
        drawn,
        height=height or FRAME + ROW * len(frame),
        tall=tall,
        meta=None,
        **{
            "margin": {"l": 0, "r": 16, "t": 14, "b": 0},
            "xaxis": {"title": {"text": title}, "zeroline": True,
                      "range": reach,
                      "zerolinecolor": MUTED,
                      "zerolinewidth": 1.5, "showgrid": True, "gridcolor": "@chart-grid",
                      "nticks": 7},
            "yaxis": {"type": "category", "categoryarray": list(names), "ticks": "",
                      "categoryorder": "array", "range": [len(names) - 0.5, -0.5],
                      "showgrid": False,
                      "showline": False, "tickfont": {"color": INK, "size": 12.5}},
            **(layout or {}),
        },
    )  # fmt: skip


def _value(estimate: Cell) -> str:
    return signed(estimate, significant(estimate)) if isinstance(estimate, float) else ""


def _beside_zero(estimate: Cell, reach: list[float]) -> str:
    """Return where the value of a dot is: above it, and clear of the line at zero."""
    near = NEAR * (reach[1] - reach[0])
    if not isinstance(estimate, float) or not 0 < abs(estimate) < near:
        return "top center"
    return "top right" if estimate > 0 else "top left"


def _bars(
    low: list[Cell], high: list[Cell], names: list[str], colours: list[str]
) -> dict[int, Figure]:
    """Return the interval of each row that has one, by the place of the row."""
    # Small markers at the ends make Plotly leave room for them on the axis; a bare line has none.
    return {
        at: {"type": "scatter", "mode": "lines+markers", "x": [low[at], high[at]],
         "y": [names[at]] * 2, "line": {"width": 2.5, "color": colours[at]},
         "marker": {"size": 3, "color": colours[at]}, "hoverinfo": "skip",
         "meta": {"silent": True}}
        for at in range(len(names)) if low[at] is not None and high[at] is not None
    }  # fmt: skip
