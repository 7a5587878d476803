"""Parameters that are a whole number within limits."""

import re

from analytics.selection.parameter import Kind, Page, Parameter, Read, Reading, Refused, echo
from data.programmes.programme import Programme


def whole_number(
    name: str,
    limits: tuple[int, int],
    *,
    label: str,
    about: str,
    what: str,
    pages: frozenset[Page],
) -> Parameter:
    """Return the entry of a parameter that is a whole number.

    Args:
        name: In the address; its field of the selection has underscores for hyphens.
        limits: The smallest and the largest; of at most two digits.
        label: What its control is called.
        about: What it changes, in a sentence.
        what: What is counted, for the reader.
        pages: Pages whose figures follow it.
    """
    low, high = limits
    field = name.replace("-", "_")
    return Parameter(
        name=name,
        kind=Kind.NUMBER,
        fields=(field,),
        allowed=lambda _: {str(one): str(one) for one in range(low, high + 1)},
        read=_read_within(field, low=low, high=high, what=what),
        label=label,
        help=about,
        pages=pages,
    )


def _read_within(field: str, *, low: int, high: int, what: str) -> Read:
    def read(words: str, _of: Programme) -> Reading:
        if not re.fullmatch(r"[0-9]{1,2}", words) or not low <= int(words) <= high:
            msg = f"“{echo(words)}” is not a number of {what} from {low} to {high}."
            raise Refused(msg)
        return Reading(values={field: int(words)})

    return read
