"""Every verdict under every choice of neighbours: one row an indicator, one column a choice."""

from typing import Final

import pandas as pd

from analytics.selection.choices import Average, Weights
from analytics.text.certainty import SURE, Certainty
from analytics.text.quantity import Quantity, apart
from analytics.text.wording import number, p_words, signed, significant
from components.charts.chart import (
    ACCENT,
    ACCENT_2,
    COMPARATOR,
    INK,
    MUTED,
    Figure,
    absent,
    figure,
    key,
)
from components.charts.keys import keyed
from components.charts.rows import bare, heading
from data.neighbour_lists import NEIGHBOUR_LISTS
from data.schema import number_in, records

ROW: Final = 15
TALL_ROW: Final = 38  # with its name above
CHOICE_ROW: Final = 14
TOP: Final = 34  # the names of the lists, in two lines
KEY: Final = 17  # a line of the key
INDENT: Final = 18  # pixels from the left edge to a name above its row: clear of the first column
UPPER: Final = 0.2  # of a row, from its name above to the middle of its marks
#: What the lists are called above their columns.
LISTS: Final = {one.key: "<br>".join(one.heads) for one in NEIGHBOUR_LISTS}
MARKS: Final = (
    ("5 neighbours", "k", 5.0),
    ("median", "average", Average.MEDIAN),
    ("pilots kept", "keeps_pilots", "yes"),
    ("by closeness", "weights_key", Weights.CLOSENESS),
)


def verdict_matrix(frame: pd.DataFrame, _quantity: Quantity) -> Figure:
    """Draw the direction of every gap and how sure it is, choice by choice.

    Args:
        frame: Rows of the finding ``neighbours-verdicts``.
    """
    choices = frame.drop_duplicates("choice_key").reset_index(drop=True)
    at = {choice: place for place, choice in enumerate(choices["choice_key"])}
    names = list(frame.drop_duplicates("key")["short"])
    choosing = CHOICE_ROW * len(MARKS)
    split = choosing / (ROW * len(names) + choosing)
    around = TOP + KEY + choosing + 16
    grouped = dict[str, list[dict[str, object]]]()
    for row in records(frame):
        grouped.setdefault(str(row["key"]), []).append(row)
    traces = [keyed(_cells(rows, at), name) for name, rows in grouped.items()]
    return figure(
        [*traces, _marks(choices)],
        height=around + ROW * len(names),
        tall=around + 2 * KEY + TALL_ROW * len(names),
        margin={"l": 0, "r": 6, "t": TOP, "b": 6},
        meta={"middle": UPPER},
        annotations=[_key(), *_lists(choices), *_names(names)],
        shapes=[*_dividers(choices), *_mine(choices)],
        xaxis={"visible": False, "range": [-0.7, len(choices) - 0.3]},
        yaxis={**bare(len(names)), "domain": [split + 0.015, 1], "type": "category",
               "categoryarray": names, "categoryorder": "array", "showgrid": True},
        yaxis2={**bare(len(MARKS)), "domain": [0, split], "range": [len(MARKS) - 0.5, -0.5]},
    )  # fmt: skip


def _names(names: list[str]) -> list[Figure]:
    """Name the rows, and below them the choices: beside, or above where there is no room."""
    rows = [heading(words, at - UPPER) for at, words in enumerate(names)]
    for at, (words, _, _) in enumerate(MARKS):
        choosing = heading(words, at - UPPER)
        rows.append({**choosing, "yref": "y2", "font": {"size": 12.5, "color": MUTED}})
    return [{**one, "xshift": INDENT} for one in rows]


