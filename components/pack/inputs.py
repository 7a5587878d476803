"""The tables a finding was made from, as CSV: those of the project, whole; nobody's own data."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import StringIO
from typing import Final

from analytics.publication.export import harmless
from components.pack.archive import Member, member
from data.load import built
from data.schema import ColumnKind
from data.sources.source import Kind, Source

FOLDER: Final = "inputs"


def input_members(sources: Iterable[Source]) -> Iterator[Member]:
    """Yield the tables of a pack as members of its archive, without the reader's own data.

    Args:
        sources: Of the finding.
    """
    for source in sources:
        if source.kind is not Kind.OWN:
            yield _packed(source)


def input_path(source: Source) -> str:
    """Return where a table is in a pack.

    Args:
        source: The table.
    """
    return f"{FOLDER}/{table_name(source)}.csv"


def table_name(source: Source) -> str:
    """Return the name a table is saved under: one of simulated rows says so.

    Args:
        source: The table.
    """
    return f"{source.key}_simulated" if source.kind is Kind.SIMULATED else source.key


def table_csv(source: Source) -> bytes:
    """Write a table of the project as CSV, in UTF-8 with a byte order mark.

    Args:
        source: The table; the project's, whatever stands in for it.
    """
    frame = built(source).frame.copy()
    for column in source.columns:
        if column.kind is ColumnKind.TEXT:
            cells = frame[column.name]
            safe = {words: harmless(words) for words in cells.dropna().unique()}
            frame[column.name] = cells.map(safe)
    out = StringIO()
    frame.to_csv(out, index=False, lineterminator="\r\n")
    return out.getvalue().encode("utf-8-sig")


@lru_cache(maxsize=32)
def _packed(source: Source) -> Member:
    """Return a table compressed: once a process, for all packs that hold it."""
    return member(input_path(source), table_csv(source))
