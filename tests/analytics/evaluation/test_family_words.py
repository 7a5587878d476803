import pandas as pd
import pytest

from analytics.evaluation.family_words import (
    compared_words,
    family_technical,
    family_words,
    rows_tested,
)
from analytics.evaluation.measure_families import INDICATOR_FAMILY, TABLES
from analytics.findings.indicators import kpis, overview_rows
from analytics.findings.measures.together import changes
from analytics.measures.indicators.registry import INDICATORS
from analytics.selection.parse import from_search
from analytics.text.certainty import Certainty
from data.load import load


def families(search):
    """All changes of the indicators under a selection, and what is said of them."""
    selection = from_search(search)
    tables = {one.key: load(one) for one in TABLES}
    frame = changes(INDICATOR_FAMILY, tables, selection, placebo=False)
    said = family_words(frame, INDICATORS, selection, change=True, things="measures")
    return frame, said


def test_what_is_clear_of_chance_alone_is_said_in_the_words_of_the_closed_set():
    frame, said = families("?k=5&adjust=holm")
    alone = frame[frame["certain"] == Certainty.ALONE]
    assert len(alone)
    assert not (frame["certain"] == Certainty.CLEAR).any()
    assert said.verdict.startswith("No clear change")
    assert said.plain[0].startswith(
        "Clear of chance alone, not once the number of tests is counted: "
    )
    assert len(said.plain) <= 3


@pytest.mark.parametrize("search", ["", "?adjust=none", "?band=beginner", "?compare=england"])
def test_a_family_is_said_in_three_sentences_at_most(search):
    _, said = families(search)
    assert 1 <= len(said.plain) <= 3


def test_joint_flips_are_left_out_where_no_p_is_small():
    frame = pd.DataFrame(
        {"p_adjusted": [0.5], "smallest_p": [0.125], "smallest_adjusted": [0.125],
         "joint_below": [0], "joint_p": [1.0], "joint_flips": [16],
         "n_suppressed": [0], "certain": [Certainty.UNTESTABLE.value]}
    )  # fmt: skip
    assert "joint" not in family_technical(frame, from_search(""))
    assert "of 16 joint sign flips" in family_technical(
        frame.assign(joint_below=1), from_search("")
    )


def test_a_family_with_one_measure_that_can_be_tested_is_said_by_that_measure():
    frame = kpis.gaps.publish(from_search("")).frame
    alone = frame.assign(
        certain=[Certainty.NOT_CLEAR.value, *[Certainty.UNTESTABLE.value] * (len(frame) - 1)]
    )
    said = family_words(alone, INDICATORS, from_search(""), change=False, things="measures")
    first = INDICATORS[frame["key"].iloc[0]].plain.subject
    assert said.verdict == f"No clear difference in {first}"
    many = len(frame)
    assert said.technical.startswith(f"{many} compared, 1 tested, {many - 1} cannot be tested")


@pytest.mark.parametrize(
    ("compared", "testable", "things", "words"),
    [
        (24, 24, "", "24 compared and tested"),
        (21, 20, "changes", "21 changes compared, 20 tested, 1 cannot be tested"),
        (20, 0, "", "20 compared, 20 cannot be tested"),
        (0, 0, "", "none compared"),
        (0, 0, "changes", "no changes compared"),
    ],
)
def test_what_is_compared_is_told_from_what_is_tested(compared, testable, things, words):
    assert compared_words(compared, testable, things) == words


@pytest.mark.parametrize("search", ["", "?band=beginner", "?compare=region", "?years=2013-2014"])
def test_one_selection_has_one_count_of_tests(search):
    selection = from_search(search)
    rows = overview_rows.rows.publish(selection).technical
    for of, things in ((kpis.gaps, "differences"), (kpis.changes, "changes")):
        published = of.publish(selection)
        held = published.frame[published.frame["withheld"] == ""]
        counts = len(held), len(rows_tested(held))
        assert compared_words(*counts, things) in rows
        assert published.withheld or compared_words(*counts) in published.technical
