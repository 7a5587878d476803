"""A changed cell in a copied table is another release in file, image, link and citation."""

import io
import zipfile

import openpyxl
import orjson
import pytest

import app
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.briefing.of_council import of_council
from components.frame.shell import shell
from data import load as tables
from data.load import TableStore
from data.releases.release import release_of
from tests.another_release import changed_store

FILE = "/api/v1/findings/indicator-years"


@pytest.fixture
def client():
    return app.server.test_client()


@pytest.fixture
def changed(monkeypatch, tmp_path):
    """Start the process, as far as it can tell, with the changed tables."""
    store = changed_store(tmp_path)

    def start():
        monkeypatch.setattr(tables, "_STARTED", [store])
        return release_of(store)

    return start


def cover(answer):
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    return " ".join(str(cell.value) for row in book.worksheets[0] for cell in row)


def unpacked(answer, name):
    return zipfile.ZipFile(io.BytesIO(answer.data)).read(name).decode()


def released(client):
    """What each thing that a reader takes away says of its release."""
    return {
        "json": client.get(f"{FILE}.json").json["release"]["label"],
        "xlsx": cover(client.get(f"{FILE}.xlsx")),
        "ods": unpacked(client.get(f"{FILE}.ods"), "content.xml"),
        "parquet": client.get(f"{FILE}.parquet").data.decode("latin-1"),
        "pack": unpacked(client.get(f"{FILE}.zip"), "selection.json"),
        "header": client.get(f"{FILE}.csv").headers["X-Release"],
        "csvw": client.get(f"{FILE}.csv-metadata.json").json["dc:isPartOf"],
        "link of a file": " ".join(client.get(f"{FILE}.csv").headers.getlist("Link")),
        "foot and image": orjson.dumps(shell().to_plotly_json(), default=_plain).decode(),
        "copied link": str(from_search("").to_permalink(None)),
        "copied citation": client.get("/cards/indicator-years/copy").text,
        "bibtex": client.get("/cards/indicator-years.bib").text,
        "ris": client.get("/cite.ris").text,
        "csl": client.get("/cite.csl.json").text,
        "briefing": str(of_council(from_search("?area=E09000012"), day="", address="")),
    }


def _plain(component):
    return component.to_plotly_json()


@pytest.mark.slow
def test_a_changed_cell_is_another_release_in_all_that_leaves(client, changed):
    before = release_of(TableStore())
    said = released(client)
    dated = client.get(f"{FILE}.json").headers
    after = changed()
    assert after.id != before.id
    now = released(client)
    linked = {"link of a file", "copied link"}
    for what, words in said.items():
        assert before.id in words, what
        assert before.id not in now[what], what
        assert (after.id in now[what]) == (what not in linked), what  # it cannot be cited
    there = client.get(f"{FILE}.json").headers
    assert dated["Last-Modified"].startswith(f"{before.day:%a, %d %b %Y}")
    assert "Last-Modified" not in there
    assert there["ETag"] != dated["ETag"]


def test_a_data_address_that_cites_the_release_before_gives_its_figures(client, changed):
    cited = from_search("").to_permalink(None)
    before = client.get(f"{FILE}.csv{cited}")
    assert not before.headers.get("X-Selection-Remarks")
    changed()
    answer, plain = client.get(f"{FILE}.csv{cited}"), client.get(f"{FILE}.csv")
    assert answer.data == before.data != plain.data  # made again from the archive
    assert answer.headers["X-Release"] == before.headers["X-Release"] != plain.headers["X-Release"]
    assert answer.headers["Last-Modified"] == before.headers["Last-Modified"]
    assert "as asked" in answer.headers["X-Selection-Remarks"]
    told = client.get(f"{FILE}.json{cited}").json
    assert told["release"]["id"] == before.headers["X-Release"]
    assert "tables that were not released" in told["notes"][0]
    page = from_search(f"{cited}")
    assert "This link cites the release of" in page.said[0]  # on pages, which show present figures


def test_figures_are_those_of_the_store_and_so_is_the_release(tmp_path):
    store, selection = changed_store(tmp_path), from_search("")
    other = offered(HOME)["pilots-inspections"]
    before, after = other.publish(selection), other.publish(selection, store)
    assert before.frame.equals(after.frame)  # its tables are those of both
    assert before.release == release_of(TableStore())
    assert after.release == release_of(store)
    assert other.publish(selection).release == before.release
