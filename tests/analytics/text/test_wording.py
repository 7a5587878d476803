import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.text.quantity import Quantity, Scale, apart, with_unit
from analytics.text.wording import (
    MINUS,
    MOST_WORDS,
    counted,
    in_sentences,
    in_year,
    listed,
    lower_first,
    naming,
    none_of,
    number,
    only,
    p_words,
    pluralise,
    signed,
    significant,
    some_of,
    year_label,
    years_label,
)
from analytics.text.words import Words

NUMBERS = st.floats(-1e9, 1e9)


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (1234.56, 1, "1,234.6"),
        (-1234.5, 0, f"{MINUS}1,234"),
        (0, 1, "0.0"),
        (-0.04, 1, "0.0"),
        (math.nan, 1, "–"),
        (12, 0, "12"),
    ],
)
def test_a_number_is_written_as_in_print(value, decimals, words):
    assert number(value, decimals) == words


@given(NUMBERS, st.integers(0, 3))
def test_a_number_can_be_read_back(value, decimals):
    words = number(value, decimals)
    read = float(words.replace(",", "").replace(MINUS, "-"))
    assert abs(read - value) <= 0.5 * 10**-decimals + 1e-6
    assert "-" not in words
    assert not words.startswith(MINUS) or read < 0


@given(NUMBERS, st.integers(0, 3))
def test_a_difference_has_a_sign_unless_it_shows_as_zero(value, decimals):
    words = signed(value, decimals)
    read = float(words.replace(",", "").replace(MINUS, "-"))
    assert words.startswith("+") == (read > 0)
    assert words.startswith(MINUS) == (read < 0)


def test_a_missing_difference_is_a_dash():
    assert signed(math.nan) == "–"


@pytest.mark.parametrize(
    ("value", "decimals"), [(0.123, 2), (-0.9, 2), (1, 1), (-99.9, 1), (100, 0), (-1234, 0)]
)
def test_about_three_figures_are_shown(value, decimals):
    assert significant(value) == decimals


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (2 / 1024, "p = 0.002"),
        (0.25, "p = 0.25"),
        (1.0, "p = 1"),
        (0.1, "p = 0.1"),
        (0.001, "p = 0.001"),
        (0.0009, "p < 0.001"),
        (0.0, "p < 0.001"),
    ],
)
def test_p_is_written_as_in_print(p, words):
    assert p_words(p) == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], "none"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_as_a_sentence_does(words, sentence):
    assert listed(words) == sentence


def test_nothing_may_have_a_word_of_its_own():
    assert listed([], none="nothing") == "nothing"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 pilots"), (1, "1 pilot"), (3, "3 pilots"), (1200, "1,200 pilots")]
)
def test_a_count_agrees_with_its_noun(count, words):
    assert pluralise(count, "pilot") == words


def test_a_noun_may_have_a_plural_of_its_own():
    assert pluralise(2, "child", "children") == "2 children"


@pytest.mark.parametrize(
    ("unit", "scale", "words"),
    [
        ("%", Scale.PERCENT, "percentage points"),
        ("per 10,000 children aged 0 to 17", Scale.RATE, "per 10,000"),
        ("working days", Scale.OTHER, "working days"),
        ("%", Scale.OTHER, "%"),
    ],
)
def test_a_difference_has_a_unit_by_its_scale(unit, scale, words):
    assert apart(unit, scale) == apart(unit, scale.value) == words
    assert Quantity(unit=unit, scale=scale).apart == words


@pytest.mark.parametrize(
    ("words", "inside"),
    [("Plans ending", "plans ending"), ("ICPC in 15 days", "ICPC in 15 days"), ("", "")],
)
def test_a_name_inside_a_sentence_starts_low_unless_it_is_an_abbreviation(words, inside):
    assert lower_first(words) == inside


def test_a_year_of_figures_of_a_day_carries_the_day():
    assert year_label(2015, "30 September") == "30 September 2015"
    assert in_year(year_label(2015, "30 September"), "30 September") == "at 30 September 2015"
    assert in_year(year_label(2015)) == "in 2014/15"


