"""Packs, as programs of others judge them: Frictionless and CSV on the Web."""

import io
import warnings
import zipfile
from pathlib import Path

import orjson
import pytest
from csvw import CSVW
from frictionless import Package, system

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.finding import FINDINGS
from analytics.selection.selection import HOME, Selection
from components.pack.pack import everything, to_zip

#: Rows of a table that are read; two tables have so many that a validator takes half a minute.
MOST = 1_000
FILES = ("rows.csv", "whole.csv", "rows.csv-metadata.json")


def unpacked(key: str, folder: Path) -> dict:
    """Unpack a pack without its inputs, and return its description without them."""
    with zipfile.ZipFile(io.BytesIO(to_zip(FINDINGS[key].publish(Selection())))) as parts:
        for name in set(FILES) & set(parts.namelist()):
            parts.extract(name, folder)
        told = orjson.loads(parts.read("datapackage.json"))
    own = [one for one in told["resources"] if not one["path"].startswith("inputs/")]
    return told | {"resources": own}


def faults(told: dict, folder: Path, **limits: int) -> list[str]:
    with system.use_context(trusted=True):
        package = Package.from_descriptor(told, basepath=str(folder))
        report = package.validate(**limits)
    return [str(fault) for fault in report.flatten(["title", "message"])] + [
        str(error) for error in report.errors
    ]


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> tuple[dict, Path]:
    folder = tmp_path_factory.mktemp("everything")
    zipfile.ZipFile(io.BytesIO(everything(HOME))).extractall(folder)
    return orjson.loads((folder / "datapackage.json").read_bytes()), folder


@pytest.mark.slow
def test_every_pack_is_a_data_package_and_its_rows_are_csv_on_the_web(tmp_path):
    seen = set()
    for key, finding in FINDINGS.items():
        if finding.slow:
            continue
        folder = tmp_path / key
        told = unpacked(key, folder)
        new = [one for one in told["resources"] if one["hash"] not in seen]  # many share a table
        assert faults(told | {"resources": new}, folder) == [], key
        seen |= {one["hash"] for one in new}
        described = CSVW(str(folder / "rows.csv-metadata.json"), validate=True)
        assert described.is_valid, key


@pytest.mark.slow
def test_the_tables_of_all_packs_are_a_data_package(tables):
    assert faults(*tables, limit_rows=MOST) == []


def test_the_validators_see_what_is_wrong(tmp_path):
    told = unpacked("kpis-gaps", tmp_path)
    rows = tmp_path / "rows.csv"
    sound = rows.read_bytes()
    rows.write_bytes(sound.replace(b",10,", b",ten,", 1))
    assert faults(told, tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # it counts its own warnings, of which pytest makes errors
        assert not CSVW(str(tmp_path / "rows.csv-metadata.json"), validate=True).is_valid
    rows.write_bytes(sound.replace(b"\r\n", b"\r\nlast,", 1))
    assert any("hash" in fault.lower() for fault in faults(told, tmp_path))
