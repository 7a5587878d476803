"""A folder is held whole or not at all; everything wrong in it is said at once."""

import os
from dataclasses import replace
from hashlib import sha256

import pytest

from data.load import load
from data.sources.source import Kind
from data.user_data import hold as holding
from data.user_data.hold import hold
from data.user_data.problem import UserDataError
from tests.stand_in import use

GOOD = "respondent,wave,agrees,hours,day\nA,1,fully,12.5,\nB,2,partly,,2015-01-02\n"
NAMES = "one or more of survey.csv, diaries.csv"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "survey.csv").write_text(GOOD, encoding="utf-8")
    return tmp_path


def refusal(folder, records, simulated) -> list[str]:
    with pytest.raises(UserDataError) as error:
        hold(folder, records, simulated)
    return str(error.value).splitlines()


def test_a_table_stands_in_for_the_simulated_one(folder, records, simulated):
    held = hold(folder, records, simulated)
    assert list(held.tables) == ["survey"]
    assert held.notes == ()
    table = held.tables["survey"]
    assert table.source.sha256 == ""
    assert table.source.kind is Kind.OWN
    assert table.source.kind.label == "Your data"
    assert table.source.title == simulated["survey"].source.title
    assert table.source.columns == simulated["survey"].source.columns
    assert table.source.licence == "yours"
    assert table.source.citation == (
        "Your data, survey.csv, as read at the start (as in the file)."
    )
    assert table.frame["agrees"].tolist() == ["Fully", "Partly"]


def test_other_files_are_noted_and_names_match_by_letters(folder, records, simulated):
    (folder / "survey.csv").rename(folder / "Survey.CSV")
    (folder / "README.md").write_text("words", encoding="utf-8")
    (folder / ".hidden.csv").write_text("words", encoding="utf-8")
    held = hold(folder, records, simulated)
    assert list(held.tables) == ["survey"]
    assert held.notes == ("'README.md' is no table and was not read",)


def test_nothing_is_half_loaded(folder, records, simulated):
    (folder / "diaries.csv").write_text("diary\n\nD 1\nD 1\n", encoding="utf-8")
    (folder / "surveys.csv").write_text(GOOD, encoding="utf-8")
    assert refusal(folder, records, simulated) == [
        "'surveys.csv': found a file of an unknown name, expected survey.csv",
        "diaries.csv: rows 3 and 4, column diary: found diary 'D 1' twice, expected it once",
    ]


def test_a_table_is_named_by_its_bytes_and_a_secret(folder, records, simulated, monkeypatch):
    """A cache is filed under this name: it must not follow from the file alone."""

    def named(secret: str) -> str:
        monkeypatch.setenv("SECRET_KEY", secret)
        holding._secret.cache_clear()
        return hold(folder, records, simulated).tables["survey"].digest

    first = named("one")
    assert named("one") == first
    assert named("two") != first
    assert first != sha256(GOOD.encode()).hexdigest()
    by_chance = {named(""), named("")}
    assert len(by_chance) == 2
    (folder / "survey.csv").write_text(GOOD.replace("12.5", "13"), encoding="utf-8")
    assert named("one") != first
    holding._secret.cache_clear()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("diaries.xlsx", "a workbook"), ("Diaries.XLS", "a workbook"),
        ("diaries.ods", "a workbook"),
        ("diaries.txt", "no CSV file"), ("diaries.csv.gz", "no CSV file"), ("diaries", "a folder"),
    ],
)  # fmt: skip
def test_what_is_named_like_a_table_and_cannot_be_read_is_refused(
    folder, records, simulated, name, found
):
    at = folder / name
    if found == "a folder":
        at.mkdir()
    else:
        at.write_bytes(b"PK")
    (line,) = refusal(folder, records, simulated)
    assert line.startswith(f"'{name}': found {found}, expected diaries.csv")
    (folder / "diaries.csv").write_text("diary\nD9\n", encoding="utf-8")
    assert hold(folder, records, simulated).notes == (f"'{name}' is no table and was not read",)


def test_a_workbook_alone_is_answered_with_the_names_of_tables(tmp_path, records, simulated):
    (tmp_path / "data.xlsx").write_bytes(b"PK")
    (line,) = refusal(tmp_path, records, simulated)
    assert line.startswith(f"'data.xlsx': found a workbook, expected {NAMES} (in Excel: Save as")


def test_links_are_followed_and_what_is_no_file_is_never_waited_for(folder, records, simulated):
    (folder / "survey.csv").rename(folder / ".kept")
    (folder / "survey.csv").symlink_to(folder / ".kept")
    os.mkfifo(folder / "diaries.csv")
    (line,) = refusal(folder, records, simulated)
    assert line.startswith("diaries.csv: found no ordinary file, expected a file of ")
    (folder / "diaries.csv").unlink()
    (folder / "diaries.csv").symlink_to(folder / "gone")
    (line,) = refusal(folder, records, simulated)
    assert line.startswith("diaries.csv: found a file that cannot be opened (No such file")
    (folder / "diaries.csv").unlink()
    assert list(hold(folder, records, simulated).tables) == ["survey"]


def test_two_files_of_one_name_are_refused(folder, records, simulated):
    (folder / "SURVEY.csv").write_text(GOOD, encoding="utf-8")
    assert refusal(folder, records, simulated) == [
        "'survey.csv': found a second file of this name, expected one"
    ]


def test_a_folder_that_is_none_is_refused(tmp_path, records, simulated):
    expected = "expected a folder with files such as survey.csv"
    gone, file = tmp_path / "gone", tmp_path / "file"
    file.touch()
    assert refusal(gone, records, simulated) == [f"'{gone}': found nothing there, {expected}"]
    assert refusal(file, records, simulated) == [f"'{file}': found a file, {expected}"]


def test_a_folder_without_tables_is_refused(tmp_path, records, simulated):
    (tmp_path / "README.md").touch()
    assert refusal(tmp_path, records, simulated) == [
        f"'{tmp_path}': found no file of a known name, expected {NAMES}"
    ]


def test_a_folder_in_the_place_of_a_file_and_a_large_file_are_refused(
    folder, records, simulated, monkeypatch
):
    monkeypatch.setattr(holding, "LARGEST", 20)
    (folder / "diaries.csv").mkdir()
    assert refusal(folder, records, simulated) == [
        "diaries.csv: found a folder, expected a file",
        f"survey.csv: found {len(GOOD)} bytes, expected a file of 20 bytes at most",
    ]


def test_the_simulated_table_given_back_stays_simulated(folder, records, simulated):
    (folder / "diaries.csv").write_text("diary\nD1\nD2\n", encoding="utf-8")
    held = hold(folder, records, simulated)
    assert list(held.tables) == ["survey"]
    assert held.notes == ("diaries is the simulated table itself and stays marked as simulated",)


def test_whole_numbers_held_another_way_are_still_the_simulated_table(folder, records, simulated):
    rows = "respondent,wave,agrees,hours,day\nS1,1,partly,2.5,\n"
    (folder / "survey.csv").write_text(rows, encoding="utf-8")
    frame = simulated["survey"].frame.astype({"wave": float})
    given_back = {**simulated, "survey": replace(simulated["survey"], frame=frame)}
    assert not hold(folder, records, given_back).tables


def test_loading_gives_the_readers_own_until_it_does_not(folder, records, simulated):
    own = hold(folder, records, simulated).tables
    source = simulated["survey"].source
    try:
        use(own)
        assert load(source) is own["survey"]
    finally:
        use({})
    with pytest.raises(ValueError, match="no such table"):
        load(source)
