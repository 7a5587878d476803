"""Dots with intervals in rows that are headed by their own words, so that a phone holds them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import number, signed
from components.charts.chart import (
    ACCENT,
    ACCENT_2,
    COMPARATOR,
    GRID,
    INK,
    INTERVAL,
    MUTED,
    Figure,
    absent,
    cells,
    figure,
    key,
    level,
)
from components.charts.keys import keyed, keys_of
from components.charts.rows import heading
from data.schema import records

ROW: Final = 36
TALL_ROW: Final = 62  # with words above
FRAME: Final = 70
NARROW: Final = 44  # letters on a line that a phone holds
LINE: Final = 18  # pixels of a line of words
FEW: Final = 2  # rows hidden whole that are named together
COLOURS: Final = (COMPARATOR, ACCENT, ACCENT_2)
SHAPES: Final = ("diamond", "circle", "square")
SIGNS: Final = ("◆", "●", "■")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which columns of a frame are what in a chart.

    Attributes:
        row: Key of each row; rows stand in the order in which their keys come.
        row_words: Words above each row.
        series: Key of what the dots of a row are.
        series_words: The same in words.
        value: Where a dot stands; its interval is from ``low`` to ``high``.
        gone: Rows that are named below the others, for nothing of them is shown.
    """

    row: str
    row_words: str
    series: str
    series_words: str
    value: str
    gone: tuple[str, ...] = ()


