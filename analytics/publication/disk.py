"""Folders of this machine that hold bytes: nothing in them is unpickled, and they come back.

Whoever can write to a folder of diskcache could run code in whoever reads it, if pickles were read.
A folder that is deleted while it is in use is made again at the next use, and so is one whose
database is damaged. One that is only full or locked is left as it is.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar
from uuid import uuid4

from diskcache import Cache, Disk, Timeout
from diskcache.core import DBNAME, MODE_PICKLE
from typing_extensions import override

WAIT: Final = 1  # seconds for a lock before the work goes on without the folder
OWN_FILE: Final = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{28}\.val")

Made = TypeVar("Made")

#: How SQLite calls faults that stay until the database is made again.
DAMAGED: Final = ("SQLITE_IOERR", "SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_READONLY_DBMOVED")
#: What it says of a database that lost its tables, as one cut short did.
EMPTIED: Final = ("no such table", "no such column")
#: Faults that a new connection may cure, once the folder is open to its user again.
CLOSED: Final = ("SQLITE_CANTOPEN", "SQLITE_READONLY")
#: Files of a database, those that are played back into it first.
_PARTS: Final = ("-journal", "-wal", "-shm", "")
#: A mapped file that is cut short ends the process that reads it (SIGBUS). The index of a
#: write-ahead journal is always mapped, so the journal is a plain file that a commit deletes.
#: A database that a loss of power damages is made again, so nothing waits for the disk.
#: Source: SQLite, Memory-mapped I/O; Write-ahead logging; Pragma statements.
_SETTINGS: Final = {
    "sqlite_mmap_size": 0,
    "sqlite_journal_mode": "delete",
    "sqlite_synchronous": 0,
}


class PickleRefusedError(ValueError):
    """Someone has put a pickle in the folder."""


class ForeignFileError(ValueError):
    """An entry names a file that this folder does not make."""


#: What a missing, full, read-only, locked, damaged or hostile folder raises.
Broken: Final = (
    OSError,
    sqlite3.Error,
    Timeout,
    ValueError,  # a refused pickle and a foreign file among them
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)


class BytesOnlyDisk(Disk):
    """A disk that never unpickles, neither keys nor values.

    Source:
        CVE-2025-69872, diskcache up to 5.6.3.
    """

    @override
    def get(self, key: object, raw: object) -> object:
        if not raw:
            msg = "keys of this folder are text, and this is a pickle"
            raise PickleRefusedError(msg)
        return key

    @override
    def fetch(self, mode: int, filename: str | None, value: object, read: bool) -> object:
        if mode == MODE_PICKLE:
            msg = "this folder holds bytes, and this is a pickle"
            raise PickleRefusedError(msg)
        if filename is not None and not OWN_FILE.fullmatch(filename):
            msg = "an entry names a file that this folder does not make"
            raise ForeignFileError(msg)
        return super().fetch(mode, filename, value, read)

    @override
    def remove(self, file_path: str) -> None:
        if OWN_FILE.fullmatch(file_path):  # the entry goes; a file elsewhere stays
            super().remove(file_path)


class Folder:
    """A folder of bytes, this user's alone, opened once a process and made again where it is gone.

    Args:
        path: Where it is.
        size: Bytes it may hold; the oldest entries go first.
    """

    def __init__(self, path: Path, *, size: int) -> None:
        self._path = path
        self._journal = path / f"{DBNAME}-wal"
        self._size = size
        self._opened: tuple[int, tuple[int, int], Cache] | None = None
        self._inherited: list[Cache] = []

    def open(self) -> Cache:
        """Return what holds the bytes now.

        Raises:
            OSError: The folder cannot be made or written.
            FileNotFoundError: It was deleted while it was made.
            sqlite3.Error: The database is full or locked.
        """
        process = os.getpid()
        if self._opened is not None:
            owner, opened_as, held = self._opened
            if owner == process and self._identity() == opened_as:
                return held
            if owner != process:
                # SQLite handles must not be used, nor closed, on the other side of a fork.
                self._inherited.append(held)
        fresh = self._made()
        found = self._identity()
        if found is None:
            msg = f"the folder was deleted while it was made: {self._path}"
            raise FileNotFoundError(msg)
        self._opened = (process, found, fresh)
        return fresh

    def mended(self, action: Callable[[], Made]) -> Made:
        """Return what comes of a use of the folder; where that finds it damaged, of a second use.

        Everything that uses the folder comes through here, so that a damaged database is deleted
        and made again in one place. A database that another process or thread has put there
        meanwhile is kept.

        Args:
            action: Uses what ``open`` returns, outside any transaction; may be done twice.

        Raises:
            OSError: The folder cannot be made or written.
            sqlite3.Error: The database is full or locked.
            Timeout: It is locked.
        """
        seen = self._identity()
        try:
            return action()
        except (OSError, sqlite3.Error, Timeout) as fault:
            is_damaged = _is_damage(fault) or any(map(_is_barred, self._parts()))
            if not is_damaged and not isinstance(fault, OSError) and not _is_of(fault, CLOSED):
                if self._opened is not None and not isinstance(fault, Timeout):
                    self._opened[-1].close()  # a transaction that met a lock at its end is open yet
                raise
            self._opened = None
            if is_damaged and self._identity() == seen:
                self._delete()
        return action()

    def _parts(self) -> list[Path]:
        return [self._path / f"{DBNAME}{part}" for part in _PARTS]

    def _delete(self) -> None:
        """Delete the database; a directory in its place is moved aside, as it may hold work."""
        self._path.chmod(0o700)
        for file in self._parts():
            if file.is_dir() and not file.is_symlink():
                with suppress(FileNotFoundError):  # another process was quicker
                    file.rename(file.with_name(f"{file.name}.{uuid4()}"))
            else:
                file.unlink(missing_ok=True)

    def _made(self) -> Cache:
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.chmod(0o700)
        if self._is_mapped():
            self._delete()
        return self.mended(self._connected)

    def _is_mapped(self) -> bool:
        """Whether a write-ahead journal lies there: SQLite would wait a minute to change that."""
        return os.access(self._journal, os.F_OK)

    def _connected(self) -> Cache:
        return Cache(
            str(self._path),
            disk=BytesOnlyDisk,
            size_limit=self._size,
            timeout=WAIT,
            **_SETTINGS,
        )

    def _identity(self) -> tuple[int, int] | None:
        """Return which file is there now: one deleted goes on taking writes that nobody reads.

        None where there is none to be seen, or one that was emptied: a database is never so short.
        """
        if self._is_mapped():
            return None
        try:
            found = os.stat(self._path / DBNAME)  # noqa: PTH116 (twice as fast, asked at every use)
        except (FileNotFoundError, PermissionError):
            return None
        return (found.st_dev, found.st_ino) if found.st_size else None


def _is_barred(file: Path) -> bool:
    """Whether a file is a directory, or closed to this user."""
    return file.is_dir() or (
        file.exists() and not os.access(file, os.R_OK | os.W_OK, effective_ids=True)
    )


def _is_damage(fault: BaseException) -> bool:
    """Whether a fault says that a database must be made again."""
    return _is_of(fault, DAMAGED) or any(str(one).startswith(EMPTIED) for one in _covered(fault))


def _is_of(fault: BaseException, names: tuple[str, ...]) -> bool:
    """Whether SQLite calls a fault by one of some names."""
    return any(getattr(one, "sqlite_errorname", "").startswith(names) for one in _covered(fault))


def _covered(fault: BaseException | None) -> Iterator[BaseException]:
    """Yield a fault of a database and those it covers.

    diskcache says ``Timeout`` of whatever keeps a transaction from beginning, and a transaction
    that cannot be rolled back covers the reason.
    """
    while isinstance(fault, sqlite3.Error | Timeout):
        yield fault
        fault = fault.__context__
