"""Pilots and what they are compared with by year, drawn for paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, isfinite, log10
from typing import Final

from markupsafe import Markup

from components.templates.render import render
from components.views.pictures import runs

#: Of the drawing, in points.
WIDTH: Final = 500.0
HEIGHT: Final = 205.0
LEFT: Final = 34.0
RIGHT: Final = 96.0
TOP: Final = 10.0
BOTTOM: Final = 20.0
#: Between the names of two lines, so that neither covers the other.
APART: Final = 11.0
#: Sizes of a step of the axis, and how many steps there are at most.
STEPS: Final = (0.2, 0.25, 0.5, 1.0, 2.0, 2.5)
MOST_STEPS: Final = 5


class Mark(StrEnum):
    """What a line is of."""

    PILOTS = "pilots"
    COMPARATOR = "comparator"
    YOURS = "yours"


#: Those of the pages in the light theme.
COLOURS: Final = {Mark.PILOTS: "#0f4c81", Mark.COMPARATOR: "#5b6570", Mark.YOURS: "#9a4a00"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line.

    Attributes:
        name: Written at its end.
        mark: What it is of.
        values: One for each year; missing ones as NaN.
    """

    name: str
    mark: Mark
    values: Sequence[float]


def year_chart(
    years: Sequence[str], series: Sequence[Series], *, start: float, height: float = HEIGHT
) -> Markup:
    """Draw lines by year, each named at its end, from zero.

    Args:
        years: Names of the years, evenly apart.
        series: The lines; one without any value is left out.
        start: Steps from the first year to the mark of the start, which is left out where it is
            before them.
        height: Of the drawing, in points.
    """
    held = [one for one in series if any(map(isfinite, one.values))]
    highest = max(value for one in held for value in one.values if isfinite(value))
    ticks = _ticks(highest)
    top = ticks[-1]
    step = (WIDTH - LEFT - RIGHT) / max(len(years) - 1, 1)

    def across(at: float) -> float:
        return round(LEFT + at * step, 1)

    def down(value: float) -> float:
        return round(height - BOTTOM - value / top * (height - TOP - BOTTOM), 1)

    ends = _ends(held, down)
    return render(
        "year_chart.svg",
        width=WIDTH,
        height=height,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=height - BOTTOM,
        start=across(start) if start >= 0 else None,
        ticks=[(down(tick), f"{tick:,.12g}") for tick in ticks],
        years=[(across(at), year) for at, year in enumerate(years) if at % 2 == 0],
        lines=[
            {
                "colour": COLOURS[one.mark],
                "width": 1.8 if one.mark is Mark.PILOTS else 1.3,
                "dash": "5 3" if one.mark is Mark.YOURS else "none",
                "is_square": one.mark is Mark.COMPARATOR,
                "name": one.name,
                "runs": runs(one.values, across, down),
                "end": ends[one.name],
            }
            for one in held
        ],
    )


def _ticks(highest: float) -> list[float]:
    """Return round numbers from 0 up to the first that is not below the highest value."""
    if highest <= 0:
        return [0.0, 1.0]
    power = 10.0 ** floor(log10(highest))
    size = next(one * power for one in STEPS if highest <= MOST_STEPS * one * power)
    return [round(size * at, 9) for at in range(ceil(highest / size) + 1)]


def _ends(series: Sequence[Series], down: Callable[[float], float]) -> dict[str, float]:
    """Return how far down each name is: beside the last value, and clear of the name above it."""
    last = {
        one.name: down([value for value in one.values if isfinite(value)][-1]) for one in series
    }
    placed = dict[str, float]()
    for name in sorted(last, key=lambda one: last[one]):
        above = max(placed.values(), default=-APART)
        placed[name] = round(max(last[name], above + APART), 1)
    return placed
