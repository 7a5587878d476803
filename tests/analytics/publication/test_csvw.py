import csv
import io

import orjson
import pytest

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.csvw import to_csvw
from analytics.publication.export import BOM, to_csv
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME

#: Words of CSV on the Web for a file, a column and their data types that are used here.
TYPES = {"string": str, "number": float, "gYear": int, "boolean": ("true", "false").index}
QUERIES = ("", "?band=beginner&years=2013-2014", "?pilots=E09000005")


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("key", ["kpis-gaps", "families-answers", "claims", "costs-estimate"])
def test_the_description_is_of_the_file(key, query):
    published = offered(HOME)[key].publish(from_search(query))
    told = orjson.loads(to_csvw(published, "rows.csv"))
    heading, *body = csv.reader(io.StringIO(to_csv(published).decode().removeprefix(BOM)))
    columns = told["tableSchema"]["columns"]
    assert [title for column in columns for title in column["titles"]] == heading
    for row in body:
        for cell, column in zip(row, columns, strict=True):
            assert not cell or TYPES[column["datatype"]](cell) is not None
    assert told["url"] == "rows.csv"
    assert told["dc:title"] == published.title
    assert told["dc:abstract"] == published.summary
    assert all(column["dc:description"] for column in columns)
    numbers = [column for column in columns if column["datatype"] == "number"]
    assert all(column["schema:unitText"] for column in numbers)


def test_it_says_the_kind_the_licence_and_the_sources():
    official = orjson.loads(
        to_csvw(offered(HOME)["kpis-gaps"].publish(from_search("")), "rows.csv")
    )
    assert official["dc:license"][0]["@id"].startswith("https://www.nationalarchives.gov.uk/")
    assert all(one["dc:bibliographicCitation"] for one in official["dc:source"])
    simulated = offered(HOME)["families-answers"].publish(from_search(""))
    told = orjson.loads(to_csvw(simulated, "rows.csv"))
    assert told["dc:type"] == simulated.kind.label
    assert told["tableSchema"]["columns"][0]["name"] == "kind"
