import csv
import io
import zipfile
from dataclasses import replace

import orjson
import pandas as pd
import pytest

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.export import harmless, to_csv, undated
from analytics.publication.published import Published
from analytics.publication.registry import offered
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search
from analytics.selection.places import pilots
from analytics.selection.selection import HOME, Selection
from components.pack import csv_file, pack
from components.pack.pack import everything, to_zip, zip_size
from components.pack.selection_file import selection_json
from components.pack.table_csv import table_csv
from data.load import built
from data.schema import ColumnKind
from data.sources.registry import PILOTS, SOURCES

ABOUT = [
    "README.txt", "rows.csv", "rows.csv-metadata.json", "dictionary.csv", "datapackage.json",
    "selection.json", "method.txt", "CITATION.txt", "LICENCE.txt",
]  # fmt: skip

DESCRIBING = {"dictionary.csv"}


def published(key: str, search: str = "") -> Published:
    return offered(HOME)[key].publish(from_search(search))


def opened(content: bytes) -> dict[str, bytes]:
    """The files of a pack by name, its inputs left closed: they are large."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return {
            name: b"" if name.startswith("inputs/") else parts.read(name)
            for name in parts.namelist()
        }


def selection_of(search: str) -> dict:
    return orjson.loads(selection_json(published("expenditure-jumps", search)))


def _without_scripts(held):
    return sorted(name for name in held if not name.startswith("scripts/"))


@pytest.mark.parametrize(
    "key", ["kpis-gaps", "costs-estimate", "later-studies", "survey-published"]
)
def test_a_pack_holds_the_rows_and_all_they_were_made_from(key):
    shown = published(key, "?band=beginner")
    held = opened(to_zip(shown))
    inputs = [f"inputs/{source.key}.csv" for source in shown.sources]
    whole = ["whole.csv"] if offered(HOME)[key].whole else []
    assert _without_scripts(held) == sorted([*ABOUT, *inputs, *whole])
    assert held["rows.csv"] == to_csv(shown)
    assert held["selection.json"] == selection_json(shown)
    if whole:
        assert held["whole.csv"] == to_csv(published(offered(HOME)[key].whole, "?band=beginner"))
    for words in (shown.title, shown.verdict, *_without_scripts(held)):
        assert words in " ".join(held["README.txt"].decode().split())
    for source in shown.sources:
        for name in ("CITATION.txt", "LICENCE.txt"):
            assert source.citation in " ".join(held[name].decode().split())


@pytest.mark.slow
def test_every_column_of_every_file_of_every_pack_is_described():
    checked = set()  # headings of tables that many packs hold
    for key, finding in offered(HOME).items():
        if finding.slow:
            continue
        with zipfile.ZipFile(io.BytesIO(to_zip(published(key)))) as parts:
            text = parts.read("dictionary.csv").decode("utf-8-sig")
            lines = list(csv.DictReader(io.StringIO(text)))
            assert all(line["about"] for line in lines), key
            numbers = [line for line in lines if line["kind"] in {"number", "count"}]
            assert all(line["unit"] for line in numbers), key
            files = {line["file"] for line in lines}
            assert files == {one for one in parts.namelist() if one.endswith(".csv")} - DESCRIBING
            for name in files - checked:
                with parts.open(name) as file:
                    heading = next(csv.reader([file.readline().decode("utf-8-sig")]))
                assert [line["column"] for line in lines if line["file"] == name] == heading
            checked |= {one for one in files if one.startswith("inputs/")}


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda one: one.key)
def test_a_table_is_written_as_pandas_writes_it(source, monkeypatch):
    frame = built(source).frame
    frame = frame.sample(min(len(frame), 1_000), random_state=1)
    holding = replace(built(source), frame=frame)
    monkeypatch.setattr("components.pack.table_csv.built", lambda _: holding)
    words = [one.name for one in source.columns if one.kind is ColumnKind.TEXT]
    safe = frame.assign(**{name: frame[name].astype(object) for name in words})
    safe[words] = safe[words].map(lambda one: undated(harmless(one)), na_action="ignore")
    expected = safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    assert table_csv(source) == expected


def test_cells_that_csv_must_quote_are_quoted(monkeypatch):
    frame = pd.DataFrame({"code": ['a "b", c', "=1", None], "name": ["x\ny", "", "z"]})
    columns = PILOTS.columns[:2]
    monkeypatch.setattr(
        "components.pack.table_csv.built", lambda _: type("T", (), {"frame": frame})
    )
    source = type("S", (), {"columns": columns})
    assert list(csv.reader(io.StringIO(table_csv(source).decode("utf-8-sig"), newline=""))) == [
        ["code", "name"], ['a "b", c', "x\ny"], ["'=1", ""], ["", "z"],
    ]  # fmt: skip


def test_a_pack_is_the_same_byte_for_byte_when_it_is_made_again():
    shown = published("survey-published")
    content = to_zip(shown)
    csv_file._packed.cache_clear()  # tables are compressed again
    assert to_zip(shown) == content
    assert zip_size(shown) == len(content)


def test_every_parameter_is_spelled_out_with_the_value_in_use():
    told = selection_of("?band=beginner&k=5&years=2013-2015&fte=2&with-pilots=1&area=E08000035")
    assert list(told["parameters"]) == list(PARAMETERS)
    expected = {
        "band": ["beginner"], "pilots": [], "k": 5, "years": [2013, 2015], "fte": 2,
        "with-pilots": True, "area": "E08000035", "caseload": None, "compare": "neighbours",
    }  # fmt: skip
    assert {name: told["parameters"][name] for name in expected} == expected
    assert told["finding"] == "expenditure-jumps"
    assert told["query"].startswith("?band=beginner")
    resolved = told["resolved"]
    assert resolved["pilots"] == [one.code for one in from_search("?band=beginner").chosen]
    both = {*resolved["pilots"], *resolved["other_pilots"]}
    assert both == {one["code"] for one in resolved["programme"]["pilots"]}
    assert resolved["years_before"] + resolved["years_after"] == resolved["years"]
    assert resolved["neighbour_list"]["first"] == 5
    judged_on = resolved["judged_on"]
    assert judged_on["pilots"] == list(pilots(HOME))
    assert judged_on["neighbour_list"]["first"] == Selection().k
    assert set(judged_on) - {"adjust"} < set(resolved)


def test_what_scripts_may_rely_on_is_what_the_page_for_them_says():
    page = (pack._SCRIPTS / "README.md").read_text(encoding="utf-8")
    told = selection_of("")
    for name in (*told, *told["resolved"]):
        assert f"`{name}`" in page, name


def test_scripts_go_into_the_packs_they_cover_and_no_other(tmp_path, monkeypatch):
    why = {"any": {}, "python": {}, "r": {"later-studies": "R has no later studies"}}
    covers = {"python": ["later-studies"], "r": [], "reasons": why}
    (tmp_path / "covers.json").write_bytes(orjson.dumps(covers))
    for name in ("README.md", "rerun.py", "rerun.R", "parts/read.py", "__pycache__/read.pyc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(pack, "_SCRIPTS", tmp_path)
    _forget()
    held = opened(to_zip(published("later-studies")))
    scripts = {name: held[name].decode() for name in held if name.startswith("scripts/")}
    assert scripts == {f"scripts/{name}": name for name in ("parts/read.py", "rerun.R", "rerun.py")}
    said = " ".join(held["README.txt"].decode().split())
    assert "python scripts/rerun.py" in said
    assert "Rscript" not in said
    assert "Not worked out again in R: R has no later studies." in said
    other = opened(to_zip(published("survey-published")))
    assert not [name for name in other if name.startswith("scripts/")]
    _forget()


def _forget():
    pack._scripts.cache_clear()
    pack._again.cache_clear()


def test_the_pack_of_everything_holds_every_table_once():
    content = everything(HOME)
    assert content == everything(HOME)
    held = opened(content)
    tables = {name for name in held if name.startswith("tables/")}
    assert len(tables) == len(SOURCES)
    assert "tables/case_records_simulated.csv" in tables
    assert held["tables/pilots.csv"] == table_csv(PILOTS)
    told = orjson.loads(held["datapackage.json"])
    assert {one["path"] for one in told["resources"]} == tables
    assert set(held) - tables == {
        "README.txt", "dictionary.csv", "datapackage.json", "CITATION.txt", "LICENCE.txt",
    }  # fmt: skip


def test_packs_are_sent(client):
    for key in ("survey-published", "robustness-placebos-long"):  # the other is slow, and waits
        reply = client.get(f"/api/v1/findings/{key}.zip")
        assert reply.status_code == 200
        assert reply.mimetype == "application/zip"
        assert reply.data == to_zip(offered(HOME)[key].publish(Selection()))
    assert reply.headers["Cache-Control"] == "no-store"
    reply = client.get("/data/everything.zip")
    assert reply.data == everything(HOME)
    assert reply.headers["Content-Disposition"] == "attachment; filename=everything.zip"
    tag = reply.headers["ETag"]
    assert client.get("/data/everything.zip", headers={"If-None-Match": tag}).status_code == 304
