"""What a release is: the tables and the code that figures come from, with its date and its name.

The date is recorded in ``releases.toml`` beside the checksums, and never read from a clock.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from data.load import TableStore, load, started
from data.programmes.read import programme
from data.sources.registry import SOURCES
from data.sources.source import Kind

#: Of the code; ``pyproject.toml`` and ``CITATION.cff`` say the same.
VERSION: Final = "0.1.0"

FOLDER: Final = Path(__file__).parent
RECORDS: Final = "releases.toml"

_LETTERS: Final = 8  # of a digest, in the name of a release
_STORES: Final = 4  # whose release is remembered
_UNDATED: Final = "unreleased"
_OWN: Final = "your-data"
#: What the name of a release looks like, for regular expressions of any language.
NAMED: Final = f"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{_UNDATED}|{_OWN})-[0-9a-f]{{{_LETTERS}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """How many cells of a table a release changed.

    Attributes:
        added: Cells with a value where there was none.
        revised: Cells with another value.
        removed: Cells without a value where there was one.
    """

    added: int
    revised: int
    removed: int

    @property
    def words(self) -> str:
        """The counts in words, without those of nothing."""
        counts = {"added": self.added, "revised": self.revised, "removed": self.removed}
        said = [f"{_counted(count)} {what}" for what, count in counts.items() if count]
        return ", ".join(said) or "no cell changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The tables and the code that figures come from.

    Attributes:
        day: When the tables were released; None where they were not.
        version: Of the code.
        checksums: SHA-256 of each table, by its key; of the reader's own, one with a secret key.
        owned: Whether a table of the reader's own is among them.
        changes: What it changed in the tables of the release before, by key of the table; empty
            where it changed nothing, and for the first.
    """

    day: date | None
    version: str
    checksums: Mapping[str, str]
    owned: bool = False
    changes: Mapping[str, Changed] = field(default_factory=dict[str, Changed])

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def tables(self) -> str:
        """Digest of all tables: SHA-256 of their keys and checksums."""
        lines = sorted(f"{digest}  {key}" for key, digest in self.checksums.items())
        return sha256("\n".join(lines).encode()).hexdigest()

    @property
    def digest(self) -> str:
        """Digest of the version of the code and of all tables."""
        return sha256(f"{self.version}\n{self.tables}".encode()).hexdigest()

    @property
    def id(self) -> str:
        """Its name in addresses: the day and the beginning of the digest."""
        when = _OWN if self.owned else self.day.isoformat() if self.day else _UNDATED
        return f"{when}-{self.digest[:_LETTERS]}"

    @property
    def is_citable(self) -> bool:
        """Whether others can be sent to it: never so with data of the reader's own."""
        return self.day is not None

    @property
    def when(self) -> str:
        """The day in words; empty where it was not released."""
        return day_words(self.day) if self.day else ""

    @property
    def words(self) -> str:
        """What it is called inside a sentence."""
        if self.owned:
            return "your data"
        return f"the release of {self.when}" if self.day else "tables that were not released"

    @property
    def label(self) -> str:
        """What it is called in files, images and at the foot of pages."""
        if self.owned:
            return f"Your data ({self.id}), version {self.version}; not citable"
        if not self.day:
            return f"Tables not released ({self.id}), version {self.version}; not citable"
        return f"Release of {self.when} ({self.id}), version {self.version}"

    @property
    def modified(self) -> datetime | None:
        """The beginning of the day it was released, in UTC; None where it was not."""
        return datetime.combine(self.day, time(tzinfo=UTC)) if self.day else None


def is_name(words: str) -> bool:
    """Whether words have the form of the name of a release.

    Args:
        words: As in an address.
    """
    return re.fullmatch(NAMED, words) is not None


def day_in(name: str) -> str:
    """Return the day that the name of a release begins with, in words; "" where there is none.

    Args:
        name: For which ``is_name`` is true.
    """
    try:
        return day_words(date.fromisoformat(name[: -_LETTERS - 1]))
    except ValueError:  # another beginning, or a day that no calendar has
        return ""


