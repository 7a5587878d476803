"""The gap by year from its base, whole and by band, and its change in windows."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import number, p_words, signed, significant
from components.charts.chart import (
    ACCENT,
    COMPARATOR,
    MUTED,
    NO_LINE,
    NO_RANGE,
    SILENT,
    Figure,
    absent,
    band_colours,
    column,
    error_bars,
    figure,
    key,
    line_at,
    padded,
    project_start,
    range_words,
    short_year,
    start_words,
)
from components.charts.forest import forest
from components.charts.keys import keyed
from data.schema import number_in, records

Row = dict[str, object]

HEIGHT: Final = 330
PANEL: Final = 112
COVID: Final = 2021
MARGIN: Final[Figure] = {"l": 38, "r": 16, "t": 22, "b": 42}
KEY: Final = 17  # pixels of a line of the key
#: Free above and below what is drawn, as shares of it: below for the name of the pandemic's year.
EDGE: Final = 0.05
FREE: Final = 0.11
PANEL_EDGE: Final = 0.18  # a panel is low, and its marks are as large


def change_by_year(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the change of the gap by year about its base, the start and what marks a year shown.

    Args:
        frame: Rows of the finding ``change-years``.
        quantity: What the change is in.
    """
    start, words = line_at(project_start(quantity.programme), start_words(quantity.programme))
    rows = records(frame)
    said = _unbounded(rows, "change")
    return figure(
        [_points(rows, quantity, ACCENT, axis="y")],
        height=HEIGHT,
        tall=HEIGHT + 2 * KEY,
        margin=MARGIN,
        shapes=[*_shaded(rows), start],
        annotations=[words, key([*_named(rows), *said]), *_marks(rows)],
        xaxis=_years(rows),
        yaxis=_upright(rows, f"Change of the gap, {quantity.apart_title}"),
    )