def _cells(rows: list[dict[str, object]], at: dict[str, int]) -> Figure:
    held = [row for row in rows if not absent(row["gap"])]
    sure = [Certainty(str(row["verdict_key"])) for row in held]
    clear = [one in SURE for one in sure]
    out = [one.stands_out for one in sure]
    return {
        "type": "scatter", "mode": "markers", "name": str(rows[0]["short"]),
        "x": [at[str(row["choice_key"])] for row in held], "y": [row["short"] for row in held],
        "marker": {
            "opacity": 1,
            "symbol": [
                _symbol(number_in(row, "gap"), one) for row, one in zip(held, sure, strict=True)
            ],
            "size": [10 if one else 7 for one in out],
            "color": [ACCENT if one else "@chart-surface" for one in clear],
            "line": {"width": 1.5, "color": [ACCENT if one else COMPARATOR for one in out]},
        },
        "customdata": [[_words(row), str(row["address"])] for row in held],
    }  # fmt: skip


def _symbol(gap: float, sure: Certainty) -> str:
    """Return a triangle by direction, or a cross where nothing can be tested."""
    if sure is Certainty.UNTESTABLE:
        return "x-thin"
    return "triangle-down" if gap < 0 else "triangle-up"


def _marks(choices: pd.DataFrame) -> Figure:
    places = [
        (at, row)
        for row, (_, column, marked) in enumerate(MARKS)
        for at, cell in enumerate(choices[column].tolist())
        if cell == marked
    ]
    return {
        "type": "scatter", "mode": "markers", "yaxis": "y2", "hoverinfo": "skip",
        "meta": {"silent": True}, "x": [at for at, _ in places], "y": [row for _, row in places],
        "marker": {"size": 6, "symbol": "square", "color": COMPARATOR},
    }  # fmt: skip


def _lists(choices: pd.DataFrame) -> list[Figure]:
    made = list[Figure]()
    for model, rows in choices.groupby("model_key", sort=False):
        middle = (rows.index[0] + rows.index[-1]) / 2
        words = LISTS[str(model)]
        made.append(
            {"x": middle, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
             "text": words, "font": {"size": 12, "color": INK}, "yshift": 2}
        )  # fmt: skip
    return made


def _dividers(choices: pd.DataFrame) -> list[Figure]:
    models = list(choices["model_key"])
    turns = [at for at in range(1, len(models)) if models[at] != models[at - 1]]
    return [
        {"type": "line", "x0": at - 0.5, "x1": at - 0.5, "y0": 0, "y1": 1, "yref": "paper",
         "line": {"width": 1, "color": MUTED}}
        for at in turns
    ]  # fmt: skip


def _mine(choices: pd.DataFrame) -> list[Figure]:
    return [
        {"type": "rect", "x0": at - 0.5, "x1": at + 0.5, "y0": 0, "y1": 1, "yref": "paper",
         "line": {"width": 1.5, "color": ACCENT_2}, "fillcolor": "rgba(0,0,0,0)"}
        for at, yours in enumerate(choices["yours"]) if yours == "yes"
    ]  # fmt: skip


def _key() -> Figure:
    return key(
        [
            ("▲", "pilots higher", COMPARATOR),
            ("▼", "lower", COMPARATOR),
            ("▼", "clear of chance", ACCENT),
            ("▽", "clear of chance alone", ACCENT),
            ("▿", "not clear", COMPARATOR),
            ("×", "cannot be tested", COMPARATOR),
            ("▯", "chosen now", ACCENT_2),
        ]
    )


def _words(row: dict[str, object]) -> str:
    gap, p = number_in(row, "gap"), number_in(row, "p")
    places = significant(gap)
    low, high = number_in(row, "low"), number_in(row, "high")
    limits = (
        "range not bounded with so few pilots"
        if absent(low) or absent(high)
        else f"95% interval {signed(low, places)} to {signed(high, places)}"
    )
    adjusted = number_in(row, "p_adjusted")
    after = "" if absent(adjusted) else f", adjusted {p_words(adjusted)}"
    return (
        f"{row['short']}, {row['choice']}:<br>gap {signed(gap, places)} "
        f"{apart(row['unit'], row['scale'])} ({limits}), "
        f"n = {number(number_in(row, 'n'), 0)}, {p_words(p)}{after}<br>{row['verdict']}"
    )
