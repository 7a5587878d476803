"""The check of `make lint` finds an old word in what is read of the code, wherever it may be."""

import tomllib

import pytest

from tests.docs import prose

LISTED = tomllib.loads(prose.LIST.read_text(encoding="utf-8"))
OLD = prose.pattern(LISTED["phrases"])


def test_what_is_exempt_has_a_reason_and_needs_it():
    assert all(LISTED["exempt"].values())
    for name in LISTED["exempt"]:
        assert prose.faults(prose.ROOT / name, OLD), f"{name} is exempt without need"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.py", '"""Whence it comes."""\n', 1),
        ("a.py", "x = 1  # in the place of two\n", 1),
        ("a.py", "# what is\n\n\ndef f():\n    '''No.\n\n    Nought.'''\n", 7),
        ("a.py", "class A:\n    '''Whilst.'''\n", 2),
        ("a.md", "One.\n\nWhat is\nwanted here.\n", 3),
        ("a.md", "```sh\nnought\n```\n\nnought\n", 5),
        ("a.toml", "x = 1  # nought\n", 1),
        ("a.toml", 'x = [{y = "nought"}]\n', 0),
        ("a.js", "let x;\n/* One\n * nought */\n", 3),
        ("a.css", "a { color: red; } /* nought */\n", 1),
        ("Makefile", "all:\n# nought\n", 2),
    ],
)
def test_an_old_word_is_found_with_its_line(name, text, line, tmp_path):
    path = tmp_path / name
    path.write_text(text)
    assert [at for at, _ in prose.faults(path, OLD)] == [line]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'nought = "nought"\n'),
        ("a.md", "`nought` and\n\n```sh\nnought\n```\n"),
        ("a.js", 'const x = "nought";\n'),
        ("a.py", "# thoughtful, whilsting, beanew\n"),
    ],
)
def test_code_and_other_words_are_left_alone(name, text, tmp_path):
    path = tmp_path / name
    path.write_text(text)
    assert prose.faults(path, OLD) == []


def test_every_kind_of_file_is_read():
    read = {path.suffix for path in prose.files()}
    assert read == prose.SUFFIXES | {""}
    assert len(prose.files()) > 400


def test_an_exempt_file_must_be_there(tmp_path, monkeypatch):
    listed = tmp_path / "prose.toml"
    listed.write_text('phrases = ["nought"]\n[exempt]\n"gone.md" = "no reason"\n')
    monkeypatch.setattr(prose, "LIST", listed)
    with pytest.raises(LookupError, match="gone"):
        prose.found()
