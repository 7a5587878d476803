"""Briefings hold what the cards hold, on two pages that a screen reader can follow."""

import re
from io import BytesIO

import orjson
import pytest
from pypdf import PdfReader

import app  # noqa: F401 (pages bring in every finding)
from analytics.findings import answer
from analytics.findings.costs import costs
from analytics.findings.councils import council_indicators
from analytics.findings.indicators import answer_years, overview_rows
from analytics.selection.group import MOST_BANDS, MOST_COUNCILS
from analytics.selection.parse import from_search
from analytics.selection.places import authorities
from components.briefing.of_council import of_council
from components.briefing.of_selection import of_selection
from components.briefing.paper import TEMPLATE, to_pdf
from components.briefing.year_chart import COLOURS
from components.views.answer_tiles import tiles
from tests.bench.briefings import faults

DAY, ADDRESS = "26 November 2026", "https://explorer.example.org/"
#: The councils with the longest names, as many as a group may have, in as many bands.
LONGEST = sorted(authorities(), key=lambda code: -len(authorities()[code].label))[:MOST_COUNCILS]
BANDS = ";".join(
    f"The councils that came as number {1 + at}:{','.join(LONGEST[at::MOST_BANDS])}"
    for at in range(MOST_BANDS)
)
QUERIES = (
    "",
    "?band=beginner&years=2013-2025",
    "?pilots=E09000005",
    "?compare=england&area=E10000006",
    f"?group={BANDS}&start=2019&named={'Long name ' * 6}",
)
#: One of each kind of area, those that are no more, and those with the longest names.
COUNCILS = {
    *[code for code, one in authorities().items() if "(" in one.label],
    *LONGEST[:3],
    *list(authorities())[::12],
}


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text(pdf: PdfReader) -> str:
    """The words of a file with single spaces; a hyphen at the end of a line is a word's own."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


@pytest.mark.parametrize("query", QUERIES)
def test_a_selection_has_two_tagged_pages_with_the_words_of_its_cards(query):
    selection = from_search(query)
    address = f"{ADDRESS}{selection.to_query()}"
    briefing = of_selection(selection, day=DAY, address=address)
    pdf = read(to_pdf(briefing))
    assert faults(pdf, orjson.loads(orjson.dumps(briefing))) == []
    found = text(pdf)
    assert address in found.replace(" ", "")
    for pilot in selection.chosen:
        assert pilot.name in found
    answered = answer.finding.publish(selection)
    for tile in tiles(answered):
        assert tile.large in found
        assert tile.question in found
    for shown in (overview_rows.rows.publish(selection), answer_years.finding.publish(selection)):
        assert (shown.withheld or shown.verdict) in found
    assert costs.card.publish(selection).verdict in found
    assert f"{DAY} · {ADDRESS}" in found
    assert "Page 2 of 2" in found


@pytest.mark.parametrize("code", sorted(COUNCILS))
def test_a_council_has_two_pages_with_every_indicator(code):
    selection = from_search(f"?area={code}")
    pdf = read(to_pdf(of_council(selection, day=DAY, address=ADDRESS)))
    assert len(pdf.pages) == 2
    assert pdf.metadata.title == authorities()[code].label
    rows = council_indicators.indicators.publish(selection)
    found = text(pdf)
    assert rows.withheld or rows.verdict in found


def test_the_check_of_all_briefings_sees_what_is_missing():
    briefing = of_council(from_search("?area=E09000012"), day=DAY, address=ADDRESS)
    pdf = read(to_pdf(briefing))
    assert faults(pdf, orjson.loads(orjson.dumps(briefing))) == []
    assert faults(pdf, [{"title": "Cut off"}]) == ["does not hold “Cut off”"]
    pdf.root_object.pop("/StructTreeRoot")
    assert faults(pdf, []) == ["is not tagged"]


def test_nothing_of_a_name_is_read_as_markup():
    briefing = of_council(from_search("?area=E09000012"), day="*1* #panic()", address="_a_ $b$")
    assert "*1* #panic() · _a_ $b$" in text(read(to_pdf(briefing)))


def test_the_same_briefing_is_the_same_bytes():
    briefing = of_council(from_search("?area=E09000012"), day=DAY, address=ADDRESS)
    assert to_pdf(briefing) == to_pdf(briefing)


def luminance(colour):
    """Relative luminance, by the definition of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_words_and_lines_stand_out_from_the_paper():
    words = re.findall(r'#let (?:accent|quiet) = rgb\("(#\w{6})"\)', TEMPLATE.read_text("utf-8"))
    assert len(words) == 2
    for colour in (*words, *COLOURS.values()):  # names of lines have the colours of their lines
        assert 1.05 / (luminance(colour) + 0.05) >= 4.5
