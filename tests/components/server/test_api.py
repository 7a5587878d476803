import gzip
import io
import re
import zipfile
from hashlib import sha256
from itertools import cycle, islice
from urllib.parse import quote, unquote

import brotli
import openpyxl
import orjson
import pandas as pd
import pytest
from dash import Dash, html
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.evaluation.measure_families import FAMILIES
from analytics.findings.indicators import kpis
from analytics.publication.export import to_csv
from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.places import renamed
from analytics.selection.selection import HOME, Selection
from components.server.api import FORMATS, LISTINGS, REMARKS, api
from data.load import load
from data.sources.registry import INDICATORS, SOURCES

GAPS = "/api/v1/findings/kpis-gaps"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    app = Dash(__name__, use_async=False, compress=True, use_pages=False)
    app.layout = html.Div()
    app.server.register_blueprint(api())
    return app.server.test_client()


def test_every_finding_is_listed_with_columns_units_sources_and_addresses(client):
    found = client.get("/api/v1/findings.json").json["findings"]
    assert [entry["key"] for entry in found] == list(offered(HOME))
    for entry in found:
        assert entry["title"]
        assert entry["kind"]["words"]
        assert all({"name", "label", "unit"} <= column.keys() for column in entry["columns"])
        assert all(len(source["sha256"]) == 64 for source in entry["sources"])
        assert entry["addresses"]["csv"] == f"/api/v1/findings/{entry['key']}.csv"


def test_every_finding_has_an_address_for_every_format_that_answers(client):
    """Formats take turns: every finding is asked for in two of them."""
    formats = cycle(one for one in FORMATS if one != "zip")
    for entry in client.get("/api/v1/findings.json").json["findings"]:
        assert {*FORMATS} <= {*entry["addresses"]}
        for extension in islice(formats, 2):
            answer = client.get(entry["addresses"][extension])
            assert answer.status_code == 200
            assert answer.content_length


def test_a_finding_is_the_rows_of_the_card(client):
    answer = client.get(f"{GAPS}.csv")
    assert answer.mimetype == "text/csv"
    assert answer.data == to_csv(kpis.gaps.publish(Selection()))
    assert answer.headers["Content-Disposition"] == "attachment; filename=kpis-gaps_2013-2016.csv"


def test_the_query_is_the_one_of_the_pages(client):
    answer = client.get(f"{GAPS}.json?band=beginner&k=5")
    assert answer.json["parameters"] == {"band": "beginner", "k": "5"}
    assert "Content-Disposition" not in answer.headers


def test_a_workbook_opens(client):
    content = client.get(f"{GAPS}.xlsx").data
    assert "Data" in openpyxl.load_workbook(io.BytesIO(content)).sheetnames


def test_a_withheld_finding_is_an_answer_that_says_so(client):
    answer = client.get(f"{GAPS}.json?pilots=E09000005")
    assert answer.status_code == 200
    assert answer.json["withheld"]
    assert len(answer.json["rows"]) == len(kpis.gaps.publish(Selection()).frame)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("k=11", "“11” is not a number of neighbours from 1 to 10."),
        ("band=novice", "“novice” is not an experience band."),
        ("colour=red", "“colour” is not a setting."),
        ("k=1&k=2", "“k” is given more than once."),
    ],
)
def test_an_unusable_query_is_refused_with_reasons(client, query, reason):
    answer = client.get(f"{GAPS}.json?{query}")
    assert answer.status_code == 400
    assert answer.json["reasons"] == [reason]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_what_only_follows_readers_about_does_not_change_an_answer(client):
    plain = client.get(f"{GAPS}.json?k=5")
    found = client.get(f"{GAPS}.json?utm_source=mail&amp;k=5&fbclid=a&_gl=b&mc_cid=c&msclkid=d")
    assert found.status_code == 200
    assert found.data == plain.data


