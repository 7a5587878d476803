import pytest

from components.server import precompress
from components.server.response_cache import Encoding

CONTENT = b"function explore() { return 'a long enough script to pack'; }\n" * 40


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("EXPLORER_PACKED", str(tmp_path / "packed"))
    return tmp_path / "packed"


def test_what_was_packed_once_is_found_again(monkeypatch):
    assert precompress.pressed(CONTENT) is None
    made = precompress.press(CONTENT)
    monkeypatch.setattr(precompress, "pack", lambda *_, **__: pytest.fail("packed twice"))
    assert precompress.press(CONTENT) == precompress.pressed(CONTENT) == made
    assert made.encoding is Encoding.BROTLI


def test_a_damaged_file_is_not_served(folder):
    precompress.press(CONTENT)
    (held,) = folder.glob("*.br")
    held.write_bytes(held.read_bytes()[:-1] + b"x")
    assert precompress.pressed(CONTENT) is None


def test_a_folder_that_cannot_be_written_is_no_error(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("EXPLORER_PACKED", str(tmp_path / "file" / "below"))
    assert precompress.press(CONTENT).content
    assert precompress.pressed(CONTENT) is None
