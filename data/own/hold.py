"""A folder of the reader's files, held whole or not at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from data.load import Table
from data.own.check import check
from data.own.problem import OwnDataError, Problems, one, shown
from data.own.read import LARGEST, Sheet, read
from data.records.record import RecordTable
from data.source import Kind, Source

SUFFIX: Final = ".csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The reader's tables.

    Attributes:
        tables: By the key of the simulated table each stands in for.
        notes: What was not used, and why; one line each.
    """

    tables: Mapping[str, Table]
    notes: tuple[str, ...] = ()


def hold(folder: Path, records: Mapping[str, RecordTable], simulated: Mapping[str, Table]) -> Held:
    """Return every table of a folder, checked.

    Args:
        folder: Where the files are, each named after a table.
        records: What each table is to hold, by key.
        simulated: The tables that are replaced, by the same keys.

    Raises:
        OwnDataError: The folder or any file in it cannot be used; all problems are listed.
    """
    found = _files(folder, records)
    files = [file for file in found if file.suffix.casefold() == SUFFIX]
    notes = [
        f"{shown(file.name)} is no table and was not read" for file in found if file not in files
    ]
    if not files:
        raise OwnDataError([one(repr(str(folder)), "no file of a known name", _names(records))])
    held: dict[str, Table] = {}
    faults: list[Problems] = []
    for file in files:
        key = file.stem.casefold()
        try:
            table = _table(file, key, records, simulated)
        except OwnDataError as fault:
            faults += fault.files
            continue
        if key in held:
            faults.append(one(shown(file.name), "a second file of this name", "one"))
        held[key] = table
    if faults:
        raise OwnDataError(faults)
    same = [
        key
        for key, table in held.items()
        if _alike(table.frame, simulated[key].frame[table.frame.columns])
    ]
    notes += [f"{key} is the simulated table itself and stays marked as simulated" for key in same]
    return Held(tables={key: held[key] for key in held if key not in same}, notes=tuple(notes))


def _alike(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two frames hold the same, whichever way whole numbers are held."""
    return _plain(one).equals(_plain(other))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = frame.select_dtypes("number").columns
    return frame.astype({**dict.fromkeys(frame.columns, "str"), **dict.fromkeys(numbers, float)})


def _files(folder: Path, records: Iterable[str]) -> list[Path]:
    name = repr(str(folder))
    wanted = f"a folder with files such as {next(iter(records))}{SUFFIX}"
    try:
        if folder.is_dir():
            return sorted(file for file in folder.iterdir() if not file.name.startswith("."))
        found = "a file" if folder.exists() else "nothing there"
    except OSError as fault:
        found = f"a folder that cannot be opened ({fault.strerror})"
    raise OwnDataError([one(name, found, wanted)])


def _names(records: Iterable[str]) -> str:
    return f"one or more of {', '.join(f'{key}{SUFFIX}' for key in records)}"


def _table(
    file: Path, key: str, records: Mapping[str, RecordTable], simulated: Mapping[str, Table]
) -> Table:
    if key not in records:
        raise OwnDataError([one(shown(file.name), "a file of an unknown name", _names(records))])
    sheet = read(_content(file), file=file.name)
    frame = check(sheet, records[key])
    source = _source(sheet, frame, simulated[key].source)
    names = [column.name for column in source.columns]
    return Table(source=source, digest=sheet.digest, frame=frame[names])


def _content(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if file.is_file() and size <= LARGEST:
            return file.read_bytes()
        found = f"{size:,} bytes" if file.is_file() else "no file"
    except OSError as fault:
        found = f"a file that cannot be opened ({fault.strerror})"
    raise OwnDataError([one(file.name, found, f"a file of {LARGEST:,} bytes at most")])


def _source(sheet: Sheet, frame: pd.DataFrame, simulated: Source) -> Source:
    return replace(
        simulated,
        publisher="Your data",
        publication=sheet.file,
        edition=f"{len(frame):,} rows, SHA-256 {sheet.digest[:12]}",
        period="as in the file",
        kind=Kind.OWN,
        file=sheet.file,
        columns=tuple(column for column in simulated.columns if column.name in frame),
        licence="yours",
        notes=("Read from your folder when the explorer was started; it is not given out.",),
        digest=sheet.digest,
    )
