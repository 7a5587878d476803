"""One number for each place, of which the group's mean is the estimate."""

import numpy as np
from figures import Compared, Floats, mean
from pack import Choice, NotAnsweredError


def yearly(compared: Compared, outcome: str) -> Floats:
    """Return the difference of each place from its comparator, or the logarithm of the ratio.

    A figure that is not above zero has no logarithm, and is missing.
    """
    if not outcome.startswith("log"):
        return compared.gaps
    own, against = (
        np.log(part, out=np.full(part.shape, np.nan), where=part > 0)
        for part in (compared.own, compared.comparator)
    )
    return own - against


def outcomes(compared: Compared, choice: Choice) -> Floats:
    """Return the mean over the years, or its change after the start, shape (series, places).

    Raises:
        NotAnsweredError: A change is asked for, and the years are all on one side of the start.
    """
    each = yearly(compared, choice.outcome)
    if not choice.outcome.endswith("change"):
        return mean(each)
    after = np.array([year > choice.before for year in compared.years])
    if after.all() or not after.any():
        msg = "the years are all on one side of the start"
        raise NotAnsweredError(msg)
    return mean(each[..., after]) - mean(each[..., ~after])
