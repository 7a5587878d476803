"""Inspections on a time line: one row a place, one mark a judgement, in words and shape."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from components.charts.chart import COMPARATOR, INK, MUTED, Figure, figure, key, start_words
from components.charts.keys import keyed
from data.grades import Grade
from data.schema import records

ROW: Final = 23
#: Shape and size of the mark of each grade, and its sign in the key, in the order of the key.
MARKS: Final = {
    Grade.OUTSTANDING: ("star", 13, "★"),
    Grade.GOOD: ("circle", 11, "●"),
    Grade.REQUIRES_IMPROVEMENT: ("triangle-up", 11, "▲"),
    Grade.INADEQUATE: ("x", 10, "✖"),
    Grade.NONE: ("circle-open", 9, "○"),
}


def time_line(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw every inspection by date; the grade is its shape and is named in the key.

    Args:
        frame: Rows of the finding ``pilots-inspections``.
        quantity: Names the programme; grades have no unit.
    """
    start = quantity.programme.start.isoformat()
    rows = records(frame)
    places = list(dict.fromkeys(frame["place"]))
    by_grade = {grade: [row for row in rows if row["grade"] == grade] for grade in MARKS}
    shown = [grade for grade in MARKS if by_grade[grade]]
    return figure(
        [_marks(by_grade[grade], grade) for grade in shown],
        height=70 + ROW * max(len(places), 1),
        tall=106 + ROW * max(len(places), 1),
        margin={"l": 0, "r": 20, "t": 6, "b": 24},
        shapes=[
            {"type": "line", "x0": start, "x1": start, "y0": 0, "y1": 1, "yref": "paper",
             "layer": "below", "line": {"color": MUTED, "width": 1, "dash": "dot"}}
        ],
        annotations=[
            key(
                [
                    *((MARKS[grade][2], grade.label, _colour(grade)) for grade in shown),
                    ("┆", start_words(quantity.programme), MUTED),
                ]
            )
        ],
        xaxis={"type": "date", "showgrid": True, "gridcolor": "@chart-grid", "tickangle": 0,
               "dtick": "M36", "tickformat": "%Y", "ticks": "", "showline": False},
        yaxis={"type": "category", "categoryarray": places, "categoryorder": "array",
               "range": [len(places) - 0.5, -0.5],
               "showgrid": False, "ticks": "", "showline": False,
               "tickfont": {"color": INK, "size": 12.5}},
    )  # fmt: skip


def _colour(grade: Grade) -> str:
    return COMPARATOR if grade is Grade.NONE else INK


def _marks(rows: list[dict[str, object]], grade: Grade) -> Figure:
    symbol, size, _ = MARKS[grade]
    said = [
        f"{row['place']}, {row['published']}: {row['overall']} ({row['framework']})" for row in rows
    ]
    marks: Figure = {
        "type": "scatter", "mode": "markers", "name": grade.label,
        "x": [row["published"] for row in rows], "y": [row["place"] for row in rows],
        "customdata": said,
        "marker": {"symbol": symbol, "size": size, "color": _colour(grade)},
    }  # fmt: skip
    return keyed(marks, [str(row["code"]) for row in rows])
