"""A real server and a real Chromium. A test fails on any error the browser reports."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
#: Chromium without the parts that draw its own window: the same pages, styles and scripts for half
#: the processor time. Where Debian's package for it is not installed, Chromium itself. The test by
#: dash[testing] and the tasks always use Chromium itself.
BROWSER = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Pages of one context share a process, and with it the scripts that it has compiled.
    "--process-per-site",
]
PATIENCE = 10  # seconds
NOTED = "cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage"
#: Waits until what was put off is done, twice, as it may put off more, and is painted.
IDLE = """async () => {
  for (const _ of [1, 2]) {
    await new Promise((done) => requestIdleCallback(done, { timeout: 2000 }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  }
}"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    folder = tmp_path_factory.mktemp("served")
    # What one of these servers has kept the next finds; other tests keep what they have.
    kept = Path(os.environ["EXPLORER_CACHE"]).with_name("browser")
    with (folder / "log").open("wb") as log:
        served = subprocess.Popen(  # noqa: S603 (our own program)
            [sys.executable, "app.py", "--port", str(port)],
            cwd=ROOT, env={**os.environ, "EXPLORER_CACHE": str(kept)}, stdout=log, stderr=log,
        )  # fmt: skip
        base = f"http://127.0.0.1:{port}"
        _wait(f"{base}/health", served, folder / "log")
        yield base
        served.terminate()
        served.wait(30)


def _wait(url, served, log):
    for _ in range(600):
        if served.poll() is not None:
            break
        try:
            with urlopen(url, timeout=2) as reply:  # noqa: S310 (loopback)
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the explorer did not start: {log.read_text()}")


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared(chromium, address):
    """What readers use one after the other: it keeps what it fetched and compiled, nothing else."""
    context = chromium.new_context(base_url=address)
    context.new_page().goto("/health")  # holds the process of their pages
    yield context
    context.close()


class Fetching:
    """What a page is fetching.

    The browser's own word for it, ``networkidle``, does not always come in Chromium without a
    window, nor does the end of every request: after ``PATIENCE`` it is taken to have ended.
    """

    def __init__(self, page):
        self._page = page
        self._since = {}
        page.on("request", lambda one: self._since.update({one: time.monotonic()}))
        page.on("requestfinished", lambda one: self._since.pop(one, None))
        page.on("requestfailed", lambda one: self._since.pop(one, None))

    def _goes_on(self):
        return any(time.monotonic() - since < PATIENCE for since in self._since.values())

    def wait_until_quiet(self):
        """Wait until nothing has been fetched for a fifth of a second."""
        quiet = 0
        while quiet < 4:
            self._page.wait_for_timeout(50)
            quiet = 0 if self._goes_on() else quiet + 1


class Reader:
    """Someone with a browser window, looking at the explorer.

    Where ``shared`` is given, only what differs for a window is chosen: width and theme.
    """

    def __init__(self, chromium, address, shared=None, **options):
        self.address = address
        size = {"width": options.pop("width", 1366), "height": 900}
        self._shared = shared
        self.context = shared or chromium.new_context(viewport=size, base_url=address, **options)
        self.page = self.context.new_page()
        if shared:
            self.page.set_viewport_size(size)
            self.page.emulate_media(color_scheme=options.get("color_scheme", "light"))
        self.errors = []
        self.page.on("pageerror", lambda fault: self.errors.append(str(fault)))
        self.page.on("console", self._heard)
        self._fetching = Fetching(self.page)

    def _heard(self, message):
        if message.type == "error":
            self.errors.append(message.text)

    def leave(self):
        """Close the window; nothing that its reader chose, allowed or noted is left behind."""
        if not self._shared:
            self.context.close()
            return
        tools = self.context.new_cdp_session(self.page)
        tools.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": NOTED})
        self.page.close()
        self.context.clear_permissions()
        self.context.clear_cookies()

    def open(self, path):
        """Go to an address and wait until its page is there and drawn."""
        self.page.goto(path)
        self.settle()
        return self.page

    def settle(self):
        """Wait until no card is busy, nothing is being fetched and the paint is done."""
        self.page.wait_for_selector("main[data-path] h1")
        self.page.wait_for_function(
            "() => ![...document.querySelectorAll('section.card')].some(c => c.ariaBusy === 'true')"
        )
        self._fetching.wait_until_quiet()
        self.page.evaluate(IDLE)

    def verdict(self, card):
        return self._part(card, "title")

    def summary(self, card):
        """The plain sentences of a card."""
        return self._part(card, "summary")

    def technical(self, card):
        return self._part(card, "technical")

    def _part(self, card, name):
        return self.page.locator(f"#card-{card} [data-part={name}]").first.inner_text()

    def words(self):
        return self.page.locator("[data-part=words]").inner_text()

    def reach(self, found):
        """Unfold what a control is in: its panel, and on a phone the sheet of all panels."""
        whole = self.page.locator(".selection-bar .bar-whole > summary")
        inside = found.evaluate("one => one.closest('.bar-open') !== null")
        if inside and whole.is_visible() and not self.page.locator(".bar-whole[open]").count():
            whole.click()
        if inside and not found.evaluate("one => one.closest('.bar-open').open"):
            panel = self.page.locator(".bar-open").filter(has=found)
            panel.locator("summary").click()
        return found

    def control(self, label):
        """The control of a label, unfolded."""
        return self.reach(self.page.get_by_label(label, exact=True))

    def unfold(self, part):
        """Open the panel of a part of the selection."""
        self.page.locator(f"[data-bar={part}] > .bar-open > summary").click()

    def tick(self, label):
        self.control(label).click()
        self.changed()

    def choose(self, label, option):
        self.control(label).select_option(option)
        self.changed()

    def changed(self):
        self.page.wait_for_timeout(60)
        self.settle()


@pytest.fixture
def readers(chromium, address, shared):
    """Make readers: the first in the shared context, every other in a context of its own.

    So is the first where it is ``fresh``, for what only the first visit shows, or where it differs
    in more than width and theme.
    """
    made = []

    def reader(*, fresh=False, **options):
        alone = fresh or made or options.keys() - {"width", "color_scheme"}
        made.append(Reader(chromium, address, None if alone else shared, **options))
        return made[-1]

    yield reader
    errors = [fault for one in made for fault in one.errors]
    for one in made:
        one.leave()
    assert errors == []


@pytest.fixture
def reader(readers):
    return readers()
