"""Several files here are one file for the browser, and one request."""

import os
from pathlib import Path

import pytest

from components.server.assets import find_asset, page_assets

OURS = Path(__file__).parents[3] / "assets"


@pytest.fixture
def folder(tmp_path):
    for name, words in {
        "10-first.js": "1;\n",
        "30-parts/20-b.css": "b{}\n",
        "30-parts/10-a.css": "a{}\n",
        "vendor/other.js": "0;\n",
        "picture.png": "",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(words, encoding="utf-8")
    return tmp_path


def test_the_parts_of_a_folder_are_one_file_in_the_order_of_their_names(folder):
    assert find_asset(folder, "30-parts.css").read() == b"a{}\nb{}\n"
    assert find_asset(folder, "30-parts.js") is None
    assert find_asset(folder, "30-parts") is None


def test_a_page_loads_what_is_numbered_and_nothing_else(folder):
    assert [one.name for one in page_assets(folder)] == ["10-first.js", "30-parts.css"]


@pytest.mark.parametrize("name", ["../x.css", "vendor", "absent.css", "\0.css", "", "/etc/passwd"])
def test_what_is_no_asset_is_not_found(folder, name):
    assert find_asset(folder, name) is None


def test_a_change_of_any_part_makes_another_version(folder):
    before = find_asset(folder, "30-parts.css")
    seen = before.version
    os.utime(folder / "30-parts" / "10-a.css", (9e9, 9e9))
    assert find_asset(folder, "30-parts.css").version != seen
    assert find_asset(folder, "30-parts.css").newest == folder / "30-parts" / "10-a.css"
    (folder / "30-parts" / "10-a.css").unlink()
    assert find_asset(folder, "30-parts.css").version != seen


@pytest.mark.parametrize("other", ["c.js", "readme.txt"])
def test_a_folder_of_two_kinds_is_refused(folder, other):
    (folder / "30-parts" / other).write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="30-parts"):
        page_assets(folder)


def test_every_part_ends_its_last_line():
    parts = [part for asset in page_assets(OURS) for part in asset.parts]
    assert len(parts) > len(page_assets(OURS))
    assert [part.name for part in parts if not part.read_bytes().endswith(b"\n")] == []
