"""Rows that are headed by their own words, so that a phone holds long names."""

from components.charts.chart import INK, MUTED, Figure


def heading(words: str, at: float, *, second: str = "") -> Figure:
    """Set the words of a row beside it, or above it where the chart is narrow.

    Args:
        words: Name of the row.
        at: Place of the row's upper edge on the upright axis, where rows are 1 apart.
        second: More, in muted words of a line of its own.
    """
    lines = [words, f'<span style="color:{{{MUTED}}}">{second}</span>'] if second else [words]
    return {
        "name": "row", "x": 0, "xref": "paper", "xanchor": "left", "y": at,
        "yanchor": "bottom", "align": "left",
        "text": "<br>".join(lines), "showarrow": False,
        "font": {"size": 12.5, "color": INK},
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
