"""What counts as the same word, the same label, and as no answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.user_data.words import alike, comparable, same_label, same_labels, says_nothing

LABELS = st.lists(
    st.text(st.sampled_from("01.0 \n-_/'`aZαА\u00a0\u00a8\u0301\u200b\uff10½"), max_size=6)
)


@pytest.mark.parametrize(
    "words",
    ["5‑day", "5–day", "5−day", "5\u2010day", "5\ufe63day", "５-day", "5-\u200bday", "5-\u00adday"],
)
def test_look_alike_characters_are_made_alike(words):
    assert alike(words) == "5-day"


def test_quotes_and_spaces_of_every_kind_are_plain():
    assert alike("\u00a0don’t\u2003 “say”\u202f") == 'don\'t "say"'
    assert comparable("Over\u2011Two") == comparable("over two") == comparable("OVER_TWO")
    assert comparable("overtwo") != comparable("over two")


@pytest.mark.parametrize(
    "words",
    [
        "",
        "-",
        "—",
        "…",
        "N.A.",
        "<NA>",
        "NaN",
        "PREFER NOT TO SAY.",
        "don`t know",
        "- -",
        "(blank)",
    ],
)
def test_ways_to_say_nothing(words):
    assert says_nothing(alike(words))


@pytest.mark.parametrize(
    "words", ["0", "no", "neither", "unsure", "-1", "####", "#REF!", "n", "x", "99"]
)
def test_what_says_something(words):
    assert not says_nothing(alike(words))


@pytest.mark.parametrize(
    ("one", "other"),
    [("0001", "1"), ("1001.0", "1001"), ("s12", "S 12"), ("S-012", "s12"), ("A.", "a"),
     ("St. Helens", "St Helens"), ("А", "A")],
)  # fmt: skip
def test_one_label_written_in_two_ways(one, other):
    assert same_label(one) == same_label(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "10"),
        ("1-23", "12-3"),
        ("S063-0", "S006-30"),
        ("A1", "A11"),
        ("0", "00a"),
        ("1.5", "15"),
    ],
)
def test_two_labels_stay_two(one, other):
    assert same_label(one) != same_label(other)


def test_many_labels_are_named_in_their_order():
    written = ["S 012", "1.0", "1-23", "", "St. Helens", "1.0.", "007 "]
    assert same_labels(written) == ["s12", "1", "1-23", "", "sthelens", "1-0", "7"]
    assert same_labels([]) == []


@given(LABELS)
def test_a_label_among_others_is_as_it_is_alone(written):
    assert same_labels(written) == [same_label(label) for label in written]