def change_by_band(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the same for each band, one above the other on one scale.

    Args:
        frame: Rows of the finding ``change-bands``.
        quantity: What the change is in.
    """
    rows = records(frame)
    bands = dict[str, list[Row]]()
    for row in rows:
        bands.setdefault(str(row["band"]), []).append(row)
    start, words = line_at(project_start(quantity.programme), start_words(quantity.programme))
    traces, axes, names = list[Figure](), dict[str, Figure](), list[Figure]()
    share, said = 1 / len(bands), _unbounded(rows, "change")
    upright = _upright(rows, "", above=PANEL_EDGE)
    for at, (band, some) in enumerate(bands.items()):
        axis = "y" if at == 0 else f"y{at + 1}"
        traces.append(
            keyed(_points(some, quantity, band_colours(quantity.programme)[band], axis=axis), band)
        )
        top = 1 - at * share
        axes[axis.replace("y", "yaxis")] = {
            **upright,
            "domain": [top - share + 0.03, top - 0.07],
            "nticks": 5,
            **({"matches": "y"} if at else {}),
        }
        names.append(
            _name(quantity.programme.band(band).brief, top, band_colours(quantity.programme)[band])
        )
    return figure(
        traces,
        height=PANEL * len(bands) + 94,
        tall=PANEL * len(bands) + 94 + 2 * KEY,
        margin=MARGIN,
        shapes=[*_shaded(rows), start],
        annotations=[words, key([*_named(rows), *said]), *names, *_marks(rows)],
        xaxis={**_years(rows), "anchor": "free", "position": 0},
        **axes,
    )


def windows(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the change of the gap in each window, one row each.

    Args:
        frame: Rows of the finding ``change-windows``.
        quantity: What the change is in.
    """
    rows = records(frame)
    names = [str(row["window"]) for row in rows]
    said = _unbounded(rows, "change")
    colours = [COMPARATOR if at == 0 else ACCENT for at in range(len(frame))]
    silent = [
        {"x": 1, "xref": "paper", "y": names[at], "text": SILENT, "showarrow": False,
         "xanchor": "right", "font": {"size": 12, "color": MUTED}}
        for at, row in enumerate(rows) if row["withheld"]
    ]  # fmt: skip
    return forest(
        frame.assign(
            estimate=frame["change"],
            said=[_window_words(row, quantity) for row in rows],
            colour=colours,
        ),
        names=names,
        title=f"Change of the gap, {quantity.apart_title}",
        layout={"annotations": [*silent, *([key(said)] if said else [])]},
    )


def _named(rows: list[Row]) -> list[tuple[str, str, str]]:
    """Name in a key the hollow marks, the bars and the daggers."""
    held = [row for row in rows if row["base"] != "yes" and not absent(row["change"])]
    entries = [("○", "before the project", MUTED), ("●", "after it", MUTED)]
    if any(not (absent(row["low"]) or absent(row["high"])) for row in held):
        entries.append(("│", "95% range", MUTED))
    if any(row["marks"] for row in rows):
        entries.append(("†", "year with a note", MUTED))
    return entries


def _unbounded(rows: list[Row], name: str) -> list[tuple[str, str, str]]:
    """Say in a key why points have no range, where some have none."""
    held = [row for row in rows if not absent(row[name]) and row.get("base") != "yes"]
    missing = [absent(row["low"]) or absent(row["high"]) for row in held]
    if not any(missing):
        return []
    said = NO_RANGE if all(missing) else NO_LINE
    return [("●", said, MUTED)]


def _points(rows: list[Row], quantity: Quantity, colour: str, *, axis: str) -> Figure:
    middle, low, high = (column(rows, name) for name in ("change", "low", "high"))
    start = project_start(quantity.programme)
    hollow = ["@chart-surface" if number_in(row, "year_end") < start else colour for row in rows]
    return {
        "type": "scatter", "mode": "lines+markers", "name": "Change of the gap",
        "x": column(rows, "year_end"), "y": middle, "yaxis": axis,
        "line": {"color": colour, "width": 1.5, "dash": "dot"},
        "marker": {"size": 10, "color": hollow, "line": {"width": 2, "color": colour}},
        "error_y": {"type": "data", "symmetric": False, "color": colour, "thickness": 1.8,
                    "width": 0, **error_bars(middle, low, high)},
        "customdata": [_words(row, quantity) for row in rows],
    }  # fmt: skip


def _years(rows: list[Row]) -> Figure:
    named = {number_in(row, "year_end"): str(row["year"]) for row in rows}
    years = sorted(named)
    words = [short_year(named[year]) for year in years]
    return {"range": [years[0] - 0.6, years[-1] + 0.6], "tickvals": years, "ticktext": words,
            "tickangle": 0, "showgrid": False}  # fmt: skip


def _upright(rows: list[Row], title: str, *, above: float = EDGE) -> Figure:
    """Return the upright axis: from zero to every end, with a line of words free at the bottom."""
    ends = [end for name in ("change", "low", "high") for end in column(rows, name)]
    return {"title": {"text": title}, "zeroline": True, "zerolinecolor": MUTED,
            "range": padded(ends, below=max(FREE, above), above=above), "zerolinewidth": 1.5,
            "nticks": 7}  # fmt: skip


def _shaded(rows: list[Row]) -> list[Figure]:
    """Shade the base, and the first year of the pandemic."""
    base = [number_in(row, "year_end") for row in _one_a_year(rows) if row["base"] == "yes"]
    spans = [(min(base), max(base))] if base else []
    if any(row["year_end"] == COVID for row in rows):
        spans.append((COVID, COVID))
    return [
        {"type": "rect", "x0": first - 0.5, "x1": last + 0.5, "y0": 0, "y1": 1, "yref": "paper",
         "layer": "below", "line": {"width": 0}, "fillcolor": "@period"}
        for first, last in spans
    ]  # fmt: skip


def _one_a_year(rows: list[Row]) -> list[Row]:
    """Return the first row of each year."""
    found = dict[object, Row]()
    for row in rows:
        found.setdefault(row["year_end"], row)
    return list(found.values())


def _marks(rows: list[Row]) -> list[Figure]:
    """Set a dagger under every year that has a note, and name the pandemic's."""
    marked = [
        {"x": row["year_end"], "y": 0, "yref": "paper", "yanchor": "top", "yshift": -20,
         "text": "†", "showarrow": False, "font": {"size": 13, "color": MUTED}}
        for row in _one_a_year(rows) if row["marks"]
    ]  # fmt: skip
    if any(row["year_end"] == COVID for row in rows):
        marked.append(
            {"x": COVID, "y": 0, "yref": "paper", "yanchor": "bottom", "text": "COVID",
             "showarrow": False, "font": {"size": 11, "color": MUTED}}
        )  # fmt: skip
    return marked


def _name(words: str, y: float, colour: str) -> Figure:
    return {"x": 0, "xref": "paper", "xanchor": "left", "y": y, "yref": "paper", "yanchor": "top",
            "text": words, "showarrow": False, "font": {"size": 13, "color": colour}}  # fmt: skip


def _words(row: Row, quantity: Quantity) -> str:
    change, low, high = (number_in(row, name) for name in ("change", "low", "high"))
    if absent(change):
        return f"{row['year']}: cannot be compared"
    places = significant(change)
    base = ", in the base" if row["base"] == "yes" else ""
    limits = "" if base and absent(low) else range_words(low, high, places)
    mark = f"<br>† {row['marks']}" if row["marks"] else ""
    return (
        f"{row['year']}{base}: {signed(change, places)} {quantity.apart}{limits}, "
        f"n = {number(number_in(row, 'n'), 0)}{mark}"
    )


def _window_words(row: Row, quantity: Quantity) -> str:
    if row["withheld"]:
        return f"{row['window']}: {row['withheld']}"
    change, low, high = (number_in(row, name) for name in ("change", "low", "high"))
    places = significant(change)
    return (
        f"{row['window']}, {row['before']} to {row['after']}:<br>{signed(change, places)} "
        f"{quantity.apart}{range_words(low, high, places)}, n = {number(number_in(row, 'n'), 0)}, "
        f"{p_words(number_in(row, 'p'))};<br>{row['certainty']}"
    )
