"""The terms of the glossary, and where the words of a card first say them."""

import re

import pytest

import app  # noqa: F401 (registers every card)
from analytics.selection.parse import from_query
from analytics.selection.selection import HOME, Selection
from components.card.card import cards_under
from components.glossary import TERMS, mentions, spelled, terms
from components.reference import catalogue

EVERY = list(terms(HOME).values())
MOST_WORDS = 30
SENTENCE = (
    "Initial conferences fell against similar councils. ICPC, and similar councils: "
    "n 10 · exact p = 0.002 · max-T 0.016 · placebo p 0.2"
)


def said(words):
    """What of some words is underlined, with the term that it leads to."""
    return [(words[one.start : one.end], one.key) for one in mentions(words)[0]]


def test_every_term_is_in_plain_words_and_has_names_of_its_own():
    assert len(EVERY) >= 40
    for term in EVERY:
        assert 4 <= len(term.words.split()) <= MOST_WORDS, term.key
        assert "{" not in term.words
        assert term.words.endswith((".", "?"))
    names = [term.name.casefold() for term in EVERY]
    assert names == sorted(names)
    forms = [form.casefold() for term in EVERY for form in term.forms]
    assert len(set(names)) == len(names)
    assert len(set(forms)) == len(forms)
    assert all(term.also for term in EVERY)


@pytest.mark.parametrize("term", [one for one in EVERY if one.forms], ids=lambda one: one.key)
def test_every_form_is_found_as_a_whole_word(term):
    after = {"p": " = 0.5", "n": " 10"}.get(term.key, "")
    for form in term.forms:
        assert said(f"The {form}{after}, here") == [(form, term.key)]
        assert (form, term.key) not in said(f"The x{form}{after}")
        assert (form, term.key) not in said(f"The {form}y{after}")


def test_a_term_is_said_once_and_by_its_longest_form():
    assert said(SENTENCE) == [
        ("Initial conferences", "conference"),
        ("similar councils", "neighbours"),
        ("n", "n"),
        ("exact p", "signs"),
        ("max-T", "maxt"),
        ("placebo p", "placebo"),
    ]


def test_letters_are_terms_only_before_a_number():
    assert said("n 10 of n") == [("n", "n")]
    assert said("an n of ten, p and q") == []
    assert said("two-sided p < 0.001") == [("p", "p")]


def test_what_one_part_says_the_next_leaves_out():
    first, second = mentions("A gap to similar councils", "The gap, and similar councils: ICPC")
    assert [one.key for one in first] == ["gap", "neighbours"]
    assert [one.key for one in second] == ["conference"]
    assert spelled("A gap", "") == ["2-5-gap", ""]


@pytest.mark.slow
def test_the_words_of_every_card_say_where_its_terms_are():
    keys = set()
    for card in list(cards_under(HOME).values())[::2]:
        pieces = card.pieces(Selection())
        words = {part: pieces[part] for part in ("own", "summary", "technical")}
        found = [
            (part, int(start), int(end), key)
            for part, places in pieces["terms"].items()
            for start, end, key in (one.split("-") for one in places.split())
        ]
        for part, start, end, key in found:
            assert words[part][start:end].casefold() in {f.casefold() for f in TERMS[key].forms}
        once = [key for *_, key in found]
        assert len(set(once)) == len(once), card.key
        keys |= set(once)
    assert len(keys) >= 30


def test_panels_say_where_their_terms_are(client):
    about = client.get("/cards/kpis-gaps/about").text
    assert re.search(r'<dd data-terms="[^"]*\d+-\d+-maxt', about)
    table = client.get("/cards/kpis-gaps/table").text
    assert re.search(r'<p class="technical" data-terms="[^"]*-maxt', table)
    assert re.search(r'<p class="summary" data-terms="[^"]*-neighbours', table)


@pytest.mark.parametrize(
    ("group", "said"),
    [("E06000023,E10000020,E08000035", []), ("New:E06000023,E10000020;Old:E08000035", ["Band"])],
)
def test_bands_are_explained_as_a_group_has_them(group, said):
    of = from_query({"group": group, "start": "2019"}).programme
    names = [one.name for one in terms(of).values()]
    assert [name for name in names if "band" in name.casefold()] == said
    assert names == sorted(names, key=str.casefold)


def test_each_term_has_its_place_on_the_page_of_data():
    page = str(catalogue.closing(HOME)[0])
    assert [term.key for term in EVERY if f"id='{term.place}'" not in page] == []
