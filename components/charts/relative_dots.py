"""Places against their own comparators on several measures at once, in per cent."""

from collections.abc import Mapping
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
    cells,
    figure,
    key,
    level,
)
from components.charts.keys import keyed, keys_of
from data.schema import records

ROW: Final = 28
FRAME: Final = 70


def relative(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw a row per measure and a dot per place, by how far it is from its comparator.

    Args:
        frame: Rows of the finding ``resources-places``.
        quantity: Titles the axis.
    """
    colours, symbols = band_colours(quantity.programme), band_symbols(quantity.programme)
    measures = frame.drop_duplicates("key")
    names = list(measures["short"])
    traces = [_dots(rows, colours, symbols) for _, rows in frame.groupby("code", sort=False)]
    bands = [band for band in dict.fromkeys(frame["band"]) if band]
    yours = [("◆", "yours", colours[""])] if frame["band"].eq("").any() else []
    silent = [
        rows["short"].iloc[0]
        for _, rows in frame.groupby("key", sort=False)
        if rows["relative"].isna().all()
    ]
    return figure(
        traces,
        height=FRAME + ROW * len(names),
        tall=FRAME + 2 * FRAME // 5 + ROW * len(names),
        margin={"l": 0, "r": 20, "t": 6, "b": 0},
        annotations=[
            key([*band_key(bands, quantity.programme), *yours]),
            *(
                {"x": 0, "y": name, "text": "no figures in these years", "showarrow": False,
                 "xanchor": "left", "xshift": 6, "font": {"size": 12, "color": MUTED}}
                for name in silent
            ),
        ],
        xaxis={"title": {"text": upper_first(quantity.unit)}, "zeroline": True, "nticks": 6,
               "zerolinecolor": MUTED, "zerolinewidth": 1.5, "showgrid": True,
               "gridcolor": "@chart-grid", "ticksuffix": "%"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.4, -0.6], "showgrid": True, "ticks": "",
               "showline": False, "tickfont": {"color": INK, "size": 12.5}},
    )  # fmt: skip


def _dots(rows: pd.DataFrame, colours: Mapping[str, str], symbols: Mapping[str, str]) -> Figure:
    band = str(rows["band"].iloc[0])
    dots: Figure = {
        "type": "scatter", "mode": "markers", "name": str(rows["place"].iloc[0]),
        "x": cells(rows, "relative"), "y": cells(rows, "short"),
        "marker": {"size": 11, "color": colours[band], "symbol": symbols[band], "opacity": 0.85}
        if band
        else {"size": 13, "color": colours[""], "symbol": symbols[""],
              "line": {"width": 1.5, "color": "@chart-surface"}},
        "customdata": [_words(row) for row in records(rows)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    return keyed(dots, keys_of(rows, "code", "band", "key"))


def _words(row: dict[str, object]) -> str:
    if absent(row["relative"]):
        return f"{row['place']}, {row['name']}: cannot be compared"
    own, against = (number(level(row, name)) for name in ("value", "comparator"))
    return (
        f"{row['place']}, {row['name']}: {own} against {against} ({row['unit']}), "
        f"{signed(level(row, 'relative'), 0)}%"
    )