def day_words(day: date) -> str:
    """Write a day: 26 November 2026."""
    return f"{day.day} {day:%B %Y}"


@lru_cache(maxsize=_STORES)
def _release_of(store: TableStore) -> Release:
    tables = {key: load(source, store) for key, source in SOURCES.items()}
    checksums = {key: table.digest for key, table in tables.items()}
    owned = any(table.source.kind is Kind.OWN for table in tables.values())
    made = Release(day=None, version=VERSION, checksums=checksums, owned=owned)
    if owned:
        return made
    known = (one for one in releases() if one.digest == made.digest)
    return next(known, made)


def release_of(store: TableStore | None = None) -> Release:
    """Return the release that the tables of a store and this code are.

    Args:
        store: Of the tables; what the process started with unless given.

    Raises:
        MissingTableError: A table is missing.
        ChecksumError: A table is not the one that was built.
        SchemaError: A table does not hold what it promises.
    """
    return _release_of(store or started())


def releases() -> tuple[Release, ...]:
    """Return every recorded release of the programme's tables, the newest first."""
    return read(FOLDER)


def recorded(name: str) -> Release | None:
    """Return the recorded release of a name; None where it is not known here.

    Args:
        name: As in an address.
    """
    return next((one for one in releases() if one.id == name), None)


def cited_words(name: str) -> str:
    """Say inside a sentence what an address cites that names a release.

    Args:
        name: For which ``is_name`` is true.
    """
    known = recorded(name)
    if known:
        return known.words
    if name.startswith(_OWN):
        return "somebody’s own data, which are not here"
    day = day_in(name)
    return f"a release of {day} that is not known here" if day else "tables that were not released"


@cache
def read(folder: Path) -> tuple[Release, ...]:
    """Return the releases that a folder records of the programme's tables, the newest first.

    Args:
        folder: Holds ``releases.toml``.
    """
    file = folder / RECORDS
    if not file.is_file():
        return ()
    told = tomllib.loads(file.read_text(encoding="utf-8"))["release"]
    mine = [_read(one) for one in told if one["programme"] == programme().name]
    return tuple(sorted(mine, key=lambda one: str(one.day), reverse=True))


def write(release: Release, folder: Path) -> None:
    """Record a release after those that a folder records.

    Args:
        release: With its day.
        folder: Holds ``releases.toml``, or is empty.
    """
    lines = [
        "[[release]]",
        f'programme = "{programme().name}"',
        f"date = {release.day}",
        f'version = "{release.version}"',
        "[release.checksums]",
        *(f'{key} = "{digest}"' for key, digest in release.checksums.items()),
    ]
    for key, one in release.changes.items():
        lines += [
            f"[release.changes.{key}]",
            f"added = {one.added}",
            f"revised = {one.revised}",
            f"removed = {one.removed}",
        ]
    with (folder / RECORDS).open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n\n")
    read.cache_clear()
    _release_of.cache_clear()


def _read(told: Mapping[str, object]) -> Release:
    match told:
        case {"date": date() as day, "version": str(version), "checksums": dict(checksums)}:
            changes = _mapping(told.get("changes", {}))
            return Release(
                day=day,
                version=version,
                checksums={key: str(digest) for key, digest in _mapping(checksums).items()},
                changes={key: _changed(_mapping(counts)) for key, counts in changes.items()},
            )
        case _:
            msg = f"{RECORDS}: found {list(told)}, expected a date, a version and checksums"
            raise TypeError(msg)


def _changed(counts: Mapping[str, object]) -> Changed:
    added, revised, removed = (int(str(counts[name])) for name in ("added", "revised", "removed"))
    return Changed(added=added, revised=revised, removed=removed)


def _mapping(told: object) -> dict[str, object]:
    return {str(name): value for name, value in told.items()} if isinstance(told, dict) else {}


def _counted(count: int) -> str:
    return f"{count:,} {'cell' if count == 1 else 'cells'}"
