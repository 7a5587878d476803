"""The rules of status, case by case."""

import re
from itertools import product

import pytest

from analytics.claims.status import (
    RULES,
    Outcome,
    Status,
    of_difference,
    of_no_change,
    of_readings,
    was_there,
    with_later,
)
from analytics.text.certainty import Certainty

NAN = float("nan")
SURE = (Certainty.CLEAR, Certainty.UNCOUNTED)


def outcome(estimate=-1.0, certain=Certainty.CLEAR, n=10, p_small=NAN):
    return Outcome(estimate=estimate, certain=certain, n=n, p_small=p_small)


@pytest.mark.parametrize(
    ("estimate", "certain", "n", "lower", "status"),
    [
        (-1.0, Certainty.CLEAR, 10, True, Status.REPRODUCED),
        (-1.0, Certainty.UNCOUNTED, 10, True, Status.REPRODUCED),
        (-1.0, Certainty.ALONE, 10, True, Status.PARTLY),
        (-1.0, Certainty.NOT_CLEAR, 10, True, Status.NOT),
        (1.0, Certainty.CLEAR, 10, True, Status.NOT),  # clear, and the other way
        (1.0, Certainty.CLEAR, 10, False, Status.REPRODUCED),
        (-1.0, Certainty.CLEAR, 10, False, Status.NOT),
        (0.0, Certainty.NOT_CLEAR, 10, True, Status.NOT),
        (-1.0, Certainty.UNTESTABLE, 3, True, Status.UNTESTABLE),
        (1.0, Certainty.UNTESTABLE, 3, True, Status.UNTESTABLE),  # never "not reproduced"
        (NAN, Certainty.UNTESTABLE, 0, True, Status.UNANSWERED),
    ],
)
def test_a_claim_of_difference(estimate, certain, n, lower, status):
    assert of_difference(outcome(estimate, certain, n), lower=lower) is status


@pytest.mark.parametrize("sure", Certainty)
@pytest.mark.parametrize("before", [-2.0, 2.0])
@pytest.mark.parametrize("certain_before", Certainty)
def test_only_a_clear_difference_that_stood_out_before_was_already_there(
    sure, before, certain_before
):
    earlier = outcome(before, certain_before)
    found = of_difference(outcome(-1.0, sure), lower=True, before=earlier)
    there = before < 0 and certain_before.stands_out
    assert was_there(earlier, lower=True) == there
    assert (found is Status.BEFORE) == (there and sure in SURE)
    if found is not Status.BEFORE:
        assert found is of_difference(outcome(-1.0, sure), lower=True)


@pytest.mark.parametrize("one", [one for one in Status if one is not Status.CONTRADICTED])
def test_readings_that_agree_are_the_status(one):
    assert of_readings([one]) is of_readings([one, one]) is one


def test_readings_that_do_not_agree_are_partly_where_one_is():
    half = {Status.REPRODUCED, Status.BEFORE, Status.PARTLY}
    every = (*half, Status.NOT, Status.UNTESTABLE, Status.UNANSWERED)
    for one, other in product(every, every):
        if one is other:
            continue
        if {one, other} == {Status.REPRODUCED, Status.BEFORE}:
            expected = Status.BEFORE
        elif {one, other} & half:
            expected = Status.PARTLY
        else:
            few = Status.UNTESTABLE in {one, other}
            expected = Status.UNTESTABLE if few else Status.UNANSWERED
        assert of_readings([one, other]) is of_readings([other, one]) is expected


def test_no_reading_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        of_readings([])


def test_no_change_is_reproduced_only_where_changes_of_the_margin_are_ruled_out():
    quiet = outcome(certain=Certainty.NOT_CLEAR, p_small=0.3)
    small = outcome(certain=Certainty.NOT_CLEAR, p_small=0.01)
    loud, alone = outcome(p_small=0.9), outcome(certain=Certainty.ALONE, p_small=0.9)
    few = outcome(certain=Certainty.UNTESTABLE, n=3, p_small=0.01)
    none = outcome(NAN, Certainty.UNTESTABLE, 0)
    assert of_no_change([small, small]) is Status.REPRODUCED
    assert of_no_change([small, quiet]) is Status.PARTLY
    assert of_no_change([quiet, quiet]) is Status.PARTLY  # a non-rejection proves nothing
    assert of_no_change([small, alone]) is Status.PARTLY
    assert of_no_change([small, none]) is Status.PARTLY
    assert of_no_change([small, loud]) is Status.NOT
    assert of_no_change([few, few]) is of_no_change([few, none]) is Status.UNTESTABLE
    assert of_no_change([none]) is of_no_change([]) is Status.UNANSWERED


@pytest.mark.parametrize("status", Status)
def test_a_later_study_speaks_only_where_the_check_does_not(status):
    assert with_later(status, contrary=False) is status
    silent = status in {Status.NOT, Status.UNCHECKABLE, Status.CONTRADICTED}
    assert (with_later(status, contrary=True) is Status.CONTRADICTED) == silent


def test_the_rules_on_the_page_name_every_status():
    said = " ".join(words for _, words in RULES).lower()
    assert all(status.label in said for status in Status)


def test_the_rules_are_in_plain_words():
    for _, words in RULES:
        assert not re.search(r"\bp\b|interval|hypothes|adjust|detect", words)
