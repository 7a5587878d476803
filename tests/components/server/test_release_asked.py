"""A data address that cites a release: its figures, or a refusal that says what changed."""

import csv
import io

import pytest

import app
from analytics.publication.citation import STYLES
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.server import release_asked
from data.load import TableStore
from data.releases.archive import ReleaseError
from data.releases.release import Changed, Release, release_of, releases
from data.sources.registry import AUTHORITIES, INDICATORS
from tests.another_release import changed_store

PRESENT = releases()[0]
FILE = "/api/v1/findings/kpis-gaps"
BEFORE = PRESENT.day.replace(year=PRESENT.day.year - 1)


@pytest.fixture
def client():
    return app.server.test_client()


@pytest.fixture
def earlier(tmp_path, monkeypatch):
    """A release of the present code with one other cell, archived, and its tables."""
    return archived(monkeypatch, changed_store(tmp_path), PRESENT.version)


def archived(monkeypatch, store, version):
    """Record a release before the present one, which then says what it changed."""
    held = dict(release_of(store).checksums)
    known = Release(day=BEFORE, version=version, checksums=held)
    changes = {INDICATORS.key: Changed(added=0, revised=1, removed=0)}
    present = Release(
        day=PRESENT.day, version=PRESENT.version, checksums=PRESENT.checksums, changes=changes
    )
    recorded = {one.id: one for one in (present, known)}
    monkeypatch.setattr("data.releases.release.releases", lambda: tuple(recorded.values()))
    monkeypatch.setattr(release_asked, "releases", lambda: tuple(recorded.values()))
    monkeypatch.setattr(release_asked, "store_of", lambda _known: store)
    release_of_store = release_of
    monkeypatch.setattr(
        release_asked, "release_of", lambda of=None: known if of is store else release_of_store(of)
    )
    monkeypatch.setattr(
        "analytics.publication.finding.release_of",
        lambda of=None: known if of is store else release_of_store(of),
    )
    return known, store


def gap(answer, key="icpc_rate"):
    rows = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""))
    return next(float(row["gap"]) for row in rows if row["key"] == key)


def test_the_present_release_is_named_in_every_answer(client):
    plain = client.get(f"{FILE}.csv")
    cited = client.get(f"{FILE}.csv?release={PRESENT.id}")
    assert cited.data == plain.data
    assert plain.headers["X-Release"] == cited.headers["X-Release"] == PRESENT.id
    assert "X-Release-Asked" not in cited.headers
    assert "X-Release" in cited.headers["Access-Control-Expose-Headers"]
    assert client.get(f"{FILE}.json?release={PRESENT.id}").json["release_asked"] == PRESENT.id


def test_an_archived_release_is_answered_with_its_own_figures_and_says_so(client, earlier):
    known, store = earlier
    cited = f"release={known.id}"
    expected = (
        offered(HOME)["kpis-gaps"].publish(from_search(""), store).frame.set_index("key")["gap"]
    )
    found, plain = client.get(f"{FILE}.csv?{cited}"), client.get(f"{FILE}.csv")
    assert gap(found) == expected["icpc_rate"]
    assert gap(found) != gap(plain)
    assert found.headers["X-Release"] == known.id
    assert "X-Release-Asked" not in found.headers
    assert found.headers["Last-Modified"].startswith(f"{BEFORE:%a, %d %b %Y}")
    links = found.headers.getlist("Link")
    assert all(cited in link for link in links)
    told = client.get(f"{FILE}.json?{cited}").json
    assert told["release"]["id"] == told["release_asked"] == known.id
    assert told["notes"][0] == (
        f"These figures are of {known.words}, as asked. The present ones are of {PRESENT.words}."
    )
    assert not any("This link cites" in note for note in told["notes"])
    described = client.get(f"{FILE}.csv-metadata.json?{cited}")
    assert described.json["dc:isPartOf"] == known.label
    assert cited in described.json["url"]


