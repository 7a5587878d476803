"""The tables a finding was made from, as CSV: those of the project, whole; nobody's own data."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from analytics.publication.archive import Member, member
from analytics.publication.export import BOM, harmless
from data.load import built
from data.sources.registry import SOURCES
from data.sources.source import Kind, Source

FOLDER: Final = "inputs"
_LINE: Final = "\r\n"
_QUOTED: Final = frozenset('",\r\n')


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
    frame = built(source).frame
    columns = [_written(frame[column.name]) for column in source.columns]
    lines = map(",".join, zip(*columns, strict=True))
    heading = ",".join(column.name for column in source.columns)
    return _LINE.join((BOM + heading, *lines, "")).encode()


def pack_tables() -> None:
    """Compress every table of the project, so that no reader waits for it later."""
    for _ in input_members(SOURCES.values()):
        pass


def _written(cells: pd.Series) -> list[str]:
    """Return the cells of a column as they are in CSV, each different one written once."""
    at, found = pd.factorize(cells)
    words = np.array([*(_cell(value) for value in found.tolist()), ""], dtype=object)
    return words[at].tolist()  # a missing one is at -1, the last


def _cell(value: object) -> str:
    if not isinstance(value, str):
        return str(value)
    safe = harmless(value)
    return f'"{safe.replace(chr(34), chr(34) * 2)}"' if _QUOTED & set(safe) else safe


@lru_cache(maxsize=32)
def _packed(source: Source) -> Member:
    """Return a table compressed: once a process, for all packs that hold it."""
    return member(input_path(source), table_csv(source))
