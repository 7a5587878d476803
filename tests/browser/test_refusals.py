"""What the server does not answer is said, leaves the page in agreement with itself, and can be
tried again."""

import re

import pytest

from tests.browser.test_accessibility import violations

CALLBACK = "**/_dash-update-component*"
PATIENCE = "0.4"  # seconds, in place of those of the page
OVER_TWO = "More than 2 years"
SIGN_IN = "<!doctype html><title>Sign in</title><form>Password</form>"
HTML = {"content-type": "text/html"}
JSON = {"content-type": "application/json"}

#: How a request can go unanswered, and a word of the sentence that must say so.
REFUSALS = {
    "offline": "offline",
    "cut off": "cannot be reached",
    "hanging": "not answered for",
    "redirected": "signed out",
    "signed out": "signed out",
    "forbidden": "signed out",
    "sign-in page": "signed out",
    "bad gateway": "error 502",
    "too busy": "error 503",
    "other json": "cannot be read",
    "half an answer": "cannot be read",
}
ANSWERS = {
    "redirected": {"status": 302, "headers": {"location": "/data", **HTML}},
    "signed out": {"status": 401, "body": "", "headers": HTML},
    "forbidden": {"status": 403, "body": SIGN_IN, "headers": HTML},
    "sign-in page": {"status": 200, "body": SIGN_IN, "headers": HTML},
    "bad gateway": {"status": 502, "body": "<h1>Bad gateway</h1>", "headers": HTML},
    "too busy": {"status": 503, "body": "{}", "headers": JSON},
    "other json": {"status": 200, "json": {"error": "login"}},
    "half an answer": {"status": 200, "body": '{"multi": true, "resp', "headers": JSON},
}


class Refusing:
    """A server that no longer answers requests to an address."""

    def __init__(self, reader, address, kind):
        self.reader, self.address, self.kind = reader, address, kind

    def __enter__(self):
        page = self.reader.page
        page.evaluate("seconds => { document.body.dataset.patience = seconds }", PATIENCE)
        if self.kind == "offline":
            self.reader.context.set_offline(True)
        else:
            page.route(self.address, self._answer)

    def __exit__(self, *_fault):
        self.reader.context.set_offline(False)
        self.reader.page.unroute(self.address)
        self.reader.page.evaluate("document.body.dataset.patience = 15")
        heard = self.reader.errors
        heard[:] = [one for one in heard if "Failed to load resource" not in one]

    def _answer(self, route):
        if self.kind == "cut off":
            route.abort()
        elif self.kind in ANSWERS:
            route.fulfill(**ANSWERS[self.kind])


def bar(page):
    return page.locator("#refused")


def said(page, kind):
    """The sentence of the bar, once it is there."""
    bar(page).wait_for(state="visible")
    page.wait_for_function("() => !document.querySelector('#refused[aria-busy], .card[aria-busy]')")
    words = bar(page).inner_text()
    assert REFUSALS[kind] in words, (kind, words)
    assert page.locator("#live").text_content().startswith(words.split("\n")[0])


def state(page):
    """Everything that must agree: address, words, controls, charts' sentences, heading."""
    return page.evaluate(
        """() => ({
            address: location.href,
            heading: document.querySelector('main h1').textContent,
            words: document.querySelector('[data-part=words]')?.textContent,
            ticked: [...document.querySelectorAll('[type=checkbox]')].map(one => one.checked),
            chosen: [...document.querySelectorAll('select')].map(one => one.value),
            summaries: [...document.querySelectorAll('[data-part=summary]')]
                .map(one => one.textContent),
        })"""
    )


def again(page):
    bar(page).get_by_role("button", name="Try again").click()
    bar(page).wait_for(state="hidden")


def test_a_refused_change_says_so_and_the_page_agrees_with_itself(reader):
    page = reader.open("/indicators")
    before = state(page)
    for kind in REFUSALS:
        with Refusing(reader, CALLBACK, kind):
            reader.control(OVER_TWO).click()
            said(page, kind)
            page.wait_for_function("() => document.activeElement.checked")
            assert state(page) == before, kind
            bar(page).get_by_role("button", name="Close").click()


def test_a_refused_change_can_be_tried_again(reader):
    page = reader.open("/indicators")
    with Refusing(reader, CALLBACK, "hanging"):
        reader.control(OVER_TWO).click()
        said(page, "hanging")
    assert violations(page) == []
    again(page)
    reader.settle()
    assert page.url.endswith("/indicators?band=beginner,two-years")
    assert not page.get_by_label(OVER_TWO, exact=True).is_checked()
    assert "More than 2 years" not in reader.words()


