"""A page says whether its figures are those that its address cites."""

import re

import pytest

import app
from analytics.selection.parse import from_search
from analytics.selection.selection import HOME
from components.card.card import cards_under
from components.frame import cited as room
from components.frame.cited import changes, cited
from data.releases.archive import ReleaseError
from data.releases.release import Release, release_of, releases
from tests.another_release import changed_store

PRESENT = releases()[0]


@pytest.fixture
def client():
    return app.server.test_client()


@pytest.fixture
def other(tmp_path):
    """A release with one other cell, and its tables."""
    store = changed_store(tmp_path)
    found = release_of(store)
    day = PRESENT.day.replace(year=PRESENT.day.year - 1)
    return Release(day=day, version="0.0.9", checksums=found.checksums), store


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", str(html)).split())


def test_an_address_that_cites_nothing_says_nothing():
    assert cited(from_search("?k=5"), "/indicators") == []


def test_the_same_release_is_said_quietly():
    selection = from_search(f"?release={PRESENT.id}")
    (line,) = cited(selection, "/indicators")
    assert line.children == f"These are the same figures as cited, of {PRESENT.words}."
    assert selection.said == ()


def test_an_unknown_release_is_said_plainly_and_compared_with_nothing(client):
    selection = from_search("?release=2030-01-31-0a0a0a0a")
    (said,) = selection.said
    assert "a release of 31 January 2030 that is not known here" in said
    assert cited(selection, "/indicators") == []
    assert client.get("/cited/indicators?release=2030-01-31-0a0a0a0a").status_code == 404


@pytest.mark.parametrize(
    ("name", "words"),
    [("your-data-0a0a0a0a", "somebody’s own data"), ("unreleased-0a0a0a0a", "not released")],
)
def test_what_cannot_be_cited_is_said_to_be_so(name, words):
    assert words in from_search(f"?release={name}").said[0]


def test_another_known_release_is_asked_for_once_the_page_is_there(other, monkeypatch, client):
    known, store = other
    monkeypatch.setattr("data.releases.release.releases", lambda: (PRESENT, known))
    monkeypatch.setattr(room, "store_of", lambda _release: store)
    selection = from_search(f"?k=5&release={known.id}")
    assert known.words in selection.said[0]
    (region,) = cited(selection, "/indicators")
    address = getattr(region, "data-fill")
    assert address == f"/cited/indicators?k=5&release={known.id}"
    answer = client.get(address)
    assert answer.status_code == 200
    assert "have other rows than cited" in plain(answer.text)
    assert cited(selection, "/compare/indicators/k=5") == []
    alone = client.get(address.replace("/indicators", "/cards/kpis-gaps"))
    assert "Of 1 card on this page, one has other rows than cited." in plain(alone.text)


def test_rows_that_changed_are_listed_with_both_figures(other):
    known, store = other
    words = plain(changes(known, from_search(""), [cards_under(HOME)["kpis-gaps"]], store))
    assert "How far pilots stand from their comparator on 24 indicators: 1 row changed" in words
    assert "Initial child protection conferences per 10,000 children Gap −13.6 −13.8" in words


def test_cards_that_did_not_change_are_not_listed(other):
    known, store = other
    some = [cards_under(HOME)["kpis-gaps"], cards_under(HOME)["pilots-inspections"]]
    words = changes(known, from_search(""), some, store)
    assert "Of 2 cards on this page, one has other rows than cited." in words
    assert words.count("<details") == 1
    alone = plain(changes(known, from_search(""), some[1:], store))
    assert alone == "Every row on this page is the same as cited."


def test_another_version_with_the_same_tables_says_so():
    known = Release(day=PRESENT.day, version="0.0.9", checksums=PRESENT.checksums)
    words = plain(changes(known, from_search(""), [cards_under(HOME)["kpis-gaps"]]))
    assert words.startswith("The tables are the same as cited; the explorer was version 0.0.9")
    assert words.endswith("Every row on this page is the same as cited.")


def test_a_slow_card_is_not_compared_and_said_so(other):
    known, store = other
    slow = next(card for card in cards_under(HOME).values() if card.finding.slow)
    selection = from_search("?k=3&average=median&indicator=repeat_cpp_pct")
    assert slow.finding.publish(selection, store).waiting
    words = plain(changes(known, selection, [slow], store))
    assert words == "1 card is not compared: that would take long."


def test_tables_that_cannot_be_read_any_more_are_said_so(monkeypatch, other):
    def broken(_release):
        raise ReleaseError

    monkeypatch.setattr(room, "store_of", broken)
    words = plain(changes(other[0], from_search(""), [cards_under(HOME)["kpis-gaps"]]))
    assert words.startswith("This version cannot read the tables of that release")


def test_more_cells_than_are_printed_are_counted(other, monkeypatch):
    monkeypatch.setattr(room, "MOST", 2)
    words = plain(changes(other[0], from_search(""), [cards_under(HOME)["kpis-gaps"]], other[1]))
    assert re.search(r"\d+ more changes in this card\.", words)
