"""A new list of neighbours is one entry and its file."""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from data.load import load
from data.neighbour_lists import DEFAULT, NEIGHBOUR_LISTS, read
from data.programmes.settings import ProgrammeError
from data.sources.registry import NEIGHBOURS

ROOT = Path(__file__).parents[2]
ENTRY = """
[[lists]]
key = "2030"
label = "June 2030"
when = "June 2030"
listed = "list of June 2030"
in_use = "of June 2030"
heads = ["Jun", "2030"]
source = "June 2030"
known = "the Department's list of June 2030"
edition = "June 2030"
note = "A list made for a test."
closeness = true
formed_since = true
neighbours = 10
file = "new.csv"
sha256 = "{digest}"
"""
#: What a process says that starts with the new entry: nothing else of the project is touched.
SEEN = """
import app
from analytics.findings.indicators import kpis
from analytics.publication.registry import FINDINGS
from analytics.selection.parameters import PARAMETERS
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.card import cards_under

assert PARAMETERS["model"].allowed(HOME)["2030"] == "June 2030"
mine = from_search("?model=2030")
assert not mine.notices
assert "list of June 2030" in mine.label
assert mine.to_query() == "?model=2030"
assert not from_search("?model=2030&weights=closeness").notices
lists = FINDINGS["neighbours-lists"].publish(mine)
assert lists.frame["rank_2030"].notna().any()
assert (lists.frame["closeness_2030"] != "").any()
assert lists.frame["lists"].max() == 4
assert "list of June 2030" in lists.summary
assert "A list made for a test." in lists.notes
kept = FINDINGS["neighbours-survival"].publish(mine).frame
parts = ["in_all", "in_2021", "in_2025", "in_2030", "in_several", "in_neither"]
assert (kept[parts].sum(axis=1) == kept["named"]).all()
assert kept["in_several"].sum() > 0
for key in ("neighbours-verdicts", "claims-choices"):
    assert "2030" in set(FINDINGS[key].publish(mine).frame["model_key"]), key
curve = FINDINGS["robustness-specifications"].publish(mine).frame
assert "2030" in set(curve["model"])
gaps = kpis.gaps.publish(mine)
assert gaps.frame["gap"].notna().any()
for card in cards_under(HOME).values():
    card.pieces(mine)
client = app.explorer.server.test_client()
methods = client.get("/sheets/methods").get_data(as_text=True)
assert "four lists" in methods
assert "lists of 2021, 2025 and 2030" in methods
table = client.get("/api/v1/tables/neighbours.csv").get_data(as_text=True)
assert "\\n2030,E06000001,1," in table
print("seen")
"""


def rows_of_a_new_list() -> bytes:
    """The list of 2021 from the second neighbour to the last and then the first."""
    head, *lines = NEIGHBOURS.path.read_text(encoding="utf-8").splitlines()
    made = [head]
    for line in lines:
        model, code, rank, neighbour, close = line.split(",")
        if model == "2021":
            made.append(f"2030,{code},{int(rank) % 10 + 1},{neighbour},{close}")
    return ("\n".join(made) + "\n").encode()


def entries(folder: Path, content: bytes, digest: str) -> Path:
    (folder / "new.csv").write_bytes(content)
    text = DEFAULT.read_text(encoding="utf-8").replace(
        'file = "official/neighbours.csv"', f'file = "{NEIGHBOURS.path}"'
    )
    path = folder / "lists.toml"
    path.write_text(text + ENTRY.replace("{digest}", digest), encoding="utf-8")
    return path


def run(folder: Path, path: Path, code: str) -> subprocess.CompletedProcess[str]:
    told = {"EXPLORER_NEIGHBOUR_LISTS": str(path), "EXPLORER_CACHE": str(folder / "cache")}
    return subprocess.run(  # noqa: S603 (this interpreter, on code of this file)
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_new_list_is_one_entry_and_its_file(tmp_path):
    content = rows_of_a_new_list()
    path = entries(tmp_path, content, sha256(content).hexdigest())
    done = run(tmp_path, path, SEEN)
    assert done.stdout.endswith("seen\n"), done.stderr


@pytest.mark.parametrize(
    "change", [b"2030,E06000001,1,E06000002,\n", b"2031,E06000001,1,E06000002,\n"]
)
def test_a_file_that_is_not_the_one_promised_is_refused(tmp_path, change):
    content = rows_of_a_new_list()
    promised = sha256(content).hexdigest()
    digest = promised if change.startswith(b"2030") else sha256(content + change).hexdigest()
    path = entries(tmp_path, content + change, digest)
    done = run(tmp_path, path, "import data.sources.registry")
    assert done.returncode
    assert "ProgrammeError: new.csv: found checksum" in done.stderr


def test_every_list_has_rows_and_says_truly_what_it_holds():
    frame = load(NEIGHBOURS).frame
    assert {one.key for one in NEIGHBOUR_LISTS} == set(frame["model"])
    for one in NEIGHBOUR_LISTS:
        rows = frame[frame["model"] == one.key]
        assert rows["rank"].max() == one.neighbours
        assert rows["closeness"].notna().all() == one.closeness


def test_an_entry_given_twice_or_left_incomplete_is_refused(tmp_path):
    text = DEFAULT.read_text(encoding="utf-8")
    path = tmp_path / "lists.toml"
    path.write_text(text.replace('key = "2025"', 'key = "2021"'), encoding="utf-8")
    with pytest.raises(ProgrammeError, match="each once"):
        read(path)
    path.write_text(text.replace('label = "May 2025"\n', ""), encoding="utf-8")
    with pytest.raises(ProgrammeError, match=r"lists.*label: found nothing"):
        read(path)


def test_no_code_names_a_list():
    named = [one.key for one in NEIGHBOUR_LISTS if not one.key.isdigit()]
    named += [word for one in NEIGHBOUR_LISTS for word in (one.label, one.when, one.listed)]
    columns = [f"_{one.column}" for one in NEIGHBOUR_LISTS]
    files = [
        path
        for room in ("analytics", "components", "pages", "data")
        for path in sorted((ROOT / room).rglob("*.py"))
    ]
    assert len(files) > 200
    found = {
        (path.relative_to(ROOT).as_posix(), word)
        for path in files
        for text in (path.read_text(encoding="utf-8").replace("28 May 2025", ""),)
        for word in (*named, *(f'"{part}{column}' for part in ("rank", "in") for column in columns))
        if word in text
    }
    # The docstring of an entry says how one is written.
    assert {path for path, _ in found} == {"data/neighbour_lists.py"}
