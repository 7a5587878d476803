"""Inspections on a time line: one row a place, one mark a judgement, in words and shape."""

from typing import Final

import pandas as pd

from analytics.programme import PROGRAMME
from components.charts.chart import COMPARATOR, INK, MUTED, Figure, figure
from data.schema import records

ROW: Final = 34
MARKS: Final = {
    "outstanding": ("star", 15, "Outstanding"),
    "good": ("circle", 12, "Good"),
    "requires improvement": ("triangle-up", 12, "Requires improvement"),
    "inadequate": ("x", 11, "Inadequate"),
}
OTHER: Final = ("circle-open", 9, "No overall grade")
START: Final = PROGRAMME.start.isoformat()


def time_line(frame: pd.DataFrame, _unit: str) -> Figure:
    """Draw every inspection by date; the grade is its shape and is named in the key.

    Args:
        frame: Rows of the finding ``pilots-inspections``.
        _unit: Not used: grades have no unit.
    """
    places = list(dict.fromkeys(frame["place"]))
    graded = frame.assign(grade=frame["overall"].str.lower())
    marks = [*MARKS, "other"]
    traces = [_marks(graded, grade) for grade in marks]
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


def _marks(frame: pd.DataFrame, grade: str) -> Figure:
    known = grade in MARKS
    rows = frame[frame["grade"] == grade] if known else frame[~frame["grade"].isin(list(MARKS))]
    symbol, size, name = MARKS.get(grade, OTHER)
    said = [
        f"{row['place']}, {row['published']}: {row['overall']} ({row['framework']})"
        for row in records(rows)
    ]
    return {
        "type": "scatter", "mode": "markers", "name": name, "x": list(rows["published"]),
        "y": list(rows["place"]), "customdata": said,
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {"symbol": symbol, "size": size, "color": INK if known else COMPARATOR},
    }  # fmt: skip
