"""Everything can be done with the keyboard alone."""


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_the_first_tab_stop_skips_to_the_content(reader):
    page = reader.open("/indicators")
    press(page, "Tab")
    page.wait_for_function("() => document.activeElement.className === 'skip-link'")
    press(page, "Enter")
    page.wait_for_function("() => location.hash === '#main'")
    reader.settle()
    assert page.url.endswith("/indicators#main")


def test_a_place_in_the_page_is_gone_to_without_asking_again(reader):
    page = reader.open("/indicators?band=beginner")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("location.hash = '#main'")
    reader.settle()
    assert [one for one in asked if "favicon" not in one] == []
    assert page.url.endswith("?band=beginner#main")


def test_bands_are_reached_and_changed_by_keyboard(reader):
    page = reader.open("/indicators")
    stop = "[data-bar=who] > .bar-open > summary"
    for _ in range(40):
        press(page, "Tab")
        if page.evaluate("stop => document.activeElement.matches(stop)", stop):
            break
    press(page, "Enter", "Tab", "Tab")
    assert page.evaluate("document.activeElement.matches('.field-band [type=checkbox]')")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    press(page, "Space")
    reader.changed()
    assert "band=two-years,over-two" in page.url
    press(page, "Escape")
    assert page.evaluate("stop => document.activeElement.matches(stop)", stop)
    assert not page.locator(".field-band").is_visible()


def test_tabs_move_with_the_arrows(reader):
    page = reader.open("/indicators")
    page.locator("#tab-kpis-gaps-chart").focus()
    press(page, "ArrowRight")
    page.wait_for_selector("#card-kpis-gaps table")
    assert page.locator("#tab-kpis-gaps-table").get_attribute("aria-selected") == "true"
    press(page, "End")
    page.wait_for_selector("#card-kpis-gaps .files")
    press(page, "Home")
    assert page.locator("#card-kpis-gaps .chart").is_visible()


def test_points_of_a_chart_are_read_with_the_arrows(reader):
    page = reader.open("/indicators/icpc_rate")
    page.locator("#card-indicator-years .chart").focus()
    press(page, "ArrowRight")
    point = page.locator("#card-indicator-years [data-part=point]")
    first = point.inner_text()
    assert first.startswith("2012/13: pilots")
    press(page, "ArrowRight")
    assert point.inner_text().startswith("2013/14: pilots")
    press(page, "Escape")
    assert point.inner_text() == ""


def test_the_theme_is_kept(reader):
    page = reader.open("/")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme-toggle").focus()
    press(page, "Enter")
    page.wait_for_timeout(200)
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert after != before
    reader.open("/indicators")
    assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after


def test_a_term_is_explained_by_key_and_pointer_until_it_is_put_away(reader):
    page = reader.open("/indicators")
    sentence = page.locator("#card-kpis-gaps-summary")
    before = sentence.bounding_box(), sentence.inner_text()
    term = sentence.locator(".term", has_text="similar councils")
    box = page.locator("#term-words")
    term.focus()
    page.keyboard.press("Enter")
    box.wait_for(state="visible")
    assert term.get_attribute("aria-expanded") == "true"
    said = box.locator("p").all_inner_texts()
    assert said[0] == "Statistical neighbours"
    assert page.locator("#live").inner_text() == ": ".join(said)
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "/data#term-neighbours"
    page.keyboard.press("Escape")
    assert box.is_hidden()
    assert term.evaluate("one => one === document.activeElement")
    assert (sentence.bounding_box(), sentence.inner_text()) == before

    term.hover()
    box.wait_for(state="visible")
    box.hover()  # on its way to the words the pointer may leave the term
    page.wait_for_timeout(500)
    assert box.is_visible()
    page.mouse.move(1, 1)
    box.wait_for(state="hidden")

    page.locator("[data-bar=who] > .bar-open > summary").click()
    page.get_by_label("Beginner (none or under a year)", exact=True).click()
    reader.changed()
    terms = sentence.locator(".term").all_inner_texts()
    assert len(set(terms)) == len(terms) > 1
