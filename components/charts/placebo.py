"""The pilots among placebo pilots: one distribution, and every indicator's range."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity, apart
from analytics.text.wording import number, p_words, signed, significant
from components.charts.chart import (
    ACCENT_2,
    COMPARATOR,
    COMPARATOR_SOFT,
    INK,
    MUTED,
    Figure,
    absent,
    cells,
    figure,
    key,
)
from components.charts.keys import keyed, keys_of
from data.schema import number_in, records

HEIGHT: Final = 280
ROW: Final = 16
TALL_ROW: Final = 28  # holds a name in two lines
FRAME: Final = 70


def placebo_histogram(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw where the means of placebo groups fall, and where the pilots stand.

    Args:
        frame: Rows of the finding ``robustness-placebo``.
        quantity: What the estimate is in.
    """
    rows = records(frame)
    observed = number_in(rows[0], "observed")
    middles = [(number_in(row, "low") + number_in(row, "high")) / 2 for row in rows]
    outside = [abs(middle) >= abs(observed) for middle in middles]
    bars: Figure = {
        "type": "bar", "x": middles, "y": cells(frame, "draws"), "name": "Placebo groups",
        "width": [number_in(row, "high") - number_in(row, "low") for row in rows],
        "marker": {"color": [COMPARATOR if one else COMPARATOR_SOFT for one in outside],
                   "line": {"width": 1, "color": "@chart-surface"}},
        "customdata": [_bar_words(row, quantity) for row in rows],
    }  # fmt: skip
    mark: Figure = {
        "type": "scatter", "mode": "markers", "x": [observed], "y": [0], "name": "Pilots",
        "marker": {"size": 13, "color": ACCENT_2}, "cliponaxis": False,
        "customdata": [_observed_words(rows[0], quantity)],
    }  # fmt: skip
    line: Figure = {
        "type": "line", "x0": observed, "x1": observed, "y0": 0, "y1": 1, "yref": "paper",
        "line": {"color": ACCENT_2, "width": 2.5},
    }  # fmt: skip
    right = observed > (middles[0] + middles[-1]) / 2
    named: Figure = {
        "x": observed, "y": 1, "yref": "paper", "yanchor": "top", "showarrow": False,
        "xanchor": "right" if right else "left", "font": {"size": 13, "color": ACCENT_2},
        "xshift": -4 if right else 4,
        "text": f"pilots {signed(observed, significant(observed))}",
    }  # fmt: skip
    return figure(
        [bars, mark],
        height=HEIGHT,
        margin={"l": 44, "r": 12, "t": 6, "b": 0},
        shapes=[line],
        annotations=[named, key([("●", "the pilots", ACCENT_2),
                                 ("■", "groups of others", COMPARATOR_SOFT),
                                 ("■", "as far from zero as the pilots", COMPARATOR)])],
        bargap=0,
        xaxis={"title": {"text": f"Mean of a group, {quantity.apart_title}"}, "showgrid": False,
               "zeroline": True, "zerolinecolor": MUTED},
        yaxis={"title": {"text": "Placebo groups"}, "nticks": 6},
    )  # fmt: skip


def placebo_ranges(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw every indicator's pilots against the middle 95% of its placebo groups.

    Args:
        frame: Rows of the finding ``robustness-placebos``.
        quantity: Titles the axis.
    """
    far = (frame["estimate"] / frame["placebo_sd"]).abs()
    rows = frame.loc[far.sort_values(ascending=False, na_position="last").index]
    names, keys, scale = cells(rows, "short"), keys_of(rows, "key"), rows["placebo_sd"]
    scaled = rows.assign(**{
        name: rows[name] / scale for name in ("estimate", "groups_low", "groups_high")
    })  # fmt: skip
    low, high = cells(scaled, "groups_low"), cells(scaled, "groups_high")
    ranges: list[Figure] = [
        keyed({"type": "scatter", "mode": "lines", "x": [low[at], high[at]], "y": [names[at]] * 2,
               "line": {"width": 9, "color": COMPARATOR_SOFT}, "hoverinfo": "skip",
               "meta": {"silent": True}}, keys[at])
        for at in range(len(names)) if low[at] is not None
    ]  # fmt: skip
    dots: Figure = {
        "type": "scatter", "mode": "markers", "x": cells(scaled, "estimate"), "y": names,
        "name": "Pilots", "marker": {"size": 11, "color": ACCENT_2,
                                     "line": {"width": 1.5, "color": "@chart-surface"}},
        "customdata": [_range_words(row) for row in records(rows)],
    }  # fmt: skip
    silent = [
        {"x": 0, "y": row["short"], "text": "not answered: see the table", "showarrow": False,
         "xanchor": "left", "xshift": 6, "font": {"size": 12, "color": COMPARATOR}}
        for row in records(rows) if row["withheld"]
    ]  # fmt: skip
    legend = [
        ("●", "pilots", ACCENT_2), ("▬", "middle 95% of placebo groups", COMPARATOR_SOFT),
    ]  # fmt: skip
    return figure(
        [*ranges, keyed(dots, keys)],
        height=FRAME + ROW * len(rows),
        tall=FRAME + 2 * FRAME // 5 + TALL_ROW * len(rows),
        margin={"l": 0, "r": 16, "t": 6, "b": 0},
        annotations=[key(legend), *silent],
        xaxis={"title": {"text": quantity.unit.capitalize()},
               "zeroline": True, "zerolinecolor": MUTED,
               "showgrid": True, "gridcolor": "@chart-grid"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.5, -0.5], "showgrid": False, "ticks": "", "showline": False,
               "tickfont": {"color": INK, "size": 12}},
    )  # fmt: skip


def _bar_words(row: dict[str, object], quantity: Quantity) -> str:
    low, high = number_in(row, "low"), number_in(row, "high")
    places = significant(max(abs(low), abs(high)))
    return (
        f"{number(number_in(row, 'draws'), 0)} groups between {signed(low, places)} and "
        f"{signed(high, places)} {quantity.apart}"
    )


def _observed_words(row: dict[str, object], quantity: Quantity) -> str:
    observed = number_in(row, "observed")
    return (
        f"The pilots: {signed(observed, significant(observed))} {quantity.apart}, "
        f"n = {number(number_in(row, 'n'), 0)};<br>{number(number_in(row, 'far'), 0)} of "
        f"{number(number_in(row, 'all_draws'), 0)} groups at least as far, placebo "
        f"{p_words(number_in(row, 'p'))}"
    )


def _range_words(row: dict[str, object]) -> str:
    if row["withheld"] or absent(row["p_placebo"]):
        return f"{row['name']}: {row['withheld']}"
    estimate, unit = number_in(row, "estimate"), apart(row["unit"], row["scale"])
    places = significant(estimate)
    limits = " to ".join(signed(number_in(row, f"groups_{end}"), places) for end in ("low", "high"))
    return (
        f"{row['name']}<br>pilots {signed(estimate, places)} {unit}, n = "
        f"{number(number_in(row, 'n'), 0)}; middle 95% of placebo groups {limits}<br>placebo "
        f"{p_words(number_in(row, 'p_placebo'))}, sign-flip {p_words(number_in(row, 'p'))}"
    )