@pytest.mark.parametrize(("former", "held"), renamed().items())
@pytest.mark.parametrize("extension", FORMATS)
def test_a_code_that_a_council_had_before_is_answered_under_its_present_code(
    client, extension, former, held
):
    address = f"/api/v1/findings/area-years.{extension}"
    plain = client.get(f"{address}?area={held}")
    found = client.get(f"{address}?area={former}")
    assert plain.status_code == found.status_code == 200
    assert {former, held} <= set(re.findall(r"E\d{8}", found.headers[REMARKS]))
    assert REMARKS in found.headers["Access-Control-Expose-Headers"]
    assert REMARKS not in str(plain.headers)
    if extension == "json":
        [said] = from_search(f"area={former}").said
        first, *others = found.json["notes"]
        assert first == said
        assert {**found.json, "notes": others} == plain.json
    elif extension == "csv":
        assert found.data == plain.data
    else:
        where = {"xlsx": "xl/sharedStrings.xml", "ods": "content.xml", "zip": "method.txt"}
        said = [
            zipfile.ZipFile(io.BytesIO(one.data)).read(where[extension])
            if extension in where
            else one.data
            for one in (found, plain)
        ]
        assert [former.encode() in words for words in said] == [True, False]
    again = client.get(f"{address}?area={held}")
    assert again.data == plain.data
    assert REMARKS not in again.headers


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("k=5&k=5", "k=5"),
        ("k=5&k=5.", "k=5"),
        ("band=beginner,over-two&band=over-two,beginner", "band=beginner,over-two"),
        ("fte=2&fte=2.0", "fte=2"),
        *((f"area={held}&area={former}", f"area={held}") for former, held in renamed().items()),
    ],
)
def test_one_value_given_twice_is_answered_with_a_remark(client, query, meant):
    found, plain = (client.get(f"{GAPS}.json?{one}") for one in (query, meant))
    assert found.status_code == 200
    assert found.json == {**plain.json, "notes": [*from_search(query).said, *plain.json["notes"]]}
    assert "is given more than once" in unquote(found.headers[REMARKS])
    assert found.headers[REMARKS].isascii()


