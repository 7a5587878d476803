"""Two figures of one chart with the same ranges on their axes, so that the eye may compare them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from components.charts.chart import Figure

#: Room beyond the outermost marks of an axis that had no range, as a share of its length.
EDGE: Final = 0.06
#: The same on an axis of dates.
DAYS: Final = timedelta(days=120)
#: The names of annotations that an axis is made longer for: docs/browser-contract.md.
VALUES: Final = ("value", "edge")
_AXIS: Final = re.compile(r"([xy])axis(\d*)")
_STACKED: Final = frozenset({"stack", "relative"})

Range = tuple[float, float]


def same_axes(one: Figure, other: Figure) -> tuple[Figure, Figure]:
    """Return two figures whose axes of numbers and dates have ranges that hold the marks of both.

    Categories that both have stand in the order of the first. Other categories, rows without a
    name on the axis, and an axis that only one of them has stay as they are.

    Args:
        one: A figure.
        other: Another of the same chart.
    """
    layouts = [_mapping(figure.get("layout")) for figure in (one, other)]
    shared, order = dict[str, Figure](), dict[str, Figure]()
    for name in layouts[0].keys() & layouts[1].keys():
        axes = [_mapping(layout[name]) for layout in layouts]
        if not _AXIS.fullmatch(name):
            continue
        if axes[0].get("type") == "category":
            order.update(_in_one_order(name, *axes))
            continue
        if axes[0].get("type") == "date":
            shared.update(_dates(name, one, other))
            continue
        if not all(map(_is_of_numbers, axes)):
            continue
        reaches = [
            _reach(figure, axis, name) for figure, axis in zip((one, other), axes, strict=True)
        ]
        held = [reach for reach in reaches if reach is not None]
        if held:
            shared[name] = {"range": [min(low for low, _ in held), max(high for _, high in held)]}
    return _with(one, shared, other), _with(other, {**shared, **order}, one)


def _in_one_order(name: str, one: Figure, other: Figure) -> dict[str, Figure]:
    """Return the order of the first for the categories of the other, where they are the same."""
    first, second = (_list(axis.get("categoryarray")) for axis in (one, other))
    alike = first != second and sorted(map(str, first)) == sorted(map(str, second))
    return {name: {"categoryarray": first}} if alike else {}


def _dates(name: str, *figures: Figure) -> dict[str, Figure]:
    """Return the range of an axis of dates that holds the marks of all figures, and their lines."""
    letter = name[0]
    cells = [
        cell
        for figure in figures
        for trace in _traces(figure, name)
        for cell in _list(trace.get(letter))
    ]
    for figure in figures:
        shapes = map(_mapping, _list(_mapping(figure.get("layout")).get("shapes")))
        cells += [shape.get(f"{letter}0") for shape in shapes]
    days = sorted(date.fromisoformat(cell[:10]) for cell in cells if isinstance(cell, str))
    if not days:
        return {}
    return {name: {"range": [str(days[0] - DAYS), str(days[-1] + DAYS)]}}


def _with(figure: Figure, shared: dict[str, Figure], other: Figure) -> Figure:
    """Give axes their shared ranges, and what is around the plot the same room as in the other.

    The browser sets a plot below its key, and makes an axis longer where values are written beside
    marks; keys and values of the other figure are there without being seen, so that both plots
    begin at the same height and their axes come to the same length.
    """
    layout = _mapping(figure.get("layout"))
    axes = {name: {**_mapping(layout[name]), **more} for name, more in shared.items()}
    unseen = [
        {**note, "visible": False}
        for note in _notes(other)
        if isinstance(note.get("text"), list) or ("xaxis" in shared and note.get("name") in VALUES)
    ]
    notes = {"annotations": [*_notes(figure), *unseen]} if unseen else {}
    return {**figure, "layout": {**layout, **axes, **notes}}


def _notes(figure: Figure) -> list[Figure]:
    return [*map(_mapping, _list(_mapping(figure.get("layout")).get("annotations")))]


def _is_of_numbers(axis: Figure) -> bool:
    """Whether an axis measures: it has numbers at its ticks and rises, as no axis of rows does."""
    plain = axis.get("type", "linear") == "linear" and "matches" not in axis
    reach = _given(axis)
    return (
        plain
        and axis.get("visible") is not False
        and axis.get("showticklabels") is not False
        and (reach is None or reach[0] < reach[1])
    )


def _reach(figure: Figure, axis: Figure, name: str) -> Range | None:
    """Return the range of an axis, or what holds its marks; None where it has none."""
    given = _given(axis)
    if given is not None:
        return given
    bars = False
    found = list[float]()
    for trace in _traces(figure, name):
        bars = bars or (trace.get("type") == "bar" and "base" not in trace)
        found += _numbers(trace, name[0])
    found += _stacked(figure, name)
    if not found:
        return None
    low, high = min(found), max(found)
    edge = EDGE * ((high - low) or 1.0)
    if (bars or axis.get("rangemode") == "tozero") and low >= 0:
        return 0.0, high + edge
    return low - edge, high + edge


def _traces(figure: Figure, name: str) -> Iterator[Figure]:
    """Yield what is drawn on an axis, and on the axes that are kept like it."""
    letter, nth = name[0], name.removeprefix(f"{name[0]}axis")
    layout = _mapping(figure.get("layout"))
    alike = {f"{letter}{nth}"} | {
        key.replace("axis", "")
        for key, axis in layout.items()
        if _AXIS.fullmatch(key) and _mapping(axis).get("matches") == f"{letter}{nth}"
    }
    data = figure.get("data")
    for trace in data if isinstance(data, list) else []:
        if _mapping(trace).get(f"{letter}axis", letter) in alike:
            yield _mapping(trace)


def _numbers(trace: Figure, letter: str) -> Iterator[float]:
    """Yield where the marks of a trace are on an axis, and how far their intervals reach."""
    error = _mapping(trace.get(f"error_{letter}"))
    up = _list(error.get("array"))
    down = _list(error.get("arrayminus")) or up
    given = trace.get("base", 0.0)
    base = _list(given) or [given] * len(_list(trace.get(letter)))
    for at, cell in enumerate(_list(trace.get(letter))):
        if not isinstance(cell, int | float):
            continue
        start = _at(base, at)
        yield cell + start
        yield cell + start + _at(up, at)
        yield cell + start - _at(down, at)
        if "base" in trace:
            yield start


def _stacked(figure: Figure, name: str) -> list[float]:
    """Return how far the bars of an axis reach on top of each other."""
    if _mapping(figure.get("layout")).get("barmode") not in _STACKED:
        return []
    letter = name[0]
    across = "y" if letter == "x" else "x"
    sums = defaultdict[object, float](float)
    for trace in _traces(figure, name):
        if trace.get("type") == "bar":
            for row, cell in zip(_list(trace.get(across)), _list(trace.get(letter)), strict=False):
                sums[row] += cell if isinstance(cell, int | float) else 0.0
    return list(sums.values())


def _at(cells: list[object], at: int) -> float:
    cell = cells[at] if at < len(cells) else 0.0
    return float(cell) if isinstance(cell, int | float) else 0.0


def _given(axis: Figure) -> Range | None:
    match axis.get("range"):
        case [int() | float() as low, int() | float() as high]:
            return float(low), float(high)
        case _:
            return None


def _mapping(part: object) -> Figure:
    return {str(name): value for name, value in part.items()} if isinstance(part, dict) else {}


def _list(part: object) -> list[object]:
    return list(part) if isinstance(part, list | tuple) else []
