"""Results already made safe, kept as bytes. A broken cache is slower, never wrong.

They are on disk, or in the Redis that several machines share where ``REDIS_URL`` names one.
"""

import logging
import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import sha256
from math import inf, isnan
from pathlib import Path
from typing import Final, Protocol, TypeVar

import numpy as np
import orjson
import pandas as pd
from diskcache import Cache
from numpy.typing import NDArray

from analytics.publication.disk import Broken, Folder
from analytics.publication.machines import SharedGoneError, redis_url
from analytics.publication.suppression import Disclosed
from data.schema import Column, ColumnKind

log = logging.getLogger(__name__)

ROOT: Final = Path(__file__).parents[2]
DEFAULT: Final = str(ROOT / ".cache" / "published")
LARGEST: Final = 256 * 1024 * 1024
SHELF: Final = "explorer:kept:3:"  # before every key in Redis; the number is that of the packing
WEEK: Final = 7 * 24 * 60 * 60  # seconds that a result lies in Redis unless it is crowded out

#: JSON has no number without bounds; as text, ``typed`` reads it as what it was.
UNBOUNDED: Final = {inf: "inf", -inf: "-inf"}

Made = TypeVar("Made")


@cache
def _folder(path: str) -> Folder:
    return Folder(Path(path), size=LARGEST)


def store() -> Cache:
    """Open the cache of this process.

    Raises:
        OSError: The folder cannot be made or written.
        sqlite3.Error: The database is full or locked.
    """
    return _here().open()


def _here() -> Folder:
    return _folder(os.environ.get("EXPLORER_CACHE", DEFAULT))


