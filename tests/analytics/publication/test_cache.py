"""A cache that is missing, damaged, read-only or hostile is slower, and never wrong."""

import os
import shutil
import sqlite3
import stat

import numpy as np
import pandas as pd
import pytest
from diskcache import Cache, Timeout
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from analytics.publication import cache
from analytics.publication.disk import PickleRefusedError
from analytics.publication.suppression import Disclosed
from data.schema import Column, ColumnKind, text
from tests.damage import HARMS

COLUMNS = (
    text("name", "Name"),
    Column(name="is_new", label="New", kind=ColumnKind.FLAG),
    Column(name="n", label="Pilots", kind=ColumnKind.COUNT),
    Column(name="gap", label="Gap"),
)
pytestmark = pytest.mark.usefixtures("fresh")


def safe(rows: int = 3) -> Disclosed:
    cells = {
        "name": ["a", None, "‘é’ \u2028"],
        "is_new": [True, None, False],
        "n": [10, np.nan, 3],
        "gap": [0.1 + 0.2, np.inf, -1e-300],
    }
    frame = pd.DataFrame({
        column.name: cache.typed(
            [None if pd.isna(cell) else cell for cell in cells[column.name]] * (rows // 3), column
        )
        for column in COLUMNS
    })  # fmt: skip
    return Disclosed(frame=frame, suppressed=2, withheld="why")


def same(one: Disclosed, other: Disclosed) -> None:
    assert_frame_equal(one.frame, other.frame, check_exact=True)
    assert (one.suppressed, one.withheld) == (other.suppressed, other.withheld)


def made_again(key: str = "k", rows: int = 3) -> bool:
    """Ask for a result, check that it is the right one, and say whether it had to be made."""
    calls = []
    found = cache.kept(key, COLUMNS, lambda: calls.append(1) or safe(rows))
    same(found, safe(rows))
    return bool(calls)


@pytest.mark.parametrize("rows", [3, 30_000])
def test_what_is_kept_is_what_was_made(rows):
    assert made_again(rows=rows)
    assert not made_again(rows=rows)


def test_an_empty_table_is_kept_as_it_was():
    frame = pd.DataFrame({column.name: cache.typed([], column) for column in COLUMNS})
    empty = Disclosed(frame=frame, suppressed=0, withheld="nothing to say")
    cache.kept("k", COLUMNS, lambda: empty)
    found = cache.kept("k", COLUMNS, lambda: pytest.fail("made twice"))
    assert found.frame.empty
    same(found, empty)


@pytest.mark.parametrize("harm", [b'{"a": 1}', b'["a", 2]', b"null", b"[", b"\xff"])
def test_names_are_kept_and_found_again_where_they_are_no_names(harm):
    names = frozenset({"a\nb", "\u2028"})
    assert cache.kept_names("k", lambda: names) == names
    assert cache.kept_names("k", lambda: pytest.fail("found twice")) == names
    cache.store().set("k", harm)
    assert cache.kept_names("k", lambda: names | {"c"}) == names | {"c"}


def test_results_are_kept_by_their_own_key():
    cache.kept("one", COLUMNS, safe)
    assert made_again("other")


@pytest.mark.parametrize("harm", [None, *HARMS])
def test_what_an_answer_makes_is_kept_at_its_end(fresh, harm):
    made_again("before")
    with pytest.raises(KeyError, match="card"), cache.kept_together():  # noqa: PT012
        assert made_again("one")
        assert made_again("large", rows=30_000)
        assert not cache.is_kept("one")
        if harm is not None:
            HARMS[harm](fresh / "cache.db")
        msg = "a card that fails"
        raise KeyError(msg)
    assert not made_again("one")
    assert not made_again("large", rows=30_000)


def test_the_folder_is_private(fresh):
    made_again()
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o700


class Bomb:
    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.mkdir, (str(self.path),)


def test_a_pickle_is_refused_never_opened_and_written_over(fresh, tmp_path):
    made_again("another")
    Cache(str(fresh)).set("k", Bomb(tmp_path / "ran"))
    with pytest.raises(PickleRefusedError):
        cache.store().get("k")
    assert made_again()
    assert not (tmp_path / "ran").exists()
    assert not made_again()


@pytest.mark.parametrize(
    "held",
    [
        b"", b"\x80\x05\x95", b"{}", b"[]", b"[1, 2, 3]", b"null", b'[{"name": ["a"]}, 0, ""]',
        b'[{"name": ["a"], "is_new": [1], "n": ["x"], "gap": [1]}, 0, ""]',
        b'[{"name": ["a"], "is_new": [1], "n": [1, 2], "gap": [1]}, 0, ""]',
        b'[{"name": [], "is_new": [], "n": [], "gap": []}, null, ""]', b"\xff\xfe", "words", 7,
        b"[" * 100_000,
    ],
    ids=lambda held: repr(held)[:20],
)  # fmt: skip
def test_what_cannot_be_read_is_made_again(fresh, held):
    Cache(str(fresh)).set("k", held)
    assert made_again()
    assert not made_again()


def test_garbage_in_the_database_is_survived(fresh):
    fresh.mkdir()
    (fresh / "cache.db").write_bytes(b"garbage, and no database at all" * 100)
    assert made_again()
    assert not made_again()


@pytest.mark.parametrize("harm", HARMS)
def test_a_database_damaged_under_way_is_survived_and_keeps_again(fresh, harm):
    made_again()
    HARMS[harm](fresh / "cache.db")
    made_again()
    made_again("another")
    assert not made_again()
    assert not made_again("another")


def test_a_kept_file_damaged_or_lost_under_way_is_made_again(fresh):
    made_again(rows=30_000)
    [file] = fresh.rglob("*.val")
    file.write_bytes(b"garbage")
    assert made_again(rows=30_000)
    [file] = fresh.rglob("*.val")
    file.unlink()
    assert made_again(rows=30_000)


def test_a_folder_deleted_under_way_comes_back(fresh):
    made_again()
    shutil.rmtree(fresh)
    assert made_again()
    assert not made_again()
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o700


@pytest.mark.parametrize("where", ["file/below", "/proc/explorer", "/dev/null"])
def test_a_folder_that_cannot_be_made_is_survived(tmp_path, monkeypatch, where):
    (tmp_path / "file").touch()
    monkeypatch.setenv("EXPLORER_CACHE", str(tmp_path / where))
    assert made_again()
    assert made_again()


def test_a_read_only_connection_is_replaced():
    made_again("another")
    cache.store()._sql("PRAGMA query_only = 1")
    assert made_again()
    assert not made_again()
    assert not made_again("another")


@pytest.mark.parametrize(
    "fault",
    [
        OSError(28, "No space left on device"),
        sqlite3.OperationalError("database is locked"),
        sqlite3.DatabaseError("database disk image is malformed"),
        Timeout("busy"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("method", ["get", "set"])
def test_a_fault_of_the_cache_is_none_of_the_reader(monkeypatch, fault, method):
    def broken(*_args, **_options):
        raise fault

    monkeypatch.setattr(Cache, method, broken)
    assert made_again()


def test_a_fault_of_the_analysis_is_not_hidden():
    def broken():
        raise KeyError("analysis")  # noqa: EM101

    with pytest.raises(KeyError, match="analysis"):
        cache.kept("k", COLUMNS, broken)


@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_names_of_results_differ_where_any_part_does(parts):
    assert cache.fingerprint(*parts) == cache.fingerprint(*parts)
    assert cache.fingerprint(*parts) != cache.fingerprint(*parts, "x")
    assert cache.fingerprint("a", *parts) != cache.fingerprint("b", *parts)
    assert cache.fingerprint("ab", "c", *parts) != cache.fingerprint("a", "bc", *parts)


def test_a_name_depends_on_the_code(monkeypatch):
    before = cache.fingerprint("a")
    monkeypatch.setattr(cache, "code_version", lambda: b"other")
    assert cache.fingerprint("a") != before


def test_a_broken_cache_keeps_nothing_and_says_so(monkeypatch, caplog):
    class Torn:
        def holds(self, key):
            msg = f"no room for {key}"
            raise OSError(msg)

    monkeypatch.setattr(cache, "place", Torn)
    with caplog.at_level("WARNING"):
        assert cache.is_kept("one") is False
    assert [one.getMessage() for one in caplog.records] == ["cache not read: no room for one"]
