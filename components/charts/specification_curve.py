"""A specification curve: every estimate in order, and under it what was chosen for each."""

from typing import Final

import pandas as pd

from analytics.selection.choices import Average, Outcome
from analytics.text.quantity import Quantity, apart
from analytics.text.wording import ALPHA, number, p_words, signed, significant
from components.charts.chart import (
    ACCENT,
    ACCENT_2,
    COMPARATOR,
    INK,
    MUTED,
    Figure,
    absent,
    cells,
    error_bars,
    figure,
    key,
)
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.schema import number_in, records

PANEL: Final = 226
FRAME: Final = 36
LEFT: Final = 104
TITLES: Final = {one.value: one.label for one in Outcome}
#: Column, the cell that is marked, and what the mark says; unmarked is the other choice.
CHOICES: Final = (
    *(("model", one.key, f"list {one.when}") for one in NEIGHBOUR_LISTS[1:]),
    ("k", 5.0, "5 neighbours"),
    ("keeps_pilots", "yes", "pilots kept"),
    ("average", Average.MEDIAN, "median"),
    ("years", 2.0, "2 years"),
)


def specification_curve(frame: pd.DataFrame, _quantity: Quantity) -> Figure:
    """Draw the curves, one for each outcome in its own unit, each over its choices.

    Args:
        frame: Rows of the finding ``robustness-specifications``, in order.
    """
    held = frame[frame["estimate"].notna()]
    shown = [name for name in TITLES if (held["outcome"] == name).any()]
    traces, axes, words = list[Figure](), dict[str, object](), [_key()]
    share = 1 / max(len(shown), 1)
    for at, outcome in enumerate(shown):
        rows = held[held["outcome"] == outcome].reset_index(drop=True)
        top = 1 - at * share
        upper, lower = (f"y{2 * at + 1}".replace("y1", "y") if at == 0 else f"y{2 * at + 1}",
                        f"y{2 * at + 2}")  # fmt: skip
        traces += _curve(rows, upper)
        traces += _choices(rows, lower)
        axes[upper.replace("y", "yaxis")] = {
            "domain": [top - share * 0.57, top - share * 0.16], "zeroline": True,
            "zerolinecolor": MUTED, "zerolinewidth": 1.5, "nticks": 5, "rangemode": "tozero",
        }  # fmt: skip
        axes[lower.replace("y", "yaxis")] = {
            "domain": [top - share * 0.96, top - share * 0.62], "showgrid": False, "ticks": "",
            "tickvals": list(range(len(CHOICES))), "ticktext": [one[2] for one in CHOICES],
            "range": [len(CHOICES) - 0.5, -0.5], "tickfont": {"size": 11.5, "color": INK},
            "zeroline": False, "showline": False,
        }  # fmt: skip
        words.append(_heading(rows, top - share * 0.02))
    return figure(
        traces,
        height=FRAME + PANEL * len(shown),
        tall=FRAME + 34 + PANEL * len(shown),
        margin={"l": LEFT, "r": 12, "t": 4, "b": 8},
        annotations=words,
        meta={"shrink": 0.6},
        xaxis={"visible": False, "range": [-1, _most(held)]},
        **axes,
    )


def _most(held: pd.DataFrame) -> int:
    return int(held.groupby("outcome").size().max()) if len(held) else 1


def _curve(rows: pd.DataFrame, axis: str) -> list[Figure]:
    middle, low, high = (cells(rows, name) for name in ("estimate", "low", "high"))
    strong = [isinstance(p, float) and p < ALPHA for p in cells(rows, "p")]
    said = [[_words(row), str(row["address"])] for row in records(rows)]
    dots: Figure = {
        "type": "scatter", "mode": "markers", "name": TITLES[str(rows["outcome"].iloc[0])],
        "x": list(range(len(rows))), "y": middle, "yaxis": axis, "customdata": said,
        "marker": {"size": 7, "color": [ACCENT if one else "@chart-surface" for one in strong],
                   "line": {"width": 1.5, "color": ACCENT}},
        "error_y": {"type": "data", "symmetric": False, "color": "@comparator-soft",
                    "thickness": 1.5, "width": 0, **error_bars(middle, low, high)},
    }  # fmt: skip
    mine = [at for at, one in enumerate(rows["yours"]) if one == "yes"]
    ring: Figure = {
        "type": "scatter", "mode": "markers", "x": mine, "y": [middle[at] for at in mine],
        "yaxis": axis, "hoverinfo": "skip", "meta": {"silent": True},
        "marker": {"size": 15, "symbol": "circle-open", "color": ACCENT_2, "line": {"width": 3}},
    }  # fmt: skip
    return [dots, ring] if mine else [dots]


def _choices(rows: pd.DataFrame, axis: str) -> list[Figure]:
    places = [
        (at, row)
        for row, (column, marked, _) in enumerate(CHOICES)
        for at, cell in enumerate(rows[column].tolist())
        if cell == marked
    ]
    marks: Figure = {
        "type": "scatter", "mode": "markers", "yaxis": axis, "hoverinfo": "skip",
        "meta": {"silent": True}, "x": [at for at, _ in places], "y": [row for _, row in places],
        "marker": {"size": 6, "symbol": "square", "color": COMPARATOR},
    }  # fmt: skip
    return [marks]


def _key() -> Figure:
    return key(
        [
            ("●", f"p below {ALPHA}", ACCENT),
            ("○", f"{ALPHA} or above", ACCENT),
            ("◯", "chosen now", ACCENT_2),
            ("■", "this and not the default", COMPARATOR),
        ]
    )


def _heading(rows: pd.DataFrame, y: float) -> Figure:
    outcome, unit = str(rows["outcome"].iloc[0]), apart(rows["unit"].iloc[0], rows["scale"].iloc[0])
    words = f"<b>{TITLES[outcome]}</b>" + ("" if Outcome(outcome).is_log else f", {unit}")
    return {"x": 0, "xref": "paper", "y": y, "yref": "paper", "yanchor": "top", "text": words,
            "name": "left", "xanchor": "left", "xshift": -LEFT, "showarrow": False,
            "font": {"size": 13, "color": INK}}  # fmt: skip


def _words(row: dict[str, object]) -> str:
    estimate, low, high = (number_in(row, name) for name in ("estimate", "low", "high"))
    places = significant(estimate)
    limits = (
        "range not bounded"
        if absent(low)
        else f"95% range {signed(low, places)} to {signed(high, places)}"
    )
    text = str(row["specification"])
    cut = text.find(", ", len(text) // 2)
    folded = f"{text[:cut]},<br>{text[cut + 2 :]}" if cut > 0 else text
    return (
        f"{folded}<br>{signed(estimate, places)} {apart(row['unit'], row['scale'])} ({limits}), "
        f"n = {number(number_in(row, 'n'), 0)}, {p_words(number_in(row, 'p'))}"
    )
