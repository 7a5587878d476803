from dataclasses import replace

import pytest

from analytics.selection.parse import from_search
from components.reference import catalogue
from components.server.tables import MIMETYPES, extensions
from data.load import load
from data.sources.registry import DEFLATOR, SOURCES
from data.sources.source import Kind
from tests.stand_in import use


@pytest.fixture
def own(monkeypatch):
    """The deflator as a simulated table that the reader's own stands in for."""
    table = load(DEFLATOR)
    source = replace(DEFLATOR, kind=Kind.OWN, file="deflator.csv")
    monkeypatch.setitem(SOURCES, "gdp-deflator", replace(DEFLATOR, kind=Kind.SIMULATED))
    use({"gdp-deflator": replace(table, source=source)})
    yield
    use({})


@pytest.mark.usefixtures("own")
def test_the_readers_own_records_are_listed_and_neither_sent_nor_counted(client):
    listed = client.get("/api/v1/tables.json").get_json()["tables"]
    entry = next(one for one in listed if one["key"] == "gdp-deflator")
    assert entry["kind"] == "own"
    assert entry["sha256"] == ""
    assert entry["rows"] is None
    assert entry["addresses"] == {}
    assert entry["bytes"] is None
    for extension in ("csv", "parquet"):
        answer = client.get(f"/api/v1/tables/gdp-deflator.{extension}")
        assert answer.status_code == 403
        assert "not given out" in answer.get_json()["error"]


@pytest.mark.usefixtures("own")
def test_the_data_page_offers_no_file_of_the_readers_own_records():
    words = str(catalogue.tables(from_search("")).to_plotly_json())
    assert words.count("Your own records are not given out.") == 1
    assert "/api/v1/tables/gdp-deflator.csv" not in words
    assert "/api/v1/tables/pilots.csv" in words


def test_every_table_is_offered_as_its_file_and_as_csv():
    for source in SOURCES.values():
        offered = extensions(source)
        assert f".{offered[0]}" == source.path.suffix
        assert "csv" in offered
        assert set(offered) <= MIMETYPES.keys()