def test_a_release_of_the_same_tables_by_another_version_is_said_not_to_be_the_one_asked(
    client, monkeypatch
):
    known, _ = archived(monkeypatch, TableStore(), "0.0.9")
    found = client.get(f"{FILE}.json?release={known.id}")
    assert found.status_code == 200
    assert found.headers["X-Release"] == PRESENT.id
    assert found.headers["X-Release-Asked"] == known.id
    assert found.json["release"]["id"] == PRESENT.id
    assert found.json["release_asked"] == known.id
    assert found.json["notes"][0].startswith(f"This link cites {known.words}.")


def test_figures_that_cannot_be_made_again_are_refused_with_what_changed(
    client, tmp_path, monkeypatch
):
    known, _ = archived(monkeypatch, changed_store(tmp_path), "0.0.9")
    found = client.get(f"{FILE}.csv?release={known.id}")
    assert found.status_code == found.json["status"] == 409
    assert found.mimetype == "application/problem+json"
    assert known.label in found.json["detail"]
    assert f"{PRESENT.id} changed indicators: 1 cell revised" in found.json["reasons"]


@pytest.mark.parametrize("name", ["2030-01-31-0a0a0a0a", "your-data-0a0a0a0a"])
def test_a_release_that_is_not_known_is_not_found(client, name):
    found = client.get(f"{FILE}.csv?release={name}")
    assert found.status_code == 404
    assert name in found.json["detail"]
    assert PRESENT.id in found.json["reasons"][0]


def test_packs_and_slow_findings_are_of_the_present_release(client, earlier):
    known, _ = earlier
    slow = next(key for key, one in offered(HOME).items() if one.slow)
    answers = [
        client.get(f"{FILE}.zip?release={known.id}"),
        client.get(f"/api/v1/findings/{slow}.csv?release={known.id}"),
        client.post(f"/api/v1/findings/{slow}/runs?release={known.id}"),
    ]
    assert [answer.status_code for answer in answers] == [409] * 3
    assert all("of the present release alone" in answer.json["detail"] for answer in answers)
    assert client.get(f"{FILE}.zip?release={PRESENT.id}").status_code == 200


def test_a_table_names_its_release_and_is_of_the_present_one(client, earlier):
    known, _ = earlier
    table = "/api/v1/tables/pilots.csv"
    assert client.get(table).headers["X-Release"] == PRESENT.id
    assert client.get(f"{table}?release={PRESENT.id}").data == client.get(table).data
    asked = (known.id, "2030-01-31-0a0a0a0a")
    assert [client.get(f"{table}?release={one}").status_code for one in asked] == [409, 404]


def test_tables_that_cannot_be_read_or_that_a_process_reads_once_are_refused(
    client, earlier, monkeypatch
):
    known, _ = earlier
    monkeypatch.setattr(release_asked, "_ALWAYS_PRESENT", (AUTHORITIES, INDICATORS))
    assert client.get(f"{FILE}.csv?release={known.id}").status_code == 409

    def broken(_known):
        msg = "It has no such table."
        raise ReleaseError(msg)

    monkeypatch.setattr(release_asked, "store_of", broken)
    found = client.get(f"{FILE}.csv?release={known.id}")
    assert found.status_code == 409
    assert "It has no such table." in found.json["reasons"]


def test_the_files_of_a_card_are_of_the_figures_that_it_shows(client, earlier):
    known, _ = earlier
    panel = client.get(f"/cards/kpis-gaps/download?k=5&release={known.id}").text
    assert "kpis-gaps.csv?k=5" in panel
    assert known.id not in panel


@pytest.mark.parametrize("ending", STYLES)
def test_a_citation_is_of_what_was_asked_or_is_refused(client, earlier, ending):
    known, _ = earlier
    address = f"/cards/kpis-gaps.{ending}"
    assert PRESENT.id in client.get(f"{address}?release={PRESENT.id}").text
    asked = ("k=99", "release=2030-01-31-0a0a0a0a", f"release={known.id}")
    statuses = [client.get(f"{address}?{query}").status_code for query in asked]
    assert statuses == [400, 404, 409]
