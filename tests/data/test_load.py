"""A broken table stops the start with one message that says what is wrong and where."""

import re
from dataclasses import FrozenInstanceError

import pandas as pd
import pytest

from data.load import ChecksumError, MissingTableError, built, load, load_all
from data.schema import SchemaError
from data.sources.registry import (
    AUTHORITIES,
    DEFLATOR,
    INDICATORS,
    INSPECTIONS,
    NEIGHBOURS,
    SOURCES,
)

#: Tables that are in files; that of the pilots is held by their programme.
FILES = [source for source in SOURCES.values() if not source.content]
#: What the start catches and says in one line.
REFUSALS = (MissingTableError, ChecksumError, SchemaError)


def line(number: int, change):
    """Change one line of a text; line 0 is the heading, line 1 the first row."""

    def change_text(text: str) -> str:
        lines = text.split("\n")
        lines[number] = change(lines[number])
        return "\n".join(lines)

    return change_text


def one_message(error: pytest.ExceptionInfo[BaseException]) -> str:
    words = str(error.value)
    assert words
    assert "\n" not in words
    return words


@pytest.mark.usefixtures("room")
def test_a_copy_of_every_table_loads():
    load_all()
    held = built.cache_info()
    for source in SOURCES.values():
        assert len(load(source).frame), source.key
    assert built.cache_info().misses == held.misses


def test_a_table_is_read_once():
    assert load(INSPECTIONS) is load(INSPECTIONS)


def test_tables_are_equal_when_their_bytes_are():
    again = built.__wrapped__(INSPECTIONS)
    assert again is not load(INSPECTIONS)
    assert again == load(INSPECTIONS)
    assert hash(again) == hash(load(INSPECTIONS))
    assert again != load(DEFLATOR)
    assert again != "inspections"


def test_a_table_cannot_be_exchanged():
    with pytest.raises(FrozenInstanceError):
        load(INSPECTIONS).digest = "another"


def test_a_changed_table_is_refused_by_its_checksum(room):
    path = room / INSPECTIONS.file
    path.write_bytes(path.read_bytes().replace(b"good", b"best"))
    with pytest.raises(ChecksumError) as error:
        load(INSPECTIONS)
    words = one_message(error)
    assert words.startswith(INSPECTIONS.file)
    assert "checksum" in words
    with pytest.raises(ChecksumError):
        load_all()


@pytest.mark.parametrize("source", FILES, ids=lambda source: source.key)
def test_a_missing_table_is_named_with_the_remedy(room, source):
    (room / source.file).unlink()
    with pytest.raises(MissingTableError) as error:
        load_all()
    assert one_message(error).startswith(source.file)
    assert "data.build" in str(error.value)


def test_a_missing_column_is_named(rewrite):
    rewrite(INSPECTIONS.file, line(0, lambda head: head.replace("framework", "group")))
    with pytest.raises(SchemaError) as error:
        load(INSPECTIONS)
    words = one_message(error)
    assert words.startswith(INSPECTIONS.file)
    assert "column framework is missing" in words
    assert "group" in words


def test_a_missing_column_of_a_large_table_is_named(room, sign):
    frame = pd.read_parquet(room / INDICATORS.file).drop(columns="preferred")
    sign(INDICATORS.file, frame.to_parquet(index=False))
    with pytest.raises(SchemaError, match=f"{INDICATORS.file}: column preferred is missing"):
        load(INDICATORS)


@pytest.mark.parametrize(
    ("source", "row", "was", "now", "message"),
    [
        (DEFLATOR, 3, "90.2542", "ninety", r"row 3, column deflator: found 'ninety', .* a number"),
        (DEFLATOR, 2, "88.43280000000001", "-1", r"row 2, column deflator: .* at least 0"),
        (DEFLATOR, 1, "87.103375", "", r"row 1, column deflator: found an empty cell"),
        (INSPECTIONS, 4, "SIF (2013-18)", "", r"row 4, column framework: found an empty cell"),
        (NEIGHBOURS, 5, ",5,", ",0,", r"row 5, column rank: found 0, expected at least 1"),
        (NEIGHBOURS, 5, ",5,", ",five,", r"row 5, column rank: found 'five'"),
        (AUTHORITIES, 1, "20312", "-5", r"row 1, column pop_0_17_mid2012: .* at least 0"),
        (AUTHORITIES, 1, ",2013,2025,", ",soon,2025,", r"row 1, column first_year: found 'soon'"),
    ],
    ids=lambda part: getattr(part, "key", None),
)
def test_a_wrong_cell_is_named_by_file_row_and_column(rewrite, source, row, was, now, message):
    rewrite(source.file, line(row, lambda text: text.replace(was, now, 1)))
    with pytest.raises(SchemaError, match=rf"^{re.escape(source.file)}: {message}") as error:
        load(source)
    one_message(error)


@pytest.mark.parametrize(
    "source", [INSPECTIONS, DEFLATOR, NEIGHBOURS], ids=lambda source: source.key
)
def test_a_key_that_stands_twice_is_named(rewrite, source):
    rewrite(source.file, lambda text: f"{text}{text.splitlines()[2]}\n")
    with pytest.raises(SchemaError, match="stands twice") as error:
        load(source)
    words = one_message(error)
    rows = len(pd.read_csv(source.path))
    assert words.startswith(f"{source.file}: row {rows}, columns ")
    assert all(name in words for name in source.row_key)


def test_what_is_wrong_inside_is_said_before_the_checksum(room):
    path = room / DEFLATOR.file
    path.write_bytes(path.read_bytes().replace(b"90.2542", b"ninety"))
    with pytest.raises(SchemaError, match="row 3, column deflator"):
        load(DEFLATOR)


@pytest.mark.parametrize("source", [INDICATORS, INSPECTIONS], ids=lambda source: source.key)
@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff\xfe garbage \x9d" * 20], ids=["empty", "noise"]
)
def test_a_file_that_is_no_table_is_refused_in_one_message(room, source, content):
    (room / source.file).write_bytes(content)
    with pytest.raises(REFUSALS, match=re.escape(source.file)) as error:
        load(source)
    one_message(error)


def test_a_row_with_too_many_cells_is_refused_in_one_message(room):
    path = room / INSPECTIONS.file
    path.write_bytes(path.read_bytes() + b"E06000001,a,b,c,d,e,f,g,h\n")
    with pytest.raises(REFUSALS, match=re.escape(INSPECTIONS.file)) as error:
        load(INSPECTIONS)
    one_message(error)


def test_a_table_without_a_checksum_is_refused_in_one_message(room):
    sums = room / "checksums.txt"
    kept = [
        row for row in sums.read_text(encoding="utf-8").splitlines() if INSPECTIONS.file not in row
    ]
    sums.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(REFUSALS, match=re.escape(INSPECTIONS.file)) as error:
        load(INSPECTIONS)
    one_message(error)
