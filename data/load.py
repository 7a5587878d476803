"""Read a source from disk, and refuse it unless it is the table that was built.

A ``TableStore`` holds the reader's own tables, which stand in for simulated ones. A process starts
with one; whatever reads tables may be given another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from types import MappingProxyType
from typing import Final

import pandas as pd

from data.schema import ColumnKind, SchemaError, checked
from data.sources.registry import SOURCES
from data.sources.source import Kind, Source


class ChecksumError(ValueError):
    """The file on disk is not the file that was built."""


class MissingTableError(ValueError):
    """There is no file where a table should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A source and its checked frame. Two tables are equal when their bytes are.

    Attributes:
        source: What the table is.
        digest: SHA-256 of the file; of the reader's own, one with a secret key
            (``data.user_data.hold``).
        frame: The table; never to be changed in place.
    """

    source: Source
    digest: str
    frame: pd.DataFrame

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and other.digest == self.digest


_NUMERIC: Final = {ColumnKind.NUMBER, ColumnKind.COUNT, ColumnKind.YEAR, ColumnKind.FLAG}


class AlreadyStartedError(RuntimeError):
    """The process has its tables already."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TableStore:
    """The tables of the project, and the reader's own that stand in for simulated ones.

    Attributes:
        user_tables: The reader's own, by the key of the table each stands in for; copied.
        tables: Those of another release in place of the project's, by their keys; copied.
    """

    user_tables: Mapping[str, Table] = field(default_factory=dict[str, Table])
    tables: Mapping[str, Table] = field(default_factory=dict[str, Table])

    def __post_init__(self) -> None:
        object.__setattr__(self, "user_tables", MappingProxyType(dict(self.user_tables)))
        object.__setattr__(self, "tables", MappingProxyType(dict(self.tables)))

    @property
    def has_user_data(self) -> bool:
        """Whether any table of the reader's own stands in for a simulated one."""
        return bool(self.user_tables)

    def load(self, source: Source) -> Table:
        """Return the table of ``source``, checked; the reader's own where it stands in for one.

        Raises:
            MissingTableError: There is no such file.
            ChecksumError: The bytes differ from ``source.sha256``.
            SchemaError: The columns, cells or keys differ from what ``source`` promises.
        """
        if source.kind is Kind.SIMULATED and source.key in self.user_tables:
            return self.user_tables[source.key]
        # What another programme holds itself is in no release.
        released = self.tables.get(source.key) if source == SOURCES.get(source.key) else None
        return released or built(source)


_PROJECT: Final = TableStore()
_STARTED: Final[list[TableStore]] = []  # one at most, from ``start_with``


def start_with(store: TableStore) -> None:
    """Make ``store`` the one this process reads where no other is named; once, at the start.

    Raises:
        AlreadyStartedError: It was called before.
    """
    if _STARTED:
        msg = "found a process that has its tables already, expected one that is starting"
        raise AlreadyStartedError(msg)
    _STARTED.append(store)


def started() -> TableStore:
    """Return the store this process started with; the project's tables alone if with none."""
    return _STARTED[0] if _STARTED else _PROJECT


def load(source: Source, store: TableStore | None = None) -> Table:
    """Return the table of ``source`` from ``store``, or from the one this process started with.

    Raises:
        MissingTableError: There is no such file.
        ChecksumError: The bytes differ from ``source.sha256``.
        SchemaError: The columns, cells or keys differ from what ``source`` promises.
    """
    return (store or started()).load(source)


#: More than the project has: the pilots of a reader's own group are a table too, kept for a while.
_KEPT: Final = 256


@lru_cache(maxsize=_KEPT)
def built(source: Source) -> Table:
    """Return the table of ``source`` as the project has it, whatever stands in for it.

    Raises:
        MissingTableError: There is no such file.
        ChecksumError: The bytes differ from ``source.sha256``.
        SchemaError: The columns, cells or keys differ from what ``source`` promises.
    """
    if not source.is_there:
        msg = f"{source.file}: no such table; rebuild with python -m data.build"
        raise MissingTableError(msg)
    content = source.read()
    found = sha256(content).hexdigest()
    frame = checked(_read(source, content), source.columns, of=source.file, key=source.row_key)
    expected = _expected(source)
    if found != expected:
        msg = f"{source.file}: found checksum {found[:12]}…, expected {expected[:12]}…"
        raise ChecksumError(msg)
    return Table(source=source, digest=found, frame=frame)


def load_all() -> None:
    """Load every table, so that a broken one stops the start and not a reader.

    Raises:
        MissingTableError: A file is missing.
        ChecksumError: A file is not the one that was built.
        SchemaError: A file does not hold what it promises.
    """
    for source in SOURCES.values():
        load(source)


def _expected(source: Source) -> str:
    try:
        return source.sha256
    except LookupError as fault:
        raise ChecksumError(*fault.args) from fault


def _read(source: Source, content: bytes) -> pd.DataFrame:
    try:
        return _parsed(source, content)
    except (ValueError, OSError) as fault:  # what pandas and Arrow raise, encodings included
        words = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
        msg = (
            f"{source.file}: found {len(content):,} bytes that are no table ({words}), expected one"
        )
        raise SchemaError(msg) from fault


def _parsed(source: Source, content: bytes) -> pd.DataFrame:
    if source.path.suffix == ".parquet":
        return pd.read_parquet(BytesIO(content))
    words = {column.name: "str" for column in source.columns if column.kind not in _NUMERIC}
    return pd.read_csv(BytesIO(content), dtype=words, keep_default_na=False, na_values=[""])
