"""A CSV file of a pack: its bytes, compressed, and what its columns are."""

from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from analytics.publication.archive import Member, member
from analytics.publication.dictionary import Described, described
from analytics.publication.export import csv_columns, to_csv
from analytics.publication.published import Published
from components.pack.table_csv import table_csv, table_name
from data.schema import Column
from data.sources.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """A CSV file, and what it holds.

    Attributes:
        member: The file, compressed.
        sha256: Checksum of its bytes before that.
        title: What it is, in words.
        columns: What it holds, in order.
        words: What each of them means, and its unit.
        sources: Tables it was made from, or the one that it is.
        row_key: Columns that together name a row; none where rows have no name.
    """

    member: Member
    sha256: str
    title: str
    columns: tuple[Column, ...]
    words: tuple[Described, ...]
    sources: tuple[Source, ...]
    row_key: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Where it is in the pack."""
        return self.member.path


def file_of(published: Published, path: str) -> CsvFile:
    """Return the rows of a finding as a file.

    Args:
        published: The finding.
        path: Where the file is in the pack.
    """
    content = to_csv(published)
    columns = csv_columns(published)
    return CsvFile(
        member=member(path, content),
        sha256=sha256(content).hexdigest(),
        title=published.title,
        columns=columns,
        words=tuple(described(published.key, columns, unit=published.unit)),
        sources=published.sources,
    )


def file_of_table(source: Source, folder: str) -> CsvFile:
    """Return a table of the project as a file: compressed once a process, for all packs.

    Args:
        source: The table; the project's, whatever stands in for it.
        folder: Where the file is in the pack.
    """
    made = _packed(source)
    return replace(made, member=replace(made.member, path=f"{folder}/{made.path}"))


@lru_cache(maxsize=32)
def _packed(source: Source) -> CsvFile:
    content = table_csv(source)
    return CsvFile(
        member=member(f"{table_name(source)}.csv", content),
        sha256=sha256(content).hexdigest(),
        title=source.title,
        columns=source.columns,
        words=tuple(Described(about=one.about, unit=one.unit) for one in source.dictionary),
        sources=(source,),
        row_key=source.row_key,
    )
