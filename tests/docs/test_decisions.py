"""Each decision is numbered, dated, listed, and speaks of files that are there."""

import re

import pytest

from tests.docs.recipe import ROOT

FOLDER = ROOT / "docs" / "decisions"
RECORDS = sorted(FOLDER.glob("0*.md"))
FORM = re.compile(
    r"# (\d+)\. [^\n]+\n\nDate: 20\d\d-\d\d-\d\d\. Status: [^\n]+\.\n\n## Context\n\n.+"
    r"\n\n## Decision\n\n.+\n\n## Consequences\n\n.+",
    re.DOTALL,
)
FILE = re.compile(r"`([\w./-]+(?:/|\.(?:py|md|txt|css)))`")


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_decision_has_its_parts_and_its_files(path):
    text = path.read_text(encoding="utf-8")
    found = FORM.fullmatch(text)
    assert found
    assert int(found[1]) == int(path.stem[:4])
    assert [name for name in FILE.findall(text) if not (ROOT / name).exists()] == []


def test_decisions_are_numbered_without_a_hole_and_listed():
    assert [int(path.stem[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in RECORDS if f"({path.name})" not in listed] == []
