"""What is said of indicators where no year, pilot or judgement is left to speak of."""

from types import SimpleNamespace

import numpy as np
import pytest

from analytics.evaluation.verdict_words import TOO_FEW_TO_TELL
from analytics.findings.indicators import (
    change_windows,
    change_years,
    change_years_by_band,
    kpis,
    places,
)
from analytics.findings.indicators.change_windows import Window
from analytics.methods.refusal import NotEstimableError
from analytics.selection.choices import YEARS
from analytics.selection.parse import from_search

ALL = from_search("")


@pytest.mark.parametrize(
    ("search", "words"),
    [
        ("", "No figures after, so no change can be measured."),
        ("?vintage=first", "No figures as first published after, so no change can be measured."),
    ],
)
def test_a_window_without_figures_after_says_so(search, words):
    there = np.array([[True, False]] * 10)
    pre, post = np.array([True, False]), np.array([False, True])
    assert change_windows._reason(there, pre, post, n=0, selection=from_search(search)) == words


def test_a_window_with_too_few_pilots_says_how_many_there_are():
    there, both = np.ones((10, 2), dtype=bool), np.array([True, False])
    words = change_windows._reason(there, both, ~both, n=2, selection=ALL)
    assert words == "Only 2 of the 10 pilots can be compared; 3 are needed."


def test_a_year_without_one_before_it_shows_no_trend():
    frame = change_years.years.publish(ALL).frame.assign(step=np.nan)
    assert change_years._before(frame, ALL).startswith("one year before the start")


def test_windows_that_cannot_be_measured_are_too_few_to_tell():
    frame = change_windows.windows.publish(ALL).frame
    later = frame["window_key"] != Window.BEFORE
    words = change_windows.windows_words(
        frame.assign(withheld=later.map({True: "No.", False: ""})), ALL
    )
    assert words.verdict == TOO_FEW_TO_TELL
    assert words.plain == ("No.",)


def test_too_few_pilots_with_a_gap_in_the_base_are_counted():
    both = np.zeros((len(ALL.chosen), len(YEARS)), dtype=bool)
    both[:2] = True
    unknown = SimpleNamespace(estimate=np.full(len(YEARS), np.nan))
    with pytest.raises(
        NotEstimableError, match="Only 2 of the 10 pilots can be compared in the base"
    ):
        change_years._refuse(both, unknown, ALL)


def test_no_year_after_the_start_to_compare_is_said():
    frame = change_years.years.publish(ALL).frame.assign(change=np.nan)
    words = change_years._words(frame, ALL)
    assert words.verdict == "No year after the start can be compared"
    assert words.plain == ("No year after the start can be set against the base.",)


def test_no_year_after_the_start_to_compare_in_any_band_is_said():
    frame = change_years_by_band.bands.publish(ALL).frame.assign(change=np.nan)
    words = change_years_by_band._bands_words(frame, ALL)
    assert words.verdict == "No year after the start can be compared"
    assert words.plain[0].endswith("in any band.")


def test_a_programme_that_names_no_finding_has_too_few_to_tell():
    words = kpis._named_say(kpis.named.publish(ALL).frame.head(0), ALL)
    assert words.verdict == TOO_FEW_TO_TELL
    assert words.plain == ()


def test_councils_without_an_inspection_or_a_grade_are_said_so():
    none = places.inspections.publish(ALL).frame.head(0)
    assert places._judgements_words(none, ALL).verdict == "No inspections to show"
    assert places._grades_verdict([], "") == "No overall grades held"
    assert places._grades_verdict(["Good"], "Good") == "Latest overall grades: Good"
    many = [f"grade {number}" for number in range(places._MOST_GRADES + 1)]
    assert places._grades_verdict(many, "Good") == "Most often at the latest inspection: Good"
