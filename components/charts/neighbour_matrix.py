"""Neighbours: which several pilots share, and which survive from list to list."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from components.charts.chart import (
    ACCENT,
    ACCENT_2,
    COMPARATOR_SOFT,
    INK,
    MUTED,
    Figure,
    absent,
    band_colours,
    cells,
    figure,
    key,
)
from components.charts.keys import keyed, keys_of
from data.neighbour_lists import NEIGHBOUR_LISTS, many
from data.schema import number_in, records

ROW: Final = 17
TALL_ROW: Final = 28  # holds a name in two lines
BAR_ROW: Final = 23
HEADS: Final = 92  # pixels of the longest name of a place, upright
MOST_COLUMNS: Final = 20  # pilots whose upright names there is room for
MOST_ROWS: Final = 60  # neighbours that are drawn where pilots are counted
#: By the number of lists that hold a neighbour.
SHADES: Final = {
    **dict.fromkeys(range(2, len(NEIGHBOUR_LISTS)), "@comparator"),
    1: COMPARATOR_SOFT,
    len(NEIGHBOUR_LISTS): ACCENT,
}
LATER: Final = NEIGHBOUR_LISTS[1:]
PAIR: Final = 2
LISTS_KEY: Final = (
    ("■", f"in {many()} lists", ACCENT),
    ("■", "in several" if LATER[PAIR:] else "in two", "@comparator"),
    ("■", "in one", COMPARATOR_SOFT),
)
ONE_LATER: Final = ("@band-2", "@band-3", "@band-1")
PARTS: Final = (
    ("in_all", f"in all {many()} lists", ACCENT),
    *(
        (f"in_{one.column}", f"{one.when} too", ONE_LATER[at % len(ONE_LATER)])
        for at, one in enumerate(LATER)
    ),
    *([("in_several", "several later lists", "@comparator")] if LATER[PAIR:] else []),
    ("in_neither", f"in {'neither' if len(LATER) == PAIR else 'no'} later list", COMPARATOR_SOFT),
)


def neighbour_matrix(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw who lists whom, for neighbours that two pilots share or that are pilots themselves.

    Where there are none, every neighbour is drawn. Where pilots are too many for a column each, it
    is drawn how many of them list a neighbour, for those that most do.

    Args:
        frame: Rows of the finding ``neighbours-lists``.
        quantity: Colours the bands.
    """
    several = frame[(frame["shared_by"] > 1) | (frame["pilot"] == "yes")]
    shared = several if len(several) else frame
    ordered = shared.sort_values(["shared_by", "alphabetical"], ascending=[False, True])
    neighbours = records(ordered.drop_duplicates("neighbour_code"))
    if frame["code"].nunique() > MOST_COLUMNS:
        return _counted(shared, neighbours)
    names = [str(row["neighbour"]) for row in neighbours]
    colours = band_colours(quantity.programme)
    places = records(frame.drop_duplicates("code"))
    column = {str(row["code"]): at for at, row in enumerate(places)}
    grouped = dict[object, list[tuple[dict[str, object], str]]]()
    keys = keys_of(shared, "neighbour_code", "code", "band")
    for row, named in zip(records(shared), keys, strict=True):
        grouped.setdefault(row["neighbour_code"], []).append((row, named))
    traces = [_row(rows, column) for rows in grouped.values()]
    heads = [
        {"x": at, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "center",
         "text": row["place"], "name": "column", "textangle": -90, "showarrow": False, "yshift": 2,
         "font": {"size": 11.5, "color": colours[str(row["band"])]}}
        for at, row in enumerate(places)
    ]  # fmt: skip
    return figure(
        traces,
        height=50 + ROW * max(len(names), 1),
        tall=50 + HEADS + TALL_ROW * max(len(names), 1),
        margin={"l": 0, "r": 12, "t": HEADS, "b": 8},
        annotations=[*heads, _key()],
        xaxis={"tickvals": list(column.values()), "showticklabels": False, "ticks": "",
               "range": [-0.6, len(places) - 0.4], "showgrid": True, "gridcolor": "@chart-grid",
               "showline": False},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.5, -0.5], "ticks": "", "showline": False,
               "tickvals": names,
               "ticktext": [_bold(row) for row in neighbours],
               "tickfont": {"color": INK, "size": 12}},
    )  # fmt: skip


