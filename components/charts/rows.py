"""Rows that are headed by their own words, so that a phone holds long names."""

from textwrap import wrap
from typing import Final

from components.charts.chart import INK, MUTED, SURFACE, Figure, key_words

#: Characters of a heading that a narrow screen holds in a line.
LINE: Final = 46


def heading(words: str, at: float, *, second: str = "") -> Figure:
    """Set the words of a row above it, in lines that a phone holds.

    Args:
        words: Name of the row.
        at: Place of the row's upper edge on the upright axis, where rows are 1 apart.
        second: More, in muted words of a line of its own.
    """
    lines = wrap(words, LINE)
    if second:
        lines += [f'<span style="color:{{{MUTED}}}">{one}</span>' for one in wrap(second, LINE)]
    return {
        "x": 0, "xref": "paper", "xanchor": "left", "y": at, "yanchor": "bottom", "align": "left",
        "text": "<br>".join(lines), "showarrow": False, "bgcolor": SURFACE,
        "font": {"size": 12.5, "color": INK},
    }  # fmt: skip


def key(parts: list[tuple[str, str, str]], *, left: int = 0) -> Figure:
    """Set a key above the chart.

    Args:
        parts: Mark, words, colour token of the mark.
        left: Pixels it begins to the left of the plot.
    """
    return {
        "x": 0, "xref": "paper", "y": 1, "yref": "paper", "xanchor": "left", "yanchor": "bottom",
        "align": "left", "text": key_words(parts), "showarrow": False, "yshift": 4,
        "xshift": -left, "font": {"size": 12, "color": MUTED},
    }  # fmt: skip


def bare(many: int) -> Figure:
    """Return an upright axis of so many rows, 1 apart, first at the top, without a mark of its own.

    Args:
        many: Rows.
    """
    return {
        "range": [many - 0.5, -0.75], "showticklabels": False, "showgrid": False, "ticks": "",
        "showline": False, "zeroline": False,
    }  # fmt: skip
