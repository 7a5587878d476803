"""Two points in rows: a change with its interval, two means joined, and each pilot's change."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import number, signed, upper_first
from components.charts.chart import (
    ACCENT,
    ACCENT_2,
    COMPARATOR,
    GRID,
    INK,
    MUTED,
    Cell,
    Figure,
    absent,
    cells,
    column,
    error_bars,
    figure,
    key,
    padded,
)
from components.charts.keys import keyed
from components.charts.rows import bare, heading
from data.schema import number_in, records

ROW: Final = 38
TALL_ROW: Final = 76  # with words above
AREA_ROW: Final = 46  # holds a name in two lines and its change
HOURS_ROW: Final = 26
FRAME: Final = 66
#: Of what rose, of what fell, and of what is as before.
FILLS: Final = ("@accent-soft", "@accent-2-soft", "@surface-2")
EDGES: Final = (ACCENT, ACCENT_2, COMPARATOR)
MARGIN: Final[Figure] = {"l": 8, "r": 16, "t": 4, "b": 0}


def waves(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the change of the share agreeing with its interval, item by item.

    Args:
        frame: Rows of the finding ``survey-change``.
        quantity: Titles the axis.
    """
    rows = records(frame[frame["measure_key"] == "share"])
    middle, low, high = (column(rows, name) for name in ("change", "low", "high"))
    trace: Figure = {
        "type": "scatter", "mode": "markers", "name": "Change", "x": middle,
        "y": list(range(len(rows))), "marker": {"size": 11, "color": ACCENT},
        "error_x": {
            "type": "data", "symmetric": False, "color": ACCENT, "thickness": 1.8, "width": 0,
            **error_bars(middle, low, high),
        },
        "customdata": [_change_words(row) for row in rows],
    }  # fmt: skip
    return figure(
        [trace],
        height=FRAME + ROW * len(rows),
        tall=FRAME + TALL_ROW * len(rows),
        meta={"middle": 0.16},
        margin={**MARGIN, "t": 20},
        annotations=[
            *_sides(),
            *(
                heading(str(row["name"]), at - 0.16, second=_both(row))
                for at, row in enumerate(rows)
            ),
            *_hidden(middle),
        ],
        xaxis={"title": {"text": upper_first(quantity.unit)}, "zeroline": True,
               "range": padded([*middle, *low, *high], below=0.05, above=0.05),
               "zerolinecolor": MUTED, "zerolinewidth": 1.5, "showgrid": True, "gridcolor": GRID},
        yaxis=bare(len(rows)),
    )  # fmt: skip


