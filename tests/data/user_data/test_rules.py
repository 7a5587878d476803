"""Rules between cells and between files, each tried on the simulated tables with a fault put in."""

import pandas as pd
import pytest

from data.load import built
from data.microdata.tables import RECORD_TABLES
from data.sources.simulated import SIMULATED
from data.user_data.across import across
from data.user_data.check import Checked, check
from data.user_data.problem import UserDataError
from data.user_data.read import read

SURVEY, DIARIES = "social_worker_survey", "time_diaries"
FAMILIES, CASES, PROFILE = "family_interviews", "case_records", "self_profile"


@pytest.fixture(scope="module")
def simulated() -> dict[str, pd.DataFrame]:
    return {key: built(source).frame for key, source in SIMULATED.items()}


@pytest.fixture
def table(simulated):
    """Words of a simulated table, to be changed."""
    return lambda key: simulated[key].drop(columns="simulated").astype(object).copy()


def held(key: str, frame: pd.DataFrame) -> Checked:
    names = [field.name for field in RECORD_TABLES[key].fields]
    content = frame.to_csv(index=False).encode()
    return check(read(content, file=f"{key}.csv", known=names), RECORD_TABLES[key])


def refusal(key: str, frame: pd.DataFrame) -> UserDataError:
    with pytest.raises(UserDataError) as error:
        held(key, frame)
    return error.value


@pytest.mark.parametrize("key", RECORD_TABLES)
def test_the_simulated_tables_break_no_rule_and_need_no_note(table, key):
    assert held(key, table(key)).notes == ()


@pytest.mark.parametrize("key", RECORD_TABLES)
def test_one_pilot_in_two_bands_is_refused_with_its_rows(table, key):
    frame = table(key)
    person = RECORD_TABLES[key].person
    who = frame.loc[frame["band"] == "beginner", person].iloc[0]
    rows = (
        frame.index[frame[person] == who][:2]
        if person == "pilot"
        else frame.index[frame[person] == who]
    )
    frame.loc[rows, "band"] = "over-two"
    (problem,) = refusal(key, frame).problems
    assert problem.columns == ("pilot", "band")
    assert problem.places[0].rows == tuple(row + 2 for row in rows)
    assert "in band 'over-two', elsewhere in band 'beginner'" in problem.line


@pytest.mark.parametrize("key", [SURVEY, DIARIES, FAMILIES, CASES])
def test_a_person_in_two_pilots_is_refused_with_the_rows(table, key):
    frame = table(key)
    person = RECORD_TABLES[key].person
    again = frame[frame[person].duplicated() & (frame["pilot"] == "A")].index[0]
    frame.loc[again, "pilot"] = "B"
    (problem,) = refusal(key, frame).problems
    assert problem.columns == (person, "pilot")
    assert again + 2 in problem.places[0].rows
    assert "in pilots 'A' and 'B'" in problem.line


def test_one_pilot_in_two_bands_of_two_files_is_refused(table):
    profile = table(PROFILE)
    profile.loc[profile["pilot"] == "A", "band"] = "over-two"
    tables = {"survey.csv": held(SURVEY, table(SURVEY)), "profile.csv": held(PROFILE, profile)}
    (problem,) = across(tables)
    assert problem.file == "profile.csv"
    assert "pilot 'A' in band over-two, but beginner in survey.csv" in problem.line
    assert len(problem.places[0].rows) == (profile["pilot"] == "A").sum()
    assert across({"survey.csv": tables["survey.csv"]}) == []


@pytest.mark.parametrize("other", ["a", "Ａ", "A.", "А"])
def test_a_pilot_written_in_two_ways_is_refused(table, other):
    frame = table(PROFILE)
    last = frame.index[frame["pilot"] == "A"][-1]
    if other != "Ａ":
        frame.loc[last, "pilot"] = other
        (problem,) = refusal(PROFILE, frame).problems
        assert problem.places[0].rows == (2, last + 2)
    frame["pilot"] = frame["pilot"].replace("A", other).replace("A", other)
    apart = across({"a.csv": held(SURVEY, table(SURVEY)), "b.csv": held(PROFILE, frame)})
    assert len(apart) == (0 if other == "Ａ" else 1)


@pytest.mark.parametrize(
    ("first", "second", "way"),
    [
        (lambda n: f"{n:06}", str, "leading zeros"),
        (str, lambda n: f"{n}.0", ".0 at the end"),
        (lambda n: f"S{n}", lambda n: f"s{n}", "case"),
        (lambda n: f"S {n}", lambda n: f"S{n}", "spaces"),
        (lambda n: f"S-{n}", lambda n: f"S{n}", "spaces and marks"),
        (lambda n: f"S-0{n}", lambda n: f"s{n}", "how they are written"),
    ],
)
@pytest.mark.parametrize("key", [SURVEY, FAMILIES, CASES])
def test_labels_that_differ_between_points_are_refused(table, key, first, second, way):
    frame = table(key)
    of = RECORD_TABLES[key]
    number = frame[of.person].str[1:].astype(int) + 1_000
    late = frame[of.point] == 2
    frame[of.person] = number.map(first).where(~late, number.map(second))
    (problem,) = refusal(key, frame).problems
    people = (~late).sum()
    assert f": 0 of {people:,} labels of {of.point} 1 come again at {of.point} 2" in problem.line
    assert f"which differ by {way}" in problem.line


