"""The programme that is explored, and what sentences say of its start and of what it lacks."""

from typing import Final

from analytics.text.wording import year_label
from data.programmes.programme import Band, Programme, count_words
from data.programmes.read import programme

__all__ = [
    "PROGRAMME", "Band", "after", "before", "count_words", "no_side", "none_held", "split",
]  # fmt: skip

#: Read once, when the process starts: every reader of a process explores the same programme.
PROGRAMME: Final = programme()


def before(of: Programme = PROGRAMME) -> str:
    """Return the last year before the start, as in "2013/14".

    Args:
        of: The programme.
    """
    return year_label(of.last_before)


def after(of: Programme = PROGRAMME) -> str:
    """Return the first year with the programme at work, as in "2014/15".

    Args:
        of: The programme.
    """
    return year_label(of.first_after)


def split(of: Programme = PROGRAMME) -> str:
    """Say which years are before the start and which after, without a full stop.

    Args:
        of: The programme.
    """
    return f"Before is up to {before(of)}, after is from {after(of)}"


def no_side(of: Programme = PROGRAMME) -> str:
    """Say that a period cannot show a change, without a full stop.

    Args:
        of: The programme.
    """
    return f"The chosen period holds no years on one side of {of.start_words}"


def none_held(what: str, of: Programme = PROGRAMME) -> str:
    """Say that a programme has none of something.

    Args:
        what: In the plural, as in "records of people".
        of: The programme.
    """
    return f"{of.name} has no {what} that could be shown here."
