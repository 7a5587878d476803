"""Places against their own comparators on several measures at once, in per cent."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import number, signed, upper_first
from components.charts.chart import (
    INK,
    MUTED,
    Figure,
    absent,
    band_colours,
    band_key,
    band_symbols,
    column,
    figure,
    key,
    padded,
    yours_key,
)
from components.charts.keys import keyed, keys_of
from data.schema import number_in, records

ROW: Final = 28
MANY: Final = 20  # places above which each band has a line of its own in a row
LINE: Final = 11  # pixels of such a line
FRAME: Final = 70

#: A row of the frame, where its dot is on the upright axis, and its keys.
Dot = tuple[dict[str, object], object, str]


def relative(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw a row per measure and a dot per place, by how far it is from its comparator.

    Args:
        frame: Rows of the finding ``resources-places``.
        quantity: Titles the axis.
    """
    colours, symbols = band_colours(quantity.programme), band_symbols(quantity.programme)
    rows = records(frame)
    names = list({row["key"]: row["short"] for row in rows}.values())
    bands = [band for band in dict.fromkeys(frame["band"]) if band]
    has_yours = "" in set(frame["band"])
    lines = [*bands, ""] if has_yours else bands
    is_many = frame["code"].nunique() > MANY
    where = _lines(frame, names, lines) if is_many else [row["short"] for row in rows]
    dots = dict[object, list[Dot]]()
    for dot in zip(rows, where, keys_of(frame, "code", "band", "key"), strict=True):
        dots.setdefault(dot[0]["code"], []).append(dot)
    traces = [_dots(some, colours, symbols, is_many=is_many) for some in dots.values()]
    row = max(ROW, LINE * (len(lines) + 1)) if is_many else ROW
    return figure(
        traces,
        height=FRAME + row * len(names),
        tall=FRAME + 2 * FRAME // 5 + row * len(names),
        margin={"l": 0, "r": 20, "t": 6, "b": 0},
        annotations=[
            key([*band_key(bands, quantity.programme), *yours_key(lines)]),
            *(
                {"x": 0, "y": names.index(name) if is_many else name, "showarrow": False,
                 "text": "no figures in these years", "xanchor": "left", "xshift": 6,
                 "font": {"size": 12, "color": MUTED}}
                for name in _silent(rows, names)
            ),
        ],
        xaxis={"title": {"text": upper_first(quantity.unit)}, "zeroline": True, "nticks": 6,
               "range": padded(column(rows, "relative"), below=0.05, above=0.05),
               "zerolinecolor": MUTED, "zerolinewidth": 1.5, "showgrid": True,
               "gridcolor": "@chart-grid", "ticksuffix": "%"},
        yaxis={**({"tickvals": [*range(len(names))], "ticktext": names} if is_many else
                  {"type": "category", "categoryarray": names, "categoryorder": "array"}),
               "zeroline": False, "range": [len(names) - 0.4, -0.6], "showgrid": True, "ticks": "",
               "showline": False, "tickfont": {"color": INK, "size": 12.5}},
    )  # fmt: skip


def _lines(frame: pd.DataFrame, names: Sequence[object], lines: Sequence[object]) -> list[float]:
    """Return where each dot is on the upright axis: in its row, in the line of its band."""
    middle = (len(lines) - 1) / 2
    return [
        names.index(short) + 0.8 * (lines.index(band) - middle) / len(lines)
        for short, band in zip(frame["short"], frame["band"], strict=True)
    ]


def _silent(rows: list[dict[str, object]], names: list[object]) -> list[object]:
    """Return the measures that no place can be compared on."""
    compared = {row["short"] for row in rows if not absent(row["relative"])}
    return [name for name in names if name not in compared]


def _dots(
    dots: Sequence[Dot], colours: Mapping[str, str], symbols: Mapping[str, str], *, is_many: bool
) -> Figure:
    rows, where, keys = zip(*dots, strict=True)
    band = str(rows[0]["band"])
    trace: Figure = {
        "type": "scatter", "mode": "markers", "name": str(rows[0]["place"]),
        "x": column(rows, "relative"), "y": [*where],
        "marker": {"size": 8 if is_many else 11, "color": colours[band], "symbol": symbols[band],
                   "opacity": 0.6 if is_many else 0.85}
        if band
        else {"size": 13, "color": colours[""], "symbol": symbols[""],
              "line": {"width": 1.5, "color": "@chart-surface"}},
        "customdata": [_words(row) for row in rows],
    }  # fmt: skip
    return keyed(trace, keys)


def _words(row: dict[str, object]) -> str:
    if absent(row["relative"]):
        return f"{row['place']}, {row['name']}: cannot be compared"
    own, against = (number(number_in(row, name)) for name in ("value", "comparator"))
    return (
        f"{row['place']}, {row['name']}: {own} against {against} ({row['unit']}), "
        f"{signed(number_in(row, 'relative'), 0)}%"
    )
