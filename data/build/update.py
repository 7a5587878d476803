"""New figures from the publishers' own files: built, checked, compared, and then put in place.

Nothing is replaced unless everything passes; where the release cannot be made afterwards, the
tables are put back as they were.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pandas as pd

from data.build.checks import expect_good
from data.build.differences import Differences, differences
from data.build.official import write_csv, write_large
from data.build.publishers.authorities import PEOPLE
from data.build.publishers.built import Built, build
from data.build.publishers.refusal import RefusedError
from data.build.signing import sign
from data.load import Table, TableStore
from data.releases.release import FOLDER
from data.sources.registry import AUTHORITIES, INDICATORS, SECTION251
from data.sources.source import CHECKSUMS, ROOM, Source

_MADE = (INDICATORS, SECTION251, AUTHORITIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """New tables that passed every check, and how they differ from the present ones.

    Attributes:
        built: The tables before and after.
        differences: How they differ.
        folder: Where the new tables lie, by their paths below ``data/``.
    """

    built: Built
    differences: Differences
    folder: Path

    @property
    def changed(self) -> tuple[Source, ...]:
        """The tables that differ, if only in the names of editions."""
        keys = {*self.differences.tables, *self.differences.editions["table"]}
        return tuple(source for source in _MADE if source.key in keys)

    @property
    def store(self) -> TableStore:
        """The new tables, for whatever reads a store."""
        return TableStore(tables={source.key: self._table(source) for source in self.changed})

    def _table(self, source: Source) -> Table:
        content = (self.folder / source.file).read_bytes()
        frame = self.built.after[source.key]
        return Table(source=source, digest=sha256(content).hexdigest(), frame=frame)


@contextmanager
def prepared(files: Path, store: TableStore, issued: str = "") -> Generator[Update]:
    """Build, check and compare new tables; they are in a temporary folder until it is left.

    Args:
        files: A folder of the publishers' own files.
        store: Of the present tables.
        issued: The day the interactive tool was issued, where its name does not tell.

    Yields:
        The new tables.

    Raises:
        RefusedError: A file is not as its layout says, or the tables cannot be true.
        SchemaError: A table is not as it promises.
    """
    built = build(files, store, issued)
    found = differences(built.before, built.after)
    expect_good(built, found)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for source in _MADE:
            _write(built.after[source.key], folder / source.file)
        yield Update(built=built, differences=found, folder=folder)


def put_in_place(update: Update, day: str, room: Path = ROOM) -> str:
    """Replace the tables and their checksums, and make the release.

    The release is made by another process, which reads the new tables as a start would.

    Args:
        update: What passed.
        day: The date of the release, such as 2026-11-26.
        room: The folder ``data/`` of the project.

    Returns:
        What the release said.

    Raises:
        RefusedError: The release was not made; the tables are as they were.
    """
    sums, records = room / CHECKSUMS.name, room / FOLDER.relative_to(ROOM)
    with tempfile.TemporaryDirectory() as name:
        spare = Path(name)
        shutil.copytree(room / "official", spare / "official")
        shutil.copytree(records, spare / "releases")
        shutil.copy(sums, spare / sums.name)
        try:
            for source in update.changed:
                shutil.copy(update.folder / source.file, room / source.file)
            sign(sums)
            return _released(day, room.parent)
        except BaseException:
            shutil.copytree(spare / "official", room / "official", dirs_exist_ok=True)
            shutil.rmtree(records)
            shutil.copytree(spare / "releases", records)
            shutil.copy(spare / sums.name, sums)
            raise


def _released(day: str, project: Path) -> str:
    command = [sys.executable, "-m", "data.build", "release", day]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)  # noqa: S603 (our own)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no word"])[-1]
        expected = "a release; the tables are as they were"
        raise RefusedError(FOLDER.name, found=said, expected=expected)
    return done.stdout


def _write(frame: pd.DataFrame, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    if path.suffix == ".parquet":
        write_large(frame, path)
        return
    people = [name for name in frame if str(name).startswith(PEOPLE)]
    write_csv(frame.astype(dict.fromkeys(people, "Int64")), path)


def report(update: Update) -> Iterator[str]:
    """Say what was read, what no file gives, and which cells differ.

    Args:
        update: Tables that passed every check.
    """
    built = update.built
    yield f"Read: {sum(built.read.files.values()):,} figures of {len(built.read.files)} files."
    kept = built.kept
    yield f"No file gives {int(kept['cells'].sum()):,} rows, which stay as they are:"
    for edition, some in kept.groupby("edition"):
        years = f"{some['year_end'].min()} to {some['year_end'].max()}"
        keys = some["indicator"].nunique()
        yield f"  {edition}: {int(some['cells'].sum()):,} rows of {keys} keys, {years}"
    yield from update.differences.words()