@cache
def code_version() -> bytes:
    """Digest of every line that can change a number, so that a changed line is never stale."""
    files = sorted(file for room in ("analytics", "data") for file in (ROOT / room).rglob("*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).digest()


def fingerprint(*parts: str) -> str:
    """Name a result by its finding, its selection, its tables and the code that made it."""
    return sha256("\0".join(parts).encode() + code_version()).hexdigest()


class Place(Protocol):
    """Where results are kept."""

    def read(self, key: str) -> object:
        """Return what is there, or None."""
        ...

    def write(self, held: Mapping[str, bytes]) -> None:
        """Keep bytes by key, all at once."""
        ...

    def holds(self, key: str) -> bool:
        """Whether something is there."""
        ...


class OnDisk:
    """Results in a folder of this machine."""

    def read(self, key: str) -> object:
        """Return what is in the folder, or None."""

        def found() -> object:
            return store().get(key)

        return _here().mended(found)

    def write(self, held: Mapping[str, bytes]) -> None:
        """Keep bytes by key in the folder, all or none."""

        def kept() -> None:
            cache = store()
            with cache.transact():
                for key, one in held.items():
                    cache.set(key, one)

        _here().mended(kept)

    def holds(self, key: str) -> bool:
        """Whether something is in the folder."""
        return _here().mended(lambda: key in store())


class InRedis:
    """Results in the Redis that machines share.

    Args:
        url: Of the Redis.
    """

    def __init__(self, url: str) -> None:
        # Imported here: one machine alone needs no Redis.
        from analytics.publication.shared import shared  # noqa: PLC0415

        self._shared = shared(url, os.getpid())

    def read(self, key: str) -> object:
        """Return what is in Redis, or None."""
        return self._shared.get(SHELF + key)

    def write(self, held: Mapping[str, bytes]) -> None:
        """Keep bytes by key in Redis for a week."""
        for key, one in held.items():
            self._shared.set(SHELF + key, one, WEEK)

    def holds(self, key: str) -> bool:
        """Whether something is in Redis."""
        return self._shared.has(SHELF + key)


def place() -> Place:
    """Return where this process keeps results."""
    url = redis_url()
    return InRedis(url) if url else OnDisk()


def _complain(words: str, fault: Exception) -> None:
    """Log a fault; one that every request meets while Redis is gone, once a minute."""
    if not isinstance(fault, SharedGoneError) or fault.is_news:
        log.warning(words, fault)


def kept(key: str, columns: tuple[Column, ...], make: Callable[[], Disclosed]) -> Disclosed:
    """Return what is kept under ``key``, making and keeping it the first time.

    Args:
        key: From ``fingerprint``.
        columns: What the frame holds, to read it back as it was.
        make: Makes the result when it is not there or cannot be read.
    """
    return _kept(key, make, pack=_packed, unpack=lambda held: _unpacked(held, columns))


def kept_names(key: str, make: Callable[[], frozenset[str]]) -> frozenset[str]:
    """Return the names that are kept under ``key``, finding and keeping them the first time.

    Args:
        key: From ``fingerprint``.
        make: Finds the names when they are not there or cannot be read.
    """
    return _kept(key, make, pack=_packed_names, unpack=_unpacked_names)


def _kept(
    key: str,
    make: Callable[[], Made],
    *,
    pack: Callable[[Made], bytes],
    unpack: Callable[[bytes], Made],
) -> Made:
    try:
        found = place().read(key)
        if isinstance(found, bytes):
            return unpack(found)
    except Broken as fault:
        _complain("cache not read: %s", fault)
    made = make()
    try:
        _keep({key: pack(made)})
    except Broken as fault:
        _complain("cache not written: %s", fault)
    return made


def _keep(held: Mapping[str, bytes]) -> None:
    together = _TOGETHER.get()
    if together is None:
        place().write(held)
    else:
        together.update(held)


#: What is made by now inside ``kept_together``, packed.
_TOGETHER: Final[ContextVar[dict[str, bytes] | None]] = ContextVar("_TOGETHER", default=None)


@contextmanager
def kept_together() -> Generator[None]:
    """Keep at the end, all at once, what is made inside: one by one takes twice as long."""
    together = dict[str, bytes]()
    outer = _TOGETHER.set(together)
    try:
        yield
    finally:
        _TOGETHER.reset(outer)
        try:
            if together:
                _keep(together)
        except Broken as fault:
            _complain("cache not written: %s", fault)


def is_kept(key: str) -> bool:
    """Whether something is kept under ``key``; a broken cache keeps nothing.

    Args:
        key: From ``fingerprint``.
    """
    try:
        return place().holds(key)
    except Broken as fault:
        _complain("cache not read: %s", fault)
        return False


def _packed(safe: Disclosed) -> bytes:
    whole = safe.frame.to_numpy(object).T.tolist()  # all columns at once, not one by one
    listed = zip(safe.frame.columns, whole, strict=True)
    cells = {str(name): [UNBOUNDED.get(cell, cell) for cell in row] for name, row in listed}
    return orjson.dumps([cells, safe.suppressed, safe.withheld])  # with null for NaN


def _unpacked(held: bytes, columns: tuple[Column, ...]) -> Disclosed:
    cells, suppressed, withheld = orjson.loads(held)
    frame = pd.DataFrame({column.name: typed(cells[column.name], column) for column in columns})
    return Disclosed(frame=frame, suppressed=int(suppressed), withheld=str(withheld))


def _packed_names(names: frozenset[str]) -> bytes:
    return orjson.dumps(sorted(names))


def _unpacked_names(held: bytes) -> frozenset[str]:
    names = orjson.loads(held)
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        msg = f"found {str(names)[:40]}, expected a list of names"
        raise ValueError(msg)
    return frozenset(names)


def plain(cells: pd.Series) -> list[object]:
    """Return the cells of a column as Python's own values, None where one is missing."""
    if isinstance(cells.dtype, pd.StringDtype) or cells.dtype.kind == "f":
        # Both write what is missing as NaN; to ask pandas for it takes longer than all the rest.
        return [None if isinstance(one, float) and isnan(one) else one for one in cells.tolist()]
    missing = cells.isna()
    if not missing.any():
        return cells.tolist()
    return [None if gone else cell for cell, gone in zip(cells.tolist(), missing, strict=True)]


def typed(cells: list[object], column: Column) -> NDArray[np.object_] | NDArray[np.float64]:
    """Return cells as the array their column holds, so that kept and fresh frames are alike."""
    if column.kind in {ColumnKind.TEXT, ColumnKind.FLAG}:
        return np.array(cells, dtype=object)
    return np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)
