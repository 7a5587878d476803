"""The numbers of packs, made again in R from nothing but the packs."""

import io
import os
import shutil
import subprocess
import zipfile

import orjson
import pytest

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.finding import FINDINGS
from analytics.selection.parse import from_search
from components.pack import pack

COVERED = orjson.loads((pack._SCRIPTS / "covers.json").read_bytes())["r"]
#: Cards of one council have no numbers until one is chosen: here a pilot's neighbour.
COUNCIL = "?area=E08000012"
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


def unzipped(key, folder, shared):
    """Unzip a pack; a table that another pack holds too is linked and not written again."""
    search = COUNCIL if key.startswith(("council-", "area-")) else ""
    shown = FINDINGS[key].make(from_search(search))
    with zipfile.ZipFile(io.BytesIO(pack.to_zip(shown))) as parts:
        for name in parts.namelist():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name.startswith("inputs/"):
                if name not in shared:
                    path.write_bytes(parts.read(name))
                    shared[name] = path
                else:
                    path.symlink_to(shared[name])
            elif name.startswith("scripts/") or name in {"rows.csv", "selection.json"}:
                path.write_bytes(parts.read(name))
    return folder


def rerun(*folders):
    return run(folders[0] / "scripts" / "rerun.R", *folders)


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    room, shared = tmp_path_factory.mktemp("packs"), {}
    return {key: unzipped(key, room / key, shared) for key in COVERED}


def test_every_number_of_the_packs_covered_is_made_again(packs):
    found = rerun(*packs.values())
    ends = [line for line in found.stdout.splitlines() if line.endswith((": met", "NOT MET"))]
    assert found.returncode == 0, found.stderr + "\n".join(ends)
    assert len(ends) == len(COVERED)
    assert all(" numbers, largest difference " in line for line in ends)


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
    found = rerun(doctored, widened)
    assert found.returncode == 1
    first, second = found.stdout.split("\nneighbours-survival\n")
    assert "columns differ" in first
    assert "t1_sd" in first
    assert "1 columns were not made again: extra" in second
