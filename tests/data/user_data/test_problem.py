"""Messages: causes first, safe in a terminal, a screen at most; the whole list in a file."""

import stat

import pytest

from data.user_data.problem import (
    LONGEST,
    SCREEN,
    Cause,
    Place,
    Problem,
    UserDataError,
    odd,
    one,
    shown,
)


def wide(file: str, kinds: int) -> list[Problem]:
    return [
        Problem(
            file=file, expected="something else", columns=(f"column_{at}",),
            places=tuple(Place(found=f"'{n}'", rows=(n, n + 1)) for n in range(2, 9)),
        )
        for at in range(kinds)
    ]  # fmt: skip


def test_of_a_file_that_is_no_table_only_the_cause_is_said():
    cells = wide("a.csv", 3)
    error = UserDataError([*cells, one("a.csv", "no headings", "headings"), *wide("b.csv", 1)])
    assert [problem.file for problem in error.problems] == ["a.csv", "b.csv"]
    assert error.problems[0].cause is Cause.FILE


@pytest.mark.parametrize("files", [1, 3, 10])
def test_a_message_is_a_screen_whatever_there_is(files):
    error = UserDataError([kind for at in range(files) for kind in wide(f"{at}.csv", 30)])
    lines = str(error).splitlines()
    assert sum(-(-len(line) // 80) for line in lines) <= SCREEN + 1 + 4 * files
    assert {line.partition(":")[0] for line in lines[:-1]} == {f"{at}.csv" for at in range(files)}
    assert "29 more kinds" in lines[1] if files == 10 else "more kinds" in str(error)


def test_the_whole_list_names_every_row_and_is_its_owners_alone(tmp_path):
    error = UserDataError(wide("a.csv", 30))
    file = tmp_path / "faults.txt"
    error.write(file)
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 30 * 7 * 2 == sum(problem.count for problem in error.problems)
    assert lines[0] == "a.csv: row 2, column column_0: found '2', expected something else"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_many_rows_that_belong_together_are_cut_on_screen_only():
    problem = one("a.csv", "a thing", "another", rows=tuple(range(2, 102)))
    assert problem.line.startswith("a.csv: rows 2, 3, 4, 5, 6 and 95 more: found a thing")
    assert next(problem.lines()).count(",") > 90


@pytest.mark.parametrize("text", ["\x1b[2J", "a\nb", "\u202egnp.exe", "\x07", "x" * 500, "\u200b"])
def test_a_readers_text_is_safe_and_short(text):
    safe = shown(text)
    assert safe.isprintable()
    assert len(safe) <= LONGEST + 2 or not text.isprintable()


def test_a_letter_of_another_script_is_named():
    assert odd("fаirly") == " (with the letter CYRILLIC SMALL LETTER A)"
    assert odd("Zoë") == ""
