"""The words of every finding under many selections: three layers, plain ones plain.

Selections are those that hold every pair of values of what a finding's page follows.
"""

from dataclasses import replace

import pandas as pd
import pytest

import analytics.findings  # noqa: F401 - lists every finding
from analytics.publication.registry import offered
from analytics.publication.simulated import SIMULATED_WORDS
from analytics.selection.choices import Outcome
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.wording import MOST_WORDS
from analytics.text.words import Words
from tests.followed import pages_with, restricted
from tests.readability import reading_ease, sentences
from tests.word_faults import (
    NEVER,
    NEVER_PLAIN,
    faults,
    interval_faults,
    plain_faults,
    reach_faults,
    selection_faults,
    text_faults,
)

EASE = 50
#: Each finding is given every fifth of the selections, each another fifth.
SHARE = 5
#: Plain sentences that a finding may have at most, as the explorer opens and under any selection.
MOST_AT_FIRST, MOST = 3, 4


@pytest.fixture(autouse=True)
def cache_folder():
    """Nothing is replaced here: results are those of the pages, and kept where theirs are."""


def asked(key):
    every = [from_search(query) for query in restricted(pages_with(key))]
    at = list(offered(HOME)).index(key) % SHARE
    return dict.fromkeys([from_search(""), *every[at::SHARE]])


def count_sentences(plain):
    """Count plain sentences; a question and its answer are one, and no label is one."""
    said = [one for text in plain if text != SIMULATED_WORDS for one in sentences(text)]
    return sum(not one.endswith("?") for one in said)


@pytest.mark.parametrize("key", offered(HOME))
def test_every_finding_says_plainly_what_it_found(key):
    wrong = list[str]()
    for selection in asked(key):
        published = offered(HOME)[key].publish(selection)
        if published.withheld:
            continue
        wrong += [f"{selection.to_query()}: {fault}" for fault in faults(published)]
        many = count_sentences(published.words.plain)
        if many > (MOST if selection.to_pairs() else MOST_AT_FIRST):
            wrong.append(f"{selection.to_query()}: {many} sentences: {published.plain}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_all_plain_words_together_are_easy_to_read():
    said = list[str]()
    for key in offered(HOME):
        for selection in list(asked(key))[:4]:
            published = offered(HOME)[key].publish(selection)
            if not published.withheld:
                plain = [one for one in published.words.plain if one != SIMULATED_WORDS]
                said += [f"{published.verdict}.", *plain]
    assert reading_ease(said) >= EASE


@pytest.mark.parametrize("key", ["change-verdict", "robustness-view"])
@pytest.mark.parametrize("outcome", [*Outcome])
@pytest.mark.parametrize("indicator", ["cpp_start_rate", "icpc_rate", "icpc_within15d_pct"])
def test_one_number_is_said_in_two_plain_sentences_or_three_long_ones(key, outcome, indicator):
    search = f"?outcome={outcome}&indicator={indicator}"
    plain = offered(HOME)[key].publish(from_search(search)).words.plain
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


#: Of each rule an example that breaks it.
BROKEN = {
    "no number": ["a range to inf", "from nan to 3", "None to 4"],
    "spacing": ["78 % of them", "two  spaces", "fewer , and", "( between"],
    "punctuation": ["It fell..", "why?.", "it fell (between 1 and 2", "“the question"],
    "pounds": ["pounds 110", "−3,778 pounds per child"],
    "old words": ["none remains below", "this design could detect 4", "Not at one: families"],
    "same twice": [
        "2012/13 to 2012/13",
        "0.0 to 0.0",
        "from £50,000 to £50,000.",
        "between 3.0 and 3.0 up",
    ],
    "two styles": ["Two of 5 claims", "None of 5 findings", "4 of six pilots"],
    "singular": ["1 pilots", "in one measures", "5 stay; 1 are new"],
    "plural": ["2 pilot fell"],
    "article": ["a effect", "a 8% rise", "an fewer", "an 12% rise"],
    "said twice": ["the the pilots", "In in 2015/16"],
    "zero": ["a gap of −0.0"],
    "pairs": ["All two clear differences", "None of 2 findings", "None of the two differences"],
    "key": ["the cpp_start_rate fell"],
}
BROKEN_PLAIN = {
    "zero": ["None or 0 of 6 pilots fell.", "There are 0 figures."],
    "no direction": ["It was 0.0 percentage points higher.", "It fell by 0.0 per year.",
                     "That is 0 fewer."],
    "all": ["In short, 6 of 6 pilots fell."],
    "short name": ["Family support : care rose."],
    "abbreviation": ["It fell for ICPC.", "The SoS approach."],
    "beginning": ["24 are missing.", "fewer conferences."],
    "direction": [
        "The pilots had 13 fewer conferences (between 9 and 17 more).",
        "It rose by 2.0 percentage points (between 2.5 and 3.0 up).",
    ],
}  # fmt: skip
EXAMPLES = [(kind, text) for kind, texts in BROKEN.items() for text in texts]
PLAIN_EXAMPLES = [(kind, text) for kind, texts in BROKEN_PLAIN.items() for text in texts]


def test_every_rule_has_an_example_that_breaks_it():
    assert set(NEVER) == set(BROKEN)
    assert set(NEVER_PLAIN) <= set(BROKEN_PLAIN)


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_what_no_text_may_hold_is_found(kind, text):
    assert kind in {one.kind for one in text_faults(text)}


@pytest.mark.parametrize(("kind", "text"), PLAIN_EXAMPLES)
def test_what_no_plain_sentence_may_hold_is_found(kind, text):
    found = plain_faults(Words(verdict="Fewer conferences", plain=(text,)))
    assert kind in {one.kind for one in found}


@pytest.mark.parametrize(
    ("kind", "query", "verdict"),
    [
        ("outside the window", "?years=2013-2014", "Fewer conferences in 2015/16"),
        ("wrong place", "?band=over-two", "Bristol is below similar councils"),
        ("who", "?band=beginner", "The pilots had fewer conferences"),
        ("who", "", "These pilots had fewer conferences"),
    ],
)
def test_words_that_leave_the_selection_are_found(kind, query, verdict):
    said, selection = Words(verdict=verdict), from_search(query)
    assert kind in {one.kind for one in selection_faults("kpis-gaps", said, selection)}


ROWS = pd.DataFrame(
    {"withheld": ["", ""], "p": [0.03, 0.2], "certain": ["not-clear", "untestable"]}
)


def test_a_test_that_cannot_reach_the_level_must_be_said():
    silent = Words(verdict="No clear difference from England on 1 measures")
    assert [one.kind for one in reach_faults(ROWS, silent)] == ["reach unsaid"]
    spoken = replace(silent, plain=("One of two measures cannot be tested with this choice.",))
    assert not [*reach_faults(ROWS, spoken)]
    counted = replace(spoken, verdict="No clear difference from England on 2 measures")
    assert [one.kind for one in reach_faults(ROWS, counted)] == ["reach unsaid"]


def test_an_interval_that_disagrees_with_its_test_is_found():
    rows = pd.DataFrame(
        {"low": [1.0], "high": [2.0], "p": [0.2], "smallest_p": [0.01], "t_low": [0.5]}
    )
    assert [one.kind for one in interval_faults(rows)] == ["interval"]
    assert not [*interval_faults(rows.assign(p=0.02))]


def test_reading_ease_is_that_of_printed_examples():
    # Flesch's formula by hand: 6 words, 6 syllables, 1 sentence.
    assert reading_ease(["The cat sat on the mat."]) == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert reading_ease(["Organisational considerations notwithstanding."]) < 0
