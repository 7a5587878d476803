"""Level, log ratio and change of made-up figures, worked out by hand."""

import math

import numpy as np
import pytest

from analytics.evaluation.comparison import Compared
from analytics.evaluation.outcomes import at_years, outcomes, unit_of, yearly
from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import Outcome
from analytics.selection.selection import HOME


def compared(own, against, years=(2013, 2014, 2015, 2016)):
    own, against = np.array([own], dtype=float), np.array([against], dtype=float)
    return Compared(
        keys=("x",), codes=tuple("ab")[: own.shape[1]], years=years, programme=HOME,
        own=own, comparator=against,
        found=np.ones(own.shape, dtype=np.intp), listed=np.array([10] * own.shape[1]),
    )  # fmt: skip


TWO = compared([[10, 12, 9, 7], [4, np.nan, 0, 6]], [[8, 8, 8, 8], [2, 2, 2, 3]])


def test_level_is_the_mean_of_the_years_there_are():
    np.testing.assert_allclose(outcomes(TWO, Outcome.LEVEL)[0], [1.5, 1.0])


def test_change_is_after_less_before():
    np.testing.assert_allclose(outcomes(TWO, Outcome.CHANGE)[0], [0 - 3, 0.5 - 2])


def test_a_log_ratio_leaves_out_what_has_no_logarithm():
    made = outcomes(TWO, Outcome.LOG)[0]
    first = (math.log(10 / 8) + math.log(12 / 8) + math.log(9 / 8) + math.log(7 / 8)) / 4
    np.testing.assert_allclose(made, [first, math.log(2)])
    assert np.isnan(yearly(TWO, Outcome.LOG)[0, 1, 2])


def test_a_change_needs_years_on_both_sides():
    with pytest.raises(NotEstimableError, match="one side of November 2014"):
        outcomes(at_years(TWO, (2015, 2016)), Outcome.CHANGE)


def test_a_log_change_is_a_change_of_the_log_ratios():
    made = outcomes(TWO, Outcome.LOG_CHANGE)[0]
    before = (math.log(10 / 8) + math.log(12 / 8)) / 2
    after = (math.log(9 / 8) + math.log(7 / 8)) / 2
    np.testing.assert_allclose(made, [after - before, math.log(2) - math.log(2)])


def test_years_are_kept_in_place():
    kept = at_years(TWO, (2016, 2013, 1999))
    assert kept.years == (2013, 2016)
    np.testing.assert_array_equal(kept.own[0, 0], [10, 7])
    assert kept.found.shape == kept.own.shape


def test_only_the_log_ratio_has_a_unit_of_its_own():
    assert unit_of("%", Outcome.LEVEL) == unit_of("%", Outcome.CHANGE) == "%"
    assert unit_of("%", Outcome.LOG) == unit_of("%", Outcome.LOG_CHANGE) != "%"