@pytest.mark.parametrize("kind", ["hanging", "redirected"])
def test_a_refused_page_leaves_the_one_before_under_its_own_address(reader, kind):
    page = reader.open("/indicators?band=beginner")
    before = state(page)
    with Refusing(reader, CALLBACK, kind):
        page.get_by_role("link", name="Pilots", exact=True).click()
        said(page, kind)
        page.wait_for_url("**/indicators?band=beginner")
        assert state(page) == before
    again(page)
    page.wait_for_selector("#card-pilots-changes")
    assert page.url.endswith("/pilots?band=beginner")
    page.go_back()
    page.wait_for_selector("#card-kpis-gaps")
    reader.settle()
    assert state(page) == before


def to_pilots(reader):
    """Go to the page of pilots by its link; return its state."""
    reader.page.get_by_role("link", name="Pilots", exact=True).click()
    reader.page.wait_for_selector("#card-pilots-changes")
    reader.settle()
    return state(reader.page)


def test_back_that_is_refused_keeps_every_step(reader):
    page = reader.open("/indicators")
    reader.tick(OVER_TWO)
    before = to_pilots(reader)
    with Refusing(reader, CALLBACK, "bad gateway"):
        page.go_back()
        said(page, "bad gateway")
        page.wait_for_url("**/pilots?band=*")
        assert state(page) == before
    again(page)
    page.wait_for_selector("#card-kpis-gaps")
    reader.settle()
    changed = state(page)
    with Refusing(reader, CALLBACK, "cut off"):
        page.go_back()
        said(page, "cut off")
        page.wait_for_url("**/indicators?band=*")
        assert state(page) == changed
    again(page)
    page.wait_for_url("**/indicators")
    reader.settle()
    assert page.get_by_label(OVER_TWO, exact=True).is_checked()
    page.go_forward()
    reader.changed()
    assert state(page) == changed
    page.go_forward()
    page.wait_for_selector("#card-pilots-changes")
    reader.settle()
    assert state(page) == before


def hide_simulated_figures(page):
    page.locator("[data-bar=more] > .bar-open > summary").click()
    page.get_by_label("Published and official figures only").click()


def go_to_another_indicator(page):
    page.locator("[data-bar=subject] > .bar-open > summary").click()
    page.get_by_label("Indicator", exact=True).select_option("s47_rate")
    page.get_by_role("button", name="Show this indicator").click()


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("/self-profile", hide_simulated_figures),
        (
            "/indicators/icpc_rate",
            go_to_another_indicator,
        ),
    ],
)
def test_a_control_that_lays_the_page_out_anew_goes_back_when_refused(reader, path, change):
    page = reader.open(path)
    before = state(page)
    with Refusing(reader, CALLBACK, "signed out"):
        change(page)
        said(page, "signed out")
        page.wait_for_url(f"**{path}")
        page.wait_for_timeout(100)
        assert state(page) == before
        assert bar(page).get_by_role("link", name="Sign in").get_attribute("target") == "_blank"
    again(page)
    page.wait_for_function("address => location.href !== address", arg=before["address"])
    reader.settle()
    assert state(page) != before


def test_cards_further_down_that_are_refused_are_marked(reader):
    page = reader.open("/expenditure")
    asked = []

    def only_the_first(route):
        asked.append(route.request.post_data_json)
        if len(asked) == 1:
            route.continue_()
        else:
            route.abort()

    page.route(CALLBACK, only_the_first)
    reader.control(OVER_TWO).click()
    said(page, "cut off")
    left = asked[1]["inputs"][0]["value"]["cards"]
    stale = page.locator(".card[data-stale]")
    assert sorted(stale.evaluate_all("all => all.map(one => one.dataset.card)")) == sorted(left)
    mark = stale.first.evaluate("one => getComputedStyle(one, '::before').content")
    assert "earlier choice" in mark
    assert violations(page) == []
    page.unroute(CALLBACK)
    reader.errors.clear()
    again(page)
    reader.settle()
    assert stale.count() == 0


def holding_the_first(page):
    """Keep the answer to the next callback waiting; return where it is kept."""
    held = []

    def answer(route):
        if held:
            route.continue_()
        else:
            held.append(route)

    page.route(CALLBACK, answer)
    return held


def test_a_late_answer_does_not_overwrite_a_newer_one(reader):
    page = reader.open("/indicators")
    held = holding_the_first(page)
    reader.control(OVER_TWO).click()
    page.wait_for_timeout(100)
    before = to_pilots(reader)
    for route in held:
        route.continue_()
    page.wait_for_timeout(300)
    assert state(page) == before
    assert bar(page).is_hidden()


def test_a_page_that_was_left_while_it_was_asked_for_does_not_come(reader):
    page = reader.open("/indicators")
    held = holding_the_first(page)
    page.get_by_role("link", name="Pilots", exact=True).click()
    page.wait_for_url("**/pilots")
    page.go_back()
    page.wait_for_url("**/indicators")
    for route in held:
        route.continue_()
    page.wait_for_timeout(300)
    assert page.locator("h1").inner_text() == "Key performance indicators"
    page.get_by_role("link", name="Pilots", exact=True).click()
    page.wait_for_selector("#card-pilots-changes")


