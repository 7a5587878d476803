"""Everything can be done with the keyboard alone."""

import re


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


#: What listens for clicks and is not pressed: screen readers call it clickable. The element around
#: the whole page is React's.
CLICKABLE = """() => [...document.querySelectorAll('*')]
  .filter((one) => one.onclick && !one.closest('button, [aria-hidden]'))
  .map((one) => one.id)"""


def test_the_first_tab_stop_skips_to_the_content(reader):
    page = reader.open("/indicators")
    assert page.evaluate(CLICKABLE) == ["react-entry-point"]
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
    card = page.locator("#card-indicator-years")
    title = reader.verdict("indicator-years")
    topic = card.locator("[data-part=topic]").inner_text()
    chart = card.get_by_role("application", name=title, exact=True)
    stop = chart.get_by_role("img", name=topic, exact=True)
    described = page.locator("#chart-hint").text_content()
    assert stop.evaluate("one => one.getAttribute('aria-describedby')") == "chart-hint"
    assert "Arrow keys" in described
    drawing = card.locator(".js-plotly-plot")
    assert drawing.get_attribute("aria-hidden") == "true"
    assert drawing.locator("[tabindex], a").count() == 0
    stop.focus()
    point = card.locator("[data-part=point]")
    assert point.inner_text() == ""  # the hint is shown and not said a second time
    shown = "one => getComputedStyle(one, '::before').content"
    assert described in point.evaluate(shown)
    press(page, "ArrowRight")
    assert point.inner_text().startswith("Similar councils. 1 of 13: 2012/13: pilots")
    press(page, "ArrowRight")
    assert point.inner_text().startswith("2 of 13: 2013/14: pilots")
    press(page, "ArrowDown")
    assert point.inner_text().startswith("Pilots. 2 of 13: 2013/14: pilots")
    assert card.locator("[data-ringed]").count() == 1
    press(page, "Escape")
    assert point.inner_text() == ""
    assert page.evaluate("document.activeElement.id") == "tab-indicator-years-chart"
    page.wait_for_function("() => !document.querySelector('[data-ringed]')")
    _read_and_dismiss_words_of_the_pointer(page, card)


def _read_and_dismiss_words_of_the_pointer(page, card):
    passing = card.locator("[data-part=passing]")
    below = card.locator("[data-part=summary]")
    for at in (0, 3, 12):
        mark = card.locator(".scatterlayer .points path").nth(at)
        before = below.bounding_box()
        box = mark.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.wait_for_function("() => document.querySelector('[data-ringed]')")
        assert re.match(r"20\d\d/\d\d: pilots .+, n = \d+$", passing.inner_text())
        words, around = passing.bounding_box(), card.bounding_box()
        assert around["x"] <= words["x"]
        assert words["x"] + words["width"] <= around["x"] + around["width"]
        assert y < words["y"] < words["y"] + words["height"] <= 900
        assert passing.evaluate("one => one.scrollWidth <= one.clientWidth")
        assert below.bounding_box() == before  # nothing moved
        assert card.locator("[data-part=point]").inner_text() == ""  # nor was anything read out
        press(page, "Escape")  # they go, wherever the focus is
        page.wait_for_function("() => !document.querySelector('[data-ringed]')")
        assert passing.inner_text() == ""


#: Top and bottom of the ring around the point that is read.
RING = """() => {
  const stop = document.querySelector('[data-ringed]');
  const [top, height] = ['top', 'height'].map((name) =>
    Number.parseFloat(stop.style.getPropertyValue(`--ring-${name}`)));
  const from = stop.getBoundingClientRect().top + top;
  return [from, from + height];
}"""


def test_the_point_that_is_read_is_in_view_with_its_words(readers):
    page = readers(width=390).open("/indicators")
    page.locator("#card-kpis-gaps .chart-stop").focus()
    press(page, "End")
    page.wait_for_timeout(100)
    point = page.locator("#card-kpis-gaps [data-part=point]")
    top, bottom = page.evaluate(RING)
    assert 0 < top < bottom < point.bounding_box()["y"]  # its words do not cover it
    assert point.inner_text().startswith("24 of 24: ")
    press(page, "ArrowUp")
    assert point.inner_text().startswith("23 of 24: ")
    press(page, "Home")
    page.wait_for_timeout(100)
    top, bottom = page.evaluate(RING)
    bar = page.locator(".selection-bar").bounding_box()
    assert bar["y"] + bar["height"] <= top < bottom < 900
    words = point.bounding_box()
    assert words["y"] + words["height"] <= 900


#: Notes every stop of the focus that is covered in part: what is at its corners and its middle is
#: neither it, nor in it, nor around it. A stop taller than the window is looked at in its middle.
WATCH = """() => {
  window.met = 0;
  window.covered = {};
  const name = (one) => `${one.tagName} ${one.id || one.className || one.textContent.slice(0, 30)}`;
  const belongs = (one, top) => top && (one.contains(top) || top.contains(one)
    || [...(one.labels ?? [])].some((label) => label.contains(top))
    || (one.matches('.chart-stop') && one.closest('.chart').contains(top)));
  const look = () => {
    const one = document.activeElement;
    if (one === document.body) return;
    const box = one.getClientRects()[0]; // the first line of words that go on in the next
    window.met += 1;
    const xs = [box.left + 3, (box.left + box.right) / 2, box.right - 3];
    const middle = (box.top + box.bottom) / 2;
    const ys = box.height > innerHeight * 0.8 ? [middle] : [box.top + 3, middle, box.bottom - 3];
    const bad = xs.flatMap((x) => ys.flatMap((y) => {
      if (y < 0 || y > innerHeight) return [`out of view at ${Math.round(y)}`];
      const top = document.elementFromPoint(x, y);
      return belongs(one, top) ? [] : [`below ${top && name(top)} at ${Math.round(y)}`];
    }));
    if (bad.length) window.covered[name(one)] = bad;
  };
  addEventListener('focusin', () => requestAnimationFrame(look));
}"""


def test_the_theme_follows_the_system_until_one_is_chosen_and_is_kept(reader):
    page = reader.open("/")
    for system in ("dark", "light"):
        page.emulate_media(color_scheme=system)
        page.wait_for_function(f"() => document.documentElement.dataset.bsTheme === '{system}'")
    assert page.locator("#theme-toggle").inner_text() == "Dark theme"
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme-toggle").focus()
    press(page, "Enter")
    page.wait_for_timeout(200)
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert after != before
    reader.open("/indicators")
    page.emulate_media(color_scheme="light")
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


def test_a_tap_shows_the_words_of_a_point_and_a_second_opens_what_it_leads_to(readers):
    page = readers(width=390, has_touch=True, is_mobile=True).open("/neighbours")
    card = page.locator("#card-neighbours-verdicts")
    mark = card.locator(".points path").nth(5)
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    at = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.touchscreen.tap(*at)
    point = card.locator("[data-part=point]")
    page.wait_for_function("() => document.querySelector('p.point:not(:empty)') !== null")
    assert point.inner_text().startswith("Referrals, ")
    assert point.inner_text().endswith("Tap again to open it.")
    assert card.locator("[data-part=passing]").inner_text() == ""  # said once
    assert card.locator("[data-ringed]").count() == 1
    words = point.bounding_box()
    assert 0 < words["y"] < 900 - words["height"] / 2
    page.wait_for_timeout(500)
    assert page.url.endswith("/neighbours?mark=referrals_rate")
    page.touchscreen.tap(*at)
    page.wait_for_selector("main[data-path='/indicators']")
