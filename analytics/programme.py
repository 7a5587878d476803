"""The programme that is explored, and what sentences say of its start and of what it lacks."""

from collections import Counter
from typing import Final

from analytics.text.wording import listed, upper_first, year_label
from data.programmes.programme import Band, Programme
from data.wording import count_words

__all__ = [
    "Band", "Programme", "after", "band_sizes", "before", "count_words", "earlier",
    "earlier_briefly", "explorer_of", "is_divided", "no_side", "none_held", "sides", "split",
    "years_before",
]  # fmt: skip

#: The first year that most indicators and all ratios have figures for.
FIGURES_FROM: Final = 2013


def explorer_of(of: Programme) -> str:
    """Name the explorer, as its pages, files and citations do.

    Args:
        of: The programme.
    """
    return f"{upper_first(of.name)} evaluation explorer"


def before(of: Programme) -> str:
    """Return the last year before the start, as in "2013/14".

    Args:
        of: The programme.
    """
    return year_label(of.last_before)


def after(of: Programme) -> str:
    """Return the first year with the programme at work, as in "2014/15".

    Args:
        of: The programme.
    """
    return year_label(of.first_after)


def split(of: Programme) -> str:
    """Say which years are before the start and which after, without a full stop.

    Args:
        of: The programme.
    """
    return f"Before is up to {before(of)}, after is from {after(of)}"


def no_side(of: Programme) -> str:
    """Say that a period cannot show a change, without a full stop.

    Args:
        of: The programme.
    """
    return f"The chosen period holds no years on one side of {of.start_words}"


def none_held(what: str, of: Programme) -> str:
    """Say that a programme has none of something.

    Args:
        what: In the plural, as in "records of people".
        of: The programme.
    """
    return f"{upper_first(of.name)} has no {what} that could be shown here."


def sides(of: Programme) -> str:
    """Say how many years of the window are before the start and after it, without a full stop.

    Args:
        of: The programme.
    """
    earlier_years = of.first_after - of.window[0]
    later_years = of.window[1] - of.last_before
    if earlier_years == later_years:
        return f"With the default period each side is {_years(earlier_years)}"
    return (
        f"With the default period the side before is {_years(earlier_years)}, the side after "
        f"{_years(later_years)}"
    )


def years_before(of: Programme) -> str:
    """Return how many years with figures there are before the start, as in "two years".

    Args:
        of: The programme.
    """
    return _years(of.first_after - FIGURES_FROM)


def earlier(of: Programme) -> str:
    """Say how much the years before the start can show.

    Args:
        of: The programme.
    """
    match of.first_after - FIGURES_FROM:
        case 1:
            return (
                "Before the start there is one year: whether the gap was already moving is not "
                "known."
            )
        case 2:
            return (
                "Before the start there are two years. They give one contrast, not a trend: "
                "whether the gap was already moving cannot be judged from them."
            )
        case count:
            return (
                f"Before the start there are {_years(count)}: whether the gap was already moving "
                "is tested with them."
            )


def earlier_briefly(of: Programme) -> str:
    """Say the same in one short sentence.

    Args:
        of: The programme.
    """
    match of.first_after - FIGURES_FROM:
        case 2:
            return "Two years before the start are one contrast, not a trend."
        case 1:
            return "One year before the start shows no trend."
        case count:
            return f"{_years(count).capitalize()} before the start are tested for a trend."


def _years(count: int) -> str:
    return f"{count_words(count)} {'year' if count == 1 else 'years'}"


def _sizes(of: Programme) -> list[int]:
    return sorted(Counter(one.band for one in of.pilots).values())


def is_divided(of: Programme) -> bool:
    """Say whether there are bands to compare.

    Args:
        of: The programme.
    """
    return len(of.bands) > 1


def band_sizes(of: Programme, *, most: int) -> str:
    """Return how many pilots small bands have, as in "three or four pilots"; "" without any.

    Args:
        of: The programme.
        most: How many pilots a small band has at most.
    """
    sizes = [size for size in dict.fromkeys(_sizes(of)) if size <= most]
    words = listed([count_words(size) for size in sizes], link="or")
    return f"{words} {'pilot' if sizes[-1] == 1 else 'pilots'}" if sizes else ""
