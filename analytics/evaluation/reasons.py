"""Why a row of verdicts is not answered: too few pilots, or no figures on one side of the start."""

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.programme import no_side
from analytics.selection.selection import Selection
from analytics.text.wording import only, pluralise
from data.programmes.programme import Programme

FEWEST_PILOTS: Final = 3


class Reason(StrEnum):
    """Why a row is not answered."""

    ANSWERED = ""
    FEW_CHOSEN = "few-chosen"
    FEW_COMPARED = "few-compared"
    ONE_SIDE = "one-side"
    NOTHING_BEFORE = "nothing-before"
    NOTHING_AFTER = "nothing-after"


Why = tuple[Reason, str]
ANSWERED: Final[Why] = (Reason.ANSWERED, "")


def first_reason(*reasons: Why) -> Why:
    """Return the first of some reasons, or that there is none.

    Args:
        reasons: The one to be said first comes first.
    """
    return next((one for one in reasons if one[0] is not Reason.ANSWERED), ANSWERED)


def few_chosen(selection: Selection) -> Why:
    """Say why too few pilots are chosen for any average.

    Args:
        selection: What the reader chose.
    """
    if len(selection.chosen) >= FEWEST_PILOTS:
        return ANSWERED
    chosen = pluralise(len(selection.chosen), "pilot")
    words = f"An average of {chosen} says too little; {FEWEST_PILOTS} are needed."
    return Reason.FEW_CHOSEN, words


def few_compared(has_value: NDArray[np.bool_], selection: Selection) -> Why:
    """Say why too few of the chosen pilots can be compared.

    Args:
        has_value: Whether each pilot can be, shape (pilots,).
        selection: What the reader chose.
    """
    n, chosen = int(has_value.sum()), len(selection.chosen)
    if n >= FEWEST_PILOTS:
        return ANSWERED
    compared = f"{only(n, 'pilot', of=chosen)} can be compared in these years"
    words = f"{compared}; {FEWEST_PILOTS} are needed."
    return first_reason(few_chosen(selection), (Reason.FEW_COMPARED, words))


def no_change(
    both: NDArray[np.bool_], pre: NDArray[np.bool_], post: NDArray[np.bool_], of: Programme
) -> Why:
    """Say why no change can be measured, where one side of the start has nothing.

    Args:
        both: Whether pilot and comparator have figures, shape (pilots, years).
        pre: Whether a year is before the start, shape (years,).
        post: Whether it is after, shape (years,).
        of: The programme.
    """
    if not (pre.any() and post.any()):
        return Reason.ONE_SIDE, f"{no_side(of)}."
    if not both[:, pre].any():
        words = "No figures before the pilots started, so no change can be measured."
        return Reason.NOTHING_BEFORE, words
    if not both[:, post].any():
        words = "No figures after the pilots started, so no change can be measured."
        return Reason.NOTHING_AFTER, words
    return ANSWERED
