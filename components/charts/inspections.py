"""Inspections on a time line: one row a place, one mark a judgement, in words and shape."""

from typing import Final

import pandas as pd

from analytics.programme import PROGRAMME
from analytics.text.quantity import Quantity
from components.charts.chart import COMPARATOR, INK, MUTED, Figure, figure
from data.grades import Grade
from data.schema import records

ROW: Final = 34
#: Shape and size of the mark of each grade, in the order of the key.
MARKS: Final = {
    Grade.OUTSTANDING: ("star", 15),
    Grade.GOOD: ("circle", 12),
    Grade.REQUIRES_IMPROVEMENT: ("triangle-up", 12),
    Grade.INADEQUATE: ("x", 11),
    Grade.NONE: ("circle-open", 9),
}
START: Final = PROGRAMME.start.isoformat()


def time_line(frame: pd.DataFrame, _quantity: Quantity) -> Figure:
    """Draw every inspection by date; the grade is its shape and is named in the key.

    Args:
        frame: Rows of the finding ``pilots-inspections``.
        _quantity: Not used: grades have no unit.
    """
    places = list(dict.fromkeys(frame["place"]))
    traces = [_marks(frame[frame["grade"] == grade], grade) for grade in MARKS]
    key = {"orientation": "h", "y": -0.06, "yanchor": "top", "x": 0, "itemclick": False,
           "itemdoubleclick": False, "font": {"size": 12.5}}  # fmt: skip
    return figure(
        [trace for trace in traces if trace["x"]],
        height=128 + ROW * max(len(places), 1),
        margin={"l": 128, "r": 20, "t": 30, "b": 72},
        showlegend=True,
        legend=key,
        shapes=[
            {"type": "line", "x0": START, "x1": START, "y0": 0, "y1": 1, "yref": "paper",
             "layer": "below", "line": {"color": MUTED, "width": 1, "dash": "dot"}}
        ],
        annotations=[
            {"x": START, "y": 0, "yref": "paper", "yanchor": "top", "showarrow": False,
             "text": "project starts", "font": {"size": 12, "color": MUTED}}
        ],
        xaxis={"type": "date", "side": "top", "showgrid": True, "gridcolor": "@chart-grid",
               "dtick": "M24", "tickformat": "%Y", "ticks": "", "showline": False},
        yaxis={"type": "category", "categoryarray": places, "categoryorder": "array",
               "autorange": "reversed", "showgrid": False, "ticks": "", "showline": False,
               "tickfont": {"color": INK, "size": 13}},
    )  # fmt: skip


def _marks(rows: pd.DataFrame, grade: Grade) -> Figure:
    symbol, size = MARKS[grade]
    colour = COMPARATOR if grade is Grade.NONE else INK
    said = [
        f"{row['place']}, {row['published']}: {row['overall']} ({row['framework']})"
        for row in records(rows)
    ]
    return {
        "type": "scatter", "mode": "markers", "name": grade.label, "x": list(rows["published"]),
        "y": list(rows["place"]), "customdata": said,
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"symbol": symbol, "size": size, "color": colour},
    }  # fmt: skip
