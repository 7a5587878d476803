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
from components.charts.keys import keyed, keys_of
from data.schema import grouped, number_in

ROW: Final = 30
SMALLEST: Final = 18


def jumps(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw a mark for each place and year with a jump, with how many lines jumped inside.

    Args:
        frame: Rows of the finding ``expenditure-jumps``.
        quantity: Colours the bands; the marks hold counts.
    """
    places = list(frame.drop_duplicates("code")["place"])
    years = range(int(frame["year_end"].min()), int(frame["year_end"].max()) + 1)
    marks = grouped(frame, "code", "year_end")
    colours = band_colours(quantity.programme)
    counts = [len(rows) for rows in marks]
    labels = {year: f"{(year - 1) % 100:02d}/{year % 100:02d}" for year in years}
    trace: Figure = {
        "type": "scatter", "mode": "markers+text", "name": "Lines that jumped",
        "x": [int(number_in(rows[0], "year_end")) for rows in marks],
        "y": [rows[0]["place"] for rows in marks],
        "text": [str(count) for count in counts], "textfont": {"size": 12, "color": "@on-accent"},
        "marker": {"opacity": 1, "size": [SMALLEST + 4 * (count - 1) for count in counts],
                   "color": [colours[str(rows[0]["band"])] for rows in marks]},
        "customdata": [_words(rows) for rows in marks],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    return figure(
        [keyed(trace, keys_of(frame.drop_duplicates(["code", "year_end"]), "code", "band"))],
        height=60 + ROW * len(places),
        tall=77 + ROW * len(places),
        margin={"l": 0, "r": 20, "t": 6, "b": 24},
        annotations=[key(band_key(list(frame["band"]), quantity.programme, mark="●"))],
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
