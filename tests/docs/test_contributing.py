"""The guide for whoever works on the explorer names commands, files and links that are there."""

import re
import tomllib
from fnmatch import fnmatch

import pytest

from tests.docs.recipe import ROOT
from tests.fast import PLACES, left_out

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)[1].split())
FOUND_BY_OTHERS = {"run", "run-distributed", "setup", "firefox", "r", "redis", "nginx", "clean"}
DOCUMENTS = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_every_make_target_is_there_and_named():
    named = set(re.findall(r"\bmake ([a-z-]+)", GUIDE))
    assert named <= TARGETS
    assert named | FOUND_BY_OTHERS == TARGETS
    assert all(re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) for target in TARGETS)


def test_every_file_that_it_names_is_there():
    paths = re.findall(r"(?:tests|\.ci|docs|components|analytics)/[\w./-]*\w", GUIDE)
    made = {"tests/bench/results.json"}
    assert len(paths) > 8
    assert [path for path in paths if path not in made and not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_every_link_between_documents_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8"))
    here = [link for link in links if "://" not in link]
    assert [link for link in here if not (document.parent / link).exists()] == []


def test_the_readme_leads_to_it():
    assert "(CONTRIBUTING.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_what_the_fast_tests_leave_out_is_there_and_its_marker_declared():
    assert [place for place in PLACES if not (ROOT / "tests" / place).exists()] == []
    assert left_out(ROOT / "tests" / "browser" / "test_cards.py")
    assert left_out(ROOT / "tests" / "test_app.py")
    assert not left_out(ROOT / "tests" / "analytics" / "methods" / "test_gap.py")
    assert not left_out(ROOT / "tests" / "a_new_folder" / "test_new.py")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    markers = project["tool"]["pytest"]["ini_options"]["markers"]
    assert any(one.startswith("slow:") for one in markers)


def test_every_file_of_tests_is_collected(pytestconfig):
    """Pytest leaves folders of some names out by itself; none of ours may be among them."""
    skipped = pytestconfig.getini("norecursedirs")
    left = {
        folder
        for path in (ROOT / "tests").rglob("test_*.py")
        for folder in path.relative_to(ROOT).parts[:-1]
        if any(fnmatch(folder, pattern) for pattern in skipped)
    }
    assert left <= {"vendor"}