def test_two_spellings_at_one_point_are_two_people(table):
    frame = table(SURVEY)
    early = frame.index[frame["wave"] == 1]
    frame.loc[early[:2], "respondent"] = ["X01", "X1"]
    assert len(held(SURVEY, frame.loc[early]).rows) == len(early)
    late = frame.index[(frame["wave"] == 2) & (frame["pilot"] == frame.loc[early[1], "pilot"])][-1]
    frame.loc[late, "respondent"] = "X1"
    assert len(held(SURVEY, frame).rows) == len(frame)


def test_nobody_coming_again_is_noted_without_a_number(table):
    frame = table(SURVEY)
    late = frame["wave"] == 2
    frame.loc[late, "respondent"] = "Z" + frame.loc[late, "respondent"]
    (note,) = held(SURVEY, frame).notes
    assert "nobody of wave 1 comes again at wave 2" in note
    assert not {"300", "215", "515"} & set(note.replace(",", " ").split())


def test_a_later_interview_on_an_earlier_day_is_refused_with_both_rows(table):
    frame = table(FAMILIES)
    frame.loc[[0, 1], "date"] = ["2015-06-01", "2014-06-01"]
    frame.loc[[0, 1], "family"] = "F001"
    assert frame.loc[[0, 1], "interview"].tolist() == [1, 2]
    (problem,) = refusal(FAMILIES, frame).problems
    assert problem.places[0].rows == (2, 3)
    assert "interview 2 on 2014-06-01, before interview 1 on 2015-06-01" in problem.line
    frame.loc[1, "date"] = "2015-06-01"
    assert held(FAMILIES, frame).notes == ()


@pytest.mark.parametrize("sums", RECORD_TABLES[FAMILIES].sums, ids=lambda one: one.total)
def test_totals_that_their_parts_do_not_make_are_refused(table, sums):
    frame = table(FAMILIES)
    whole = frame.index[frame[[sums.total, *sums.parts]].notna().all(axis=1)]
    frame.loc[whole[0], sums.total] += -1 if frame.loc[whole[0], sums.total] > 25 else 1
    frame.loc[whole[1], [*sums.parts]] = None  # any parts could make it
    frame.loc[whole[2], sums.total] = None
    (problem,) = refusal(FAMILIES, frame).problems
    assert problem.columns == (sums.total,)
    assert [place.rows for place in problem.places] == [(whole[0] + 2,)]


def test_a_total_that_no_missing_part_could_make_is_refused(table):
    frame = table(FAMILIES)
    frame.loc[3, ["lubben_family", "lubben_friends", "lubben_total"]] = [None, 2, 30]
    (problem,) = refusal(FAMILIES, frame).problems
    assert "row 5, column lubben_total: found 30 for ? + 2" in problem.line


def test_a_code_far_above_all_other_numbers_is_refused(table):
    frame = table(DIARIES)
    frame.loc[[5, 40, 300], "hours"] = 99
    (problem,) = refusal(DIARIES, frame).problems
    assert problem.places[0].rows == (7, 42, 302)
    assert "looks like a code for no answer" in problem.line


def test_a_code_out_of_range_is_said_once(table):
    frame = table(FAMILIES)
    frame.loc[[5, 40, 300], "sdq_total"] = 99
    (problem,) = refusal(FAMILIES, frame).problems
    assert problem.line.count("code for no answer") == 1


def test_a_file_without_headings_is_one_line(table):
    frame = table(SURVEY)
    (problem,) = refusal(SURVEY, frame.set_axis(frame.iloc[0], axis=1).iloc[1:]).problems
    assert "no heading of this table" in problem.line


def test_a_week_has_so_many_hours_and_no_more(table):
    frame = table(DIARIES)
    one = frame.index[(frame["worker"] == frame["worker"].iloc[0]) & (frame["week"] == 1)]
    frame.loc[one, "hours"] = 168 / len(one)
    assert held(DIARIES, frame).notes == ()
    frame.loc[one, "hours"] = 15
    (problem,) = refusal(DIARIES, frame).problems
    assert problem.places[0].rows == tuple(row + 2 for row in one)
    assert "at most 168 hours" in problem.line


def test_what_is_not_understood_is_judged_by_no_rule(table):
    frame = table(FAMILIES)
    frame["family"] = "=" + frame["family"]
    frame["date"] = "25/01/15"
    frame["lubben_family"] = "many"
    assert {problem.columns for problem in refusal(FAMILIES, frame).problems} == {
        ("family",), ("date",), ("lubben_family",),
    }  # fmt: skip
