"""What findings on people say holds the rules of wording, whatever the selection."""

import re

import numpy as np
import pytest

import analytics.findings  # noqa: F401 (registers the findings)
from analytics.disclosure.moved import Said, moved_words, range_words
from analytics.publication.registry import offered
from analytics.publication.simulated import SIMULATED_WORDS
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from analytics.text.certainty import Certainty
from analytics.text.wording import MOST_WORDS

MOST_OF_A_VERDICT = 12
KEYS = [
    key
    for key, one in offered(HOME).items()
    if one.analyse.__module__.startswith("analytics.findings.people")
]
QUERIES = [
    "",
    "?band=beginner",
    "?band=two-years,over-two",
    "?pilots=E10000016&compare=england&adjust=holm",
    "?compare=pilots&years=2015-2015&area=E08000035",
    "?item=use_mapping&band=over-two",
    "?evidence=real",
]
BANNED = re.compile(
    r"\bp\s*[<=]|\bn =|\binterval|\bCI\b|\bHolm\b|max-T|sign-flip|placebo|standardised|Hedges|"
    r"\bmedian\b|percentile|\blog\b|specification|adjust|hypothesis|permutation|Wilson|Newcombe|"
    r"\bnought\b|\bturns?\b|\bstands?\b|beneath|authorit|\bnan\b|\binf\b|\{|→|\d %|\bSoS\b|pounds",
    re.IGNORECASE,
)


@pytest.fixture(scope="module", params=KEYS)
def published(request):
    return [(query, offered(HOME)[request.param].publish(from_search(query))) for query in QUERIES]


def test_every_finding_has_a_short_verdict_and_short_sentences(published):
    for query, one in published:
        if one.withheld:
            continue
        words = one.words
        assert 0 < len(words.verdict.split()) <= MOST_OF_A_VERDICT, (query, words.verdict)
        assert not words.verdict.endswith((".", ":"))
        told = [sentence for sentence in words.plain if sentence != SIMULATED_WORDS]
        assert 1 <= len(told) <= 3, (query, told)
        for sentence in told:
            assert sentence.endswith("."), (query, sentence)
            assert len(sentence.split()) <= MOST_WORDS, (query, sentence)
        assert words.technical
        assert "\n" not in words.technical


def test_no_technical_word_is_in_the_plain_layers(published):
    for query, one in published:
        found = BANNED.search(one.words.headline)
        assert not found or one.withheld, (query, found, one.words.headline)


def test_a_percentage_has_no_space(published):
    for _, one in published:
        texts = [one.summary, *one.notes, *(c.label for c in one.columns), one.subtitle]
        texts += [part for fact in one.method for part in fact]
        assert not [text for text in texts if re.search(r"\d\s%", text)]


SAID = Said(
    more="More people agreed", fewer="Fewer people agreed", none="No clear change",
    verb="agreed", when=("at first", "at last"), who="people",
)  # fmt: skip


def rows(*changes):
    return [
        {"name": f"item {at}", "first": 50.0, "second": 50.0 + change, "change": change,
         "low": change - 5, "high": change + 5, "n_first": 100.0, "n_second": 90.0}
        for at, change in enumerate(changes)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "verdict", "sure"),
    [
        ((9.0, 8.0, 1.0), "More people agreed on 2 of 3 questions", Certainty.UNCOUNTED),
        ((-9.0, 2.0), "Fewer people agreed on 1 of 2 questions", Certainty.UNCOUNTED),
        (
            (9.0, -8.0, -7.0),
            "More people agreed on one question, fewer on two",
            Certainty.UNCOUNTED,
        ),
        ((3.0, -4.0), "No clear change", Certainty.NOT_CLEAR),
        ((9.0, np.nan), "More people agreed on 1 of 1 question", Certainty.UNCOUNTED),
    ],
)
def test_a_change_is_named_where_its_range_leaves_out_none(changes, verdict, sure):
    found = moved_words(rows(*changes), SAID, overlap="")
    assert found.verdict == verdict
    assert sure.label in found.plain_text.lower()


def test_what_is_hidden_is_not_said():
    found = moved_words(rows(np.nan, np.nan), SAID, overlap="")
    assert not re.search(r"\d", found.joined)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (2.0, 12.0, "between 2 and 12 up"),
        (-12.0, -2.0, "between 2 and 12 down"),
        (-1.0, 8.0, "between 1 down and 8 up"),
    ],
)
def test_a_range_is_said_with_its_direction(low, high, words):
    assert range_words(low, high, 0) == words
