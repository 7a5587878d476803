"""Programmes and groups at the edges: late, early, of one band, of every council of a kind.

Every finding answers or says why not.

Every finding is asked in one of them, or in each of them with ``--whole``.
"""

import re
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from dash import page_registry

import app  # noqa: F401 (registers the pages and their cards)
from analytics.publication.registry import offered
from analytics.selection.choices import Outcome, Subject
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from analytics.selection.selection import Selection
from components.card.card import cards_under
from data.programmes.group import programme_of
from data.programmes.programme import Group
from data.programmes.read import read

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
#: Groups that leave no county to draw from, that the first list of neighbours does not hold, that
#: ended before any year after the start, and that are as small as a group can be, in bands of one.
GROUPS = {
    "every county": [code for code in authorities() if code.startswith("E10")],
    "formed since": [code for code, one in authorities().items() if one.predecessors],
    "abolished": [code for code, one in authorities().items() if one.successors],
    "bands of one": ["E06000023", "E08000035", "E09000007"],
}
STARTS = {"every county": 2019, "formed since": 2018, "abolished": 2024, "bands of one": 2014}


def of_group(name):
    codes = GROUPS[name]
    alone = tuple((f"Band {at}", (code,)) for at, code in enumerate(codes, 1))
    bands = alone if name == "bands of one" else (("", tuple(codes)),)
    return programme_of(Group(bands=bands, start=STARTS[name]))


@pytest.mark.parametrize("name", [*ODD, *GROUPS])
def test_every_finding_of_an_odd_programme_answers_or_says_why_not(name, tmp_path, whole):
    names = [*ODD, *GROUPS]
    first, step = (0, 1) if whole else (names.index(name), len(names))
    if name in GROUPS:
        of = of_group(name)
    else:
        assert ODD[name] != SECOND
        path = tmp_path / "odd.toml"
        path.write_text(ODD[name], encoding="utf-8")
        of = read(path)
    plain = Selection.of(of)
    others = (
        replace(plain, about=Subject.RATIO, outcome=Outcome.CHANGE),
        replace(plain, first=2013, last=2013, k=1),
    )
    every = [*zip(offered(of).items(), cycle(others), strict=False)]
    said = {}
    for (key, finding), other in every[first::step]:
        for at, selection in enumerate((plain, other)):
            published = finding.publish(selection)
            said[f"{key} {at}"] = [published.summary, published.withheld, *published.notes]
    for card in [*cards_under(of).values()][first::step]:
        card.pieces(plain)
    assert len(said) > 100 / step
    for key, (summary, withheld, *notes) in said.items():
        assert summary or withheld, key
        assert not [words for words in (summary, *notes) if re.search(r"[:,] ?\.$|  ", words)], key


def test_pages_show_only_cards_that_a_group_of_one_band_has(client):
    query = f"?group={','.join(GROUPS['abolished'])}&start=2016"
    of = from_search(query).programme
    shown = set()
    for page in page_registry.values():
        if not page.get("path_template") and page["module"] != "pages.not_found_404":
            answer = client.get(f"{page['path']}{query}")
            shown |= set(re.findall(r'"data-card":"([^"]+)"', answer.text))
    assert len(shown) > 20
    assert shown <= cards_under(of).keys()
    assert "change-bands" not in shown
