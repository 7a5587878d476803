"""Verdicts of every measure, however long it is called: short, and no surer than the tests."""

from itertools import product

import pandas as pd
import pytest

from analytics.evaluation.family_words import untested_words
from analytics.evaluation.staffing import RESOURCES
from analytics.evaluation.verdict_words import verdict_of, with_certainty
from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.parse import from_search
from analytics.text.certainty import Certainty
from analytics.text.wording import MOST_WORDS, VERDICT_WORDS, fitting, in_sentences

EVERY = [*INDICATORS.values(), *RATIOS.values(), *RESOURCES]
SELECTIONS = [from_search(f"?compare={one}") for one in ("neighbours", "region", "england")]
SELECTIONS.append(from_search("?band=beginner&compare=pilots"))


def verdicts(measure):
    for sure, gap, change, selection in product(Certainty, (-1, 1), (True, False), SELECTIONS):
        row = pd.Series({"certain": sure.value, "gap": gap})
        yield sure, verdict_of(row, measure, selection, change=change)


@pytest.mark.parametrize("measure", EVERY, ids=lambda one: one.key)
def test_a_verdict_is_short_whatever_the_measure_is_called(measure):
    for _, said in verdicts(measure):
        assert len(said.split()) <= VERDICT_WORDS, said
        assert said[0].isupper() or said[0] == "£"
        assert not said.endswith(".")


@pytest.mark.parametrize("measure", EVERY, ids=lambda one: one.key)
def test_a_verdict_is_no_surer_than_its_certainty(measure):
    for sure, said in verdicts(measure):
        doubts = "ossibl" in said or "may have" in said
        assert doubts == (sure is Certainty.ALONE), said
        assert said.startswith("No clear ") == (sure is Certainty.NOT_CLEAR)
        assert (said == "Too few pilots to tell") == (sure is Certainty.UNTESTABLE)


def test_the_fullest_form_that_fits_is_taken():
    assert fitting("a b c", "a b", "a", most=2) == "a b"
    assert fitting("a b c", "a b", most=1) == "a b"


def test_a_list_is_written_in_as_many_sentences_as_it_needs():
    parts = [f"{at} " + "fewer " * 9 + "(up)" for at in range(3)]
    said = in_sentences("Against similar councils", parts)
    assert len(said) == 2
    assert all(len(one.split()) <= MOST_WORDS and one.endswith(".") for one in said)
    assert [" ".join(said).count(f"{at} fewer") for at in range(3)] == [1, 1, 1]
    assert in_sentences("Of", ["a", "b"]) == ("Of: a; b.",)


@pytest.mark.parametrize(
    ("size", "sure", "plain"),
    [
        (("It fell by 3 (between 1 and 5 down).",), "Clear of chance.",
         ("It fell by 3 (between 1 and 5 down).", "Clear of chance.")),
        (("It fell by 3.", "That is between 1 and 5 down."), "Clear of chance.",
         ("It fell by 3.", "That is between 1 and 5 down: clear of chance.")),
        (("It fell by 3.", f"That is {'far ' * 20}down."), "Clear of chance.",
         ("It fell by 3.", f"That is {'far ' * 20}down.", "Clear of chance.")),
    ],
)  # fmt: skip
def test_how_sure_joins_a_range_where_both_are_short(size, sure, plain):
    assert with_certainty(size, sure) == plain
    assert all(len(one.split()) <= MOST_WORDS for one in plain)


@pytest.mark.parametrize(
    ("certain", "words"),
    [
        (["clear", "not-clear"], ()),
        (["untestable", "untestable"], ()),
        (
            ["clear", "untestable"],
            ("One of two measures with figures cannot be tested with this choice.",),
        ),
    ],
)
def test_what_cannot_be_tested_is_counted_beside_what_can(certain, words):
    rows = pd.DataFrame({"certain": certain})
    assert untested_words(rows, things="measures") == words
