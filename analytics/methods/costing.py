"""What the work costs under a reader's assumptions, and which assumption moves it most."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """The assumptions that a cost is made of; scalars, or arrays that broadcast.

    Attributes:
        fte: People leading the work, full-time equivalents.
        annual_cost: Cost of one of them a year, pounds.
        on_costs: Added to it, per cent.
        years: Years of the work.
        people: People trained.
        days: Days of training a person.
        day_cost: Cost of a day of training a person, pounds.
    """

    fte: Floats | float
    annual_cost: Floats | float
    on_costs: Floats | float
    years: Floats | float
    people: Floats | float
    days: Floats | float
    day_cost: Floats | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A cost in its two parts, pounds of today; every array has the shape the prices broadcast to.

    Attributes:
        lead: People leading the work.
        training: People trained.
        total: Both.
    """

    lead: Floats
    training: Floats
    total: Floats


def cost(prices: Prices) -> Cost:
    """Add the people who lead the work and the training up.

    lead = fte x annual cost x (1 + on-costs / 100) x years;
    training = people x days x day cost; nothing is discounted.

    Args:
        prices: The assumptions; NaN where one is not known makes the cost NaN.

    Raises:
        ValueError: An assumption is negative or infinite.
    """
    parts = [
        np.asarray(part, dtype=np.float64)
        for part in (
            prices.fte, prices.annual_cost, prices.on_costs, prices.years, prices.people,
            prices.days, prices.day_cost,
        )
    ]  # fmt: skip
    for part in parts:
        if (part < 0).any() or np.isinf(part).any():
            msg = f"found an assumption of {part}; expected 0 or more, and finite"
            raise ValueError(msg)
    fte, annual, on_costs, years, people, days, day_cost = parts
    lead = fte * annual * (1 + on_costs / 100) * years
    training = people * days * day_cost
    return Cost(lead=lead, training=training, total=lead + training)


def per(amount: Floats, base: Floats) -> Floats:
    """Divide, where the base is above zero; elsewhere NaN.

    Args:
        amount: Pounds, any shape.
        base: What to divide by, same shape.
    """
    shape = np.broadcast_shapes(amount.shape, base.shape)
    usable = np.broadcast_to(np.isfinite(base) & (base > 0), shape)
    return np.divide(amount, base, out=np.full(shape, np.nan), where=usable)


def swung(prices: Prices, name: str, share: float) -> tuple[float, float]:
    """Return the total with one assumption lowered and raised by a share, the others held.

    Args:
        prices: The assumptions, scalars.
        name: Which of them is moved.
        share: By how much, as a proportion between 0 and 1.

    Raises:
        ValueError: The share is outside 0 to 1, or there is no such assumption.
    """
    if not 0 < share < 1:
        msg = f"found a share of {share}; expected one between 0 and 1"
        raise ValueError(msg)
    held = {field: getattr(prices, field) for field in Prices.__slots__}
    if name not in held:
        msg = f"found {name}; expected one of {', '.join(held)}"
        raise ValueError(msg)
    totals = [
        float(cost(Prices(**{**held, name: held[name] * factor})).total)
        for factor in (1 - share, 1 + share)
    ]
    return totals[0], totals[1]


def widest_first(widths: Sequence[float]) -> list[int]:
    """Return the places of widths from the widest down; equal ones keep their order.

    Args:
        widths: How far apart the two totals of each assumption are, pounds.
    """
    return sorted(range(len(widths)), key=lambda at: rank_of(widths, at))


def rank_of(widths: Sequence[float], at: int) -> int:
    """Return the rank of a width: one more than there are wider ones, to the penny.

    Args:
        widths: How far apart the two totals of each assumption are, pounds.
        at: Place of the one asked about.
    """
    return 1 + sum(1 for width in widths if round(width, 2) > round(widths[at], 2))


def ties_of(widths: Sequence[float], at: int) -> list[int]:
    """Return the places of the other widths that are equal to one, to the penny.

    Args:
        widths: How far apart the two totals of each assumption are, pounds.
        at: Place of the one asked about.
    """
    rank = rank_of(widths, at)
    return [other for other in range(len(widths)) if other != at and rank_of(widths, other) == rank]
