"""The reader's own records: never called simulated, and neither counted nor summed anywhere."""

import hashlib
import json
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from dash import page_registry
from plotly.utils import PlotlyJSONEncoder
from pyarrow import parquet

from analytics.publication.registry import offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME, Selection
from components.card.card import cards_under
from components.reference import catalogue
from components.server.api import FORMATS
from components.server.response_cache import ResponseCache
from data.load import built, load
from data.microdata.tables import RECORD_TABLES
from data.microdata.templates_csv import example_csv
from data.sources.simulated import SIMULATED
from data.sources.source import Kind
from data.user_data.hold import given
from tests.stand_in import use

TABS = ("sheet", "table", "about", "download", "copy")
RECORDS = {key for key, one in offered(HOME).items() if one.kind is Kind.SIMULATED}
PAGES = {
    "social_worker_survey": "/social-workers",
    "time_diaries": "/social-workers",
    "family_interviews": "/families",
    "case_records": "/case-records",
    "self_profile": "/self-profile",
}
#: Rows left out of each, so that what is left is a number met nowhere else.
CUT = {
    "social_worker_survey": 12,
    "time_diaries": 13,
    "family_interviews": 11,
    "case_records": 7,
    "self_profile": 7,
}


def write(folder: Path, keys) -> dict[str, bytes]:
    """A folder of the simulated tables with other answers, in the documented form.

    Every question is left open by somebody, so that no number of answers is the number of rows.
    """
    contents = {}
    for key in keys:
        table = RECORD_TABLES[key]
        frame = built(SIMULATED[key]).frame.iloc[: -CUT[key]].copy()
        frame.loc[:1, [field.name for field in table.fields if field.optional]] = None
        contents[key] = example_csv(table, frame, rows=len(frame))
        (folder / f"{key}.csv").write_bytes(contents[key])
    return contents


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    """Load a folder as the reader's own; nothing is hidden, so that everything could be seen."""
    monkeypatch.setattr(
        ResponseCache, "get", lambda *_: None
    )  # it keeps files for as long as it runs
    hides = {key: offered(HOME)[key].hides for key in RECORDS}

    def start(keys) -> dict[str, bytes]:
        contents = write(tmp_path, keys)
        held = given(tmp_path)
        assert set(held.tables) == set(keys)
        use(held.tables)
        for key in RECORDS:
            object.__setattr__(offered(HOME)[key], "hides", lambda _: frozenset())
        return contents

    yield start
    for key, hide in hides.items():
        object.__setattr__(offered(HOME)[key], "hides", hide)
    use({})


def of_table(client, key) -> dict[str, str]:
    """All that is shown or sent of one table, by name."""
    findings = {
        name for name in RECORDS if key in {source.key for source in offered(HOME)[name].sources}
    }
    found = {}
    for card in (one for one in cards_under(HOME).values() if one.finding.key in findings):
        for tab in TABS:
            if tab != "sheet" or card.view is not None:
                address = f"/cards/{card.key}/{tab}"
                found[address] = client.get(address).get_data(as_text=True)
        found[f"pieces {card.key}"] = json.dumps(card.pieces(Selection()), cls=PlotlyJSONEncoder)
    for name in findings:
        for ending in FORMATS:
            reply = client.get(f"/api/v1/findings/{name}.{ending}")
            words = text_of(reply.get_data(), ending)
            found[f"{name}.{ending}"] = f"{reply.headers.get('Content-Disposition')} {words}"
    listed = client.get("/api/v1/findings.json").get_json()["findings"]
    found |= {f"listed {one['key']}": json.dumps(one) for one in listed if one["key"] in findings}
    tables = client.get("/api/v1/tables.json").get_json()["tables"]
    found[f"table {key}"] = json.dumps(next(one for one in tables if one["key"] == key))
    for address in (f"/sheets/dictionary/{key}", f"/api/v1/tables/{key}.csv"):
        found[address] = client.get(address).get_data(as_text=True)
    return found


def page_of(path: str) -> str:
    layout = next(one["layout"] for one in page_registry.values() if one["path"] == path)
    return json.dumps(layout(), cls=PlotlyJSONEncoder)


def text_of(content: bytes, ending: str) -> str:
    if ending == "parquet":
        read = parquet.read_table(BytesIO(content))
        return f"{read.schema.to_string(show_schema_metadata=True)} {read.to_pylist()}"
    return content.decode() if ending in {"json", "csv"} else inside(content)


def inside(book: bytes) -> str:
    with zipfile.ZipFile(BytesIO(book)) as parts:
        return " ".join(parts.read(name).decode() for name in parts.namelist())


def tells(words: str, content: bytes) -> list[str]:
    """What tells of a file: its number of rows, and eight digits of any checksum."""
    digests = [hashlib.new(way, content).hexdigest() for way in ("md5", "sha1", "sha256", "sha512")]
    eights = {digest[at : at + 8] for digest in digests for at in range(len(digest) - 7)}
    rows = content.count(b"\n") - 1
    counts = rf"(?<![\d.,]){rows}(?![\d.]*\d)|(?<!\d){rows:,}(?![.,]?\d)"
    runs = re.findall(r"[0-9a-f]{8,}", words.lower())
    return re.findall(counts, words) + [
        run for run in runs if any(run[at : at + 8] in eights for at in range(len(run) - 7))
    ]


def test_what_tells_of_a_file_is_seen():
    content = b"a\r\n" + b"1\r\n" * 1234
    digest = hashlib.sha256(content).hexdigest()
    for words in ("1234 rows", "1,234 people", f"SHA-256 {digest[:12]}", digest[20:28].upper()):
        assert tells(words, content)
    assert not tells(f"12345, 1.234, 0.1234 and {'0' * 64}", content)


@pytest.mark.slow
def test_own_records_are_not_counted_or_summed_or_called_simulated(client, loaded):
    for key, content in loaded(RECORD_TABLES).items():
        found = of_table(client, key) | {PAGES[key]: page_of(PAGES[key])}
        kept = load(SIMULATED[key]).digest
        for name, words in found.items():
            assert not re.search("simulat", words, re.IGNORECASE), name
            assert not tells(words, content), name
            assert kept[:8] not in words, name
    assert "simulat" not in client.get("/sheets/methods").get_data(as_text=True).lower()


def test_each_says_its_own_where_some_are_simulated(client, loaded):
    loaded(["self_profile"])
    for key, simulated in (("self_profile", False), ("time_diaries", True)):
        source = load(SIMULATED[key]).source
        made = next(name for name in RECORDS if offered(HOME)[name].sources == (SIMULATED[key],))
        reply = client.get(f"/api/v1/findings/{made}.csv")
        card = next(card for card in cards_under(HOME).values() if card.finding.key == made)
        about = client.get(f"/cards/{card.key}/about").get_data(as_text=True)
        page = client.get(f"/sheets/dictionary/{key}").get_data(as_text=True)
        for words in (source.title, reply.headers["Content-Disposition"], about, page):
            assert ("simulated" in words.lower()) is simulated
    assert "seed 20170706" in client.get("/sheets/methods").get_data(as_text=True)
    titles = str(catalogue.tables(from_search("")).to_plotly_json())
    assert SIMULATED["time_diaries"].title in titles
    assert RECORD_TABLES["self_profile"].title in titles
    assert SIMULATED["self_profile"].title not in titles
