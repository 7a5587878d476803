"""A figure by year: pilots against their comparator, or one authority with its limits."""

from dataclasses import replace
from itertools import cycle, takewhile
from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity, Scale
from analytics.text.wording import limit_decimals, number, signed
from components.charts.chart import (
    ACCENT,
    ACCENT_2,
    COMPARATOR,
    COMPARATOR_SOFT,
    INTERVAL,
    MUTED,
    NO_RANGE,
    Cell,
    Figure,
    absent,
    column,
    figure,
    key,
    label_at,
    line_at,
    project_start,
    range_words,
    short_year,
    start_words,
)
from components.charts.keys import keyed
from data.schema import grouped, number_in, records
from data.symbols import Symbol

Row = dict[str, object]

HEIGHT: Final = 300
LEAD_HEIGHT: Final = 380  # beside the tiles of an answer, which are taller than other cards
MARGIN: Final = {"l": 44, "r": 16, "t": 22, "b": 24}
KEY_ROW: Final = 17  # pixels of a line of the key
#: What the shaded band of pilots and comparator is.
BAND_WORDS: Final = (
    "95% range of the gap: by itself, a year is clear of chance if the other line is outside it"
)
ALONE: Final = 0.2  # of a year: half the width of a band over one year alone
LIMIT_WORDS: Final = "95% limits of yours"
#: How the dashed lines are told apart, and what stands for each in the key.
DASHES: Final = {"dash": "– –", "dot": "· · ·", "dashdot": "– ·"}
DASHED: Final = "dash"


def pilots_and_comparator(
    frame: pd.DataFrame, quantity: Quantity, *, height: int = HEIGHT
) -> Figure:
    """Draw pilots and comparator by year, the chosen period shaded, the start marked.

    The band is the interval of the pilots' gap, added to the comparator: it is around the pilots,
    and where the comparator's line is outside it the gap's interval leaves zero. A year whose
    interval so few pilots cannot bound has none, and the key says so.

    Args:
        frame: Rows of the finding ``indicator-years``.
        quantity: Titles the upright axis.
        height: Of the chart, in pixels.
    """
    rows = records(frame)
    years, base = column(rows, "year_end"), column(rows, "comparator")
    band = [_sum(base, column(rows, end)) for end in ("low", "high")]
    said = [_gap_words(row, quantity) for row in rows]
    other = str(rows[0]["compared_with"])
    yours = _yours(rows)
    traces = [
        *_band(years, *band),
        _line(years, base, name=other, colour=COMPARATOR, said=said),
        *(_dashed(held, quantity, DASHED) for held in yours),
        _line(years, column(rows, "pilots"), name="Pilots", colour=ACCENT, said=said, own=True),
    ]
    ends = [("Pilots", "pilots", ACCENT), (other, "comparator", COMPARATOR)]
    entries = [*_band_key(rows), *_key(yours)]
    more = [key(entries)] if entries else []
    return _by_year(rows, traces, quantity=quantity, ends=ends, more=more, height=height)


