"""Where figures jump: places by years, a mark where lines moved by more than half."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity
from analytics.text.wording import number, signed
from components.charts.chart import (
    INK,
    Figure,
    absent,
    band_colours,
    band_key,
    figure,
    key,
)
from components.charts.keys import keyed, keys_of_rows
from data.schema import grouped, number_in

ROW: Final = 30
SMALLEST: Final = 18


def jumps(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw a mark for each place and year with a jump, with how many lines jumped inside.

    Args:
        frame: Rows of the finding ``expenditure-jumps``.
        quantity: Colours the bands; the marks hold counts.
    """
    marks = grouped(frame, "code", "year_end")
    first = [rows[0] for rows in marks]
    places = list({row["code"]: str(row["place"]) for row in first}.values())
    ends = [int(number_in(row, "year_end")) for row in first]
    years, bands = range(min(ends), max(ends) + 1), [str(row["band"]) for row in first]
    colours = band_colours(quantity.programme)
    counts = [len(rows) for rows in marks]
    labels = {year: f"{(year - 1) % 100:02d}/{year % 100:02d}" for year in years}
    trace: Figure = {
        "type": "scatter", "mode": "markers+text", "name": "Lines that jumped",
        "x": ends, "y": [row["place"] for row in first],
        "text": [str(count) for count in counts], "textfont": {"size": 12, "color": "@on-accent"},
        "marker": {"opacity": 1, "size": [SMALLEST + 4 * (count - 1) for count in counts],
                   "color": [colours[band] for band in bands]},
        "customdata": [_words(rows) for rows in marks],
    }  # fmt: skip
    return figure(
        [keyed(trace, keys_of_rows(first, "code", "band"))],
        height=60 + ROW * len(places),
        tall=77 + ROW * len(places),
        margin={"l": 0, "r": 20, "t": 6, "b": 24},
        annotations=[key(band_key(bands, quantity.programme, mark="●"))],
        xaxis={"tickvals": list(years), "ticktext": list(labels.values()), "tickangle": 0,
               "range": [years[0] - 0.6, years[-1] + 0.6], "showgrid": False},
        yaxis={"type": "category", "categoryarray": places, "categoryorder": "array",
               "range": [len(places) - 0.4, -0.6], "showgrid": True, "ticks": "",
               "showline": False, "tickfont": {"color": INK, "size": 12.5}},
        meta={"bare": True},
    )  # fmt: skip


def _words(rows: list[dict[str, object]]) -> str:
    lines = [_line(row) for row in rows]
    return f"{rows[0]['place']}, {rows[0]['year']}:<br>{'<br>'.join(lines)}"


def _line(row: dict[str, object]) -> str:
    before, after, change = (number_in(row, name) for name in ("before", "after", "change"))
    moved = "from nothing" if absent(change) else f"{signed(change, 0)}%"
    return f"{row['name']} £{number(before, 0)} to £{number(after, 0)} ({moved})"
