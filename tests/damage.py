"""Every way in which the tests damage the database of a folder on disk, in use or not."""

import os
import shutil
import sqlite3
from contextlib import closing


def _cut(file, share):
    os.truncate(file, int(file.stat().st_size * share))


def _random(file, start):
    with file.open("r+b") as held:
        held.seek(start)
        held.write(os.urandom(max(0, file.stat().st_size - start)))


def _gone(file):
    file.unlink()


def _foreign(file):
    file.unlink()
    with closing(sqlite3.connect(file)) as held, held:
        held.execute("create table Other (x)")


def _beside(part, held):
    """Return what puts bytes beside a database, where its journal or its index may be."""
    return lambda file: file.with_name(f"{file.name}{part}").write_bytes(held)


def _replaced_by_a_directory(file):
    file.unlink()
    file.mkdir()
    (file / "work of someone").touch()


def _directory(part):
    def put(file):
        found = file.with_name(f"{file.name}{part}")
        found.unlink(missing_ok=True)
        found.mkdir()

    return put


def _folder_replaced(file):
    shutil.rmtree(file.parent)
    file.parent.mkdir()


HARMS = {
    "emptied": lambda file: _cut(file, 0),
    "cut in half": lambda file: _cut(file, 0.5),
    "cut by a third, within a page": lambda file: _cut(file, 0.667),
    "random": lambda file: _random(file, 0),
    "random below its head": lambda file: _random(file, 100),
    "random after its first pages": lambda file: _random(file, 8_192),
    "random and longer": lambda file: file.write_bytes(os.urandom(2_000_000)),
    "gone": _gone,
    "gone with its folder": lambda file: shutil.rmtree(file.parent),
    "folder replaced": _folder_replaced,
    "another database": _foreign,
    "replaced by a directory": _replaced_by_a_directory,
    "journal empty": _beside("-journal", b""),
    "journal random": _beside("-journal", os.urandom(20_000)),
    "journal a directory": _directory("-journal"),
    "write-ahead journal empty": _beside("-wal", b""),
    "write-ahead journal random": _beside("-wal", os.urandom(20_000)),
    "write-ahead journal a directory": _directory("-wal"),
    "index empty": _beside("-shm", b""),
    "index random": _beside("-shm", os.urandom(32_768)),
    "index a directory": _directory("-shm"),
}
