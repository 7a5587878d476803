"""No code goes by a displayed word: with nonsense for every label, the numbers are the same.

The explorer is walked twice, each time in a process of its own: see ``walk`` and ``labels``. Every
fourth card, finding and page is walked under a query, and with ``--whole`` each under two.
"""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

import app  # noqa: F401 (registers every page, card and finding)
from analytics.publication.registry import offered
from analytics.selection.selection import HOME
from components.card.card import cards_under
from tests.nonsense.labels import is_key
from tests.nonsense.walk import QUERIES, tried, workbooks

ROOT = Path(__file__).parents[2]
MOST_NAMED = 12
#: Classes of registries, whose labels are shown nowhere once they are replaced.
REGISTRIES = {
    "Authority", "Band", "Certainty", "Claim", "Field", "Finding", "Grade", "Indicator",
    "Line",
    "Pilot", "PlainName", "Question", "Ratio", "Resource", "Status", "Step", "Window",
}  # fmt: skip
#: Headings and glossary entries, written in templates, that say the same as a label.
ORDINARY = {
    "Expenditure ratios", "Experience band", "Family", "Family support", "Hours", "ICPC", "Pilot",
}  # fmt: skip
#: What must have been replaced at least, of labels that a reader meets most.
FEWEST = {
    "Authority": 150, "Band": 9, "Claim": 50, "Column": 500, "Finding": 150,
    "Indicator": 150, "PlainName": 50, "Ratio": 30, "Status": 5, "Certainty": 4, "cells": 400,
}  # fmt: skip
#: The same of a sample of selections, where it holds fewer.
FEWEST_OF_SAMPLE = FEWEST | {"Status": 3}


class Walk(NamedTuple):
    """What a process gave: see ``walk.Walked`` and ``labels.REPLACED``."""

    parts: dict[str, object]
    replaced: dict[str, list[str]]
    shown: dict[str, str]


@pytest.fixture(scope="module")
def walks(tmp_path_factory, whole) -> tuple[Walk, Walk]:
    """What the explorer gave with its own labels, and with nonsense."""
    room = tmp_path_factory.mktemp("walks")
    files = {kind: room / f"{kind}.json" for kind in ("real", "nonsense")}
    share = "whole" if whole else "sample"
    started = [
        subprocess.Popen(  # noqa: S603 (our own module)
            [sys.executable, "-m", "tests.nonsense.walk", kind, share, str(file)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        for kind, file in files.items()
    ]
    try:
        for kind, process in zip(files, started, strict=True):
            faults = process.communicate(timeout=500)[1]
            assert process.returncode == 0, f"the walk with {kind} labels failed:\n{faults[-3000:]}"
    finally:
        for process in started:
            process.kill()
    real, nonsense = (Walk(*json.loads(file.read_text())) for file in files.values())
    return real, nonsense


def first_difference(real: object, other: object, at: str = "") -> str:
    """Say where two parts first differ, or nothing where they are the same."""
    if isinstance(real, list) and isinstance(other, list):
        for index, (one, two) in enumerate(zip(real, other, strict=False)):
            if found := first_difference(one, two, f"{at}[{index}]"):
                return found
        if len(real) != len(other):
            longer = max(real, other, key=len)
            found = longer[min(len(real), len(other))]
            return f"{at}: {len(real)} parts, with nonsense {len(other)}; the first more: {found!r}"
        return ""
    alike = type(real) is type(other) and real == other
    return "" if alike else f"{at}: {real!r}, with nonsense {other!r}"


def test_the_first_difference_is_named():
    assert first_difference([1, ["2", "3"]], [1, ["2", "3"]]) == ""
    assert first_difference([1, ["2", "3"]], [1, ["2", "4"]]) == "[1][1]: '3', with nonsense '4'"
    assert first_difference([1], [1, 5]) == ": 1 parts, with nonsense 2; the first more: 5"
    assert first_difference([True], [1]) == "[0]: True, with nonsense 1"


def test_numbers_are_the_same_with_nonsense_for_every_label(walks):
    real, nonsense = walks
    assert real.parts.keys() == nonsense.parts.keys()
    differ = [
        f"{name}: at {found}"
        for name, part in real.parts.items()
        if (found := first_difference(part, nonsense.parts[name]))
    ]
    named = "\n".join(one[:400] for one in differ[:MOST_NAMED])
    assert not differ, f"{len(differ)} of {len(real.parts)} parts go by a label, such as\n{named}"


def test_every_card_finding_and_page_is_walked(walks, whole):
    walked = walks[1].parts
    loose = sorted(offered(HOME).keys() - {card.finding.key for card in cards_under(HOME).values()})
    assert loose
    held = Counter[str]()
    for query in QUERIES:
        assert {
            f"card {key} {part} {query}"
            for key in tried(cards_under(HOME), query, whole=whole)
            for part in ("figure", "words", "table", "file")
        } <= walked.keys()
        alone = tried(loose, query, whole=whole)
        assert {f"finding {key} {query}" for key in alone} <= walked.keys()
        held.update(tried([*cards_under(HOME), *loose], query, whole=whole))
    queries = 2 if whole else 1
    assert set(held.values()) == {queries}
    every = [*cards_under(HOME), *loose]
    assert held.keys() == {*every} if whole else len(held) * 4 >= len(every)
    assert sum(name.startswith("page /indicators/") for name in walked) >= queries
    books = {
        f"workbook {key} {query}" for key, query in workbooks(offered(HOME), whole=whole).items()
    }
    assert books == {name for name in walked if name.startswith("workbook ")}
    assert len(books) == len(offered(HOME)) or not whole
    assert any(name.startswith("card ") and " view " in name for name in walked)


def test_labels_were_replaced_and_none_of_a_registry_comes_out(walks, whole):
    real, nonsense = walks
    assert not real.replaced
    made = {words for words, _ in nonsense.replaced.values()}
    replaced = {words: of for words, (_, of) in nonsense.replaced.items() if words not in made}
    counts = Counter(replaced.values())
    least = FEWEST if whole else FEWEST_OF_SAMPLE
    few = {of: counts[of] for of, fewest in least.items() if counts[of] < fewest}
    assert not few, f"too few labels were replaced: {few}"
    ours = {words for words, of in replaced.items() if of in REGISTRIES and not is_key(words)}
    assert len(ours & real.shown.keys()) > 400
    left = sorted((ours & nonsense.shown.keys()) - ORDINARY)
    assert not left, "\n".join(f"{words!r} in {nonsense.shown[words]}" for words in left)
    assert len(made & nonsense.shown.keys()) > 1000
