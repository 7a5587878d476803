"""A programme to come: the smallest change that would be seen, by indicator and by councils."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity, Scale, apart, with_unit
from analytics.text.wording import number, significant, upper_first
from components.charts.chart import (
    ACCENT,
    ACCENT_2,
    COMPARATOR,
    INK,
    MUTED,
    Figure,
    absent,
    cells,
    figure,
    key,
    padded,
)
from components.charts.keys import keyed, keys_of
from data.schema import number_in, records

HEIGHT: Final = 300
KEY_ROW: Final = 17  # pixels of a line of the key
FRAME: Final = 66
ROW: Final = 18
TALL_ROW: Final = 34  # holds a name above its dot
#: How lines of designs beside the one chosen are drawn, with what stands for each in the key.
OTHERS: Final = (("dash", "– –", COMPARATOR), ("dot", "· · ·", MUTED))


def smallest_changes(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the smallest change of each indicator in per cent of its level, with it in its own unit.

    Args:
        frame: Rows of the finding ``plan-detectable``.
        quantity: Titles the axis.
    """
    rows = frame.sort_values("relative", na_position="last").reset_index(drop=True)
    asked = [one == "yes" for one in cells(rows, "asked")]
    each = records(rows)
    names = [
        f"<b>{row['short']}</b>" if one else str(row["short"])
        for row, one in zip(each, asked, strict=True)
    ]
    dots: Figure = {
        "type": "scatter", "mode": "markers", "x": cells(rows, "relative"),
        "y": names, "name": "Smallest change that would be seen",
        "marker": {"size": 10, "color": [ACCENT_2 if one else ACCENT for one in asked],
                   "symbol": ["diamond" if one else "circle" for one in asked]},
        "customdata": [_change_words(row) for row in each],
    }  # fmt: skip
    return figure(
        [keyed(dots, keys_of(rows, "key"))],
        height=FRAME + ROW * len(rows),
        tall=FRAME + KEY_ROW + TALL_ROW * len(rows),
        margin={"l": 0, "r": 16, "t": 6, "b": 0},
        annotations=[
            key([("◆", "indicator chosen", ACCENT_2), ("●", "the others", ACCENT)]),
            *(_value(row, name) for row, name in zip(each, names, strict=True)),
        ],
        xaxis={"title": {"text": "Smallest change, " + quantity.unit}, "nticks": 6,
               "range": padded(cells(rows, "relative"), above=0.05), "ticksuffix": "%",
               "zeroline": True, "zerolinecolor": MUTED, "showgrid": True,
               "gridcolor": "@chart-grid"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.5, -0.5], "showgrid": False, "ticks": "",
               "showline": False, "tickfont": {"color": INK, "size": 12}},
    )  # fmt: skip


def _value(row: dict[str, object], name: str) -> Figure:
    """Write the change in its own unit beside its dot, or that there is none."""
    relative, font = number_in(row, "relative"), {"size": 12, "color": INK}
    if absent(relative):
        words, x, font = "no answer: see the table", 0.0, {"size": 12, "color": COMPARATOR}
    else:
        words, x = _own(row), relative
    return {"name": "value", "x": x, "y": name, "text": words, "showarrow": False,
            "xanchor": "left", "xshift": 9, "font": font}  # fmt: skip


def _own(row: dict[str, object]) -> str:
    size = number_in(row, "smallest_change")
    shown = number(size, significant(size))
    if Scale(str(row["scale"])) is Scale.PERCENT:
        return f"{shown} points"
    return with_unit(shown, row["unit"], row["scale"])


def _change_words(row: dict[str, object]) -> str:
    size = number_in(row, "smallest_change")
    if absent(size):
        return f"{row['name']}: {row['withheld']}"
    said = with_unit(number(size, significant(size)), row["unit"], row["scale"])
    relative = number_in(row, "relative")
    share = "" if absent(relative) else f", {number(relative, 0)}% of the usual level"
    return f"{row['name']}<br>would be seen from {said}{share}"


