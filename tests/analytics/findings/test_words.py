"""The words of every finding under many selections: three layers, plain ones plain.

Selections are the covering ones of ``tests.pairwise``, which hold every pair of values.
"""

import pytest

import analytics.findings  # noqa: F401 - lists every finding
from analytics.publication.finding import FINDINGS, SIMULATED_WORDS
from analytics.selection.choices import Outcome
from analytics.selection.parse import from_search
from analytics.text.wording import MOST_WORDS
from analytics.text.words import Words
from tests.pairwise import queries
from tests.readability import reading_ease, sentences
from tests.word_faults import NEVER, faults, plain_faults

EASE = 50
#: Each finding is given every fifth of the selections, each another fifth.
SHARE = 5
#: Plain sentences that a finding may have at most, as the explorer opens and under any selection.
MOST_AT_FIRST, MOST = 3, 4


def asked(key):
    every = [from_search(query) for query in queries()]
    at = list(FINDINGS).index(key) % SHARE
    return dict.fromkeys([from_search(""), *every[at::SHARE]])


def count_sentences(plain):
    """Count plain sentences; a question and its answer are one, and no label is one."""
    said = [one for text in plain if text != SIMULATED_WORDS for one in sentences(text)]
    return sum(not one.endswith("?") for one in said)


@pytest.mark.parametrize("key", FINDINGS)
def test_every_finding_says_plainly_what_it_found(key):
    wrong = list[str]()
    for selection in asked(key):
        published = FINDINGS[key].publish(selection)
        if published.withheld:
            continue
        wrong += [f"{selection.to_query()}: {fault}" for fault in faults(published)]
        many = count_sentences(published.words.plain)
        if many > (MOST if selection.to_pairs() else MOST_AT_FIRST):
            wrong.append(f"{selection.to_query()}: {many} sentences: {published.plain}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_all_plain_words_together_are_easy_to_read():
    said = list[str]()
    for key in FINDINGS:
        for selection in list(asked(key))[:4]:
            published = FINDINGS[key].publish(selection)
            if not published.withheld:
                plain = [one for one in published.words.plain if one != SIMULATED_WORDS]
                said += [f"{published.verdict}.", *plain]
    assert reading_ease(said) >= EASE


@pytest.mark.parametrize("key", ["change-verdict", "robustness-view"])
@pytest.mark.parametrize("outcome", [*Outcome])
@pytest.mark.parametrize("indicator", ["cpp_start_rate", "icpc_rate", "icpc_within15d_pct"])
def test_one_number_is_said_in_two_plain_sentences_or_three_long_ones(key, outcome, indicator):
    search = f"?outcome={outcome}&indicator={indicator}"
    plain = FINDINGS[key].publish(from_search(search)).words.plain
    if len(plain) > 2:
        size, sure = plain[1], plain[2]
        assert len(plain) == 3
        assert len(f"{size} {sure}".split()) > MOST_WORDS


@pytest.mark.parametrize(
    ("plain", "many"),
    [
        (("It fell. It rose.",), 2),
        (("Did it change? Not at one: records.", "It fell by 39.8%."), 2),
        ((SIMULATED_WORDS, "It fell."), 1),
        ((), 0),
    ],
)
def test_sentences_are_counted(plain, many):
    assert count_sentences(plain) == many


@pytest.mark.parametrize(
    ("verdict", "plain"),
    [
        ("Fewer conferences, p = 0.002", "It fell."),
        ("Fewer conferences", "The interval is wide."),
        ("Fewer conferences.", "It fell."),
        ("Fewer conferences", "It fell"),
        ("Fewer conferences", f"It {'fell ' * 26}."),
        (f"{'Fewer ' * 13}", "It fell."),
        ("", "It fell."),
    ],
)
def test_words_that_are_not_plain_are_found(verdict, plain):
    assert plain_faults(Words(verdict=verdict, plain=(plain,)))


def test_plain_words_are_not_faulted():
    assert not plain_faults(Words(verdict="Fewer conferences", plain=("It fell by 39.8%.",)))


@pytest.mark.parametrize(
    "text",
    ["78 % of them", "a range to inf", "2012/13 to 2012/13", "1 pilots", "a effect", "pounds 110",
     "none remains below", "this design could detect 4"],
)  # fmt: skip
def test_what_no_text_may_hold_is_found(text):
    assert NEVER.search(text)


def test_reading_ease_is_that_of_printed_examples():
    # Flesch's formula by hand: 6 words, 6 syllables, 1 sentence.
    assert reading_ease(["The cat sat on the mat."]) == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert reading_ease(["Organisational considerations notwithstanding."]) < 0
