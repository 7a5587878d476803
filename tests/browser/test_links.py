"""Addresses that people keep, share and type: places in a page, end slashes, copied links."""

import pytest

from analytics.selection.parameter import Page
from analytics.selection.parse import from_search

CARD = "#card-pilots-changes"


def at_the_place(page, place):
    page.wait_for_function(
        """place => {
            const box = document.querySelector(place).getBoundingClientRect();
            const last = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
            return box.top >= 0 && (box.top < 120 || (last && box.top < innerHeight));
        }""",
        arg=place,
    )
    assert page.evaluate("document.activeElement.id") == place.removeprefix("#")


def card_below(page):
    """A card that is not in view when the page is opened."""
    return "#" + page.evaluate(
        "[...document.querySelectorAll('section.card')].find(c => c.offsetTop > innerHeight).id"
    )


@pytest.mark.parametrize("path", ["/indicators", "/data"])
def test_a_link_to_a_place_opens_there(reader, path):
    page = reader.open(path)
    place = card_below(page) if path != "/data" else "#" + page.evaluate(
        "[...document.querySelectorAll('main [id]')].findLast(one => one.offsetHeight).id"
    )  # fmt: skip
    page.goto("about:blank")
    reader.open(path + place)
    assert page.url.endswith(path + place)
    at_the_place(page, place)
    reader.page.wait_for_timeout(300)
    at_the_place(page, place)


def test_back_to_a_place_goes_there(reader):
    page = reader.open("/")
    page.get_by_role("link", name="What happened later?").click()
    place = "#card-later-studies"
    at_the_place(page, place)
    page.get_by_role("link", name="Pilots", exact=True).click()
    page.wait_for_selector(CARD)
    reader.settle()
    assert page.evaluate("scrollY") == 0
    page.go_back()
    page.wait_for_selector(place)
    reader.settle()
    at_the_place(page, place)
    page.go_back()
    reader.changed()
    assert page.url.endswith("/")
    page.go_forward()
    at_the_place(page, place)
    _go_on_from_where_the_reader_was(reader)


#: Where the page is scrolled to, and the address of the link that has the focus.
WHERE = "[scrollY, document.activeElement.getAttribute('href')]"


def _go_on_from_where_the_reader_was(reader):
    page = reader.page
    page.get_by_role("link", name="Referrals to social care").first.focus()
    before = page.evaluate(WHERE)
    assert before[0] > 300
    page.keyboard.press("Enter")
    page.wait_for_selector("#card-indicator-years")
    reader.settle()
    assert page.evaluate("[scrollY, document.activeElement.id]") == [0, "page-title"]
    page.locator("#card-indicator-years .card-enlarge").focus()
    page.mouse.wheel(0, 150)
    page.wait_for_function("() => scrollY > 100")
    further = page.evaluate(WHERE)
    page.go_back()
    page.wait_for_selector("#card-overview-rows")
    reader.settle()
    assert page.evaluate(WHERE) == before  # though the address names another place
    page.go_forward()
    page.wait_for_selector("#card-indicator-years")
    reader.settle()
    assert page.evaluate(WHERE) == further


def test_a_reader_who_moves_on_is_not_held_at_the_place(reader):
    page = reader.open("/")
    page.goto("about:blank")
    reader.open("/#card-later-studies")
    at_the_place(page, "#card-later-studies")
    page.keyboard.press("Home")
    page.wait_for_function("() => scrollY === 0")
    page.evaluate("document.querySelector('main').append(document.createElement('hr'))")
    page.wait_for_timeout(100)
    assert page.evaluate("scrollY") == 0


