"""The numbers of packs, made again in R from nothing but the packs."""

import io
import os
import shutil
import subprocess
import zipfile

import orjson
import pytest

from components.pack import pack
from tests.components.pack.folders import SCRIPTS, answered, write_pack

COVERED = orjson.loads((SCRIPTS / "covers.json").read_bytes())["r"]
RSCRIPT = shutil.which("Rscript")


def run(*words):
    uncompiled = os.environ | {
        "R_ENABLE_JIT": "0"
    }  # compiling the scripts takes longer than it saves
    return subprocess.run(  # noqa: S603 (scripts of this project)
        [RSCRIPT, *words], env=uncompiled, capture_output=True, text=True, timeout=300, check=False
    )


pytestmark = pytest.mark.skipif(
    not RSCRIPT or run("-e", "library(jsonlite)").returncode != 0,
    reason="r-base-core or r-cran-jsonlite is not installed (make r)",
)


@pytest.fixture(scope="module")
def packs(tmp_path_factory, some):
    """Of some findings; tests.bench.rerun does it for all, under more selections."""
    room = tmp_path_factory.mktemp("packs")
    keys = dict.fromkeys([*some(COVERED, 16, "r"), "families-measures", "neighbours-survival"])
    return {key: write_pack(answered(key), room / key, room / "tables") for key in keys}


def test_every_number_of_the_packs_covered_is_made_again(packs):
    ran = run(SCRIPTS / "rerun.R", *packs.values())
    ends = [line for line in ran.stdout.splitlines() if line.endswith((": met", "NOT MET"))]
    assert ran.returncode == 0, ran.stderr + "\n".join(ends)
    assert len(ends) == len(packs)
    assert all(" numbers, largest difference " in line for line in ends)


def test_the_script_runs_in_the_pack_it_came_in(tmp_path):
    with zipfile.ZipFile(io.BytesIO(pack.to_zip(answered("neighbours-survival")))) as parts:
        parts.extractall(tmp_path)
    ran = run(tmp_path / "scripts" / "rerun.R", tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ": met" in ran.stdout


def test_a_changed_input_and_a_number_without_its_second_are_found(packs, tmp_path):
    doctored = shutil.copytree(packs["families-measures"], tmp_path / "doctored")
    table = doctored / "inputs" / "standardised-measures.csv"
    head, first, *others = table.read_text("utf-8").splitlines()
    changed = first.replace(",6.9,", ",6.8,")
    assert changed != first
    table.write_text("\n".join([head, changed, *others]), "utf-8")
    widened = shutil.copytree(packs["neighbours-survival"], tmp_path / "widened")
    rows = widened / "rows.csv"
    head, *lines = rows.read_text("utf-8").splitlines()
    rows.write_text("\n".join([f"{head},extra", *(f"{line},1" for line in lines)]), "utf-8")
    ran = run(SCRIPTS / "rerun.R", doctored, widened)
    assert ran.returncode == 1
    first, second = ran.stdout.split("\nneighbours-survival\n")
    assert "columns differ" in first
    assert "t1_sd" in first
    assert "1 columns were not made again: extra" in second
