"""Read a recipe of ``docs/how-to/`` and carry it out, step by step, in a copy of the project.

A recipe is ordinary Markdown. These forms are carried out; everything else is prose:

* ``1. Create `path`:`` and a code block: the new file.
* ``1. In `path`, after `line`, add:`` and a code block. ``before`` does what it says.
* ``1. At the end of `path`, add:`` and a code block.
* ``1. In `path`, replace `old` with `new`.``
* ``1. Run:`` and a block of shell commands, each ``python -m …``.
* ``Settings: `NAME=value`.`` what the explorer is started with.
* ``Files: `path`, `path`.`` every file that differs afterwards; ``*`` stands for letters of a name.
* a table ``| address | shows |``: what an address answers afterwards.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
ROOMS = ("analytics", "assets", "components", "data", "pages")
FILES = ("app.py", "CHANGELOG.md", "CITATION.cff", "README.md", "pyproject.toml")
#: What Python has compiled comes along, as compiling takes longer than a recipe; but for files that
#: another process of tests has not finished.
LEFT_OUT = shutil.ignore_patterns("*.pyc.*", "vendor", "screenshot.png")

STEP = re.compile(
    r"^\d+\. (?P<words>[^\n]+?)(?::\n\n```\w+\n(?P<block>.*?)^```$|\.$)", re.MULTILINE | re.DOTALL
)
CREATE = re.compile(r"Create `([^`]+)`")
ADD = re.compile(r"In `([^`]+)`, (after|before) `([^`]+)`, add")
END = re.compile(r"At the end of `([^`]+)`, add")
REPLACE = re.compile(r"In `([^`]+)`, replace `([^`]+)` with `([^`]+)`")
CODE = re.compile(r"`([^`]+)`")


class RecipeError(ValueError):
    """A step says something that cannot be done."""


@dataclass(frozen=True)
class Recipe:
    """A recipe as it is written."""

    text: str

    @property
    def files(self) -> set[str]:
        return set(CODE.findall(_one(r"^Files: (.+?)\.$", self.text)))

    @property
    def settings(self) -> dict[str, str]:
        found = re.search(r"^Settings: (.+?)\.$", self.text, re.MULTILINE)
        return dict(one.split("=", 1) for one in CODE.findall(found[1])) if found else {}

    @property
    def shows(self) -> list[tuple[str, list[str]]]:
        """Each address, and all that its answer holds."""
        table = _one(r"^\| address \| shows \|\n\| --- \| --- \|\n((?:\|.*\n)+)", self.text)
        rows = [line.strip("| ").split(" | ") for line in table.splitlines()]
        return [(address.strip("`"), CODE.findall(words)) for address, words in rows]

    def carry_out(self, room: Path) -> None:
        """Do every step in a copy of the project."""
        steps = list(STEP.finditer(self.text))
        numbered = re.findall(r"^\d+\. .*", self.text, re.MULTILINE)
        if len(steps) != len(numbered):
            read = {step[0].splitlines()[0] for step in steps}
            msg = f"not understood: {[one for one in numbered if one not in read]}"
            raise RecipeError(msg)
        for step in steps:
            _do(room, step["words"], step["block"])


def _do(room: Path, words: str, block: str | None) -> None:
    if found := REPLACE.fullmatch(words):
        _put(room / found[1], found[2], found[3])
    elif block is None:
        msg = f"{words}: this step has no block"
        raise RecipeError(msg)
    elif found := CREATE.fullmatch(words):
        with (room / found[1]).open("x", encoding="utf-8") as file:
            file.write(block)
    elif found := ADD.fullmatch(words):
        line = _line_of(room / found[1], found[3])
        _put(room / found[1], line, line + block if found[2] == "after" else block + line)
    elif found := END.fullmatch(words):
        with (room / found[1]).open("r+", encoding="utf-8") as file:
            file.read()
            file.write(block)
    elif words == "Run":
        _commands(room, block)
    else:
        msg = f"not understood: {words}"
        raise RecipeError(msg)


def _commands(room: Path, block: str) -> None:
    for command in block.splitlines():
        name, *rest = shlex.split(command)
        if name != "python":
            msg = f"{command}: only python is run"
            raise RecipeError(msg)
        _run(rest, room, {})


def _line_of(path: Path, expected: str) -> str:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    found = [line for line in lines if line.strip() == expected]
    if len(found) != 1:
        msg = f"{path.name}: {len(found)} lines are {expected!r}, expected one"
        raise RecipeError(msg)
    return found[0]


def _put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    if text.count(old) != 1:
        msg = f"{path.name} holds {old!r} {text.count(old)} times, expected once"
        raise RecipeError(msg)
    path.write_text(text.replace(old, new), encoding="utf-8")


def _one(pattern: str, text: str) -> str:
    found = re.findall(pattern, text, re.MULTILINE)
    if len(found) != 1:
        msg = f"{pattern}: found {len(found)} times, expected once"
        raise RecipeError(msg)
    return found[0]


def copy(folder: Path) -> Path:
    """Copy what runs, and what recipes change, into a folder."""
    room = folder / "explorer"
    for name in ROOMS:
        shutil.copytree(ROOT / name, room / name, ignore=LEFT_OUT)
    for name in FILES:
        shutil.copy(ROOT / name, room / name)
    return room


def sums(room: Path) -> dict[str, str]:
    """Return the checksum of every file in a copy, but for what Python keeps."""
    return {
        path.relative_to(room).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in room.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def answers(room: Path, addresses: list[str], settings: dict[str, str]) -> dict[str, str]:
    """Return what the explorer in a copy answers at some addresses."""
    return json.loads(_run([str(HERE / "probe.py"), *addresses], room, settings))


def _run(words: list[str], room: Path, settings: dict[str, str]) -> str:
    kept = {name: str(room.parent / name) for name in ("EXPLORER_CACHE", "EXPLORER_PACKED")}
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, *words], cwd=room, env={**os.environ, **kept, **settings},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    if done.returncode:
        msg = f"{' '.join(words)}:\n{done.stderr[-3000:]}"
        raise RecipeError(msg)
    return done.stdout
