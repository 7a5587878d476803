"""The number in question, leaving one out, planning, bands against each other and together."""

from typing import Final

import pandas as pd

from analytics.text.quantity import Quantity, apart
from analytics.text.wording import number, p_words, signed, significant, upper_first
from components.charts.chart import (
    ACCENT,
    ACCENT_2,
    COMPARATOR,
    INK,
    INTERVAL,
    MUTED,
    NO_RANGE,
    Figure,
    absent,
    band_colours,
    band_key,
    band_symbols,
    cells,
    figure,
    key,
)
from components.charts.forest import forest
from components.charts.keys import keyed, keys_of
from data.schema import number_in, records

MOST_NEIGHBOURS: Final = 8
ROW: Final = 16
TALL_ROW: Final = 28  # holds a name in two lines
PAIR_ROW: Final = 50  # holds a name in three lines
FRAME: Final = 70


def one_number(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the number in question with its range and the difference that would matter.

    Args:
        frame: The row of the finding ``robustness-view``.
        quantity: What the estimate is in.
    """
    row = records(frame)[0]
    margin = number_in(row, "margin")
    small: Figure = {
        "type": "rect", "x0": -margin, "x1": margin, "y0": 0, "y1": 1, "yref": "paper",
        "layer": "below", "line": {"width": 0}, "fillcolor": "@period",
    }  # fmt: skip
    named = _number_key(row)
    return forest(
        frame.assign(said=_number_words(row, quantity), colour=ACCENT),
        names=["Pilots less comparator"],
        title=f"{row['outcome']}, {quantity.apart_title}",
        height=150,
        layout={
            "shapes": [] if absent(margin) else [small],
            "annotations": [key(named)] if named else [],
        },
    )


def _number_key(row: dict[str, object]) -> list[tuple[str, str, str]]:
    """Say what is shaded, and why no range is drawn where none is."""
    margin = number_in(row, "margin")
    entries = list[tuple[str, str, str]]()
    if not absent(margin):
        size = number(margin, significant(margin))
        entries.append(("■", f"shaded: below ±{size}, the difference that would matter", INTERVAL))
    if absent(row["low"]):
        entries.append(("●", NO_RANGE, ACCENT))
    return entries


def without_one(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the estimate without each pilot and without the neighbours that move it most.

    Args:
        frame: Rows of the finding ``robustness-without``.
        quantity: What the estimate is in.
    """
    neighbours = frame[frame["role"] == "neighbour"].head(MOST_NEIGHBOURS)
    rows = pd.concat([frame[frame["role"] != "neighbour"], neighbours], ignore_index=True)
    whole = number_in(records(rows)[0], "estimate")
    names = ["<b>nobody left out</b>", *(f"{name}" for name in rows["left_out"][1:])]
    colours = [
        ACCENT
        if role == "whole"
        else COMPARATOR
        if role == "neighbour"
        else band_colours(quantity.programme)[band]
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
    legend = [
        *band_key(list(rows["band"]), quantity.programme),
        ("●", "similar council", COMPARATOR),
        ("▬", "shift", ACCENT_2),
    ]
    return forest(
        rows.assign(
            said=[_without_words(row, quantity) for row in records(rows)],
            colour=colours,
            symbol=[
                band_symbols(quantity.programme)[band] if role == "pilot" else "circle"
                for role, band in zip(rows["role"], rows["band"], strict=True)
            ],
            keys=keys_of(rows, "code", "band"),
        ),
        names=names,
        title=f"Estimate, {quantity.apart_title}",
        height=FRAME + ROW * len(rows),
        tall=_tall(len(rows)),
        layout={
            "shapes": [line, *joins],
            "annotations": [key(legend)],
        },
    )


def detectable(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw which difference a study like this would find, in per cent of the comparator's level.

    Args:
        frame: Rows of the finding ``robustness-detectable``.
        quantity: Titles the axis.
    """
    rows = frame.sort_values("relative", na_position="last")
    names = cells(rows, "short")
    said = [_detectable_words(row) for row in records(rows)]
    dots: list[Figure] = [
        {"type": "scatter", "mode": "markers", "x": cells(rows, column), "y": names, "name": name,
         "marker": {"size": 10, "color": colour, "symbol": symbol}, "customdata": said}
        for column, name, colour, symbol in (
            ("relative", "One test", ACCENT, "circle"),
            ("relative_adjusted", "Number of tests counted", ACCENT_2, "diamond"),
        )
    ]  # fmt: skip
    silent = [
        {"x": 0, "y": row["short"], "showarrow": False, "xanchor": "left", "xshift": 6,
         "text": "not answered: see the table" if row["withheld"] else "none could be found",
         "font": {"size": 12, "color": COMPARATOR}}
        for row in records(rows) if absent(row["relative"])
    ]  # fmt: skip
    legend = [("●", "one test", ACCENT), ("◆", "number of tests counted", ACCENT_2)]
    return figure(
        [keyed(one, keys_of(rows, "key")) for one in dots],
        height=FRAME + ROW * len(rows),
        tall=_tall(len(rows)),
        margin={"l": 0, "r": 16, "t": 6, "b": 0},
        annotations=[key(legend), *silent],
        xaxis={"title": {"text": f"Would be found, {quantity.unit}"}, "zeroline": True,
               "rangemode": "tozero", "zerolinecolor": MUTED, "showgrid": True,
               "gridcolor": "@chart-grid"},
        yaxis={"type": "category", "categoryarray": names, "categoryorder": "array",
               "range": [len(names) - 0.5, -0.5], "showgrid": False, "ticks": "", "showline": False,
               "tickfont": {"color": INK, "size": 12}},
    )  # fmt: skip


def _tall(many: int) -> int:
    """Return the height of so many rows in a narrow card, below a key of several lines."""
    return FRAME + 2 * FRAME // 5 + TALL_ROW * many


def pooled(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the means of bands and of pilots after they are drawn together.

    Args:
        frame: Rows of the finding ``robustness-pooled``.
        quantity: What the means are in.
    """
    rows = frame[frame["estimate"].notna()].reset_index(drop=True)
    names = [
        f"<b>{upper_first(quantity.programme.band(str(row['code'])).short)}</b>"
        if row["kind"] == "band"
        else f"{row['name']}"
        for row in records(rows)
    ]
    colours = [band_colours(quantity.programme)[code] if kind == "band" else COMPARATOR
               for kind, code in zip(rows["kind"], rows["code"], strict=True)]  # fmt: skip
    return forest(
        rows.assign(
            said=[_pooled_words(row, quantity) for row in records(rows)],
            colour=colours,
            keys=keys_of(rows, "code"),
        ),
        names=names,
        title=f"Drawn together, {quantity.apart_title}",
        height=FRAME + ROW * len(rows),
        tall=_tall(len(rows)),
    )


def band_pairs(frame: pd.DataFrame, quantity: Quantity) -> Figure:
    """Draw the difference between each pair of bands with its interval.

    Args:
        frame: Rows of the finding ``robustness-bands``.
        quantity: What the difference is in.
    """
    of = quantity.programme
    pairs = [[of.band(str(row[end])) for end in ("first_key", "second_key")]
             for row in records(frame)]  # fmt: skip
    names = [
        f"{first.brief} compared with {second.brief}"
        if of.group
        else f"{upper_first(first.short)} compared with {second.short}"
        for first, second in pairs
    ]
    return forest(
        frame.assign(
            said=[_pair_words(row, quantity) for row in records(frame)],
            colour=ACCENT,
            keys=[f" {key}" for key in keys_of(frame, "first_key", "second_key")],
        ),
        names=names,
        title=f"Difference between bands, {quantity.apart_title}",
        tall=FRAME + PAIR_ROW * len(names),
    )


def _limits(row: dict[str, object], places: int) -> str:
    low, high = number_in(row, "low"), number_in(row, "high")
    if absent(low) or absent(high):
        return "range not bounded with so few pilots"
    return f"95% range {signed(low, places)} to {signed(high, places)}"


def _number_words(row: dict[str, object], quantity: Quantity) -> str:
    estimate = number_in(row, "estimate")
    places = significant(estimate)
    return (
        f"{row['name']}: {signed(estimate, places)} {quantity.apart} ({_limits(row, places)}), "
        f"n = {number(number_in(row, 'n'), 0)}, {p_words(number_in(row, 'p'))}"
    )


def _pooled_words(row: dict[str, object], quantity: Quantity) -> str:
    estimate, own = number_in(row, "estimate"), number_in(row, "own")
    places = significant(estimate)
    return (
        f"{row['name']}: {signed(estimate, places)} {quantity.apart} drawn together "
        f"({_limits(row, places)}), own figure {signed(own, places)}, "
        f"{number(100 * number_in(row, 'kept'), 0)}% of it kept"
    )


def _without_words(row: dict[str, object], quantity: Quantity) -> str:
    estimate = number_in(row, "estimate")
    if absent(estimate):
        return f"Without {row['left_out']}: cannot be compared"
    places = significant(estimate)
    serves = row["serves"]
    role = "" if absent(serves) else f", a similar council of {number(number_in(row, 'serves'), 0)}"
    lead = "Nobody left out" if row["role"] == "whole" else f"Without {row['left_out']}{role}"
    return (
        f"{lead}: {signed(estimate, places)} {quantity.apart} ({_limits(row, places)}), "
        f"n = {number(number_in(row, 'n'), 0)}, {p_words(number_in(row, 'p'))}"
    )


def _detectable_words(row: dict[str, object]) -> str:
    if row["withheld"] or absent(row["detectable_flip"]):
        return f"{row['name']}: {row['withheld'] or 'no difference could be found with so few'}"
    least, after = number_in(row, "detectable_flip"), number_in(row, "detectable_adjusted")
    places = significant(least)
    counted = "none" if absent(after) else number(after, places)
    return (
        f"{row['name']}<br>would be found: {number(least, places)} "
        f"{apart(row['unit'], row['scale'])};<br>number of tests counted: {counted}"
    )


def _pair_words(row: dict[str, object], quantity: Quantity) -> str:
    estimate = number_in(row, "estimate")
    places = significant(estimate)
    sizes = (
        f"n = {number(number_in(row, 'n_first'), 0)} and {number(number_in(row, 'n_second'), 0)}"
    )
    return (
        f"{row['pair']}: {signed(estimate, places)} {quantity.apart} ({_limits(row, places)}), "
        f"{sizes}, permutation {p_words(number_in(row, 'p'))}, for the pairs "
        f"{p_words(number_in(row, 'p_adjusted'))}"
    )
