"""A folder of the reader's own data at the start: refused whole, or used and marked as theirs."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from data.load import built
from data.microdata.tables import RECORD_TABLES
from data.microdata.templates_csv import example_csv
from data.sources.simulated import SIMULATED

ROOT = Path(__file__).parents[1]
PROFILE = "self_profile.csv"
RECORDS = "case_records.csv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "own"
    made.mkdir()
    return made


def mine(key: str) -> bytes:
    """Rows in the documented form, not the project's own."""
    table = RECORD_TABLES[key]
    return example_csv(table, built(SIMULATED[key]).frame, rows=120)


def command(*options: str) -> list[str]:
    return [sys.executable, "app.py", *options]


def refused(*options: str, **settings: str) -> str:
    done = subprocess.run(  # noqa: S603 (our own program)
        command("--port", "0", *options), env={**os.environ, **settings},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Your data:" not in done.stdout
    return done.stderr


@contextmanager
def served(folder: Path, output: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ("--data", str(folder), "--port", str(port), "--workers", "1")
    with (
        output.open("w") as out,
        subprocess.Popen(command(*options), cwd=ROOT, stdout=out, stderr=out) as process,  # noqa: S603 (our own program)
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


def silent_about(logged: str, contents: list[bytes]) -> None:
    assert not re.search(r"(?<![.\d])120(?![.\d])", logged)  # of times, the parts of a second
    for content in contents:
        assert sha256(content).hexdigest()[:8] not in logged


def test_a_broken_file_starts_nothing_and_a_mended_one_is_marked_as_yours(folder, tmp_path):
    (folder / PROFILE).write_bytes(mine("self_profile"))
    broken = mine("case_records").replace(b",good", b",splendid", 1)
    (folder / RECORDS).write_bytes(broken)
    (folder / "other.csv").write_text("a\n1\n", encoding="utf-8")
    words = refused("--data", str(folder))
    assert "The explorer was not started. Your data cannot be used:" in words
    assert "case_records.csv: row " in words
    assert (
        "column grade: found 'splendid', expected one of poor, limited, reasonable, good" in words
    )
    assert "'other.csv': found a file of an unknown name, expected one or more of " in words
    assert len(words.splitlines()) == 3
    assert PROFILE not in words.replace(
        f"or more of {', '.join(f'{k}.csv' for k in SIMULATED)}", ""
    )
    (folder / "other.csv").unlink()
    rows = mine("case_records").replace(b",present,", b",N/A,", 1)
    (folder / RECORDS).write_bytes(rows)
    output = tmp_path / "output"
    with served(folder, output) as address:
        said = [json.loads(line)["event"] for line in output.read_text("utf-8").splitlines()]
        assert "Your data: case_records, from case_records.csv" in said
        assert "Your data: self_profile, from self_profile.csv" in said
        noted = r"Your data: case_records\.csv: read as no answer \('N/A'\): \w+ 1"
        assert any(re.fullmatch(noted, one) for one in said)
        listed = json.loads(asked(f"{address}/api/v1/tables.json"))["tables"]
        kinds = {table["key"]: table["kind"] for table in listed}
        assert kinds["case_records"] == kinds["self_profile"] == "own"
        assert kinds["social_worker_survey"] == "simulated"
        own = next(table for table in listed if table["key"] == "case_records")
        assert (own["rows"], own["sha256"], own["addresses"]) == (None, "", {})
        with pytest.raises(HTTPError, match="403"):
            asked(f"{address}/api/v1/tables/case_records.csv")
    silent_about(output.read_text(encoding="utf-8"), [rows, mine("self_profile")])


def test_the_whole_list_of_faults_goes_to_a_file_on_request(folder, tmp_path):
    (folder / RECORDS).write_bytes(mine("case_records").replace(b",good", b",splendid"))
    listed = tmp_path / "faults.txt"
    words = refused("--data", str(folder), "--faults", str(listed))
    assert f"The whole list is in '{listed}'." in words
    lines = listed.read_text(encoding="utf-8").splitlines()
    assert len(lines) == mine("case_records").count(b",good")
    assert all("column grade: found 'splendid', expected one of" in line for line in lines)


def test_the_folder_may_stand_in_the_environment(folder):
    words = refused(EXPLORER_DATA=str(folder / "gone"))
    assert f"'{folder / 'gone'}': found nothing there" in words
