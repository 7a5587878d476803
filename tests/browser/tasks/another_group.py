"""A group of councils from a list of names: evaluated, shared and printed."""

import re
from urllib.parse import parse_qs, urlsplit

from pypdf import PdfReader

from tests.browser.tasks.walk import Walk

PAGES = 2
#: A group as a new reader has it: from a message, one council by a short name, one by its code.
GROUP, GROUP_START, GROUP_NAME = (
    "Bristol\nHull\nKent County Council; E08000035\nCamden\nCounty Durham", "2019", "Near Home",
)  # fmt: skip
GROUP_COUNCILS = ("Bristol", "Camden", "County Durham", "Kent", "Kingston upon Hull", "Leeds")


def another_group(walk: Walk):
    """From the overview to the printed briefing of a group of the reader's own."""
    page = walk.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("names => navigator.clipboard.writeText(names)", GROUP)
    rail = page.locator(".rail-pages")
    walk.press(rail.get_by_role("link", name="Another group", exact=True))
    walk.press(page.get_by_label("The list"))
    walk.key("Control+v")
    for name in GROUP_COUNCILS:
        walk.sees("#group-result", name)
    walk.choose(page.get_by_label("Start", exact=True), GROUP_START)
    walk.type(GROUP_NAME, into=page.get_by_label("What you call the programme"))
    walk.sees("#group-result", "From the start on")
    walk.press(page.get_by_role("link", name="Evaluate this group"))
    page.wait_for_url("**/?group=*")
    walk.settle()
    title = f"Did {GROUP_NAME} make a difference in six English councils?"
    walk.sees("main h1", title)
    answer = walk.published("answer")
    walk.sees("main .headline", answer["verdict"])
    walk.sees("#card-answer", next(r["says"] for r in answer["rows"] if r["step"] == "changed"))
    walk.press(page.get_by_role("button", name="Copy link"))
    _is_shared(walk, page.evaluate("navigator.clipboard.readText()"), title)
    with page.expect_download() as saved:
        walk.press(page.get_by_role("link", name=re.compile("on two pages")))
    walk.actions += 1  # the reader's own command to print the file
    _is_of_the_group(PdfReader(saved.value.path()), title)


def _is_shared(walk: Walk, link: str, title: str):
    """Whoever is sent the link sees the same."""
    assert parse_qs(urlsplit(link).query)["start"] == [GROUP_START]
    other = walk.page.context.new_page()
    try:
        other.set_viewport_size(walk.page.viewport_size)
        other.goto(link)
        opened = Walk(page=other, settle=lambda: None)
        opened.sees("main h1", title)
        assert opened.published("answer")["rows"] == walk.published("answer")["rows"]
        assert opened.actions == 0
    finally:
        other.close()


def _is_of_the_group(paper: PdfReader, title: str):
    """A briefing names the group and its councils, and no programme that the reader left."""
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert len(paper.pages) == PAGES
    for expected in (title, f"{GROUP_NAME} evaluation explorer", *GROUP_COUNCILS):
        assert expected in words
    assert "Signs of Safety" not in words
