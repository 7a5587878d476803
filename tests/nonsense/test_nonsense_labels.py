"""No code may branch on, look up by or split a displayed word: with others, all numbers are alike.

The explorer is walked twice, each time in a process of its own: as it is, and with every label
replaced by nonsense of another length before anything is built.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.programme import PROGRAMME
from analytics.publication.finding import FINDINGS
from components.card.card import CARDS
from tests.nonsense.walk import QUERIES

PROJECT = Path(__file__).parents[2]


def _walked(kind: str, out: Path) -> tuple[dict[str, object], dict[str, str]]:
    command = [sys.executable, "-m", "tests.nonsense.walk", kind, str(out)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr[-3000:]
    made, replaced = json.loads(out.read_text())
    return made, replaced


@pytest.fixture(scope="module")
def walks(tmp_path_factory):
    room = tmp_path_factory.mktemp("walks")
    with ThreadPoolExecutor() as pool:
        kinds = ("real", "nonsense")
        return dict(zip(kinds, pool.map(lambda one: _walked(one, room / one), kinds), strict=True))


def _first_difference(real: object, other: object, where: str = "") -> str:
    """Return where two walks differ first, and what each has there."""
    if isinstance(real, list) and isinstance(other, list):
        for row, (one, two) in enumerate(zip(real, other, strict=False)):
            if one != two:
                return _first_difference(one, two, f"{where}[{row}]")
        return f"{where}: {len(real)} parts, with nonsense {len(other)}"
    return f"{where}: {real!r:.200}, with nonsense {other!r:.200}"


def test_everything_has_the_same_numbers_with_other_labels(walks):
    (real, _), (other, _) = walks["real"], walks["nonsense"]
    assert real.keys() == other.keys()
    differ = [f"{key} {_first_difference(real[key], other[key])}" for key in real
              if real[key] != other[key]]  # fmt: skip
    assert not differ, "\n".join(differ[:20])


def test_every_card_finding_and_page_is_walked_under_every_query(walks):
    walked = walks["nonsense"][0]
    for query in QUERIES:
        assert {f"card {key} figure {query}" for key in CARDS} <= walked.keys()
        loose = FINDINGS.keys() - {card.finding.key for card in CARDS.values()}
        assert {f"finding {key} {query}" for key in loose} <= walked.keys()
    assert any(key.startswith("page /indicators/") for key in walked)


def test_labels_of_every_registry_were_replaced(walks):
    replaced = walks["nonsense"][1]
    labels = [one.label for one in PROGRAMME.bands]
    labels += [one.name for one in (*INDICATORS.values(), *RATIOS.values())]
    assert labels
    assert not [one for one in labels if replaced.get(one, one) == one]
