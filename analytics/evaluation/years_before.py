"""How many years of figures there are before a programme started, and what they are enough for."""

from typing import Final

from analytics.methods.pre_trend import FEWEST_YEARS
from analytics.programme import FIGURES_FROM
from data.programmes.programme import Programme

#: Years before the start that a trend is tested with, and that comparators are weighted by.
FOR_TREND: Final = FEWEST_YEARS
FOR_SYNTHETIC: Final = 5


def years_before(programme: Programme) -> tuple[int, ...]:
    """Return the years before the start that most measures have figures of, by their last day.

    Args:
        programme: Whose start it is.
    """
    return tuple(range(FIGURES_FROM, programme.first_after))


def enough_years_before(programme: Programme, *, least: int = FOR_TREND) -> bool:
    """Say whether there are enough years of figures before the start.

    Args:
        programme: Whose start it is.
        least: How many are needed: ``FOR_TREND`` or ``FOR_SYNTHETIC``.
    """
    return len(years_before(programme)) >= least
