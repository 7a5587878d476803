"""A published finding as Parquet: the rows with their types, and what they are in the schema.

Source:
    Apache Parquet, File Format; key and value pairs of a file and of its Arrow schema.
"""

from io import BytesIO
from typing import Final

import orjson
import pyarrow as pa
from pyarrow import parquet

from analytics.publication.dictionary import described
from analytics.publication.export import csv_columns, rows, to_json
from analytics.publication.published import Published
from data.schema import ColumnKind

MIMETYPE: Final = "application/vnd.apache.parquet"
#: Under which the description of the file is in its metadata: what JSON says, but rows and columns.
DESCRIPTION: Final = "finding"
_APART: Final = {"rows", "columns"}

_TYPES: Final = {
    ColumnKind.TEXT: pa.string(),
    ColumnKind.COUNT: pa.float64(),  # a count may be a mean of counts
    ColumnKind.NUMBER: pa.float64(),
    ColumnKind.YEAR: pa.int64(),
    ColumnKind.FLAG: pa.bool_(),
}


def to_parquet(published: Published) -> bytes:
    """Write the rows as Parquet: unrounded numbers, and null where there is no value.

    A column knows its label, unit and meaning; the file knows everything that JSON says beside the
    rows. Where there are no rows, one row without a figure says why, as in CSV.

    Args:
        published: What the file holds.
    """
    _, table = rows(published)
    columns = csv_columns(published)
    if not table and published.withheld:
        table = [[*([None] * (len(columns) - 1)), published.withheld]]
    cells = [list(each) for each in zip(*table, strict=True)] or [[] for _ in columns]
    words = described(published.key, columns, unit=published.unit)
    fields = [
        pa.field(
            column.written,
            _TYPES[column.kind],
            metadata={"label": column.label, "unit": told.unit, "about": told.about},
        )
        for column, told in zip(columns, words, strict=True)
    ]
    schema = pa.schema(fields, metadata={DESCRIPTION: _description(published)})
    arrays = [
        pa.array(each, type=_TYPES[column.kind])
        for each, column in zip(cells, columns, strict=True)
    ]
    out = BytesIO()
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), out)
    return out.getvalue()


def _description(published: Published) -> bytes:
    told = orjson.loads(to_json(published))
    return orjson.dumps({name: value for name, value in told.items() if name not in _APART})
