"""Places on one scale: pilots beside their neighbours, before and after, band means, sizes."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import number, p_words, signed
from components.charts.chart import (
    ACCENT_2,
    COMPARATOR,
    COMPARATOR_SOFT,
    INK,
    MUTED,
    NO_LINE,
    NO_RANGE,
    Cell,
    Figure,
    absent,
    band_colours,
    band_key,
    band_marks,
    cells,
    figure,
    key,
    padded,
    range_words,
)
from components.charts.keys import keyed, keys_of
from data.schema import number_in, records

ROW: Final = 23
BAND_ROW: Final = 36
FRAME: Final = 70
AROUND: Final = {"l": 0, "r": 20, "t": 6, "b": 0}


def beside_neighbours(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw each pilot among its own neighbours, with their average as a tick.

    Args:
        frame: Rows of the finding ``indicator-places``.
        quantity: Titles the axis.
    """
    groups = list(dict.fromkeys(frame["group"]))
    neighbours = frame[frame["role"] == "neighbour"]
    average = frame[frame["role"] == "average"]
    own = frame[frame["role"].isin(["pilot", "yours"])]
    marks = band_marks(own["band_key"], quantity.programme)
    traces = [
        _dots(
            neighbours,
            "Similar council",
            {"size": 8, "color": COMPARATOR_SOFT, "symbol": "diamond"},
            _place_words(neighbours, quantity),
            keys_of(neighbours, "code", "group_code"),
        ),
        _dots(
            average,
            "Average",
            {"size": 20, "color": COMPARATOR, "symbol": "line-ns-open", "line": {"width": 3}},
            _place_words(average, quantity),
            keys_of(average, "group_code"),
        ),
        _dots(
            own,
            "Pilot",
            {"size": 13, **marks},
            _own_words(own, quantity),
            keys_of(own, "code", "band_key"),
        ),
    ]
    legend = [
        *band_key(list(own["band_key"]), quantity.programme),
        ("◆", "a similar council", COMPARATOR_SOFT),
        ("<b>|</b>", "average", COMPARATOR),
    ]
    more = _missing(own)
    return _rows(traces, groups, axis=_levels(quantity), legend=legend, more=more)


def _missing(own: pd.DataFrame) -> list[Figure]:
    """Say in a pilot's row that it has no figure, with the publisher's symbol: never a zero."""
    return [
        {"x": 0, "xref": "paper", "y": row["group"], "xanchor": "left", "showarrow": False,
         "text": f"no figure [{row['symbols']}]", "font": {"size": 12, "color": ACCENT_2}}
        for row in records(own) if absent(row["value"])
    ]  # fmt: skip


