"""The one setting of disclosure control for records of people, and how its numbers are rounded."""

from typing import Final

import numpy as np

#: Fewest people a shown cell, mean or group may be of.
LEAST_PEOPLE: Final = 10
#: Fewest people a percentage may be of.
LEAST_BASE: Final = 20
#: Most pilots that are shown one by one; with more, records are shown by band.
MOST_PILOTS: Final = 15
#: No mean is shown where so many people give more than this share of what it adds up.
DOMINANT_PEOPLE: Final = 1
DOMINANT_SHARE: Final = 0.5
#: Decimals of means and standard deviations, in every form in which they leave.
DECIMALS: Final = 1
#: Decimals of what is worked out from them and has no unit.
EFFECT_DECIMALS: Final = 2

WORDS: Final = (
    f"Nothing is shown of fewer than {LEAST_PEOPLE} people, and no percentage of fewer than "
    f"{LEAST_BASE}. Other cells are hidden with a small one where it could be worked out from "
    "them, in this table or in any other, under this choice of bands or any other: hidden answers "
    f"taken together are of {LEAST_PEOPLE} people or more, and so are the people by whom two "
    "means differ, be they means of two choices of bands, of one interview and of both, or of a "
    "scale and its parts. No mean is shown where one person gives more than half of what it adds "
    "up. Means and standard deviations are rounded to one decimal before anything is worked out "
    "from them, on the page, in files and at data addresses alike. How many gave no answer is no "
    "secret."
)


def rounded(number: float) -> float:
    """Round a mean or a standard deviation as it leaves, in every form.

    Args:
        number: In points, hours or per cent; NaN stays NaN.
    """
    return _to(number, DECIMALS)


def rounded_effect(number: float) -> float:
    """Round what is worked out from means and deviations and has no unit.

    Args:
        number: NaN stays NaN.
    """
    return _to(number, EFFECT_DECIMALS)


def is_dominated(numbers: np.ndarray) -> bool:
    """Whether too few people give too much of what a mean adds up.

    Args:
        numbers: One of each person, shape (people,); of changes, how far they are from none counts.

    Source:
        The (n, k) rule: Hundepool and others (2012), Statistical disclosure control, chapter 4.
    """
    sizes = np.sort(np.abs(numbers))[::-1]
    return bool(sizes[:DOMINANT_PEOPLE].sum() > DOMINANT_SHARE * sizes.sum())


def _to(number: float, decimals: int) -> float:
    return float(np.round(number, decimals)) + 0.0  # never -0.0
