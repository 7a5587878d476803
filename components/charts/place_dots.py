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
    column,
    figure,
    key,
    padded,
    range_words,
    yours_key,
)
from components.charts.keys import keyed, keys_of_rows
from data.schema import number_in, records

Row = dict[str, object]

ROW: Final = 23
BAND_ROW: Final = 36
FRAME: Final = 70
BESIDE: Final = 0.19  # of a row: from its middle to a line of its two
AROUND: Final = {"l": 0, "r": 20, "t": 6, "b": 0}


def beside_neighbours(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw each pilot among its own neighbours, with their average as a tick.

    Args:
        frame: Rows of the finding ``indicator-places``.
        quantity: Titles the axis.
    """
    rows = records(frame)
    groups = list(dict.fromkeys(str(row["group"]) for row in rows))
    neighbours, average, own = (
        [row for row in rows if row["role"] in roles]
        for roles in ({"neighbour"}, {"average"}, {"pilot", "yours"})
    )
    bands = [str(row["band_key"]) for row in own]
    marks = band_marks(bands, quantity.programme)
    soft: Figure = {"size": 8, "color": COMPARATOR_SOFT, "symbol": "diamond"}
    tick: Figure = {"size": 20, "color": COMPARATOR, "symbol": "line-ns-open", "line": {"width": 3}}
    traces = [
        _dots(neighbours, "Similar council", soft, _place_words(neighbours, quantity),
              keys_of_rows(neighbours, "code", "group_code")),
        _dots(average, "Average", tick, _place_words(average, quantity),
              keys_of_rows(average, "group_code")),
        _dots(own, "Pilot", {"size": 13, **marks}, _own_words(own, quantity),
              keys_of_rows(own, "code", "band_key")),
    ]  # fmt: skip
    legend = [
        *band_key(bands, quantity.programme),
        *yours_key(bands),
        ("◆", "a similar council", COMPARATOR_SOFT),
        ("<b>|</b>", "average", COMPARATOR),
    ]
    notes = [key(legend), *_missing(own)]
    return _rows(traces, groups, axis=_levels(quantity), notes=notes)


def _missing(own: list[Row]) -> list[Figure]:
    """Say in a pilot's row that it has no figure, with the publisher's symbol: never a zero."""
    return [
        {"x": 0, "xref": "paper", "y": row["group"], "xanchor": "left", "showarrow": False,
         "text": f"no figure [{row['symbols']}]", "font": {"size": 12, "color": ACCENT_2}}
        for row in own if absent(row["value"])
    ]  # fmt: skip


def before_after(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw each place's mean before and after the start, joined; below it its comparator's in grey.

    Args:
        frame: Rows of the finding ``pilots-changes``.
        quantity: Titles the axis.
    """
    rows = records(frame)
    places, keys = [str(row["place"]) for row in rows], keys_of_rows(rows, "code", "band")
    bands = [str(row["band"]) for row in rows]
    marks = band_marks(bands, quantity.programme)
    colours = [band_colours(quantity.programme)[band] for band in bands]
    said = [_change_words(row, quantity) for row in rows]
    grey = [COMPARATOR] * len(rows)
    against: Figure = {"size": 8, "symbol": "diamond"}
    own, below = ([at + shift for at in range(len(rows))] for shift in (-BESIDE, BESIDE))
    traces = [
        *_joined(rows, ("comparator_before", "comparator_after"), grey, 2, below),
        *_joined(rows, ("before", "after"), colours, 3, own),
        *(
            {**_dots(rows, name, marker, said, keys, of=of), "y": where}
            for name, of, marker, where in (
                ("Comparator before", "comparator_before", _hollow(against, grey, 1.5), below),
                ("Comparator after", "comparator_after", {**against, "color": COMPARATOR}, below),
                ("Before", "before", _hollow({**marks, "size": 10}, colours, 2.5), own),
                ("After", "after", {"size": 11, **marks}, own),
            )
        ),
    ]
    legend = [
        ("○–●", "before and after", INK),
        *band_key(bands, quantity.programme),
        *yours_key(bands),
        ("◇–◆", "comparator", COMPARATOR),
    ]
    return _rows(traces, places, axis=_levels(quantity), notes=[key(legend)], numbered=True)


def _hollow(marker: Figure, colours: list[str], width: float) -> Figure:
    return {**marker, "color": "@chart-surface", "line": {"width": width, "color": colours}}


def band_intervals(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw each band's mean gap with its interval about zero.

    Args:
        frame: Rows of the finding ``pilots-bands``.
        quantity: Titles the axis.
    """
    rows = records(frame)
    names = [
        f"{quantity.programme.band(str(row['band'])).brief}<br>n = {int(number_in(row, 'n'))}"
        for row in rows
    ]
    bands = [str(row["band"]) for row in rows]
    colours = [band_colours(quantity.programme)[band] for band in bands]
    middle, low, high = (column(rows, name) for name in ("gap", "low", "high"))
    bars = [
        keyed(_interval(low[at], high[at], names[at], colours[at]), bands[at])
        for at in range(len(names))
        if low[at] is not None and high[at] is not None
    ]
    dots: Figure = {
        "type": "scatter", "mode": "markers+text", "x": middle, "y": names, "name": "Mean gap",
        "text": _values(middle, quantity.decimals),
        "textposition": "top center", "textfont": {"size": 12, "color": INK}, "cliponaxis": False,
        "marker": {"size": 13, **band_marks(bands, quantity.programme)},
        "customdata": [_band_words(row, quantity) for row in rows],
    }  # fmt: skip
    unbounded = [absent(row["low"]) or absent(row["high"]) for row in rows if row["withheld"] == ""]
    why = NO_RANGE if all(unbounded) else NO_LINE
    notes = [key([("●", why, MUTED)])] if any(unbounded) else []
    axis: Figure = {
        "title": {"text": f"Gap, {quantity.apart_title}"}, "zeroline": True,
        "zerolinecolor": MUTED, "zerolinewidth": 1.5,
        "range": padded([*middle, *low, *high], below=0.1, above=0.1),
    }  # fmt: skip
    marks = keyed(dots, bands)
    return _rows([*bars, marks], names, axis=axis, notes=notes, row=BAND_ROW)


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
    rows = records(frame)
    bands = [str(row["band_key"]) for row in rows]
    places, children = [str(row["place"]) for row in rows], column(rows, "children")
    colours = [band_colours(quantity.programme)[band] for band in bands]
    said = [
        f"{row['place']}: {number(number_in(row, 'children'), 0)} children; {row['band']}; "
        f"{row['authority_type']}, {row['region']}"
        for row in rows
    ]
    bars: Figure = {
        "type": "bar", "orientation": "h",
        "x": children, "y": places,
        "marker": {"color": colours}, "customdata": said, "width": 0.62, "name": "Children",
        "text": [number(number_in(row, "children"), 0) for row in rows],
        "textposition": "outside", "constraintext": "none", "textfont": {"size": 11.5},
    }  # fmt: skip
    legend = band_key(bands, quantity.programme, mark="■")
    reach = padded(children, above=0.24)  # room for the values
    axis: Figure = {"title": {"text": quantity.unit.capitalize()}, "range": reach}
    marks = keyed(bars, keys_of_rows(rows, "code", "band_key"))
    return _rows([marks], places, axis=axis, notes=[key(legend)])


def _levels(quantity: Quantity) -> Figure:
    return {"title": {"text": quantity.unit}, "ticksuffix": quantity.sign}


def _rows(
    traces: list[Figure],
    names: list[str],
    *,
    axis: Figure,
    notes: list[Figure],
    row: int = ROW,
    numbered: bool = False,
) -> Figure:
    # Where rows are numbered, marks of a row may be above one another.
    named: Figure = (
        {"tickvals": [*range(len(names))], "ticktext": names}
        if numbered
        else {"type": "category", "categoryarray": names, "categoryorder": "array"}
    )
    return figure(
        traces,
        height=FRAME + row * max(len(names), 1),
        tall=FRAME + 2 * FRAME // 5 + row * max(len(names), 1),
        margin=AROUND,
        annotations=notes,
        xaxis={"showgrid": True, "gridcolor": "@chart-grid", **axis},
        yaxis={**named, "range": [len(names) - 0.5, -0.5], "showgrid": False, "ticks": "",
               "showline": False, "tickfont": {"color": INK, "size": 12.5}},
    )  # fmt: skip


def _dots(
    rows: list[Row],
    name: str,
    marker: Figure,
    said: list[str],
    keys: list[str],
    of: str = "value",
) -> Figure:
    dots: Figure = {
        "type": "scatter", "mode": "markers", "name": name, "x": column(rows, of),
        "y": [row.get("group", row["place"]) for row in rows], "marker": marker,
        "customdata": said,
    }  # fmt: skip
    return keyed(dots, keys)


def _joined(
    rows: list[Row], ends: tuple[str, str], colours: list[str], width: int, where: list[float]
) -> list[Figure]:
    first, last = (column(rows, name) for name in ends)
    keys = keys_of_rows(rows, "code", "band")
    return [
        keyed({"type": "scatter", "mode": "lines", "x": [first[at], last[at]],
               "y": [where[at]] * 2, "line": {"width": width, "color": colours[at]},
               "hoverinfo": "skip", "meta": {"silent": True}}, keys[at])
        for at in range(len(rows)) if first[at] is not None and last[at] is not None
    ]  # fmt: skip


def _place_words(rows: list[Row], quantity: Quantity) -> list[str]:
    places = quantity.decimals
    return [
        f"{row['group']}: {row['place']} {number(number_in(row, 'value'), places)}{quantity.sign}"
        for row in rows
    ]


def _own_words(rows: list[Row], quantity: Quantity) -> list[str]:
    places = quantity.decimals
    return [
        f"{row['place']} {number(number_in(row, 'value'), places)}{quantity.sign}, "
        f"gap {signed(number_in(row, 'gap'), places)} "
        f"{quantity.apart}; {row['band']}"
        for row in rows
    ]


def _change_words(row: Row, quantity: Quantity) -> str:
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


def _band_words(row: Row, quantity: Quantity) -> str:
    if row["withheld"]:
        return f"{row['name']}: {row['withheld']}"
    places = quantity.decimals
    ends = range_words(number_in(row, "low"), number_in(row, "high"), places)
    gap = f"{signed(number_in(row, 'gap'), places)} {quantity.apart}{ends}"
    test = f"n = {number(number_in(row, 'n'), 0)}, {p_words(number_in(row, 'p'))}"
    return f"{row['name']}: gap {gap}, {test}; {row['places']}"
