"""Bytes that stop being text are named with the row they stand in."""

import pytest

from data.user_data.encoding import encoding
from data.user_data.problem import UserDataError

GOOD = "a,b\r\nZoë,1\r\nfine,2\r\n"


def refusal(content: bytes) -> str:
    with pytest.raises(UserDataError) as error:
        encoding(content, file="a.csv")
    (line,) = str(error.value).splitlines()
    return line


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_valid_text_is_known(name):
    assert encoding(GOOD.encode(name), file="a.csv") == name


def test_what_is_no_utf_8_throughout_is_windows_1252():
    assert encoding(GOOD.encode("cp1252"), file="a.csv") == "cp1252"
    assert encoding(b"a\r\nit\x92s\r\n", file="a.csv") == "cp1252"


def test_bad_bytes_among_utf_8_are_named_with_their_rows():
    bad = GOOD.encode() + b"it\x92s,3\r\n" + b'"two\r\nlines",4\r\n' + b"\x93x\x92,5\r\n"
    line = refusal(bad)
    assert "byte 0x92, which is not UTF-8 (row 4 and 1 more)" in line
    assert "byte 0x93, which is not UTF-8 (row 6)" in line
    one = GOOD.encode() + b"it\x92s,3\r\n"
    assert refusal(one).startswith("a.csv: row 4: found byte 0x92, which is not UTF-8, expected ")
    assert "byte 0x92" in refusal("\ufeff".encode() + b"a\r\nit\x92s\r\n")


def test_bytes_of_no_encoding_are_named():
    assert refusal(b"a,b\n\x81,1\n").startswith("a.csv: row 2: found byte 0x81, which is no letter")


def test_zero_bytes_are_named():
    assert refusal(b"a,b\n1,2\n\x00,1\n").startswith("a.csv: row 3: found a zero byte")
    assert refusal("a,b\n1,2\n".encode("utf-16-le")).startswith("a.csv: row 1: found a zero byte")
    assert "zero bytes" in refusal("\ufeffa,\0\n".encode("utf-16-le"))


@pytest.mark.parametrize("cut", [1, 3])
def test_text_in_utf_16_that_is_cut_short_is_said_to_be(cut):
    assert "UTF-16 that is damaged or cut short" in refusal(GOOD.encode("utf-16")[:-cut])


@pytest.mark.parametrize(
    ("start", "found"),
    [(b"PK\x03\x04", "workbook"), (b"\xd0\xcf\x11\xe0", "old workbook"), (b"%PDF-1", "PDF"),
     (b"\x1f\x8b\x08", "packed"), (b"<html>", "web page"), (b"", "empty file")],
)  # fmt: skip
def test_other_files_are_called_what_they_are(start, found):
    assert found in refusal(start and start + b"rest")
