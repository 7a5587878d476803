"""Measures said aloud: direction, size and range, in sentences that stay short."""

import math

import pytest

from analytics.evaluation.staffing import RESOURCES
from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.text.name_kinds import pence, pounds, rate, share
from analytics.text.naming import Contrast, PlainName
from analytics.text.wording import MOST_WORDS

CONFERENCES = rate("child protection conferences")
EVERY = [*INDICATORS.values(), *RATIOS.values(), *RESOURCES]


def apart(name, *numbers):
    return " ".join(name.apart(*numbers, who="the pilots", than="similar councils"))


def moved(name, *numbers):
    return " ".join(name.moved(*numbers, against="similar councils", since="After the start"))


def test_a_count_is_said_with_its_range():
    assert apart(CONFERENCES, -13.8, -20.2, -7.4) == (
        "The pilots had 14 fewer child protection conferences per 10,000 children than similar "
        "councils (between 7 and 20 fewer)."
    )


def test_a_range_across_nothing_says_both_ways():
    assert apart(CONFERENCES, -5.9, -17.3, 5.4).endswith("(between 17.3 fewer and 5.4 more).")
    assert moved(CONFERENCES, -5.9, -17.3, 5.4).endswith("(between 17.3 down and 5.4 up).")


def test_a_range_that_is_not_bounded_is_left_out():
    for ends in ((-math.inf, math.inf), (math.nan, math.nan)):
        assert "between" not in apart(CONFERENCES, -13.8, *ends)


def test_shares_money_pence_and_days_are_said_in_their_own_units():
    assert "9.3 percentage points higher" in apart(share("plans on time"), 9.3, 4.4, 13.8)
    assert "3.2 percentage points lower" in apart(share("care", times=100), -0.032, -0.08, 0.02)
    assert "was £1,883 higher" in apart(pounds("spending per child"), 1883, -2776, 6543)
    assert "£2,776 lower and £6,543 higher" in apart(pounds("spending"), 1883, -2776, 6543)
    assert "was 5.0p lower" in apart(pence("spending on care"), -0.05, -0.1, -0.01)
    days = PlainName(what="time taken", contrast=Contrast.TIME, suffix=" working days")
    assert "9.8 working days shorter" in apart(days, -9.8, -17.1, -1.6)


def test_the_direction_alone_can_be_said():
    assert CONFERENCES.contrasted(-1) == "fewer child protection conferences"
    assert share("plans on time").contrasted(1) == "a higher share of plans on time"
    assert INDICATORS["sw_vacancy_pct"].plain.contrasted(-1).startswith("a lower vacancy rate")


@pytest.mark.parametrize(
    "than", ["similar councils", "their regions", "England", "the other pilots"]
)
@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.key)
def test_no_sentence_on_a_measure_is_long(one, than):
    size = 100 / one.plain.times
    said = [
        *one.plain.apart(-size, -2 * size, size, who="these pilots", than=than),
        *one.plain.moved(size, -size, 2 * size, against=than, since="After the start"),
    ]
    assert all(len(sentence.split()) <= MOST_WORDS for sentence in said), said


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.key)
def test_every_name_is_a_few_words_in_lower_case(one):
    assert one.plain.what[0].islower()
    assert len(one.plain.what.split()) <= 11


def test_a_small_estimate_with_a_wide_range_is_not_said_too_finely():
    name = PlainName(what="plans", per="per 10,000 children")
    (said,) = name.moved(0.68, -9.49, 11.54, against="England", since="Since")
    assert "by 0.7 per" in said
    assert "(between 9.5 down and 11.5 up)" in said
    (said,) = name.moved(0.68, 0.21, 1.15, against="England", since="Since")
    assert "(between 0.21 and 1.15 up)" in said


def test_no_difference_is_said_to_have_no_direction():
    plans, late = rate("plans"), share("plans held late")
    told = {"who": "the pilots", "than": "England"}
    assert plans.apart(0.001, math.nan, math.nan, **told) == (
        "The pilots had as many plans per 10,000 children as England.",
    )
    (said,) = late.apart(0.01, -5.4, 5.4, **told)
    assert said.startswith("The pilots' share of plans held late was the same as in England (")
    assert plans.moved(-0.02, -9.5, 9.4, against="England", since="Since") == (
        "Since, plans neither rose nor fell against England (between 9.5 down and 9.4 up).",
    )
    assert plans.directed(0.001, 2) == "no different"
    assert plans.directed(-0.7, 1) == "0.7 fewer"
    assert plans.shifted(-7, 1) == "fell by 7.0 per 10,000 children"


def test_the_end_of_a_range_is_not_shown_as_none():
    assert "(between 0.3 and 26.9 up)" in rate("plans").moved(
        13.4, 0.3, 26.9, against="England", since="Since"
    )[0]  # fmt: skip


def test_a_range_without_width_is_said_so():
    plans = rate("plans")
    assert plans.between(3.0, 3.0, 1) == "3.0 more at both ends"
    assert plans.between(-3.02, -2.98, 1) == "3.0 fewer at both ends"
    assert plans.between(-0.02, 0.02, 1) == "no different"
    assert plans.between(-3.1, -2.9, 1) == "between 2.9 and 3.1 fewer"


def test_differences_beside_each_other_have_as_many_decimals():
    plans = rate("plans")
    assert plans.decimals_of(-14.2, 5.1) == 0
    assert plans.decimals_of(-14.2, 0.3) == 1
    assert plans.decimals_of(0.71, -3.31) == 1


def test_a_difference_that_is_shown_as_none_has_no_direction_in_a_list():
    plans, closed = rate("plans"), share("referrals closed")
    assert plans.short_directed(-3.31, 1) == "3.3 fewer"
    assert closed.short_directed(0.5, 1, words=("down", "up")) == "0.5 points up"
    assert closed.short_directed(-0.5, 1, words=("down", "up")) == "0.5 points down"
    for nothing in (0.0, 0.001, -0.001):
        assert closed.short_directed(nothing, 2, words=("down", "up")) == "no different"
        assert plans.short_directed(nothing, 2) == "no different"
