"""The explorer below a path, in a real browser: behind the example of nginx, and by itself."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urljoin, urlsplit

import pytest
from dash import page_registry

import app
from analytics.measures.indicators.registry import INDICATORS
from data.sources.read_at import TITLES
from tests.browser.conftest import Fetching
from tests.browser.places import PREFIX, Nginx, Served, ask, links, nginx

PATHS = [one["path"] for one in page_registry.values() if not one.get("path_template")]
PATHS = [path for path in PATHS if path != "/404"] + [f"/indicators/{next(iter(INDICATORS))}"]
SOME = ["/", "/neighbours", "/costs", "/data"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("places")


@pytest.fixture(scope="module")
def explorer_behind(folder):
    served = Served(folder, "--workers", "1")
    served.wait()
    yield served
    served.stop()


@pytest.fixture(scope="module")
def behind(folder, explorer_behind):
    nginx()
    front = Nginx(folder, explorer_behind.port)
    assert front.check().returncode == 0, front.check().stderr
    front.start()
    yield front
    front.stop()


@pytest.fixture(scope="module")
def alone(folder):
    served = Served(folder, "--workers", "1", "--prefix", f"{PREFIX}/")
    served.wait()
    yield served
    served.stop()


@pytest.fixture(params=["behind nginx", "by itself"])
def base(request):
    """Where the first page of the explorer is, without the slash at its end."""
    if request.param == "behind nginx":
        return request.getfixturevalue("behind").base
    return request.getfixturevalue("alone").base + PREFIX


class Window:
    """A browser window that notes all it asks for and every error."""

    def __init__(self, chromium, base):
        self.base = base
        self.asked, self.failed, self.errors = [], [], []
        self.context = chromium.new_context(
            viewport={"width": 1366, "height": 900}, ignore_https_errors=True
        )
        self.context.set_default_timeout(120_000)  # the first to ask for a page has it made
        self.page = self.context.new_page()
        self._fetching = Fetching(self.page)
        self.page.on("request", lambda one: self.asked.append(one.url))
        self.page.on("response", self._answered)
        self.page.on("pageerror", lambda fault: self.errors.append(str(fault)))
        self.page.on("console", self._heard)

    def _answered(self, reply):
        if reply.status >= 400:
            self.failed.append((reply.status, reply.url))

    def _heard(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def open(self, path):
        self.page.goto(self.base + path)
        self.settle()
        return self.page

    def settle(self):
        self.page.wait_for_selector("main[data-path] h1")
        self.page.wait_for_function(
            "() => ![...document.querySelectorAll('section.card')].some(c => c.ariaBusy === 'true')"
        )
        self._fetching.wait_until_quiet()

    def strays(self):
        """What was asked for beside the place, but for pictures made in the page."""
        return [
            one for one in self.asked if not one.startswith((f"{self.base}/", "data:", "blob:"))
        ]


@pytest.fixture
def window(chromium, base):
    opened = Window(chromium, base)
    yield opened
    opened.context.close()
    assert opened.errors == []
    assert opened.failed == []
    assert opened.strays() == []


#: What there is much of: one of so many is asked for behind nginx, of three times as many without.
#: ``tests/components/server/test_api.py`` asks for every file of a finding or table. Without
#: ``--whole`` there is no difference between the two: ``tests/test_prefix.py`` reads every page.
MUCH = {f"{PREFIX}/api/v1/": 4, f"{PREFIX}/councils/": 16, f"{PREFIX}/indicators/": 8}


def known(path):
    """Whether a path, below the prefix, is that of a page."""
    return app.known_path(path.removeprefix(PREFIX))


@pytest.mark.sampled(1)
def test_every_link_of_pages_leads_to_something_below_the_path(window, base, request, whole):
    """Of some pages; of every one behind nginx with ``--whole``. Of what there is much of, some."""
    every = "nginx" in request.node.callspec.id and whole
    paths = PATHS if every else SOME
    found = set()
    for path in paths:
        page = window.open(path)
        assert page.evaluate("location.pathname") == PREFIX + path
        assert page.evaluate("document.querySelector('nav [aria-current]') !== null")
        found |= links(page)
    found -= {*TITLES}  # where printed figures were read
    strays = {one for one in found if not one.startswith(f"{PREFIX}/")}
    assert strays == set()
    assert {urlsplit(one).path for one in found} > {PREFIX + path for path in PATHS}
    # What the browser asked for was answered, or the window would say so.
    asked = {urlsplit(one).path for one in window.asked}
    rest = {urlsplit(one).path for one in found} - asked
    rest.discard(f"{PREFIX}/briefings.zip")  # begins slow work; test_runs asks for it
    for start, step in MUCH.items():  # of files, some with each ending
        alike = sorted((one for one in rest if one.startswith(start)), key=lambda one: one[::-1])
        assert alike or not every, start
        rest -= {*alike} - {*alike[:: step if every else 3 * step]}
        is_file = start.endswith("/api/v1/")
        assert [one for one in alike if not (is_file or known(one))] == []
    with ThreadPoolExecutor(2) as several:
        answers = dict(
            zip(rest, several.map(ask, (urljoin(base, one) for one in rest)), strict=True)
        )
    assert {one: reply.status for one, reply in answers.items() if reply.status != 200} == {}
    endings = {one.rsplit(".", 1)[-1] for one in asked | rest if "." in one}
    assert {"js", "css", "woff2", "csv", "parquet"} <= endings


@pytest.mark.sampled(1)
def test_tabs_filters_and_back_work_below_the_path(window):
    page = window.open("/indicators?band=beginner")
    card = page.locator("section.card").first
    for tab in ("Table", "About", "Download"):
        card.get_by_role("tab", name=tab).click()
        panel = f"[data-panel={tab.lower()}]"
        page.wait_for_function(f"() => document.querySelector('{panel}').innerText.trim()")
        assert "could not be loaded" not in card.locator(panel).inner_text()
    with page.expect_download() as given:
        card.locator("a[download]").first.click()
    assert given.value.path().stat().st_size > 500
    assert given.value.url.startswith(f"{window.base}/api/v1/")
    before = page.locator("[data-part=words]").inner_text()
    page.locator("[data-bar=against] > .bar-open > summary").click()
    page.get_by_label("Compare with", exact=True).select_option("england")
    page.wait_for_function("() => location.search.includes('compare=england')")
    window.settle()
    changed = page.url
    assert changed.startswith(f"{window.base}/indicators?")
    page.go_back()
    page.wait_for_function("() => !location.search.includes('compare')")
    window.settle()
    assert page.locator("[data-part=words]").inner_text() == before
    page.get_by_role("link", name="Pilots", exact=True).click()
    page.wait_for_function(f"() => location.pathname === '{PREFIX}/pilots'")
    window.settle()
    page.go_back()
    page.wait_for_function(f"() => location.pathname === '{PREFIX}/indicators'")
    window.settle()


@pytest.mark.parametrize("base", ["by itself"], indirect=True)
def test_what_scripts_open_is_below_the_path(window):
    page = window.open("/neighbours")
    chart = page.locator("#card-neighbours-verdicts .chart-stop")
    chart.scroll_into_view_if_needed()
    chart.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".chart-stop[data-leads^='/']", state="attached")
    page.keyboard.press("Enter")
    page.wait_for_function(f"() => location.pathname === '{PREFIX}/indicators'")
    window.settle()
    page = window.open(f"/indicators/{next(iter(INDICATORS))}")
    other = list(INDICATORS)[1]
    page.locator("[data-bar=subject] > .bar-open > summary").click()
    page.locator('select[id*="indicator"]').select_option(other)
    page.locator("#go").click()
    page.wait_for_function(f"() => location.pathname === '{PREFIX}/indicators/{other}'")
    window.settle()


@pytest.mark.parametrize("base", ["by itself"], indirect=True)
def test_an_image_is_made_below_the_path(window):
    page = window.open("/indicators")
    card = page.locator("section.card:has(.js-plotly-plot)").first
    card.get_by_role("tab", name="Download").click()
    with page.expect_download() as given:
        card.locator('button[data-image="svg"]').click()
    picture = given.value.path().read_text(encoding="utf-8")
    assert f"{window.base}/indicators" in "".join(picture.split())
    assert "font/woff2;base64," in picture


def test_nginx_takes_readers_to_tls_and_keeps_them_there(behind):
    plain = ask(f"http://127.0.0.1:{behind.http}/sos/indicators?band=beginner")
    assert plain.status == 308
    assert plain.headers["location"] == (
        "https://explorer.example.org/sos/indicators?band=beginner"
    )
    for path in ("/", "/indicators", "/api/v1/findings.json", "/health", "/nowhere"):
        told = ask(behind.base + path).headers
        assert told["strict-transport-security"] == "max-age=31536000"
    bare = ask(f"https://127.0.0.1:{behind.tls}/sos?band=beginner")
    assert bare.status == 308
    assert urlsplit(bare.headers["location"]).path == "/sos/"
    assert ask(f"https://127.0.0.1:{behind.tls}/").status == 404


def test_what_readers_send_under_the_names_of_a_proxy_does_not_pass(behind):
    sent = {
        "X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http", "X_Forwarded_Prefix": "/evil", "Forwarded": "host=evil",
        "SCRIPT_NAME": "/evil",
    }  # fmt: skip
    reply = ask(f"{behind.base}/indicators", headers=sent)
    assert reply.status == 200
    assert "evil" not in reply.text
    assert "https://explorer.example.org/sos/indicators" in reply.text
    assert "strict-transport-security" in reply.headers


def test_a_peer_that_is_no_proxy_is_not_believed(explorer_behind):
    sent = {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Proto": "https"}
    believed = ask(f"{explorer_behind.base}/indicators", headers=sent)
    assert 'href="/evil/' in believed.text
    other = ask(f"{explorer_behind.base}/indicators", headers=sent, source="127.0.0.3")
    assert other.status == 200
    assert "evil" not in other.text
    assert "strict-transport-security" not in other.headers


@pytest.mark.sampled(8)
@pytest.mark.parametrize("name", ["SCRIPT_NAME", "Script-Name", "script_name"])
@pytest.mark.parametrize("value", ["/sos", "/evil", "/indicators", "x", "/" + "a" * 2_000])
@pytest.mark.parametrize("source", ["127.0.0.1", "127.0.0.3"])
def test_no_reader_may_name_the_prefix(explorer_behind, alone, name, value, source):
    for served in (explorer_behind, alone):
        for path in ("/indicators", "/sos/", "/health"):
            reply = ask(served.base + path, headers={name: value}, source=source)
            assert reply.status == 400, (path, reply.text)
            assert "evil" not in reply.text


def test_nginx_limits_bodies_as_the_explorer_does_and_passes_long_headers(behind):
    url = f"{behind.base}/_dash-update-component"
    sent = {"Content-Type": "application/json"}
    assert ask(url, method="POST", body=b"[" * 70_000, headers=sent).status == 413
    assert ask(url, method="POST", body=b"[" * 60_000, headers=sent).status == 400
    long = {"Cookie": f"a={'b' * 9_000}", "Authorization": f"Bearer {'c' * 12_000}"}
    assert ask(f"{behind.base}/indicators", headers=long).status == 200


def test_health_answers_with_and_without_the_path(behind, alone):
    for path in ("/health", "/health/ready"):
        assert ask(behind.base + path).status == 200
        assert ask(alone.base + path).status == 200
        assert ask(alone.base + PREFIX + path).status == 200


def test_the_pages_named_here_are_the_pages_there_are():
    assert all(app.known_path(path) for path in PATHS)
