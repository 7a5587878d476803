"""The number in question, leaving one out, what could be detected, bands against each other."""

from typing import Final

import pandas as pd

from analytics.programme import PROGRAMME
from analytics.text.quantity import Quantity, apart
from analytics.text.wording import number, p_words, signed, significant
from components.charts.chart import (
    ACCENT,
    ACCENT_2,
    BANDS,
    COMPARATOR,
    INK,
    MUTED,
    Figure,
    absent,
    band_key,
    cells,
    figure,
    key_words,
    level,
)
from components.charts.forest import forest
from data.schema import records

MOST_NEIGHBOURS: Final = 8
ROW: Final = 23
FRAME: Final = 104


def one_number(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the number in question with its interval and what could be detected.

    Args:
        frame: The row of the finding ``robustness-view``.
        quantity: What the estimate is in.
    """
    row = records(frame)[0]
    least = level(row, "detectable")
    reach: Figure = {
        "type": "rect", "x0": -least, "x1": least, "y0": 0, "y1": 1, "yref": "paper",
        "layer": "below", "line": {"width": 0}, "fillcolor": "@period",
    }  # fmt: skip
    named: Figure = {
        "x": 0, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
        "text": f"shaded: below the smallest detectable (±{number(least, significant(least))})",
        "font": {"size": 12, "color": MUTED},
    }  # fmt: skip
    reached = not absent(least)
    return forest(
        frame.assign(said=_number_words(row, quantity), colour=ACCENT),
        names=["Pilots less<br>comparator"],
        title=f"{row['outcome']}, {quantity.apart_title}",
        height=168,
        layout={
            "margin": {"l": 104, "r": 20, "t": 30, "b": 48},
            "shapes": [reach] if reached else [],
            "annotations": [named] if reached else [],
        },
    )


def without_one(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the estimate without each pilot and without the neighbours that move it most.

    Args:
        frame: Rows of the finding ``robustness-without``.
        quantity: What the estimate is in.
    """
    neighbours = frame[frame["role"] == "neighbour"].head(MOST_NEIGHBOURS)
    rows = pd.concat([frame[frame["role"] != "neighbour"], neighbours], ignore_index=True)
    whole = level(records(rows)[0], "estimate")
    names = ["<b>nobody left out</b>", *(f"{name}" for name in rows["left_out"][1:])]
    colours = [
        ACCENT if role == "whole" else COMPARATOR if role == "neighbour" else BANDS[band]
        for role, band in zip(rows["role"], rows["band"], strict=True)
    ]
    line: Figure = {
        "type": "line", "x0": whole, "x1": whole, "y0": 0, "y1": 1, "yref": "paper",
        "layer": "below", "line": {"color": ACCENT, "width": 1, "dash": "dot"},
    }  # fmt: skip
    joins: list[Figure] = [
        {"type": "line", "x0": whole, "x1": estimate, "y0": name, "y1": name, "layer": "below",
         "line": {"color": ACCENT_2, "width": 8}}
        for name, estimate in zip(names[1:], cells(rows, "estimate")[1:], strict=True)
        if estimate is not None
    ]  # fmt: skip
    key = key_words(
        [
            *band_key(list(rows["band"])),
            ("●", "neighbour", COMPARATOR),
            ("▬", "shift", ACCENT_2),
        ]
    )
    words: Figure = {
        "x": 0, "xref": "paper", "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "left",
        "xshift": -160, "showarrow": False, "align": "left", "text": key,
        "font": {"size": 12, "color": MUTED},
    }  # fmt: skip
    return forest(
        rows.assign(said=[_without_words(row, quantity) for row in records(rows)], colour=colours),
        names=names,
        title=f"Estimate, {quantity.apart_title}",
        height=FRAME + ROW * len(rows),
        layout={
            "margin": {"l": 166, "r": 20, "t": 32, "b": 48},
            "shapes": [line, *joins],
            "annotations": [words],
        },
    )


def detectable(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw every observed difference as a share of the smallest detectable.

    Args:
        frame: Rows of the finding ``robustness-detectable``.
        quantity: Titles the axis.
    """
    rows = frame.sort_values("ratio", ascending=False, na_position="last")
    names = cells(rows, "short")
    share = [
        None if absent(ratio) else float(str(ratio)) * (1 if level(row, "estimate") > 0 else -1)
        for ratio, row in zip(cells(rows, "ratio"), records(rows), strict=True)
    ]
    reach: Figure = {
        "type": "rect", "x0": -1, "x1": 1, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
        "line": {"width": 0}, "fillcolor": "@interval",
    }  # fmt: skip
    dots: Figure = {
        "type": "scatter", "mode": "markers", "x": share, "y": names, "name": "Observed",
        "marker": {"size": 10, "color": ACCENT},
        "customdata": [_detectable_words(row) for row in records(rows)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    stems: list[Figure] = [
        {"type": "scatter", "mode": "lines", "x": [0, share[at]], "y": [names[at]] * 2,
         "line": {"width": 2, "color": ACCENT}, "hoverinfo": "skip", "meta": {"silent": True}}
        for at in range(len(names)) if share[at] is not None
    ]  # fmt: skip
    silent = [
        {"x": 0, "y": row["short"], "text": "not answered: see the table", "showarrow": False,
         "xanchor": "left", "xshift": 6, "font": {"size": 12, "color": COMPARATOR}}
        for row in records(rows) if row["withheld"]
    ]  # fmt: skip
    named: Figure = {
        "x": 0, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
        "text": "shaded: below the smallest detectable", "font": {"size": 12, "color": MUTED},
    }  # fmt: skip
    return figure(
        [*stems, dots],
        height=FRAME + ROW * len(rows),
        margin={"l": 176, "r": 20, "t": 30, "b": 52},
        shapes=[reach],
        annotations=[named, *silent],
        xaxis={"title": {"text": f"Observed, as a multiple {quantity.unit}"}, "zeroline": True,
               "zerolinecolor": MUTED, "showgrid": True, "gridcolor": "@chart-grid"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "autorange": "reversed", "showgrid": False, "ticks": "", "showline": False,
               "tickfont": {"color": INK, "size": 12.5}},
    )  # fmt: skip


def band_pairs(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the difference between each pair of bands with its interval.

    Args:
        frame: Rows of the finding ``robustness-bands``.
        quantity: What the difference is in.
    """
    pairs = [
        [PROGRAMME.band(str(row[end])).short for end in ("first_key", "second_key")]
        for row in records(frame)
    ]
    names = [f"{first}<br>less {second}" for first, second in pairs]
    return forest(
        frame.assign(said=[_pair_words(row, quantity) for row in records(frame)], colour=ACCENT),
        names=names,
        title=f"Difference between bands, {quantity.apart_title}",
    )


def _limits(row: dict[str, object], places: int) -> str:
    low, high = level(row, "low"), level(row, "high")
    return f"95 % interval {signed(low, places)} to {signed(high, places)}"


def _number_words(row: dict[str, object], quantity: Quantity) -> str:
    estimate, least = level(row, "estimate"), level(row, "detectable")
    places = significant(estimate)
    return (
        f"{row['name']}: {signed(estimate, places)} {quantity.apart} ({_limits(row, places)}), "
        f"n = {number(level(row, 'n'), 0)}, {p_words(level(row, 'p'))}; could detect "
        f"{number(least, significant(least))}"
    )


def _without_words(row: dict[str, object], quantity: Quantity) -> str:
    estimate = level(row, "estimate")
    if absent(estimate):
        return f"Without {row['left_out']}: cannot be compared"
    places = significant(estimate)
    serves = row["serves"]
    role = "" if absent(serves) else f", a neighbour of {number(level(row, 'serves'), 0)}"
    lead = "Nobody left out" if row["role"] == "whole" else f"Without {row['left_out']}{role}"
    return (
        f"{lead}: {signed(estimate, places)} {quantity.apart} ({_limits(row, places)}), "
        f"n = {number(level(row, 'n'), 0)}, {p_words(level(row, 'p'))}"
    )


def _detectable_words(row: dict[str, object]) -> str:
    if row["withheld"] or absent(row["ratio"]):
        return f"{row['name']}: {row['withheld']}"
    estimate, least = level(row, "estimate"), level(row, "detectable")
    places = max(significant(estimate), significant(least))
    return (
        f"{row['name']}<br>observed {signed(estimate, places)} {apart(row['unit'], row['scale'])} "
        f"({_limits(row, places)}), n = {number(level(row, 'n'), 0)};<br>could detect "
        f"{number(least, places)}, {p_words(level(row, 'p'))}"
    )


def _pair_words(row: dict[str, object], quantity: Quantity) -> str:
    estimate = level(row, "estimate")
    places = significant(estimate)
    sizes = f"n = {number(level(row, 'n_first'), 0)} and {number(level(row, 'n_second'), 0)}"
    return (
        f"{row['pair']}: {signed(estimate, places)} {quantity.apart} ({_limits(row, places)}), "
        f"{sizes}, permutation {p_words(level(row, 'p'))}, for all pairs "
        f"{p_words(level(row, 'p_adjusted'))}"
    )