def test_what_is_refused_beside_a_former_code_is_refused_for_that_alone(client):
    for former in renamed():
        answer = client.get(f"{GAPS}.json?area={former}&k=0")
        assert answer.status_code == 400
        assert [former in reason for reason in answer.json["reasons"]] == [False]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/findings/nothing.csv",
        f"{GAPS}.pdf",
        GAPS,
        "/api/v1/tables/nothing.csv",
        "/api/v1/tables/pilots.parquet",
        "/api/v1/tables/..%2f..%2fpyproject.toml",
        "/api/",
        "/api/v2/findings.json",
    ],
)
def test_an_unknown_address_is_404_in_json(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json["error"]


def test_head_says_what_get_would(client):
    head, whole = (client.open(f"{GAPS}.csv", method=method) for method in ("HEAD", "GET"))
    assert head.status_code == 200
    assert not head.data
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.content_length == whole.content_length


@pytest.mark.parametrize("encoding", ["", "gzip", "br", "zstd"])
@pytest.mark.parametrize("path", [f"{GAPS}.json", "/api/v1/tables/authorities.csv"])
def test_what_a_browser_holds_is_not_sent_again(client, path, encoding):
    headers = {"Accept-Encoding": encoding}
    first = client.get(path, headers=headers)
    again = client.get(path, headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert first.status_code == 200
    assert again.status_code == 304
    assert not again.data
    changed = client.get(path, headers={**headers, "If-None-Match": '"other"'})
    assert changed.status_code == 200
    assert changed.data == first.data


def test_bodies_are_packed_once(client):
    plain = client.get(f"{GAPS}.json", headers={"Accept-Encoding": "identity"})
    zipped = client.get(f"{GAPS}.json", headers={"Accept-Encoding": "gzip"})
    brotlied = client.get(f"{GAPS}.json", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    refused = client.get(f"{GAPS}.json", headers={"Accept-Encoding": "br;q=0, gzip"})
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == refused.headers["Content-Encoding"] == "gzip"
    assert brotlied.headers["Content-Encoding"] == "br"
    assert gzip.decompress(zipped.data) == brotli.decompress(brotlied.data) == plain.data
    assert all("Accept-Encoding" in answer.headers["Vary"] for answer in (plain, zipped, brotlied))


def test_other_sites_may_read_data_but_not_pages(client):
    answer = client.get(f"{GAPS}.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=300" in answer.headers["Cache-Control"]
    for path in ("/", "/_dash-layout", "/health"):
        assert "Access-Control-Allow-Origin" not in client.get(path).headers


def test_every_table_is_listed_and_is_the_file_that_was_built(client):
    found = client.get("/api/v1/tables.json").json["tables"]
    assert [entry["key"] for entry in found] == list(SOURCES)
    for entry in found:
        source = SOURCES[entry["key"]]
        own = source.path.suffix.removeprefix(".")
        answer = client.get(entry["addresses"][own])
        assert answer.data == source.read()
        assert sha256(answer.data).hexdigest() == source.sha256 == entry["sha256"]
        assert answer.headers["ETag"] == f'"{source.sha256}"'
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
        assert entry["rows"] == len(load(source).frame)


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity"])
def test_a_parquet_table_is_offered_as_csv_too(client, encoding):
    answer = client.get("/api/v1/tables/gdp-deflator.csv")
    assert answer.status_code == 200
    answer = client.get(
        f"/api/v1/tables/{INDICATORS.key}.csv", headers={"Accept-Encoding": encoding}
    )
    unpack = {"gzip": gzip.decompress, "br": bytes, "identity": bytes}[encoding]
    found = pd.read_csv(io.BytesIO(unpack(answer.data)), dtype=str, keep_default_na=False)
    held = load(INDICATORS).frame
    assert list(found.columns) == list(held.columns)
    assert len(found) == len(held)
    assert pd.to_numeric(found["value"]).equals(held["value"].astype(float))


def test_a_kept_answer_is_not_written_or_compressed_again(client, monkeypatch):
    path = f"{GAPS}.json?band=two-years"
    packed = {"Accept-Encoding": "br"}
    first = client.get(path, headers=packed)
    for work in ("brotli.compress", "gzip.compress"):
        monkeypatch.setattr(work, lambda *_, **__: pytest.fail("made again"))
    assert client.get(path, headers=packed).data == first.data
    with pytest.raises(pytest.fail.Exception):
        client.get(f"{path}&k=4", headers=packed)


@pytest.mark.parametrize("path", ["/health", "/health/ready"])
def test_health(client, path):
    answer = client.get(path)
    assert answer.json == {"status": "ok", "version": "0.1.0", "redis": "not used"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_silent_redis_is_alive_and_not_ready(client, monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setenv("SECRET_KEY", "without it, nothing starts")
    assert client.get("/health").status_code == 200
    ready = client.get("/health/ready")
    assert ready.status_code == 503
    assert ready.json["redis"] == "does not answer"


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(list(offered(HOME))),
    st.sampled_from(["json", "csv"]),
    st.dictionaries(
        st.sampled_from(["band", "pilots", "k", "years", "compare", "area", "indicator"])
        | st.text(max_size=8),
        st.sampled_from(["beginner", "5", "2013-2016", "region", "E09000005", "", "icpc_rate"])
        | st.text(max_size=12),
        max_size=4,
    ),
)
def test_no_query_is_an_error(client, key, extension, query):
    words = "&".join(f"{quote(name)}={quote(value)}" for name, value in query.items())
    answer = client.get(f"/api/v1/findings/{key}.{extension}?{words}")
    assert answer.status_code in {200, 400}
    if answer.status_code == 400:
        assert orjson.loads(answer.data)["reasons"]


@settings(max_examples=200, deadline=None)
@given(st.text(), st.binary(max_size=60))
def test_no_address_is_an_error(client, path, query):
    answer = client.get(f"/api/v1/{quote(path)}", query_string=query.decode("latin-1"))
    assert answer.status_code < 500


def test_a_csv_file_names_the_description_of_its_columns(client):
    query = "?band=beginner"
    answer = client.get(f"{GAPS}.csv{query}")
    address, _, kind = answer.headers["Link"].partition(">; ")
    assert kind == 'rel="describedby"; type="application/csvm+json"'
    told = client.get(address.removeprefix("<"))
    assert told.mimetype == "application/csvm+json"
    assert told.json["url"] == f"{GAPS}.csv{query}"
    assert client.get(f"{GAPS}.csv-metadata.json?band=none-such").status_code == 400
    assert client.get("/api/v1/findings/none-such.csv-metadata.json").status_code == 404


def test_the_index_leads_to_every_listing(client):
    for path in ("/api/v1", "/api/v1/"):
        index = client.get(path).json
        assert {*LISTINGS, "everything"} == index.keys()
    for address in index.values():
        assert client.get(address).status_code == 200


def test_every_indicator_and_ratio_is_listed_with_its_unit(client):
    listed = client.get("/api/v1/indicators.json").json["indicators"]
    assert {one["key"] for one in listed} == {
        key for family in FAMILIES.values() for key in family.measures
    }
    assert all(one["unit"] and one["definition"] for one in listed)
