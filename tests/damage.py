"""Every way in which the tests damage the database of a folder on disk, in use or not."""

import os
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


def _journal(harm):
    """Return what damages the journal of a database, if it has one."""

    def harmed(file):
        if (found := file.with_name(f"{file.name}-wal")).exists():
            harm(found)

    return harmed


def _index(file):
    """Write over the index of a journal; cutting a mapped file short would end this process."""
    if (found := file.with_name(f"{file.name}-shm")).exists():
        _random(found, 0)


def _journal_and_index_gone(file):
    for part in ("-wal", "-shm"):
        file.with_name(f"{file.name}{part}").unlink(missing_ok=True)


HARMS = {
    "emptied": lambda file: _cut(file, 0),
    "cut in half": lambda file: _cut(file, 0.5),
    "cut by a third, within a page": lambda file: _cut(file, 0.667),
    "random": lambda file: _random(file, 0),
    "random below its head": lambda file: _random(file, 100),
    "random after its first pages": lambda file: _random(file, 8_192),
    "random and longer": lambda file: file.write_bytes(os.urandom(2_000_000)),
    "gone": _gone,
    "another database": _foreign,
    "journal emptied": _journal(lambda file: _cut(file, 0)),
    "journal cut in half": _journal(lambda file: _cut(file, 0.5)),
    "journal random": _journal(lambda file: _random(file, 0)),
    "journal random after its first pages": _journal(lambda file: _random(file, 8_192)),
    "journal gone": _journal(_gone),
    "index random": _index,
    "journal and index gone": _journal_and_index_gone,
}
