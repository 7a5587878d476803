"""Programmes at the edges: late, early, of one band. Every finding answers or says why not.

Every finding is asked in one of them, or in each of them with ``--whole``.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECOND = (Path(__file__).parent / "harbour_lights.toml").read_text(encoding="utf-8")
YEARS = "\n".join(
    line for line in SECOND.splitlines() if re.match("start|first_|window|bases", line)
)
OTHER_BAND = re.search(r'\[\[bands\]\]\nkey = "undersail".*?\n\n', SECOND, re.DOTALL)[0]
ODD = {
    "late": SECOND.replace(
        YEARS, "start = 2022-05-01\nfirst_after = 2023\nwindow = [2019, 2025]\nbases = [[2022]]"
    ),
    "early": SECOND.replace(
        YEARS, "start = 2013-09-01\nfirst_after = 2014\nwindow = [2013, 2016]\nbases = [[2013]]"
    ),
    "one band": SECOND.replace(OTHER_BAND, "").replace('"undersail"', '"moored"'),
    "nothing to say": re.sub(r"since = .*\n", "", SECOND),
}
PUBLISH = """
import json
import sys
from itertools import cycle

import app
from analytics.publication.finding import FINDINGS
from analytics.selection.parse import from_search
from components.card.card import CARDS

first, step = map(int, sys.argv[1:])
said = {}
others = ("?about=ratio&outcome=change", "?years=2013-2013&k=1&model=2025")
for (key, finding), other in [*zip(FINDINGS.items(), cycle(others))][first::step]:
    for query in ("", other):
        published = finding.publish(from_search(query))
        said[key + query] = [published.summary, published.withheld, *published.notes]
for card in [*CARDS.values()][first::step]:
    card.pieces(from_search(""))
print(json.dumps(said))
"""


@pytest.mark.parametrize("name", ODD)
def test_every_finding_of_an_odd_programme_answers_or_says_why_not(name, tmp_path, pytestconfig):
    assert ODD[name] != SECOND
    path = tmp_path / "odd.toml"
    path.write_text(ODD[name], encoding="utf-8")
    whole = pytestconfig.getoption("whole")
    first, step = (0, 1) if whole else ([*ODD].index(name), len(ODD))
    done = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", PUBLISH, str(first), str(step)],
        env={**os.environ, "EXPLORER_PROGRAMME": str(path), "EXPLORER_CACHE": str(tmp_path / "c")},
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert len(said) > 100 / step
    for key, (summary, withheld, *notes) in said.items():
        assert summary or withheld, key
        assert not [words for words in (summary, *notes) if re.search(r"[:,] ?\.$|  ", words)], key
