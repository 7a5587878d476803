"""Set-up goes on without npm's files when npm, or what it asks, does not answer."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTENT = b"/* a style */"


@pytest.fixture
def project(tmp_path):
    """A copy of what fetches, with a list of two files of one package each."""
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "requirements" / "fetch.py", tmp_path / "requirements")
    digest = hashlib.sha256(CONTENT).hexdigest()
    lines = [
        f"{group} {name} 1.0.0 a.css {name}.css {digest}"
        for group, name in (("run", "one"), ("run", "two"), ("test", "three"))
    ]
    (tmp_path / "requirements" / "browser.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "a.css").write_bytes(CONTENT)
    with tarfile.open(tmp_path / "package.tgz", "w:gz") as archive:
        archive.add(tmp_path / "a.css", "package/a.css")
    return tmp_path


def fetch(project: Path, group: str, npm: str) -> subprocess.CompletedProcess[str]:
    """Run it with an npm that does what ``npm`` says in the language of the shell."""
    tools = project / "tools"
    tools.mkdir(exist_ok=True)
    (tools / "npm").write_text(f"#!/bin/sh\necho asked >> {project}/asked\n{npm}\n")
    (tools / "npm").chmod(0o755)
    return subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "requirements/fetch.py", group],
        cwd=project, capture_output=True, text=True, check=False, timeout=30,
        env={**os.environ, "PATH": f"{tools}:/usr/bin:/bin", "FETCH_SECONDS": "1"},
    )  # fmt: skip


def asked(project: Path) -> int:
    return (project / "asked").read_text().count("asked")


def test_files_are_fetched_once_and_each_is_announced(project):
    done = fetch(project, "run", f"cp {project}/package.tgz .")
    assert done.returncode == 0
    assert (project / "assets" / "vendor" / "two.css").read_bytes() == CONTENT
    assert "1 of 2" in done.stdout
    assert "2 of 2" in done.stdout
    assert fetch(project, "run", "exit 1").stdout == ""


@pytest.mark.parametrize(
    ("npm", "says"),
    [
        ("exec sleep 20", "did not answer"),
        ("echo 'npm error code ENOTFOUND' >&2; exit 1", "cannot reach"),
    ],
)
def test_a_silent_registry_is_asked_once_and_left(project, npm, says):
    done = fetch(project, "run", npm)
    assert done.returncode == 0
    assert says in done.stdout
    assert "works without them" in done.stdout
    assert asked(project) == 1


def test_the_tests_cannot_do_without_theirs(project):
    assert fetch(project, "test", "exec sleep 20").returncode != 0


def test_a_changed_file_is_refused(project):
    (project / "a.css").write_bytes(b"another")
    with tarfile.open(project / "package.tgz", "w:gz") as archive:
        archive.add(project / "a.css", "package/a.css")
    done = fetch(project, "run", f"cp {project}/package.tgz .")
    assert "expected one 1.0.0" in done.stdout
    assert not (project / "assets").exists()


def folder_digest(files: dict[str, bytes]) -> str:
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@pytest.fixture
def checker(project):
    """The same project, whose list asks for a folder of a package."""
    files = {"one.js": b"1", "deep/two.js": b"2"}
    with tarfile.open(project / "package.tgz", "w:gz") as archive:
        for name, content in {**files, "../outside.js": b"3"}.items():
            source = project / "source"
            source.write_bytes(content)
            archive.add(source, f"package/lib/{name}")
    line = f"scripts checker 1.0.0 lib/ checker {folder_digest(files)}"
    (project / "requirements" / "browser.txt").write_text(line, encoding="utf-8")
    return project


def test_a_whole_folder_is_fetched_once(checker):
    with tarfile.open(checker / "package.tgz", "w:gz") as archive:
        for name, content in {"one.js": b"1", "deep/two.js": b"2"}.items():
            (checker / "source").write_bytes(content)
            archive.add(checker / "source", f"package/lib/{name}")
        archive.add(checker / "source", "package/README.md")
    fetch(checker, "scripts", f"cp {checker}/package.tgz .")
    held = checker / "tests" / "vendor" / "checker"
    assert (held / "deep" / "two.js").read_bytes() == b"2"
    assert not (held / "README.md").exists()
    assert fetch(checker, "scripts", "exit 1").stdout == ""
    (held / "one.js").write_bytes(b"changed")
    fetch(checker, "scripts", f"cp {checker}/package.tgz .")
    assert (held / "one.js").read_bytes() == b"1"


def test_a_folder_with_another_file_is_refused(checker):
    done = fetch(checker, "scripts", f"cp {checker}/package.tgz .")
    assert "expected checker 1.0.0" in done.stdout
    assert not (checker / "tests").exists()
    assert not (checker / "outside.js").exists()


def test_the_javascript_goes_unchecked_without_npm(checker):
    done = fetch(checker, "scripts", "exec sleep 20")
    assert done.returncode == 0
    assert "not checked" in done.stdout