def dumbbells(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Join the mean scores of each area at two points, widest change first.

    Args:
        frame: Rows of the finding ``profile-change``.
        quantity: Titles the axis.
    """
    rows = records(frame)
    said = [_area_words(row) for row in rows]
    places = list(range(len(rows)))
    hollow: Figure = {"size": 10, "color": "@chart-surface", "line": {"width": 2, "color": ACCENT}}
    joined: list[Figure] = [
        {"type": "scatter", "mode": "lines", "x": [row["first"], row["second"]], "y": [at, at],
         "line": {"width": 3, "color": ACCENT}, "hoverinfo": "skip", "meta": {"silent": True}}
        for at, row in enumerate(rows)
    ]  # fmt: skip
    dots: list[Figure] = [
        {"type": "scatter", "mode": "markers", "name": name, "x": cells(frame, column), "y": places,
         "marker": marker, "customdata": said}
        for name, column, marker in (
            ("First point", "first", hollow),
            ("Second point", "second", {"size": 12, "color": ACCENT}),
        )
    ]  # fmt: skip
    return figure(
        [*joined, *dots],
        height=FRAME + AREA_ROW * len(rows),
        tall=FRAME + TALL_ROW * len(rows),
        meta={"middle": 0.14},
        margin=MARGIN,
        annotations=[
            key([("○", "mean, first point", ACCENT), ("●", "mean, second point", ACCENT)]),
            *(
                heading(str(row["item"]), at - 0.14, second=_moved(row))
                for at, row in enumerate(rows)
            ),
        ],
        xaxis={"title": {"text": f"Mean score in {quantity.unit}"},
               "range": [0, 10.2], "showgrid": True,
               "gridcolor": GRID, "dtick": 2},
        yaxis=bare(len(rows)),
    )  # fmt: skip


def pilot_grid(frame: pd.DataFrame, _quantity: Quantity) -> Figure:
    """Write each pilot's change on each area, in a mark that grows with it.

    Args:
        frame: Rows of the finding ``profile-pilots``.
        _quantity: Not used: the marks hold the numbers.
    """
    rows = records(frame)
    known = [row for row in rows if not absent(row["change"])]
    items = list(dict.fromkeys(str(row["item"]) for row in rows))
    pilots = sorted({str(row["pilot"]) for row in rows})
    changes = [number_in(row, "change") for row in known]
    trace: Figure = {
        "type": "scatter", "mode": "markers+text", "name": "Change",
        "x": [row["pilot"] for row in known],
        "y": [items.index(str(row["item"])) + 0.12 for row in known],
        "text": [signed(one, 0) for one in changes], "textfont": {"size": 12, "color": INK},
        "marker": {
            "opacity": 1,
            "size": [14 + 2.5 * min(abs(one), 6) for one in changes],
            "color": [_by_sign(one, FILLS) for one in changes],
            "line": {"width": 1, "color": [_by_sign(one, EDGES) for one in changes]},
        },
        "customdata": [_pilot_words(row) for row in known],
    }  # fmt: skip
    return figure(
        [keyed(trace, [f"{row['pilot']} {row['band']}" for row in known])],
        height=FRAME + 34 * len(items),
        tall=FRAME + TALL_ROW * len(items),
        meta={"middle": 0.32},
        margin={"l": 8, "r": 12, "t": 24, "b": 8},
        annotations=[
            key([("●", "rose", ACCENT), ("●", "fell", ACCENT_2), ("0", "as before", MUTED)]),
            *(heading(name, at - 0.2) for at, name in enumerate(items)),
        ],
        xaxis={"type": "category", "categoryarray": pilots, "categoryorder": "array",
               "side": "top", "range": [-0.6, len(pilots) - 0.4], "showgrid": False, "ticks": ""},
        yaxis=bare(len(items)),
    )  # fmt: skip


def hours(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw mean weekly hours by activity as bars with their interval.

    Args:
        frame: Rows of the finding ``diaries-hours``.
        quantity: Titles the axis.
    """
    rows = records(frame[frame["measure"] == "hours"])
    middle, low, high = (column(rows, name) for name in ("mean", "low", "high"))
    contact = [row["contact"] == "yes" for row in rows]
    trace: Figure = {
        "type": "bar", "orientation": "h", "name": "Hours", "width": 0.5, "x": middle,
        "y": list(range(len(rows))),
        "marker": {"color": [ACCENT if one else COMPARATOR for one in contact]},
        "error_x": {
            "type": "data", "symmetric": False, "color": INK, "thickness": 1.4, "width": 3,
            **error_bars(middle, low, high),
        },
        "customdata": [_hours_words(row) for row in rows],
    }  # fmt: skip
    return figure(
        [trace],
        height=FRAME + HOURS_ROW * len(rows),
        tall=FRAME + 46 * len(rows),
        meta={"middle": 0.2},
        margin=MARGIN,
        annotations=[
            key([("■", "direct contact", ACCENT), ("■", "other work", COMPARATOR)]),
            *(
                heading(f"{row['activity']}: {_short(row)}", at - 0.2)
                for at, row in enumerate(rows)
            ),
        ],
        xaxis={"title": {"text": upper_first(quantity.unit)}, "rangemode": "tozero",
               "showgrid": True, "gridcolor": GRID},
        yaxis=bare(len(rows)),
    )  # fmt: skip


def _by_sign(change: float, colours: tuple[str, str, str]) -> str:
    rose, fell, as_before = colours
    return rose if change > 0 else fell if change < 0 else as_before


def _hidden(middle: list[Cell]) -> list[Figure]:
    return [
        {"x": 0, "y": at, "text": "hidden", "showarrow": False, "xanchor": "left", "xshift": 6,
         "font": {"size": 12, "color": MUTED}}
        for at, one in enumerate(middle)
        if one is None
    ]  # fmt: skip


def _sides() -> list[Figure]:
    at: Figure = {
        "xref": "paper", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False,
        "font": {"size": 12, "color": MUTED},
    }  # fmt: skip
    return [
        {**at, "x": 0, "xanchor": "left", "text": "← fewer agree at wave 2"},
        {**at, "x": 1, "xanchor": "right", "text": "more agree →"},
    ]


def _n(row: dict[str, object], name: str) -> str:
    return "hidden" if absent(row[name]) else number(number_in(row, name), 0)


def _both(row: dict[str, object]) -> str:
    n = f"n = {_n(row, 'n_first')} and {_n(row, 'n_second')}"
    if absent(row["change"]):
        return f"hidden; {n}"
    return f"{number(number_in(row, 'first'), 0)}% to {number(number_in(row, 'second'), 0)}%; {n}"


def _change_words(row: dict[str, object]) -> str:
    if absent(row["change"]):
        return f"{row['name']}: {_both(row)}"
    change, low, high = (signed(number_in(row, name), 0) for name in ("change", "low", "high"))
    return f"{row['name']}: {change} percentage points (95% interval {low} to {high}), {_both(row)}"


def _moved(row: dict[str, object]) -> str:
    change, low, high = (signed(number_in(row, name)) for name in ("change", "low", "high"))
    return f"{change} ({low} to {high}; n = {_n(row, 'n')})"


def _area_words(row: dict[str, object]) -> str:
    first, second = (number(number_in(row, name)) for name in ("first", "second"))
    return f"{row['item']}: {first} to {second}, {_moved(row)}; {row['group']} as published"


def _pilot_words(row: dict[str, object]) -> str:
    first, second = (number(number_in(row, name), 0) for name in ("first", "second"))
    moved = signed(number_in(row, "change"), 0)
    return f"Pilot {row['pilot']}, {row['item']}: {first} to {second}, {moved}"


def _short(row: dict[str, object]) -> str:
    return "hidden" if absent(row["mean"]) else number(number_in(row, "mean"))


def _hours_words(row: dict[str, object]) -> str:
    if absent(row["mean"]):
        return f"{row['activity']}: hidden"
    mean, low, high = (number(number_in(row, name)) for name in ("mean", "low", "high"))
    return (
        f"{row['activity']}: {mean} hours a week (95% interval {low} to {high}; "
        f"n = {_n(row, 'n')} workers, {_n(row, 'weeks')} weeks)"
    )
