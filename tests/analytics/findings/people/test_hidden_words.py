"""What is said of records where little or nothing may be shown."""

import numpy as np
import pandas as pd
import pytest

from analytics.disclosure.words import HIDDEN, WHY_HIDDEN
from analytics.findings.people import (
    case_records_read,
    diaries,
    family_goals,
    family_measures,
    family_scores,
    self_profile,
    social_workers,
    social_workers_bands,
)
from analytics.methods.refusal import NotEstimableError
from analytics.publication.simulated import SIMULATED_MARK
from analytics.selection.parse import from_search
from data.load import Table, load

ALL = from_search("")


def blank(finding, *columns):
    """The rows of a finding with nothing in some columns."""
    return finding.publish(ALL).frame.assign(**dict.fromkeys(columns, np.nan))


def test_elements_that_are_all_hidden_are_not_named():
    words = case_records_read._tools_words(blank(case_records_read.found, "share"), ALL)
    assert words.verdict == "Which elements were found is hidden to protect families"
    assert words.plain == (WHY_HIDDEN,)


def hidden_at(point, frame):
    """Hide the element that leads in the rows of one reading."""
    at = frame["share"].where(frame["point"] == point).idxmax()
    return frame.assign(share=frame["share"].where(frame.index != at))


def test_elements_are_compared_at_the_latest_reading_that_shows_them_all():
    frame = case_records_read.found.publish(from_search("?band=two-years")).frame
    first = frame[frame["point"] == "1"]
    assert first["share"].isna().any()
    second = frame[frame["point"] == "2"].set_index("name")["share"]
    words = case_records_read._tools_words(frame, ALL)
    assert words.verdict == f"{second.idxmax()} was found most often in case records"
    assert all("at the second reading" in one for one in words.plain)
    # Where no reading shows them all, the verdict says that it is of those that are shown.
    words = case_records_read._tools_words(hidden_at("2", frame), ALL)
    assert words.verdict.startswith("Of the elements that are shown, ")


@pytest.mark.parametrize(
    ("query", "whose"),
    [
        ("", "Pilots of every band, "),
        ("?band=beginner", "Pilots of the band “beginners”, "),
        ("?band=beginner,over-two", "Pilots of the bands “beginners” and “more than 2 years”, "),
    ],
)
@pytest.mark.parametrize("finding", [case_records_read.found, self_profile.changed])
def test_one_band_is_said_in_the_singular(finding, query, whose):
    published = finding.publish(from_search(query))
    assert published.subtitle.startswith(whose)
    assert published.verdict.removeprefix(SIMULATED_MARK)[0].isupper()


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ([-4.0, 5.0], "Early and late recruits differ, not the same way at both readings"),
        ([4.0, 5.0], "Records of families recruited later were graded higher"),
        ([-4.0], "Records of families recruited later were graded lower"),
        ([], "No clear difference between families recruited early and late"),
    ],
)
def test_readings_that_differ_in_direction_are_not_summed_up(changes, verdict):
    assert case_records_read._grades_verdict(changes) == verdict


def test_grades_that_are_all_hidden_are_not_compared():
    frame = blank(case_records_read.graded, "change", "p", "share", "low", "high")
    words = case_records_read._grades_words(frame, ALL)
    assert words.verdict == "The difference by time of recruitment is hidden to protect families"
    assert "chance" not in " ".join(words.plain)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-3.0, 8.0, "No clear link between being involved and achieving goals"),
        (2.0, 8.0, "Families involved in planning achieved goals more often"),
        (-8.0, -2.0, "Families involved in planning achieved goals less often"),
    ],
)
def test_goals_are_linked_with_being_involved_where_the_range_leaves_out_none(low, high, verdict):
    assert family_goals._goals_verdict(low, high) == verdict


def test_goals_of_those_involved_and_of_the_others_are_compared_where_both_are_shown():
    frame = family_goals.achieved.publish(ALL).frame
    involved = frame[frame["involved_key"] == "yes"].iloc[0]
    alike = {name: involved[name] for name in frame if name not in {"involved", "involved_key"}}
    words = family_goals._goals_words(frame.assign(**alike), ALL)
    assert words.verdict == "No clear link between being involved and achieving goals"
    first, others, sure = words.plain
    assert first.startswith("Of families involved in planning, 56%")
    assert others.startswith("Of those ")
    assert others.split("it was ")[1].startswith("56%")
    assert sure == "Not distinguishable from chance."
    assert "difference 0.0 (95% CI −" in words.technical