def _counted(shared: pd.DataFrame, neighbours: list[dict[str, object]]) -> Figure:
    """Draw how many pilots list each neighbour, most first, by how many lists hold the pair."""
    drawn = neighbours[:MOST_ROWS]
    names = [_bold(row) for row in drawn]
    codes = [str(row["neighbour_code"]) for row in drawn]
    times = shared.groupby(["neighbour_code", "lists"]).size()
    bars: list[Figure] = []
    for held, colour in sorted(SHADES.items(), reverse=True):
        counts = [int(times.get((code, held), 0)) for code in codes]
        said = [
            f"{row['neighbour']}{_itself(row)}: {count} of the pilots, in "
            f"{held} of {len(NEIGHBOUR_LISTS)} lists"
            for row, count in zip(drawn, counts, strict=True)
        ]
        bar: Figure = {
            "type": "bar", "orientation": "h", "name": f"In {held}", "x": counts, "y": names,
            "marker": {"color": colour}, "width": 0.66, "customdata": said,
        }  # fmt: skip
        bars.append(keyed(bar, codes))
    left = len(neighbours) - len(drawn)
    more = [("…", f"{left} more are in the table", MUTED)] if left else []
    return figure(
        bars,
        height=70 + BAR_ROW * len(names),
        tall=117 + BAR_ROW * len(names),
        margin={"l": 0, "r": 12, "t": 6, "b": 0},
        barmode="stack",
        annotations=[key([*LISTS_KEY, ("<b>B</b>", "bold: is itself a pilot", INK), *more])],
        xaxis={"title": {"text": "Pilots that have it in any list"},
               "showgrid": True, "gridcolor": "@chart-grid"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.5, -0.5], "showgrid": False, "ticks": "",
               "showline": False, "tickfont": {"color": INK, "size": 12.5}},
    )  # fmt: skip


def _bold(row: dict[str, object]) -> str:
    return f"<b>{row['neighbour']}</b>" if row["pilot"] == "yes" else str(row["neighbour"])


def _itself(row: dict[str, object]) -> str:
    return ", itself a pilot" if row["pilot"] == "yes" else ""


def _row(rows: list[tuple[dict[str, object], str]], column: dict[str, int]) -> Figure:
    """Return one neighbour's marks, left to right: one series of the point browser."""
    inside = sorted(rows, key=lambda row: column[str(row[0]["code"])])
    each = [row for row, _ in inside]
    many = [int(number_in(row, "lists")) for row in each]
    pilot = each[0]["pilot"] == "yes"
    marks: Figure = {
        "type": "scatter", "mode": "markers", "name": str(each[0]["neighbour"]),
        "x": [column[str(row["code"])] for row in each],
        "y": [row["neighbour"] for row in each],
        "marker": {"size": 12, "symbol": "diamond" if pilot else "square",
                   "color": [SHADES[one] for one in many],
                   "line": {"width": 2 if pilot else 0, "color": ACCENT_2}},
        "customdata": [_words(row) for row in each],
    }  # fmt: skip
    return keyed(marks, [named for _, named in inside])


def survival_bars(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw how many of each pilot's first neighbours the later lists keep.

    Args:
        frame: Rows of the finding ``neighbours-survival``.
        quantity: Titles the axis.
    """
    places = cells(frame, "place")
    unlisted: list[Figure] = [
        {"x": 0, "y": row["place"], "text": f"not in the {NEIGHBOUR_LISTS[0].listed}",
         "showarrow": False, "xanchor": "left", "xshift": 6,
         "font": {"size": 12, "color": MUTED}}
        for row in records(frame) if not number_in(row, "named")
    ]  # fmt: skip
    bars: list[Figure] = [
        {"type": "bar", "orientation": "h", "name": words, "x": cells(frame, name), "y": places,
         "marker": {"color": colour}, "width": 0.66,
         "customdata": [_survival_words(row, name, words) for row in records(frame)]}
        for name, words, colour in PARTS
    ]  # fmt: skip
    return figure(
        [keyed(bar, keys_of(frame, "code", "band")) for bar in bars],
        height=70 + BAR_ROW * len(places),
        tall=100 + BAR_ROW * len(places),
        margin={"l": 0, "r": 12, "t": 6, "b": 0},
        barmode="stack",
        annotations=[key([("■", words, colour) for _, words, colour in PARTS]), *unlisted],
        xaxis={"title": {"text": quantity.unit.capitalize()},
               "showgrid": True, "gridcolor": "@chart-grid",
               "dtick": 2},
        yaxis={"type": "category", "categoryarray": places, "categoryorder": "array",
               "range": [len(places) - 0.5, -0.5],
               "showgrid": False, "ticks": "", "showline": False,
               "tickfont": {"color": INK, "size": 12.5}},
    )  # fmt: skip


def _key() -> Figure:
    return key([*LISTS_KEY, ("◆", "is itself a pilot", ACCENT_2)])


def _words(row: dict[str, object]) -> str:
    held = [
        f"{one.when} place {int(number_in(row, f'rank_{one.column}'))}"
        f"{_close(str(row.get(f'closeness_{one.column}', '')))}"
        for one in NEIGHBOUR_LISTS
        if not absent(row[f"rank_{one.column}"])
    ]
    changed = f"<br>{row['changed']}" if row["changed"] else ""
    return f"{row['neighbour']}{_itself(row)}, for {row['place']}:<br>{'; '.join(held)}{changed}"


def _close(words: str) -> str:
    return f" ({words})" if words else ""


def _survival_words(row: dict[str, object], name: str, words: str) -> str:
    who = {"in_all": row["kept"], "in_neither": row["gone"]}.get(name, "")
    names = f": {who}" if who else ""
    return f"{row['place']}: {int(number_in(row, name))} {words}{names}"
