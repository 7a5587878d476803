"""Which assumption moves an answer: a bar either side of it, widest on top."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import number, upper_first
from components.charts.chart import ACCENT, COMPARATOR, INK, Figure, figure, key
from data.schema import number_in, records

ROW: Final = 26


def tornado(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw a row per assumption: the total when it is lowered, and when it is raised.

    Args:
        frame: Rows of the finding ``costs-tornado``, widest first, each with its rank: bars that
            are equally long have the same rank, with "=".
        quantity: Titles the axis.
    """
    names = [f"{row['rank']} {row['short']}" for row in records(frame)]
    rows = records(frame)
    total = number_in(rows[0], "total")
    said = [_words(row) for row in rows]
    ends = _ends(rows)
    entries = [("■", "lowered", COMPARATOR), ("■", "raised", ACCENT)]
    if frame["ties"].ne("").any():
        entries.append(("=", "equally long", INK))
    return figure(
        [
            _bars(rows, names, said, "low_total", COMPARATOR),
            _bars(rows, names, said, "high_total", ACCENT),
        ],
        height=88 + ROW * len(rows),
        tall=100 + (ROW + 6) * len(rows),
        margin={"l": 0, "r": 44, "t": 20, "b": 0},
        barmode="overlay",
        shapes=[
            {"type": "line", "x0": total, "x1": total, "y0": 0, "y1": 1, "yref": "paper",
             "line": {"color": INK, "width": 1.5}}
        ],
        annotations=[
            key(entries),
            {"x": total, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
             "text": f"<b>{_pounds(total)}</b> in use", "font": {"size": 12, "color": INK}},
        ],
        xaxis={"title": {"text": upper_first(quantity.unit)}, "tickangle": 0,
               "tickvals": ends, "ticktext": [_pounds(end) for end in ends],
               "showgrid": True, "gridcolor": "@chart-grid"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.5, -0.5], "showgrid": False, "ticks": "", "showline": False,
               "tickfont": {"color": INK, "size": 12}},
    )  # fmt: skip


def _bars(
    rows: list[dict[str, object]], names: list[str], said: list[str], end: str, colour: str
) -> Figure:
    total = number_in(rows[0], "total")
    return {
        "type": "bar", "orientation": "h", "name": end.replace("_total", ""), "y": names,
        "base": total, "x": [number_in(row, end) - total for row in rows], "width": 0.58,
        "marker": {"color": colour}, "customdata": said,
    }  # fmt: skip


def _ends(rows: list[dict[str, object]]) -> list[float]:
    """Return the furthest totals on either side; the one in use stands above the bars."""
    totals = [number_in(row, end) for row in rows for end in ("low_total", "high_total")]
    return sorted({min(totals), max(totals)})


def _pounds(amount: float) -> str:
    """Write an amount so that two fit below the bars on a phone: in full below 10 million."""
    for size, words in ((1e9, "bn"), (1e7, "m")):
        if amount >= size:
            return f"£{number(amount / (1e9 if words == 'bn' else 1e6), 1)}{words}"
    return f"£{number(amount, 0)}"


def _words(row: dict[str, object]) -> str:
    low, high = (number(number_in(row, end), 0) for end in ("low_total", "high_total"))
    first, last = (number(number_in(row, end), 2) for end in ("low_value", "high_value"))
    return (
        f"{row['name']} ({row['unit']}): £{low} at {first}, £{high} at {last}; "
        f"£{number(number_in(row, 'total'), 0)} in use, for {row['base']}{_tied(row)}"
    )


def _tied(row: dict[str, object]) -> str:
    return f"; as far as {row['ties']}" if row["ties"] else ""
