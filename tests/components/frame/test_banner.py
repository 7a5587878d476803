"""The section that tries the analysis: folded below what was printed, or open before it."""

import pytest
from dash import html, page_registry

import app  # noqa: F401 (registers the pages)
from analytics.findings.people import families
from analytics.publication.finding import Finding
from analytics.selection.selection import HOME, Selection
from components.card.card import cards_under
from components.frame.banner import OWN, TRY, YOURS, records_page
from data.sources.source import Kind

PRINTED, TRIED = html.P("printed"), html.P("tried")


def laid_out(tried=(TRIED,)):
    return records_page(
        Selection(),
        families.shares,
        printed=[PRINTED],
        tried=list(tried),
        reproduces="They give back means.",
    )


def test_what_was_printed_leads_and_the_simulation_is_folded_as_a_whole():
    words, printed, section = laid_out()
    assert f"all {HOME.many} pilots" in words.children
    assert words.children.endswith("the trial below only.")
    assert printed.children == [PRINTED]
    assert isinstance(section, html.Details)
    assert not section.open
    assert getattr(section, "data-folded") == ""
    summary, banner, cards = section.children
    assert summary.children.children == TRY
    assert banner.role == "note"
    assert banner.children[0].children == "Simulated. "
    assert "They give back means." in banner.children[1]
    assert cards.children == [TRIED]


def test_own_records_open_the_section_and_lead(monkeypatch):
    monkeypatch.setattr(Finding, "kind_loaded", lambda *_: Kind.OWN)
    words, section, printed = laid_out()
    assert words.children.endswith("your own records only.")
    assert section.open
    assert not hasattr(section, "data-folded")
    assert section.children[0].children.children == YOURS
    assert section.children[1].children.children == OWN
    assert printed.children == [PRINTED]


def test_a_page_without_records_has_no_such_section():
    [printed] = laid_out(tried=())
    assert printed.children == [PRINTED]


@pytest.mark.slow
@pytest.mark.parametrize("page", ["families", "social_workers", "case_records", "self_profile"])
def test_only_cards_on_records_are_in_the_section_and_all_of_them_are(page):
    main = page_registry[f"pages.{page}"]["layout"]()
    printed, section = main.children[-2:]
    kinds = [
        [cards_under(HOME)[key].finding.kind.is_simulated for key in keys(part)]
        for part in (printed, section)
    ]
    assert set(kinds[0]) == {False}
    assert set(kinds[1]) == {True}


def keys(component):
    parts = [component, *component._traverse()]
    return [getattr(one, "data-card") for one in parts if hasattr(one, "data-card")]
