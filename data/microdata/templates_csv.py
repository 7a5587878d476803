"""Record tables as files to fill in: an empty template, and an example of how rows look."""

from typing import Final

import pandas as pd

from data.microdata.record import RecordTable

#: Spreadsheet programs read the encoding from the mark at the start.
ENCODING: Final = "utf-8-sig"


def template_csv(table: RecordTable) -> bytes:
    """Return a CSV file with the headings of a table and no rows."""
    return example_csv(table, pd.DataFrame(columns=[field.name for field in table.fields]), rows=0)


def example_csv(table: RecordTable, frame: pd.DataFrame, *, rows: int = 10) -> bytes:
    """Return a CSV file with the first rows of a table.

    Args:
        table: Says which columns, in which order.
        frame: Holds at least these columns.
        rows: How many rows at most.

    Raises:
        LookupError: The frame lacks a column of the table.
    """
    names = [field.name for field in table.fields]
    missing = [name for name in names if name not in frame]
    if missing:
        msg = f"{table.key}: found no column {', '.join(missing)}, expected {', '.join(names)}"
        raise LookupError(msg)
    text = frame[names].head(rows).to_csv(index=False, lineterminator="\r\n")
    return text.encode(ENCODING)
