"""The rules of status, case by case."""

from itertools import product

import pytest

from analytics.claims.status import (
    RULES,
    Outcome,
    Status,
    of_difference,
    of_no_change,
    of_readings,
    with_later,
)

NAN = float("nan")


def outcome(estimate=-1.0, p=0.01, p_adjusted=0.01, smallest_p=0.002):
    return Outcome(estimate=estimate, p=p, p_adjusted=p_adjusted, smallest_p=smallest_p)


@pytest.mark.parametrize(
    ("estimate", "p", "p_adjusted", "smallest_p", "lower", "status"),
    [
        (-1.0, 0.01, 0.04, 0.002, True, Status.REPRODUCED),
        (-1.0, 0.01, 0.05, 0.002, True, Status.PARTLY),  # 0.05 is not below 0.05
        (-1.0, 0.04, 0.40, 0.002, True, Status.PARTLY),
        (-1.0, 0.05, 0.40, 0.002, True, Status.NOT),
        (1.0, 0.01, 0.01, 0.002, True, Status.NOT),  # strong, and the other way
        (1.0, 0.01, 0.01, 0.002, False, Status.REPRODUCED),
        (-1.0, 0.01, 0.01, 0.002, False, Status.NOT),
        (0.0, 1.0, 1.0, 0.002, True, Status.NOT),
        (-1.0, 0.25, 1.0, 0.25, True, Status.UNTESTABLE),
        (-1.0, 0.05, 0.05, 0.05, True, Status.UNTESTABLE),
        (NAN, NAN, NAN, NAN, True, Status.UNTESTABLE),
        (-1.0, NAN, NAN, 0.002, True, Status.UNTESTABLE),
    ],
)
def test_a_claim_of_difference(estimate, p, p_adjusted, smallest_p, lower, status):
    assert of_difference(outcome(estimate, p, p_adjusted, smallest_p), lower=lower) is status


@pytest.mark.parametrize("one", [Status.REPRODUCED, Status.PARTLY, Status.NOT, Status.UNTESTABLE])
def test_readings_that_agree_are_the_status(one):
    assert of_readings([one]) is of_readings([one, one]) is one


def test_readings_that_do_not_agree_are_partly_where_one_is():
    half = {Status.REPRODUCED, Status.PARTLY}
    four = (Status.REPRODUCED, Status.PARTLY, Status.NOT, Status.UNTESTABLE)
    for one, other in product(four, four):
        if one is other:
            continue
        expected = Status.PARTLY if {one, other} & half else Status.NOT
        assert of_readings([one, other]) is of_readings([other, one]) is expected


def test_no_reading_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        of_readings([])


def test_no_change_is_reproduced_where_none_is_detected():
    quiet, loud = outcome(p=0.3, p_adjusted=1.0), outcome(p=0.001, p_adjusted=0.02)
    before_only = outcome(p=0.01, p_adjusted=0.2)
    withheld = outcome(NAN, NAN, NAN, NAN)
    assert of_no_change([quiet, quiet]) is Status.REPRODUCED
    assert of_no_change([quiet, before_only]) is Status.REPRODUCED
    assert of_no_change([quiet, withheld]) is Status.REPRODUCED
    assert of_no_change([quiet, loud]) is Status.NOT
    assert of_no_change([]) is of_no_change([withheld]) is Status.UNTESTABLE
    assert of_no_change([outcome(p=0.25, smallest_p=0.25)]) is Status.UNTESTABLE


@pytest.mark.parametrize("status", Status)
def test_a_later_study_speaks_only_where_the_check_does_not(status):
    assert with_later(status, contrary=False) is status
    silent = status in {Status.NOT, Status.UNCHECKABLE, Status.CONTRADICTED}
    assert (with_later(status, contrary=True) is Status.CONTRADICTED) == silent


def test_the_rules_on_the_page_name_every_status():
    said = " ".join(words for _, words in RULES).lower()
    assert all(status.label in said for status in Status)
