import io

import orjson
import pandas as pd
import pytest
from pyarrow import parquet

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.dictionary import described
from analytics.publication.export import csv_columns, rows
from analytics.publication.parquet import DESCRIPTION, to_parquet
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME


@pytest.mark.parametrize("key", ["kpis-gaps", "families-answers", "claims", "costs-estimate"])
def test_it_holds_the_rows_with_their_types_and_meanings(key):
    published = offered(HOME)[key].publish(from_search("?band=beginner"))
    content = to_parquet(published)
    assert content == to_parquet(published)
    read = parquet.read_table(io.BytesIO(content))
    columns, table = rows(published)
    assert read.column_names == [column.written for column in columns]
    assert [list(row.values()) for row in read.to_pylist()] == table
    words = described(key, columns, unit=published.unit)
    for field, said in zip(read.schema, words, strict=True):
        assert field.metadata[b"about"].decode() == said.about
        assert field.metadata[b"unit"].decode() == said.unit
    told = orjson.loads(read.schema.metadata[DESCRIPTION.encode()])
    assert told["title"] == published.title
    assert told["sources"]
    assert "rows" not in told


def test_where_there_are_no_rows_it_says_why_as_csv_does():
    published = offered(HOME)["council-inspections"].publish(from_search(""))
    frame = pd.read_parquet(io.BytesIO(to_parquet(published)))
    assert list(frame) == [column.written for column in csv_columns(published)]
    assert frame["withheld"].tolist() == [published.withheld]