def clearest(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the measure that the rows name like any other by year, your authority dashed.

    Args:
        frame: Rows of the finding ``answer-years``.
        quantity: Of the finding; its unit is that of the rows.
    """
    first = frame.iloc[0]
    measured = replace(quantity, unit=str(first["unit"]), scale=Scale(str(first["scale"])))
    return pilots_and_comparator(frame, measured, height=LEAD_HEIGHT)


def _yours(rows: list[Row]) -> list[list[Row]]:
    """Return the figures of the reader's authority as rows of a line; none where none is there."""
    held = [
        {**row, "place": row["yours_place"], "code": row["yours_code"], "value": row["yours"]}
        for row in rows
        if not absent(row.get("yours"))
    ]
    return [held] if held else []


def _band_key(rows: list[Row]) -> list[tuple[str, str, str]]:
    """Name the band above the plot, and say why a year has none."""
    bounded = [_has_band(row) for row in rows if not absent(row["gap"])]
    entries = [("■", BAND_WORDS, INTERVAL)] if any(bounded) else []
    if not all(bounded):
        entries.append(("–", f"elsewhere {NO_RANGE}" if entries else NO_RANGE, MUTED))
    if any(row["in_period"] == "yes" for row in rows):
        entries.append(("▭", "years compared", MUTED))
    return entries


def _has_band(row: Row) -> bool:
    return not absent(row["low"]) and not absent(row["high"])


def one_authority(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw one authority by year with its limits, and England beside it.

    Args:
        frame: Rows of the finding ``area-years``.
        quantity: Titles the upright axis.
    """
    yours = records(frame[frame["role"] == "yours"])
    years = column(yours, "year_end")
    said = [_level_words(row, quantity) for row in yours]
    others = grouped(frame[frame["role"] != "yours"], "code")
    own = _line(years, column(yours, "value"), name="Yours", colour=ACCENT_2, said=said, own=True)
    traces = [
        *_band(years, column(yours, "low"), column(yours, "high")),
        _line(
            years,
            column(yours, "england"),
            name="England",
            colour=COMPARATOR,
            said=said,
        ),
        *(_dashed(rows, quantity, dash) for rows, dash in zip(others, cycle(DASHES), strict=False)),
        keyed(own, str(yours[0]["code"])),
    ]
    ends = [("Yours", "value", ACCENT_2), ("England", "england", COMPARATOR)]
    limits = [("■", LIMIT_WORDS, INTERVAL)]
    entries = [*(limits if any(map(_has_band, yours)) else []), *_key(others)]
    more = [*_missing(yours), *([key(entries)] if entries else [])]
    return _by_year(yours, traces, quantity=quantity, ends=ends, more=more)


def _dashed(rows: list[Row], quantity: Quantity, dash: str) -> Figure:
    """Draw an authority before or after a change of boundaries."""
    line = _line(
        column(rows, "year_end"),
        column(rows, "value"),
        name=str(rows[0]["place"]),
        colour=ACCENT_2,
        said=[f"{row['place']}, {_value_words(row, quantity)}" for row in rows],
    )
    dashed = {"mode": "lines", "line": {"color": ACCENT_2, "width": 1.5, "dash": dash}}
    return keyed({**line, **dashed}, str(rows[0]["code"]))


def _key(others: list[list[Row]]) -> list[tuple[str, str, str]]:
    """Name the dashed lines in the key: they cross, and end together."""
    marks = list(DASHES.values())
    return [
        (marks[at % len(marks)], str(rows[0]["place"]), ACCENT_2) for at, rows in enumerate(others)
    ]


def _missing(yours: list[Row]) -> list[Figure]:
    """Set the publisher's symbol on the axis where a value is missing: never a zero.

    Years in which the authority did not exist have one symbol between them.
    """
    rows = [row for row in yours if absent(row["value"])]
    gone = [row for row in rows if row["status"] == Symbol.NOT_THEN]
    kept = [row for row in rows if row["status"] != Symbol.NOT_THEN] + gone[len(gone) // 2 :][:1]
    return [
        {"x": row["year_end"], "y": 0, "yref": "paper", "yanchor": "bottom", "showarrow": False,
         "text": f"[{row['status']}]", "font": {"size": 12, "color": ACCENT_2}}
        for row in kept
    ]  # fmt: skip


def _by_year(
    rows: list[Row],
    traces: list[Figure],
    *,
    quantity: Quantity,
    ends: list[tuple[str, str, str]],
    more: list[Figure],
    height: int = HEIGHT,
) -> Figure:
    start, words = line_at(project_start(quantity.programme), start_words(quantity.programme))
    labels = _end_labels(rows, ends)
    years = [number_in(row, "year_end") for row in rows]
    # Without a range Plotly makes room on the axis for the words beside the lines' ends.
    reach = [min(years) - 0.5, max(years) + 0.5]
    return figure(
        traces,
        height=height,
        tall=height + KEY_ROW,
        margin=MARGIN,
        shapes=[*_shaded(rows), start],
        annotations=[words, *labels, *more],
        xaxis={"range": reach, "tickvals": years, "tickangle": 0, "showgrid": False,
               "ticktext": [short_year(str(row["year"])) for row in rows]},
        yaxis={"title": {"text": quantity.unit}, "nticks": 6, "ticksuffix": quantity.sign},
    )  # fmt: skip


def _end_labels(rows: list[Row], ends: list[tuple[str, str, str]]) -> list[Figure]:
    """Name each line at its last point; push the names apart where the lines end close."""
    found, top = list[tuple[float, float, str, str]](), list[float]()
    for words, name, colour in ends:
        held = [row for row in rows if not absent(row[name])]
        if held:
            last = held[-1]
            found.append((number_in(last, name), number_in(last, "year_end"), words, colour))
            top.append(max(number_in(row, name) for row in held))
    found.sort()
    near = len(found) > 1 and found[1][0] - found[0][0] < max(top) * 0.1
    shifts = [-12, 12] if near else [0, 0]
    return [
        label_at(year, height, words.replace(" ", "<br>", 1), colour=colour, yshift=shift)
        for (height, year, words, colour), shift in zip(found, shifts, strict=False)
    ]


def _line(
    years: list[Cell],
    levels: list[Cell],
    *,
    name: str,
    colour: str,
    said: list[str],
    own: bool = False,
) -> Figure:
    return {
        "type": "scatter", "mode": "lines+markers", "name": name, "x": years, "y": levels,
        "line": {"color": colour, "width": 3 if own else 2},
        "marker": {"size": 7, "color": colour, "symbol": "circle" if own else "diamond"},
        "customdata": said,
    }  # fmt: skip


def _band(years: list[Cell], low: list[Cell], high: list[Cell]) -> list[Figure]:
    """Draw a band over each run of years that have one: never across a year that has none."""
    held = [at for at in range(len(years)) if low[at] is not None and high[at] is not None]
    starts = [at for at in held if at - 1 not in held]
    runs = [list(takewhile(held.__contains__, range(at, len(years)))) for at in starts]
    return [part for run in runs for part in _run(years, low, high, run)]


def _run(years: list[Cell], low: list[Cell], high: list[Cell], at: list[int]) -> list[Figure]:
    across = [years[one] for one in at]
    if len(at) == 1 and isinstance(across[0], int | float):
        across, at = [across[0] - ALONE, across[0] + ALONE], at * 2
    silent = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "meta": {"silent": True},
              "x": across, "line": {"width": 1, "color": COMPARATOR_SOFT}}  # fmt: skip
    return [
        {**silent, "y": [low[one] for one in at]},
        {**silent, "y": [high[one] for one in at], "fill": "tonexty", "fillcolor": INTERVAL},
    ]


def _sum(left: list[Cell], right: list[Cell]) -> list[Cell]:
    return [
        a + b if isinstance(a, float) and isinstance(b, float) else None
        for a, b in zip(left, right, strict=True)
    ]


def _shaded(rows: list[Row]) -> list[Figure]:
    """Return the shade behind the chosen years; none where the rows do not say which they are."""
    chosen = [number_in(row, "year_end") for row in rows if row.get("in_period") == "yes"]
    if not chosen:
        return []
    return [
        {
            "type": "rect", "x0": min(chosen) - 0.4, "x1": max(chosen) + 0.4,
            "y0": 0, "y1": 1, "yref": "paper",
            "layer": "below", "line": {"width": 0}, "fillcolor": "@period",
        }
    ]  # fmt: skip


def _gap_words(row: Row, quantity: Quantity) -> str:
    pilots, against, gap = (number_in(row, name) for name in ("pilots", "comparator", "gap"))
    if absent(gap):
        return f"{row['year']}: cannot be compared"
    places = quantity.decimals
    return (
        f"{row['year']}: pilots {number(pilots, places)}{quantity.sign}, {row['compared_with']} "
        f"{number(against, places)}{quantity.sign}, gap {signed(gap, places)} {quantity.apart}"
        f"{range_words(number_in(row, 'low'), number_in(row, 'high'), places)}, "
        f"n = {number(number_in(row, 'n'), 0)}"
    )


def _value_words(row: Row, quantity: Quantity) -> str:
    return f"{row['year']}: {number(number_in(row, 'value'))}; {quantity.unit}"


def _level_words(row: Row, quantity: Quantity) -> str:
    value, low, high, england = (
        number_in(row, name) for name in ("value", "low", "high", "england")
    )
    places = 1 if absent(high) else limit_decimals(high, 1)
    limits = f" (95% limits {number(low, places)} to {number(high, places)})"
    limits = "" if absent(low) else limits
    shown = number(value) if not absent(value) else f"missing ({row['status']})"
    return f"{row['year']}: yours {shown}{limits}, England {number(england)}; {quantity.unit}"
