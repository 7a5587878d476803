"""Estimates with intervals, one row each, about a line at zero."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from components.charts.chart import INK, MUTED, Cell, Figure, cells, figure

ROW: Final = 46
FRAME: Final = 92


def forest(
    frame: pd.DataFrame,
    *,
    names: Sequence[str],
    title: str,
    height: int = 0,
    layout: Figure | None = None,
) -> Figure:
    """Draw one dot and interval a row, first row on top.

    Args:
        frame: Has ``estimate``, ``low``, ``high``, ``said`` (what the point says) and ``colour``
            (its token).
        names: Name of each row, unique.
        title: Title of the axis.
        height: In pixels; as the rows need where left out.
        layout: What differs from the usual: ``margin``, ``annotations``, ``shapes``.
    """
    middle, low, high = (cells(frame, name) for name in ("estimate", "low", "high"))
    tokens = [str(token) for token in frame["colour"]]
    dots: Figure = {
        "type": "scatter", "mode": "markers", "name": title, "x": middle, "y": list(names),
        "marker": {"size": 11, "color": tokens}, "customdata": cells(frame, "said"),
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    return figure(
        [*_bars(low, high, list(names), tokens), dots],
        height=height or FRAME + ROW * len(frame),
        **{
            "margin": {"l": 150, "r": 20, "t": 20, "b": 48},
            "xaxis": {"title": {"text": title}, "rangemode": "tozero", "zeroline": True,
                      "zerolinecolor": MUTED,
                      "zerolinewidth": 1.5, "showgrid": True, "gridcolor": "@chart-grid",
                      "nticks": 7},
            "yaxis": {"type": "category", "categoryarray": list(names), "ticks": "",
                      "categoryorder": "array", "autorange": "reversed", "showgrid": False,
                      "showline": False, "tickfont": {"color": INK, "size": 13}},
            **(layout or {}),
        },
    )  # fmt: skip


def _bars(low: list[Cell], high: list[Cell], names: list[str], colours: list[str]) -> list[Figure]:
    # Small markers at the ends make Plotly leave room for them on the axis; a bare line has none.
    return [
        {"type": "scatter", "mode": "lines+markers", "x": [low[at], high[at]],
         "y": [names[at]] * 2, "line": {"width": 2.5, "color": colours[at]},
         "marker": {"size": 3, "color": colours[at]}, "hoverinfo": "skip",
         "meta": {"silent": True}}
        for at in range(len(names)) if low[at] is not None and high[at] is not None
    ]  # fmt: skip
