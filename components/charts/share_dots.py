"""What people and records said, as shares and scores: a dot with its interval for each answer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from components.charts.chart import (
    ACCENT,
    GRID,
    INTERVAL,
    MUTED,
    Figure,
    absent,
    cells,
    figure,
)
from components.charts.dot_rows import (
    FRAME,
    TALL_ROW,
    Dot,
    Rows,
    bare_axis,
    draw_rows,
    number_words,
    places_of,
    words_below,
    words_by_key,
)
from components.charts.keys import keys_of
from components.charts.rows import heading
from data.schema import records

FEW: Final = 2  # rows hidden whole that are named together


def answers(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the share answering yes at each interview.

    Args:
        frame: Rows of the finding ``families-answers``.
        quantity: Titles the axis.
    """
    yes = [row for row in records(frame) if row["agrees"] == "yes" and row["point"]]
    return _shares(yes, quantity, _rows("key", "name", "point", "when"))


def goals(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the share whose goals were achieved by involvement.

    Args:
        frame: Rows of the finding ``families-goals``.
        quantity: Titles the axis.
    """
    named = [
        {**row, "row": f"Involved in planning: {row['involved']}", "one": "Share saying so"}
        for row in records(frame)
    ]
    return _shares(named, quantity, _rows("involved_key", "row", "one", "one"))


def tools(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the share of records that hold each element at each reading.

    Args:
        frame: Rows of the finding ``records-tools``.
        quantity: Titles the axis.
    """
    return _shares(records(frame), quantity, _rows("key", "name", "point", "when"))


def groups(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the share of social workers agreeing by band and by pilot at each wave.

    Args:
        frame: Rows of the finding ``survey-bands``.
        quantity: Titles the axis.
    """
    keys = keys_of(frame, "whose_key", "band")
    about = [{**row, "keys": one} for row, one in zip(records(frame), keys, strict=True)]
    return _shares(about, quantity, _rows("whose_key", "whose", "wave_key", "wave"))


def grades(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the share of records that reach at least each grade, by cohort and reading.

    Args:
        frame: Rows of the finding ``records-grades``.
        quantity: Titles the axis.
    """
    named = [
        {
            **row,
            "row": f"{row['point']}{row['part']}",
            "words": f"{row['when']}, {row['reached']}",
            "one": f"{row['cohort']} recruited",
        }
        for row in records(frame)
        if row["cohort_key"]
    ]
    return _shares(named, quantity, _rows("row", "words", "cohort_key", "one"))


def measures(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw Hedges' g with its interval, and behind it the wide mark of what rounding allows.

    Args:
        frame: Rows of the finding ``families-measures``.
        quantity: Titles the axis.
    """
    named = [
        {**row, "row": f"{row['measure']}: {row['scale']}"}
        for row in records(frame)
        if not row["withheld"]
    ]
    made = Rows(
        row="row_key", row_words="row", series="sample_key", series_words="sample", value="g"
    )
    behind: list[Figure] = [
        {"type": "scatter", "mode": "lines", "x": [row["least"], row["most"]], "y": [at] * 2,
         "line": {"width": 13, "color": INTERVAL}, "hoverinfo": "skip", "meta": {"silent": True}}
        for at, row in zip(places_of(named, made), named, strict=True)
    ]  # fmt: skip
    axis: Figure = {"zeroline": True, "zerolinecolor": MUTED, "zerolinewidth": 1.5}
    return draw_rows(
        named, quantity, made, behind=behind, axis=axis, more=("▬", "rounding", INTERVAL)
    )


def scores(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the change of families with both interviews in standard deviations.

    Args:
        frame: Rows of the finding ``families-scores``.
        quantity: Titles the axis.
    """
    both = [
        {**row, "low": row["g_low"], "high": row["g_high"]}
        for row in records(frame)
        if row["point"] == "both"
    ]
    if not both:
        words = "Change is shown for all bands<br>together only: see the table."
        return figure([], height=FRAME, annotations=[words_below(words, 0.5)], yaxis=bare_axis(1),
                      xaxis={"visible": False})  # fmt: skip
    axis: Figure = {"zeroline": True, "zerolinecolor": MUTED, "zerolinewidth": 1.5}
    made = replace(_rows("key", "name", "point", "when"), value="g")
    return draw_rows(both, quantity, made, behind=[], axis=axis, more=None)


def ribbon(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw how many are left at each step, as bars with their number.

    Args:
        frame: Rows of a ribbon: ``step`` and ``n``.
        quantity: Titles the axis.
    """
    places = list(range(len(frame)))
    said = [f"{row['step']}: {number_words(row)}" for row in records(frame)]
    bars: Figure = {
        "type": "bar", "orientation": "h", "x": cells(frame, "n"), "y": places, "width": 0.32,
        "marker": {"color": ACCENT}, "customdata": said, "name": quantity.unit.capitalize(),
    }  # fmt: skip
    return figure(
        [bars],
        height=50 + 30 * len(frame),
        tall=50 + TALL_ROW * len(frame),
        meta={"middle": 0.18},
        margin={"l": 8, "r": 16, "t": 0, "b": 0},
        annotations=[heading(words, at - 0.18) for at, words in enumerate(said)],
        xaxis={"title": {"text": quantity.unit.capitalize()},
               "rangemode": "tozero", "showgrid": True,
               "gridcolor": GRID},
        yaxis=bare_axis(len(frame)),
    )  # fmt: skip


def _rows(row: str, row_words: str, series: str, series_words: str) -> Rows:
    return Rows(
        row=row, row_words=row_words, series=series, series_words=series_words, value="share"
    )


def _shares(dots: Sequence[Dot], quantity: Quantity, rows: Rows) -> Figure:
    axis: Figure = {"range": [0, 100], "ticksuffix": "%", "ticklabeloverflow": "allow"}
    shown, gone = _gathered(dots, rows)
    return draw_rows(shown, quantity, replace(rows, gone=gone), behind=[], axis=axis, more=None)


def _gathered(dots: Sequence[Dot], rows: Rows) -> tuple[Sequence[Dot], tuple[str, ...]]:
    """Leave out rows of which every part is hidden, and name them, where some rows are shown."""
    known = {dot[rows.row] for dot in dots if not absent(dot[rows.value])}
    empty = [dot for dot in dots if dot[rows.row] not in known]
    gone = tuple(words_by_key(empty, rows.row, rows.row_words).values())
    if len(gone) < FEW or not known:
        return dots, ()
    return [dot for dot in dots if dot[rows.row] in known], gone
