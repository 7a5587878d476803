"""The selection in one line: buttons that say it, panels that change it, and ways back."""

from collections import Counter

import pytest

from tests.browser.test_first_screen import FITS

WHOLE = """one => one.scrollWidth <= one.clientWidth + 1
  && one.scrollHeight <= one.clientHeight + 2"""
BEGINNER = "Beginner (none or under a year)"
NONE_TICKED = "At least one experience band has to be ticked, so all are ticked again."


def words(page, part):
    said = page.locator(f"[data-bar={part}] .bar-words").inner_text()
    return said.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


def back(page, part):
    return page.locator(f"[data-bar={part}] > .bar-back")


def is_open(page, part):
    return page.locator(f"[data-bar={part}] > .bar-open").evaluate("one => one.open")


def test_a_button_says_what_was_chosen_and_leads_back_to_the_default(reader):
    page = reader.open("/indicators")
    assert words(page, "who") == "All 10 pilots"
    assert not back(page, "who").is_visible()
    reader.tick(BEGINNER)
    assert words(page, "who") == "6 pilots"
    reader.choose("Compare with", "england")
    assert words(page, "against") == "vs England"
    back(page, "who").click()
    reader.changed()
    assert page.url.endswith("/indicators?compare=england")
    assert words(page, "who") == "All 10 pilots"
    assert not back(page, "who").is_visible()
    assert page.evaluate("document.activeElement.matches('[data-bar=who] summary')")
    assert page.get_by_label(BEGINNER, exact=True).is_checked()


def test_what_a_link_changes_is_marked_when_the_page_opens(reader):
    page = reader.open("/indicators?years=2014-2019&adjust=holm")
    assert words(page, "when") == "2013/14–2018/19"
    assert back(page, "when").is_visible()
    assert words(page, "more") == "More: one changed"
    assert not back(page, "against").is_visible()


def test_the_last_band_is_ticked_again_with_the_reason(reader):
    page = reader.open("/indicators")
    for label in (BEGINNER, "Up to 2 years", "More than 2 years"):
        reader.tick(label)
    panel = page.locator("[data-bar=who] .bar-panel")
    assert NONE_TICKED in panel.inner_text()
    assert page.get_by_label(BEGINNER, exact=True).is_checked()
    assert page.url.endswith("/indicators")
    assert NONE_TICKED in page.locator("#live").text_content()
    page.keyboard.press("Escape")
    assert NONE_TICKED in page.locator("[data-part=notice]").inner_text()


def test_a_pilot_alone_and_all_of_them(reader):
    page = reader.open("/pilots")
    reader.unfold("who")
    page.get_by_role("button", name="Only Wakefield").click()
    reader.changed()
    assert words(page, "who") == "Wakefield"
    page.get_by_role("button", name="All: Pilots").click()
    reader.changed()
    assert words(page, "who") == "All 10 pilots"
    assert page.url.endswith("/pilots")
    page.get_by_role("button", name=f"Only {BEGINNER}").click()
    reader.changed()
    assert page.url.endswith("/pilots?band=beginner")


@pytest.mark.parametrize("width", [1366, 390])
def test_a_card_without_a_council_leads_to_the_list_of_councils(readers, width):
    reader = readers(width=width)
    page = reader.open("/pilots")
    ask = page.get_by_role("button", name="Choose your council")
    ask.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == '{"name":"area","type":"control"}'
    page.keyboard.type("Leeds")
    page.keyboard.press("Tab")
    page.wait_for_url("**/pilots?area=E08000035")
    reader.changed()
    assert not ask.is_visible()
    page.keyboard.press("Escape")
    assert not is_open(page, "who")


def test_panels_close_with_escape_with_another_and_when_left(reader):
    page = reader.open("/indicators")
    reader.unfold("who")
    reader.unfold("when")
    assert [is_open(page, "who"), is_open(page, "when")] == [False, True]
    page.get_by_label("From", exact=True).focus()
    page.keyboard.press("Escape")
    assert not is_open(page, "when")
    assert page.evaluate("document.activeElement.matches('[data-bar=when] summary')")
    reader.unfold("when")
    page.locator("h1").click()
    assert not is_open(page, "when")
    reader.unfold("more")
    page.locator("#copy-link").focus()
    assert not is_open(page, "more")


def test_arrows_in_the_list_of_indicators_do_not_leave_the_page(reader):
    page = reader.open("/indicators/icpc_rate")
    chosen = reader.control("Indicator")
    chosen.select_option("s47_rate")
    reader.changed()
    assert page.url.endswith("/indicators/icpc_rate")
    reader.choose("Compare with", "england")  # the list goes back to the page's indicator
    assert page.url.endswith("/indicators/icpc_rate?compare=england")
    assert chosen.input_value() == "icpc_rate"
    reader.control("Indicator").select_option("s47_rate")
    page.locator("#go").press("Enter")
    reader.changed()
    assert page.url.endswith("/indicators/s47_rate?compare=england")


