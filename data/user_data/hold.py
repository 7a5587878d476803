"""A folder of the reader's files, held whole or not at all.

Only the start imports this, and only where a folder is given: the checks weigh some 17 MB.
"""

import difflib
import hmac
import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd

from data.load import Table, built
from data.microdata.fields import ONE_PLACE
from data.microdata.record import RecordTable
from data.microdata.tables import RECORD_TABLES
from data.programmes.read import programme
from data.sources.simulated import SIMULATED
from data.sources.source import Kind, Source
from data.user_data.across import across
from data.user_data.check import Checked, check
from data.user_data.encoding import LARGEST, SAVE_AS
from data.user_data.problem import Problem, UserDataError, one, shown
from data.user_data.read import read

SUFFIX: Final = ".csv"
#: Forms of a table that are not read, by the end of the name.
_WORKBOOKS: Final = frozenset({".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers"})
_OTHER_TABLES: Final = frozenset(
    {".tsv", ".tab", ".txt", ".dat", ".sav", ".zsav", ".dta", ".rds", ".parquet", ".json", ".zip",
     ".gz", ".7z", ".html", ".htm", ".pdf", ".feather"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The reader's tables.

    Attributes:
        tables: By the key of the simulated table each stands in for.
        notes: What was not used or was taken for granted, and why; one line each.
    """

    tables: Mapping[str, Table]
    notes: tuple[str, ...] = ()


def given(folder: Path) -> Held:
    """Return the reader's own tables, to be used in place of simulated ones.

    Args:
        folder: With CSV files named after tables.

    Raises:
        UserDataError: It cannot be used; everything that is wrong with it is listed.
    """
    tables = {key: RECORD_TABLES[key] for key in programme().evaluation.records}
    simulated = {key: built(SIMULATED[key]) for key in tables}
    return hold(folder, tables, simulated)


def hold(folder: Path, records: Mapping[str, RecordTable], simulated: Mapping[str, Table]) -> Held:
    """Return every table of a folder, checked.

    Args:
        folder: Where the files are, each named after a table.
        records: What each table is to hold, by key.
        simulated: The tables that are replaced, by the same keys.

    Raises:
        UserDataError: The folder or any file in it cannot be used; all problems are listed.
    """
    found = _files(folder, records)
    files = [file for file in found if _is_csv(file)]
    keys = [file.stem.casefold() for file in files]
    others = [file for file in found if file not in files]
    problems, notes = _not_read(others, records, keys)
    if not files and not problems:
        raise UserDataError([one(repr(str(folder)), "no file of a known name", _names(records))])
    problems += [
        one(shown(file.name), "a second file of this name", "one")
        for at, file in enumerate(files)
        if keys[at] in keys[:at]
    ]
    checked: dict[str, Checked] = {}
    digests: dict[str, str] = {}
    for file, key in zip(files, keys, strict=True):
        try:
            content = _content(file) if key in records else b""
            checked[key] = _checked(content, file, key, records)
            digests[key] = _digest(content)
        except UserDataError as fault:
            problems += fault.problems
    names = {key: file.name for key, file in zip(keys, files, strict=True)}
    problems += across({names[key]: held for key, held in checked.items()})
    if problems:
        raise UserDataError(problems)
    notes += [note for held in checked.values() for note in held.notes]
    tables: dict[str, Table] = {}
    for key, held in checked.items():
        source = _source(names[key], held.frame, simulated[key].source, records[key])
        if _alike(held.frame, simulated[key].frame[held.frame.columns]):
            notes.append(f"{key} is the simulated table itself and stays marked as simulated")
            continue
        frame = held.frame[[column.name for column in source.columns]]
        tables[key] = Table(source=source, digest=digests[key], frame=frame)
    return Held(tables=tables, notes=tuple(notes))


def _is_csv(file: Path) -> bool:
    return file.suffix.casefold() == SUFFIX


@cache
def _secret() -> bytes:
    """What keeps the digest of a table from being worked out from the table.

    ``SECRET_KEY``, so that machines that share it name the same table alike; or else chance, new
    at each start.
    """
    given = (os.environ.get("SECRET_KEY") or secrets.token_hex()).encode()
    return hmac.digest(given, b"tables of a reader's own", "sha256")


def _digest(content: bytes) -> str:
    """Name a file by what it holds, for a cache: nobody without the secret can work it out."""
    return hmac.new(_secret(), content, "sha256").hexdigest()


def _alike(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two frames hold the same, whichever way whole numbers are held."""
    return _plain(one).equals(_plain(other))


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    numbers = frame.select_dtypes("number").columns
    return frame.astype({**dict.fromkeys(frame.columns, "str"), **dict.fromkeys(numbers, float)})


def _files(folder: Path, records: Iterable[str]) -> list[Path]:
    name = repr(str(folder))
    expected = f"a folder with files such as {next(iter(records))}{SUFFIX}"
    try:
        if folder.is_dir():
            return sorted(
                file for file in folder.iterdir() if not file.name.startswith((".", "~$"))
            )
        found = "a file" if folder.exists() else "nothing there"
    except OSError as fault:
        found = f"a folder that cannot be opened ({fault.strerror})"
    raise UserDataError([one(name, found, expected)])


def _names(records: Iterable[str]) -> str:
    return f"one or more of {', '.join(f'{key}{SUFFIX}' for key in records)}"


def _not_read(
    files: list[Path], records: Mapping[str, RecordTable], keys: list[str]
) -> tuple[list[Problem], list[str]]:
    """Refuse what is named like a table and is none that can be read; note everything else."""
    problems: list[Problem] = []
    notes: list[str] = []
    for file in files:
        key = _meant(file.name.partition(".")[0], records)
        suffix = file.suffix.casefold()
        book = suffix in _WORKBOOKS
        named = key and (book or suffix in _OTHER_TABLES or not suffix)
        if (named and key not in keys) or (book and not keys):
            found = "a workbook" if book else "a folder" if file.is_dir() else "no CSV file"
            expected = f"{key}{SUFFIX}" if key else _names(records)
            how = f" ({SAVE_AS})" if book else ""
            problems.append(one(shown(file.name), found, f"{expected}{how}"))
        else:
            notes.append(f"{shown(file.name)} is no table and was not read")
    return problems, notes


def _meant(stem: str, records: Iterable[str]) -> str:
    """Return the table that a name is meant for, or nothing."""
    plain = "_".join(stem.casefold().replace("-", " ").replace("_", " ").split())
    return next(iter(difflib.get_close_matches(plain, list(records), 1, 0.85)), "")


def _checked(content: bytes, file: Path, key: str, records: Mapping[str, RecordTable]) -> Checked:
    if key not in records:
        meant = _meant(file.stem, records)
        expected = f"{meant}{SUFFIX}" if meant else _names(records)
        raise UserDataError([one(shown(file.name), "a file of an unknown name", expected)])
    table = records[key]
    known = [field.name for field in table.fields]
    return check(read(content, file=file.name, known=known), table)


def _content(file: Path) -> bytes:
    """Return the bytes of a file; what is no ordinary file is never waited for.

    Raises:
        UserDataError: It cannot be read, or is too large.
    """
    most = f"a file of {LARGEST:,} bytes at most"
    try:
        opened = os.open(file, os.O_RDONLY | os.O_NONBLOCK)
        with os.fdopen(opened, "rb") as bytes_of:
            is_of = os.fstat(opened)
            if stat.S_ISREG(is_of.st_mode) and is_of.st_size <= LARGEST:
                return bytes_of.read(LARGEST + 1)
            found = (
                f"{is_of.st_size:,} bytes" if stat.S_ISREG(is_of.st_mode) else "no ordinary file"
            )
    except IsADirectoryError:
        found, most = "a folder", "a file"
    except OSError as fault:
        found = f"a file that cannot be opened ({fault.strerror})"
    raise UserDataError([one(file.name, found, most)])


def _source(file: str, frame: pd.DataFrame, simulated: Source, table: RecordTable) -> Source:
    """Describe a table of the reader's own: nothing that tells how much it holds, or what."""
    return replace(
        simulated,
        title=table.title,
        publisher="Your data",
        publication=file,
        edition="as read at the start",
        period="as in the file",
        kind=Kind.OWN,
        file=file,
        columns=tuple(column for column in simulated.columns if column.name in frame),
        licence="yours",
        notes=(
            "Read from your folder when the explorer was started; it is not given out.",
            ONE_PLACE,
        ),
    )
