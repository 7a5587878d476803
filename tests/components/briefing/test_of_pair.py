"""The briefing of a pair says what its page says, on two pages."""

import pytest

import app  # noqa: F401 (pages bring in every finding)
from analytics.publication.pair import publish_pair
from analytics.selection.differences import differences
from analytics.selection.parameter import Page
from analytics.selection.parse import from_search
from components.briefing.of_pair import NO_DIFFERENCE, of_pair
from components.briefing.paper import to_pdf
from components.frame.pair_address import compared
from components.pair.columns import NOT_TESTED
from tests.components.briefing.test_briefings import ADDRESS, DAY, read, text

OTHER = "?compare=england&band=beginner&k=5&years=2013-2020"


def briefing_of(what: str, one: str, other: str):
    return of_pair(compared(f"{what}/{one}"), from_search(other), day=DAY, address=ADDRESS)


@pytest.mark.parametrize("page", [page for page in Page if compared(page.replace("_", "-")).cards])
def test_every_page_has_a_briefing_of_two_tagged_pages(page):
    pdf = read(to_pdf(briefing_of(page.replace("_", "-"), "", OTHER)))
    assert len(pdf.pages) == 2
    assert pdf.root_object["/MarkInfo"]["/Marked"]


def test_it_holds_what_differs_both_verdicts_and_by_how_much():
    shown, other = compared("indicators/model=2021"), from_search("?model=2025")
    found = text(read(to_pdf(of_pair(shown, other, day=DAY, address=ADDRESS))))
    [choice] = differences(shown.one, other, shown.page)
    assert choice.one in found
    assert choice.other in found
    assert NOT_TESTED in found
    for card in shown.cards:
        pair = publish_pair(card.finding, shown.one, other)
        assert pair.one.verdict in found
        assert pair.other.verdict in found
        assert pair.difference in found


def test_a_selection_beside_itself_says_so():
    found = text(read(to_pdf(briefing_of("indicators", "k=5", "?k=5"))))
    assert NO_DIFFERENCE in found
    assert "Verdicts" not in found