def test_a_page_that_follows_nothing_says_so(reader):
    page = reader.open("/data?band=beginner")
    assert "Nothing to choose here" in page.locator(".selection-bar").inner_text()
    assert page.locator("[data-bar]").count() == 0
    page.locator("#reset").click()
    reader.changed()
    assert page.url.endswith("/data")


@pytest.mark.sampled(1)
@pytest.mark.parametrize("width", [1366, 1100])
def test_no_panel_reaches_over_the_side_of_the_window(readers, width):
    page = readers(width=width).open("/over-time")
    for part in page.locator("[data-bar]:visible").all():
        part.locator("summary").first.press("Enter")
        page.wait_for_function(FITS)
        box = part.locator(".bar-panel").bounding_box()
        assert box["x"] + box["width"] <= width
        page.keyboard.press("Escape")


def test_words_of_the_bar_are_whole_where_every_part_is_changed(readers):
    page = readers().open(
        "/indicators/assess_within45d_pct?band=beginner&compare=region&years=2014-2015"
        "&area=E08000035&adjust=holm"
    )
    for width in (1440, 1366, 1280, 1200, 1100, 1024, 960):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_function(FITS)
        parts = page.locator("[data-bar]:visible .bar-words").all()
        assert len(parts) > 3, width
        for one in parts:
            assert one.evaluate(WHOLE), (width, one.inner_text())


def test_a_phone_has_one_button_and_a_sheet(readers):
    reader = readers(width=390, has_touch=True)
    page = reader.open("/expenditure")
    whole = page.locator(".bar-whole > summary")
    assert words(page, "all") == "All 10 pilots · similar councils · 2012–16"
    assert not page.locator("[data-bar=who]").is_visible()
    whole.tap()
    reader.tick(BEGINNER)
    assert words(page, "all") == "6 pilots · similar councils · 2012–16"
    page.keyboard.press("Escape")
    assert not is_open(page, "who")
    assert page.locator("[data-bar=who]").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("[data-bar=who]").is_visible()
    whole.tap()
    page.locator("h1").tap()
    assert not page.locator("[data-bar=who]").is_visible()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("width", [900, 390])
def test_the_menu_opens_the_pages_and_closes_again(readers, width):
    reader = readers(width=width)
    page = reader.open("/indicators?band=beginner")
    pages = page.get_by_role("navigation", name="Pages")
    assert not pages.is_visible()
    page.locator("#menu").press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Overview"
    page.keyboard.press("Escape")
    assert not pages.is_visible()
    assert page.evaluate("document.activeElement.id") == "menu"
    page.locator("#menu").click()
    pages.get_by_role("link", name="Costs", exact=True).click()
    reader.changed()
    assert page.url.endswith("/costs?band=beginner")
    assert not pages.is_visible()


def test_the_rail_lists_the_cards_and_marks_the_one_in_view(reader):
    page = reader.open("/over-time")
    cards = page.get_by_role("navigation", name="On this page")
    links = cards.get_by_role("link")
    topics = page.locator("section.card [data-part=topic]").all_text_contents()
    begun = Counter(one.partition(": ")[0] for one in topics)
    for at, (start, _, own) in enumerate([one.partition(": ") for one in topics]):
        if own and begun[start] > 1:  # the measure, which the bar names
            topics[at] = own[0].upper() + own[1:]
    assert all(topics)
    assert links.all_inner_texts() == topics
    current = cards.locator("[aria-current=true]")
    assert current.inner_text() == topics[0]
    links.nth(2).click()
    page.wait_for_function("() => location.hash.startsWith('#card-')")
    reader.settle()
    card = page.locator("section.card").nth(2)
    top, bar = card.bounding_box()["y"], page.locator(".selection-bar").bounding_box()
    assert bar["height"] <= top < bar["height"] + 40
    assert current.inner_text() == topics[2]
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function(
        "words => document.querySelector('#on-this-page [aria-current]').textContent === words",
        arg=topics[0],
    )
    assert page.evaluate("document.querySelector('.rail').scrollTop") == 0
    page.get_by_role("link", name="Data", exact=True).click()
    page.wait_for_selector("main[data-path='/data']")
    reader.settle()
    assert not cards.is_visible()
    assert page.locator(".rail [aria-current=page]").inner_text() == "Data"