def test_who_agreed_is_hidden_at_one_survey_or_at_both():
    rows = social_workers_bands.groups.publish(ALL).frame.to_dict("records")
    shown, gone = rows[0], {**rows[0], "share": np.nan}
    agreed = social_workers_bands._agreed
    assert agreed(gone, gone) == "who agreed is hidden at both surveys"
    assert agreed(gone, shown).startswith("who agreed is hidden at the first survey; ")
    assert "agreed at the first survey" in agreed(shown, gone)


def test_answers_that_are_all_hidden_are_not_named():
    words = social_workers._answers_words(blank(social_workers.every_answer, "share"), ALL)
    assert words.verdict == "Every answer is hidden to protect people"
    assert words.plain == (WHY_HIDDEN,)
    assert words.technical.endswith("hidden")


def test_hours_that_are_all_hidden_are_not_named():
    words = diaries._hours_words(blank(diaries.week, "mean"), ALL)
    assert words.verdict == "Hours of social workers are hidden to protect them"


def test_where_only_time_with_families_is_not_known_the_longest_activity_is_told():
    frame = diaries.week.publish(ALL).frame.copy()
    frame.loc[frame["measure"] == diaries.Measure.SHARE, "mean"] = np.nan
    words = diaries._hours_words(frame, ALL)
    assert words.verdict == "Time with families is not shown with this choice"
    assert words.plain[0].startswith("Most time went on ")
    assert f"direct contact {HIDDEN}" in words.technical


@pytest.mark.parametrize(("held", "why"), [([30.0], ""), ([30.0, 40.0], "Uneven weeks.")])
def test_a_mean_of_one_or_of_uneven_weeks_is_missing(held, why):
    assert np.isnan(list(diaries._mean(np.array(held), why).values())).all()
    assert diaries._mean(np.array([30.0, 40.0]), "")["mean"] == 35


def test_printed_scores_that_moved_are_counted():
    assert family_measures._measures_verdict(0, 9) == family_measures.STILL
    assert family_measures._measures_verdict(2, 9) == (
        "2 of 9 printed scores moved more than rounding explains"
    )


def test_scores_that_are_all_hidden_are_not_named():
    frame = blank(family_scores.measured, "change", "mean")
    words = family_scores._scores_words(frame, ALL)
    assert words.verdict == "Changes in families' scores are hidden to protect them"
    assert words.plain == (WHY_HIDDEN,)


@pytest.mark.parametrize("people", [0, 1])
def test_scores_of_fewer_than_two_families_are_missing(people, monkeypatch):
    kept = family_scores.held

    def few(*given):
        one = kept(*given)
        return type(one)(
            **{
                name: getattr(one, name)[:people] if name == "numbers" else getattr(one, name)
                for name in one.__dataclass_fields__
            }
        )

    monkeypatch.setattr(family_scores, "held", few)
    tables = {family_scores.SOURCE.key: load(family_scores.SOURCE)}
    score = family_scores.SCORES[0]
    assert np.isnan(family_scores._at(tables, ALL, score, 1)["mean"])
    assert np.isnan(family_scores._change(tables, ALL, score)["change"])


def profile(keep):
    """The self-profile with some of its rows."""
    whole = load(self_profile.SOURCE)
    rows = whole.frame[keep(whole.frame)]
    return {self_profile.SOURCE.key: Table(source=whole.source, frame=rows, digest="some")}


def test_bands_without_pilots_in_the_self_profile_are_refused():
    tables = profile(lambda rows: rows["band"] == "beginner")
    with pytest.raises(NotEstimableError, match="No pilot of these bands is in the records"):
        self_profile.by_area(tables, from_search("?band=two-years"))


def test_pilots_that_scored_once_have_no_change():
    tables = profile(lambda rows: rows["point"] == 1)
    with pytest.raises(NotEstimableError, match="has scored any area at both points"):
        self_profile.by_area(tables, ALL)


def test_a_change_of_one_pilot_has_no_interval():
    row = pd.Series({"change": 1.5, "low": np.nan, "high": np.nan, "n": 1})
    assert self_profile._interval_words(row) == "+1.5 (no interval, n 1)"
    same = pd.Series({"change": 3.0, "low": 3.0, "high": 3.0, "n": 3})
    assert self_profile._interval_words(same) == "+3.0 (95% CI +3.0 at both ends)"
