"""The page of releases says when each was made and what it changed."""

from dataclasses import replace

import app  # noqa: F401 (the page needs every other)
from components.reference import releases as room
from components.reference.releases import citing, released
from data.releases.release import Changed, release_of, releases

PRESENT = releases()[0]


def words(component):
    """Every word of a component, in order."""
    if component is None or isinstance(component, str):
        return component or ""
    inside = getattr(component, "children", None)
    parts = inside if isinstance(inside, list | tuple) else [inside]
    return " ".join(filter(None, map(words, parts)))


def said():
    return " ".join(map(words, released()))


def test_the_first_release_says_how_many_tables_it_has():
    assert f"The first release: {len(PRESENT.checksums)} tables." in said()
    assert PRESENT.when in said()
    assert PRESENT.tables in said()


def test_a_later_release_says_what_it_changed_in_words_and_counts(monkeypatch):
    counts = {"neighbours": Changed(added=2, revised=1_000, removed=0)}
    later = replace(PRESENT, changes=counts, day=PRESENT.day.replace(year=PRESENT.day.year + 1))
    code = replace(PRESENT, version="9.9", day=later.day)
    monkeypatch.setattr(room, "releases", lambda: (code, later, PRESENT))
    monkeypatch.setattr(room, "release_of", lambda: later)
    assert "2 cells added, 1,000 cells revised." in said()
    assert "No table changed." in said()


def test_tables_that_were_not_released_and_own_data_are_said_not_to_be_citable(monkeypatch):
    unknown = replace(release_of(), day=None, version="9.9")
    monkeypatch.setattr(room, "release_of", lambda: unknown)
    assert "These tables were not released. Their figures cannot be cited." in said()
    monkeypatch.setattr(room, "release_of", lambda: replace(unknown, owned=True))
    assert "they are not archived, and cannot be cited." in said()


def test_how_to_cite_leads_to_every_kind_of_file():
    assert [*words(citing()).split(":")[-1].split()] == ["BibTeX", ",", "RIS", ",", "CSL-JSON", "."]
