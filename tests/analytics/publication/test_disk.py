"""A folder on disk is never trusted: no pickle in it is read, and it comes back when deleted."""

import os
import pickle
import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest
from diskcache import Cache, Timeout

from analytics.publication.disk import Broken, Folder, ForeignFileError, PickleRefusedError
from tests.damage import HARMS


class Bomb:
    """A pickle that leaves a folder behind where it is read."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return os.mkdir, (self.path,)


@pytest.fixture
def bomb(tmp_path):
    yield pickle.dumps(Bomb(tmp_path / "ran"))
    assert not (tmp_path / "ran").exists()


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path / "folder", size=10**6)
    made.open().set("key", b"held")
    return made


def change(tmp_path, statement, *values):
    with closing(sqlite3.connect(tmp_path / "folder" / "cache.db")) as held, held:
        assert held.execute(statement, values).rowcount


def test_a_pickled_value_is_refused_and_written_over(folder, bomb, tmp_path):
    change(tmp_path, "update Cache set mode = 4, value = ?", bomb)
    for read in (folder.open().get, folder.open().read):
        with pytest.raises(PickleRefusedError):
            read("key")
    folder.open().set("key", b"again")
    assert folder.open().get("key") == b"again"


def test_a_pickled_value_in_a_file_is_refused(folder, bomb, tmp_path):
    folder.open().set("key", b"x" * 40_000)
    [file] = (tmp_path / "folder").rglob("*.val")
    file.write_bytes(bomb)
    assert folder.open().get("key") == bomb  # bytes, for whoever unpacks them to refuse
    change(tmp_path, "update Cache set mode = 4")
    with pytest.raises(PickleRefusedError):
        folder.open().get("key")


def test_a_pickled_key_is_refused(folder, bomb, tmp_path):
    change(tmp_path, "update Cache set key = ?, raw = 0", bomb)
    with pytest.raises(PickleRefusedError):
        folder.open().peekitem()
    with pytest.raises(PickleRefusedError):
        list(folder.open())
    assert folder.open().get("key") is None


@pytest.mark.parametrize("path", ["../outside", "/etc/hostname", "00/../../outside", "cache.db"])
def test_an_entry_neither_reads_nor_deletes_what_lies_elsewhere(folder, tmp_path, path):
    outside = tmp_path / "outside"
    outside.write_text("the reader's own")
    change(tmp_path, "update Cache set mode = 2, filename = ?, value = null", path)
    with pytest.raises(ForeignFileError):
        folder.open().get("key")
    folder.open().set("key", b"again")
    folder.open().delete("key")
    assert outside.exists()
    assert (tmp_path / "folder" / "cache.db").exists()


def test_pickles_among_the_settings_are_bytes_like_any_other(folder, bomb, tmp_path):
    names = [name for (name,) in folder.open()._sql("select key from Settings").fetchall()]
    assert names
    for name in names:
        change(tmp_path, "update Settings set value = ? where key = ?", bomb, name)
        try:
            found = Folder(tmp_path / "folder", size=10**6).open().get("key")
        except Broken:  # slower, never run
            continue
        assert found == b"held", name


def test_nothing_is_opened_twice_and_what_is_gone_is_made_again(folder, tmp_path):
    first = folder.open()
    assert folder.open() is first
    for gone in (lambda: shutil.rmtree(tmp_path / "folder"), (tmp_path / "folder/cache.db").unlink):
        gone()
        folder.open().set("key", b"again")
        assert Folder(tmp_path / "folder", size=10**6).open().get("key") == b"again"
        assert (tmp_path / "folder").stat().st_mode & 0o777 == 0o700


def test_a_folder_put_in_its_place_by_another_process_is_found(folder, tmp_path):
    shutil.rmtree(tmp_path / "folder")
    other = Folder(tmp_path / "folder", size=10**6)
    other.open().set("key", b"of the other")
    assert folder.open().get("key") == b"of the other"


def use(folder):
    """Write to a folder and read from it, as whoever uses it does."""
    folder.mended(lambda: folder.open().get("key"))
    folder.mended(lambda: folder.open().set("key", b"again"))
    return folder.mended(lambda: folder.open().get("key"))


def fill(folder):
    for at in range(300):
        folder.open().set(f"{at}", os.urandom(2_000))
    folder.open().set("large", os.urandom(100_000))


@pytest.mark.parametrize("harm", HARMS)
def test_a_database_damaged_while_it_is_in_use_is_made_again(folder, tmp_path, harm):
    fill(folder)
    other = Folder(tmp_path / "folder", size=10**6)
    assert other.open().get("key") == b"held"
    HARMS[harm](tmp_path / "folder" / "cache.db")
    for _ in range(3):
        assert use(folder) == use(other) == b"again"
    late = Folder(tmp_path / "folder", size=10**6)
    for at in range(300):
        for one in (late, folder, other):
            one.mended(lambda one=one, at=at: one.open().get(f"{at}"))
            one.mended(lambda one=one, at=at: one.open().set(f"{at}", b"new"))
    assert late.mended(lambda: late.open().get("299")) == b"new"
    assert use(late) == use(folder) == use(other) == b"again"


@pytest.mark.parametrize("whole", [True, False], ids=["closed", "ended while it wrote"])
@pytest.mark.parametrize("harm", HARMS)
def test_a_database_damaged_before_it_is_opened_is_made_again(tmp_path, harm, whole):
    first = Folder(tmp_path / "first", size=10**6)
    fill(first)
    if whole:
        first.open().close()
    shutil.copytree(tmp_path / "first", tmp_path / "folder")
    HARMS[harm](tmp_path / "folder" / "cache.db")
    late = Folder(tmp_path / "folder", size=10**6)
    late.open()
    assert use(late) == b"again"


def test_a_fault_of_a_database_that_was_replaced_meanwhile_does_not_delete_its_successor(
    folder, tmp_path
):
    tried = []

    def late():
        if not tried:
            tried.append(folder.open())
            shutil.rmtree(tmp_path / "folder")
            Folder(tmp_path / "folder", size=10**6).open().set("key", b"of the other")
            fault = sqlite3.DatabaseError("database disk image is malformed")
            fault.sqlite_errorname = "SQLITE_CORRUPT"
            raise fault
        return folder.open().get("key")

    assert folder.mended(late) == b"of the other"


def test_a_folder_that_is_only_locked_keeps_what_it_holds(folder, tmp_path):
    with closing(sqlite3.connect(tmp_path / "folder" / "cache.db", isolation_level=None)) as other:
        other.execute("begin immediate")
        assert folder.mended(lambda: folder.open().get("key")) == b"held"
        with pytest.raises(Timeout):
            folder.mended(lambda: folder.open().set("key", b"again"))
        other.execute("rollback")
        other.execute("begin exclusive")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            folder.mended(lambda: folder.open().get("key"))
        other.execute("rollback")
    assert folder.open().get("key") == b"held"


def test_a_folder_that_is_only_full_keeps_what_it_holds(folder):
    folder.open()._sql("pragma max_page_count = 1")  # no page may be added
    with pytest.raises(sqlite3.OperationalError, match="full"):
        folder.mended(lambda: [folder.open().set(f"{at}", b"x" * 2_000) for at in range(100)])
    assert folder.open().get("key") == b"held"


@pytest.fixture
def not_root():
    """Be a user who is bound by the modes of files, in a folder of that user."""
    path = Path(tempfile.mkdtemp())
    before = os.geteuid(), os.getegid()
    if before[0] == 0:
        os.chown(path, 65_534, 65_534)
        os.setegid(65_534)
        os.seteuid(65_534)
    try:
        yield path
    finally:
        os.seteuid(before[0])
        os.setegid(before[1])
        shutil.rmtree(path)


@pytest.mark.parametrize("late", [True, False], ids=["opened later", "in use"])
@pytest.mark.parametrize("name", ["cache.db", "."])
@pytest.mark.parametrize("mode", [0o400, 0o500, 0])
def test_a_folder_or_database_that_is_read_only_comes_back(not_root, name, mode, late):
    held = Folder(not_root / "folder", size=10**6)
    held.open().set("key", b"held")
    (not_root / "folder" / name).chmod(mode)
    with pytest.raises(PermissionError):  # the modes bind this user
        (not_root / "folder" / name / "x").touch() if name == "." else (
            not_root / "folder" / name
        ).open("r+b")
    if late:
        held = Folder(not_root / "folder", size=10**6)
    assert use(held) == b"again"
    assert use(Folder(not_root / "folder", size=10**6)) == b"again"


def test_a_directory_in_place_of_the_database_is_moved_aside_with_what_it_holds(folder, tmp_path):
    HARMS["replaced by a directory"](tmp_path / "folder" / "cache.db")
    assert use(folder) == b"again"
    [kept] = (tmp_path / "folder").glob("cache.db.*/work of someone")
    assert kept.exists()


def test_nothing_of_a_database_is_mapped(folder, tmp_path):
    fill(folder)
    maps = Path("/proc/self/maps").read_text(encoding="utf-8")
    assert str(tmp_path) not in maps


def test_a_database_that_another_program_maps_is_replaced_at_once(tmp_path):
    with closing(Cache(str(tmp_path / "folder"))) as other:  # as an earlier version made it
        other.set("key", b"held")
        assert (tmp_path / "folder" / "cache.db-shm").exists()
        begun = time.monotonic()
        assert use(Folder(tmp_path / "folder", size=10**6)) == b"again"
        assert time.monotonic() - begun < 5


def test_a_commit_that_met_a_lock_does_not_keep_the_database_locked(folder, tmp_path):
    file = tmp_path / "folder" / "cache.db"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("begin")
        other.execute("select * from Cache").fetchone()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            folder.mended(lambda: folder.open().set("key", b"again"))
        other.execute("rollback")
    assert use(folder) == use(Folder(tmp_path / "folder", size=10**6)) == b"again"


def test_a_key_of_text_comes_back_as_it_is(folder):
    folder.open().set("more", b"held")
    assert sorted(folder.open().iterkeys()) == ["key", "more"]


def test_a_folder_opened_before_a_fork_is_opened_again_and_not_closed(folder, monkeypatch):
    before = folder.open()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    after = folder.open()
    assert after is not before
    assert after.get("key") == before.get("key") == b"held"


def test_a_folder_deleted_while_it_is_made_is_said(tmp_path, monkeypatch):
    made = Folder(tmp_path / "gone", size=10**6)
    monkeypatch.setattr(made, "_identity", lambda: None)
    with pytest.raises(FileNotFoundError, match="deleted while it was made"):
        made.open()