@pytest.mark.sampled(1)
@pytest.mark.parametrize("place", ["#nowhere", "#%", "#%C3%A9", "#' onclick='"])
def test_a_place_that_is_not_there_is_passed_over(reader, place):
    page = reader.open(f"/data{place}")
    assert page.evaluate("scrollY") == 0


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("path", "card"),
    [("/indicators/", "kpis-gaps"), ("/indicators/icpc_rate/", "indicator-years"),
     ("/pilots//", "pilots-changes")],
)  # fmt: skip
def test_a_slash_at_the_end_works_with_back(reader, path, card):
    page = reader.open(path)
    canonical = path.rstrip("/")
    assert page.url.removeprefix(reader.address) == canonical
    before = reader.summary(card)
    page.evaluate("document.querySelector('main').dataset.same = 'yes'")
    reader.tick("More than 2 years")
    changed = reader.summary(card)
    assert changed != before
    assert page.url.removeprefix(reader.address) == f"{canonical}?band=beginner,two-years"
    page.go_back()
    reader.changed()
    assert reader.summary(card) == before
    assert page.get_by_label("More than 2 years", exact=True).is_checked()
    page.go_forward()
    reader.changed()
    assert reader.summary(card) == changed
    assert page.locator("main[data-same=yes]").count() == 1


ONLY = "Published and official figures only"


def test_hiding_simulated_figures_and_back_lay_the_page_out_anew_each_time(reader):
    page = reader.open("/self-profile")
    hidden = page.locator("#card-profile-change .withheld", has_text="Simulated figures are hidden")
    for _ in range(2):
        reader.control(ONLY).click()
        page.wait_for_url("**/self-profile?evidence=real")
        hidden.wait_for(state="attached")
        assert page.get_by_label(ONLY).is_checked()
        page.go_back()
        page.wait_for_url("**/self-profile")
        hidden.wait_for(state="detached")
        assert not page.get_by_label(ONLY).is_checked()
        reader.settle()


COPY = "#copy-link"


def test_link_copied_is_said_only_when_it_was(reader):
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = reader.open("/indicators?band=beginner")
    for _ in range(2):
        page.locator(COPY).click()
        page.wait_for_function(
            "() => document.getElementById('copy-link').textContent === 'Link copied'"
        )
    copied = page.evaluate("navigator.clipboard.readText()")
    spelled = from_search("?band=beginner").to_permalink(Page.INDICATORS)
    assert copied == f"{reader.address}/indicators{spelled}"
    assert page.locator("#live").text_content() == "Link copied"
    page.wait_for_function("() => document.getElementById('copy-link').textContent === 'Copy link'")
    reader.open(copied)
    assert "the same figures as cited" in page.locator(".cited").text_content()
    reader.choose("Compare with", "england")
    assert page.url.endswith(f"compare=england&{copied.rpartition('&')[2]}")
    page.locator("#reset").click()
    page.wait_for_selector(".cited", state="detached")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "clipboard",
    ["undefined", "{}", "{writeText: () => Promise.reject(new DOMException('no'))}",
     "{writeText: () => { throw new Error('no') }}"],
)  # fmt: skip
def test_a_link_that_could_not_be_copied_is_there_to_be_taken(reader, clipboard):
    reader.page.add_init_script(
        f"Object.defineProperty(navigator, 'clipboard', {{value: {clipboard}, configurable: true}})"
    )
    page = reader.open("/indicators?band=beginner")
    page.locator(COPY).click()
    field = page.get_by_label("Link to this view")
    field.wait_for()
    link = field.input_value()
    assert "band=beginner&compare=neighbours" in link
    chosen = "[document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    assert page.evaluate(chosen) == [0, len(link)]
    assert page.locator(COPY).text_content() == "Copy link"
    assert "Link copied" not in page.locator("#live").text_content()
    reader.tick("More than 2 years")
    assert field.count() == 0
    page.locator(COPY).click()
    assert "band=beginner,over-two&compare=neighbours" in field.input_value()


def test_a_chooser_with_nothing_chosen_says_so(reader):
    page = reader.open("/pilots")
    chooser = page.get_by_label("Your authority", exact=True)
    words = "one => one.options[one.selectedIndex].textContent"
    assert chooser.evaluate(words) == "None chosen"
    reader.choose("Your authority", "E08000035")
    assert chooser.evaluate(words) == "Leeds"
    chooser.select_option(index=1)
    reader.changed()
    assert chooser.evaluate(words) == "None chosen"
    assert "area=" not in page.url
