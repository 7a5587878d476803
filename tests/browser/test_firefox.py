"""The main journeys in Debian's Firefox ESR, whose keyboard and accessibility tree are its own."""

import pytest

from tests.browser.firefox import Firefox, installed

STATE = "document.documentElement.dataset.bsTheme"
YEARS = "#card-indicator-years"


@pytest.fixture(scope="module")
def firefox(tmp_path_factory):
    installed()
    browser = Firefox(tmp_path_factory.mktemp("firefox"))
    yield browser
    browser.stop()


@pytest.fixture
def window(firefox, address):
    def opened(path):
        firefox.open(f"{address}{path}")
        return firefox

    yield opened
    assert firefox.errors == []


def test_the_overview_follows_the_bar_the_search_and_the_theme(window):
    page = window("/")
    assert page.evaluate("document.title").startswith("Overview – ")
    before = page.text("#card-answer-years-title")
    page.wait("document.querySelector('#card-answer-years .main-svg') !== null")
    page.click("[data-bar=who] > .bar-open > summary")
    page.press("Tab", "Tab", "Space")
    page.wait("location.search.includes('band=')")
    page.settle()
    page.press("Escape")
    assert page.evaluate("document.activeElement.matches('[data-bar=who] summary')")
    page.wait(f"document.querySelector('#card-answer-years-title').innerText !== {before!r}")
    page.wait("document.getElementById('live').textContent.startsWith(document.querySelector("
              "'[data-bar=who] .bar-words').textContent)")  # fmt: skip
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme-toggle")
    assert page.evaluate(STATE) == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.press("/", *"leeds")
    page.wait("document.querySelector('#search-results > li') !== null")
    page.press("Enter")
    page.wait("document.querySelector('main[data-path=\"/councils/E08000035\"]') !== null")
    page.settle()
    assert "Leeds" in page.text("h1")
    assert "band=" in page.evaluate("location.search")
    page.wait("document.activeElement.id === 'page-title'")
    assert page.evaluate(STATE) == "dark"


def test_a_chart_is_read_by_key_has_a_table_and_prints(window):
    page = window("/indicators/icpc_rate")
    page.wait(f"document.querySelector('{YEARS} .main-svg') !== null")
    page.evaluate(f"document.querySelector('{YEARS} .chart-stop').focus() ?? true")
    page.press("ArrowRight", "ArrowRight", "ArrowDown")
    said = page.text(f"{YEARS} [data-part=point]")
    assert said.startswith("Pilots. 2 of 13: 2013/14: pilots")
    assert page.evaluate(f"document.querySelectorAll('{YEARS} [data-ringed]').length") == 1
    page.press("Escape")
    assert page.text(f"{YEARS} [data-part=point]") == ""
    assert page.evaluate("document.activeElement.dataset.tab") == "chart"
    page.press("ArrowRight")
    page.wait(f"document.querySelector('{YEARS} table') !== null")
    assert page.evaluate("document.activeElement.dataset.tab") == "table"
    paper = page.pdf()
    assert paper.startswith(b"%PDF-")
    assert len(paper) < 2_000_000
