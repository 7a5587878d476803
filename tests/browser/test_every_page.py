"""Every page at five widths while it opens, by touch in forced colours, by Tab, and on paper."""

import re
from itertools import cycle

import pytest

from tests.browser.test_accessibility import PAGES
from tests.browser.test_chart_words import PAGES as CHARTED
from tests.browser.test_chart_words import open_every_chart
from tests.browser.test_first_screen import WATCH as SHIFTS
from tests.browser.test_keyboard import WATCH as COVERED
from tests.browser.test_keyboard import press

WIDTHS = (1366, 1100, 768, 390, 320)  # pixels
MOVED = 0.02  # layout shift, of 0.1 that is held to be good
TAPS = 6
SHEET = 2_000_000  # bytes of a printed page
#: Charts in view that do not keep their own colours, or have nothing behind their words.
LOST = """() => [...document.querySelectorAll('.chart')].filter((one) => one.offsetHeight)
  .filter((one) => getComputedStyle(one).forcedColorAdjust !== 'none'
    || /rgba\\(0, 0, 0, 0\\)|transparent/.test(getComputedStyle(one).backgroundColor))
  .map((one) => one.closest('.card')?.dataset.card)"""
#: The middle of a mark of a chart, counted from the first, once it is in view.
MARK = """(at) => {
  const marks = [...document.querySelectorAll('.chart .points path')]
    .filter((mark) => mark.getBoundingClientRect().height > 0);
  marks[at]?.scrollIntoView({ block: 'center', behavior: 'instant' });
  const box = marks[at]?.getBoundingClientRect();
  return box ? [box.x + box.width / 2, box.y + box.height / 2] : null;
}"""
#: How many numbers, charts and pictures are seen, of those that are no part of a control.
FIGURES = """() => [...document.querySelectorAll('main :is(td, .chart, svg, .printed-bar)')]
  .filter((one) => !one.closest('button, summary, .card-actions, .selection-bar')
    && one.checkVisibility()).length"""
SAID = "document.querySelector('p.point:not(:empty)') !== null"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_while_a_page_opens_at_any_width(readers, path):
    moved = {}
    for width in WIDTHS:
        reader = readers(width=width)
        reader.page.add_init_script(f"({SHIFTS})()")
        moved[width] = reader.open(path).evaluate("window.moved")
        reader.errors = [fault for fault in reader.errors if "404" not in fault]
    assert {width: by for width, by in moved.items() if by > MOVED} == {}


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("path", "width"),
    [*zip(PAGES, cycle(WIDTHS), strict=False), ("/pilots", 1366), ("/indicators", 390)],
)
def test_the_focus_is_never_covered_forwards_or_backwards(readers, path, width):
    reader = readers(width=width)
    page = reader.open(path)
    page.evaluate(COVERED)
    for keys in ["Tab"] * 60 + ["Shift+Tab"] * 60:
        press(page, keys)
    assert page.evaluate("met") > 60
    assert page.evaluate("covered") == {}
    reader.errors = [fault for fault in reader.errors if "404" not in fault]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("path", "theme"), [*zip(CHARTED, cycle(("light", "dark")), strict=False)])
def test_charts_are_read_by_touch_and_keep_their_colours_where_colours_are_forced(
    readers, path, theme
):
    reader = readers(
        width=390, has_touch=True, is_mobile=True, forced_colors="active", color_scheme=theme
    )
    page = reader.open(path)
    assert open_every_chart(reader, page) == []
    assert page.evaluate(LOST) == []
    for at in range(TAPS):  # one may lie under another, and then says nothing
        page.touchscreen.tap(*page.evaluate(MARK, at))
        page.wait_for_timeout(300)
        if page.evaluate(SAID):
            break
    assert page.evaluate(SAID)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_prints_on_few_light_sheets_with_no_chart_over_the_side(readers, path):
    reader = readers(color_scheme="dark")
    page = reader.open(path)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    over = page.evaluate(
        "() => [...document.querySelectorAll('.js-plotly-plot')]"
        ".filter((plot) => plot._fullLayout.width > 680).length"
    )
    assert over == 0
    on_screen = page.evaluate(FIGURES)
    page.emulate_media(media="print")
    assert page.evaluate(FIGURES) >= on_screen
    paper = page.pdf(prefer_css_page_size=True)
    assert len(paper) < SHEET
    assert re.search(rb"/Type */Page\b", paper)
    reader.errors = [fault for fault in reader.errors if "404" not in fault]
