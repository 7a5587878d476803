"""Rows above and below a table, lines that name the delimiter, and columns that only count."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.user_data.layout import Lines
from data.user_data.problem import UserDataError
from data.user_data.read import read

KNOWN = ("person", "pilot", "wave", "agrees")
HEAD = ",".join(KNOWN)
ROWS = [f"P{at},A,1,yes" for at in range(20)]
TABLE = "\r\n".join([HEAD, *ROWS]) + "\r\n"


PLAIN = ["a", "", "two words", " é ", "\u00a0", "£5", "x" * 9]
QUOTED = ["a,b", 'says ""x""', "two\nlines", "two\r\nlines", ""]


def lines_of(content: str) -> Lines:
    return Lines(content=content.encode(), encoding="utf-8", delimiter=",", file="a.csv")


def rows_in(content: str, many: int) -> list[list[str]]:
    """The rows of all pieces, as words without the spaces round them."""
    rows: list[list[str]] = []
    for piece in lines_of(content).pieces(many):
        cells = iter(piece.cells.to_pylist())
        rows += [[next(cells).strip() for _ in range(width)] for width in piece.widths]
        assert not list(cells)
    return rows


def expected(content: str) -> list[list[str]]:
    split = csv.reader(io.StringIO(content, newline=""), skipinitialspace=True, strict=True)
    return [[cell.strip() for cell in row] or [""] for row in split]


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


@pytest.mark.parametrize("above", [["OFFICIAL - SENSITIVE"], ["Title", "2026"],
                                   ["Title", "", "x;y", "2026, drawn"],
                                   ["a,b,c,d,e,f,g"] * 30])  # fmt: skip
def test_headings_further_down_are_one_line(above):
    (line,) = refusal("\r\n".join([*above, TABLE]))
    row = len(above) + 1
    assert f"looked for in row 1 and seem to stand in row {row}," in line
    rows = {2: "row 1", 3: "rows 1 and 2"}.get(row, f"rows 1 to {row - 1}")
    assert line.endswith(f"delete {rows}")


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


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
@given(
    rows=st.lists(st.lists(st.sampled_from(PLAIN), max_size=4), min_size=1, max_size=9),
    quoted=st.sets(st.integers(0, 8)),
    within=st.sampled_from(QUOTED),
    many=st.integers(1, 4),
)
def test_lines_with_and_without_quotes_are_split_alike(end, last, rows, quoted, within, many):
    lines = [
        ",".join([*row, f'"{within}"'] if at in quoted else row) for at, row in enumerate(rows)
    ]
    content = end.join(lines) + end * last
    found = [row or [""] for row in rows_in(content, many)]
    assert found == expected(content)


def test_a_quoted_line_end_is_followed_beyond_its_piece():
    content = 'a,b\n"one\ntwo\nthree",1\nc,d\n'
    for many in range(1, 6):
        assert rows_in(content, many) == [["a", "b"], ["one\ntwo\nthree", "1"], ["c", "d"]]


@pytest.mark.parametrize("many", [1, 2, 3, 50])
@pytest.mark.parametrize("before", ["a,b\n", 'a,"b"\n', 'a,"b\nc"\n'])
@pytest.mark.parametrize("fault", ['"open,1\nc,d\n', '"x"y,1\n', f"{'x' * 131_073},1\n"])
def test_a_row_that_cannot_be_split_is_named_in_every_piece(many, before, fault):
    for rows in range(5):
        with pytest.raises(UserDataError) as error:
            rows_in(before * rows + fault, many)
        assert str(error.value).startswith(f"a.csv: row {rows + 1}: found a ")


def test_another_library_cannot_raise_the_limit_of_a_cell():
    before = csv.field_size_limit(2**30)
    try:
        with pytest.raises(UserDataError, match="a cell of more than 131,072 characters"):
            rows_in(f"{'x' * 131_073},1\n", 1)
    finally:
        csv.field_size_limit(before)


def test_the_cells_of_a_piece_know_their_places():
    (piece,) = lines_of('a,"b"\nc\nd,e,f\n').pieces(5)
    rows, columns = piece.places()
    assert rows.tolist() == [0, 0, 1, 2, 2, 2]
    assert columns.tolist() == [0, 1, 0, 0, 1, 2]
