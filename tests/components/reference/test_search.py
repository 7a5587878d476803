"""The list that is searched, and what a browser finds in it by names and by lay words."""

import json
import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest
from dash import page_registry

import app  # noqa: F401 (registers the pages)
from analytics.claims.registry import claims_of
from analytics.measures.indicators.registry import INDICATORS
from analytics.measures.ratios.registry import RATIOS
from analytics.selection.places import authorities
from analytics.selection.selection import HOME
from components.card.card import cards_under
from components.glossary import TERMS, terms
from components.reference.search import ADDRESS, TERM_ADDRESS, Kind, entries, synonyms

FIND = Path(__file__).parents[2] / "assets" / "find.mjs"
ENTRIES = list(entries(HOME))
#: What a reader may type, and the address of the first result.
LAY = {
    "how long do assessments take": "/indicators/assess_days_median",
    "spend on care": "/expenditure?ratio=cla_share",
    "Leeds": "/councils/E08000035",
    "how many children in care": "/indicators/cla_31mar_rate",
    "child protection plans": "/indicators/cpp_31mar_rate",
    "new plans": "/indicators/cpp_start_rate",
    "initial conferences": "/indicators/icpc_rate",
    "section 47": "/indicators/s47_rate",
    "kids coming into care": "/indicators/cla_start_rate",
    "taken into care": "/indicators/cla_start_rate",
    "re-referrals": "/indicators/rereferrals_pct",
    "no further action": "/indicators/referrals_nfa_pct",
    "repeat plans": "/indicators/cpp_second_pct",
    "plans reviewed on time": "/indicators/cpp_reviewed_pct",
    "social worker vacancies": "/indicators/sw_vacancy_pct",
    "agency staff": "/indicators/sw_agency_pct",
    "caseload": "/indicators/sw_caseload",
    "sickness": "/indicators/sw_absence_pct",
    "court applications": "/indicators/care_applications_rate",
    "cost per child": "/expenditure?ratio=spend_per_child",
    "early help": "/expenditure?ratio=early_help_to_statutory",
    "sure start": "/expenditure?ratio=early_years_share",
    "what would it cost us": "/costs",
    "where the money goes": "/expenditure",
    "did it last": "/over-time",
    "how sure are you": "/robustness",
    "similar councils": "/neighbours",
    "download csv": "/data",
    "is it true": "/claims",
    "what did families say": "/families#card-families-published",
    "time diaries": "/social-workers#card-diaries-hours",
    "later studies": "/#card-later-studies",
    "my council": "/councils",
    "cumbria": "/councils/E10000006",
    "bournemouth": "/councils/E06000028",
    "E08000019": "/councils/E08000039",
    "KPI-3": "/claims#card-claims",
    "vintage": "/data#term-vintage",
    "false discovery rate": "/data#term-bh",
    "statistically significant": "/data#term-clear",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory, explorer):
    """What the browser's own script finds for some words."""
    if shutil.which("node") is None:
        pytest.skip("Node.js is not installed")
    folder = tmp_path_factory.mktemp("search")
    body = explorer.server.test_client().get(ADDRESS).data
    (folder / "index.json").write_bytes(body)

    def find(queries):
        (folder / "queries.json").write_text(json.dumps(queries))
        done = subprocess.run(  # noqa: S603 (our own script)
            ["node", FIND, folder / "index.json", folder / "queries.json"],  # noqa: S607
            capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        return json.loads(done.stdout)

    return find


def test_everything_there_is_can_be_found():
    listed = {kind: [one for one in ENTRIES if one.kind is kind] for kind in Kind}
    assert len(listed[Kind.INDICATOR]) == len(INDICATORS)
    assert len(listed[Kind.RATIO]) == len(RATIOS)
    assert len(listed[Kind.COUNCIL]) == len(authorities())
    assert len(listed[Kind.CLAIM]) == len(claims_of(HOME))
    assert len(listed[Kind.TERM]) == len(TERMS)
    pages = [one["path"] for one in page_registry.values() if one["order"] is not None]
    assert [one.address for one in listed[Kind.PAGE]] == pages
    cards = {one.address.partition("#card-")[2] for one in listed[Kind.CARD]}
    # Those of pages whose path names something are led to by the page itself.
    named = {"council-indicators", "council-ratios", "council-inspections"}
    named |= {"indicator-years", "indicator-places", "pilots-bands"}
    assert cards == cards_under(HOME).keys() - named


@pytest.mark.slow
def test_every_address_answers(client):
    """Of councils, indicators, ratios and the like nine each; and every other page."""
    alike = defaultdict[str, list[str]](list)
    for path in sorted({one.address.partition("#")[0] for one in ENTRIES}):
        room = re.match(r"/[^/?]+[/?]", path)
        alike[room[0] if room else path].append(path)
    assert len(alike) > 15
    for every in alike.values():
        for path in every[:: -(-len(every) // 9)]:
            assert client.get(path).status_code == 200, path


def test_every_key_of_the_synonyms_is_a_key_of_its_registry():
    pages = {one["path"] for one in page_registry.values() if one["order"] is not None}
    known = {"pages": pages, "indicators": INDICATORS, "ratios": RATIOS, "cards": cards_under(HOME)}
    table = synonyms()
    assert table.keys() == {"alike", *known}
    for part, keys in known.items():
        assert table[part].keys() <= set(keys), part
    assert all(part.keys() for part in (table["indicators"], table["ratios"]))


def test_every_entry_is_found_by_its_name(found):
    for entry, results in zip(ENTRIES, found([one.name for one in ENTRIES]), strict=True):
        assert len(results) <= 8
        first = results[0]
        assert (first["name"], first["kind"]) == (entry.name, entry.kind), entry.name


def test_every_indicator_ratio_and_council_is_found_by_each_other_name(found):
    wanted = [
        (one, words)
        for one in ENTRIES
        if one.kind in {Kind.INDICATOR, Kind.RATIO, Kind.COUNCIL}
        for words in one.also
    ]
    for (entry, words), results in zip(wanted, found([one for _, one in wanted]), strict=True):
        assert entry.address in {one["address"] for one in results}, words


def test_lay_words_lead_to_what_is_meant(found):
    results = found(list(LAY))
    first = {
        words: some[0]["address"] if some else "" for words, some in zip(LAY, results, strict=True)
    }
    assert first == LAY
    assert len(LAY) >= 30


def test_what_is_nowhere_is_not_found(found):
    assert found(["xylophone", "", "   ", "?"]) == [[], [], [], []]


def test_the_terms_alone_are_those_of_the_glossary(client):
    told = client.get(TERM_ADDRESS).json
    assert told == {term.key: [term.name, term.words] for term in terms(HOME).values()}


def test_the_list_is_kept_by_its_content(client):
    answer = client.get(ADDRESS)
    assert answer.headers["Cache-Control"] == "no-cache"
    again = client.get(ADDRESS, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert set(answer.json) == {"kinds", "alike", "entries"}
    assert set(answer.json["kinds"]) == set(Kind)
    assert len(answer.data) < 80_000
