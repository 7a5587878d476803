"""Which text a file's bytes are, or where they stop being text."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from typing import Final

from data.user_data.problem import Place, Problem, UserDataError, one

LARGEST: Final = 200_000_000  # bytes

SEPARATED: Final = "a table whose answers are separated by commas, semicolons, tabs or |"
SAVE_AS: Final = "in Excel: Save as, CSV UTF-8"

_CHUNK: Final = 1 << 20
_MOST_ROWS: Final = 10_000  # rows with bad bytes that are looked for
_BOMS: Final = {
    codecs.BOM_UTF32_LE: "utf-32",  # begins like the mark of UTF-16
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_OTHERS: Final = {
    b"PK\x03\x04": "a workbook or an archive",
    b"\xd0\xcf\x11\xe0": "an old workbook",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a packed file",
    b"PAR1": "a Parquet file",
    b"$FL2": "an SPSS file",
    b"<stata": "a Stata file",
    b"<!DOCTYPE": "a web page",
    b"<html": "a web page",
}
_BAD: Final = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII: Final = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")


def encoding(content: bytes, *, file: str) -> str:
    """Return the name of the encoding of a file.

    UTF-8 and UTF-16 are known by their mark or by being valid. What is no UTF-8 is Windows-1252,
    unless it also holds letters in valid UTF-8: then a few of its bytes are damaged.

    Args:
        content: All bytes.
        file: Its name, for messages.

    Raises:
        UserDataError: It is empty, too large, or no text throughout; says which byte in which row.
    """
    if not content:
        raise UserDataError([one(file, "an empty file", SEPARATED)])
    if len(content) > LARGEST:
        raise UserDataError([one(file, f"{len(content):,} bytes", f"{LARGEST:,} at most")])
    for start, found in _OTHERS.items():
        if content.startswith(start):
            raise UserDataError([one(file, found, f"{SEPARATED} ({SAVE_AS})")])
    name = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "utf-8")
    if name.startswith("utf-8"):
        return _eight_bits(content, name, file=file)
    try:
        if any("\0" in text for text in _decoded(content, name)):
            raise UserDataError([one(file, "zero bytes", f"text in UTF-8 ({SAVE_AS})")])
    except UnicodeError as fault:
        found = f"text in {name.upper()} that is damaged or cut short"
        raise UserDataError([one(file, found, f"the whole file, or UTF-8 ({SAVE_AS})")]) from fault
    return name


def _eight_bits(content: bytes, name: str, *, file: str) -> str:
    if (at := content.find(b"\0")) >= 0:
        row = _row_at(content, at)
        expected = f"text in UTF-8 ({SAVE_AS})"
        raise UserDataError([one(file, "a zero byte, as in no text", expected, rows=(row,))])
    try:
        for _ in _decoded(content, name):
            pass
    except UnicodeError:
        letters = any(_BEYOND_ASCII.search(text) for text in _decoded(content, name, "escape"))
        if letters or name == "utf-8-sig":
            raise UserDataError([_bad_bytes(content, name, "UTF-8", file=file)]) from None
        return _windows(content, file=file)
    return name


def _windows(content: bytes, *, file: str) -> str:
    try:
        for _ in _decoded(content, "cp1252"):
            pass
    except UnicodeError:
        raise UserDataError([_bad_bytes(content, "cp1252", "text", file=file)]) from None
    return "cp1252"


def _decoded(content: bytes, name: str, errors: str = "strict") -> Iterator[str]:
    view = memoryview(content)
    chunks = (bytes(view[at : at + _CHUNK]) for at in range(0, len(content), _CHUNK))
    return codecs.iterdecode(chunks, name, "surrogateescape" if errors == "escape" else errors)


def _bad_bytes(content: bytes, name: str, words: str, *, file: str) -> Problem:
    """Name the bytes that are no text, each with its rows."""
    rows: dict[str, list[int]] = {}
    text = TextIOWrapper(BytesIO(content), name, errors="surrogateescape", newline="")
    for at, row in enumerate(_rows(text), 1):
        for mark in dict.fromkeys(_BAD.findall("".join(row))):
            rows.setdefault(f"byte 0x{ord(mark) - 0xDC00:02X}", []).append(at)
        if sum(map(len, rows.values())) >= _MOST_ROWS:
            break
    found = "which is not UTF-8" if words == "UTF-8" else "which is no letter in Windows-1252"
    places = tuple(
        Place(found=f"{byte}, {found}", rows=tuple(numbers)) for byte, numbers in rows.items()
    )
    expected = f"one encoding throughout, UTF-8 best ({SAVE_AS})"
    return one(file, f"bytes that are not {words}", expected) if not places else Problem(
        file=file, expected=expected, places=places, cause=one(file, "", "").cause
    )  # fmt: skip


def _rows(text: TextIOWrapper) -> Iterator[list[str]]:
    try:
        yield from csv.reader(text)
    except csv.Error:  # the rows so far are enough to name a byte
        return


def _row_at(content: bytes, at: int) -> int:
    """Return the row a byte stands in, quoted line ends not counted."""
    before = content[:at].decode("latin-1")
    return max(sum(1 for _ in csv.reader(before.splitlines(keepends=True))), 1) + before.endswith(
        ("\n", "\r")
    )