def test_a_span_of_one_year_is_one_year():
    assert years_label(2013, 2013) == "2012/13"
    assert years_label(2013, 2016) == "2012/13 to 2015/16"
    assert years_label(2015, 2015, "30 September") == "30 September 2015"


def test_pounds_are_spelled_out_behind_a_number_alone():
    assert apart("£ per child in need, cash", Scale.POUNDS) == "pounds per child in need, cash"
    assert apart("£ per child", Scale.POUNDS.value) == "pounds per child"
    money = Quantity(unit="£ per child", scale=Scale.POUNDS)
    assert (money.apart, money.apart_title) == ("pounds per child", "£ per child")
    share = Quantity(unit="%", scale=Scale.PERCENT)
    assert share.apart_title == share.apart == "percentage points"


@pytest.mark.parametrize(("count", "words"), [(0, "no"), (1, "one"), (9, "nine"), (10, "10")])
def test_a_count_is_in_words_below_ten(count, words):
    assert counted(count) == words


@pytest.mark.parametrize(
    ("things", "words"),
    [
        (["plans"], "Clear: plans."),
        (["plans", "referrals"], "Clear: plans and referrals."),
        (["a", "b", "c", "d"], "Clear: a, b, c and one more."),
        ([f"{name} {'word ' * 9}end" for name in "abc"],
         f"Clear: a {'word ' * 9}end and two more."),
        ([f"{name} {'word ' * 30}end" for name in "ab"], "Clear: two measures."),
        ([f"{number} {'word ' * 30}end" for number in range(12)], "Clear: 12 measures."),
    ],
)  # fmt: skip
def test_as_many_things_are_named_as_a_sentence_holds(things, words):
    said = naming("Clear:", things, noun="measures")
    assert said == words
    assert len(said.split()) <= MOST_WORDS


@pytest.mark.parametrize(
    ("count", "of", "words"),
    [
        (0, 6, "none of six pilots"),
        (1, 6, "1 of 6 pilots"),
        (6, 6, "all 6 pilots"),
        (0, 2, "neither of two pilots"),
        (2, 2, "both pilots"),
        (1, 1, "the one pilot"),
        (0, 1, "not the one pilot"),
    ],
)
def test_some_of_several_are_said_as_in_a_sentence(count, of, words):
    assert some_of(count, of, "pilot") == words


def test_none_of_two_is_neither():
    assert [none_of(2), none_of(3)] == ["Neither", "None"]


def test_so_few_are_said_without_a_number_at_the_beginning():
    assert [only(0, "pilot"), only(1, "pilot")] == ["No pilot", "Only 1 pilot"]
    assert only(0, "pilot", of=10) == "None of the 10 pilots"
    assert only(2, "pilot", of=10) == "Only 2 of the 10 pilots"


def test_a_list_goes_on_with_a_word_not_with_a_number():
    parts = [f"{count} more in a council of this name" for count in range(1, 7)]
    first, *others = in_sentences("Of all", parts)
    assert first.startswith("Of all: 1 more")
    assert others
    assert all(one.startswith("And ") for one in others)


@pytest.mark.parametrize(
    ("shown", "unit", "scale", "words"),
    [
        ("−3,778", "£ per child", Scale.POUNDS, "−£3,778 per child"),
        ("2,379", "£ per child", Scale.POUNDS, "£2,379 per child"),
        ("+9.5", "%", Scale.PERCENT, "+9.5 percentage points"),
        ("+0.2", "per £1 on care", Scale.PER_POUND, "+0.2 per £1 on care"),
    ],
)
def test_the_sign_of_pounds_stands_before_the_number(shown, unit, scale, words):
    assert with_unit(shown, unit, scale) == words


def test_a_brief_has_the_last_sentence_where_there_is_room():
    assert Words(verdict="One", plain=("Two.", "Three.")).brief == "One. Three."
    long = Words(verdict="One", plain=(f"{'very ' * MOST_WORDS}long.",))
    assert long.brief == "One."


def test_a_level_has_the_decimals_and_the_sign_of_its_scale():
    share, percent = (Quantity(unit="of spend", scale=one) for one in (Scale.SHARE, Scale.PERCENT))
    assert (share.decimals, share.sign) == (3, "")
    assert (percent.decimals, percent.sign) == (1, "%")
