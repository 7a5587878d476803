"""Packs, as programs of others judge them: Frictionless and CSV on the Web.

``python -m tests.bench.validators`` reads every pack to its last row; this is a sample.
"""

import warnings
from pathlib import Path

import pytest

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.registry import offered
from analytics.selection.selection import HOME, Selection
from components.pack.pack import everything, to_zip
from tests.bench.validators import EVERYTHING, judge
from tests.components.pack.validators import faults, is_csv_on_the_web, unpacked

#: Rows of a table that are read; two tables have so many that a validator takes long.
MOST = 1_000


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> tuple[dict, Path]:
    folder = tmp_path_factory.mktemp(EVERYTHING)
    return unpacked(everything(HOME), folder), folder


@pytest.mark.slow
def test_the_tables_of_all_packs_are_a_data_package(tables):
    assert faults(*tables, limit_rows=MOST) == []


@pytest.mark.parametrize("key", ["kpis-gaps", "claims", "council-inspections"])
def test_a_pack_is_a_data_package_and_its_rows_are_csv_on_the_web(key):
    rows, inputs, wrong = judge((key, "?area=E08000035"))
    assert wrong == []
    assert rows
    assert inputs


def test_the_validators_see_what_is_wrong(tmp_path):
    told = unpacked(to_zip(offered(HOME)["kpis-gaps"].publish(Selection())), tmp_path)
    files = [one for one in told["resources"] if one["path"] == "rows.csv"]
    assert faults(told, tmp_path, files=files) == []
    rows = tmp_path / "rows.csv"
    sound = rows.read_bytes()
    rows.write_bytes(sound.replace(b",10,", b",ten,", 1))
    assert faults(told, tmp_path, files=files)
    with warnings.catch_warnings():
        warnings.simplefilter("always")  # it counts its own warnings, of which pytest makes errors
        assert not is_csv_on_the_web(tmp_path)
    rows.write_bytes(sound.replace(b"\r\n", b"\r\nlast,", 1))
    assert any("hash" in fault.lower() for fault in faults(told, tmp_path, files=files))
