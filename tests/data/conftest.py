import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from data.load import built
from data.sources import source

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the project's tables that a test may break; caches are empty before and after."""
    for folder in ("official", "evaluation", "simulated"):
        shutil.copytree(source.ROOM / folder, tmp_path / folder)
    shutil.copy(source.CHECKSUMS, tmp_path)
    monkeypatch.setattr(source, "ROOM", tmp_path)
    monkeypatch.setattr(source, "CHECKSUMS", tmp_path / source.CHECKSUMS.name)
    source.checksums.cache_clear()
    built.cache_clear()
    yield tmp_path
    source.checksums.cache_clear()
    built.cache_clear()


@pytest.fixture
def rewrite(room: Path) -> Callable[[str, Callable[[str], str]], None]:
    """Change the text of a table and sign it again, so that only what is in it can be wrong."""

    def change(file: str, how: Callable[[str], str]) -> None:
        path = room / file
        before = path.read_text(encoding="utf-8")
        after = how(before)
        assert after != before
        signed(room, file, after.encode())

    return change


def signed(room: Path, file: str, content: bytes) -> None:
    path, sums = room / file, room / "checksums.txt"
    old = sha256(path.read_bytes()).hexdigest()
    path.write_bytes(content)
    text = sums.read_text(encoding="utf-8")
    sums.write_text(text.replace(old, sha256(content).hexdigest()), encoding="utf-8")
    source.checksums.cache_clear()


@pytest.fixture
def sign(room: Path) -> Callable[[str, bytes], None]:
    """Put bytes in place of a table, with their own checksum."""
    return lambda file, content: signed(room, file, content)


@pytest.fixture
def published_figures() -> Path:
    """The figures as published, which stand beside the project and are no part of it."""
    for parent in Path(__file__).resolve().parents[2:5]:
        for shared in (parent / "shared", parent.parent / "shared"):
            if (shared / "official" / "figures").is_dir():
                return shared
    pytest.skip("the published figures (../shared) are not beside the project")
