"""A page prints as a clean briefing, in light colours whatever the theme."""

import re

STATE = """() => [...document.querySelectorAll('.js-plotly-plot')].map(
    plot => [plot._fullLayout.width, plot._fullLayout.font.color])"""


def test_charts_are_light_and_fit_the_sheet_and_come_back(readers):
    reader = readers(color_scheme="dark")
    page = reader.open("/indicators/icpc_rate")
    before = page.evaluate(STATE)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    on_paper = page.evaluate(STATE)
    assert {width for width, _ in on_paper} == {680}
    assert not {colour for _, colour in on_paper} & {colour for _, colour in before}
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(
        f"all => JSON.stringify(({STATE})()) === JSON.stringify(all)", arg=before
    )


def test_paper_holds_the_words_and_the_link_and_not_the_controls(reader):
    page = reader.open("/indicators?band=beginner")
    page.emulate_media(media="print")
    for hidden in (".selection-bar", ".rail", ".menu"):
        assert not page.locator(hidden).is_visible()
    assert not page.locator(".card-tabs").first.is_visible()
    assert page.locator("[data-part=words]").is_visible()
    assert page.locator("#card-kpis-gaps [data-part=source]").is_visible()
    link = page.evaluate("getComputedStyle(document.querySelector('main'), '::after').content")
    assert "band=beginner" in link
    heads = page.locator(".card-topic").evaluate_all("all => all.map(one => one.offsetWidth)")
    assert min(heads) > 400  # not a letter to a line
    paper = page.pdf(prefer_css_page_size=True)
    assert len(paper) < 2_000_000
    assert len(re.findall(rb"/Type */Page\b", paper)) <= 4


def test_paper_holds_every_row_of_a_council_on_two_sheets(reader):
    page = reader.open("/councils/E09000012")
    rows = page.locator("table.council td.own")
    seen = rows.count()
    page.emulate_media(media="print")
    assert seen > 30
    assert rows.filter(visible=True).count() == seen
    assert len(re.findall(rb"/Type */Page\b", page.pdf(prefer_css_page_size=True))) == 2
