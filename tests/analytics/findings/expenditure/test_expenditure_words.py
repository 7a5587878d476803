"""What is said of expenditure where nothing can be compared, or all adds up."""

import numpy as np

from analytics.findings.costs import resources
from analytics.findings.expenditure import (
    expenditure,
    expenditure_composition,
    expenditure_lines,
    expenditure_quality,
)
from analytics.selection.parse import from_search
from analytics.text.certainty import Certainty

ALL = from_search("")


def test_without_a_standardised_gap_none_is_called_the_most_consistent():
    frame = expenditure.gaps.publish(ALL).frame.assign(standardised=np.nan)
    words = expenditure._gaps_words(frame, ALL)
    assert "consistent" not in words.technical
    assert words.verdict == expenditure.gaps.publish(ALL).verdict


def test_without_a_standardised_gap_no_resource_is_called_the_most_consistent():
    published = resources.gaps.publish(ALL)
    words = resources._gaps_words(published.frame.assign(standardised=np.nan), ALL)
    assert words.verdict == published.verdict
    assert len(words.technical) < len(published.technical)


def test_lines_without_a_pilot_to_compare_are_said_so():
    frame = expenditure_composition.by_category.publish(ALL).frame.assign(pilots=np.nan)
    words = expenditure_composition._composition_words(frame, ALL)
    assert words.verdict == "No chosen pilot can be compared on these lines"


def test_totals_that_all_add_up_are_said_so():
    frame = expenditure_quality.adding_up.publish(ALL).frame.assign(off=0)
    words = expenditure_quality._checks_words(frame, ALL)
    assert words.verdict == f"All {int(frame['checked'].sum()):,} totals add up"
    assert words.plain == ()


def test_where_no_figure_of_spending_is_missing_it_is_said():
    frame = expenditure_lines.lines.publish(ALL).frame
    words = expenditure_lines._lines_words(frame[frame["value"].notna()], ALL)
    assert words.verdict == "No figure of spending is missing"


def test_clear_changes_of_spending_are_said_with_what_is_ruled_out():
    frame = expenditure.changes.publish(ALL).frame
    answered = frame["withheld"] == ""
    sure = frame.assign(certain=frame["certain"].where(~answered, Certainty.CLEAR.value))
    words = expenditure._changes_words(sure, ALL)
    assert " changed clearly against " in words.verdict
    assert "ruled out" in words.plain[-1]
