"""The tables of earlier releases: the first in full, each later one as the cells it changed."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

import pandas as pd

from data.load import Table, TableStore, load
from data.releases.changes import Changes, applied, compared, counted
from data.releases.release import FOLDER, RECORDS, VERSION, Release, read, write
from data.schema import SchemaError, checked
from data.sources.registry import SOURCES
from data.sources.source import Source

FIRST: Final = "first"  # the folder of the tables of the first release
_KEPT: Final = 1  # earlier releases whose tables are held in memory


class ReleaseError(ValueError):
    """A release that cannot be made, or whose tables cannot be made again."""


@lru_cache(maxsize=_KEPT)
def store_of(release: Release, folder: Path = FOLDER) -> TableStore:
    """Return the tables of a recorded release.

    Args:
        release: From ``releases``.
        folder: Of the archive.

    Raises:
        ReleaseError: A table is not archived, or is no table that this code can read.
    """
    tables = {key: _table(source, release, folder) for key, source in SOURCES.items()}
    return TableStore(tables=tables)


def make(day: str, store: TableStore | None = None, folder: Path = FOLDER) -> Release:
    """Compare the present tables with the last release, and archive and record the next one.

    Args:
        day: Its date, such as 2026-11-26.
        store: Of the present tables; what the process started with unless given.
        folder: Of the archive.

    Raises:
        ReleaseError: Nothing changed, the day is before the last release, rows that both releases
            have changed places, or the archive is another programme's.
        ValueError: The day is no date.
    """
    tables = {key: load(source, store) for key, source in SOURCES.items()}
    made = Release(
        day=date.fromisoformat(day),
        version=VERSION,
        checksums={key: table.digest for key, table in tables.items()},
    )
    before = read(folder)
    if not before and (folder / RECORDS).is_file():
        msg = f"found only releases of another programme in {RECORDS}, expected those of this one"
        raise ReleaseError(msg)
    if not before:
        _write_first(tables, folder)
    else:
        _refuse_unlike(made, before[0])
        made = _with_changes(made, before[0], tables, folder)
    write(made, folder)
    return made


def _refuse_unlike(made: Release, last: Release) -> None:
    if made.digest == last.digest:
        msg = f"found the tables and the version of {last.id}, expected a change to release"
        raise ReleaseError(msg)
    if str(made.day) < str(last.day):
        msg = f"found the date {made.day}, expected one from {last.day} on"
        raise ReleaseError(msg)


def _with_changes(made: Release, last: Release, tables: dict[str, Table], folder: Path) -> Release:
    """Write what differs from the last release, and return the release with its counts."""
    some = [
        _changes(SOURCES[key], _frame(SOURCES[key], last, folder), table)
        for key, table in tables.items()
        if table.digest != last.checksums.get(key)
    ]
    if not some:
        return made
    changes = pd.concat(some, ignore_index=True)
    changes.to_parquet(_file(made, folder), index=False, compression="zstd")
    touched = [key for key in tables if tables[key].digest != last.checksums.get(key)]
    counts = {key: counted(SOURCES[key], changes) for key in touched}
    return Release(day=made.day, version=made.version, checksums=made.checksums, changes=counts)


def _changes(source: Source, before: pd.DataFrame, table: Table) -> Changes:
    found = compared(source, before, table.frame)
    again = applied(source, before, found)[list(table.frame.columns)]
    if not again.astype(object).equals(table.frame.astype(object).reset_index(drop=True)):
        msg = (
            f"{source.file}: found rows in another order, or a column of another type, than in the "
            "last release; expected the same"
        )
        raise ReleaseError(msg)
    return found


def _table(source: Source, release: Release, folder: Path) -> Table:
    digest = release.checksums.get(source.key)
    present = load(source, TableStore())
    if digest == present.digest:
        return present
    if digest is None:
        msg = f"{source.key}: {release.id} has no such table"
        raise ReleaseError(msg)
    frame = _as_promised(source, _frame(source, release, folder))
    try:
        held = checked(frame, source.columns, of=source.file, key=source.row_key)
    except SchemaError as fault:
        msg = f"{release.id}: {fault}"
        raise ReleaseError(msg) from fault
    return Table(source=replace(source, released_sha256=digest), digest=digest, frame=held)


def _as_promised(source: Source, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of another release with the columns of today, such as later years of children.

    A column that may be empty is so where the release did not have it; numbers that were added cell
    by cell are numbers.
    """
    frame = frame.copy()
    for column in source.columns:
        if column.name not in frame and column.optional:
            frame[column.name] = float("nan") if column.is_number else None
        elif column.name in frame and column.is_number:
            frame[column.name] = pd.to_numeric(frame[column.name])
    return frame


def _frame(source: Source, release: Release, folder: Path) -> pd.DataFrame:
    """Return a table as it was in a release: the first one with every later change up to it.

    Raises:
        ReleaseError: The release is not recorded.
    """
    first = folder / FIRST / f"{source.key}.parquet"
    is_there = first.is_file()  # not so where a later release brought the table
    frame = pd.read_parquet(first) if is_there else load(source, TableStore()).frame.iloc[:0]
    for one in reversed(read(folder)):
        if source.key in one.changes:
            frame = applied(source, frame, pd.read_parquet(_file(one, folder)))
        if one.id == release.id:
            return frame
    msg = f"found no release {release.id} in {RECORDS}"
    raise ReleaseError(msg)


def _write_first(tables: dict[str, Table], folder: Path) -> None:
    (folder / FIRST).mkdir(parents=True, exist_ok=True)
    for key, table in tables.items():
        table.frame.to_parquet(
            folder / FIRST / f"{key}.parquet", index=False, compression="zstd", compression_level=19
        )


def _file(release: Release, folder: Path) -> Path:
    return folder / f"{release.id}.parquet"
