"""A programme that an address names is shown as it is where a process starts with it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import app  # noqa: F401 (registers the pages and their cards)
from analytics.publication.export import to_csv
from analytics.publication.registry import offered
from analytics.selection.selection import HOME, Selection
from components.card.card import cards_under
from data.programmes.read import read

ROOT = Path(__file__).parents[2]
SECOND = Path(__file__).parent / "harbour_lights.toml"
PRINT = """
import json
from tests.second_programme.test_in_address import shown
from analytics.selection.selection import HOME
print(json.dumps(shown(HOME)))
"""


def shown(of):
    """Return every file and every card of a programme, as it is first shown."""
    plain = Selection.of(of)
    quick = {key: one for key, one in offered(of).items() if not one.slow}
    files = {f"{key}.csv": to_csv(one.publish(plain)).decode() for key, one in quick.items()}
    words = {key: str(one.publish(plain).words) for key, one in quick.items()}
    cards = {
        f"card {key}": repr(card.pieces(plain))
        for key, card in cards_under(of).items()
        if card.finding.key in quick
    }
    return {**files, **words, **cards}


def test_files_words_and_cards_are_those_of_a_process_that_starts_with_it(tmp_path):
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", PRINT],
        env={**os.environ, "EXPLORER_PROGRAMME": str(SECOND), "EXPLORER_CACHE": str(tmp_path)},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    own, here = json.loads(done.stdout.splitlines()[-1]), shown(read(SECOND))
    assert read(SECOND) != HOME
    assert len(here) > 100
    assert own.keys() == here.keys()
    assert {key for key in own if own[key] != here[key]} == set()