def test_a_refused_tab_says_so_in_its_place(readers):
    reader = readers(fresh=True)  # with nothing in its cache
    page = reader.open("/indicators")
    panel = page.locator("#card-kpis-gaps [data-panel=table]")
    button = panel.get_by_role("button", name="Try again")
    for kind in ("offline", "hanging", "redirected", "sign-in page", "too busy"):
        with Refusing(reader, "**/cards/**", kind):
            page.locator("#tab-kpis-gaps-chart").click()
            page.locator("#tab-kpis-gaps-table").click()
            panel.get_by_text(REFUSALS[kind]).wait_for()
            assert panel.get_attribute("aria-busy") is None
            assert "Password" not in panel.inner_text()
    button.focus()
    page.keyboard.press("Enter")
    panel.locator("table").wait_for()
    assert page.evaluate("document.activeElement.dataset.panel") == "table"


def test_a_refused_table_of_a_page_can_be_tried_again(reader):
    page = reader.page
    page.route("**/sheets/**", lambda route: route.fulfill(status=502))
    reader.open("/data")
    places = page.locator("[data-fill]")
    assert places.first.locator("button").text_content() == "Try again"
    page.unroute("**/sheets/**")
    reader.errors.clear()
    places.first.evaluate("one => one.querySelector('button').click()")
    places.first.locator("table, dl").first.wait_for(state="attached")


def test_slow_work_that_cannot_be_started_says_so(reader):
    page = reader.open("/robustness?compare=england&band=beginner")
    with Refusing(reader, CALLBACK, "bad gateway"):
        page.locator("#job-run").click()
        said(page, "bad gateway")
        assert "error 502" in page.locator("#job-words").inner_text()
        assert page.locator("#job-run").is_enabled()
        assert page.locator("#job-cancel").is_disabled()
    page.route(CALLBACK, lambda route: route.abort())
    with page.expect_request(lambda request: '"job-asked"' in (request.post_data or "")):
        bar(page).get_by_role("button", name="Try again").click()
    page.wait_for_function("() => document.querySelector('#refused [data-part=again]')")
    reader.errors.clear()


def test_trying_again_works_with_the_keyboard_alone(reader):
    page = reader.open("/indicators")
    with Refusing(reader, CALLBACK, "bad gateway"):
        reader.control(OVER_TWO).focus()
        page.keyboard.press("Space")
        said(page, "bad gateway")
        for _ in range(12):
            page.keyboard.press("Shift+Tab")
            if page.evaluate("document.activeElement.dataset.part") == "again":
                break
        page.keyboard.press("Enter")
        said(page, "bad gateway")
        assert page.evaluate("document.activeElement.dataset.part") == "again"
    page.keyboard.press("Enter")
    bar(page).wait_for(state="hidden")
    assert page.evaluate("document.activeElement.type") == "checkbox"
    reader.settle()
    assert "band=beginner,two-years" in page.url


def bare(body):
    """Return a page without what it brings with it, so that Dash asks for that."""
    return re.sub(r'<script id="first-look".*?</script>', "", body, flags=re.DOTALL)


def test_a_page_that_cannot_start_says_so(reader):
    page = reader.page

    def without(route):
        reply = route.fetch()
        route.fulfill(response=reply, body=bare(reply.text()))

    page.route("**/indicators", without)
    page.route(re.compile("_dash-layout$"), lambda route: route.fulfill(status=502))
    page.goto("/indicators")
    bar(page).wait_for()
    assert "error 502" in bar(page).inner_text()
    page.unroute(re.compile("_dash-layout$"))
    page.unroute_all()
    reader.errors.clear()
    bar(page).get_by_role("button", name="Try again").click()
    page.wait_for_selector("#card-kpis-gaps")


def test_a_slow_first_page_is_waited_for_longer_than_a_change(reader):
    page = reader.page
    page.route(CALLBACK, lambda _route: None)

    def impatient(route):
        reply = route.fetch()
        body = bare(reply.text()).replace('data-patience="15"', 'data-patience="0.3"')
        route.fulfill(response=reply, body=body)

    page.route("**/indicators", impatient)
    page.goto("/indicators", wait_until="commit")
    bar(page).wait_for()
    assert "not answered for 0.6 seconds" in bar(page).inner_text()
    page.unroute(CALLBACK)
    page.evaluate("document.body.dataset.patience = 15")
    again(page)
    assert page.locator("h1").inner_text() == "Key performance indicators"
    # Dash's own callback for the title of the window runs before there is one.
    reader.errors = [fault for fault in reader.errors if "reading 'title'" not in fault]
