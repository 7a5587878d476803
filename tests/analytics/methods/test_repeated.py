"""Tests made again and again, against each made by itself."""

import numpy as np
import pytest

from analytics.methods.multiplicity import adjust
from analytics.methods.repeated import adjust_each
from analytics.methods.signflip import sign_flips


def tables(n, *, tied):
    """A table of gaps, and others without a pilot, with few pilots moved, and with fewer rows."""
    rng = np.random.default_rng(n)
    first = rng.normal(0.3, 1, (5, n)) + rng.normal(0, 0.5, n)
    if tied:
        first = np.round(first)
        first[3] = first[0]
    first[1, 2], first[4, 1:] = np.nan, np.nan
    without, moved, fewer, zero, none = (first.copy() for _ in range(5))
    without[:, 3] = np.nan
    moved[:, [0, 4]] += 0.4
    moved[2, 5] = np.nan
    fewer[3] = np.nan
    zero[0] = 0
    none[:, 1:] = np.nan
    return np.array([first, without, moved, fewer, zero, none])


@pytest.mark.parametrize("method", ["none", "holm", "bh", "max-t"])
@pytest.mark.parametrize(("n", "tied"), [(8, True), (24, False), (24, True)])
def test_each_table_is_tested_as_it_is_alone(n, tied, method):
    every = tables(n, tied=tied)
    for at in range(5):
        alone = [sign_flips(one) for one in every]
        adjusted = adjust_each(every, at, np.array([p[at] for p in alone]), method=method)
        expected = [adjust(q, one, method=method)[at] for q, one in zip(alone, every, strict=True)]
        assert np.array_equal(adjusted, expected, equal_nan=True)


def test_what_is_no_set_of_tables_is_refused():
    with pytest.raises(ValueError, match=r"\(tables, indicators, pilots\) is expected"):
        adjust_each(np.zeros((3, 4)), 0, np.zeros(3), method="none")
    with pytest.raises(ValueError, match="infinite"):
        adjust_each(np.full((2, 3, 4), np.inf), 0, np.zeros(2), method="none")
