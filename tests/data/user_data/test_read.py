"""Every form of file that people have gives the same cells with the rows they stand in."""

import csv
import io
import itertools
import sys

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.user_data import encoding
from data.user_data import read as reading
from data.user_data.problem import UserDataError
from data.user_data.read import read

HEAD = ("respondent", "wave", "note")
ROWS = (("Zoë", "1", "calm, and\nquiet"), ("B 2", "2", "says “yes”; no"), ("C", "", "£5"))


def written(delimiter: str, *, end: str = "\r\n", head=HEAD) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([head, *ROWS])
    return out.getvalue()


def cells(content: bytes) -> list[list[object]]:
    return read(content, file="a.csv").frame.astype(object).to_numpy().tolist()


def lines(sheet) -> list[str]:
    return [problem.line for problem in sheet.problems]


def outcome(content: bytes) -> str:
    try:
        read(content, file="a.csv")
    except UserDataError as fault:
        return str(fault)
    return "a.csv: read"


def refusal(content: bytes) -> str:
    with pytest.raises(UserDataError) as error:
        read(content, file="a.csv")
    return str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_every_form_holds_the_same(encoding, delimiter, end):
    content = written(delimiter, end=end).encode(encoding)
    sheet = read(content, file="a.csv")
    assert tuple(sheet.frame.columns) == HEAD
    assert list(sheet.frame.index) == [2, 3, 4]
    assert sheet.delimiter == delimiter
    assert sheet.problems == ()
    found = sheet.frame.astype(object).where(sheet.frame.notna(), "").to_numpy().tolist()
    assert found == [list(row) for row in ROWS]


def test_utf_16_of_either_end_is_read():
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert cells(mark + "a\tb\r\nÿ\t2\r\n".encode(name)) == [["ÿ", "2"]]


def test_blank_lines_are_left_out_and_rows_keep_their_numbers():
    sheet = read(b"\n,,\na,b,,\n1,2,,\n\n , \n3,4\n\n,,,\n\n", file="a.csv")
    assert sheet.frame.to_numpy().tolist() == [["1", "2"], ["3", "4"]]
    assert list(sheet.frame.index) == [4, 7]
    assert tuple(sheet.frame.columns) == ("a", "b")
    assert sheet.problems == ()


def test_spaces_round_names_and_answers_are_no_part_of_them():
    content = ' Work-hours , "Sent to",\u00a0DAY_of  week\u00a0\n 1 ,  two words , 3\t\n'.encode()
    sheet = read(content, file="a.csv")
    assert tuple(sheet.frame.columns) == ("work_hours", "sent_to", "day_of_week")
    assert sheet.frame.to_numpy().tolist() == [["1", "two words", "3"]]


@pytest.mark.slow
def test_every_space_that_python_knows_is_trimmed_and_nothing_else():
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    for edges in (every, [f"{one}a{one}" for one in every]):
        found = pc.call_function("utf8_trim_whitespace", [pa.array(edges)]).to_pylist()
        assert found == [one.strip() for one in edges]


def test_an_answer_beyond_the_headings_alone_is_named():
    sheet = read(b"a,b,c,d\n1,2,3,4\n,,,,x\n", file="a.csv")
    assert lines(sheet) == ["a.csv: row 3: found 5 cells, expected 4, one for each heading"]
    assert list(sheet.frame.index) == [2]


def test_a_short_row_has_empty_cells_and_a_long_one_is_named():
    sheet = read(b"a,b\n1\n1,2,,\n1,2,3\n", file="a.csv")
    assert sheet.frame.loc[2].isna().tolist() == [False, True]
    assert lines(sheet) == ["a.csv: row 4: found 3 cells, expected 2, one for each heading"]


def test_a_quoted_line_end_does_not_shift_the_rows():
    sheet = read(b'a,b\n"one\ntwo",1\n3,4,5\n', file="a.csv")
    assert sheet.frame.loc[2, "a"] == "one\ntwo"
    assert lines(sheet)[0].startswith("a.csv: row 3: found 3 cells")


def test_a_column_twice_and_answers_without_a_heading_are_named():
    sheet = read(b"a,A ,,b\n1,2,x,4\n", file="a.csv")
    assert lines(sheet) == [
        "a.csv: row 1: found a second column 'a', expected one",
        "a.csv: row 1: found no heading over column 3, which has answers, expected a heading",
    ]
    assert tuple(sheet.frame.columns) == ("a", "b")


def test_a_column_without_heading_or_answers_is_left_out():
    sheet = read(b"a,,b\n1,,2\n", file="a.csv")
    assert tuple(sheet.frame.columns) == ("a", "b")
    assert sheet.problems == ()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b"\n , ,\n\n", "no headings"),
        (b"PK\x03\x04rest", "a workbook or an archive"),
        (b'a,b\n1,2\n"open,3\n', "row 3: found a row that cannot be split"),
        (b"a," * 101 + b"a\n", "row 1: found 102 columns, expected 100 at most"),
        (
            b"a,b\n" + b"x" * 200_000 + b",1\n",
            "row 2: found a cell of more than 131,072 characters",
        ),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(content, words):
    found = refusal(content)
    assert words in found
    assert len(found.splitlines()) == 1


def test_size_is_bounded(monkeypatch):
    monkeypatch.setattr(encoding, "LARGEST", 10)
    assert refusal(b"a,b\n1,2\n3,4\n") == "a.csv: found 12 bytes, expected 10 at most"
    monkeypatch.setattr(encoding, "LARGEST", 1_000)
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert len(read(b"a\n1\n2\n3\n", file="a.csv").frame) == 3
    assert refusal(b"a\n1\n2\n3\n4\n") == "a.csv: found more than 3 rows, expected 3 at most"


def test_rows_are_numbered_through_pieces(monkeypatch):
    monkeypatch.setattr(reading, "_PIECE", 2)
    sheet = read(b"a\n" + b"".join(b"%d\n" % n for n in range(7)), file="a.csv")
    assert list(sheet.frame.index) == list(range(2, 9))
    assert sheet.frame["a"].tolist() == list("0123456")


def test_cells_are_never_taken_for_anything_but_words():
    assert cells(b"a,b\n=1+1,NA\nnan,007\n") == [["=1+1", "NA"], ["nan", "007"]]


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=3,
                 max_size=3),
        min_size=1,
    )
)  # fmt: skip
def test_what_is_written_is_read(rows):
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    found = read(out.getvalue().encode(), file="a.csv").frame
    kept = [[cell.strip() for cell in row] for row in rows]
    expected = {at: row for at, row in enumerate(kept, 2) if any(row)}
    assert list(found.index) == list(expected)
    for row, cells_of in expected.items():
        assert ["" if pd.isna(one) else one for one in found.loc[row]] == cells_of


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_sheet_or_a_refusal(content):
    assert outcome(content).startswith("a.csv: ")


@pytest.mark.parametrize("cut", range(0, 60, 3))
def test_a_damaged_file_is_a_sheet_or_a_refusal(cut):
    whole = written(";").encode("utf-8-sig")
    for noise, way in itertools.product((b"", b'"', b"\xff\xfe\x00", b"\r"), ("", "utf-16")):
        content = whole if not way else written("\t").encode(way)
        assert outcome(content[:cut] + noise + content[cut + 1 :]).startswith("a.csv: ")
