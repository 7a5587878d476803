"""Rows above and below a table, lines that name the delimiter, and columns that only count."""

import pytest

from data.user_data.problem import UserDataError
from data.user_data.read import read

KNOWN = ("person", "pilot", "wave", "agrees")
HEAD = ",".join(KNOWN)
ROWS = [f"P{at},A,1,yes" for at in range(20)]
TABLE = "\r\n".join([HEAD, *ROWS]) + "\r\n"


def sheet(text: str):
    return read(text.encode(), file="a.csv", known=KNOWN)


def refusal(text: str) -> list[str]:
    with pytest.raises(UserDataError) as error:
        sheet(text)
    return str(error.value).splitlines()


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_line_that_names_the_delimiter_is_passed_over(mark):
    body = TABLE.replace(",", mark)
    for first in (f"sep={mark}", f'"sep={mark}"', f"SEP={mark}"):
        found = sheet(f"{first}\r\n{body}")
        assert tuple(found.frame.columns) == KNOWN
        assert list(found.frame.index)[:2] == [3, 4]
        assert "names the delimiter" in found.notes[0]
    assert tuple(sheet(body).frame.columns) == KNOWN


def test_a_named_delimiter_that_no_list_holds_is_used():
    assert tuple(sheet("sep=^\n" + TABLE.replace(",", "^")).frame.columns) == KNOWN


@pytest.mark.parametrize("above", [["OFFICIAL - SENSITIVE"], ["Title", "", "x;y", "2026, drawn"],
                                   ["a,b,c,d,e,f,g"] * 30])  # fmt: skip
def test_headings_further_down_are_one_line(above):
    (line,) = refusal("\r\n".join([*above, TABLE]))
    row = len(above) + 1
    assert f"looked for in row 1 and seem to stand in row {row}," in line
    assert line.endswith("delete row 1" if row == 2 else f"delete rows 1 to {row - 1}")


@pytest.mark.parametrize("below", [
    ["Total,,,20"], ["Source: a survey, 2015"], ["Total rows: 20", "Note"],
    [""] * 3 + ["printed today"],
])  # fmt: skip
def test_rows_below_the_table_are_named(below):
    (line,) = refusal(TABLE + "\r\n".join(below) + "\r\n")
    last = [at for at, text in enumerate(below, 22) if text]
    named = f"row {last[0]}:" if len(last) == 1 else f"rows {last[0]} and {last[1]}:"
    assert line.startswith(f"a.csv: {named} found ")
    assert "below the table" in line


def test_titles_and_footers_are_two_lines_and_nothing_else():
    assert len(refusal(f"Title\r\n{TABLE}Total,20\r\n")) == 2


def test_headings_that_come_again_are_named():
    (line,) = refusal(TABLE + TABLE)
    assert line.startswith("a.csv: row 22: found the headings again, expected them once")


def test_a_short_last_row_that_is_filled_is_no_footer():
    assert len(sheet(TABLE + "P99,B,2\r\n").frame) == 21


@pytest.mark.parametrize(
    "heading", ["", "Unnamed: 0", "index", "X", "...1", "row.names", "#", "Row No"]
)
@pytest.mark.parametrize("first", [0, 1])
def test_a_column_that_only_counts_is_left_out_and_noted(heading, first):
    rows = [f"{at + first},{row}" for at, row in enumerate(ROWS)]
    found = sheet("\n".join([f"{heading},{HEAD}", *rows]))
    assert tuple(found.frame.columns) == KNOWN
    assert found.notes[0].startswith("a.csv: column 1 ")
    assert "counts the rows" in found.notes[0]
    assert found.problems == ()


@pytest.mark.parametrize("cell", ["", "x", "7"])
def test_a_column_that_does_not_count_is_kept(cell):
    rows = [f"{cell if at == 9 else at},{row}" for at, row in enumerate(ROWS)]
    found = sheet("\n".join([f",{HEAD}", *rows]))
    (problem,) = found.problems
    assert "no heading over column 1, which has answers" in problem.line
