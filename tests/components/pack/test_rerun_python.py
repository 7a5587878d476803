"""The Python script of packs: it arrives at every published number, and notices a changed cell."""

import json
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from subprocess import CompletedProcess
from zipfile import ZipFile

import pandas as pd
import pytest

from analytics.publication.registry import FINDINGS, offered
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME, Selection
from components.pack.pack import to_zip
from data.sources.source import Kind
from tests.components.pack.folders import SCRIPTS, answered, write_pack

COVERS = json.loads((SCRIPTS / "covers.json").read_text())
COVERED, REASONS = COVERS["python"], COVERS["reasons"]
#: Kinds of findings that are computed; others print what was published, or show simulated records.
COMPUTED = (Kind.OFFICIAL, Kind.ESTIMATE, Kind.COMPUTED)
#: Findings left to tests.bench.rerun: what computes them is run for others too.
LEFT_OUT = {
    "claims-choices", "expenditure-changes", "kpis-changes", "neighbours-flips",
    "plan-detectable", "robustness-detectable", "robustness-placebos", "robustness-placebos-long",
}  # fmt: skip


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def run(*arguments: object, script: Path = SCRIPTS / "rerun.py") -> CompletedProcess[str]:
    command = [sys.executable, "-W", "error", str(script), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


def test_whatever_is_computed_from_figures_is_covered_or_says_why_not():
    """But a table that lies whole behind another finding, whose numbers the scripts start from."""
    behind = {one.whole for one in FINDINGS.values()}
    computed = {key for key, one in FINDINGS.items() if one.kind in COMPUTED and key not in behind}
    for language in ("python", "r"):
        covered, reasons = {*COVERS[language]}, {*REASONS["any"], *REASONS[language]}
        assert computed <= covered | reasons, language
        assert not covered & reasons, language
        assert covered | reasons <= {*FINDINGS}, language


def test_every_number_of_findings_covered_is_recomputed(tmp_path: Path, tables: Path, some):
    """Of some; tests.bench.rerun does it for all, under more selections."""
    keys = some(sorted({*COVERED} - LEFT_OUT), 20, "python")
    packs = [write_pack(answered(key), tmp_path / key, tables) for key in keys]
    ran = run("--short", *packs)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    told = re.findall(r"^(\S+): (\d+) numbers, .*: all agree$", ran.stdout, re.MULTILINE)
    assert [name for name, _ in told] == [pack.name for pack in packs]
    assert not [name for name, many in told if many == "0"]


def damaged(pack: Path, table: str, change) -> None:
    """Change a table of a pack, and of this pack alone."""
    file = pack / "inputs" / f"{table}.csv"
    frame = pd.read_csv(file, keep_default_na=False, dtype=str, encoding="utf-8-sig")
    change(frame)
    file.unlink()
    frame.to_csv(file, index=False)


def one_more(frame: pd.DataFrame) -> None:
    """Add a millionth to one figure of a pilot that the card is about."""
    of = (frame["code"] == "E06000023") & (frame["indicator"] == "icpc_rate")
    at = frame.index[of & (frame["year_end"] == "2015") & (frame["preferred"] == "True")][0]
    frame.loc[at, "value"] = repr(float(frame.loc[at, "value"]) * (1 + 1e-6))


def test_what_does_not_agree_makes_it_fail_and_is_named(tmp_path: Path, tables: Path):
    published = offered(HOME)["change-years"].publish(Selection())
    drawn = offered(HOME)["robustness-placebo"]
    withheld = drawn.publish(from_search("?pilots=E06000023"))
    assert withheld.withheld
    table, rows, column, silent, spoken = (
        write_pack(one, tmp_path / name, tables)
        for name, one in (
            *((name, published) for name in ("table", "rows", "column")),
            ("silent", withheld),
            ("spoken", drawn.publish(Selection())),
        )
    )
    damaged(table, "indicators", one_more)
    head, *lines = (rows / "rows.csv").read_text("utf-8-sig").splitlines()
    last = lines[-1].replace(",10,", ",9,")
    (rows / "rows.csv").write_text("\n".join([head, *lines[:-1], last]))
    new = [f"{head},new", *(f"{one},1.5" for one in lines)]
    (column / "rows.csv").write_text("\n".join(new))
    shutil.copy(silent / "selection.json", spoken / "selection.json")
    ran = run("--short", table, rows, column, silent, spoken)
    assert ran.returncode == 1
    said = ran.stdout.splitlines()
    assert "change differs in" in said[0]
    assert "n differs in 1 rows" in said[1]
    assert "new has published numbers and none recomputed" in said[2]
    assert said[3].endswith("0 numbers, largest difference 0.0e+00: all agree")
    assert "numbers are published, but 1 pilots are chosen" in said[4]


def test_the_script_runs_in_the_pack_it_came_in(tmp_path: Path):
    with ZipFile(
        BytesIO(to_zip(offered(HOME)["neighbours-survival"].publish(Selection())))
    ) as pack:
        pack.extractall(tmp_path)
    ran = run(script=tmp_path / "scripts/rerun.py")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "recomputed, published, relative difference" in ran.stdout
    assert ran.stdout.rstrip().endswith("all agree")
    assert not [file for file in (tmp_path / "scripts").iterdir() if file.name == "covers.json"]


def test_the_scripts_import_nothing_of_the_project():
    imports = re.compile(
        r"^\s*(?:from|import)\s+(analytics|components|data|pages|app)\b", re.MULTILINE
    )
    assert not [file.name for file in SCRIPTS.glob("*.py") if imports.search(file.read_text())]
