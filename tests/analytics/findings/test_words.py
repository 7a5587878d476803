"""The words of every finding under many selections: three layers, plain ones plain.

Selections are the covering ones of ``tests.pairwise``, which hold every pair of values.
"""

import pytest

import analytics.findings  # noqa: F401 - lists every finding
from analytics.publication.finding import FINDINGS, SIMULATED_MARK, SIMULATED_WORDS
from analytics.selection.parse import from_search
from analytics.text.wording import MOST_WORDS
from analytics.text.words import Words
from tests.pairwise import queries
from tests.readability import TECHNICAL, reading_ease, sentences

VERDICT_WORDS = 12
EASE = 50
#: Each finding is given every fifth of the selections, each another fifth.
SHARE = 5


def faults(said: Words) -> list[str]:
    """Say what is wrong with the layers of words that a reader without statistics sees."""
    found = list[str]()
    verdict = said.verdict.removeprefix(SIMULATED_MARK)
    if not verdict or verdict.endswith("."):
        found.append(f"verdict {said.verdict!r}")
    if len(verdict.split()) > VERDICT_WORDS:
        found.append(f"{len(verdict.split())} words: {verdict}")
    for sentence in said.plain:
        if not sentence.endswith((".", "?")):
            found.append(f"no full stop: {sentence}")
        found += [f"{len(one.split())} words: {one}" for one in sentences(sentence)
                  if len(one.split()) > MOST_WORDS]  # fmt: skip
    for text in (verdict, *said.plain):
        found += [f"{one.group()!r} in {text}" for one in TECHNICAL.finditer(text)]
        found += [f"{odd!r} in {text}" for odd in ("inf", "nan", " %", "  ", "..", "pounds ")
                  if odd in text.replace("information", "").replace("finance", "")]  # fmt: skip
    return found


def asked(key):
    every = [from_search(query) for query in queries()]
    at = list(FINDINGS).index(key) % SHARE
    return dict.fromkeys([from_search(""), *every[at::SHARE]])


@pytest.mark.parametrize("key", FINDINGS)
def test_every_finding_says_plainly_what_it_found(key):
    wrong = list[str]()
    for selection in asked(key):
        published = FINDINGS[key].publish(selection)
        if published.withheld:
            continue
        wrong += [f"{selection.to_query()}: {fault}" for fault in faults(published.words)]
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


@pytest.mark.parametrize(
    ("verdict", "plain"),
    [
        ("Fewer conferences, p = 0.002", "It fell."),
        ("Fewer conferences", "The interval is wide."),
        ("Fewer conferences.", "It fell."),
        ("Fewer conferences", "It fell"),
        ("Fewer conferences", f"It {'fell ' * 26}."),
        ("Fewer conferences", "78 % of them fell."),
        (f"{'Fewer ' * 13}", "It fell."),
        ("", "It fell."),
    ],
)
def test_words_that_are_not_plain_are_found(verdict, plain):
    assert faults(Words(verdict=verdict, plain=(plain,)))


def test_plain_words_are_not_faulted():
    assert not faults(Words(verdict="Fewer conferences", plain=("It fell by 39.8%.",)))


def test_reading_ease_is_that_of_printed_examples():
    # Flesch's formula by hand: 6 words, 6 syllables, 1 sentence.
    assert reading_ease(["The cat sat on the mat."]) == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    assert reading_ease(["Organisational considerations notwithstanding."]) < 0
