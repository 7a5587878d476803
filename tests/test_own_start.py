"""A folder of the reader's own data at the start: refused whole, or used and marked as theirs."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[1]
GOOD = "respondent,wave,agrees\nA,1,fully\nB,1,partly\n"

#: Puts two record tables of the test, simulated ones beside them and a finding, and starts.
START = """
import hashlib, pathlib, runpy, sys, types
from analytics.publication.finding import Finding, register
from data import source, sources
from data.records.record import Field, FieldKind, RecordTable
from data.schema import Column, text

fields = (
    Field(name="respondent", label="Respondent", kind=FieldKind.LABEL),
    Field(name="wave", label="Wave", kind=FieldKind.WHOLE, minimum=1, maximum=3),
    Field(name="agrees", label="Agrees", kind=FieldKind.CHOICE, allowed=("Partly", "Fully")),
)
tables = {
    key: RecordTable(key=key, title=key, row="", fields=fields, unique=("respondent", "wave"),
                     person="respondent")
    for key in ("survey", "diaries")
}
module = types.ModuleType("data.records.tables")
module.RECORD_TABLES = tables
sys.modules["data.records.tables"] = module
room = pathlib.Path(sys.argv.pop(1))
content = b"respondent,wave,agrees\\nS1,1,Fully\\n"
for key in tables:
    (room / f"{key}.csv").write_bytes(content)
    made = source.Source(
        key=key, title=key, publisher="This explorer", publication="A simulation", edition="1",
        period="2015", kind=source.Kind.SIMULATED, file=str(room / f"{key}.csv"),
        row_key=("respondent", "wave"),
        columns=(text("respondent", "Respondent"), Column(name="wave", label="Wave"),
                 text("agrees", "Agrees")))
    sources.SOURCES[key] = made
    source.checksums()[made.file] = hashlib.sha256(content).hexdigest()
    register(Finding(
        key=f"{key}-rows", title=lambda _: "Rows", subtitle=lambda _: "", unit=lambda _: "",
        sources=(made,), columns=made.columns,
        analyse=lambda tables, _, key=key: tables[key].frame,
        sentence=lambda frame, _: f"{len(frame)} rows.", notes=lambda *_: (),
        method=lambda _: (), kind=source.Kind.SIMULATED, whole="", about="Rows"))
runpy.run_path("app.py", run_name="__main__")
"""


@pytest.fixture
def rooms(tmp_path: Path) -> tuple[Path, Path]:
    made = tmp_path / "simulated", tmp_path / "own"
    for room in made:
        room.mkdir()
    return made


def command(room: Path, *options: str) -> list[str]:
    return [sys.executable, "-c", START, str(room), *options]


def refused(room: Path, *options: str, **settings: str) -> str:
    done = subprocess.run(  # noqa: S603 (our own program)
        command(room, "--port", "1", *options), env={**os.environ, **settings},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Your data:" not in done.stdout
    return done.stderr


@contextmanager
def served(room: Path, folder: Path, output: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ("--data", str(folder), "--port", str(port), "--workers", "1")
    with (
        output.open("w") as out,
        subprocess.Popen(command(room, *options), cwd=ROOT, stdout=out, stderr=out) as process,  # noqa: S603 (our own program)
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/health", process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with urlopen(address, timeout=5):  # noqa: S310 (our own server)
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail("the explorer did not start")


def asked(address: str) -> bytes:
    with urlopen(address, timeout=30) as answer:  # noqa: S310 (our own server)
        return answer.read()


def test_a_broken_file_starts_nothing_and_a_mended_one_is_marked_as_yours(rooms, tmp_path):
    room, folder = rooms
    (folder / "survey.csv").write_text(GOOD, encoding="utf-8")
    (folder / "diaries.csv").write_text("respondent,wave\nA,9\n", encoding="utf-8")
    (folder / "other.csv").write_text("a\n1\n", encoding="utf-8")
    words = refused(room, "--data", str(folder))
    assert words.splitlines()[-4:] == [
        "The explorer was not started. Your data cannot be used:",
        (
            "diaries.csv: row 1, column agrees: found no such heading, "
            "wanted it, over cells that hold one of Partly, Fully"
        ),
        "diaries.csv: row 2, column wave: found '9', wanted a whole number from 1 to 3",
        (
            "'other.csv': found a file of an unknown name, "
            "wanted one or more of survey.csv, diaries.csv"
        ),
    ]
    (folder / "other.csv").unlink()
    (folder / "diaries.csv").unlink()
    output = tmp_path / "output"
    with served(room, folder, output) as address:
        assert "Your data: survey, 2 rows\n" in output.read_text(encoding="utf-8")
        own = json.loads(asked(f"{address}/api/v1/findings/survey-rows.json"))
        assert own["kind"] == {"value": "own", "words": "Your data"}
        assert own["sources"][0]["publication"] == "survey.csv"
        assert [row["kind"] for row in own["rows"]] == ["Your data", "Your data"]
        left = json.loads(asked(f"{address}/api/v1/findings/diaries-rows.json"))
        assert left["kind"] == {"value": "simulated", "words": "Simulated"}
        assert left["rows"] == [
            {"kind": "Simulated", "respondent": "S1", "wave": 1.0, "agrees": "Fully"}
        ]
        listed = json.loads(asked(f"{address}/api/v1/tables.json"))["tables"]
        survey = next(table for table in listed if table["key"] == "survey")
        assert (survey["kind"], survey["rows"], survey["addresses"]) == ("own", 2, {})
        with pytest.raises(HTTPError, match="403"):
            asked(f"{address}/api/v1/tables/survey.csv")


def test_the_folder_may_stand_in_the_environment(rooms):
    room, folder = rooms
    words = refused(room, EXPLORER_DATA=str(folder / "gone"))
    assert f"'{folder / 'gone'}': found nothing there" in words
