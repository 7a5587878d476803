"""A folder on disk is never trusted: no pickle in it is read, and it comes back when deleted."""

import os
import pickle
import shutil
import sqlite3
from contextlib import closing

import pytest

from analytics.publication.disk import Broken, Folder, ForeignFileError, PickleRefusedError


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


def test_a_folder_whose_journal_was_deleted_is_made_anew(tmp_path):
    here, there = Folder(tmp_path / "a", size=2**20), Folder(tmp_path / "a", size=2**20)
    here.open().set("x", b"1")
    for part in ("-wal", "-shm"):
        (tmp_path / "a" / f"cache.db{part}").unlink()
    here.open().set("y", b"2")
    with pytest.raises(sqlite3.OperationalError) as raised:
        there.open().get("x")
    there.renew(raised.value)
    there.open().set("z", b"3")
    assert here.open().get("z") == b"3"


def test_a_folder_that_is_only_locked_or_full_keeps_what_it_holds(tmp_path):
    folder = Folder(tmp_path / "a", size=2**20)
    folder.open().set("x", b"1")
    folder.renew(sqlite3.OperationalError("database or disk is full"))
    assert folder.open().get("x") == b"1"