def by_councils(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the smallest change by number of councils, one line a design, the chosen one marked.

    Args:
        frame: Rows of the finding ``plan-curve``.
        quantity: Titles the upright axis.
    """
    lines = [rows for _, rows in frame.groupby("design", sort=False)]
    looks = [("solid", "●", ACCENT), *OTHERS]
    traces = [
        _line(rows, quantity, look=look, own=at == 0)
        for at, (rows, look) in enumerate(zip(lines, looks, strict=False))
    ]
    asked = records(frame[frame["asked"] == "yes"])[0]
    entries = [
        (mark, _years(records(rows)[0]), colour)
        for rows, (_, mark, colour) in zip(lines, looks, strict=False)
    ]
    marks = list[Figure]()
    if not absent(asked["smallest_change"]):
        traces.append(_mark(asked))
        marks.append(_mark_words(asked, quantity))
        entries.append(("◆", f"{_count(asked)} councils", ACCENT_2))
    return figure(
        traces,
        height=HEIGHT,
        tall=HEIGHT + 2 * KEY_ROW,
        margin={"l": 44, "r": 20, "t": 8, "b": 40},
        annotations=[key(entries), *marks],
        xaxis={"title": {"text": "Councils in the programme"}, "showgrid": False,
               "tickvals": [6, 12, 20, 30, 40, 50, 60], "range": [3, 62], "tickangle": 0},
        yaxis={"title": {"text": upper_first(quantity.apart_title)}, "rangemode": "tozero",
               "nticks": 6},
    )  # fmt: skip


def _line(
    rows: pd.DataFrame, quantity: Quantity, *, look: tuple[str, str, str], own: bool
) -> Figure:
    dash, _, colour = look
    return {
        "type": "scatter", "mode": "lines+markers", "name": upper_first(_years(records(rows)[0])),
        "x": cells(rows, "councils"), "y": cells(rows, "smallest_change"),
        "line": {"color": colour, "width": 3 if own else 2, "dash": dash},
        "marker": {"size": 7 if own else 5, "color": colour},
        "customdata": [_point_words(row, quantity) for row in records(rows)],
    }  # fmt: skip


def _mark(asked: dict[str, object]) -> Figure:
    councils, size = (number_in(asked, name) for name in ("councils", "smallest_change"))
    return {
        "type": "scatter", "mode": "markers", "x": [councils], "y": [size],
        "hoverinfo": "skip", "meta": {"silent": True},
        "marker": {"size": 14, "color": ACCENT_2, "symbol": "diamond"},
    }  # fmt: skip


def _mark_words(asked: dict[str, object], quantity: Quantity) -> Figure:
    size, relative = number_in(asked, "smallest_change"), number_in(asked, "relative")
    share = "" if absent(relative) else f" ({number(relative, 0)}%)"
    said = apart(quantity.unit, quantity.scale)
    return {
        "x": number_in(asked, "councils"), "y": size, "showarrow": False, "xanchor": "left",
        "yanchor": "bottom", "xshift": 8, "yshift": 6, "font": {"size": 13, "color": ACCENT_2},
        "text": f"<b>{number(size, significant(size))} {said}{share}</b>",
    }  # fmt: skip


def _years(row: dict[str, object]) -> str:
    before, after = (number(number_in(row, name), 0) for name in ("years_before", "years_after"))
    return f"{before} {'year' if before == '1' else 'years'} before, {after} after"


def _count(row: dict[str, object]) -> str:
    return number(number_in(row, "councils"), 0)


def _point_words(row: dict[str, object], quantity: Quantity) -> str:
    lead, size = f"{_count(row)} councils, {_years(row)}", number_in(row, "smallest_change")
    if absent(size):
        return f"{lead}: {row['withheld']}"
    relative = number_in(row, "relative")
    share = "" if absent(relative) else f", {number(relative, 0)}% of the usual level"
    return f"{lead}:<br>{number(size, significant(size))} {quantity.apart}{share}"
