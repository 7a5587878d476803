"""The form of another group by keyboard and on a phone; its whole journey is one of the tasks."""

from urllib.parse import parse_qsl, urlsplit

#: What is read out from now on, with the id of what says it.
LISTEN = """() => {
    window.heard = [];
    for (const place of document.querySelectorAll("[aria-live]")) new MutationObserver((all) => {
        for (const node of all.flatMap((one) => [...one.addedNodes]))
            window.heard.push([place.id, node.textContent]);
    }).observe(place, { childList: true, subtree: true });
}"""


def add(page, name):
    page.locator("#group-pick").select_text()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


def heard_on_choosing_a_start(page):
    live = page.locator("#live")
    live.get_by_text("3 councils").wait_for(state="attached")
    page.evaluate(LISTEN)
    page.locator("#group-start").focus()
    page.keyboard.press("ArrowDown")
    live.get_by_text("before the start").wait_for(state="attached")
    return page.evaluate("window.heard")


def held(page):
    names, start = (page.locator(f"#group-{one}").input_value() for one in ("names", "start"))
    assert dict(parse_qsl(urlsplit(page.url).query)) == {"list": names, "from": start}
    return names, start


def test_the_form_works_by_keyboard_alone_on_a_phone_and_loses_nothing(reader):
    page = reader.open("/group")
    page.set_viewport_size({"width": 390, "height": 844})
    names, pick = page.get_by_label("The list"), page.get_by_label("Add a council").first
    names.focus()
    page.keyboard.insert_text("Kent\nWirrall")
    page.get_by_text("Did you mean Wirral?").wait_for()
    page.wait_for_selector("#group-names[aria-invalid=true]")
    assert names.get_attribute("aria-describedby") == "group-faults group-names-hint"

    page.keyboard.press("Tab")
    add(page, "Atlantis")
    page.wait_for_selector("#group-pick[aria-invalid=true]")
    assert pick.input_value() == "Atlantis"
    assert "Atlantis" in page.locator(f"#{pick.get_attribute('aria-describedby')}").inner_text()
    add(page, "Leeds")
    page.wait_for_selector("#group-pick:not([aria-invalid])")
    assert names.input_value() == "Kent\nWirrall\nLeeds"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    add(page, "Hull")
    [[place, said]] = heard_on_choosing_a_start(page)  # no fault, nor all of the answer, again
    assert place == "live"
    assert said.startswith("3 councils")

    before = held(page)
    page.get_by_role("link", name="Data and methods").click()
    page.wait_for_url("**/data")
    page.go_back()
    page.wait_for_selector("#group-names[aria-invalid=true]")
    assert held(page) == before
