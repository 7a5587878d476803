"""The pinned lists hold for every Python the project is said to run on."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11.0", "3.11.2", "3.11.3", "3.12.0", "3.13.0", "3.13.9")
LISTS = ("run", "test")


def pinned(name: str) -> list[Requirement]:
    words = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    lines = words.replace("\\\n", " ").splitlines()
    return [Requirement(line.split("--hash")[0].strip()) for line in lines if line[:1].isalnum()]


def environment(python: str) -> dict[str, str]:
    short = ".".join(python.split(".")[:2])
    return {**default_environment(), "python_full_version": python, "python_version": short}


@pytest.mark.parametrize("name", LISTS)
def test_every_line_is_one_version_with_its_digests_and_no_address(name):
    words = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in words
    assert "index" not in re.sub(r"(?m)^[\w.-]+==.*$", "", words)
    for block in re.split(r"(?m)^(?=[\w.-]+==)", words)[1:]:
        assert "--hash=sha256:" in block


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("name", LISTS)
def test_whatever_a_pinned_package_needs_is_pinned_too(name, python):
    """Also what only some Pythons need: below 3.11.3, for one, redis needs async-timeout."""
    here = environment(python)
    lines = [one for one in pinned(name) if one.marker is None or one.marker.evaluate(here)]
    held = {canonicalize_name(one.name): one for one in lines}
    lacking = []
    for one in held.values():
        try:
            needs = distribution(one.name).requires or []
        except PackageNotFoundError:  # needed by another Python than this one
            continue
        extras = ("", *_extras(name, one.name))
        for need in map(Requirement, needs):
            expected = need.marker is None or any(
                need.marker.evaluate({**here, "extra": extra}) for extra in extras
            )
            if expected and canonicalize_name(need.name) not in held:
                lacking.append(f"{one.name} needs {need}")
    assert lacking == []


def _extras(name: str, package: str) -> tuple[str, ...]:
    """Extras of a package that a list of the project asks for."""
    files = ("run.in",) if name == "run" else ("run.in", "test.in")
    words = "\n".join((ROOT / "requirements" / one).read_text(encoding="utf-8") for one in files)
    asked = [Requirement(line) for line in words.splitlines() if line[:1].isalnum()]
    return tuple(extra for one in asked if one.name == package for extra in one.extras)


def test_the_two_lists_agree():
    versions = {one.name: str(one.specifier) for one in pinned("run")}
    other = {one.name: str(one.specifier) for one in pinned("test")}
    apart = {name for name in versions if name in other and versions[name] != other[name]}
    # dash[testing] holds an old selenium, and that an old urllib3.
    assert apart <= {"urllib3"}


def test_no_version_is_written_by_hand_twice():
    """The versions are in run.in and test.in, each once; pyproject.toml reads run.in."""
    asked = []
    for name in ("run.in", "test.in"):
        words = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        asked += [Requirement(line) for line in words.splitlines() if line[:1].isalnum()]
    fixed = [canonicalize_name(one.name) for one in asked if one.specifier]
    assert fixed
    assert len(fixed) == len(set(fixed))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "dependencies" not in project["project"]
    assert project["project"]["dynamic"] == ["dependencies"]
    read = project["tool"]["setuptools"]["dynamic"]["dependencies"]
    assert read == {"file": ["requirements/run.in"]}