def answers(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the share answering yes at each interview.

    Args:
        frame: Rows of the finding ``families-answers``.
        quantity: Titles the axis.
    """
    yes = frame[(frame["agrees"] == "yes") & (frame["point"] != "")]
    return _shares(yes, quantity, _rows("key", "name", "point", "when"))


def goals(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the share whose goals were achieved by involvement.

    Args:
        frame: Rows of the finding ``families-goals``.
        quantity: Titles the axis.
    """
    named = frame.assign(row="Involved in planning: " + frame["involved"], one="Share saying so")
    return _shares(named, quantity, _rows("involved_key", "row", "one", "one"))


def tools(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the share of records that hold each element at each reading.

    Args:
        frame: Rows of the finding ``records-tools``.
        quantity: Titles the axis.
    """
    return _shares(frame, quantity, _rows("key", "name", "point", "when"))


def groups(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the share of social workers agreeing by band and by pilot at each wave.

    Args:
        frame: Rows of the finding ``survey-bands``.
        quantity: Titles the axis.
    """
    about = frame.assign(keys=keys_of(frame, "whose_key", "band"))
    return _shares(about, quantity, _rows("whose_key", "whose", "wave_key", "wave"))


def grades(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the share of records that reach at least each grade, by cohort and reading.

    Args:
        frame: Rows of the finding ``records-grades``.
        quantity: Titles the axis.
    """
    shown = frame[frame["cohort_key"] != ""]
    named = shown.assign(
        row=shown["point"] + shown["part"],
        words=shown["when"] + ", " + shown["reached"],
        one=shown["cohort"] + " recruited",
    )
    return _shares(named, quantity, _rows("row", "words", "cohort_key", "one"))


def measures(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw Hedges' g with its interval, and behind it the wide mark of what rounding allows.

    Args:
        frame: Rows of the finding ``families-measures``.
        quantity: Titles the axis.
    """
    named = frame[frame["withheld"] == ""].assign(row=lambda f: f["measure"] + ": " + f["scale"])
    made = Rows(
        row="row_key", row_words="row", series="sample_key", series_words="sample", value="g"
    )
    behind: list[Figure] = [
        {"type": "scatter", "mode": "lines", "x": [row["least"], row["most"]], "y": [at] * 2,
         "line": {"width": 13, "color": INTERVAL}, "hoverinfo": "skip", "meta": {"silent": True}}
        for at, row in zip(_places(named, made), records(named), strict=True)
    ]  # fmt: skip
    axis: Figure = {"zeroline": True, "zerolinecolor": MUTED, "zerolinewidth": 1.5}
    return _drawn(named, quantity, made, behind=behind, axis=axis, more=("▬", "rounding", INTERVAL))


def scores(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the change of families with both interviews in standard deviations.

    Args:
        frame: Rows of the finding ``families-scores``.
        quantity: Titles the axis.
    """
    both = frame[frame["point"] == "both"]
    if both.empty:
        words = "Change is shown for all bands<br>together only: see the table."
        return figure([], height=FRAME, annotations=[_below(words, 0.5)], yaxis=_bare(1),
                      xaxis={"visible": False})  # fmt: skip
    named = both.assign(low=both["g_low"], high=both["g_high"])
    axis: Figure = {"zeroline": True, "zerolinecolor": MUTED, "zerolinewidth": 1.5}
    made = replace(_rows("key", "name", "point", "when"), value="g")
    return _drawn(named, quantity, made, behind=[], axis=axis, more=None)


def ribbon(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw how many are left at each step, as bars with their number.

    Args:
        frame: Rows of a ribbon: ``step`` and ``n``.
        quantity: Titles the axis.
    """
    places = list(range(len(frame)))
    said = [f"{row['step']}: {_n(row)}" for row in records(frame)]
    bars: Figure = {
        "type": "bar", "orientation": "h", "x": cells(frame, "n"), "y": places, "width": 0.32,
        "marker": {"color": ACCENT}, "customdata": said, "name": quantity.unit.capitalize(),
        "hovertemplate": "%{customdata}<extra></extra>",
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
        yaxis=_bare(len(frame)),
    )  # fmt: skip


def _rows(row: str, row_words: str, series: str, series_words: str) -> Rows:
    return Rows(
        row=row, row_words=row_words, series=series, series_words=series_words, value="share"
    )


def _n(row: dict[str, object]) -> str:
    return "hidden" if absent(row["n"]) else number(level(row, "n"), 0)


def _shares(frame: pd.DataFrame, quantity: Quantity, rows: Rows) -> Figure:
    axis: Figure = {"range": [0, 100], "ticksuffix": "%", "ticklabeloverflow": "allow"}
    shown, gone = _gathered(frame, rows)
    return _drawn(shown, quantity, replace(rows, gone=gone), behind=[], axis=axis, more=None)


def _gathered(frame: pd.DataFrame, rows: Rows) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Leave out rows of which every part is hidden, and name them, where some rows are shown."""
    empty = frame[rows.value].isna().groupby(frame[rows.row], sort=False).transform("all")
    gone = list(_named(frame[empty], rows.row, rows.row_words).values())
    if len(gone) < FEW or bool(empty.all()):
        return frame, ()
    return frame[~empty], tuple(gone)


def _named(frame: pd.DataFrame, key: str, words: str) -> dict[str, str]:
    """Return the words of each key, in the order in which keys come."""
    first = frame.drop_duplicates(key)
    pairs = zip(first[key].tolist(), first[words].tolist(), strict=True)
    return {str(one): str(said) for one, said in pairs}


def _places(frame: pd.DataFrame, rows: Rows) -> list[float]:
    names, series = ([str(one) for one in dict.fromkeys(frame[of].tolist())]
                     for of in (rows.row, rows.series))  # fmt: skip
    middle = (len(series) - 1) / 2
    return [
        names.index(str(row[rows.row]))
        + 0.12
        + 0.2 * (series.index(str(row[rows.series])) - middle)
        for row in records(frame)
    ]


def _drawn(
    frame: pd.DataFrame,
    quantity: Quantity,
    rows: Rows,
    *,
    behind: Sequence[Figure],
    axis: Figure,
    more: tuple[str, str, str] | None,
) -> Figure:
    names = list(_named(frame, rows.row, rows.row_words).values())
    series = _named(frame, rows.series, rows.series_words)
    placed = frame.assign(place=_places(frame, rows))
    traces = [
        _dots(placed[placed[rows.series].astype(str) == one], words, rows, at)
        for at, (one, words) in enumerate(series.items())
    ]
    legend = [
        *((SIGNS[at], one, COLOURS[at]) for at, one in enumerate(series.values())),
        ("─", "95% range", MUTED),
        *([more] if more else []),
    ]
    hidden = [
        {"x": 0, "xref": "paper", "xanchor": "left", "y": row["place"], "showarrow": False,
         "text": f"{row[rows.series_words]}: hidden", "font": {"size": 12, "color": MUTED}}
        for row in records(placed) if absent(row[rows.value])
    ]  # fmt: skip
    words = f"Hidden, of too few people: {', '.join(rows.gone)}." if rows.gone else ""
    below = LINE * len(wrap(words, NARROW))
    below_words = [{**_below(words, len(names) - 0.4), "yanchor": "top"} for _ in rows.gone[:1]]
    return figure(
        [*behind, *traces],
        height=FRAME + ROW * len(names) + below,
        tall=FRAME + 34 + TALL_ROW * len(names) + 2 * below,
        meta={"middle": 0.2},
        margin={"l": 14, "r": 28, "t": 4, "b": 0},
        annotations=[
            key(legend),
            *(heading(name, at - 0.08) for at, name in enumerate(names)),
            *hidden,
            *below_words,
        ],
        xaxis={"title": {"text": quantity.unit}, "showgrid": True, "gridcolor": GRID, **axis},
        yaxis=_bare(len(names) + below / ROW),
    )  # fmt: skip


def _below(words: str, at: float) -> Figure:
    return {"x": 0, "xref": "paper", "xanchor": "left", "y": at, "yanchor": "bottom",
            "text": "<br>".join(wrap(words, NARROW)), "align": "left",
            "showarrow": False,
            "font": {"size": 12.5, "color": INK}}  # fmt: skip


def _bare(many: float) -> Figure:
    return {"range": [many - 0.45, -0.75], "showticklabels": False, "showgrid": False, "ticks": "",
            "showline": False, "zeroline": False}  # fmt: skip


def _dots(frame: pd.DataFrame, name: str, rows: Rows, at: int) -> Figure:
    colour = COLOURS[at]
    middle, low, high = (cells(frame, column) for column in (rows.value, "low", "high"))
    dots: Figure = {
        "type": "scatter", "mode": "markers", "name": name, "x": middle, "y": cells(frame, "place"),
        "marker": {"size": 10, "color": colour, "symbol": SHAPES[at]},
        "error_x": {
            "type": "data", "symmetric": False, "color": colour, "thickness": 1.8, "width": 0,
            "array": _apart(high, middle), "arrayminus": _apart(middle, low),
        },
        "customdata": [_words(row, rows) for row in records(frame)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    return keyed(dots, [str(one) for one in frame["keys"]]) if "keys" in frame else dots


def _apart(upper: Sequence[object], lower: Sequence[object]) -> list[float | None]:
    pairs = zip(upper, lower, strict=True)
    return [a - b if isinstance(a, float) and isinstance(b, float) else None for a, b in pairs]


def _words(row: dict[str, object], rows: Rows) -> str:
    head = f"{row[rows.row_words]}, {row[rows.series_words]}"
    if absent(row[rows.value]):
        return f"{head}: hidden, of too few people"
    middle, low, high = (level(row, column) for column in (rows.value, "low", "high"))
    if rows.value == "share":
        ends = f"{number(low, 0)} to {number(high, 0)}"
        return f"{head}: {number(middle, 0)}% (95% interval {ends}; n = {_n(row)})"
    ends = f"{signed(low, 2)} to {signed(high, 2)}"
    return f"{head}: {signed(middle, 2)} (95% interval {ends})"
