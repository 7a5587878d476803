import numpy as np
import pytest

from analytics.evaluation.in_question import too_few
from analytics.evaluation.reasons import (
    ANSWERED,
    FEWEST_PILOTS,
    Reason,
    few_chosen,
    few_compared,
    first_reason,
    no_change,
)
from analytics.findings.indicators.change_verdict import verdict
from analytics.findings.indicators.change_windows import windows
from analytics.findings.indicators.change_years import years
from analytics.findings.robustness.placebo import placebo
from analytics.findings.robustness.robustness import view
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME

TWO = "?pilots=E06000023,E10000020"
WORDS = "An average of 2 pilots says too little; 3 are needed."


def test_too_few_pilots_are_refused_in_the_same_words_everywhere():
    assert few_chosen(from_search(TWO)) == (Reason.FEW_CHOSEN, WORDS)
    assert few_chosen(from_search("")) == ANSWERED
    assert too_few(2, from_search(TWO)) == (Reason.FEW_CHOSEN, WORDS)
    for finding in (verdict, windows, years, placebo, view):
        assert finding.publish(from_search(TWO)).summary.count(WORDS) == 1, finding.key


def test_too_few_that_can_be_compared_are_counted():
    there = np.arange(10) < FEWEST_PILOTS
    assert few_compared(there, from_search("")) == ANSWERED
    there[0] = False
    reason, words = few_compared(there, from_search(""))
    assert reason is Reason.FEW_COMPARED
    assert words == "Only 2 of the 10 pilots can be compared in these years; 3 are needed."
    assert few_compared(there[:2], from_search(TWO)) == (Reason.FEW_CHOSEN, WORDS)


@pytest.mark.parametrize(
    ("years", "there", "reason"),
    [
        ([2013, 2014], [True, True], Reason.ONE_SIDE),
        ([2014, 2015], [False, True], Reason.NOTHING_BEFORE),
        ([2014, 2015], [True, False], Reason.NOTHING_AFTER),
        ([2014, 2015], [True, True], Reason.ANSWERED),
    ],
)
def test_a_change_needs_figures_on_both_sides_of_the_start(years, there, reason):
    pre = np.array(years) < 2015
    found, words = no_change(np.array([there]), pre, ~pre, HOME)
    assert found is reason
    assert bool(words) == (reason is not Reason.ANSWERED)


def test_the_first_reason_is_said():
    one, other = (Reason.ONE_SIDE, "a"), (Reason.FEW_CHOSEN, "b")
    assert first_reason(ANSWERED, one, other) == one
    assert first_reason(ANSWERED) == ANSWERED