def before_after(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw each place's mean before and after the start, joined; its comparator's in grey.

    Args:
        frame: Rows of the finding ``pilots-changes``.
        quantity: Titles the axis.
    """
    places, keys = list(frame["place"]), keys_of(frame, "code", "band")
    marks = band_marks(frame["band"], quantity.programme)
    colours = [band_colours(quantity.programme)[band] for band in frame["band"]]
    said = [_change_words(row, quantity) for row in records(frame)]
    grey = [COMPARATOR_SOFT] * len(frame)
    hollow: Figure = {
        **marks,
        "size": 11,
        "color": "@chart-surface",
        "line": {"width": 2.5, "color": colours},
    }
    traces = [
        _joined(frame, ("comparator_before", "comparator_after"), grey, 2),
        _joined(frame, ("before", "after"), colours, 3),
        _dots(frame, "Comparator after", {"size": 8, "color": COMPARATOR, "symbol": "diamond"},
              said, keys, of="comparator_after"),
        _dots(frame, "Before", hollow, said, keys, of="before"),
        _dots(frame, "After", {"size": 12, **marks}, said, keys, of="after"),
    ]  # fmt: skip
    flat = [trace for part in traces for trace in (part if isinstance(part, list) else [part])]
    legend = [
        ("○", "before", INK),
        ("●", "after", INK),
        *band_key(list(frame["band"]), quantity.programme),
        ("◆", "comparator", COMPARATOR),
    ]
    return _rows(flat, places, axis=_levels(quantity), legend=legend)


def band_intervals(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw each band's mean gap with its interval about zero.

    Args:
        frame: Rows of the finding ``pilots-bands``.
        quantity: Titles the axis.
    """
    names = [
        f"{quantity.programme.band(str(row['band'])).brief}<br>n = {int(number_in(row, 'n'))}"
        for row in records(frame)
    ]
    colours = [band_colours(quantity.programme)[band] for band in frame["band"]]
    middle, low, high = (cells(frame, name) for name in ("gap", "low", "high"))
    bars = [
        keyed(_interval(low[at], high[at], names[at], colours[at]), str(frame["band"].iloc[at]))
        for at in range(len(names))
        if low[at] is not None and high[at] is not None
    ]
    dots: Figure = {
        "type": "scatter", "mode": "markers+text", "x": middle, "y": names, "name": "Mean gap",
        "text": _values(middle, quantity.decimals),
        "textposition": "top center", "textfont": {"size": 12, "color": INK}, "cliponaxis": False,
        "marker": {"size": 13, **band_marks(frame["band"], quantity.programme)},
        "customdata": [_band_words(row, quantity) for row in records(frame)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    unbounded = frame[frame["withheld"] == ""][["low", "high"]].isna().any(axis=1)
    why = NO_RANGE if unbounded.all() else NO_LINE
    legend = [("●", why, MUTED)] if unbounded.any() else []
    axis: Figure = {
        "title": {"text": f"Gap, {quantity.apart_title}"}, "zeroline": True,
        "zerolinecolor": MUTED, "zerolinewidth": 1.5,
        "range": padded([*middle, *low, *high], below=0.1, above=0.1),
    }  # fmt: skip
    marks = keyed(dots, keys_of(frame, "band"))
    return _rows([*bars, marks], names, axis=axis, legend=legend, row=BAND_ROW)


def _values(levels: list[Cell], places: int) -> list[str]:
    return [signed(one, places) if isinstance(one, float) else "" for one in levels]


def _interval(low: Cell, high: Cell, name: str, colour: str) -> Figure:
    # Small markers at the ends make Plotly leave room for them on the axis; a bare line has none.
    return {
        "type": "scatter", "mode": "lines+markers", "x": [low, high], "y": [name] * 2,
        "line": {"width": 3, "color": colour}, "marker": {"size": 3, "color": colour},
        "hoverinfo": "skip", "meta": {"silent": True},
    }  # fmt: skip


def sizes(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw how many children each pilot has, coloured by band.

    Args:
        frame: Rows of the finding ``pilots-profile``.
        quantity: Titles the axis.
    """
    colours = [band_colours(quantity.programme)[band] for band in frame["band_key"]]
    said = [
        f"{row['place']}: {number(number_in(row, 'children'), 0)} children; {row['band']}; "
        f"{row['authority_type']}, {row['region']}"
        for row in records(frame)
    ]
    bars: Figure = {
        "type": "bar", "orientation": "h",
        "x": cells(frame, "children"), "y": cells(frame, "place"),
        "marker": {"color": colours}, "customdata": said, "width": 0.62, "name": "Children",
        "text": [number(number_in(row, "children"), 0) for row in records(frame)],
        "textposition": "outside", "constraintext": "none", "textfont": {"size": 11.5},
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    legend = band_key(list(frame["band_key"]), quantity.programme, mark="■")
    reach = padded(cells(frame, "children"), above=0.24)  # room for the values
    axis: Figure = {"title": {"text": quantity.unit.capitalize()}, "range": reach}
    marks = keyed(bars, keys_of(frame, "code", "band_key"))
    return _rows([marks], list(frame["place"]), axis=axis, legend=legend)


def _levels(quantity: Quantity) -> Figure:
    return {"title": {"text": quantity.unit}, "ticksuffix": quantity.sign}


def _rows(
    traces: list[Figure],
    names: list[str],
    *,
    axis: Figure,
    legend: list[tuple[str, str, str]],
    row: int = ROW,
    more: list[Figure] | None = None,
) -> Figure:
    return figure(
        traces,
        height=FRAME + row * max(len(names), 1),
        tall=FRAME + 2 * FRAME // 5 + row * max(len(names), 1),
        margin=AROUND,
        annotations=[*([key(legend)] if legend else []), *(more or [])],
        xaxis={"showgrid": True, "gridcolor": "@chart-grid", **axis},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.5, -0.5], "showgrid": False, "ticks": "", "showline": False,
               "tickfont": {"color": INK, "size": 12.5}},
    )  # fmt: skip


def _dots(
    frame: pd.DataFrame,
    name: str,
    marker: Figure,
    said: list[str],
    keys: list[str],
    of: str = "value",
) -> Figure:
    dots: Figure = {
        "type": "scatter", "mode": "markers", "name": name, "x": cells(frame, of),
        "y": cells(frame, "group" if "group" in frame else "place"), "marker": marker,
        "customdata": said, "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    return keyed(dots, keys)


def _joined(
    frame: pd.DataFrame, ends: tuple[str, str], colours: list[str], width: int
) -> list[Figure]:
    first, last = (cells(frame, name) for name in ends)
    places, keys = cells(frame, "place"), keys_of(frame, "code", "band")
    return [
        keyed({"type": "scatter", "mode": "lines", "x": [first[at], last[at]],
               "y": [places[at]] * 2, "line": {"width": width, "color": colours[at]},
               "hoverinfo": "skip", "meta": {"silent": True}}, keys[at])
        for at in range(len(places)) if first[at] is not None and last[at] is not None
    ]  # fmt: skip


def _place_words(frame: pd.DataFrame, quantity: Quantity) -> list[str]:
    places = quantity.decimals
    return [
        f"{row['group']}: {row['place']} {number(number_in(row, 'value'), places)}{quantity.sign}"
        for row in records(frame)
    ]


def _own_words(frame: pd.DataFrame, quantity: Quantity) -> list[str]:
    places = quantity.decimals
    return [
        f"{row['place']} {number(number_in(row, 'value'), places)}{quantity.sign}, "
        f"gap {signed(number_in(row, 'gap'), places)} "
        f"{quantity.apart}; {row['band']}"
        for row in records(frame)
    ]


def _change_words(row: dict[str, object], quantity: Quantity) -> str:
    if row["missing"]:
        return f"{row['place']}: {row['missing']}"
    places = quantity.decimals
    before, after = (
        f"{number(number_in(row, name), places)}{quantity.sign}" for name in ("before", "after")
    )
    changed = signed(number_in(row, "gap_change"), places)
    return (
        f"{row['place']}: {before} before, {after} after; the gap changed by {changed} "
        f"{quantity.apart}"
    )


def _band_words(row: dict[str, object], quantity: Quantity) -> str:
    if row["withheld"]:
        return f"{row['name']}: {row['withheld']}"
    places = quantity.decimals
    ends = range_words(number_in(row, "low"), number_in(row, "high"), places)
    gap = f"{signed(number_in(row, 'gap'), places)} {quantity.apart}{ends}"
    test = f"n = {number(number_in(row, 'n'), 0)}, {p_words(number_in(row, 'p'))}"
    return f"{row['name']}: gap {gap}, {test}; {row['places']}"
