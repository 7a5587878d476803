"""The picture of the rooms is the one that the imports make, and can be read."""

import itertools
import re
import xml.etree.ElementTree as ET  # the picture is our own

import pytest

from tests.docs import architecture
from tests.docs.architecture import PICTURE, ROOMS, ROOT, boxes, imports, picture, reduced, rows

SVG = "{http://www.w3.org/2000/svg}"
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_committed_picture_is_made_from_the_imports():
    again = "the imports have changed: python -m tests.docs.architecture write"
    assert PICTURE.read_text(encoding="utf-8") == picture(), again


def test_another_import_makes_another_picture(monkeypatch):
    more = imports() | {("data.schema", "data.symbols")}
    monkeypatch.setattr(architecture, "imports", lambda: more)
    assert picture() != PICTURE.read_text(encoding="utf-8")


def test_the_picture_has_a_title_and_says_every_import():
    tree = ET.parse(PICTURE).getroot()  # noqa: S314 (our own)
    assert tree.get("role") == "img"
    named = {one.get("id"): one.text for one in tree if one.get("id")}
    assert set(tree.get("aria-labelledby").split()) == set(named)
    assert all(f"{one} imports" in named["desc"] and two in named["desc"] for one, two in imports())


def test_every_box_and_room_is_drawn_inside_the_picture():
    tree = ET.parse(PICTURE).getroot()  # noqa: S314 (our own)
    words = {one.text for one in tree.iter(f"{SVG}text")}
    assert {one.partition(".")[2] for some in boxes().values() for one in some} < words
    drawn = [one for one in tree.iter(f"{SVG}rect") if one.get("class") == "box"]
    places = sorted((float(one.get("y")), float(one.get("x"))) for one in drawn)
    for (y, x), (below, right) in itertools.pairwise(places):
        assert y != below or right - x >= architecture.BOX
    assert min(x for _, x in places) > 0
    assert max(x for _, x in places) + architecture.BOX < architecture.WIDTH


def test_rows_stand_above_what_they_import_and_only_long_ways_are_left_out():
    edges = {("a", "b"), ("b", "c"), ("a", "c"), ("d", "c")}
    assert rows(["a", "b", "c", "d"], edges) == [["a"], ["b", "d"], ["c"]]
    assert reduced(["a", "b", "c", "d"], edges) == {("a", "b"), ("b", "c"), ("d", "c")}
    with pytest.raises(ValueError, match="import each other"):
        rows(["a", "b"], {("a", "b"), ("b", "a")})


def test_the_text_names_each_room_and_only_files_that_are_there():
    assert all(f"`{room}/`" in TEXT for room in ROOMS)
    paths = [one for one in re.findall(r"`([\w./-]+)`", TEXT) if "/" in one or "." in one]
    files = [one for one in paths if re.search(r"/$|\.(py|md|js|css|toml)$", one)]
    assert len(files) > 15
    assert [one for one in files if not (ROOT / one).exists()] == []
