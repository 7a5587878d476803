"""The words of the glossary are those of the code and of the pages."""

import re

import pytest

from analytics.selection.selection import HOME
from components.glossary import terms
from tests.docs.recipe import ROOMS, ROOT

TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.split("|")[1:4]] for line in TEXT.splitlines() if line[:1] == "|"
][2:]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
)
WORDS = CODE.lower()


def singular(term):
    return term.lower().removesuffix("s").removeprefix("statistical ")


def stems(words):
    return {word[:5] for word in re.findall(r"[a-z]{5,}", words.lower())}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_word_is_used_and_is_in_the_code(row):
    word, meaning, code = row
    assert re.search(rf"\b{re.escape(word.lower())}", WORDS)
    assert re.search(rf"\b{re.escape(code.strip('`'))}\b", CODE)
    assert meaning


def test_each_word_has_one_meaning():
    named = [row[0].lower() for row in ROWS]
    assert len(named) > 30
    assert len(set(named)) == len(named)
    assert len({row[1] for row in ROWS}) == len(ROWS)


def test_what_readers_are_told_is_linked_and_speaks_of_the_same():
    assert "(../components/glossary.toml)" in TEXT
    told = {singular(term.name): term.words for term in terms(HOME).values()}
    shared = [row for row in ROWS if singular(row[0]) in told]
    assert len(shared) >= 4
    apart = [row[0] for row in shared if not stems(row[1]) & stems(told[singular(row[0])])]
    assert apart == []
