"""Tiles: what they say is the answer's, plain, and never surer than the test."""

import re

import pandas as pd
import pytest

import app  # noqa: F401 (registers the pages)
from analytics.findings import answer
from analytics.findings.answer_words import Lasting, Step, how_it_lasted
from analytics.findings.expenditure import expenditure
from analytics.selection.parse import from_search
from analytics.text.certainty import SURE, Certainty
from analytics.text.words import Words
from components.views.answer_tiles import CANNOT, NONE, tiles, tiles_view
from tests.pairwise import queries
from tests.word_faults import plain_faults, text_faults

QUERIES = [
    "", "?band=over-two", "?pilots=E06000041", "?years=2016-2018", "?years=2013-2014",
    "?years=2013-2025", "?adjust=none", "?compare=england", "?vintage=first",
    "?area=E08000035", "?area=E06000053",
    # Without an answer there are no tiles: all pilots have no others to be compared with.
    *(query for query in queries()[::9] if "compare=pilots" not in query),
]  # fmt: skip
each = pytest.mark.parametrize("query", QUERIES)
KEYS = ["differed", "changed", "lasted", "spending", "cost", "later"]


def made(query=""):
    published = answer.finding.publish(from_search(query))
    return published, {one.key: one for one in tiles(published)}


def test_the_answer_in_six_tiles():
    _, found = made()
    assert {key: one.large for key, one in found.items()} == {
        "differed": "4 of 24",
        "changed": "−8.6",
        "lasted": "Not clearly",
        "spending": "None of 13",
        "cost": "£378,000",
        "later": "11 findings",
    }
    assert "9.9 fewer new child protection plans" in found["differed"].sentence
    assert "between 4.3 and 13.7 down" in found["changed"].sentence
    assert "no longer clear of chance" in found["lasted"].sentence
    assert found["changed"].href == "/indicators/cpp_start_rate"


@each
def test_every_tile_is_plain_in_any_selection(query):
    _, found = made(query)
    assert list(found) == KEYS
    for tile in found.values():
        sentences = re.split(r"(?<=\.) (?=[A-Z])", tile.sentence)
        said = Words(verdict=tile.large, plain=tuple(sentences))
        assert plain_faults(said) == []
        for words in (tile.large, tile.sentence, tile.sure, tile.question):
            assert list(text_faults(words)) == []
            assert "better" not in words
            assert "worse" not in words
        assert len(tile.large) <= len(CANNOT)


@each
def test_a_tile_is_as_sure_as_the_answer(query):
    published, found = made(query)
    phrases = {one.label.lower() for one in Certainty}
    rows = {step: published.frame[published.frame["step"] == step].iloc[0] for step in Step}
    for key, step in (("differed", Step.DIFFERED), ("changed", Step.CHANGED)):
        row, tile = rows[step], found[key]
        assert tile.sentence == row["says"]
        if row["certain"] == Certainty.UNTESTABLE:
            assert (tile.large, tile.sure) == (CANNOT, "")
        else:
            assert tile.sure.lower() == row["certainty"].lower()
            found_one = tile.large not in {NONE, CANNOT} and not tile.large.startswith("None ")
            assert found_one == bool(row["key"])
    assert found["spending"].sure.lower() in {*phrases, ""}
    spend = expenditure.changes.publish(from_search(query)).frame
    clear = int(spend["certain"].isin(SURE).sum())
    tested = int((spend["certain"] != Certainty.UNTESTABLE).sum())
    assert found["spending"].large == (f"{clear or 'None'} of {tested}" if tested else CANNOT)


@each
def test_whether_it_lasted_is_what_the_verdict_says(query):
    published, found = made(query)
    words = {
        Lasting.TURNED: "but it did not last",
        Lasting.NOT_CLEARLY: "; no longer clearly",
        Lasting.LESS: "but less surely later",
        Lasting.YES: "and it lasted to",
    }
    for large, said in words.items():
        assert (found["lasted"].large == large) == (said in published.verdict)
    # Nothing to follow is no claim that nothing changed.
    assert found["lasted"].large in {*Lasting, NONE, "Not known"}
    if found["changed"].large == NONE:
        assert found["lasted"].large == NONE
        # Spending may have changed: what is said of the indicators says so.
        for key in ("changed", "lasted"):
            assert "No change in the indicators is clear" in found[key].sentence


def test_each_way_to_last_is_told_apart():
    def row(gap, certain):
        return pd.Series({"gap": gap, "certain": certain})

    before = row(-8.0, Certainty.CLEAR)
    for gap in (-7.9, -3.9, 0.0, 3.9):
        assert how_it_lasted(before, row(gap, Certainty.NOT_CLEAR)) == Lasting.NOT_CLEARLY
    assert how_it_lasted(before, row(+5.0, Certainty.ALONE)) == Lasting.NOT_CLEARLY
    assert how_it_lasted(before, row(+9.0, Certainty.CLEAR)) == Lasting.TURNED
    assert how_it_lasted(before, row(-9.0, Certainty.UNTESTABLE)) == Lasting.UNTESTED
    assert how_it_lasted(before, row(-5.0, Certainty.ALONE)) == Lasting.LESS
    assert how_it_lasted(before, row(-2.0, Certainty.CLEAR)) == Lasting.YES


def test_a_period_without_years_before_leads_to_the_page_that_has_them():
    _, found = made("?years=2016-2020")
    for key in ("changed", "lasted"):
        assert (found[key].large, found[key].href) == (CANNOT, "/over-time")
        assert "no year before the project; “Over time”" in found[key].sentence


def test_the_cost_is_for_your_council_and_does_not_follow_the_cost_card():
    _, plain = made("?area=E08000035")
    _, set_on_card = made("?area=E08000035&fte=9")
    assert plain["cost"].sentence.startswith("Leeds, over one year: £")
    assert plain["cost"] == set_on_card["cost"]


@each
def test_the_view_writes_every_tile_with_a_link_that_leads_to_a_page(client, query):
    published, found = made(query)
    words = tiles_view(published)
    assert words.count('class="tile"') == len(found)
    assert words.count("<svg") == words.count('aria-hidden="true"')
    links = re.findall(r'<a ([^>]*)href="([^"]*)"', words)
    assert len(links) == len(found)
    for marks, address in links:
        if address.startswith("#"):
            assert address == "#card-later-studies"
        else:
            assert "data-follow" in marks
            assert client.get(address).status_code == 200
    assert "nan" not in re.sub(r"<[^>]*>", " ", words).split()
    assert "nan" not in "".join(re.findall(r'(?:[xy][12]?|c[xy]|points)="([^"]*)"', words))


@each
def test_what_was_there_before_is_beside_the_tiles_and_not_in_the_table_alone(query):
    published, _ = made(query)
    marker = "before the project, judged"
    before = [one for one in published.words.plain if marker in one]
    written = tiles_view(published)
    assert bool(before) == (marker in written)
    assert all(one in written for one in before)


def test_three_of_four_differences_were_there_before():
    published, _ = made()
    assert "Three of the four clear differences were already there before" in tiles_view(published)
