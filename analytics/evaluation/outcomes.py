"""In what form pilots are set beside their comparator: level, log ratio, or change of either."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from analytics.evaluation.comparison import Compared
from analytics.methods.averages import mean_of_present
from analytics.methods.refusal import NotEstimableError
from analytics.programme import after, before, no_side
from analytics.selection.choices import Base, Outcome
from analytics.selection.selection import Selection
from analytics.text.quantity import Scale
from analytics.text.wording import years_label
from data.programmes.programme import Programme

Floats = NDArray[np.float64]
Sides = NDArray[np.bool_]


def at_years(compared: Compared, years: Iterable[int]) -> Compared:
    """Keep some years of a comparison.

    Args:
        compared: Places beside their comparators.
        years: Years asked for; those it does not hold are left out.
    """
    asked = set(years)
    at = [place for place, year in enumerate(compared.years) if year in asked]
    return replace(
        compared,
        years=tuple(compared.years[place] for place in at),
        own=compared.own[..., at],
        comparator=compared.comparator[..., at],
        found=compared.found[..., at],
    )


def yearly(compared: Compared, outcome: Outcome) -> Floats:
    """Return the difference of each place from its comparator in each year.

    Args:
        compared: Places beside their comparators.
        outcome: Logarithms of both are taken for a log ratio; one that is not above zero has
            none, and is missing.

    Returns:
        Shape (series, places, years); NaN where either is missing.
    """
    if not outcome.is_log:
        return compared.own - compared.comparator
    positive = (compared.own > 0) & (compared.comparator > 0)
    ratio = np.divide(
        compared.own, compared.comparator, out=np.full(compared.own.shape, np.nan), where=positive
    )
    return np.log(ratio, out=np.full(ratio.shape, np.nan), where=positive)


def outcomes(compared: Compared, outcome: Outcome) -> Floats:
    """Return one number per series and place, of which the group's mean is the estimate.

    Args:
        compared: Places beside their comparators, over the years asked for. For the change, those
            before the start, and the others after it, are set against each other.
        outcome: Which form.

    Returns:
        Shape (series, places), in the unit of ``unit_of``; NaN where it cannot be made.

    Raises:
        NotEstimableError: A change is asked for, and one side of the start has no years.
    """
    each = yearly(compared, outcome)
    if not outcome.is_change:
        return mean_of_present(each)
    pre, post = before_after(compared.years, compared.programme)
    if not (pre.any() and post.any()):
        raise NotEstimableError(no_side_words(compared.programme))
    return mean_of_present(each[..., post]) - mean_of_present(each[..., pre])


def before_after(years: tuple[int, ...], of: Programme) -> tuple[Sides, Sides]:
    """Split years at the start of a programme: those before it, and those after.

    Args:
        years: In order.
        of: The programme.

    Returns:
        Whether each year is before the start, shape (years,), and whether it is after.
    """
    pre = np.array([year <= of.last_before for year in years], dtype=np.bool_)
    return pre, ~pre


def base_words(selection: Selection) -> str:
    """Name the years of the period that are before the start, or nothing where it has none.

    A change over the period is measured from all of them; one since a base, from those of the base.

    Args:
        selection: What the reader chose.
    """
    years = _before(selection)
    return f"base {_years_words(years)}" if years else ""


def _before(selection: Selection) -> tuple[int, ...]:
    return tuple(one for one in selection.years if one <= selection.programme.last_before)


def _years_words(years: tuple[int, ...]) -> str:
    pair = len(years) <= 2  # noqa: PLR2004 - more are said as a span
    return Base(years=years).label if pair else years_label(years[0], years[-1])


def no_side_words(of: Programme) -> str:
    """Say that a period cannot show a change, and what to do.

    Args:
        of: The programme.
    """
    return f"{no_side(of)}; choose a longer one."


def unit_of(unit: str, outcome: Outcome) -> str:
    """Return the unit of an outcome for a series measured in ``unit``."""
    return "log units" if outcome.is_log else unit


def scale_of(scale: Scale, outcome: Outcome) -> Scale:
    """Return what an outcome measures on, for a series whose unit measures on ``scale``."""
    return Scale.OTHER if outcome.is_log else scale


def estimand(selection: Selection) -> str:
    """Say what is estimated in the outcome chosen, in one sentence."""
    return estimand_of(selection.outcome, selection.programme)


def estimand_of(outcome: Outcome, of: Programme) -> str:
    """Say what is estimated in an outcome, in one sentence.

    Args:
        outcome: In what form figures are compared.
        of: The programme, whose start parts the years.
    """
    return {
        Outcome.LEVEL: "The mean over pilots of each pilot's own mean gap: its figure minus its "
        "comparator, averaged over the years in which both exist.",
        Outcome.LOG: "The mean over pilots of each pilot's own mean log ratio: the natural "
        "logarithm of its figure over its comparator, averaged over the years in which both are "
        "above zero. Minus 0.10 is about a tenth lower.",
        Outcome.CHANGE: "The mean over pilots of the change in the pilot's gap: its mean gap from "
        f"{after(of)} minus its mean gap up to {before(of)} (difference in differences).",
        Outcome.LOG_CHANGE: "The mean over pilots of the change in the pilot's log ratio: its mean "
        f"log ratio from {after(of)} minus its mean log ratio up to {before(of)}, over the years "
        "in which figure and comparator are above zero. Minus 0.10 is about a tenth lower than "
        "before.",
    }[outcome]
