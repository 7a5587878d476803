"""The tables of the project as CSV, whole: what findings are made from."""

from typing import Final

import numpy as np
import pandas as pd

from analytics.publication.export import BOM, harmless
from data.load import built
from data.sources.source import Kind, Source

_LINE: Final = "\r\n"
_QUOTED: Final = frozenset('",\r\n')


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
