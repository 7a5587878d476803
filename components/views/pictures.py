"""Small pictures in views: where each mark of one is, in pixels, for the template to draw.

They show numbers that stand beside them in words, and are hidden from those who hear the page.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, isnan, nan
from typing import Final

#: Room at either end for half a mark.
EDGE: Final = 5
#: Of a picture without a height of its own, in pixels.
HEIGHT: Final = 24

Picture = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A line from the smallest of some numbers to the largest, zero among them.

    Attributes:
        low: Number at its beginning.
        high: Number at its end; larger than ``low``.
        length: Pixels from one end of the picture to the other.
    """

    low: float
    high: float
    length: float

    def at(self, value: float) -> float:
        """Return where a number is, in pixels from the beginning of the picture."""
        share = (value - self.low) / (self.high - self.low)
        return round(EDGE + share * (self.length - 2 * EDGE), 1)


def axis_of(values: Iterable[float], *, length: float, even: bool = False) -> Axis:
    """Return the axis that some numbers need.

    Args:
        values: Missing and infinite ones are left out.
        length: In pixels.
        even: Whether zero is in the middle.
    """
    held = [0.0, *(one for one in values if isfinite(one))]
    low, high = min(held), max(held)
    if even:
        low, high = -max(-low, high), max(-low, high)
    if low == high:
        low, high = low - 1, high + 1
    return Axis(low=low, high=high, length=length)


def interval(value: float, low: float, high: float, *, width: int) -> Picture:
    """Draw an estimate with its range beside zero.

    Args:
        value: The estimate.
        low: Lower end of its range; missing where it is not bounded.
        high: Upper end, likewise.
        width: Of the picture, in pixels.
    """
    axis = axis_of((value, low, high), length=width)
    bounded = isfinite(low) and isfinite(high)
    ends = (axis.at(low), axis.at(high)) if bounded else ()
    marks = {"zero": axis.at(0), "at": axis.at(value), "ends": ends}
    return {"kind": "interval", "width": width, "height": HEIGHT, **marks}


def dots(
    values: Sequence[tuple[float, bool]],
    *,
    width: int,
    mean: float = nan,
    keys: Sequence[str] = (),
) -> Picture:
    """Draw a dot for each number beside zero, which is in the middle.

    Args:
        values: Numbers, each with whether its dot is filled; missing ones are left out.
        width: Of the picture, in pixels.
        mean: Of the numbers, drawn as a stroke; none where it is missing.
        keys: Of what each number is of, by which the browser marks its dot; none where left out.
    """
    held = [(value, filled) for value, filled in values if isfinite(value)]
    known = zip(values, keys, strict=True) if keys else ()
    axis = axis_of((value for value, _ in held), length=width, even=True)
    return {
        "kind": "dots",
        "width": width,
        "height": HEIGHT,
        "zero": axis.at(0),
        "dots": [(axis.at(value), filled) for value, filled in held],
        "mean": 0 if isnan(mean) else axis.at(mean),
        "of": [key for (value, _), key in known if isfinite(value)],
    }


def line(values: Sequence[float], *, width: int, height: int, start: float = 0) -> Picture:
    """Draw numbers in equal steps as a line beside zero; where one is missing the line is broken.

    Args:
        values: Missing ones as NaN.
        width: Of the picture, in pixels.
        height: The same.
        start: Steps from the first number to where a mark for a start is; none at 0.
    """
    axis = axis_of(values, length=height)
    step = (width - 2 * EDGE) / max(len(values) - 1, 1)

    def across(at: float) -> float:
        return round(EDGE + at * step, 1)

    def down(value: float) -> float:
        return round(height - axis.at(value), 1)

    drawn = runs(values, across, down)
    last = max((at for at, value in enumerate(values) if isfinite(value)), default=-1)
    return {
        "kind": "line",
        "width": width,
        "height": height,
        "zero": down(0),
        "runs": [" ".join(f"{x},{y}" for x, y in one) for one in drawn],
        "start": across(start) if start else 0,
        "end": (across(last), down(values[last])) if last >= 0 else (),
    }


def runs(
    values: Sequence[float], across: Callable[[int], float], down: Callable[[float], float]
) -> list[list[tuple[float, float]]]:
    """Return the points of a line through numbers in equal steps, broken where one is missing.

    Args:
        values: Missing ones as NaN.
        across: Where a step is, in units of the drawing; steps count from 0.
        down: Where a number is, in the same units.

    Returns:
        The runs without a break, each with a point at least: where it is across and down.
    """
    found: list[list[tuple[float, float]]] = [[]]
    for at, value in enumerate(values):
        if isfinite(value):
            found[-1].append((across(at), down(value)))
        elif found[-1]:
            found.append([])
    return [run for run in found if run]


def parts(share: float, *, width: int) -> Picture:
    """Draw a whole in two parts.

    Args:
        share: Of the first part, from 0 to 1.
        width: Of the picture, in pixels.
    """
    return {"kind": "parts", "width": width, "height": HEIGHT, "first": round(share * width, 1)}


def squares(filled: Sequence[bool]) -> Picture:
    """Draw a square for each thing, filled or not.

    Args:
        filled: In order.
    """
    marks = [(8 * at + 1, one) for at, one in enumerate(filled)]
    return {"kind": "squares", "width": 8 * len(filled), "height": HEIGHT, "squares": marks}


def mark(kind: str) -> Picture:
    """Draw one mark by itself, for a key.

    Args:
        kind: pilot, mean, zero or start.
    """
    return {"kind": kind, "width": 12, "height": 16}
