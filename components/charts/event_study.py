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
    cells,
    error_bars,
    figure,
    key,
    level,
    line_at,
    padded,
    project_start,
    range_words,
    short_year,
    start_words,
)
from components.charts.forest import forest
from components.charts.keys import keyed
from data.schema import records

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
    said = _unbounded(frame, "change")
    return figure(
        [_points(frame, quantity, ACCENT, axis="y")],
        height=HEIGHT,
        tall=HEIGHT + 2 * KEY,
        margin=MARGIN,
        shapes=[*_shaded(frame), start],
        annotations=[words, key([*_named(frame), *said]), *_marks(frame)],
        xaxis=_years(frame),
        yaxis=_upright(frame, f"Change of the gap, {quantity.apart_title}"),
    )


def change_by_band(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the same for each band, one above the other on one scale.

    Args:
        frame: Rows of the finding ``change-bands``.
        quantity: What the change is in.
    """
    bands = [str(band) for band in dict.fromkeys(frame["band"])]
    start, words = line_at(project_start(quantity.programme), start_words(quantity.programme))
    traces, axes, names = list[Figure](), dict[str, Figure](), list[Figure]()
    share, said = 1 / len(bands), _unbounded(frame, "change")
    for at, band in enumerate(bands):
        rows = frame[frame["band"] == band]
        axis = "y" if at == 0 else f"y{at + 1}"
        traces.append(
            keyed(_points(rows, quantity, band_colours(quantity.programme)[band], axis=axis), band)
        )
        top = 1 - at * share
        axes[axis.replace("y", "yaxis")] = {
            **_upright(frame, "", above=PANEL_EDGE),
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
        shapes=[*_shaded(frame), start],
        annotations=[words, key([*_named(frame), *said]), *names, *_marks(frame)],
        xaxis={**_years(frame), "anchor": "free", "position": 0},
        **axes,
    )


def windows(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the change of the gap in each window, one row each.

    Args:
        frame: Rows of the finding ``change-windows``.
        quantity: What the change is in.
    """
    names = [str(name) for name in frame["window"]]
    said = _unbounded(frame, "change")
    colours = [COMPARATOR if at == 0 else ACCENT for at in range(len(frame))]
    silent = [
        {"x": 1, "xref": "paper", "y": names[at], "text": SILENT, "showarrow": False,
         "xanchor": "right", "font": {"size": 12, "color": MUTED}}
        for at, row in enumerate(records(frame)) if row["withheld"]
    ]  # fmt: skip
    return forest(
        frame.assign(
            estimate=frame["change"],
            said=[_window_words(row, quantity) for row in records(frame)],
            colour=colours,
        ),
        names=names,
        title=f"Change of the gap, {quantity.apart_title}",
        layout={"annotations": [*silent, *([key(said)] if said else [])]},
    )


def _named(frame: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Name in a key the hollow marks, the bars and the daggers."""
    held = frame[(frame["base"] != "yes") & frame["change"].notna()]
    bounded = held[["low", "high"]].notna().all(axis=1).any()
    entries = [("○", "before the project", MUTED), ("●", "after it", MUTED)]
    if bounded:
        entries.append(("│", "95% range", MUTED))
    if frame["marks"].ne("").any():
        entries.append(("†", "year with a note", MUTED))
    return entries


def _unbounded(frame: pd.DataFrame, name: str) -> list[tuple[str, str, str]]:
    """Say in a key why points have no range, where some have none."""
    held = frame[frame[name].notna()]
    if "base" in held:
        held = held[held["base"] != "yes"]
    missing = held[["low", "high"]].isna().any(axis=1)
    if not missing.any():
        return []
    said = NO_RANGE if missing.all() else NO_LINE
    return [("●", said, MUTED)]


def _points(frame: pd.DataFrame, quantity: Quantity, colour: str, *, axis: str) -> Figure:
    middle, low, high = (cells(frame, name) for name in ("change", "low", "high"))
    before = frame["year_end"] < project_start(quantity.programme)
    hollow = ["@chart-surface" if one else colour for one in before]
    return {
        "type": "scatter", "mode": "lines+markers", "name": "Change of the gap",
        "x": cells(frame, "year_end"), "y": middle, "yaxis": axis,
        "line": {"color": colour, "width": 1.5, "dash": "dot"},
        "marker": {"size": 10, "color": hollow, "line": {"width": 2, "color": colour}},
        "error_y": {"type": "data", "symmetric": False, "color": colour, "thickness": 1.8,
                    "width": 0, **error_bars(middle, low, high)},
        "customdata": [_words(row, quantity) for row in records(frame)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip


def _years(frame: pd.DataFrame) -> Figure:
    years = sorted({float(str(year)) for year in frame["year_end"]})
    named = dict(zip(frame["year_end"], frame["year"], strict=True))
    words = [short_year(str(named[year])) for year in years]
    return {"range": [years[0] - 0.6, years[-1] + 0.6], "tickvals": years, "ticktext": words,
            "tickangle": 0, "showgrid": False}  # fmt: skip


def _upright(frame: pd.DataFrame, title: str, *, above: float = EDGE) -> Figure:
    """Return the upright axis: from zero to every end, with a line of words free at the bottom."""
    ends = [end for name in ("change", "low", "high") for end in cells(frame, name)]
    return {"title": {"text": title}, "zeroline": True, "zerolinecolor": MUTED,
            "range": padded(ends, below=max(FREE, above), above=above), "zerolinewidth": 1.5,
            "nticks": 7}  # fmt: skip


def _shaded(frame: pd.DataFrame) -> list[Figure]:
    """Shade the base, and the first year of the pandemic."""
    rows = frame.drop_duplicates("year_end")
    base = rows[rows["base"] == "yes"]["year_end"]
    spans = [(float(base.min()), float(base.max()))] if len(base) else []
    if (rows["year_end"] == COVID).any():
        spans.append((COVID, COVID))
    return [
        {"type": "rect", "x0": first - 0.5, "x1": last + 0.5, "y0": 0, "y1": 1, "yref": "paper",
         "layer": "below", "line": {"width": 0}, "fillcolor": "@period"}
        for first, last in spans
    ]  # fmt: skip


def _marks(frame: pd.DataFrame) -> list[Figure]:
    """Set a dagger under every year that has a note, and name the pandemic's."""
    rows = frame.drop_duplicates("year_end")
    marked = [
        {"x": row["year_end"], "y": 0, "yref": "paper", "yanchor": "top", "yshift": -20,
         "text": "†", "showarrow": False, "font": {"size": 13, "color": MUTED}}
        for row in records(rows) if row["marks"]
    ]  # fmt: skip
    if (rows["year_end"] == COVID).any():
        marked.append(
            {"x": COVID, "y": 0, "yref": "paper", "yanchor": "bottom", "text": "COVID",
             "showarrow": False, "font": {"size": 11, "color": MUTED}}
        )  # fmt: skip
    return marked


def _name(words: str, y: float, colour: str) -> Figure:
    return {"x": 0, "xref": "paper", "xanchor": "left", "y": y, "yref": "paper", "yanchor": "top",
            "text": words, "showarrow": False, "font": {"size": 13, "color": colour}}  # fmt: skip


def _words(row: dict[str, object], quantity: Quantity) -> str:
    change, low, high = (level(row, name) for name in ("change", "low", "high"))
    if absent(change):
        return f"{row['year']}: cannot be compared"
    places = significant(change)
    base = ", in the base" if row["base"] == "yes" else ""
    limits = "" if base and absent(low) else range_words(low, high, places)
    mark = f"<br>† {row['marks']}" if row["marks"] else ""
    return (
        f"{row['year']}{base}: {signed(change, places)} {quantity.apart}{limits}, "
        f"n = {number(level(row, 'n'), 0)}{mark}"
    )


def _window_words(row: dict[str, object], quantity: Quantity) -> str:
    if row["withheld"]:
        return f"{row['window']}: {row['withheld']}"
    change, low, high = (level(row, name) for name in ("change", "low", "high"))
    places = significant(change)
    return (
        f"{row['window']}, {row['before']} to {row['after']}:<br>{signed(change, places)} "
        f"{quantity.apart}{range_words(low, high, places)}, n = {number(level(row, 'n'), 0)}, "
        f"{p_words(level(row, 'p'))};<br>{row['certainty']}"
    )
